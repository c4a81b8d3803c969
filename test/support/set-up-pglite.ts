import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
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

/** A dump of an empty, migrated database. */
export async function makePgliteTemplate(): Promise<string> {
  const { migrationDirectories } = await readMigrations();
  return makeOnce('migrated', JSON.stringify(migrationDirectories), async () => {
    const pglite = await openEmptyPglite();
    await applyMigrations(new PgliteAdapterFactory(pglite));
    return pglite;
  });
}

/** A database in memory without any table, in a fraction of the time of making one. */
export async function openEmptyPglite(): Promise<PGlite> {
  const dump = await makeOnce('empty', '', () => PGlite.create());
  return PGlite.create({ loadDataDir: new Blob([await readFile(dump)]) });
}

/** @returns the file with the dump, made when there is none for this content and this version of PGlite. */
async function makeOnce(kind: string, content: string, make: () => Promise<PGlite>): Promise<string> {
  const version = await readFile('node_modules/@electric-sql/pglite/package.json', 'utf8');
  const fingerprint = createHash('sha256').update(version).update(content).digest('hex').slice(0, 16);
  const file = path.join(CACHE_FOLDER, `pglite-${kind}-${fingerprint}.tar`);
  if (existsSync(file)) return file;
  await mkdir(CACHE_FOLDER, { recursive: true });
  const old = (await readdir(CACHE_FOLDER)).filter(
    (name) => name.startsWith(`pglite-${kind}-`) && /(\.tar|-files)$/.test(name),
  );
  const pglite = await make();
  const dump = await pglite.dumpDataDir('none');
  await pglite.close();
  // Under another name first: a run that is stopped here leaves no half dump behind.
  const unfinished = `${file}.${process.pid}`;
  await writeFile(unfinished, Buffer.from(await dump.arrayBuffer()));
  await rename(unfinished, file);
  await Promise.all(old.map((name) => rm(path.join(CACHE_FOLDER, name), { recursive: true, force: true })));
  return file;
}
