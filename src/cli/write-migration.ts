import { mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { diffMigrationsWithSchema, MIGRATIONS_FOLDER } from '../storage/migrate.js';
import { PgliteAdapterFactory } from '../storage/pglite-adapter.js';

/** `npm run migration -- <name>`: writes what `prisma/schema` has and the migrations have not as the next migration. */
async function main(name: string | undefined): Promise<number> {
  if (!name || !/^[a-z][a-z0-9_]*$/.test(name)) {
    console.error('Usage: npm run migration -- name_in_lower_case');
    return 1;
  }
  const pglite = await PGlite.create();
  const sql = await diffMigrationsWithSchema(new PgliteAdapterFactory(pglite)).finally(() => pglite.close());
  if (sql === undefined) {
    console.log('The migrations and prisma/schema agree: nothing to write.');
    return 0;
  }
  const numbers = (await readdir(MIGRATIONS_FOLDER))
    .map((entry) => Number.parseInt(entry, 10))
    .filter(Number.isInteger);
  const next = String(Math.max(0, ...numbers) + 1).padStart(4, '0');
  const folder = path.join(MIGRATIONS_FOLDER, `${next}_${name}`);
  await mkdir(folder);
  await writeFile(path.join(folder, 'migration.sql'), sql);
  console.log(`Wrote ${path.relative(process.cwd(), folder)}/migration.sql: read it, then commit it with the schema.`);
  return 0;
}

process.exitCode = await main(process.argv[2]);
