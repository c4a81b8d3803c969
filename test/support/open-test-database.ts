import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { PGlite } from '@electric-sql/pglite';
import { afterAll, inject } from 'vitest';
import { openDatabase, type OpenDatabase } from '../../src/storage/database.js';
import { wrapPglite } from '../../src/storage/open-pglite.js';
import { runOn, TEMPLATE_DATABASE } from './postgresql-cluster.js';

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
  const server = inject('postgresqlServer');
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await runOn(server, `CREATE DATABASE ${name} TEMPLATE ${TEMPLATE_DATABASE}`);
  const copy = await openDatabase({ databaseUrl: `${server}/${name}`, dataDir: '' });
  return {
    ...copy,
    async close() {
      await copy.close();
      await runOn(server, `DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
}
