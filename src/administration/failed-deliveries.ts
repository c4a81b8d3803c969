import type { Context } from '../chat/feature.js';
import type { Locale } from '../chat/texts.js';
import type { Db } from '../storage/database.js';
import { administrationTexts } from './texts.js';

export interface FailedDelivery {
  id: string;
  view: string;
  /** Name of the person or channel it was for. */
  to: string;
  /** A code of ours, or the platform's own word. */
  reason: string;
  createdAt: Date;
}

/** How many messages wait and failed, and the youngest of those that failed. What they say is not read. */
export async function readFailedDeliveries(
  db: Db,
  municipalityId: string,
  limit: number,
): Promise<{ waiting: number; failed: number; latest: FailedDelivery[] }> {
  const count = (status: 'waiting' | 'failed') => db.delivery.count({ where: { municipalityId, status } });
  const rows = await db.delivery.findMany({
    where: { municipalityId, status: 'failed' },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: limit,
    select: {
      id: true,
      view: true,
      failure: true,
      createdAt: true,
      person: { select: { name: true } },
      channel: { select: { name: true } },
    },
  });
  const latest = rows.map(({ id, view, failure, createdAt, person, channel }) => ({
    id,
    view,
    to: person?.name ?? (channel ? `#${channel.name}` : ''),
    reason: failure ?? '',
    createdAt,
  }));
  return { waiting: await count('waiting'), failed: await count('failed'), latest };
}

/** What kind of message it was, without what it says. */
export function sayWhat(view: string, locale: Locale): string {
  const [, kind = 'other'] = KINDS.find(([pattern]) => pattern.test(view)) ?? [];
  return administrationTexts(locale)(`what.${kind}`);
}

/** By the id of the view; the first that fits. */
const KINDS = [
  [/^newsletters\.(issue|test)$/, 'newsletter'],
  [/^newsletters\.reader$/, 'reader'],
  [/^newsletters\./, 'editing'],
  [/^forums\./, 'forum'],
  [/^digests\./, 'digest'],
  [/^following\./, 'following'],
  [/^helps\./, 'helps'],
  [/^reminders\./, 'reminder'],
  [/^tasks\./, 'task'],
  [/^(hand-over|transfer)\./, 'hand-over'],
  [/^leave\./, 'leave'],
  [/^people\./, 'link'],
  [/receipt$/, 'receipt'],
  [/notice$/, 'notice'],
  [/card$/, 'card'],
  [/^signals\./, 'thread'],
] as const;

/** Why it failed, and what the administrator can do. */
export function sayReason(reason: string, { locale, explain }: Pick<Context, 'locale' | 'explain'>): string {
  const t = administrationTexts(locale);
  if (reason === 'NO_ADDRESS' || reason === 'VIEW_GONE' || reason === 'UNEXPECTED') return t(`reason.${reason}`);
  return explain(reason) ?? t('reason.other', { reason });
}
