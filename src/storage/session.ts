import type { SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils';

/** One connection to a database, without Prisma's models: for migrations, backup and restore. */
export interface Session {
  query(sql: string, params?: unknown[]): Promise<Record<string, unknown>[]>;
  /** The same connection for Prisma's migration engine. */
  factory: SqlMigrationAwareDriverAdapterFactory;
  close(): Promise<void>;
}
