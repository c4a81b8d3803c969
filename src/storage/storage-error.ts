export type StorageErrorCode =
  | 'STORAGE.INVALID_URL'
  | 'STORAGE.UNREACHABLE'
  | 'STORAGE.ACCESS_DENIED'
  | 'STORAGE.NO_DATABASE'
  | 'STORAGE.NOT_WRITABLE'
  | 'STORAGE.LOCKED'
  | 'STORAGE.NO_LOCKS'
  | 'STORAGE.OTHER_VERSION'
  | 'STORAGE.DAMAGED'
  | 'STORAGE.MIGRATION_FAILED'
  | 'STORAGE.BACKUP';

/** The database cannot be used as it is. The message is for the operator: what is wrong, what to do, never a password. */
export class StorageError extends Error {
  override name = 'StorageError';
  constructor(
    readonly code: StorageErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** The code of a system or PostgreSQL error (`EACCES`, `28P01`), or undefined. */
export function errorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
