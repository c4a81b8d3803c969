import { v7 as uuidv7 } from 'uuid';
import type { Outbox } from '../chat/feature.js';
import type { Queue } from './queue.js';

/** The outbox capabilities write to: delivery rows and their queue jobs, in the caller's own transaction. */
export function createOutbox(queue: Pick<Queue, 'add'>): Outbox {
  return {
    async post(tx, municipalityId, posts) {
      if (posts.length === 0) return;
      const rows = posts.map(({ to, ...post }) => ({ id: uuidv7(), ...post, ...to }));
      // Plain SQL: every filing and every step waits for this, and Prisma's own way takes twice as long.
      const created = await tx.$queryRaw<{ id: string }[]>`
        INSERT INTO "Delivery"
          ("municipalityId", "id", "key", "personId", "channelId", "view", "params", "threadKey", "platform", "urgent",
          "createdAt")
        SELECT ${municipalityId}::uuid, "id", "key", "personId", "channelId", "view", "params", "threadKey", "platform",
          coalesce("urgent", false), clock_timestamp()
        FROM jsonb_populate_recordset(NULL::"Delivery", ${JSON.stringify(rows)}::jsonb)
        ON CONFLICT DO NOTHING
        RETURNING "id"`;
      await queue.add(
        tx,
        created.map(({ id }) => ({ municipalityId, deliveryId: id })),
      );
    },

    async refresh(tx, municipalityId, keys) {
      if (keys.length === 0) return;
      const stale = await tx.delivery.updateManyAndReturn({
        where: { municipalityId, key: { in: keys } },
        data: { wanted: { increment: 1 } },
        select: { id: true },
      });
      await queue.add(
        tx,
        stale.map(({ id }) => ({ municipalityId, deliveryId: id })),
      );
    },

    async retry(tx, municipalityId, deliveryIds) {
      const waiting = await tx.delivery.updateManyAndReturn({
        where: { municipalityId, id: { in: deliveryIds }, status: 'failed' },
        data: { status: 'waiting', failure: null },
        select: { id: true },
      });
      await queue.add(
        tx,
        waiting.map(({ id }) => ({ municipalityId, deliveryId: id })),
      );
      return waiting.length;
    },
  };
}
