import type { NewsletterItem, NewsletterView } from '../chat/feature.js';
import { EntryData } from './step-inputs.js';
import { signalTexts } from './texts.js';

const ITEMS = 6;
/** Steps read to find them: several signals come to one meeting. */
const STEPS_READ = 60;

/** Meetings that signals are on the agenda of, and actions that are due: the latest step of signals that stand there. */
export async function announceSignals({ db, municipality, from, until }: NewsletterView): Promise<NewsletterItem[]> {
  const t = signalTexts(municipality.locale);
  const entries = await db.timelineEntry.findMany({
    where: {
      municipalityId: municipality.id,
      toStatus: { in: ['on_agenda', 'in_action'] },
      visibility: 'public',
      AND: [{ data: { path: ['due'], gte: from } }, { data: { path: ['due'], lte: until } }],
      signal: { status: { in: ['on_agenda', 'in_action'] } },
    },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take: STEPS_READ,
    select: { toStatus: true, data: true, signal: { select: { id: true, status: true, title: true } } },
  });
  const seen = new Set<string>();
  const items = entries.flatMap(({ toStatus, data, signal }): NewsletterItem[] => {
    // An earlier meeting of the same signal is over.
    if (seen.has(signal.id) || toStatus !== signal.status) return [];
    seen.add(signal.id);
    const { due, meeting, lead } = EntryData.parse(data ?? {});
    if (!due) return [];
    if (signal.status === 'on_agenda') return [{ day: due, text: t('newsletter.meeting', { meeting: meeting ?? '' }) }];
    return [{ day: due, text: t('newsletter.action', { title: signal.title, lead: lead ?? '' }) }];
  });
  const once = new Map(items.map((item) => [`${item.day} ${item.text}`, item]));
  return [...once.values()].sort((a, b) => (a.day ?? '').localeCompare(b.day ?? '')).slice(0, ITEMS);
}
