import { z } from 'zod';
import { localIsoDay, sayDay } from '../calendar/local-day.js';
import type { Button } from '../chat/card.js';
import { defineMessage, type ViewContext } from '../chat/feature.js';
import { findThoseWhoMay } from '../people/relations.js';
import { findActingOwner } from '../routing/find-acting-owner.js';
import { sayLate } from '../scheduling/say-late.js';
import { clockKindOf, dueDay, isOverdue, ownerReminderDay, toIso } from '../signals/clock.js';
import { sayStatus } from '../signals/describe.js';
import { ownerButtons, signalLink } from '../signals/owner-card.js';
import { findSignal, type SignalDetail } from '../signals/read-signals.js';
import { signalTexts } from '../signals/texts.js';
import { reminderTexts } from './texts.js';

/** Steps that get a button of their own; the rest stands on the signal's card. */
const STEPS_SHOWN = 2;

/** What is waiting, since when, and the steps and delays that are a press away. */
export const reminder = defineMessage({
  id: 'reminders.reminder',
  params: z.object({ signalId: z.uuid(), stage: z.enum(['owner', 'again', 'coordinator']), late: z.string() }),
  async render(context, { signalId, stage, late }) {
    const { db, municipality, locale, now } = context;
    const signal = await findSignal(db, municipality.id, signalId);
    // Its clock stopped before this could be sent.
    if (!signal || !clockKindOf(signal.status)) return null;
    const t = reminderTexts(locale);
    const s = signalTexts(locale);
    const payload = { signalId, seen: signal.version };
    const putOff = sayPutOff(context, signal);
    const delays: Button[] = putOff
      ? []
      : [
          { label: t('snooze.week'), action: 'reminders.week', payload },
          { label: t('snooze.other'), action: 'reminders.snooze', payload },
        ];
    const lines = [
      ...(stage === 'coordinator' ? [await sayEscalation(context, signal)] : []),
      sayWaiting(context, signal),
    ];
    return {
      summary: t(`summary.${stage}`, { reference: signal.reference, title: signal.title }),
      parts: [
        ...sayLate(context, late),
        { kind: 'heading', text: t(`heading.${stage}`) },
        { kind: 'text', text: `${signal.acute ? `‼ ${s('card.acute')} · ` : ''}${signal.reference} · ${signal.title}` },
        ...lines.map((text) => ({ kind: 'text' as const, text })),
        ...(putOff ? [{ kind: 'text' as const, style: 'subtle' as const, text: putOff }] : []),
        {
          kind: 'buttons',
          buttons: [...ownerButtons(context, signal).slice(0, STEPS_SHOWN), ...delays],
          onlyFor: await findThoseWhoMay(db, municipality, 'take a step', signal.ownerId, now),
        },
        signalLink(context, signal),
      ],
    };
  },
});

/** Undefined while it stands as it was sent. */
function sayPutOff({ municipality, locale, now }: ViewContext, signal: SignalDetail): string | undefined {
  const t = reminderTexts(locale);
  const { reference, neverRemind, snoozedUntil } = signal;
  if (neverRemind) return t('snoozed.never', { reference });
  const day = snoozedUntil && toIso(snoozedUntil);
  return day && day > localIsoDay(now, municipality.zone)
    ? t('snoozed.until', { reference, day: sayDay(day, locale) })
    : undefined;
}

function sayWaiting({ municipality, locale, now }: ViewContext, signal: SignalDetail): string {
  const t = reminderTexts(locale);
  const { settings, zone } = municipality;
  const day = dueDay(signal, settings);
  const due = day ? sayDay(day, locale) : '';
  const since = sayDay(toIso(signal.clockFrom), locale);
  switch (signal.status) {
    case 'received':
      return isOverdue(signal, settings, localIsoDay(now, zone))
        ? t('waiting.received.overdue', { since, due })
        : t('waiting.received', { since, due });
    case 'on_agenda':
    case 'in_action':
    case 'at_policy':
      return t(`waiting.${signal.status}`, { due });
    case 'needs_info':
      return t('waiting.needs_info', { since });
    case 'in_review':
    case 'accepted':
    case 'withdrawn':
    case 'merged':
    case 'redirected':
    case 'declined':
    case 'resolved':
    case 'closed':
      return t('waiting.stalled', { since, status: sayStatus(signal.status, locale) });
  }
}

async function sayEscalation(context: ViewContext, signal: SignalDetail): Promise<string> {
  const { db, municipality, locale, now } = context;
  const acting = await db.person.findUniqueOrThrow({
    where: {
      municipalityId_id: {
        municipalityId: municipality.id,
        id: await findActingOwner(db, municipality, signal.ownerId, now),
      },
    },
    select: { name: true },
  });
  const reminded = ownerReminderDay(signal, municipality.settings);
  return reminderTexts(locale)('escalation', { owner: acting.name, day: reminded ? sayDay(reminded, locale) : '' });
}
