import pg from 'pg';
import { hideSmall } from '../../../src/newsletters/hide-small-counts.js';
import { QUARTER, TOWNS_ASKED } from '../quarter.js';
import type { Side } from '../start-side.js';

/** Everything a newsletter counts, and its stories, in one statement: as quick as the database can be asked. */
const STATEMENT = `
  WITH filed AS MATERIALIZED (
    SELECT "id", "status", "lifeDomain", "fundamentalRight", "cityWide" FROM "Signal"
    WHERE "municipalityId" = $1 AND "filedAt" >= $2 AND "filedAt" < $3
  ), steps AS MATERIALIZED (
    SELECT "signalId", "toStatus", "kind", "visibility", "text", "at", "id" FROM "TimelineEntry"
    WHERE "municipalityId" = $1 AND "at" >= $2 AND "at" < $3 AND "toStatus" IS NOT NULL
  )
  SELECT 'filed' AS what, '' AS key, count(*)::int AS count, NULL AS text FROM filed
  UNION ALL SELECT 'domain', coalesce("lifeDomain", 'none'), count(*)::int, NULL FROM filed GROUP BY 2
  UNION ALL SELECT 'right', coalesce("fundamentalRight", 'none'), count(*)::int, NULL FROM filed GROUP BY 2
  UNION ALL SELECT 'status', "status"::text, count(*)::int, NULL FROM filed GROUP BY 2
  UNION ALL SELECT 'place', 'city', count(*)::int, NULL FROM filed WHERE "cityWide"
  UNION ALL SELECT 'place', p."neighbourhoodId"::text, count(*)::int, NULL FROM filed
    JOIN "SignalNeighbourhood" p ON p."municipalityId" = $1 AND p."signalId" = filed."id"
    WHERE NOT filed."cityWide" GROUP BY 2
  UNION ALL SELECT 'move', "toStatus"::text, count(DISTINCT "signalId")::int, NULL FROM steps
    WHERE "kind" <> 'corrected' GROUP BY 2
  UNION ALL SELECT 'trend', width_bucket("filedAt", $4::timestamptz[])::text, count(*)::int, NULL FROM "Signal"
    WHERE "municipalityId" = $1 AND "filedAt" >= ($4::timestamptz[])[1] AND "filedAt" < $3 GROUP BY 2
  UNION ALL (
    SELECT 'story', s."reference", 0, s."title" || coalesce(steps."text", '') FROM steps
    JOIN "Signal" s ON s."municipalityId" = $1 AND s."id" = steps."signalId" AND s."status" IN ('resolved', 'closed')
    WHERE steps."toStatus" IN ('resolved', 'closed') AND steps."visibility" = 'public' AND steps."text" IS NOT NULL
    ORDER BY steps."at" DESC, steps."id" DESC LIMIT 12
  )`;

/** The same figures without the product: one prepared statement over a bare connection. */
export async function open({ databaseUrl }: { databaseUrl?: string }): Promise<Side> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const { rows: towns } = await client.query<{ id: string }>(
    'SELECT "id" FROM "Municipality" ORDER BY "reference" LIMIT $1',
    [TOWNS_ASKED],
  );
  const bounds = [...QUARTER.before.toReversed(), QUARTER.from, QUARTER.until];
  const count = (id: string) =>
    client.query<{ what: string; key: string; count: number }>({
      name: 'figures',
      text: STATEMENT,
      values: [id, QUARTER.from, QUARTER.until, bounds],
    });
  let turn = 0;
  return {
    work: {
      async figures(times) {
        for (let index = 0; index < times; index += 1) await count(towns[(turn += 1) % towns.length]?.id ?? '');
      },
    },
    async report() {
      const { rows } = await count(towns[0]?.id ?? '');
      const trend = bounds
        .slice(1)
        .map((_, index) =>
          hideSmall(rows.find(({ what, key }) => what === 'trend' && key === String(index + 1))?.count ?? 0),
        );
      return { trend, filed: hideSmall(rows.find(({ what }) => what === 'filed')?.count ?? 0) };
    },
    close: () => client.end(),
  };
}
