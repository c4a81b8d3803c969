import { v7 as uuidv7 } from 'uuid';
import type { Db, Tx } from '../storage/database.js';
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

/** A municipality's occasions whose next try has come. */
export function findRetries(db: Db, municipalityId: string, now: Date) {
  return db.occurrence.findMany({
    where: { municipalityId, status: 'waiting', retryAt: { lte: now } },
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

/**
 * Where a municipality's schedules were looked through to, by schedule; the first look is now, so that a new town, or a new
 * schedule, starts without arrears.
 */
export async function readMarks(
  db: Db,
  municipalityId: string,
  schedules: string[],
  now: Date,
): Promise<Map<string, { since: Date; lookedUntil: Date }>> {
  const read = () => db.scheduleMark.findMany({ where: { municipalityId, schedule: { in: schedules } } });
  let marks = await read();
  const known = new Set(marks.map(({ schedule }) => schedule));
  const missing = schedules.filter((schedule) => !known.has(schedule));
  if (missing.length > 0) {
    await db.scheduleMark.createMany({
      data: missing.map((schedule) => ({ municipalityId, schedule, since: now, lookedUntil: now })),
      skipDuplicates: true,
    });
    marks = await read();
  }
  return new Map(marks.map((mark) => [mark.schedule, mark]));
}

/** Never back: a replica whose clock is behind changes nothing. */
export async function advanceMarks(db: Db, municipalityId: string, schedules: string[], until: Date): Promise<void> {
  if (schedules.length === 0) return;
  await db.scheduleMark.updateMany({
    where: { municipalityId, schedule: { in: schedules }, lookedUntil: { lt: until } },
    data: { lookedUntil: until },
  });
}
