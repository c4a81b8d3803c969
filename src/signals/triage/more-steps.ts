import { z } from 'zod';
import type { ButtonPayload } from '../../chat/card.js';
import { defineAction, type Answer, type Context, type Reply } from '../../chat/feature.js';
import { sayStep } from '../describe.js';
import { furtherSteps } from '../owner-card.js';
import { findSignal, type SignalDetail } from '../read-signals.js';
import { sayRefusal } from '../replies.js';
import { signalTexts } from '../texts.js';
import { ENDED } from '../transitions.js';
import { refuseUnlessMay } from '../work-on-signal.js';

const OnSignal = z.object({ signalId: z.uuid(), seen: z.int() });

/** Actions beside the steps of the table, of this capability and others, while a signal is open. */
const WHILE_OPEN = [
  'reminders.snooze',
  'transfer.signal',
  'tasks.give',
  'tasks.lead',
  'partners.ask',
  'partners.end',
  'links.split',
  'links.link',
] as const;
const ALWAYS = ['signals.timeline', 'signals.correct-text', 'signals.correct-status'] as const;

/** What a choice in the menu runs: an action with its payload, by the value of the option. */
function menuOf({ locale }: Context, signal: SignalDetail, seen: number) {
  const t = signalTexts(locale);
  const payload = { signalId: signal.id, seen };
  const steps = furtherSteps(signal).map((transition) => ({
    value: `to:${transition.to}`,
    label: sayStep(transition, signal.status, locale),
    action: 'signals.step',
    payload: { ...payload, to: transition.to } as ButtonPayload,
  }));
  const others = [...(ENDED.includes(signal.status) ? [] : WHILE_OPEN), ...ALWAYS].map((action) => ({
    value: action,
    label: t(`more.${action}`),
    action,
    payload: payload as ButtonPayload,
  }));
  return [...steps, ...others];
}

/** "Meer stappen": everything an owner can do for which the card has no button, as one menu. */
export const moreSteps = [
  defineAction('signals.more', OnSignal, async (context, { signalId, seen }): Promise<Reply> => {
    const found = await findForOwner(context, signalId);
    if ('refused' in found) return found.refused;
    const { signal } = found;
    const t = signalTexts(context.locale);
    const menu = menuOf(context, signal, seen);
    const offered = (await hasOpenLink(context, signalId))
      ? menu
      : menu.filter(({ value }) => value !== 'partners.end');
    return {
      kind: 'card',
      visible: 'only-you',
      card: {
        summary: t('more.heading', { reference: signal.reference }),
        parts: [
          { kind: 'text', text: t('more.heading', { reference: signal.reference }) },
          {
            kind: 'select',
            label: t('more.choose'),
            action: 'signals.choose',
            payload: { signalId, seen },
            options: offered.map(({ value, label }) => ({ value, label })),
          },
        ],
      },
    };
  }),
  defineAction('signals.choose', OnSignal.extend({ value: z.string() }), async (context, chosen): Promise<Answer> => {
    const found = await findForOwner(context, chosen.signalId);
    if ('refused' in found) return found.refused;
    const { signal } = found;
    const entry = menuOf(context, signal, chosen.seen).find(({ value }) => value === chosen.value);
    // The menu was made when the signal stood elsewhere.
    if (!entry) return sayRefusal(context, { code: 'SIGNAL.NOT_POSSIBLE', status: signal.status });
    return context.press(entry.action, entry.payload);
  }),
];

/** Somebody without an account was asked, and can still answer. */
async function hasOpenLink({ db, municipality, now }: Context, signalId: string): Promise<boolean> {
  const open = { revokedAt: null, answeredAt: null, expiresAt: { gt: now } };
  return (await db.partnerRequest.count({ where: { municipalityId: municipality.id, signalId, ...open } })) > 0;
}

async function findForOwner(
  context: Context,
  signalId: string,
): Promise<{ signal: SignalDetail } | { refused: Reply }> {
  const signal = await findSignal(context.db, context.municipality.id, signalId);
  if (!signal) return { refused: sayRefusal(context, { code: 'SIGNAL.GONE' }) };
  const refusal = await refuseUnlessMay(context.db, context, 'take a step', signal);
  return refusal ? { refused: sayRefusal(context, refusal) } : { signal };
}
