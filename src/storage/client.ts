import type { SqlDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import { PrismaClient } from './generated/client.js';
import { tenantGuard } from './tenant-guard.js';

/**
 * How long a filing waits for its turn. PGlite runs one transaction at a time and a crowd must be kept: 200 at once take
 * 1 to 2 s on two free cores and were seen to take 11 s on busy ones; Prisma's default of 2 s lost a quarter of them.
 */
const TRANSACTION_MAX_WAIT_MS = 30_000;
/** How long one transaction may last, waiting for rows that others hold included. */
const TRANSACTION_TIMEOUT_MS = 30_000;

declare const inTransaction: unique symbol;
type Client = Omit<PrismaClient, '$connect' | '$disconnect' | '$extends' | '$on' | '$transaction'>;

/** The database inside a transaction. A type of its own: on PGlite, using `Db` inside one waits for itself for ever. */
export type Tx = Client & { readonly [inTransaction]: true };

/** The database. Every query on rows of a municipality must name it (TenantError). */
export type Db = Client & {
  /** Commits when `work` resolves, rolls back when it throws. No network calls inside. */
  $transaction<T>(work: (tx: Tx) => Promise<T>, options?: { maxWait?: number; timeout?: number }): Promise<T>;
};

export interface OpenDatabase {
  db: Db;
  /** SQL outside any transaction, several statements at once too when there are no parameters. For the queue. */
  executeSql(sql: string, params?: unknown[]): Promise<{ rows: unknown[] }>;
  engine: 'pglite' | 'postgresql';
  close(): Promise<void>;
}

export function createClient(adapter: SqlDriverAdapterFactory): { db: Db; disconnect(): Promise<void> } {
  const client = new PrismaClient({
    adapter,
    transactionOptions: { maxWait: TRANSACTION_MAX_WAIT_MS, timeout: TRANSACTION_TIMEOUT_MS },
  });
  // The extension changes no types, and its own would hide that Db and Tx differ.
  const db = client.$extends(tenantGuard) as unknown as Db;
  return { db, disconnect: () => client.$disconnect() };
}
