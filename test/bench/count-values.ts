const TABLES = [
  '"Signal"',
  '"SignalNeighbourhood"',
  '"SignalFiler"',
  '"TimelineEntry"',
  '"Person"',
  '"Delivery"',
  'pgboss.job',
];

/**
 * How many values each column of the tables that a filing writes holds: the same on both sides when both write the same
 * rows. (A table of references counts one, whatever the number.)
 */
export async function countValues(
  query: (sql: string) => Promise<{ rows: unknown[] }>,
): Promise<Record<string, unknown>> {
  const counts: Record<string, unknown> = {};
  for (const table of TABLES) {
    const { rows } = await query(
      `SELECT field.name, count(*)::int AS values FROM ${table} AS one, jsonb_each(to_jsonb(one)) AS field (name, value)
       WHERE field.value <> 'null' GROUP BY field.name ORDER BY field.name`,
    );
    counts[table] = Object.fromEntries(
      (rows as { name: string; values: number }[]).map((row) => [row.name, row.values]),
    );
  }
  return counts;
}
