import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { startPostgresql } from '../support/postgresql-cluster.js';

export type Engine = 'postgresql' | 'pglite';

/** As `openDatabase` takes it. */
export interface Place {
  databaseUrl?: string;
  dataDir: string;
}

export interface Places {
  /** An empty database; all of them go away at the end. */
  make(engine: Engine, name: string): Promise<Place>;
  /** An empty folder. */
  folder(): Promise<string>;
  query(sql: string): Promise<Record<string, unknown>[]>;
  close(): Promise<void>;
}

/** @param given address of a PostgreSQL server without a database; otherwise one is started. */
export async function openPlaces(given: string | undefined): Promise<Places> {
  const cluster = given === undefined ? await startPostgresql() : undefined;
  const server = given ?? cluster?.server ?? '';
  const root = await mkdtemp(path.join(tmpdir(), 'wijksignaal-bench-'));
  const admin = new pg.Client({ connectionString: `${server}/postgres` });
  await admin.connect();
  const made = new Set<string>();
  const drop = (name: string) => admin.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
  const folder = () => mkdtemp(path.join(root, 'folder-'));
  return {
    async make(engine, title) {
      const dataDir = await folder();
      if (engine === 'pglite') return { dataDir };
      const name = `bench_${title}`;
      await drop(name);
      await admin.query(`CREATE DATABASE "${name}"`);
      made.add(name);
      return { dataDir, databaseUrl: `${server}/${name}` };
    },
    folder,
    query: async (sql) => (await admin.query<Record<string, unknown>>(sql)).rows,
    async close() {
      for (const name of made) await drop(name);
      await admin.end();
      await cluster?.stop();
      await rm(root, { recursive: true, force: true });
    },
  };
}
