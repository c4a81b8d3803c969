import { z } from 'zod';
import { defineAction, defineForm, type Reply } from '../../chat/feature.js';
import type { Field } from '../../chat/form.js';
import { may } from '../../people/roles.js';
import { listNeighbourhoods } from '../../routing/neighbourhoods.js';
import { amendSignal, type Amendment } from './amend-signal.js';
import { factFields, wordFields } from './file-fields.js';
import { freeTexts, SIGNAL_VALUES } from './file-values.js';
import { guardTexts } from '../guard-texts.js';
import { findSignal, type SignalDetail } from '../read-signals.js';
import { describeRefusal, sayRefusal } from '../replies.js';
import { signalTexts } from '../texts.js';
import { refuseIfChanged } from '../work-on-signal.js';

const Params = z.object({ signalId: z.uuid(), seen: z.int() });
const Values = z.object(SIGNAL_VALUES);

/** Every field stands open: a platform may leave out what is folded, and here empty means taken out. */
function filledIn(fields: Field[], signal: SignalDetail | null): Field[] {
  return fields.map((field) => {
    const value: unknown = signal?.[field.id as keyof Amendment];
    const shown = { ...field, section: 'main' as const };
    return typeof value === 'string' && shown.kind !== 'tick' && shown.kind !== 'search' && shown.kind !== 'multiselect'
      ? { ...shown, value }
      : shown;
  });
}

/** The filing form again, with what the filer told; without the place. */
export const amendForm = defineForm({
  id: 'signals.amend',
  params: Params,
  values: Values,
  async view(context, { signalId }) {
    const t = signalTexts(context.locale);
    const signal = await findSignal(context.db, context.municipality.id, signalId);
    return {
      title: t('amend.title'),
      submitLabel: t('amend.submit'),
      parts: [
        ...filledIn([...wordFields(context), ...factFields(context)], signal),
        { kind: 'note', tone: 'info', text: t('amend.place') },
      ],
    };
  },
  async submit(context, { params, values, raw }) {
    const neighbourhoods = await listNeighbourhoods(context.db, context.municipality.id);
    const allow = neighbourhoods.flatMap(({ name, aliases }) => [name, ...aliases]);
    const problems = guardTexts(context, freeTexts(values), raw, allow);
    if (problems) return problems;
    const result = await amendSignal(context, { ...params, amendment: complete(values) });
    const t = signalTexts(context.locale);
    if (!result.ok) {
      const late = result.code === 'SIGNAL.CHANGED' || result.code === 'SIGNAL.NOT_POSSIBLE';
      const words = describeRefusal(context, result);
      return { kind: 'refused', text: late ? `${words} ${t('amend.late')}` : words };
    }
    const done = t('amend.done', { reference: result.signal.reference });
    return { kind: 'done', card: { summary: done, parts: [{ kind: 'text', text: done }] } };
  },
});

/** What was left empty is taken out. */
function complete(values: z.output<typeof Values>): Amendment {
  return {
    title: values.title,
    description: values.description,
    cause: values.cause ?? null,
    targetGroup: values.targetGroup ?? null,
    frequency: values.frequency ?? null,
    peopleBand: values.peopleBand ?? null,
    since: values.since ?? null,
    lifeDomain: values.lifeDomain ?? null,
    fundamentalRight: values.fundamentalRight ?? null,
    alreadyTried: values.alreadyTried ?? null,
    consequence: values.consequence ?? null,
    suggestedSolution: values.suggestedSolution ?? null,
  };
}

export const amendAction = defineAction('signals.amend', Params, async (context, params): Promise<Reply> => {
  const signal = await findSignal(context.db, context.municipality.id, params.signalId);
  const filed = signal?.filers.some(({ personId }) => personId === context.person.id) ?? false;
  if (!signal || !may(context.person, 'amend a signal', filed ? ['filer'] : [])) {
    return sayRefusal(context, { code: 'SIGNAL.GONE' });
  }
  if (signal.status !== 'received') {
    const changed = await refuseIfChanged(context.db, signal, params.seen);
    return sayRefusal(context, changed ?? { code: 'SIGNAL.NOT_POSSIBLE', status: signal.status });
  }
  return { kind: 'form', form: await context.openForm(amendForm, { signalId: signal.id, seen: signal.version }) };
});
