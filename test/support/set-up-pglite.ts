import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import type { TestProject } from 'vitest/node';
import { applyMigrations, readMigrations } from '../../src/storage/migrate.js';
import { PgliteAdapterFactory } from '../../src/storage/pglite-adapter.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** A file with an empty, migrated PGlite, as `loadDataDir` takes it. */
    pgliteTemplate: string;
  }
}

const CACHE_FOLDER = path.resolve('test/.cache');

/** Making a database takes seconds, loading a dump of one under a second: made once for each set of migrations. */
export default async function setUp(project: TestProject): Promise<void> {
  project.provide('pgliteTemplate', await makePgliteTemplate());
}

export async function makePgliteTemplate(): Promise<string> {
  const name = `pglite-${await fingerprint()}.tar`;
  const file = path.join(CACHE_FOLDER, name);
  await mkdir(CACHE_FOLDER, { recursive: true });
  const present = await readdir(CACHE_FOLDER);
  if (present.includes(name)) return file;
  const pglite = await PGlite.create();
  await applyMigrations(new PgliteAdapterFactory(pglite));
  const dump = await pglite.dumpDataDir('none');
  await pglite.close();
  // Under another name first: a run that is stopped here leaves no half template behind.
  const unfinished = `${file}.${process.pid}`;
  await writeFile(unfinished, Buffer.from(await dump.arrayBuffer()));
  await rename(unfinished, file);
  await Promise.all(
    present
      .filter((old) => old.startsWith('pglite-'))
      .map((old) => rm(path.join(CACHE_FOLDER, old), { recursive: true, force: true })),
  );
  return file;
}

async function fingerprint(): Promise<string> {
  const hash = createHash('sha256');
  hash.update(await readFile('node_modules/@electric-sql/pglite/package.json'));
  hash.update(JSON.stringify((await readMigrations()).migrationDirectories));
  return hash.digest('hex').slice(0, 16);
}
