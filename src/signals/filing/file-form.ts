import { z } from 'zod';
import { defineForm, type Context } from '../../chat/feature.js';
import type { FormOutcome, FormPart, FormValues } from '../../chat/form.js';
import { removeDraft } from '../../drafts/keep-draft.js';
import { endorse } from '../../endorsements/endorse.js';
import { endorsedCard, sayEndorseRefusal } from '../../endorsements/say-endorsement.js';
import { may } from '../../people/roles.js';
import { knownNeighbourhoods } from '../../routing/neighbourhoods.js';
import { factFields, filerFields, placeFields, wordFields } from './file-fields.js';
import { fileSignal, type SignalDraft } from './file-signal.js';
import { FileValues, freeTexts } from './file-values.js';
import { askAboutNames, inspectClientData } from '../guard-texts.js';
import { IsDraft, keepAsDraft } from './keep-as-draft.js';
import { NotASignal, sayWhereItBelongs } from './not-a-signal.js';
import { readOnBehalf } from './on-behalf.js';
import { signalLink } from '../owner-card.js';
import { readPlace } from './read-place.js';
import { askWhetherSame } from './similar-step.js';
import { signalTexts } from '../texts.js';
import { firstTips, hideTips } from './tips.js';

const Params = z.object({
  sourceUrl: z
    .url({ protocol: /^https?$/ })
    .max(500)
    .optional(),
  /** The draft that is gone on with: filing it ends it. */
  draftId: z.uuid().optional(),
});

/** The filing form: three questions and a tick; the rest waits behind "meer details". */
const form = defineForm({
  id: 'signals.file',
  /** Where the chat message stands that this one is made from. */
  params: Params,
  values: FileValues,
  async view(context) {
    const t = signalTexts(context.locale);
    const tips = await firstTips(context);
    const parts: FormPart[] = [
      ...tips.above,
      ...wordFields(context),
      ...(await placeFields(context)),
      ...factFields(context),
      ...filerFields(context),
      ...tips.folded,
    ];
    return { title: t('file.title'), submitLabel: t('file.submit'), parts };
  },
  submit: (context, submission) => submit(context, submission),
});

interface Submission {
  params: z.output<typeof Params>;
  values: FileValues;
  raw: FormValues;
  formId: string;
}

async function submit(context: Context, { params, values, raw, formId }: Submission): Promise<FormOutcome> {
  const { locale, municipality, person } = context;
  if (!may(person, 'file a signal')) return { kind: 'refused', text: signalTexts(locale)('error.notYours') };
  const neighbourhoods = await knownNeighbourhoods(context.db, municipality);
  const place = readPlace(values.neighbourhoods, neighbourhoods, locale);
  const behalf = await readOnBehalf(context, values);
  const guarded = inspectClientData(freeTexts(values), locale, [
    ...neighbourhoods.flatMap(({ name, aliases }) => [name, ...aliases]),
    values.organisation ?? '',
  ]);
  const errors = {
    ...guarded.errors,
    ...(place.ok ? {} : { neighbourhoods: place.error }),
    ...(behalf.ok ? {} : behalf.errors),
  };
  const add = askAboutNames(guarded.likelyNames, raw, locale);
  const {
    neighbourhoods: typed,
    matter,
    statement,
    similar,
    hideTips: rid,
    colleague,
    origin,
    originMeeting,
    originOn,
    ...facts
  } = values;
  const where = place.ok ? place : { neighbourhoodIds: [], cityWide: false };
  const comparable = { ...facts, neighbourhoodIds: where.neighbourhoodIds, cityWide: where.cityWide };
  if (!place.ok || !behalf.ok || Object.keys(errors).length > 0 || add.length > 0) {
    // A question that was answered stays there, with its answer.
    return { kind: 'again', errors, add: [...(similar ? await askWhetherSame(context, comparable) : []), ...add] };
  }
  const draft: SignalDraft = {
    ...comparable,
    ...params,
    ...behalf.facts,
    ...(behalf.colleague && {
      onBehalfOf: behalf.colleague.id,
      organisation: behalf.colleague.organisation ?? facts.organisation,
    }),
  };
  if (similar === undefined) {
    const question = await askWhetherSame(context, comparable);
    // What looks like it can be this very form, sent twice.
    if (question.length > 0 && !(await isFiled(context, formId))) return { kind: 'again', errors: {}, add: question };
  } else if (similar !== 'new') {
    return join(context, formId, similar, draft);
  }
  if (rid) await hideTips(context);
  return write(context, formId, draft);
}

async function isFiled({ db, municipality }: Context, formId: string): Promise<boolean> {
  return (await db.signal.count({ where: { municipalityId: municipality.id, formId } })) > 0;
}

/** What was typed becomes what this organisation sees of the signal that is there already. */
async function join(context: Context, formId: string, signalId: string, draft: SignalDraft): Promise<FormOutcome> {
  const organisation = draft.organisation ?? context.person.organisation ?? '';
  if (organisation === '') {
    return {
      kind: 'again',
      errors: { organisation: signalTexts(context.locale)('error.organisation') },
      add: await askWhetherSame(context, draft),
    };
  }
  const observation = `${draft.title}\n${draft.description}`;
  const result = await endorse(context, formId, { signalId, organisation, observation, personId: draft.onBehalfOf });
  if (!result.ok) {
    const add = await askWhetherSame(context, draft);
    // It ended meanwhile: nothing to choose is left where nothing else looks like it.
    const errors: Record<string, string> = { similar: sayEndorseRefusal(context, result) };
    return add.length > 0 ? { kind: 'again', errors, add } : write(context, formId, draft);
  }
  if (draft.draftId) await removeDraft(context.db, context.municipality.id, context.person.id, draft.draftId);
  return { kind: 'done', card: endorsedCard(context, result.signal) };
}

async function write(context: Context, formId: string, draft: SignalDraft): Promise<FormOutcome> {
  const t = signalTexts(context.locale);
  const signal = await fileSignal(context, formId, draft);
  const done = t('filed.done', { reference: signal.reference });
  const next = t(draft.onBehalfOf ? 'filed.next.behalf' : 'filed.next', { owner: signal.ownerName });
  return {
    kind: 'done',
    card: {
      summary: done,
      parts: [{ kind: 'text', text: done }, { kind: 'text', text: next, style: 'subtle' }, signalLink(context, signal)],
    },
  };
}

export const fileForm: typeof form = {
  ...form,
  repeatable: true,
  async submit(context, params, raw, formId) {
    if (IsDraft.safeParse(raw).success) return keepAsDraft(context, Params.parse(params).draftId, raw, formId);
    const other = NotASignal.safeParse(raw);
    if (!other.success) return form.submit(context, params, raw, formId);
    return { kind: 'done', card: sayWhereItBelongs(context, other.data.matter, raw['description']) };
  },
};
