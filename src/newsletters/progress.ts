import type { Db, Newsletter, Tx } from '../storage/database.js';

/** The pace of the last minutes says when the rest is ready. */
const PACE_MS = 3 * 60_000;

export interface Progress {
  sent: number;
  /** To be sent still, those that are held included. */
  waiting: number;
  failed: number;
  /** Undefined: there is no pace yet, or nothing left. */
  readyAt: Date | undefined;
}

/** How far the sending of an issue is. Who opted out in the meantime counts as nothing: no message went to them. */
export async function readProgress(
  db: Db | Tx,
  { municipalityId, id: batchId }: Pick<Newsletter, 'municipalityId' | 'id'>,
  now: Date,
): Promise<Progress> {
  const rows = await db.delivery.groupBy({
    by: ['status'],
    where: { municipalityId, batchId, NOT: { status: 'sent', conversationId: null } },
    _count: { _all: true },
  });
  const count = (...statuses: string[]) =>
    rows.filter(({ status }) => statuses.includes(status)).reduce((sum, { _count }) => sum + _count._all, 0);
  const waiting = count('waiting', 'held');
  const recent = await db.delivery.aggregate({
    where: { municipalityId, batchId, status: 'sent', sentAt: { gte: new Date(now.getTime() - PACE_MS) } },
    _count: { _all: true },
    _min: { sentAt: true },
  });
  const since = recent._min.sentAt?.getTime() ?? now.getTime();
  const elapsed = Math.max(1_000, now.getTime() - since);
  const readyAt =
    waiting > 0 && recent._count._all > 0
      ? new Date(now.getTime() + Math.ceil((waiting * elapsed) / recent._count._all))
      : undefined;
  return { sent: count('sent'), waiting, failed: count('failed'), readyAt };
}
