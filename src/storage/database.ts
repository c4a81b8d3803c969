import type { OpenDatabase } from './client.js';
import { openPglite } from './open-pglite.js';
import { openPostgresql } from './open-postgresql.js';

export type { Db, OpenDatabase, Tx } from './client.js';
export { allowErasure } from './erasure.js';
export { allowLinking } from './linked-timeline.js';
export { Prisma } from './generated/client.js';
export type * from './generated/client.js';
export * from './generated/enums.js';
export { PREPARED, prepared } from './prepared.js';
export { isBusy, isForeignKeyViolation, isUniqueViolation } from './query-errors.js';
export { StorageError } from './storage-error.js';

export interface DatabaseOptions {
  /** Given: PostgreSQL there. Not given: the embedded database in `dataDir`. */
  databaseUrl?: string | undefined;
  dataDir: string;
}

/**
 * Opens the database and brings it up to date. The caller closes it.
 * @throws StorageError with a sentence for the operator, within seconds.
 */
export function openDatabase(options: DatabaseOptions): Promise<OpenDatabase> {
  return options.databaseUrl ? openPostgresql(options.databaseUrl) : openPglite(options.dataDir);
}
