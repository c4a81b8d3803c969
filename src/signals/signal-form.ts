import { z } from 'zod';
import { localIsoDay } from '../calendar/local-day.js';
import {
  defineAction,
  defineForm,
  type Action,
  type Context,
  type FormDefinition,
  type Reply,
} from '../chat/feature.js';
import type { Field, FormOutcome, FormPart, FormValues } from '../chat/form.js';
import type { Locale } from '../chat/texts.js';
import type { Permission } from '../people/roles.js';
import { guardTexts } from './guard-texts.js';
import { findSignal, type SignalDetail } from './read-signals.js';
import { describeRefusal, sayRefusal } from './replies.js';
import { STEP_TEXT_MAX } from './step-inputs.js';
import { signalTexts } from './texts.js';
import { refuseUnlessMay, type Refusal, type StepResult } from './work-on-signal.js';

const OnSignal = z.object({ signalId: z.uuid(), seen: z.int() });

/** What a form's `save` is given: the checked values, and the signal as its button knew it. */
export interface Submission<V> {
  signalId: string;
  /** The signal's version when the button was made. */
  seenVersion: number;
  values: V;
  raw: FormValues;
  formId: string;
}

/**
 * A form about one signal and the action that opens it, for who may: the pattern of everything an owner does beside the
 * steps of the transition table. Free texts are held against client data, days against today, before `save` is called.
 */
export function defineSignalForm<V extends z.ZodObject>(definition: {
  /** Of the form and of the action. */
  id: string;
  allows: Permission;
  values: V;
  /** 24 characters at most, each. */
  words(locale: Locale): { title: string; submit: string };
  fields(context: Context, signal: SignalDetail | null): FormPart[] | Promise<FormPart[]>;
  /** Why there is nothing to fill in now: said instead of opening the form. */
  refuse?(context: Context, signal: SignalDetail): Promise<Refusal | undefined>;
  /** Which values people typed as they liked. */
  texts: (keyof z.output<V> & string)[];
  /** Which values are days that may not be over. */
  days?: (keyof z.output<V> & string)[];
  save(context: Context, submission: Submission<z.output<V>>): Promise<FormOutcome>;
}): { action: Action; form: FormDefinition } {
  const form = defineForm({
    id: definition.id,
    params: OnSignal,
    values: definition.values,
    async view(context, { signalId }) {
      const { title, submit } = definition.words(context.locale);
      const signal = await findSignal(context.db, context.municipality.id, signalId);
      return { title, submitLabel: submit, parts: await definition.fields(context, signal) };
    },
    async submit(context, { params, values, raw, formId }) {
      const problems = checkTyped(context, values, raw, definition.texts, definition.days ?? []);
      if (problems) return problems;
      return definition.save(context, { signalId: params.signalId, seenVersion: params.seen, values, raw, formId });
    },
  });
  const action = defineAction(definition.id, OnSignal, async (context, params): Promise<Reply> => {
    const signal = await findSignal(context.db, context.municipality.id, params.signalId);
    if (!signal) return sayRefusal(context, { code: 'SIGNAL.GONE' });
    const refusal = await refuseUnlessMay(context.db, context, definition.allows, signal);
    if (refusal) return sayRefusal(context, refusal);
    const pointless = await definition.refuse?.(context, signal);
    if (pointless) return sayRefusal(context, pointless);
    return { kind: 'form', form: await context.openForm(form, params) };
  });
  return { action, form };
}

/** Client data, likely names and days gone by, at their fields. Undefined when all is well. */
export function checkTyped(
  context: Pick<Context, 'locale' | 'now' | 'municipality'>,
  values: Record<string, unknown>,
  raw: FormValues,
  texts: readonly string[],
  days: readonly string[],
): FormOutcome | undefined {
  const { locale, now, municipality } = context;
  const typed = Object.fromEntries(
    texts
      .map((field) => [field, values[field]])
      .filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
  const guarded = guardTexts(context, typed, raw);
  const errors: Record<string, string> = guarded?.kind === 'again' ? { ...guarded.errors } : {};
  const today = localIsoDay(now, municipality.zone);
  for (const field of days) {
    const day = values[field];
    if (typeof day === 'string' && day < today) errors[field] = signalTexts(locale)('error.past');
  }
  if (Object.keys(errors).length === 0) return guarded;
  return { kind: 'again', errors, ...(guarded?.kind === 'again' && guarded.add && { add: guarded.add }) };
}

/**
 * The end of a form: what was done, or why not.
 *
 * @param fields at which field a refusal is shown that another answer there would solve.
 */
export function finish<R extends StepResult>(
  context: Context,
  result: R,
  done: (result: Extract<R, { ok: true }>) => string,
  fields: Partial<Record<Refusal['code'], string>> = {},
): FormOutcome {
  if (!result.ok) {
    const text = describeRefusal(context, result);
    const field = fields[result.code];
    return field ? { kind: 'again', errors: { [field]: text } } : { kind: 'refused', text };
  }
  const text = done(result as Extract<R, { ok: true }>);
  return { kind: 'done', card: { summary: text, parts: [{ kind: 'text', text }] } };
}

/** A field for words of a step, with what becomes of them. */
export function wordsField(
  id: string,
  label: string,
  more: { hint?: string; value?: string; required?: boolean } = {},
): Field {
  return { kind: 'multiline', id, label, required: true, maxLength: STEP_TEXT_MAX, ...more };
}
