import { execFile } from 'node:child_process';
import { readFile, stat, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { restoreBackup, writeBackup } from '../../src/storage/backup.js';
import { openDatabase, type DatabaseOptions } from '../../src/storage/database.js';
import { makeDataFolder, makeFolder } from '../support/make-data-folder.js';
import { startPostgresql, type Cluster } from '../support/postgresql-cluster.js';
import { addMunicipality, addPerson, addSignal } from '../support/rows.js';
import { startChild } from '../support/start-child.js';

const NOW = new Date('2026-03-01T09:00:00Z');

let cluster: Cluster;
beforeAll(async () => {
  cluster = await startPostgresql();
});
afterAll(() => cluster.stop());

let databases = 0;
async function emptyDatabase(engine: 'pglite' | 'postgresql'): Promise<DatabaseOptions> {
  if (engine === 'pglite') return { dataDir: path.join(await makeFolder(), 'data') };
  databases += 1;
  await cluster.createDatabase(`backup_${databases}`);
  return { databaseUrl: `${cluster.server}/backup_${databases}`, dataDir: '' };
}

/** A database with something of everything that could be lost on the way. */
async function filledDatabase(engine: 'pglite' | 'postgresql'): Promise<DatabaseOptions> {
  const options = engine === 'pglite' ? { dataDir: await makeDataFolder() } : await emptyDatabase(engine);
  const { db, close } = await openDatabase(options);
  const gent = await addMunicipality(db, 'Gent');
  const aalst = await addMunicipality(db, 'Aalst');
  const an = await addPerson(db, gent, 'An “de” Vos\n\t\\ \u{1F6B2} # é');
  await db.person.update({
    where: { municipalityId_id: { municipalityId: gent, id: an } },
    data: { roles: ['regisseur', 'worker'] },
  });
  await addPerson(db, aalst, '#{"total":0}');
  await db.neighbourhood.create({
    data: { municipalityId: gent, number: 1, name: 'Rabot', aliases: ['a,b', '"c"', ''] },
  });
  // More than are read at once, and the first ones refer to the last.
  const last = await addSignal(db, gent, an, { title: 'last', filedAt: new Date('2026-07-01T10:30:00.123Z') });
  for (let number = 0; number < 3; number += 1) {
    await addSignal(db, gent, an, { mergedIntoId: last, route: { deep: [1.5, null, 'x'] } });
  }
  await db.installationSecret.createMany({
    data: Array.from({ length: 1_100 }, (_, number) => ({ name: `name ${number}`, value: 'v' })),
  });
  await db.delivery.create({
    data: { municipalityId: gent, key: 'card:1', personId: an, view: 'card', params: {} },
  });
  await close();
  return options;
}

/** Every row of every table as text, in one order. */
async function contentOf(options: DatabaseOptions): Promise<Record<string, string[]>> {
  const { executeSql, close } = await openDatabase(options);
  const tables = await executeSql("SELECT tablename FROM pg_tables WHERE schemaname = 'public'");
  const content: Record<string, string[]> = {};
  for (const row of tables.rows) {
    const { tablename } = row as { tablename: string };
    if (tablename === '_prisma_migrations') continue;
    const { rows } = await executeSql(`SELECT row_to_json(r)::text AS json FROM "${tablename}" r`);
    content[tablename] = rows.map((line) => (line as { json: string }).json).toSorted();
  }
  await close();
  return content;
}

async function backupFile(): Promise<string> {
  return path.join(await makeFolder(), 'signals.backup.gz');
}

describe('a backup', { timeout: 120_000 }, () => {
  test.each([
    ['pglite', 'pglite'],
    ['postgresql', 'postgresql'],
    ['pglite', 'postgresql'],
  ] as const)('of %s restored to %s holds every row as it was', async (from, to) => {
    const source = await filledDatabase(from);
    const file = await backupFile();
    const written = await writeBackup(source, file, NOW);
    expect(written.rows).toBeGreaterThan(1_100);
    expect((await stat(file)).mode & 0o077).toBe(0);

    const target = await emptyDatabase(to);
    expect(await restoreBackup(target, file)).toEqual(written);
    const before = await contentOf(source);
    expect(Object.keys(before).length).toBe(written.tables);
    expect(await contentOf(target)).toEqual(before);

    // The references are back: a person with signals cannot be taken away.
    const { db, close } = await openDatabase(target);
    const { municipalityId, ownerId } = await db.signal.findFirstOrThrow({
      where: { municipalityId: { in: (await db.municipality.findMany()).map(({ id }) => id) } },
    });
    const where = { municipalityId_id: { municipalityId, id: ownerId } };
    await expect(db.person.delete({ where })).rejects.toMatchObject({ code: 'P2003' });
    await close();
  });
});

describe('is refused, and nothing is touched:', () => {
  test('a backup over a file that exists, and one of a database in use or not there', async () => {
    const source = { dataDir: await makeDataFolder() };
    const file = await backupFile();
    await writeFile(file, 'the last good one');
    await expect(writeBackup(source, file, NOW)).rejects.toMatchObject({ code: 'STORAGE.BACKUP' });
    expect(await readFile(file, 'utf8')).toBe('the last good one');

    const process = startChild('database-child.ts', 'locked', source.dataDir);
    await process.line('open');
    await expect(writeBackup(source, `${file}2`, NOW)).rejects.toMatchObject({ code: 'STORAGE.LOCKED' });

    const nowhere = { dataDir: path.join(await makeFolder(), 'none') };
    await expect(writeBackup(nowhere, `${file}3`, NOW)).rejects.toMatchObject({ code: 'STORAGE.BACKUP' });
    await expect(stat(nowhere.dataDir)).rejects.toThrow();
  });

  test('a restore over a database', async () => {
    const source = { dataDir: await makeDataFolder() };
    const file = await backupFile();
    await writeBackup(source, file, NOW);
    await expect(restoreBackup(source, file)).rejects.toMatchObject({ code: 'STORAGE.BACKUP' });
    const postgresql = await emptyDatabase('postgresql');
    await restoreBackup(postgresql, file);
    await expect(restoreBackup(postgresql, file)).rejects.toMatchObject({ code: 'STORAGE.BACKUP' });
  });

  test('a restore of a file that is missing, cut off, changed, something else or from a newer version', async () => {
    const file = await backupFile();
    await writeBackup({ dataDir: await makeDataFolder() }, file, NOW);
    const whole = gunzipSync(await readFile(file)).toString();
    const lines = whole.split('\n');
    const wrong: Record<string, Buffer> = {
      'without its end': gzipSync(lines.slice(0, -2).join('\n')),
      'with a row too many': gzipSync(whole.replace('#{"table":"Account"}\n', '#{"table":"Account"}\n{}\n')),
      empty: Buffer.from(''),
      text: Buffer.from('hello'),
      'other text': gzipSync('hello'),
      'of a newer version': gzipSync(whole.replace('"0001_first"', '"0001_first","9999_later"')),
    };
    const target = { dataDir: path.join(await makeFolder(), 'data') };
    await expect(restoreBackup(target, `${file}.none`)).rejects.toMatchObject({ code: 'STORAGE.BACKUP' });
    for (const [name, content] of Object.entries(wrong)) {
      await writeFile(`${file}.wrong`, content);
      await expect(restoreBackup(target, `${file}.wrong`), name).rejects.toMatchObject({ code: 'STORAGE.BACKUP' });
    }
    await truncate(file, (await stat(file)).size - 20);
    await expect(restoreBackup(target, file)).rejects.toMatchObject({ code: 'STORAGE.BACKUP' });
    await expect(stat(target.dataDir)).rejects.toThrow();
  });
});

test('the commands back up, restore and queue again what waited', { timeout: 120_000 }, async () => {
  const { dataDir } = await filledDatabase('pglite');
  const { databaseUrl } = await emptyDatabase('postgresql');
  const file = await backupFile();
  const run = (command: string, environment: NodeJS.ProcessEnv) =>
    promisify(execFile)(process.execPath, ['--import', 'tsx', `src/cli/${command}.ts`, file], {
      env: { ...process.env, DATABASE_URL: '', ...environment },
    });
  expect((await run('backup', { DATA_DIR: dataDir })).stdout).toMatch(/^Wrote \d+ rows of \d+ tables/);
  const restored = await run('restore', { DATABASE_URL: databaseUrl });
  expect(restored.stdout).toMatch(/^Restored \d+ rows of \d+ tables. 1 messages/);
  const { executeSql, close } = await openDatabase({ databaseUrl, dataDir: '' });
  expect((await executeSql("SELECT name FROM pgboss.job WHERE state = 'created'")).rows).toHaveLength(1);
  await close();
  await expect(run('restore', { DATA_DIR: dataDir })).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining('There is a database in'),
  });
});
