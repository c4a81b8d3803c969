import { findConfirming } from '../endorsements/organisations.js';
import { signalSearch } from '../storage/full-text.js';
import { Prisma, type Db, type SignalStatus, type Tx } from '../storage/database.js';

/** A signal with what every view of it needs. */
const DETAIL = {
  neighbourhoods: {
    orderBy: { position: 'asc' },
    include: { neighbourhood: { select: { id: true, name: true } } },
  },
  owner: { select: { id: true, name: true } },
  mergedInto: { select: { reference: true } },
  lead: { select: { id: true, name: true } },
  linksFrom: { orderBy: { at: 'asc' }, select: { kind: true, to: { select: { id: true, reference: true } } } },
  linksTo: { orderBy: { at: 'asc' }, select: { kind: true, from: { select: { id: true, reference: true } } } },
  filers: { include: { person: { select: { id: true, name: true, organisation: true } } } },
} satisfies Prisma.SignalInclude;

type Found = Prisma.SignalGetPayload<{ include: typeof DETAIL }>;
export type SignalDetail = Found & {
  /** By how many other organisations it is confirmed. */
  confirmed: number;
  /** Which ones: for triage alone. */
  confirmedBy: string[];
};

export async function findSignal(db: Db, municipalityId: string, id: string): Promise<SignalDetail | null> {
  return complete(
    db,
    await db.signal.findUnique({ where: { municipalityId_id: { municipalityId, id } }, include: DETAIL }),
  );
}

async function complete(db: Db, signal: Found | null): Promise<SignalDetail | null> {
  if (!signal) return null;
  const confirmedBy = await findConfirming(db, signal.municipalityId, signal.id);
  return { ...signal, confirmed: confirmedBy.length, confirmedBy };
}

/** Takes a reference as people type it (`g-2026-42`, `G-2026-0042`). */
export async function findSignalByReference(
  db: Db,
  municipalityId: string,
  typed: string,
): Promise<SignalDetail | null> {
  const reference = tidyReference(typed);
  if (!reference) return null;
  const where = { municipalityId_reference: { municipalityId, reference } };
  return complete(db, await db.signal.findUnique({ where, include: DETAIL }));
}

/** `g 2026 42` and `G-2026-0042` are the same reference; undefined when it does not look like one. */
export function tidyReference(typed: string): string | undefined {
  const match = /^\s*([a-z][a-z0-9]{0,7})[\s-]*(\d{4})[\s-]+(\d{1,7})\s*$/i.exec(typed);
  return match ? `${match[1]?.toUpperCase()}-${match[2]}-${match[3]?.padStart(4, '0')}` : undefined;
}

/** Whether this is a reference, but of another municipality: `A-2026-0042` where ours start with G. */
export function isOfOtherTown(prefix: string, typed: string): boolean {
  const reference = tidyReference(typed);
  return reference !== undefined && !reference.startsWith(`${prefix}-`);
}

/** Timeline entries in the order they happened, with who did each. */
export async function readTimeline(db: Db | Tx, municipalityId: string, signalId: string) {
  return db.timelineEntry.findMany({
    where: { municipalityId, signalId },
    orderBy: [{ at: 'asc' }, { id: 'asc' }],
    include: { person: { select: { id: true, name: true, roles: true } } },
  });
}
export type Timeline = Awaited<ReturnType<typeof readTimeline>>;

/** What a list shows of a signal: neutral text and status, never who filed it. */
export const SIGNAL_LINE = {
  id: true,
  reference: true,
  title: true,
  status: true,
  acute: true,
  cityWide: true,
  filedAt: true,
  updatedAt: true,
  clockFrom: true,
  agreedOn: true,
  snoozedUntil: true,
  neverRemind: true,
  neighbourhoods: { orderBy: { position: 'asc' }, select: { neighbourhood: { select: { id: true, name: true } } } },
} satisfies Prisma.SignalSelect;
export type SignalLine = Prisma.SignalGetPayload<{ select: typeof SIGNAL_LINE }>;

export interface SignalFilter {
  /** Words, as typed; Dutch full text. */
  search?: string;
  statuses?: readonly SignalStatus[];
  neighbourhoodId?: string;
  /** Only those about the whole city. */
  cityWide?: boolean;
}

export interface SignalPage {
  lines: SignalLine[];
  /** Continue after this line; undefined at the end. */
  next: string | undefined;
}

/**
 * Signals newest first, one page at a time (keyset: page 1,000 is as fast as page 1).
 *
 * @param after the `next` of the page before.
 */
export async function listSignals(
  db: Db,
  municipalityId: string,
  filter: SignalFilter,
  { limit, after }: { limit: number; after?: string },
): Promise<SignalPage> {
  const cursor = after ? await findCursor(db, municipalityId, after) : null;
  const reach = [
    Prisma.sql`"municipalityId" = ${municipalityId}::uuid`,
    ...(cursor ? [Prisma.sql`("filedAt", "id") < (${cursor.filedAt}::timestamptz, ${cursor.id}::uuid)`] : []),
  ];
  const conditions = [
    ...reach,
    ...(filter.statuses?.length ? [Prisma.sql`"status" = ANY(${[...filter.statuses]}::"SignalStatus"[])`] : []),
    ...(filter.neighbourhoodId
      ? [
          Prisma.sql`EXISTS (SELECT 1 FROM "SignalNeighbourhood" place WHERE place."municipalityId" = ${municipalityId}::uuid
            AND place."signalId" = "Signal"."id" AND place."neighbourhoodId" = ${filter.neighbourhoodId}::uuid)`,
        ]
      : []),
    ...(filter.cityWide ? [Prisma.sql`"cityWide"`] : []),
    ...(filter.search ? [signalSearch(filter.search)] : []),
  ];
  const where = Prisma.join(conditions, ' AND ');
  const rows = filter.search
    ? await findByWords(db, { reach: Prisma.join(reach, ' AND '), where, limit: limit + 1 })
    : await db.$queryRaw<Row[]>`SELECT "id" FROM "Signal" WHERE ${where} ${newestFirst(limit + 1)}`;
  const ids = rows.slice(0, limit).map(({ id }) => id);
  const lines = await readLines(db, municipalityId, ids);
  return { lines, next: rows.length > limit ? ids.at(-1) : undefined };
}

/** So many of the newest signals a search looks through one by one: about 1 ms. */
const LOOK_THROUGH = 1_000;
/** And so many, about 10 ms, when the first promise a full page twice over. */
const LOOK_FURTHER = 10_000;

type Row = { id: string };

const newestFirst = (limit: number) => Prisma.sql`ORDER BY "filedAt" DESC, "id" DESC LIMIT ${limit}`;

/**
 * A word that many signals hold fills the page from the newest ones, whatever their number; the index of words would
 * first collect all that hold it. A word that few hold is for the index. How frequent a word is shows in the newest
 * signals: the database's own guess can be off by the whole table.
 *
 * @param reach where to look: `where` without what the signals must be like.
 */
async function findByWords(
  db: Db,
  { reach, where, limit }: { reach: Prisma.Sql; where: Prisma.Sql; limit: number },
): Promise<Row[]> {
  const lookThrough = (depth: number) => db.$queryRaw<Row[]>`
    SELECT "id" FROM (SELECT * FROM "Signal" WHERE ${reach} ${newestFirst(depth)}) AS "Signal"
    WHERE ${where} ${newestFirst(limit)}`;
  let recent = await lookThrough(LOOK_THROUGH);
  const promised = (recent.length * LOOK_FURTHER) / LOOK_THROUGH;
  if (recent.length < limit && promised >= 2 * limit) recent = await lookThrough(LOOK_FURTHER);
  if (recent.length === limit) return recent;
  return db.$queryRaw<Row[]>`
    WITH found AS MATERIALIZED (SELECT "id", "filedAt" FROM "Signal" WHERE ${where})
    SELECT "id" FROM found ${newestFirst(limit)}`;
}

/** What this person filed, newest first. */
export async function listFiledBy(
  db: Db,
  municipalityId: string,
  personId: string,
  limit: number,
): Promise<SignalLine[]> {
  const filings = await db.signalFiler.findMany({
    where: { municipalityId, personId },
    orderBy: [{ at: 'desc' }, { signalId: 'desc' }],
    take: limit,
    select: { signalId: true },
  });
  return readLines(
    db,
    municipalityId,
    filings.map(({ signalId }) => signalId),
  );
}

async function readLines(db: Db, municipalityId: string, ids: string[]): Promise<SignalLine[]> {
  const lines = await db.signal.findMany({ where: { municipalityId, id: { in: ids } }, select: SIGNAL_LINE });
  const byId = new Map(lines.map((line) => [line.id, line]));
  return ids.map((id) => byId.get(id)).filter((line) => line !== undefined);
}

async function findCursor(db: Db, municipalityId: string, after: string) {
  return db.signal.findUnique({
    where: { municipalityId_id: { municipalityId, id: after } },
    select: { filedAt: true, id: true },
  });
}
