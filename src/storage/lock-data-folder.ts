import { closeSync, ftruncateSync, mkdirSync, openSync, readSync, writeSync } from 'node:fs';
import path from 'node:path';
import { errorCode, StorageError } from './storage-error.js';

const LOCK_FILE = 'lock';
/** Enough for "process 12345 since 2026-01-01T00:00:00.000Z". */
const OWNER_MAX_BYTES = 100;

export interface FolderLock {
  release(): void;
}

/**
 * Takes the folder for this process alone, making it where it does not exist. The embedded database keeps no lock of its
 * own, and two processes on one folder destroy each other's rows. The operating system holds the lock: it ends with the
 * process, however that ends, and nobody can take it from a living one.
 * @throws StorageError NOT_WRITABLE, LOCKED, NO_LOCKS
 */
export async function lockDataFolder(folder: string): Promise<FolderLock> {
  // A plain descriptor: a file handle is closed, and the lock lost, when nothing refers to it any more.
  const descriptor = openLockFile(folder);
  try {
    // Loaded here: a server on PostgreSQL runs on systems this native module was not built for.
    const { default: native } = await import('fs-native-extensions');
    if (!native.tryLock(descriptor)) {
      throw new StorageError(
        'STORAGE.LOCKED',
        `The data folder ${folder} is in use by another process${readOwner(descriptor)}. ` +
          'Stop that one first, or give this one a folder of its own in DATA_DIR.',
      );
    }
    ftruncateSync(descriptor);
    writeSync(descriptor, `process ${process.pid} since ${new Date().toISOString()}`, 0);
  } catch (error) {
    closeSync(descriptor);
    if (error instanceof StorageError) throw error;
    throw new StorageError(
      'STORAGE.NO_LOCKS',
      `The data folder ${folder} cannot be locked against a second process (${errorCode(error) ?? 'unknown reason'}). ` +
        'Put DATA_DIR on a local disk, or use PostgreSQL through DATABASE_URL.',
      { cause: error },
    );
  }
  // The file stays: were it removed, two processes could each hold a lock on a file of that name.
  return {
    release: () => {
      closeSync(descriptor);
    },
  };
}

function openLockFile(folder: string): number {
  try {
    mkdirSync(folder, { recursive: true });
    return openSync(path.join(folder, LOCK_FILE), 'a+');
  } catch (error) {
    throw notWritable(folder, error);
  }
}

function readOwner(descriptor: number): string {
  try {
    const buffer = Buffer.alloc(OWNER_MAX_BYTES);
    const length = readSync(descriptor, buffer, 0, OWNER_MAX_BYTES, 0);
    return length > 0 ? ` (${buffer.toString('utf8', 0, length)})` : '';
  } catch {
    // Windows refuses to read what another process has locked; the message does without the process number.
    return '';
  }
}

/** The error for a folder that cannot be written, from the system's own. */
export function notWritable(folder: string, error: unknown): StorageError {
  const code = errorCode(error);
  const reason =
    code === 'EACCES' || code === 'EPERM'
      ? 'this user may not write there'
      : code === 'EROFS'
        ? 'it is on a read-only file system'
        : code === 'ENOTDIR' || code === 'EEXIST'
          ? 'a file stands in its place'
          : code === 'ENOSPC'
            ? 'the disk is full'
            : (code ?? 'unknown reason');
  return new StorageError(
    'STORAGE.NOT_WRITABLE',
    `The data folder ${folder} cannot be written: ${reason}. Set DATA_DIR to a folder this process may write.`,
    { cause: error },
  );
}
