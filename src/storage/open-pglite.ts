import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { createClient, type OpenDatabase } from './client.js';
import { lockDataFolder, notWritable } from './lock-data-folder.js';
import { applyMigrations } from './migrate.js';
import { PgliteAdapterFactory } from './pglite-adapter.js';
import { errorCode, StorageError } from './storage-error.js';

/** The PostgreSQL that this version of PGlite is; it cannot open the files of another. A test keeps it right. */
export const PGLITE_MAJOR_VERSION = '18';
const DATABASE_FOLDER = 'database';

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
      const database = wrapPglite(pglite);
      return {
        ...database,
        async close() {
          await database.close();
          await lock.release();
        },
      };
    } catch (error) {
      await pglite.close();
      throw error;
    }
  } catch (error) {
    await lock.release();
    throw error;
  }
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
  const version = await readVersion(folder);
  if (version !== undefined && version !== PGLITE_MAJOR_VERSION) {
    throw new StorageError(
      'STORAGE.OTHER_VERSION',
      `The database in ${folder} was made by PostgreSQL ${version}, this version of the program embeds ` +
        `${PGLITE_MAJOR_VERSION}. Make a backup with the version that made it (npm run backup) and restore it here.`,
    );
  }
  try {
    return await PGlite.create({ dataDir: folder });
  } catch (error) {
    const code = errorCode(error);
    if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS' || code === 'ENOSPC')
      throw notWritable(folder, error);
    throw new StorageError(
      'STORAGE.DAMAGED',
      `The database in ${folder} cannot be opened. Move the folder away and restore a backup (npm run restore).`,
      { cause: error },
    );
  }
}

async function readVersion(folder: string): Promise<string | undefined> {
  try {
    return (await readFile(path.join(folder, 'PG_VERSION'), 'utf8')).trim();
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw notWritable(folder, error);
  }
}
