import { z } from 'zod';
import { allowLinking, type Tx } from '../../storage/database.js';

/** A row of any table, as JSON. */
const Row = z.record(z.string(), z.unknown());
type Row = z.infer<typeof Row>;

/** Which rows named the person who went, so that they can be given back. */
export const Moved = z.object({
  /** Rows whose column held the person's id, by their primary key as it is now. */
  columns: z.array(z.object({ table: z.string(), column: z.string(), keys: z.array(Row) })),
  /** The same for ids inside JSON. */
  documents: z.array(z.object({ table: z.string(), column: z.string(), keys: z.array(Row) })),
  /** Rows that the one who stayed had too (both filed one signal): there can be only one. */
  doubles: z.array(z.object({ table: z.string(), row: Row })),
});
export type Moved = z.infer<typeof Moved>;

/** Tables that say who somebody was, not who they are. */
const NOT_MOVED = ['Person', 'AccountLink'];

interface Change {
  municipalityId: string;
  /** Id that is looked for, and the one that takes its place. */
  from: string;
  to: string;
}

/**
 * Puts one person's id in the place of another's wherever the database has it: in every column, and inside every JSON
 * document, of every table of the municipality. Read from the database's own catalogue, so that a table somebody adds
 * tomorrow is not forgotten. Where both have the same row the one of `to` stays.
 */
export async function moveReferences(tx: Tx, change: Change): Promise<Moved> {
  const { municipalityId, from, to } = change;
  await allowLinking(tx, from, to);
  const tables = await readTables(tx);
  const moved: Moved = { columns: [], documents: [], doubles: [] };
  for (const { table, ids, documents, unique, primary } of tables) {
    for (const column of ids) {
      for (const index of unique.filter((columns) => columns.includes(column))) {
        const same = index.filter((name) => name !== column).map((name) => `one.${q(name)} = other.${q(name)}`);
        const doubles = await tx.$queryRawUnsafe<{ row: Row }[]>(
          `DELETE FROM ${q(table)} AS one USING ${q(table)} AS other
           WHERE one."municipalityId" = $1::uuid AND other."municipalityId" = $1::uuid
             AND one.${q(column)} = $2::uuid AND other.${q(column)} = $3::uuid ${same.map((each) => `AND ${each}`).join(' ')}
           RETURNING to_jsonb(one) AS row`,
          municipalityId,
          from,
          to,
        );
        moved.doubles.push(...doubles.map(({ row }) => ({ table, row })));
      }
      const rows = await tx.$queryRawUnsafe<{ key: Row }[]>(
        `UPDATE ${q(table)} SET ${q(column)} = $3::uuid WHERE "municipalityId" = $1::uuid AND ${q(column)} = $2::uuid
         RETURNING ${keyOf(primary)} AS key`,
        municipalityId,
        from,
        to,
      );
      if (rows.length > 0) moved.columns.push({ table, column, keys: rows.map(({ key }) => key) });
    }
    for (const column of documents) {
      // One that names both already cannot be told apart again: it is changed, and not given back.
      const rows = await tx.$queryRawUnsafe<{ key: Row; named: boolean }[]>(
        `WITH old AS (
           SELECT ${keyOf(primary)} AS key, ${q(column)}::text LIKE '%' || $3 || '%' AS "named" FROM ${q(table)}
           WHERE "municipalityId" = $1::uuid AND ${q(column)}::text LIKE '%' || $2 || '%'
         ), changed AS (
           UPDATE ${q(table)} SET ${q(column)} = replace(${q(column)}::text, $2, $3)::jsonb
           WHERE "municipalityId" = $1::uuid AND ${q(column)}::text LIKE '%' || $2 || '%'
         ) SELECT key, "named" FROM old`,
        municipalityId,
        from,
        to,
      );
      const keys = rows.filter(({ named }) => !named).map(({ key }) => key);
      if (keys.length > 0) moved.documents.push({ table, column, keys });
    }
  }
  return moved;
}

/** Gives back what `moveReferences` moved, as far as it still is where it was put. `from` and `to` as they were then. */
export async function moveBack(tx: Tx, { municipalityId, from, to }: Change, moved: Moved): Promise<void> {
  await allowLinking(tx, to, from);
  const set = async (table: string, column: string, value: string, test: string, key: Row) => {
    const names = Object.keys(key);
    await tx.$executeRawUnsafe(
      `UPDATE ${q(table)} AS one SET ${q(column)} = ${value}
       FROM jsonb_populate_record(NULL::${q(table)}, $4::jsonb) AS known
       WHERE one."municipalityId" = $1::uuid AND ${test} AND ${names.map((name) => `one.${q(name)} = known.${q(name)}`).join(' AND ')}`,
      municipalityId,
      from,
      to,
      JSON.stringify(key),
    );
  };
  for (const { table, column, keys } of moved.columns) {
    for (const key of keys) await set(table, column, '$2::uuid', `one.${q(column)} = $3::uuid`, key);
  }
  for (const { table, column, keys } of moved.documents) {
    const back = `replace(one.${q(column)}::text, $3, $2)::jsonb`;
    for (const key of keys) await set(table, column, back, `one.${q(column)}::text LIKE '%' || $3 || '%'`, key);
  }
  for (const { table, row } of moved.doubles) await insertRow(tx, table, row);
}

/** Puts a row back as it was; columns that exist only since get their default, and one that is there already stays. */
export async function insertRow(tx: Tx, table: string, row: Row): Promise<void> {
  const columns = await tx.$queryRaw<{ name: string }[]>`
    SELECT column_name AS name FROM information_schema.columns
    WHERE table_schema = current_schema() AND table_name = ${table} AND is_generated = 'NEVER'`;
  const names = columns
    .filter(({ name }) => name in row)
    .map(({ name }) => q(name))
    .join(', ');
  await tx.$executeRawUnsafe(
    `INSERT INTO ${q(table)} (${names}) SELECT ${names} FROM jsonb_populate_record(NULL::${q(table)}, $1::jsonb)
     ON CONFLICT DO NOTHING`,
    JSON.stringify(row),
  );
}

interface Table {
  table: string;
  /** Columns that may hold a person's id. */
  ids: string[];
  documents: string[];
  /** Columns of each unique index. */
  unique: string[][];
  primary: string[];
}

async function readTables(tx: Tx): Promise<Table[]> {
  const columns = await tx.$queryRaw<{ table: string; column: string; type: string }[]>`
    SELECT c.table_name::text AS "table", c.column_name::text AS "column", c.data_type::text AS "type"
    FROM information_schema.columns c
    JOIN information_schema.columns tenant ON tenant.table_schema = c.table_schema AND tenant.table_name = c.table_name
      AND tenant.column_name = 'municipalityId'
    WHERE c.table_schema = current_schema() AND c.data_type IN ('uuid', 'jsonb')
      AND c.column_name NOT IN ('municipalityId', 'id')
    ORDER BY c.table_name, c.ordinal_position`;
  const indexes = await tx.$queryRaw<{ table: string; primary: boolean; columns: string[] }[]>`
    SELECT t.relname::text AS "table", i.indisprimary AS "primary", json_agg(a.attname::text ORDER BY k.place) AS "columns"
    FROM pg_index i
    JOIN pg_class t ON t.oid = i.indrelid
    JOIN pg_namespace n ON n.oid = t.relnamespace AND n.nspname = current_schema()
    CROSS JOIN LATERAL unnest(i.indkey) WITH ORDINALITY AS k (number, place)
    JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.number
    WHERE i.indisunique
    GROUP BY i.indexrelid, t.relname, i.indisprimary`;
  const names = [...new Set(columns.map(({ table }) => table))].filter((table) => !NOT_MOVED.includes(table));
  return names.map((table) => {
    const own = columns.filter((column) => column.table === table);
    const unique = indexes.filter((index) => index.table === table);
    return {
      table,
      ids: own.filter(({ type }) => type === 'uuid').map(({ column }) => column),
      documents: own.filter(({ type }) => type === 'jsonb').map(({ column }) => column),
      unique: unique.map((index) => index.columns),
      primary: unique.find(({ primary }) => primary)?.columns ?? ['municipalityId', 'id'],
    };
  });
}

/** A name from the catalogue, as SQL takes it. */
function q(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function keyOf(primary: string[]): string {
  return `jsonb_build_object(${primary.map((name) => `'${name.replaceAll("'", "''")}', ${q(name)}`).join(', ')})`;
}
