import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

interface Cruise {
  summary: { totalCruised: number; violations: { rule: { name: string }; from: string; to: string }[] };
}

/** Holds a tree's `src` against the rules, as `npm run check` does. */
function cruise(folder: string): Cruise['summary'] {
  const program = path.join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const rules = path.join(root, '.dependency-cruiser.cjs');
  const { stdout, stderr } = spawnSync(process.execPath, [program, 'src', '--config', rules, '--output-type', 'json'], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 100_000_000,
  });
  if (!stdout) throw new Error(stderr);
  return (JSON.parse(stdout) as Cruise).summary;
}

describe('the import rules', () => {
  it('hold for the whole program, and looked at all of it', () => {
    const { totalCruised, violations } = cruise(root);
    expect(violations).toEqual([]);
    // "No violations in 0 modules" is what a broken set-up says.
    expect(totalCruised).toBeGreaterThan(200);
  });

  describe('bite', () => {
    let folder = '';
    beforeAll(async () => {
      folder = await mkdtemp(path.join(tmpdir(), 'import-rules-'));
    });
    afterAll(() => rm(folder, { recursive: true, force: true }));

    it.each([
      ['a platform that calls a capability', 'platforms/slack/a', 'signals/b', 'platforms-know-only-the-chat'],
      ['the playground that calls a capability', 'platforms/playground/a', 'people/b', 'platforms-know-only-the-chat'],
      ['a platform that knows another', 'platforms/slack/a', 'platforms/teams/b', 'platforms-know-only-the-chat'],
      ['a capability that knows a platform', 'signals/a', 'platforms/slack/b', 'nobody-knows-a-platform'],
      ['the chat that knows a capability', 'chat/a', 'signals/b', 'the-chat-knows-no-capability'],
      ['storage that knows the chat', 'storage/a', 'chat/b', 'storage-knows-nobody'],
      ['delivery that knows a capability', 'delivery/a', 'forums/b', 'delivery-knows-no-capability'],
      ['the scheduler that knows a capability', 'scheduling/a', 'tasks/b', 'scheduling-knows-no-capability'],
      [
        'a capability that makes its own database client',
        'signals/a',
        'storage/client',
        'only-storage-makes-the-database-client',
      ],
      ['an import that leads nowhere', 'signals/a', 'signals/gone', 'every-import-resolves'],
    ])('%s is found', async (_, from, to, rule) => {
      await rm(path.join(folder, 'src'), { recursive: true, force: true });
      const write = async (module: string, text: string) => {
        const file = path.join(folder, 'src', `${module}.ts`);
        await mkdir(path.dirname(file), { recursive: true });
        await writeFile(file, text);
      };
      await writeFile(
        path.join(folder, 'tsconfig.json'),
        '{"compilerOptions":{"module":"NodeNext","moduleResolution":"NodeNext"}}',
      );
      if (!to.endsWith('gone')) await write(to, 'export const b = 1;\n');
      const relative = path.relative(path.dirname(`src/${from}`), `src/${to}`);
      await write(
        from,
        `import { b } from '${relative.startsWith('.') ? relative : `./${relative}`}.js';\nexport const a = b;\n`,
      );
      expect(cruise(folder).violations.map((violation) => violation.rule.name)).toContain(rule);
    });
  });
});
