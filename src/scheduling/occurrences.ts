import { v7 as uuidv7 } from 'uuid';
import { Prisma, type Db, type Tx } from '../storage/database.js';
import type { Choice, Due } from './choose-occasions.js';

/** Minutes until the next try: doubled each time, about eight hours in all. Then the administrator sees it. */
const RETRY_MINUTES = [1, 2, 4, 8, 16, 32, 64, 128, 256];

/** Rows in one statement at most. */
const BATCH = 1_000;

interface Of {
  municipalityId: string;
  schedule: string;
}

/** Those of these that have no row yet. */
export async function leaveOutKnown<O extends Due>(db: Db, { municipalityId, schedule }: Of, due: O[]): Promise<O[]> {
  if (due.length === 0) return [];
  const asked = JSON.stringify(due.map(({ subject, moment }) => ({ subject, moment })));
  const known = await db.$queryRaw<{ subject: string; moment: string }[]>`
    SELECT row."subject", row."moment" FROM "Occurrence" row
    JOIN jsonb_to_recordset(${asked}::jsonb) AS asked ("subject" text, "moment" text)
      ON row."subject" = asked."subject" AND row."moment" = asked."moment"
    WHERE row."municipalityId" = ${municipalityId}::uuid AND row."schedule" = ${schedule}`;
  const keys = new Set(known.map(keyOf));
  return due.filter((occasion) => !keys.has(keyOf(occasion)));
}

const keyOf = ({ subject, moment }: { subject: string; moment: string }) => `${subject} ${moment}`;

/**
 * Takes an occasion for this transaction. Of several replicas one gets it; the others wait for its commit, or get it when it
 * died or failed.
 */
export async function claim(
  tx: Tx,
  { municipalityId, schedule }: Of,
  { subject, moment, at, late }: Choice['run'][number],
  now: Date,
): Promise<boolean> {
  const rows = await tx.$executeRaw`
    INSERT INTO "Occurrence" ("municipalityId", "id", "schedule", "subject", "moment", "dueAt", "status", "late", "attempts", "at")
    VALUES (${municipalityId}::uuid, ${uuidv7()}::uuid, ${schedule}, ${subject}, ${moment}, ${at}, 'done', ${late}, 1, ${now})
    ON CONFLICT DO NOTHING`;
  return rows === 1;
}

/** Marks occasions as passed over, with the reason. @returns how many nobody had marked before. */
export async function skip(
  db: Db,
  { municipalityId, schedule }: Of,
  skipped: Choice['skip'],
  now: Date,
): Promise<number> {
  let count = 0;
  for (let start = 0; start < skipped.length; start += BATCH) {
    const rows = skipped.slice(start, start + BATCH).map(({ subject, moment, at, why }) => ({
      municipalityId,
      schedule,
      subject,
      moment,
      dueAt: at,
      status: 'skipped' as const,
      failure: why,
      at: now,
    }));
    count += (await db.occurrence.createMany({ data: rows, skipDuplicates: true })).count;
  }
  return count;
}

/**
 * Remembers that an occasion's work failed and when to try again; after the last try it stands in the administrator's list.
 * A replica that did it meanwhile is left alone.
 *
 * @param reason a code: never an error's own words, which quote values.
 */
export async function recordFailure(
  db: Db,
  { municipalityId, schedule }: Of,
  { subject, moment, at, late }: Choice['run'][number],
  { attempts, reason, now }: { attempts: number; reason: string; now: Date },
): Promise<'waiting' | 'failed'> {
  const minutes = RETRY_MINUTES[attempts - 1];
  const status = minutes === undefined ? 'failed' : 'waiting';
  const retryAt = minutes === undefined ? null : new Date(now.getTime() + minutes * 60_000);
  await db.$executeRaw`
    INSERT INTO "Occurrence"
      ("municipalityId", "id", "schedule", "subject", "moment", "dueAt", "status", "late", "attempts", "retryAt", "failure", "at")
    VALUES (${municipalityId}::uuid, ${uuidv7()}::uuid, ${schedule}, ${subject}, ${moment}, ${at},
      ${status}::"OccurrenceStatus", ${late}, ${attempts}, ${retryAt}::timestamptz, ${reason}, ${now})
    ON CONFLICT ("municipalityId", "schedule", "subject", "moment") DO UPDATE
      SET "status" = EXCLUDED."status", "attempts" = EXCLUDED."attempts", "retryAt" = EXCLUDED."retryAt",
        "failure" = EXCLUDED."failure", "at" = EXCLUDED."at"
      WHERE "Occurrence"."status" = 'waiting' AND "Occurrence"."attempts" < EXCLUDED."attempts"`;
  return status;
}

/** Occasions whose next try has come. */
export function findRetries(db: Db, { municipalityId, schedule }: Of, now: Date) {
  return db.occurrence.findMany({
    where: { municipalityId, schedule, status: 'waiting', retryAt: { lte: now } },
    orderBy: { dueAt: 'asc' },
  });
}

/** Takes a failed occasion for this transaction; one replica gets it. */
export async function reclaim(
  tx: Tx,
  { municipalityId, id, attempts }: { municipalityId: string; id: string; attempts: number },
  how: { late: boolean; now: Date },
): Promise<boolean> {
  const { count } = await tx.occurrence.updateMany({
    where: { municipalityId, id, status: 'waiting', attempts },
    data: { status: 'done', late: how.late, at: how.now, attempts: attempts + 1, retryAt: null, failure: null },
  });
  return count === 1;
}

/** Those of the administrator's list go back: tried at the next tick, with as many tries as a new one. */
export async function retryOccurrences(tx: Tx, municipalityId: string, ids: string[], now: Date): Promise<number> {
  const { count } = await tx.occurrence.updateMany({
    where: { municipalityId, id: { in: ids }, status: 'failed' },
    data: { status: 'waiting', attempts: 0, retryAt: now, failure: null },
  });
  return count;
}

/** Where a schedule was looked through to; the first look is now, so that a new town starts without arrears. */
export async function readMark(db: Db, { municipalityId, schedule }: Of, now: Date) {
  await db.scheduleMark.createMany({
    data: [{ municipalityId, schedule, since: now, lookedUntil: now }],
    skipDuplicates: true,
  });
  return db.scheduleMark.findUniqueOrThrow({
    where: { municipalityId_schedule: { municipalityId, schedule } },
  });
}

/** Never back: a replica whose clock is behind changes nothing. */
export async function advanceMark(db: Db, { municipalityId, schedule }: Of, until: Date): Promise<void> {
  await db.scheduleMark.updateMany({
    where: { municipalityId, schedule, lookedUntil: { lt: until } } satisfies Prisma.ScheduleMarkWhereInput,
    data: { lookedUntil: until },
  });
}
