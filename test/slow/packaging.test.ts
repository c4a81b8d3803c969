import { spawnSync } from 'node:child_process';
import { cp, readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { openPlayground, ROOT, start, temporaryFolder } from './program.js';

const run = (folder: string, command: string, args: string[]): string => {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed:\n${stderr}`);
  return stdout;
};

/** Every file outside node_modules with the time it was written, and node_modules itself. */
async function listFiles(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true });
  const files = names.filter((name) => !name.startsWith(`node_modules${path.sep}`));
  return Promise.all(files.map(async (name) => `${name} ${(await stat(path.join(folder, name))).mtimeMs}`));
}

it('the image’s recipe gives a program of the stated size that files a signal and stops when asked', async () => {
  const folder = await temporaryFolder();
  const dockerfile = await readFile(path.join(ROOT, 'Dockerfile'), 'utf8');
  const budget = Number(/Budget: (\d+) MB/.exec(dockerfile)?.[1]);
  // What .dockerignore lets through.
  const wanted = (await readFile(path.join(ROOT, '.dockerignore'), 'utf8'))
    .split('\n')
    .filter((line) => line.startsWith('!'))
    .map((line) => line.slice(1));
  for (const name of wanted) {
    await cp(path.join(ROOT, name), path.join(folder, name), {
      recursive: true,
      filter: (source) => !source.includes(path.join('storage', 'generated')),
    });
  }
  run(folder, 'npm', ['ci', '--ignore-scripts', '--no-progress']);
  run(folder, 'npm', ['run', 'build']);
  run(folder, 'npm', ['pkg', 'delete', 'devDependencies']);
  run(folder, 'npm', ['prune', '--ignore-scripts']);
  const megabytes = Number(run(folder, 'du', ['-sm', '.']).split('\t')[0]);
  process.stdout.write(`\nThe packaged program: ${megabytes} MB of a budget of ${budget} MB.\n`);
  expect(megabytes).toBeLessThan(budget);

  const before = await listFiles(folder);
  const program = await start({ NODE_ENV: 'production', DATA_DIR: await temporaryFolder() }, folder);
  const playground = await openPlayground(program.url);
  const reference = await playground.file('Geen plek in de opvang');
  expect(reference).toMatch(/^G-\d{4}-\d{4}$/);
  program.process.kill('SIGTERM');
  expect(await program.exit).toBe(0);
  // Its root file system may be read-only: it wrote in DATA_DIR alone.
  expect(await listFiles(folder)).toEqual(before);
}, 600_000);
