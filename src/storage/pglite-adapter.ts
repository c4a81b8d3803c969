import { PGlite, type Transaction as PgliteTransaction } from '@electric-sql/pglite';
import {
  DriverAdapterError,
  isDriverAdapterError,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
  type SqlQueryable,
  type Transaction,
} from '@prisma/driver-adapter-utils';
import { PrismaPGlite } from 'pglite-prisma-adapter';

/**
 * Prisma's way into PGlite: `pglite-prisma-adapter` for queries, with its transactions and scripts done here. Its own
 * report success when COMMIT failed, do not wait for a migration's script, and know no savepoints (0.7.2).
 */
export class PgliteAdapterFactory implements SqlMigrationAwareDriverAdapterFactory {
  readonly provider = 'postgres';
  readonly adapterName = 'pglite-prisma-adapter';
  /** @param makeShadow an empty database for comparing migrations with the schema; closed after it. */
  constructor(
    private readonly pglite: PGlite,
    private readonly makeShadow: () => Promise<PGlite> = () => PGlite.create(),
  ) {}

  connect(): Promise<SqlDriverAdapter> {
    return connect(this.pglite, async () => undefined);
  }

  async connectToShadowDb(): Promise<SqlDriverAdapter> {
    const shadow = await this.makeShadow();
    return connect(shadow, () => shadow.close());
  }
}

async function connect(pglite: PGlite, dispose: () => Promise<void>): Promise<SqlDriverAdapter> {
  const queries = await new PrismaPGlite(pglite).connect();
  return {
    ...queryable(queries),
    async executeScript(script) {
      await pglite.exec(script);
    },
    // One connection: transactions follow each other, which is the strictest isolation there is.
    startTransaction: () => startTransaction(pglite),
    getConnectionInfo: () => ({ supportsRelationJoins: true }),
    dispose,
  };
}

function startTransaction(pglite: PGlite): Promise<Transaction> {
  return new Promise((resolve, reject) => {
    // Settles after COMMIT or ROLLBACK has been answered, which is what commit() and rollback() wait for.
    const settled = pglite.transaction(
      (transaction) =>
        new Promise<void>((finish) => {
          // PGlite works in this process: without a turn in between, a crowd's transactions would follow each other while no
          // timer, no request and no deadline is seen.
          setImmediate(() => void open(transaction, finish, () => settled).then(resolve, reject));
        }),
    );
    settled.catch(reject);
  });
}

async function open(
  transaction: PgliteTransaction,
  finish: () => void,
  settled: () => Promise<void>,
): Promise<Transaction> {
  // The adapter asks nothing of its client but `query`, which a transaction has too.
  const queries = await new PrismaPGlite(transaction as unknown as PGlite).connect();
  const execute = async (sql: string) => {
    await transaction.exec(sql);
  };
  return {
    ...queryable(queries),
    options: { usePhantomQuery: true },
    async commit() {
      finish();
      await settled();
    },
    async rollback() {
      await transaction.rollback();
      finish();
      await settled();
    },
    createSavepoint: (name) => execute(`SAVEPOINT ${name}`),
    rollbackToSavepoint: (name) => execute(`ROLLBACK TO SAVEPOINT ${name}`),
    releaseSavepoint: (name) => execute(`RELEASE SAVEPOINT ${name}`),
  };
}

function queryable(queries: SqlQueryable): SqlQueryable {
  return {
    provider: queries.provider,
    adapterName: queries.adapterName,
    queryRaw: (query) => queries.queryRaw(query).catch(alignError),
    executeRaw: (query) => queries.executeRaw(query).catch(alignError),
  };
}

/** PostgreSQL 18's own code for "other rows still refer to this one", which the adapter does not know (0.7.2). */
const RESTRICT_VIOLATION = '23001';

/** Prisma's error is then the same on both engines. */
function alignError(error: unknown): never {
  if (isDriverAdapterError(error) && error.cause.kind === 'postgres' && error.cause.code === RESTRICT_VIOLATION) {
    throw new DriverAdapterError({ ...error.cause, kind: 'RestrictViolation' });
  }
  throw error;
}
