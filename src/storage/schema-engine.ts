import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils';
import type { MigrationList, SchemaEngine, SchemaFilter } from '@prisma/schema-engine-wasm';

const require = createRequire(import.meta.url);

/** Everything in the schema `public` is Prisma's to manage. */
export const NO_FILTER: SchemaFilter = { externalTables: [], externalEnums: [] };

export type { MigrationList, SchemaEngine };

type EngineModule = typeof import('@prisma/schema-engine-wasm/schema_engine_bg');
/**
 * The engine's glue code serves one instance per process, a second would mix their memories. Kept on the process and not
 * in this module, which a test runner loads several times.
 */
const ENGINE = Symbol.for('wijksignaal.schema-engine');
const shared = globalThis as { [ENGINE]?: Promise<EngineModule> };

/**
 * Prisma's own migration engine as WebAssembly, on the given connection: the same engine as `prisma migrate deploy`,
 * without the binary that command downloads.
 */
export async function openSchemaEngine(factory: SqlMigrationAwareDriverAdapterFactory): Promise<SchemaEngine> {
  const { SchemaEngine } = await (shared[ENGINE] ??= loadEngine());
  // Its log repeats the SQL it runs; failures arrive as errors.
  const ignoreLog = () => undefined;
  return SchemaEngine.new({ datamodels: undefined }, ignoreLog, bindMigrationAwareSqlAdapterFactory(factory));
}

/** The package's own entry imports a `.wasm` as a module, which Node 20 does not: the same steps, by hand. */
async function loadEngine(): Promise<EngineModule> {
  const gluePath = require.resolve('@prisma/schema-engine-wasm/schema_engine_bg');
  const glue: EngineModule & WasmGlue = await import(pathToFileURL(gluePath).href);
  const wasm = await readFile(gluePath.replace(/\.js$/, '.wasm'));
  const { instance } = await WebAssembly.instantiate(wasm, { './schema_engine_bg.js': { ...glue } });
  glue.__wbg_set_wasm(instance.exports);
  const start = instance.exports['__wbindgen_start'];
  if (typeof start !== 'function') throw new Error('The schema engine has no start function.');
  start();
  return glue;
}

interface WasmGlue {
  __wbg_set_wasm(exports: WebAssembly.Exports): void;
}
