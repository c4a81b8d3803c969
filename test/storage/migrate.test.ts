import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabase } from '../../src/storage/database.js';
import { SIGNAL_SEARCH_EXPRESSION } from '../../src/storage/full-text.js';
import { applyMigrations, diffMigrationsWithSchema, MIGRATIONS_FOLDER } from '../../src/storage/migrate.js';
import { openPostgresqlSession } from '../../src/storage/open-postgresql.js';
import { PgliteAdapterFactory } from '../../src/storage/pglite-adapter.js';
import { makeFolder } from '../support/make-data-folder.js';
import { openEmptyPglite } from '../support/set-up-pglite.js';
import { startQueue } from '../../src/delivery/queue.js';
import { createLog } from '../../src/operations/log.js';
import { startPostgresql, type Cluster } from '../support/postgresql-cluster.js';

let cluster: Cluster;
beforeAll(async () => {
  cluster = await startPostgresql();
});
afterAll(() => cluster.stop());

let databases = 0;
async function createDatabase(): Promise<string> {
  databases += 1;
  await cluster.createDatabase(`empty_${databases}`);
  return `${cluster.server}/empty_${databases}`;
}

/** Both engines, empty, seen the same way. */
const engines = {
  async pglite() {
    const pglite = await openEmptyPglite();
    const query = async (sql: string) => (await pglite.query<Record<string, unknown>>(sql)).rows;
    return { factory: new PgliteAdapterFactory(pglite, openEmptyPglite), query, close: () => pglite.close() };
  },
  async postgresql() {
    return openPostgresqlSession(await createDatabase(), { alone: true });
  },
};

const CATALOGUE = `
  SELECT 'column' AS kind, table_name || '.' || column_name AS name,
    concat_ws(' ', data_type, udt_name, datetime_precision, is_nullable, column_default) AS definition
  FROM information_schema.columns WHERE table_schema = 'public'
  UNION ALL SELECT 'index', indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
  UNION ALL SELECT 'constraint', conname, pg_get_constraintdef(oid) FROM pg_constraint
    WHERE connamespace = 'public'::regnamespace AND contype <> 'n'
  UNION ALL SELECT 'enum', t.typname, string_agg(e.enumlabel, ',' ORDER BY e.enumsortorder)
    FROM pg_type t JOIN pg_enum e ON e.enumtypid = t.oid GROUP BY t.typname
  ORDER BY kind, name`;

test('the migrations make the same database on both engines', async () => {
  const [pglite, postgresql] = [await engines.pglite(), await engines.postgresql()];
  await applyMigrations(pglite.factory);
  await applyMigrations(postgresql.factory);
  const catalogue = await pglite.query(CATALOGUE);
  expect(catalogue.length).toBeGreaterThan(150);
  expect(await postgresql.query(CATALOGUE)).toEqual(catalogue);
  await Promise.all([pglite.close(), postgresql.close()]);
});

test('the migrations and the schema say the same', async () => {
  const { factory, close } = await engines.pglite();
  expect(await diffMigrationsWithSchema(factory)).toBeUndefined();
  await close();
});

test('the column of words is made by the expression beside the search', async () => {
  const migration = await readFile(path.join(MIGRATIONS_FOLDER, '0005_search_column', 'migration.sql'), 'utf8');
  expect(migration).toContain(SIGNAL_SEARCH_EXPRESSION);
});

describe.each(['pglite', 'postgresql'] as const)('on %s', (engine) => {
  test('a migration is applied once, and one that fails is named and leaves nothing', async () => {
    const { factory, query, close } = await engines[engine]();
    const folder = path.join(await makeFolder(), 'migrations');
    await cp(MIGRATIONS_FOLDER, folder, { recursive: true });
    const first = await applyMigrations(factory, folder);
    expect(first.length).toBeGreaterThan(0);
    expect(await applyMigrations(factory, folder)).toEqual([]);

    await mkdir(path.join(folder, '9000_broken'));
    const broken = "CREATE TABLE half (text text DEFAULT ';'); -- a comment; with a semicolon\nSELECT * FROM nowhere;";
    await writeFile(path.join(folder, '9000_broken', 'migration.sql'), broken);
    await expect(applyMigrations(factory, folder)).rejects.toMatchObject({
      code: 'STORAGE.MIGRATION_FAILED',
      message: expect.stringContaining('9000_broken'),
    });
    expect(await query("SELECT 1 FROM pg_tables WHERE tablename = 'half'")).toEqual([]);
    expect(await query('SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL')).toHaveLength(
      first.length,
    );
    await close();
  });
});

describe('PostgreSQL', () => {
  test('three replicas that start together on an empty database migrate it once', async () => {
    const databaseUrl = await createDatabase();
    const replicas = await Promise.all([1, 2, 3].map(() => openDatabase({ databaseUrl, dataDir: '' })));
    const [first] = replicas;
    const applied = await first?.executeSql('SELECT migration_name FROM _prisma_migrations');
    const names = applied?.rows.map((row) => (row as { migration_name: string }).migration_name);
    expect(new Set(names).size).toBe(names?.length);
    await Promise.all(replicas.map((replica) => replica.db.municipality.count()));
    await Promise.all(replicas.map((replica) => replica.close()));
  });

  test('three replicas that start their queue together on an empty database make it once', async () => {
    const databaseUrl = await createDatabase();
    const replicas = await Promise.all([1, 2, 3].map(() => openDatabase({ databaseUrl, dataDir: '' })));
    const log = createLog('silent');
    const queues = await Promise.all(replicas.map((replica) => startQueue(replica, log)));
    const made = await replicas[0]?.executeSql('SELECT name FROM pgboss.queue ORDER BY name');
    expect(made?.rows).toEqual([{ name: 'deliver' }, { name: 'deliver-bulk' }, { name: 'hear' }]);
    await Promise.all(queues.map((queue) => queue.stop()));
    await Promise.all(replicas.map((replica) => replica.close()));
  });

  /** What a start with this address says, and within how many milliseconds. */
  async function refusalOf(databaseUrl: string) {
    const start = performance.now();
    const error: unknown = await openDatabase({ databaseUrl, dataDir: '' }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(Error);
    const { code, message, stack, cause } = error as Error & { code: string };
    expect(JSON.stringify([message, stack, String(cause)])).not.toContain('s3cret');
    return { code, message, milliseconds: performance.now() - start };
  }

  test('a server that is not there is said at once, without the password', async () => {
    const refusal = await refusalOf('postgresql://someone:s3cret@127.0.0.1:1/signals');
    expect(refusal).toMatchObject({
      code: 'STORAGE.UNREACHABLE',
      message: expect.stringContaining('127.0.0.1:1/signals'),
    });
    expect(refusal.milliseconds).toBeLessThan(20_000);
  });

  test('a server that takes the call and stays silent is said within seconds', async () => {
    const silent = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => silent.once('listening', resolve));
    const address = silent.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const refusal = await refusalOf(`postgresql://someone:s3cret@127.0.0.1:${port}/signals`);
    silent.close();
    expect(refusal.code).toBe('STORAGE.UNREACHABLE');
    expect(refusal.milliseconds).toBeLessThan(25_000);
  });

  test('a wrong password and a database that does not exist are told apart', async () => {
    const wrong = new URL(await createDatabase());
    wrong.password = 's3cret';
    expect((await refusalOf(wrong.href)).code).toBe('STORAGE.ACCESS_DENIED');
    expect((await refusalOf(`${cluster.server}/nowhere`)).code).toBe('STORAGE.NO_DATABASE');
  });

  test('an address that cannot be read is not repeated', async () => {
    const refusal = await refusalOf('postgresql://someone:s3cret@host:port:99/%zz');
    expect(refusal.code).toBe('STORAGE.INVALID_URL');
  });

  test('a connection that breaks is replaced, and the process goes on', async () => {
    const databaseUrl = await createDatabase();
    const { db, close } = await openDatabase({ databaseUrl, dataDir: '' });
    const before = await db.municipality.count();
    const admin = new pg.Client({ connectionString: `${cluster.server}/postgres` });
    await admin.connect();
    await admin.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [
      new URL(databaseUrl).pathname.slice(1),
    ]);
    await admin.end();
    await expect.poll(() => db.municipality.count().catch(() => undefined)).toBe(before);
    await close();
  });
});
