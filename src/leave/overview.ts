import { localDay, localIsoDay, sayDay } from '../calendar/local-day.js';
import type { CardPart } from '../chat/card.js';
import type { Context } from '../chat/feature.js';
import { may } from '../people/roles.js';
import { toIso } from '../signals/clock.js';
import { mayArrangeLeave } from './save-leave.js';
import { leaveTexts } from './texts.js';

/** Leaves listed at most: those that come first. */
const LISTED = 20;

/** Who is away now or will be, and the way to change what is one's own. Empty for who follows up no signals. */
export async function leaveParts(context: Context, whose: 'mine' | 'everybody'): Promise<CardPart[]> {
  const { db, municipality, person, locale, now } = context;
  if (!may(person, 'follow up signals')) return [];
  const t = leaveTexts(locale);
  const { id: municipalityId, zone } = municipality;
  const leaves = await db.leave.findMany({
    where: {
      municipalityId,
      until: { gte: localDay(now, zone) },
      ...(whose === 'mine' && { OR: [{ personId: person.id }, { replacementId: person.id }] }),
    },
    include: { person: { select: { name: true } }, replacement: { select: { name: true } } },
    orderBy: [{ from: 'asc' }, { id: 'asc' }],
    take: LISTED,
  });
  if (leaves.length === 0) return [];
  const today = localIsoDay(now, zone);
  const own = leaves.filter((leave) => leave.source === 'chat' && mayArrangeLeave(person, leave.personId));
  return [
    { kind: 'heading', text: t('list.heading') },
    ...leaves.map((leave): CardPart => {
      const who = leave.replacement ? t('list.by', { name: leave.replacement.name }) : t('list.coordinator');
      const [from, until] = [toIso(leave.from), toIso(leave.until)];
      const line = t('list.line', {
        person: leave.person.name,
        from: sayDay(from, locale),
        until: sayDay(until, locale),
        who,
      });
      return { kind: 'text', text: from <= today ? `${line} · ${t('list.now')}` : line };
    }),
    ...(own.length > 0
      ? [
          {
            kind: 'select' as const,
            label: t('list.change'),
            action: 'leave.change',
            payload: {},
            options: own.map(({ id, person: { name }, from }) => ({
              value: id,
              label: t('list.option', { person: name, from: sayDay(toIso(from), locale) }).slice(0, 75),
            })),
          },
        ]
      : []),
  ];
}
