import { readFile } from 'node:fs/promises';
import os from 'node:os';
import type { Places } from './places.js';

const PACKAGES = ['@electric-sql/pglite', '@prisma/client', 'pg', 'pg-boss'];

/** On what the figures were taken: nothing that names the machine or its user. */
export async function describeMachine(places: Places): Promise<Record<string, unknown>> {
  const versions = await Promise.all(
    PACKAGES.map(async (name) => {
      const text = await readFile(`node_modules/${name}/package.json`, 'utf8');
      return [name, (JSON.parse(text) as { version: string }).version];
    }),
  );
  const [server] = await places.query('SHOW server_version');
  return {
    processor: os.cpus()[0]?.model,
    cores: os.cpus().length,
    memoryGb: Math.round(os.totalmem() / 1024 ** 3),
    system: `${os.type()} ${os.release()}`,
    loadBefore: os.loadavg()[0],
    versions: { node: process.versions.node, postgresql: server?.['server_version'], ...Object.fromEntries(versions) },
  };
}
