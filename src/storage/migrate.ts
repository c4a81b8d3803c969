import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import { NO_FILTER, openSchemaEngine, type MigrationList } from './schema-engine.js';
import { errorCode, StorageError } from './storage-error.js';

/** The same place seen from `src/storage` and from `dist/storage`. */
const PRISMA_FOLDER = fileURLToPath(new URL('../../prisma/', import.meta.url));
export const MIGRATIONS_FOLDER = path.join(PRISMA_FOLDER, 'migrations');
const SCHEMA_FOLDER = path.join(PRISMA_FOLDER, 'schema');

/**
 * Applies the migrations the database does not have yet, in the order of their names, and writes them down in
 * `_prisma_migrations`, as `prisma migrate deploy` does.
 * @param from the folder they are in, or those to apply.
 * @param factory a single connection, closed by the caller: the engine takes a lock that lasts as long as it.
 * @returns the names of the migrations that were applied now.
 * @throws StorageError MIGRATION_FAILED naming the migration; what it had done is undone by PostgreSQL.
 */
export async function applyMigrations(
  factory: SqlMigrationAwareDriverAdapterFactory,
  from: MigrationList | string = MIGRATIONS_FOLDER,
): Promise<string[]> {
  const migrationsList = typeof from === 'string' ? await readMigrations(from) : from;
  const engine = await openSchemaEngine(factory);
  try {
    const { appliedMigrationNames } = await engine.applyMigrations({ migrationsList, filters: NO_FILTER });
    return appliedMigrationNames;
  } catch (error) {
    const code = errorCode(error);
    throw new StorageError(
      'STORAGE.MIGRATION_FAILED',
      `The database could not be brought up to date${code ? ` (${code})` : ''}: ` +
        `${error instanceof Error ? error.message.trim() : 'unknown reason'}`,
      { cause: error },
    );
  } finally {
    engine.free();
  }
}

/** The migrations on disk in the form the engine takes. */
export async function readMigrations(folder = MIGRATIONS_FOLDER): Promise<MigrationList> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const lockfile = path.join(folder, 'migration_lock.toml');
  return {
    baseDir: folder,
    lockfile: {
      path: 'migration_lock.toml',
      content: existsSync(lockfile) ? await readFile(lockfile, 'utf8') : null,
    },
    shadowDbInitScript: '',
    migrationDirectories: await Promise.all(
      names.toSorted().map(async (name) => ({
        path: name,
        migrationFile: {
          path: 'migration.sql',
          content: { tag: 'ok' as const, value: await readFile(path.join(folder, name, 'migration.sql'), 'utf8') },
        },
      })),
    ),
  };
}

/**
 * The SQL that brings a database made by the migrations to `prisma/schema`; undefined when they agree. Runs on a shadow
 * database the factory provides.
 */
export async function diffMigrationsWithSchema(
  factory: SqlMigrationAwareDriverAdapterFactory,
  folder = MIGRATIONS_FOLDER,
): Promise<string | undefined> {
  const engine = await openSchemaEngine(factory);
  try {
    const result = await engine.diff({
      from: { tag: 'migrations', ...(await readMigrations(folder)) },
      to: { tag: 'schemaDatamodel', files: await readSchema() },
      script: true,
      // Asks for exit status 2 when there is a difference.
      exitCode: true,
      filters: NO_FILTER,
    });
    return result.exitCode === 2 ? (result.stdout ?? undefined) : undefined;
  } finally {
    engine.free();
  }
}

async function readSchema(): Promise<{ path: string; content: string }[]> {
  const names = (await readdir(SCHEMA_FOLDER)).filter((name) => name.endsWith('.prisma')).toSorted();
  return Promise.all(
    names.map(async (name) => ({
      path: path.join(SCHEMA_FOLDER, name),
      content: await readFile(path.join(SCHEMA_FOLDER, name), 'utf8'),
    })),
  );
}
