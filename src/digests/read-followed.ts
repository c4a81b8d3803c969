import type { MunicipalityInfo } from '../chat/feature.js';
import type { Locale } from '../chat/texts.js';
import { listFollows, sayFollowed, type FollowWithWhat } from '../following/describe-follow.js';
import { readTimeline } from '../signals/read-signals.js';
import { describeTimeline } from '../signals/timeline-card.js';
import { ENDED } from '../signals/transitions.js';
import { SIGNAL_SEARCH_EXPRESSION, signalSearch } from '../storage/full-text.js';
import { Prisma, type Db, type Tx } from '../storage/database.js';
import type { Period } from './read-portfolios.js';

/** What one thing that somebody follows brought. */
export interface FollowedNews {
  /** "G-2026-0042", "Rabot - Blaisantvest", "‘huur’". */
  what: string;
  kind: 'signal' | 'neighbourhood' | 'search';
  signals: {
    reference: string;
    title: string;
    acute: boolean;
    /** What happened, in order; for a new signal nothing. */ steps: string[];
  }[];
  /** More that are not listed. */
  more: number;
}

/** Of one neighbourhood or search at most; the list of signals has the rest. */
const SHOWN = 5;

type Asking = { db: Db | Tx; municipality: MunicipalityInfo; locale: Locale };

/**
 * What somebody reads weekly about what they follow: public steps of signals, new signals in neighbourhoods or with words. What
 * they filed or own is left out, they hear of it anyway; a new signal is told under the first thing that brought it. A signal
 * whose words were changed is new to who follows words that it did not hold before.
 */
export async function readFollowed(context: Asking, personId: string, period: Period): Promise<FollowedNews[]> {
  const follows = (await listFollows(context, personId)).filter(({ pace }) => pace === 'weekly');
  const told = new Set<string>();
  const news: FollowedNews[] = [];
  for (const follow of follows) {
    const part = follow.signalId
      ? await readSteps(context, follow, follow.signalId, period)
      : await readNew(context, follow, personId, period, told);
    if (part.signals.length > 0) news.push(part);
  }
  return news;
}

async function readSteps(
  { db, municipality, locale }: Asking,
  follow: FollowWithWhat,
  followedId: string,
  period: Period,
): Promise<FollowedNews> {
  const signalId = await findSurvivor(db, municipality.id, followedId);
  const signal = await db.signal.findUniqueOrThrow({
    where: { municipalityId_id: { municipalityId: municipality.id, id: signalId } },
    select: { reference: true, title: true, acute: true },
  });
  const entries = (await readTimeline(db, municipality.id, signalId)).filter(
    ({ at }) => at > period.from && at >= follow.since && at <= period.until,
  );
  const steps = describeTimeline({ locale, municipality }, entries, 'everyone').map(({ what }) => what);
  return {
    what: sayFollowed(follow),
    kind: 'signal',
    signals: steps.length > 0 ? [{ ...signal, steps }] : [],
    more: 0,
  };
}

/** The signal that a merged one goes on in, by way of others too; itself when it was not merged. */
async function findSurvivor(db: Db | Tx, municipalityId: string, signalId: string): Promise<string> {
  const { mergedIntoId } = await db.signal.findUniqueOrThrow({
    where: { municipalityId_id: { municipalityId, id: signalId } },
    select: { mergedIntoId: true },
  });
  return mergedIntoId ? findSurvivor(db, municipalityId, mergedIntoId) : signalId;
}

async function readNew(
  { db, municipality }: Asking,
  follow: FollowWithWhat,
  personId: string,
  period: Period,
  told: Set<string>,
): Promise<FollowedNews> {
  const municipalityId = municipality.id;
  const condition = follow.neighbourhoodId
    ? Prisma.sql`EXISTS (SELECT FROM "SignalNeighbourhood" place WHERE place."municipalityId" = "Signal"."municipalityId"
        AND place."signalId" = "Signal"."id" AND place."neighbourhoodId" = ${follow.neighbourhoodId}::uuid)`
    : signalSearch(follow.search ?? '');
  const isFiled = Prisma.sql`("filedAt" > ${period.from} AND "filedAt" >= ${follow.since} AND "filedAt" <= ${period.until})`;
  const rows = await db.$queryRaw<{ id: string; reference: string; title: string; acute: boolean }[]>`
    SELECT "id", "reference", "title", "acute" FROM "Signal"
    WHERE "municipalityId" = ${municipalityId}::uuid
      AND (${isFiled} ${follow.search === null ? Prisma.empty : Prisma.sql`OR ${cameToHold(follow.search, { municipalityId, since: follow.since, period })}`})
      AND "status" <> 'withdrawn' AND "ownerId" <> ${personId}::uuid AND ${condition}
      AND NOT EXISTS (SELECT FROM "SignalFiler" filer WHERE filer."municipalityId" = "Signal"."municipalityId"
        AND filer."signalId" = "Signal"."id" AND filer."personId" = ${personId}::uuid)
    ORDER BY "filedAt", "id"`;
  const fresh = rows.filter(({ id }) => !told.has(id));
  for (const { id } of fresh) told.add(id);
  return {
    what: sayFollowed(follow),
    kind: follow.neighbourhoodId ? 'neighbourhood' : 'search',
    signals: fresh.slice(0, SHOWN).map(({ reference, title, acute }) => ({ reference, title, acute, steps: [] })),
    more: Math.max(0, fresh.length - SHOWN),
  };
}

/** What a search looks through that may be changed after filing. */
const REWORDED = ['title', 'description', 'targetGroup', 'alreadyTried', 'consequence', 'suggestedSolution'];

/** A condition on "Signal": its words were changed in this time, and those it had until then were not the ones looked for. */
function cameToHold(
  words: string,
  { municipalityId, since, period }: { municipalityId: string; since: Date; period: Period },
): Prisma.Sql {
  const changes = Prisma.sql`"municipalityId" = ${municipalityId}::uuid AND "at" > ${period.from} AND "at" >= ${since}
    AND "at" <= ${period.until} AND "data" ? 'before'`;
  const before = REWORDED.map(
    (field) => Prisma.sql`coalesce((SELECT "data" -> 'before' ->> ${field} FROM "TimelineEntry" entry
      WHERE ${changes} AND entry."signalId" = "Signal"."id" AND "data" -> 'before' ? ${field}
      ORDER BY "at", entry."id" LIMIT 1), ${Prisma.raw(`"Signal"."${field}"`)}) AS ${Prisma.raw(`"${field}"`)}`,
  );
  return Prisma.sql`("status" NOT IN (${Prisma.join(ENDED.map((status) => Prisma.sql`${status}::"SignalStatus"`))})
    AND "id" IN (SELECT "signalId" FROM "TimelineEntry" WHERE ${changes})
    AND NOT EXISTS (SELECT FROM (SELECT ${Prisma.raw(SIGNAL_SEARCH_EXPRESSION)} AS "search" FROM (SELECT ${Prisma.join(before)}) then_it_said) was
      WHERE ${signalSearch(words)}))`;
}
