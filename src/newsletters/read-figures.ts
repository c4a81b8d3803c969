import { z } from 'zod';
import type { SignalStatus } from '../storage/database.js';
import type { Db, Tx } from '../storage/database.js';
import { hideSmall, hideSmallCounts, SMALLEST_SHOWN, type CountLine } from './hide-small-counts.js';

/** In place of a neighbourhood: the signal is about the whole city. */
export const WHOLE_CITY = 'city';
/** Nothing was chosen. */
export const NOT_SAID = 'none';

const Count = z.union([z.number(), z.literal('few')]);
const Table = z.object({ lines: z.array(z.object({ key: z.string(), count: z.number() })), rest: z.number() });
export type Table = z.output<typeof Table>;

/** How signals of the period stand now, taken together so that most counts are large enough to be said. */
export const OUTCOMES = {
  open: ['received', 'in_review', 'needs_info'],
  kept: ['accepted', 'on_agenda', 'in_action', 'at_policy'],
  ended: ['resolved', 'closed'],
  elsewhere: ['redirected', 'declined'],
  joined: ['merged'],
  withdrawn: ['withdrawn'],
} as const satisfies Record<string, readonly SignalStatus[]>;
export type Outcome = keyof typeof OUTCOMES;

/** Steps that move a signal on, as the newsletter counts them. */
const MOVES = ['accepted', 'on_agenda', 'in_action', 'at_policy', 'resolved', 'redirected'] as const;

/** The figures of one issue as they may be published: every small count is hidden before they are kept or shown. */
export const Figures = z.object({
  filed: Count,
  places: Table,
  domains: Table,
  rights: Table,
  outcomes: Table,
  moves: z.array(z.object({ key: z.enum(MOVES), count: Count })),
  /** Oldest first; the last one is the period itself. `until` as ISO text. */
  trend: z.array(z.object({ until: z.string(), count: Count })),
});
export type Figures = z.output<typeof Figures>;

export interface Story {
  reference: string;
  title: string;
  text: string;
}

export interface Period {
  from: Date;
  until: Date;
}

/** How many solved signals get their story told. */
const STORIES = 4;

/**
 * Counts what came in and what moved in a period.
 *
 * @param before starts of the periods before it, newest first: the trend's other bars.
 */
export async function readFigures(
  db: Db | Tx,
  municipalityId: string,
  { from, until }: Period,
  before: Date[],
): Promise<Figures> {
  // Oldest first; between each two lies one bar of the trend.
  const bounds = [...before.toReversed(), from, until];
  const rows = await db.$queryRaw<{ what: string; key: string; count: number }[]>`
    WITH filed AS MATERIALIZED (
      SELECT "id", "status", "lifeDomain", "fundamentalRight", "cityWide" FROM "Signal"
      WHERE "municipalityId" = ${municipalityId}::uuid AND "filedAt" >= ${from} AND "filedAt" < ${until}
    )
    SELECT 'filed' AS "what", '' AS "key", count(*)::int AS "count" FROM filed
    UNION ALL SELECT 'domain', coalesce("lifeDomain", ${NOT_SAID}), count(*)::int FROM filed GROUP BY 2
    UNION ALL SELECT 'right', coalesce("fundamentalRight", ${NOT_SAID}), count(*)::int FROM filed GROUP BY 2
    UNION ALL SELECT 'status', "status"::text, count(*)::int FROM filed GROUP BY 2
    UNION ALL SELECT 'place', ${WHOLE_CITY}, count(*)::int FROM filed WHERE "cityWide"
    UNION ALL SELECT 'place', place."neighbourhoodId"::text, count(*)::int FROM filed
      JOIN "SignalNeighbourhood" place
        ON place."municipalityId" = ${municipalityId}::uuid AND place."signalId" = filed."id"
      WHERE NOT filed."cityWide" GROUP BY 2
    UNION ALL SELECT 'move', "toStatus"::text, count(DISTINCT "signalId")::int FROM "TimelineEntry"
      WHERE "municipalityId" = ${municipalityId}::uuid AND "at" >= ${from} AND "at" < ${until}
        AND "toStatus" IS NOT NULL AND "kind" <> 'corrected' GROUP BY 2
    UNION ALL SELECT 'bar', width_bucket("filedAt", ${bounds}::timestamptz[])::text, count(*)::int FROM "Signal"
      WHERE "municipalityId" = ${municipalityId}::uuid AND "filedAt" >= ${bounds[0]} AND "filedAt" < ${until} GROUP BY 2`;
  const of = (what: string): CountLine[] =>
    rows.filter((row) => row.what === what).map(({ key, count }) => ({ key, count }));
  const filed = of('filed')[0]?.count ?? 0;
  const statuses = of('status');
  const outcomes = Object.entries(OUTCOMES).map(([key, group]) => ({
    key,
    count: statuses.filter(({ key: status }) => (group as readonly string[]).includes(status)).reduce(add, 0),
  }));
  const moves = of('move');
  // Beside a total that is hidden itself nothing may stand that adds up to it.
  const table = (lines: CountLine[]): Table =>
    filed < SMALLEST_SHOWN ? { lines: [], rest: 0 } : hideSmallCounts(lines);
  return {
    filed: hideSmall(filed),
    places: table(of('place')),
    domains: table(of('domain')),
    rights: table(of('right')),
    outcomes: table(outcomes),
    moves: MOVES.map((key) => ({ key, count: hideSmall(moves.find((move) => move.key === key)?.count ?? 0) })),
    trend: trendOf(bounds, of('bar')),
  };
}

/** Totals alone: what somebody gets by subtracting them from other totals says nothing of a place, a domain or a status. */
export function withoutTables(figures: Figures): Figures {
  const none: Table = { lines: [], rest: 0 };
  return { ...figures, places: none, domains: none, rights: none, outcomes: none };
}

const add = (sum: number, { count }: CountLine) => sum + count;

/** @param bars by their number, from 1; one without signals is not among them. */
function trendOf(bounds: Date[], bars: CountLine[]): Figures['trend'] {
  const counts = new Map(bars.map(({ key, count }) => [Number(key), count]));
  return bounds
    .slice(1)
    .map((until, index) => ({ until: until.toISOString(), count: hideSmall(counts.get(index + 1) ?? 0) }));
}

/** The signals that were solved in the period and whose closing text everybody may read, newest first. */
export async function readStories(db: Db | Tx, municipalityId: string, { from, until }: Period): Promise<Story[]> {
  const entries = await db.timelineEntry.findMany({
    where: {
      municipalityId,
      at: { gte: from, lt: until },
      toStatus: { in: ['resolved', 'closed'] },
      visibility: 'public',
      text: { not: null },
      signal: { status: { in: ['resolved', 'closed'] } },
    },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take: STORIES * 3,
    select: { text: true, toStatus: true, signal: { select: { reference: true, title: true } } },
  });
  const seen = new Set<string>();
  return entries
    .toSorted((a, b) => Number(b.toStatus === 'resolved') - Number(a.toStatus === 'resolved'))
    .flatMap(({ text, signal }) => {
      if (seen.has(signal.reference)) return [];
      seen.add(signal.reference);
      return [{ ...signal, text: text ?? '' }];
    })
    .slice(0, STORIES);
}
