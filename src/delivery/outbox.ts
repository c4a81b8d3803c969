import type { Outbox } from '../chat/feature.js';
import type { Queue } from './queue.js';

/** The outbox capabilities write to: delivery rows and their queue jobs, in the caller's own transaction. */
export function createOutbox(queue: Pick<Queue, 'add'>): Outbox {
  return {
    async post(tx, municipalityId, posts) {
      if (posts.length === 0) return;
      const created = await tx.delivery.createManyAndReturn({
        data: posts.map(({ to, ...post }) => ({ municipalityId, ...post, ...to })),
        skipDuplicates: true,
        select: { id: true },
      });
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
