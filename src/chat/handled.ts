import type { Db, Tx } from '../storage/database.js';

/** Platforms repeat a request within the day (Slack's delayed retries: up to 24 hours); a day more costs nothing. */
const KEPT_MS = 48 * 3_600_000;

/** This request's effect was committed before: it is a repeat. Never seen by users. */
export class AlreadyHandled extends Error {
  override name = 'AlreadyHandled';
  readonly code = 'CHAT.ALREADY_HANDLED';
}

/**
 * Writes, in the transaction of the request's effect and as its last act, that it was handled. Of two repeats at once the
 * second waits here for the first's commit, and is rolled back.
 *
 * @throws AlreadyHandled
 */
export async function claimRequest(tx: Tx, municipalityId: string, key: string, at: Date): Promise<void> {
  const { count } = await tx.handledRequest.createMany({ data: [{ municipalityId, key, at }], skipDuplicates: true });
  if (count === 0) throw new AlreadyHandled();
}

export async function wasHandled(db: Db, municipalityId: string, key: string): Promise<boolean> {
  return (await db.handledRequest.count({ where: { municipalityId, key } })) > 0;
}

/** For a request that wrote nothing: its answer is not given twice either. */
export async function markHandled(db: Db, municipalityId: string, key: string, at: Date): Promise<void> {
  await db.handledRequest.createMany({ data: [{ municipalityId, key, at }], skipDuplicates: true });
}

/** Drops what no platform repeats any more, of all municipalities. */
export async function forgetHandled(db: Db, now: Date): Promise<void> {
  const before = new Date(now.getTime() - KEPT_MS);
  await db.$executeRaw`DELETE FROM "HandledRequest" WHERE "at" < ${before}`;
}
