import { v7 as uuidv7 } from 'uuid';
import type { Outbox, Post } from '../chat/feature.js';
import { PREPARED, type Tx } from '../storage/database.js';
import { UNCERTAIN } from '../chat/platform.js';
import type { DeliveryJob, Queue } from './queue.js';

/** The outbox capabilities write to: delivery rows and their queue jobs, in the caller's own transaction. */
export function createOutbox(queue: Pick<Queue, 'add'>): Outbox {
  return {
    async post(tx, municipalityId, posts, happened = []) {
      const created = posts.length > 0 ? await insertPosts(tx, municipalityId, posts) : [];
      const events = happened.map((happening) => ({ municipalityId, ...happening }));
      await queue.add(tx, [...jobsOf(municipalityId, created), ...events]);
    },

    async refresh(tx, municipalityId, keys) {
      if (keys.length === 0) return;
      const stale = await tx.delivery.updateManyAndReturn({
        where: { municipalityId, key: { in: keys } },
        data: { wanted: { increment: 1 } },
        select: { id: true, batchId: true },
      });
      await queue.add(tx, jobsOf(municipalityId, stale));
    },

    async hold(tx, municipalityId, batchId) {
      const { count } = await tx.delivery.updateMany({
        where: { municipalityId, batchId, status: 'waiting' },
        data: { status: 'held' },
      });
      return count;
    },

    async release(tx, municipalityId, batchId) {
      const released = await tx.delivery.updateManyAndReturn({
        where: { municipalityId, batchId, status: 'held' },
        data: { status: 'waiting' },
        select: { id: true, batchId: true },
      });
      await queue.add(tx, jobsOf(municipalityId, released));
      return released.length;
    },

    async cancel(tx, municipalityId, batchId) {
      // What was attempted may have arrived: it finishes, so that its outcome is known.
      const { count } = await tx.delivery.deleteMany({
        where: { municipalityId, batchId, status: { in: ['waiting', 'held'] }, attemptedAt: null },
      });
      return count;
    },

    async replace(tx, municipalityId, key, by) {
      const replaced = await tx.delivery.updateManyAndReturn({
        where: { municipalityId, key },
        data: { ...by, wanted: { increment: 1 } },
        select: { id: true },
      });
      await tx.delivery.updateMany({
        where: { municipalityId, threadKey: key, status: 'waiting' },
        data: { threadKey: by.key },
      });
      await queue.add(
        tx,
        replaced.map(({ id }) => ({ municipalityId, deliveryId: id })),
      );
    },

    async retry(tx, municipalityId, deliveryIds) {
      await forgetUncertainAttempts(tx, municipalityId, deliveryIds);
      const waiting = await tx.delivery.updateManyAndReturn({
        where: { municipalityId, id: { in: deliveryIds }, status: 'failed' },
        data: { status: 'waiting', failure: null },
        select: { id: true, batchId: true },
      });
      await queue.add(tx, jobsOf(municipalityId, waiting));
      return waiting.length;
    },
  };
}

type Owed = { id: string; batchId: string | null };

/** The deliveries that are new; one with a key that exists was owed already. */
function insertPosts(tx: Tx, municipalityId: string, posts: Post[]): Promise<Owed[]> {
  const rows = posts.map(({ to, ...post }) => ({ id: uuidv7(), ...post, ...to }));
  // Plain SQL: every filing and every step waits for this, and Prisma's own way takes twice as long.
  return tx.$queryRaw<Owed[]>`
    ${PREPARED}
    INSERT INTO "Delivery"
      ("municipalityId", "id", "key", "personId", "channelId", "view", "params", "threadKey", "platform", "urgent",
      "batchId", "createdAt")
    SELECT ${municipalityId}::uuid, "id", "key", "personId", "channelId", "view", "params", "threadKey", "platform",
      coalesce("urgent", false), "batchId", clock_timestamp()
    FROM jsonb_populate_recordset(NULL::"Delivery", ${JSON.stringify(rows)}::jsonb)
    ON CONFLICT DO NOTHING
    RETURNING "id", "batchId"`;
}

const jobsOf = (municipalityId: string, owed: Owed[]): DeliveryJob[] =>
  owed.map(({ id, batchId }) => ({ municipalityId, deliveryId: id, lane: batchId ? 'bulk' : 'normal' }));

/** Somebody decided that a second copy is better than none: it is sent as if it had not been tried. */
async function forgetUncertainAttempts(tx: Tx, municipalityId: string, deliveryIds: string[]): Promise<void> {
  await tx.delivery.updateMany({
    where: { municipalityId, id: { in: deliveryIds }, status: 'failed', failure: UNCERTAIN },
    data: { attemptedAt: null },
  });
}
