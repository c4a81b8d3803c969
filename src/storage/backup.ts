import { createWriteStream } from 'node:fs';
import { access, rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { damagedBackup, FORMAT, markerLine, readBackup, type Header } from './backup-file.js';
import type { DatabaseOptions } from './database.js';
import { applyMigrations, readMigrations } from './migrate.js';
import { makePglite, openPgliteSession } from './open-pglite.js';
import { openPostgresqlSession } from './open-postgresql.js';
import type { MigrationList } from './schema-engine.js';
import type { Session } from './session.js';
import { errorCode, StorageError } from './storage-error.js';

/** Rows read at once. */
const FETCH = 500;

export interface BackupSummary {
  rows: number;
  tables: number;
}

/**
 * Writes everything the database holds, as it is at one moment, into a new file that only this user can read.
 * PostgreSQL may be in use meanwhile, the embedded database may not.
 * @throws StorageError BACKUP (the file exists, there is no database) and those of opening.
 */
export async function writeBackup(options: DatabaseOptions, file: string, now: Date): Promise<BackupSummary> {
  if (await exists(file)) throw new StorageError('STORAGE.BACKUP', `${file} exists already: name another file.`);
  const session = options.databaseUrl
    ? await openPostgresqlSession(options.databaseUrl, { alone: false })
    : await openPgliteSession(options.dataDir);
  const unfinished = `${file}.unfinished`;
  const summary: BackupSummary = { rows: 0, tables: 0 };
  try {
    const lines = Readable.from(backupLines(session, now, summary));
    await pipeline(lines, createGzip(), createWriteStream(unfinished, { mode: 0o600 }));
    await rename(unfinished, file);
    return summary;
  } catch (error) {
    await rm(unfinished, { force: true });
    if (!(error instanceof Error && 'syscall' in error)) throw error;
    throw new StorageError('STORAGE.BACKUP', `${file} cannot be written (${errorCode(error)}).`, { cause: error });
  } finally {
    await session.close();
  }
}

async function* backupLines(session: Session, now: Date, summary: BackupSummary): AsyncGenerator<string> {
  await session.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  const migrations = await session.query(
    `SELECT migration_name AS name FROM _prisma_migrations
     WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL ORDER BY migration_name`,
  );
  const header: Header = {
    format: FORMAT,
    at: now.toISOString(),
    migrations: migrations.map(({ name }) => String(name)),
  };
  yield `${JSON.stringify(header)}\n`;
  for (const table of await listTables(session)) {
    summary.tables += 1;
    yield markerLine({ table });
    const columns = await listColumns(session, table);
    await session.query(
      `DECLARE rows CURSOR FOR SELECT row_to_json(r)::text AS json FROM (SELECT ${columns} FROM ${quote(table)}) r`,
    );
    let rows: Record<string, unknown>[];
    do {
      rows = await session.query(`FETCH ${FETCH} FROM rows`);
      summary.rows += rows.length;
      if (rows.length > 0) yield rows.map(({ json }) => `${String(json)}\n`).join('');
    } while (rows.length === FETCH);
    await session.query('CLOSE rows');
  }
  yield markerLine({ total: summary.rows });
  await session.query('COMMIT');
}

/**
 * Fills an empty database from a backup, of either engine. Its tables are made as they were then; the next start brings
 * them up to date.
 * @throws StorageError BACKUP, before anything is touched: the file is missing, damaged or of a newer version, or the
 * database is not empty; and those of opening.
 */
export async function restoreBackup(options: DatabaseOptions, file: string): Promise<BackupSummary> {
  if (!(await exists(file))) throw new StorageError('STORAGE.BACKUP', `There is no file ${file}.`);
  const { migrations, summary } = await checkBackup(file);
  const fill = async (session: Session) => {
    await applyMigrations(session.factory, migrations);
    await insertRows(session, file);
    return summary;
  };
  if (!options.databaseUrl) return makePglite(options.dataDir, fill);
  const session = await openPostgresqlSession(options.databaseUrl, { alone: true });
  try {
    if ((await listTables(session)).length === 0) return await fill(session);
    throw new StorageError('STORAGE.BACKUP', 'The database has tables already. Restore into a new, empty database.');
  } finally {
    await session.close();
  }
}

/** Reads the whole file first: a copy that was cut off must not leave half a database. */
async function checkBackup(file: string): Promise<{ migrations: MigrationList; summary: BackupSummary }> {
  let migrations: MigrationList | undefined;
  const tables = new Set<string>();
  let rows = 0;
  let complete = false;
  for await (const part of readBackup(file)) {
    if ('header' in part) migrations = await selectMigrations(part.header.migrations);
    else if ('table' in part) {
      tables.add(part.table);
      rows += part.rows.length;
    } else complete = part.total === rows;
  }
  if (!migrations || !complete) throw damagedBackup();
  return { migrations, summary: { rows, tables: tables.size } };
}

/** Those the backup was made with: its rows fit no others. */
async function selectMigrations(names: string[]): Promise<MigrationList> {
  const list = await readMigrations();
  const migrationDirectories = list.migrationDirectories.filter(({ path }) => names.includes(path));
  if (migrationDirectories.length === names.length) return { ...list, migrationDirectories };
  throw new StorageError(
    'STORAGE.BACKUP',
    'The backup was made by a newer version of the program. Restore it with that version or a later one.',
  );
}

async function insertRows(session: Session, file: string): Promise<void> {
  const tables = await listTables(session);
  await session.query('BEGIN');
  // Rows refer to rows that come later, in their own table too: the references are checked all together at the end.
  const references = await session.query(
    `SELECT conrelid::regclass::text AS table, conname AS name, pg_get_constraintdef(oid) AS definition
     FROM pg_constraint WHERE contype = 'f' AND connamespace = 'public'::regnamespace`,
  );
  for (const { table, name } of references) {
    await session.query(`ALTER TABLE ${String(table)} DROP CONSTRAINT ${quote(String(name))}`);
  }
  for await (const part of readBackup(file)) {
    if (!('table' in part) || part.rows.length === 0) continue;
    if (!tables.includes(part.table)) throw damagedBackup();
    const table = quote(part.table);
    const columns = await listColumns(session, part.table);
    await session.query(
      `INSERT INTO ${table} (${columns}) SELECT ${columns} FROM json_populate_recordset(NULL::${table}, $1::json)`,
      [`[${part.rows.join(',')}]`],
    );
  }
  for (const { table, name, definition } of references) {
    await session.query(`ALTER TABLE ${String(table)} ADD CONSTRAINT ${quote(String(name))} ${String(definition)}`);
  }
  await session.query('COMMIT');
}

async function listTables(session: Session): Promise<string[]> {
  const tables = await session.query(
    `SELECT tablename AS name FROM pg_tables
     WHERE schemaname = 'public' AND tablename <> '_prisma_migrations' ORDER BY tablename`,
  );
  return tables.map(({ name }) => String(name));
}

/** Without those that the database makes from the others ("Signal"."search"): it takes no values for them. */
async function listColumns(session: Session, table: string): Promise<string> {
  const columns = await session.query(
    `SELECT column_name AS name FROM information_schema.columns
     WHERE table_schema = 'public' AND table_name = $1 AND is_generated = 'NEVER' ORDER BY ordinal_position`,
    [table],
  );
  return columns.map(({ name }) => quote(String(name))).join(', ');
}

function quote(identifier: string): string {
  return `"${identifier.replaceAll('"', '""')}"`;
}

function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
