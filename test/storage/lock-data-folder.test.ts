import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { lockDataFolder } from '../../src/storage/lock-data-folder.js';
import { openDatabase } from '../../src/storage/database.js';
import { makeDataFolder, makeFolder } from '../support/make-data-folder.js';
import { startChild } from '../support/start-child.js';

const ROWS = 200;

async function countRows(folder: string, pid: number): Promise<number> {
  const { executeSql, close } = await openDatabase({ dataDir: folder });
  const { rows } = await executeSql('SELECT 1 FROM "InstallationSecret" WHERE name LIKE $1', [`${pid} %`]);
  await close();
  return rows.length;
}

describe('two processes on one data folder', { timeout: 120_000 }, () => {
  test('without the lock, rows that were acknowledged are gone', async () => {
    const folder = await makeDataFolder();
    const [first, second] = [
      startChild('database-child.ts', 'raw', folder),
      startChild('database-child.ts', 'raw', folder),
    ];
    await Promise.all([first.line('open'), second.line('open')]);
    for (const process of [first, second]) {
      process.say(`write ${ROWS}`);
      await process.line(`acknowledged ${ROWS}`);
      process.say('close');
      await process.ended();
    }
    const kept = (await countRows(folder, first.pid)) + (await countRows(folder, second.pid));
    expect(kept).toBeLessThan(2 * ROWS);
  });

  test('with the lock, the second is refused without waiting for the first, and the first keeps every row', async () => {
    const folder = await makeDataFolder();
    const first = startChild('database-child.ts', 'locked', folder);
    await first.line('open');
    const second = startChild('database-child.ts', 'locked', folder);
    const [, code, milliseconds] = (await second.line('refused')).split(' ');
    expect(code).toBe('STORAGE.LOCKED');
    expect(Number(milliseconds)).toBeLessThan(20_000);
    expect(await second.line('refused')).toContain(`process ${first.pid} since`);
    first.say(`write ${ROWS}`);
    await first.line(`acknowledged ${ROWS}`);
    first.say('close');
    await first.ended();
    expect(await countRows(folder, first.pid)).toBe(ROWS + 1);
  });

  test('a process that is killed while writing frees the folder and loses no acknowledged row', async () => {
    const folder = await makeDataFolder();
    for (const acknowledged of [1, 100]) {
      const process = startChild('database-child.ts', 'locked', folder);
      await process.line('open');
      process.say('write 100000');
      await process.line(`acknowledged ${acknowledged}`);
      await process.kill();
      expect(await countRows(folder, process.pid)).toBeGreaterThan(acknowledged);
    }
  });

  test('a process that is killed while making the database leaves nothing in the way', async () => {
    const folder = await makeFolder();
    const process = startChild('database-child.ts', 'locked', folder);
    await expect
      .poll(() => fileExists(path.join(folder, 'database.unfinished', 'PG_VERSION')), { timeout: 60_000 })
      .toBe(true);
    await process.kill();
    expect(await countRows(folder, process.pid)).toBe(0);
  });
});

describe('one process', () => {
  test('cannot open its own folder twice, and can again once it is closed', async () => {
    const folder = await makeDataFolder();
    const database = await openDatabase({ dataDir: folder });
    await expect(openDatabase({ dataDir: folder })).rejects.toMatchObject({ code: 'STORAGE.LOCKED' });
    await database.close();
    await (await openDatabase({ dataDir: folder })).close();
  });

  test('makes a data folder that is not there yet', async () => {
    const folder = path.join(await makeFolder(), 'a', 'b');
    (await lockDataFolder(folder)).release();
    expect(await fileExists(path.join(folder, 'lock'))).toBe(true);
  });
});

describe('a data folder that cannot be used is named, with what to do', () => {
  test('a file in its place', async () => {
    const file = path.join(await makeFolder(), 'data');
    await writeFile(file, '');
    await expect(openDatabase({ dataDir: file })).rejects.toMatchObject({
      code: 'STORAGE.NOT_WRITABLE',
      message: expect.stringContaining(`${file} cannot be written: a file stands in its place`),
    });
  });

  test('no right to write there', async () => {
    const folder = path.join(await makeFolder(), 'read-only');
    await mkdir(folder, { mode: 0o555 });
    // Nothing is closed to root but the kernel's own file system.
    const closed = process.getuid?.() === 0 ? '/sys/wijksignaal' : path.join(folder, 'data');
    await expect(openDatabase({ dataDir: closed })).rejects.toMatchObject({
      code: 'STORAGE.NOT_WRITABLE',
      message: expect.stringMatching(/cannot be written: .*Set DATA_DIR/),
    });
  });

  test('a database of another PostgreSQL', async () => {
    const folder = await makeDataFolder();
    await writeFile(path.join(folder, 'database', 'PG_VERSION'), '16\n');
    await expect(openDatabase({ dataDir: folder })).rejects.toMatchObject({ code: 'STORAGE.OTHER_VERSION' });
  });

  test('a database with a broken file', async () => {
    const folder = await makeDataFolder();
    await writeFile(path.join(folder, 'database', 'global', 'pg_control'), Buffer.alloc(8_192, 7));
    await expect(openDatabase({ dataDir: folder })).rejects.toMatchObject({ code: 'STORAGE.DAMAGED' });
  });

  test('a database that lost a file is not silently made anew', async () => {
    const folder = await makeDataFolder();
    await rm(path.join(folder, 'database', 'PG_VERSION'));
    await expect(openDatabase({ dataDir: folder })).rejects.toMatchObject({ code: 'STORAGE.DAMAGED' });
  });
});

async function fileExists(file: string): Promise<boolean> {
  return readFile(file).then(
    () => true,
    () => false,
  );
}
