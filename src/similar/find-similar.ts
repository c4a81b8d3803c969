import { Prisma, type Db, type SignalStatus } from '../storage/database.js';
import { ALIKE_FROM, compareSignals, readAbout, type Comparable } from './likeness.js';

export interface SimilarSignal {
  id: string;
  reference: string;
  title: string;
  description: string;
  status: SignalStatus;
  cityWide: boolean;
  neighbourhoods: { neighbourhood: { name: string } }[];
}

/** Offered at most: more is a list to read instead of a question to answer. */
const SHOWN = 3;
/** Looked through of the newest signals; in most towns all of the last years. */
const LOOK_BACK = 5_000;
/** Compared word by word, the best by full text first. */
const COMPARED = 60;
/** How frequent a word is shows in this many of the newest signals. */
const SAMPLE = 300;
/** Words of the text looked up in the index, the rarest first, and how many signals of each are looked at. */
const RARE_WORDS = 4;
const OF_EACH_WORD = 2_000;

/**
 * Open signals in the same place that look like this one, the most alike first. Reads only; never who filed them.
 * Looks through the newest signals, and for older ones by the rarest words in the index of words: how long it takes does
 * not grow with the number of signals.
 *
 * @param ended statuses in which a signal is not open.
 */
export async function findSimilar(
  db: Db,
  municipalityId: string,
  draft: Comparable,
  ended: readonly SignalStatus[],
): Promise<SimilarSignal[]> {
  const things = [...readAbout(draft)]
    .sort(([, one], [, other]) => other.weight - one.weight)
    .map(([, thing]) => thing);
  const words = things.flatMap((thing) => thing.words).filter(isSearchable);
  if (words.length === 0) return [];
  const isOpenHere = Prisma.sql`"status" <> ALL(${[...ended]}::"SignalStatus"[]) AND ${isIn(municipalityId, draft)}`;
  const any = anyOf(words);
  const recent = await db.$queryRaw<{ id: string | null; more: boolean }[]>`
    SELECT found."id", EXISTS (
      SELECT 1 FROM "Signal" WHERE "municipalityId" = ${municipalityId}::uuid
      ORDER BY "filedAt" DESC, "id" DESC OFFSET ${LOOK_BACK} LIMIT 1
    ) AS "more"
    FROM (SELECT 1) AS always LEFT JOIN LATERAL (
      SELECT "id" FROM (
        SELECT * FROM "Signal" WHERE "municipalityId" = ${municipalityId}::uuid
        ORDER BY "filedAt" DESC, "id" DESC LIMIT ${LOOK_BACK}
      ) AS "Signal"
      WHERE ${isOpenHere} AND "search" @@ ${any}
      ORDER BY ts_rank("search", ${any}) DESC, "id" DESC LIMIT ${COMPARED}
    ) AS found ON true`;
  const ids = recent.map(({ id }) => id).filter((id) => id !== null);
  if (recent[0]?.more) ids.push(...(await findOlder(db, municipalityId, things, { any, isOpenHere })));
  return compare(db, municipalityId, draft, ids);
}

/** Among all signals there are, those that hold one of the text's rarest words. */
async function findOlder(
  db: Db,
  municipalityId: string,
  things: { words: readonly string[] }[],
  { any, isOpenHere }: { any: Prisma.Sql; isOpenHere: Prisma.Sql },
): Promise<string[]> {
  const queries = things.map(({ words }) => queryText(words.filter(isSearchable))).filter((text) => text !== '');
  const rare = await db.$queryRaw<{ query: string }[]>`
    SELECT query FROM unnest(${queries}::text[]) WITH ORDINALITY AS wanted (query, number)
    CROSS JOIN LATERAL (
      SELECT count(*) AS held FROM (
        SELECT "search" FROM "Signal" WHERE "municipalityId" = ${municipalityId}::uuid
        ORDER BY "filedAt" DESC, "id" DESC LIMIT ${SAMPLE}
      ) AS newest WHERE "search" @@ query::tsquery
    ) AS sample
    WHERE held * 100 <= ${SAMPLE} ORDER BY held, number LIMIT ${RARE_WORDS}`;
  const found: string[] = [];
  for (const { query } of rare) {
    const rows = await db.$queryRaw<{ id: string }[]>`
      SELECT "id" FROM (
        SELECT * FROM "Signal" WHERE "municipalityId" = ${municipalityId}::uuid AND "search" @@ ${query}::tsquery
        LIMIT ${OF_EACH_WORD}
      ) AS "Signal"
      WHERE ${isOpenHere} ORDER BY ts_rank("search", ${any}) DESC, "id" DESC LIMIT ${COMPARED}`;
    found.push(...rows.map(({ id }) => id));
  }
  return found;
}

async function compare(db: Db, municipalityId: string, draft: Comparable, ids: string[]): Promise<SimilarSignal[]> {
  if (ids.length === 0) return [];
  const rows = await db.signal.findMany({
    where: { municipalityId, id: { in: [...new Set(ids)] } },
    select: {
      id: true,
      reference: true,
      title: true,
      description: true,
      status: true,
      cityWide: true,
      lifeDomain: true,
      fundamentalRight: true,
      neighbourhoods: {
        orderBy: { position: 'asc' },
        select: { neighbourhoodId: true, neighbourhood: { select: { name: true } } },
      },
    },
  });
  return rows
    .map((row) => {
      const neighbourhoodIds = row.neighbourhoods.map(({ neighbourhoodId }) => neighbourhoodId);
      return { row, score: compareSignals(draft, { ...row, neighbourhoodIds }) };
    })
    .filter(({ score }) => score >= ALIKE_FROM)
    .sort((one, other) => other.score - one.score || other.row.reference.localeCompare(one.row.reference))
    .slice(0, SHOWN)
    .map(({ row }) => row);
}

function isIn(municipalityId: string, { cityWide, neighbourhoodIds }: Comparable): Prisma.Sql {
  if (cityWide) return Prisma.sql`true`;
  return Prisma.sql`("cityWide" OR EXISTS (
    SELECT 1 FROM "SignalNeighbourhood" place WHERE place."municipalityId" = ${municipalityId}::uuid
      AND place."signalId" = "Signal"."id" AND place."neighbourhoodId" = ANY(${[...neighbourhoodIds]}::uuid[])))`;
}

/** Letters and digits alone, so that it can stand in a query as it is; short beginnings would find everything. */
function isSearchable(word: string): boolean {
  return /^[\p{L}\d]{3,}$/u.test(word);
}

function queryText(words: readonly string[]): string {
  return [...new Set(words)].map((word) => `'${word}':*`).join(' | ');
}

function anyOf(words: readonly string[]): Prisma.Sql {
  return Prisma.sql`${queryText(words)}::tsquery`;
}
