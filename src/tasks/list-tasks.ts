import { localIsoDay, sayDay } from '../calendar/local-day.js';
import type { CardPart } from '../chat/card.js';
import type { Context } from '../chat/feature.js';
import { taskTexts } from './texts.js';

/** Two parts each, and a menu holds 25. */
const LIMIT = 15;

/** What this person took on and is not done, soonest first, with a menu to finish one. Empty: nothing. */
export async function taskParts(context: Context): Promise<CardPart[]> {
  const { db, locale, municipality, now, person } = context;
  const t = taskTexts(locale);
  const tasks = await db.task.findMany({
    where: { municipalityId: municipality.id, assigneeId: person.id, finishedAt: null },
    orderBy: [{ dueOn: 'asc' }, { id: 'asc' }],
    take: LIMIT + 1,
    include: { signal: { select: { reference: true } } },
  });
  if (tasks.length === 0) return [];
  const shown = tasks.slice(0, LIMIT);
  const today = localIsoDay(now, municipality.zone);
  return [
    { kind: 'heading', text: t('heading') },
    ...shown.flatMap(({ what, dueOn, signal }): CardPart[] => {
      const due = dueOn.toISOString().slice(0, 10);
      const words = { reference: signal.reference, due: sayDay(due, locale) };
      return [
        { kind: 'text', text: what },
        { kind: 'text', style: 'subtle', text: due < today ? t('line.late', words) : t('line', words) },
      ];
    }),
    ...(tasks.length > LIMIT ? [{ kind: 'text' as const, style: 'subtle' as const, text: t('more') }] : []),
    {
      kind: 'select',
      label: t('choose'),
      action: 'tasks.finish',
      payload: {},
      options: shown.map(({ id, what, signal }) => ({
        value: id,
        label: `${signal.reference} · ${what}`.slice(0, 75),
      })),
    },
  ];
}
