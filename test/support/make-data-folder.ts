import { existsSync } from 'node:fs';
import { cp, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { onTestFinished } from 'vitest';
import { makePgliteTemplate } from './set-up-pglite.js';

let template: Promise<string> | undefined;

/** An empty folder that goes away with the test. */
export async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'wijksignaal-test-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A data folder with an empty, migrated embedded database, in a fraction of the time of making one. */
export async function makeDataFolder(): Promise<string> {
  template ??= unpackTemplate();
  const folder = await makeFolder();
  await cp(await template, path.join(folder, 'database'), { recursive: true });
  return folder;
}

/** Kept beside the dump it comes from, for the next run. */
async function unpackTemplate(): Promise<string> {
  const dump = await makePgliteTemplate();
  const folder = dump.replace(/\.tar$/, '-files');
  if (existsSync(folder)) return folder;
  const unfinished = `${folder}.${process.pid}`;
  const loadDataDir = new Blob([await readFile(dump)]);
  const pglite = await PGlite.create({ dataDir: unfinished, loadDataDir });
  await pglite.close();
  await rename(unfinished, folder).catch(async (error: unknown) => {
    // Another test process was faster.
    if (!existsSync(folder)) throw error;
    await rm(unfinished, { recursive: true });
  });
  return folder;
}
