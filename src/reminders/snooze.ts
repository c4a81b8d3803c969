import { z } from 'zod';
import { localIsoDay, sayDay } from '../calendar/local-day.js';
import { addDays } from '../calendar/working-days.js';
import { defineAction, defineForm, type Answer, type Context, type Reply } from '../chat/feature.js';
import { clockKindOf } from '../signals/clock.js';
import { findSignal } from '../signals/read-signals.js';
import { describeRefusal, sayDone, sayRefusal } from '../signals/replies.js';
import { lockSignal, recordEntry, refuseUnlessMay, type StepResult, type Working } from '../signals/work-on-signal.js';
import { findReminders } from './reminder-keys.js';
import { reminderTexts } from './texts.js';

const OnSignal = z.object({ signalId: z.uuid(), seen: z.int() });

const WEEKS = { week: 1, weeks2: 2, weeks4: 4 } as const;
const HOW = ['week', 'weeks2', 'weeks4', 'date', 'never'] as const;

/** Further than this is not putting off but forgetting. */
const LONGEST_DAYS = 366;

/**
 * Puts a signal's reminders off until a day, or for as long as it stands where it stands. The next step starts them again.
 *
 * @param until YYYY-MM-DD, or `never`.
 */
async function snoozeSignal(
  context: Working,
  { signalId, until }: { signalId: string; until: string },
): Promise<StepResult> {
  return context.write(async (tx): Promise<StepResult> => {
    const signal = await lockSignal(tx, context.municipality.id, signalId);
    if (!signal) return { ok: false, code: 'SIGNAL.GONE' };
    const refusal = await refuseUnlessMay(tx, context, 'take a step', signal);
    if (refusal) return { ok: false, ...refusal };
    if (!clockKindOf(signal.status)) return { ok: false, code: 'SIGNAL.NOT_POSSIBLE', status: signal.status };
    const never = until === 'never';
    // The reminder itself says from here on that it was put off.
    await context.outbox.refresh(tx, context.municipality.id, await findReminders(tx, signal));
    return recordEntry(tx, context, signal, {
      kind: 'snoozed',
      visibility: 'internal',
      data: { snoozedUntil: until },
      tellFilers: false,
      inThread: false,
      change: { neverRemind: never, snoozedUntil: never ? null : new Date(`${until}T00:00:00Z`) },
    });
  });
}

function sayResult(context: Context, result: StepResult, until: string): string {
  if (!result.ok) return describeRefusal(context, result);
  const t = reminderTexts(context.locale);
  const { reference } = result.signal;
  return until === 'never'
    ? t('snoozed.never', { reference })
    : t('snoozed.until', { reference, day: sayDay(until, context.locale) });
}

export const snoozeForm = defineForm({
  id: 'reminders.snooze',
  params: OnSignal,
  values: z.object({ how: z.enum(HOW), until: z.iso.date().optional() }),
  view: ({ locale }) => {
    const t = reminderTexts(locale);
    return Promise.resolve({
      title: t('form.title'),
      submitLabel: t('form.submit'),
      parts: [
        { kind: 'note', tone: 'info', text: t('form.note') },
        {
          kind: 'select',
          id: 'how',
          label: t('form.how'),
          required: true,
          options: HOW.map((value) => ({ value, label: t(`form.how.${value}`) })),
        },
        { kind: 'date', id: 'until', label: t('form.until'), hint: t('form.until.hint') },
      ],
    });
  },
  async submit(context, { params, values }) {
    const t = reminderTexts(context.locale);
    const today = localIsoDay(context.now, context.municipality.zone);
    const { how } = values;
    const until = how === 'never' ? how : how === 'date' ? values.until : addDays(today, WEEKS[how] * 7);
    if (until === undefined) return { kind: 'again', errors: { until: t('error.until') } };
    if (until !== 'never' && until <= today) return { kind: 'again', errors: { until: t('error.past') } };
    if (until !== 'never' && until > addDays(today, LONGEST_DAYS))
      return { kind: 'again', errors: { until: t('error.far') } };
    const result = await snoozeSignal(context, { signalId: params.signalId, until });
    const text = sayResult(context, result, until);
    return result.ok
      ? { kind: 'done', card: { summary: text, parts: [{ kind: 'text', text }] } }
      : { kind: 'refused', text };
  },
});

export const snoozeActions = [
  defineAction('reminders.week', OnSignal, async (context, { signalId }): Promise<Answer> => {
    const until = addDays(localIsoDay(context.now, context.municipality.zone), 7);
    const result = await snoozeSignal(context, { signalId, until });
    const text = sayResult(context, result, until);
    if (!result.ok) return sayDone(text);
    return { kind: 'shown', on: await findReminders(context.db, result.signal), text };
  }),
  defineAction('reminders.snooze', OnSignal, async (context, params): Promise<Reply> => {
    const signal = await findSignal(context.db, context.municipality.id, params.signalId);
    if (!signal) return sayRefusal(context, { code: 'SIGNAL.GONE' });
    const refusal = await refuseUnlessMay(context.db, context, 'take a step', signal);
    if (refusal) return sayRefusal(context, refusal);
    return { kind: 'form', form: await context.openForm(snoozeForm, params) };
  }),
];
