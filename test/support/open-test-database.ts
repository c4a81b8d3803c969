import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { PGlite } from '@electric-sql/pglite';
import pg from 'pg';
import { afterAll, inject } from 'vitest';
import { openDatabase, type OpenDatabase } from '../../src/storage/database.js';
import { wrapPglite } from '../../src/storage/open-pglite.js';
import { TEMPLATE_DATABASE } from './postgresql-cluster.js';

/** The engine these tests run on. */
const testEngine = process.env['TEST_ENGINE'] === 'postgresql' ? 'postgresql' : 'pglite';

/**
 * An empty, migrated database for one test file: `const { db } = await openTestDatabase();` at the top of a
 * `*.db.test.ts`. It is closed and removed after the file's last test.
 */
export async function openTestDatabase(): Promise<OpenDatabase> {
  const database = await (testEngine === 'postgresql' ? openPostgresqlCopy() : openPgliteCopy());
  afterAll(() => database.close());
  return database;
}

async function openPgliteCopy(): Promise<OpenDatabase> {
  const loadDataDir = new Blob([await readFile(inject('pgliteTemplate'))]);
  return wrapPglite(await PGlite.create({ loadDataDir }));
}

async function openPostgresqlCopy(): Promise<OpenDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await onServer(`CREATE DATABASE ${name} TEMPLATE ${TEMPLATE_DATABASE}`);
  const copy = await openDatabase({ databaseUrl: postgresqlUrl(name), dataDir: '' });
  return {
    ...copy,
    async close() {
      await copy.close();
      await onServer(`DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
}

/** Address of a database on the test cluster. */
function postgresqlUrl(database: string): string {
  return `${inject('postgresqlServer')}/${database}`;
}

/** Runs one statement on the test cluster, outside every test's database. */
async function onServer(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: postgresqlUrl('postgres') });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}
