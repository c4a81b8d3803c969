import { z } from 'zod';
import { checkValues } from '../../chat/check-values.js';
import { defineAction, type Answer, type Context, type FormDefinition } from '../../chat/feature.js';
import type { Field, FormOutcome } from '../../chat/form.js';
import { SignalStatus, type Signal } from '../../storage/database.js';
import { changeStatus, refuseUnlessMayStep } from './change-status.js';
import { sayStatus, sayStep } from '../describe.js';
import { cardKey, receiptKey } from '../posts.js';
import { describeRefusal, sayRefusal } from '../replies.js';
import { checkTyped, wordsField } from '../signal-form.js';
import { DESTINATIONS, POLICY_LEVELS, STEP_DATES, STEP_INPUTS, type StepValues } from '../step-inputs.js';
import { signalTexts } from '../texts.js';
import { findTransition, type StepInput, type Transition } from '../transitions.js';
import { refuseIfChanged, type Refusal } from '../work-on-signal.js';

const Params = z.object({ signalId: z.uuid(), seen: z.int(), to: z.enum(SignalStatus) });
type Params = z.infer<typeof Params>;

/** What people type as they like, of everything a step asks. */
const STEP_WORDS = ['text', 'action', 'meeting'];

/** A step of the transition table, pressed on the card: done at once, or first a form for what it asks. */
export const stepAction = defineAction('signals.step', Params, async (context, params): Promise<Answer> => {
  const found = await findStep(context, params);
  if (!found.ok) return sayRefusal(context, found);
  if (found.transition.asks !== 'nothing' || templateFor(context, params.to, found.signal)) {
    return { kind: 'form', form: await context.openForm(stepForm, params) };
  }
  const { signalId, to, seen } = params;
  const result = await changeStatus(context, { signalId, to, seenVersion: seen, given: { asks: 'nothing' } });
  if (!result.ok) return sayRefusal(context, result);
  const { reference, status } = result.signal;
  const t = signalTexts(context.locale);
  return to === 'withdrawn'
    ? { kind: 'shown', on: [receiptKey(signalId, context.person.id)], text: t('withdraw.done', { reference }) }
    : {
        kind: 'shown',
        on: [cardKey(signalId)],
        text: t('step.done', { reference, status: sayStatus(status, context.locale) }),
      };
});

/** One form for every step: its fields follow from what the transition asks. */
export const stepForm: FormDefinition = {
  id: 'signals.step',
  async view(context, raw) {
    const params = Params.parse(raw);
    const { locale } = context;
    const signal = await readSignal(context, params.signalId);
    const transition = signal && findTransition(signal.status, params.to);
    // Changed since it was opened: the form stands as it was; sending it says who was first.
    const asks = transition?.asks ?? 'why';
    const from = signal && transition ? signal.status : 'in_review';
    const title = sayStep({ to: params.to, by: 'owner' }, from, locale);
    return {
      title,
      submitLabel: title,
      parts: stepFields(context, asks, signal ? templateFor(context, params.to, signal) : undefined),
    };
  },
  async submit(context, raw, values): Promise<FormOutcome> {
    const params = Params.parse(raw);
    const found = await findStep(context, params);
    if (!found.ok) return { kind: 'refused', text: describeRefusal(context, found) };
    const { asks } = found.transition;
    const checked = checkValues(STEP_INPUTS[asks], values, context.locale);
    if (!checked.ok) return { kind: 'again', errors: checked.errors };
    const problems = checkTyped(context, checked.values, values, STEP_WORDS, STEP_DATES);
    if (problems) return problems;
    const { signalId, to, seen } = params;
    const given = { asks, ...checked.values } as StepValues;
    const result = await changeStatus(context, { signalId, to, seenVersion: seen, given });
    if (!result.ok) {
      const text = describeRefusal(context, result);
      if (result.code.startsWith('MERGE.')) return { kind: 'again', errors: { reference: text } };
      const lead = result.code === 'TASK.INACTIVE' || result.code === 'TRANSFER.UNKNOWN';
      return lead ? { kind: 'again', errors: { lead: text } } : { kind: 'refused', text };
    }
    const { reference, status } = result.signal;
    const done = signalTexts(context.locale)('step.done', { reference, status: sayStatus(status, context.locale) });
    return { kind: 'done', card: { summary: done, parts: [{ kind: 'text', text: done }] } };
  },
};

type FoundStep = { ok: true; signal: Signal; transition: Transition } | ({ ok: false } & Refusal);

/** The step as the signal stands now; refused before a form is opened for nothing. */
async function findStep(context: Context, { signalId, to, seen }: Params): Promise<FoundStep> {
  const signal = await readSignal(context, signalId);
  if (!signal) return { ok: false, code: 'SIGNAL.GONE' };
  const transition = findTransition(signal.status, to);
  const refusal =
    (await refuseUnlessMayStep(context.db, context, to, signal)) ?? (await refuseIfChanged(context.db, signal, seen));
  if (refusal) return { ok: false, ...refusal };
  return transition
    ? { ok: true, signal, transition }
    : { ok: false, code: 'SIGNAL.NOT_POSSIBLE', status: signal.status };
}

async function readSignal({ db, municipality }: Context, id: string): Promise<Signal | null> {
  return db.signal.findUnique({ where: { municipalityId_id: { municipalityId: municipality.id, id } } });
}

/**
 * The municipality's own words to begin this step with, with this signal's facts filled in: the regisseur changes them
 * before they go. In the municipality's language, as every filer reads the same words.
 */
function templateFor({ municipality }: Context, to: SignalStatus, signal: Signal): string | undefined {
  const template = municipality.settings.templates[to as keyof typeof municipality.settings.templates];
  return template?.[municipality.locale]
    ?.replaceAll('{reference}', () => signal.reference)
    .replaceAll('{title}', () => signal.title);
}

function stepFields({ locale, municipality }: Context, asks: StepInput, template: string | undefined): Field[] {
  const t = signalTexts(locale);
  const words = (id: string, label: string, required = true): Field =>
    wordsField(id, label, { hint: t('step.hint.told'), required, ...(template && { value: template }) });
  const lineField = (id: string, label: string): Field => ({ kind: 'text', id, label, required: true, maxLength: 150 });
  const dayField = (id: string, label: string): Field => ({ kind: 'date', id, label, required: true });
  switch (asks) {
    case 'nothing':
      return [words('text', t('step.text.nothing'), false)];
    case 'question':
    case 'why':
    case 'outcome':
    case 'closing text':
      return [words('text', t(`step.text.${asks}`))];
    case 'where to':
      return [
        {
          kind: 'select',
          id: 'destination',
          label: t('step.destination'),
          required: true,
          options: DESTINATIONS.map((destination) => ({ value: destination, label: t(`destination.${destination}`) })),
        },
        words('text', t('step.text.where to')),
      ];
    case 'other signal':
      return [lineField('reference', t('step.reference'))];
    case 'reason':
      return [
        {
          kind: 'select',
          id: 'reason',
          label: t('step.reason'),
          required: true,
          options: municipality.settings.declineReasons.map((reason) => ({ value: reason.key, label: reason[locale] })),
        },
        words('text', t('step.text.reason')),
      ];
    case 'meeting':
      return [lineField('meeting', t('step.meeting')), dayField('on', t('step.on'))];
    case 'lead and action':
      return [
        {
          kind: 'search',
          id: 'lead',
          label: t('step.lead'),
          hint: t('step.lead.hint'),
          required: true,
          source: 'tasks.leads',
          multiple: false,
        },
        words('action', t('step.action')),
        dayField('due', t('step.due')),
      ];
    case 'policy question':
      return [
        {
          kind: 'select',
          id: 'level',
          label: t('step.level'),
          required: true,
          options: POLICY_LEVELS.map((level) => ({ value: level, label: t(`level.${level}`) })),
        },
        words('text', t('step.text.policy question')),
        dayField('due', t('step.due')),
      ];
  }
}
