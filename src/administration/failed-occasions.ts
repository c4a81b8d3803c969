import type { CardPart } from '../chat/card.js';
import type { Context } from '../chat/feature.js';
import { sayInstant } from '../calendar/local-day.js';
import { administrationTexts } from './texts.js';

/** Planned work that was given up, the youngest first, each with a button to try it again. Nothing where all went well. */
export async function failedOccasionParts(context: Context, limit: number): Promise<CardPart[]> {
  const { db, locale, municipality } = context;
  const t = administrationTexts(locale);
  const where = { municipalityId: municipality.id, status: 'failed' as const };
  const count = await db.occurrence.count({ where });
  if (count === 0) return [];
  const rows = await db.occurrence.findMany({ where, orderBy: [{ dueAt: 'desc' }, { id: 'desc' }], take: limit });
  return [
    { kind: 'text', text: t('occasion.count', { count }) },
    ...rows.flatMap(({ id, schedule, dueAt }): CardPart[] => [
      {
        kind: 'text',
        text: [
          t('occasion.failed', { what: context.plannedWork(schedule) ?? t('what.other') }),
          t('occasion.when', { at: sayInstant(dueAt, municipality.zone, locale) }),
        ].join('\n'),
      },
      {
        kind: 'buttons',
        buttons: [{ label: t('retry'), action: 'administration.retry-occasion', payload: { id } }],
      },
    ]),
  ];
}
