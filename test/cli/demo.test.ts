import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readDemoData } from '../../src/demo/demo-data.js';
import { loadDemo } from '../../src/demo/load-demo.js';
import { applyMunicipality } from '../../src/municipality/apply-municipality.js';
import { parseMunicipalityFile } from '../../src/municipality/municipality-file.js';
import { readPreset } from '../../src/municipality/presets.js';
import { openDatabase } from '../../src/storage/database.js';

const dataDir = mkdtempSync(path.join(tmpdir(), 'demo-cli-'));
afterAll(() => {
  rmSync(dataDir, { recursive: true, force: true });
});

function run(args: string[], environment: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', 'src/cli/demo.ts', ...args], {
    env: { ...process.env, DATA_DIR: dataDir, ...environment },
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

test('a fresh folder takes the demo at its first opening, and `npm run demo -- clear` takes it away', async () => {
  const parsed = parseMunicipalityFile(readPreset('gent'));
  if (!parsed.ok) throw new Error('The Gent file is wrong.');
  const now = new Date();
  const first = await openDatabase({ dataDir });
  const applied = await first.db.$transaction((tx) => applyMunicipality(tx, parsed.file, now));
  if (!applied.ok) throw new Error(applied.code);
  const where = { municipalityId: applied.municipalityId };
  const staff = await first.db.person.count({ where });
  const added = await loadDemo(first.db, applied.municipalityId, now);
  await first.close();

  const cleared = run(['clear']);
  const people = readDemoData().people.length;
  expect(cleared.stdout).toBe(`Gent: removed ${added} demo signals and ${people} invented people.\n`);
  expect(cleared.status).toBe(0);

  const second = await openDatabase({ dataDir });
  expect(await second.db.signal.count({ where })).toBe(0);
  expect(await second.db.person.count({ where })).toBe(staff);
  await second.close();
});

test('a mistyped command or a wrong variable gets a sentence, not a stack trace', () => {
  expect(run(['clera'])).toMatchObject({ status: 1, stderr: expect.stringContaining('Usage: npm run demo -- clear') });
  const wrong = run(['clear'], { DATABASE_URL: 'mysql://nowhere' });
  expect(wrong).toMatchObject({ status: 1, stderr: expect.stringContaining('DATABASE_URL should be') });
  expect(wrong.stderr).not.toContain('    at ');
});
