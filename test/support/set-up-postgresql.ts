import type { TestProject } from 'vitest/node';
import { openDatabase } from '../../src/storage/database.js';
import { startPostgresql, TEMPLATE_DATABASE } from './postgresql-cluster.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the test cluster, its database name left out. */
    postgresqlServer: string;
  }
}

/** One cluster for the whole run, with one migrated database that every test file gets a copy of. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const cluster = await startPostgresql();
  await cluster.createDatabase(TEMPLATE_DATABASE);
  const template = await openDatabase({ databaseUrl: `${cluster.server}/${TEMPLATE_DATABASE}`, dataDir: '' });
  await template.close();
  project.provide('postgresqlServer', cluster.server);
  return () => cluster.stop();
}
