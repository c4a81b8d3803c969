import { existsSync } from 'node:fs';
import { readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { createClient, type OpenDatabase } from './client.js';
import { lockDataFolder, notWritable } from './lock-data-folder.js';
import { applyMigrations } from './migrate.js';
import { PgliteAdapterFactory } from './pglite-adapter.js';
import type { Session } from './session.js';
import { errorCode, StorageError } from './storage-error.js';

/** The PostgreSQL that this version of PGlite is; it cannot open the files of another. A test keeps it right. */
const PGLITE_MAJOR_VERSION = '18';
const DATABASE_FOLDER = 'database';
const NOT_WRITABLE = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOSPC']);

/**
 * Opens the embedded database in the folder, alone, and brings it up to date.
 * @throws StorageError NOT_WRITABLE, LOCKED, NO_LOCKS, OTHER_VERSION, DAMAGED, MIGRATION_FAILED
 */
export async function openPglite(dataDir: string): Promise<OpenDatabase> {
  const lock = await lockDataFolder(dataDir);
  try {
    const pglite = await openFiles(path.join(dataDir, DATABASE_FOLDER));
    try {
      await applyMigrations(new PgliteAdapterFactory(pglite));
      // PGlite learns the array types when it opens: those that a migration made just now (`Role[]`) are not among them.
      await pglite.refreshArrayTypes();
      const database = wrapPglite(pglite);
      return {
        ...database,
        async close() {
          await database.close();
          lock.release();
        },
      };
    } catch (error) {
      await pglite.close();
      throw error;
    }
  } catch (error) {
    lock.release();
    throw error;
  }
}

/**
 * Work on the embedded database while nobody else can, as it is: it is not brought up to date.
 * @throws StorageError NOT_WRITABLE, LOCKED, NO_LOCKS, OTHER_VERSION, DAMAGED; BACKUP when there is none
 */
export async function openPgliteSession(dataDir: string): Promise<Session> {
  const folder = path.join(dataDir, DATABASE_FOLDER);
  if (!existsSync(folder)) throw new StorageError('STORAGE.BACKUP', `There is no database in ${dataDir}.`);
  const lock = await lockDataFolder(dataDir);
  try {
    return session(await openFiles(folder), () => {
      lock.release();
    });
  } catch (error) {
    lock.release();
    throw error;
  }
}

/**
 * Makes an embedded database out of what `fill` does to an empty one, whole or not at all.
 * @throws StorageError NOT_WRITABLE, LOCKED, NO_LOCKS; BACKUP when there is one already
 */
export async function makePglite<T>(dataDir: string, fill: (session: Session) => Promise<T>): Promise<T> {
  const lock = await lockDataFolder(dataDir);
  try {
    const folder = path.join(dataDir, DATABASE_FOLDER);
    if (existsSync(folder)) {
      throw new StorageError(
        'STORAGE.BACKUP',
        `There is a database in ${dataDir} already. Move that folder away first, or set DATA_DIR to another one.`,
      );
    }
    return await makeFiles(folder, (pglite) => fill(session(pglite, () => undefined)));
  } finally {
    lock.release();
  }
}

function session(pglite: PGlite, release: () => void): Session {
  return {
    query: async (sql, params) => (await pglite.query<Record<string, unknown>>(sql, params)).rows,
    factory: new PgliteAdapterFactory(pglite),
    async close() {
      await pglite.close();
      release();
    },
  };
}

/** An open, migrated PGlite as the application uses it. */
export function wrapPglite(pglite: PGlite): OpenDatabase {
  const { db, disconnect } = createClient(new PgliteAdapterFactory(pglite));
  return {
    db,
    engine: 'pglite',
    async executeSql(sql, params = []) {
      if (params.length > 0) return pglite.query(sql, params);
      // Several statements at once go through the simple protocol alone.
      const results = await pglite.exec(sql);
      return { rows: results.at(-1)?.rows ?? [] };
    },
    async close() {
      await disconnect();
      await pglite.close();
    },
  };
}

async function openFiles(folder: string): Promise<PGlite> {
  try {
    if (!existsSync(folder)) await makeFiles(folder, () => Promise.resolve());
    const version = (await readFile(path.join(folder, 'PG_VERSION'), 'utf8')).trim();
    if (version === PGLITE_MAJOR_VERSION) return await PGlite.create({ dataDir: folder });
    throw new StorageError(
      'STORAGE.OTHER_VERSION',
      `The database in ${folder} was made by PostgreSQL ${version}, this version of the program embeds ` +
        `${PGLITE_MAJOR_VERSION}. Make a backup with the version that made it (npm run backup) and restore it here.`,
    );
  } catch (error) {
    if (error instanceof StorageError) throw error;
    if (NOT_WRITABLE.has(errorCode(error) ?? '')) throw notWritable(folder, error);
    throw new StorageError(
      'STORAGE.DAMAGED',
      `The database in ${folder} cannot be opened. Move the folder away and restore a backup (npm run restore).`,
      { cause: error },
    );
  }
}

/** Under another name first: PGlite would make a new database over one that is half there, or has lost a file. */
async function makeFiles<T>(folder: string, fill: (pglite: PGlite) => Promise<T>): Promise<T> {
  const unfinished = `${folder}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  const pglite = await PGlite.create({ dataDir: unfinished });
  const filled = await fill(pglite).finally(() => pglite.close());
  await rename(unfinished, folder);
  return filled;
}
