import { PrismaPg } from '@prisma/adapter-pg';
import type { SqlDriverAdapter, SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import pg from 'pg';
import { createClient, type OpenDatabase } from './client.js';
import { applyMigrations } from './migrate.js';
import { statementName } from './prepared.js';
import type { Session } from './session.js';
import { errorCode, StorageError } from './storage-error.js';

/** Per replica; PostgreSQL's default of 100 in all then leaves room for several replicas and the queue's own work. */
const POOL_SIZE = 10;
/** At the start: a wrong address must be said within seconds. */
const START_TIMEOUT_MS = 5_000;
/** For a free connection while running; longer than the wait for a transaction, whose error means "try again". */
const POOL_TIMEOUT_MS = 40_000;
/** No query of the application runs this long; a replica that hangs must not hold its locks for ever. */
const STATEMENT_TIMEOUT_MS = 60_000;
/** How long a replica waits while another one migrates. */
const MIGRATION_LOCK_TIMEOUT_MS = 120_000;
/** Prisma's own lock for migrations, so that `prisma migrate deploy` is kept out too. */
const MIGRATION_LOCK = 72_707_369;

/**
 * Opens PostgreSQL and brings it up to date; of several replicas that start together one migrates, the others wait.
 * @throws StorageError INVALID_URL, UNREACHABLE, ACCESS_DENIED, NO_DATABASE, MIGRATION_FAILED
 */
export async function openPostgresql(databaseUrl: string): Promise<OpenDatabase> {
  await migrate(databaseUrl);
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    application_name: 'wijksignaal',
    max: POOL_SIZE,
    connectionTimeoutMillis: POOL_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    idle_in_transaction_session_timeout: STATEMENT_TIMEOUT_MS,
    keepAlive: true,
    onConnect: useUtc,
  });
  // An idle connection that breaks is replaced at the next query; without a listener it would end the process.
  pool.on('error', () => undefined);
  const { db, disconnect } = createClient(new PrismaPg(pool, { statementNameGenerator: statementName }));
  return {
    db,
    engine: 'postgresql',
    async executeSql(sql, params = []) {
      const name = statementName({ sql });
      const result: pg.QueryResult | pg.QueryResult[] = await pool.query({ name, text: sql, values: params });
      // Several statements at once give a list of results, which pg's types do not know.
      return { rows: (Array.isArray(result) ? result.at(-1)?.rows : result.rows) ?? [] };
    },
    async close() {
      await disconnect();
      await pool.end();
    },
  };
}

/** Prisma's adapter reads every timestamp as UTC, whatever the server's own zone is. The pool waits for it. */
const useUtc: (client: pg.ClientBase) => unknown = (client) => client.query("SET TIME ZONE 'UTC'");

async function migrate(databaseUrl: string): Promise<void> {
  const session = await openPostgresqlSession(databaseUrl, { alone: true });
  try {
    await applyMigrations(session.factory);
  } finally {
    await session.close();
  }
}

/**
 * One connection, to the database as it is.
 * @param alone whoever else wants to change the database's structure waits until this session is closed.
 * @throws StorageError INVALID_URL, UNREACHABLE, ACCESS_DENIED, NO_DATABASE, MIGRATION_FAILED (somebody else is at it)
 */
export async function openPostgresqlSession(databaseUrl: string, { alone }: { alone: boolean }): Promise<Session> {
  const where = describe(databaseUrl);
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    application_name: 'wijksignaal',
    max: 1,
    idleTimeoutMillis: 0,
    connectionTimeoutMillis: START_TIMEOUT_MS,
    onConnect: useUtc,
  });
  pool.on('error', () => undefined);
  try {
    await pool.query(`SET lock_timeout = ${MIGRATION_LOCK_TIMEOUT_MS}`).catch((error: unknown) => {
      throw cannotConnect(where, error);
    });
    if (alone) await waitUntilAlone(pool, where);
  } catch (error) {
    await pool.end();
    throw error;
  }
  return {
    query: async (sql, params) => (await pool.query<Record<string, unknown>>(sql, params)).rows,
    factory: new SingleConnectionFactory(pool),
    close: () => pool.end(),
  };
}

/** The lock ends with the session. */
async function waitUntilAlone(pool: pg.Pool, where: string): Promise<void> {
  try {
    await pool.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
  } catch (error) {
    throw new StorageError(
      'STORAGE.MIGRATION_FAILED',
      `Another process has been changing the database ${where} for ${MIGRATION_LOCK_TIMEOUT_MS / 1_000} s.`,
      { cause: error },
    );
  }
}

/** Prisma's adapter cuts a script at every semicolon, also inside a function or a comment: here it runs whole. */
class SingleConnectionFactory implements SqlMigrationAwareDriverAdapterFactory {
  readonly provider = 'postgres';
  readonly adapterName = '@prisma/adapter-pg';
  private readonly factory: PrismaPg;
  constructor(private readonly pool: pg.Pool) {
    this.factory = new PrismaPg(pool);
  }

  async connect(): Promise<SqlDriverAdapter> {
    const adapter: SqlDriverAdapter = await this.factory.connect();
    const { pool } = this;
    return {
      provider: adapter.provider,
      adapterName: adapter.adapterName,
      queryRaw: (query) => adapter.queryRaw(query),
      executeRaw: (query) => adapter.executeRaw(query),
      startTransaction: (isolationLevel) => adapter.startTransaction(isolationLevel),
      getConnectionInfo: () => adapter.getConnectionInfo?.() ?? { supportsRelationJoins: true },
      dispose: () => adapter.dispose(),
      async executeScript(script) {
        await pool.query(script);
      },
    };
  }

  connectToShadowDb(): Promise<SqlDriverAdapter> {
    return this.factory.connectToShadowDb();
  }
}

/** Without the cause: it may quote the address with its password. */
function cannotConnect(where: string, error: unknown): StorageError {
  const code = errorCode(error);
  // 28P01 wrong password, 28000 not allowed in, 3D000 no such database: PostgreSQL, appendix A.
  if (code === '28P01' || code === '28000') {
    return new StorageError(
      'STORAGE.ACCESS_DENIED',
      `PostgreSQL at ${where} refuses the user name or password in DATABASE_URL.`,
    );
  }
  if (code === '3D000') {
    return new StorageError(
      'STORAGE.NO_DATABASE',
      `PostgreSQL is there, but has no database ${where}. Create it first.`,
    );
  }
  return new StorageError(
    'STORAGE.UNREACHABLE',
    `The database ${where} does not answer (${code ?? 'no answer in time'}). Check DATABASE_URL and that PostgreSQL runs.`,
  );
}

/**
 * Host, port and database of the address: never its user or password.
 * @throws StorageError INVALID_URL
 */
function describe(databaseUrl: string): string {
  try {
    const { host, pathname } = new URL(databaseUrl);
    return `${host || 'on this machine'}${decodeURI(pathname)}`;
  } catch {
    // Without the cause, as above.
    throw new StorageError(
      'STORAGE.INVALID_URL',
      'DATABASE_URL cannot be read. It should be like postgresql://user:password@host:5432/database.',
    );
  }
}
