import { z } from 'zod';
import { sayDay } from '../calendar/local-day.js';
import type { CardPart } from '../chat/card.js';
import { defineMessage, type ViewContext } from '../chat/feature.js';
import { sayLate } from '../scheduling/say-late.js';
import { toIso } from '../signals/clock.js';
import { ENDED } from '../signals/transitions.js';
import { leaveTexts } from './texts.js';

/** Signals listed in one message. */
const SHOWN = 20;

export async function nameOf(
  { db, municipality }: Pick<ViewContext, 'db' | 'municipality'>,
  id: string,
): Promise<string> {
  const person = await db.person.findUnique({
    where: { municipalityId_id: { municipalityId: municipality.id, id } },
    select: { name: true },
  });
  return person?.name ?? '';
}

/** To whoever it concerns: a leave was reported, changed or cancelled. */
const told = defineMessage({
  id: 'leave.told',
  params: z.object({
    what: z.enum(['taken', 'changed', 'cancelled']),
    leaveId: z.uuid(),
    personId: z.uuid(),
    byId: z.uuid(),
    readerId: z.uuid(),
    /** Empty: the coordinator. */
    replacementId: z.string(),
    from: z.iso.date(),
    until: z.iso.date(),
  }),
  async render(context, { what, leaveId, personId, byId, readerId, replacementId, from, until }) {
    const { db, municipality, locale } = context;
    const t = leaveTexts(locale);
    const person = await nameOf(context, personId);
    const heading = t(`told.${what}`, { person, from: sayDay(from, locale), until: sayDay(until, locale) });
    const leave = await db.leave.findUnique({
      where: { municipalityId_id: { municipalityId: municipality.id, id: leaveId } },
      select: { note: true },
    });
    const lines = [
      ...(byId === personId ? [] : [t('told.by', { by: await nameOf(context, byId) })]),
      ...(what === 'cancelled'
        ? []
        : readerId === replacementId
          ? [t('told.you', { person })]
          : [replacementId ? t('told.other', { name: await nameOf(context, replacementId) }) : t('told.coordinator')]),
    ];
    return {
      summary: heading,
      parts: [
        { kind: 'heading', text: heading },
        ...lines.map((text): CardPart => ({ kind: 'text', text })),
        ...(what !== 'cancelled' && leave?.note
          ? [{ kind: 'text' as const, style: 'quote' as const, text: leave.note }]
          : []),
      ],
    };
  },
});

function defineEdge(edge: 'starts' | 'ends') {
  return defineMessage({
    id: `leave.${edge}`,
    params: z.object({ leaveId: z.uuid(), readerId: z.uuid(), late: z.string() }),
    async render(context, { leaveId, late }) {
      const { db, municipality, locale } = context;
      const t = leaveTexts(locale);
      const municipalityId = municipality.id;
      const leave = await db.leave.findUnique({
        where: { municipalityId_id: { municipalityId, id: leaveId } },
        include: { person: { select: { name: true } } },
      });
      // Cancelled before this could be sent.
      if (!leave) return null;
      const where = { municipalityId, ownerId: leave.personId, status: { notIn: [...ENDED] } };
      const [count, signals] = await Promise.all([
        db.signal.count({ where }),
        db.signal.findMany({ where, orderBy: [{ acute: 'desc' }, { filedAt: 'asc' }, { id: 'asc' }], take: SHOWN }),
      ]);
      if (count === 0) return null;
      const person = leave.person.name;
      const heading = t(`${edge}.heading`, { person });
      return {
        summary: heading,
        parts: [
          ...sayLate(context, late),
          { kind: 'heading', text: heading },
          { kind: 'text', text: t(`${edge}.text`, { count, person, until: sayDay(toIso(leave.until), locale) }) },
          ...signals.map(({ reference, title, acute }): CardPart => ({
            kind: 'link',
            label: `${acute ? '‼ ' : ''}${reference} · ${title}`,
            url: context.url(`/signalen/${reference}`),
          })),
          ...(count > SHOWN ? [{ kind: 'text' as const, text: t('more', { count: count - SHOWN }) }] : []),
          ...(edge === 'starts' && leave.note
            ? [{ kind: 'text' as const, style: 'quote' as const, text: leave.note }]
            : []),
          ...(edge === 'ends' ? [{ kind: 'text' as const, style: 'subtle' as const, text: t('ends.new') }] : []),
        ],
      };
    },
  });
}

export const leaveMessages = [told, defineEdge('starts'), defineEdge('ends')];
