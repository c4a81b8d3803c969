import { z } from 'zod';
import type { Card, CardPart, Option } from '../chat/card.js';
import { defineForm, type Context } from '../chat/feature.js';
import type { Field, FormOutcome, FormValues } from '../chat/form.js';
import type { Choice } from '../municipality/municipality-settings.js';
import { may } from '../people/roles.js';
import { listNeighbourhoods } from '../routing/neighbourhoods.js';
import { resolveNeighbourhoods } from '../routing/resolve-neighbourhood.js';
import { Cause, Frequency, PeopleBand } from '../storage/database.js';
import { fileSignal } from './file-signal.js';
import { askAboutNames, inspectClientData } from './guard-texts.js';
import { CITY_WIDE } from './neighbourhood-source.js';
import { signalLink } from './owner-card.js';
import { signalTexts } from './texts.js';

/** Slack's text inputs hold 3,000 characters; every platform keeps to it, so that a text is never cut. */
export const DESCRIPTION_MAX = 3_000;
export const TITLE_MAX = 120;
const ANSWER_MAX = 1_500;
const LINE_MAX = 150;
const NEIGHBOURHOODS_MAX = 25;

const line = z.string().max(LINE_MAX).optional();
const answer = z.string().max(ANSWER_MAX).optional();
const key = z.string().max(60).optional();

const Values = z.object({
  description: z.string().min(1).max(DESCRIPTION_MAX),
  title: z.string().min(1).max(TITLE_MAX),
  neighbourhoods: z.array(z.string().max(200)).min(1).max(NEIGHBOURHOODS_MAX),
  matter: z.enum(['signal', 'complaint', 'resident']).default('signal'),
  statement: z.literal(true),
  cause: z.enum(Cause).optional(),
  targetGroup: line,
  frequency: z.enum(Frequency).optional(),
  peopleBand: z.enum(PeopleBand).optional(),
  since: line,
  lifeDomain: key,
  fundamentalRight: key,
  alreadyTried: answer,
  consequence: answer,
  suggestedSolution: answer,
  sector: key,
  organisation: line,
  acute: z.boolean().default(false),
});
type Values = z.output<typeof Values>;

const Params = z.object({
  sourceUrl: z
    .url({ protocol: /^https?$/ })
    .max(500)
    .optional(),
});

/** A complaint or a resident's question needs no more than knowing that it is one. */
const MatterOnly = z.object({ matter: z.enum(['complaint', 'resident']) });

/** The filing form: three questions and a tick; the rest waits behind "meer details". */
const form = defineForm({
  id: 'signals.file',
  /** Where the chat message stands that this one is made from. */
  params: Params,
  values: Values,
  async view(context) {
    const t = signalTexts(context.locale);
    const { person, municipality } = context;
    const neighbourhoods = await listNeighbourhoods(context.db, municipality.id);
    const last = neighbourhoods.find((neighbourhood) => neighbourhood.id === person.lastNeighbourhoodId);
    const fields: Field[] = [
      {
        kind: 'multiline',
        id: 'description',
        label: t('file.description'),
        hint: t('file.description.hint'),
        required: true,
        maxLength: DESCRIPTION_MAX,
      },
      {
        kind: 'text',
        id: 'title',
        label: t('file.title.field'),
        placeholder: t('file.title.placeholder'),
        required: true,
        maxLength: TITLE_MAX,
      },
      {
        kind: 'search',
        id: 'neighbourhoods',
        label: t('file.neighbourhoods'),
        hint: t('file.neighbourhoods.hint'),
        required: true,
        source: 'signals.neighbourhoods',
        multiple: true,
        ...(last && { value: [{ value: last.id, label: last.name }] }),
      },
      {
        kind: 'select',
        id: 'matter',
        label: t('file.matter'),
        options: (['signal', 'complaint', 'resident'] as const).map((value) => ({
          value,
          label: t(`file.matter.${value}`),
        })),
        value: 'signal',
      },
      {
        kind: 'tick',
        id: 'statement',
        label: t('file.statement.label'),
        statement: t('file.statement'),
        required: true,
      },
      ...detailFields(context),
    ];
    return { title: t('file.title'), submitLabel: t('file.submit'), parts: fields };
  },
  submit: (context, submission) => submit(context, submission),
});

/** What else can be told: all of it may stay empty, or is filled in from last time. */
function detailFields({ locale, person, municipality }: Context): Field[] {
  const t = signalTexts(locale);
  const { settings } = municipality;
  const inWords = (choices: Choice[]) => choices.map((choice) => ({ value: choice.key, label: choice[locale] }));
  const fields: Field[] = [
    {
      kind: 'select',
      id: 'frequency',
      label: t('file.frequency'),
      options: enumOptions(Frequency, (value) => t(`frequency.${value}`)),
    },
    {
      kind: 'select',
      id: 'peopleBand',
      label: t('file.peopleBand'),
      options: enumOptions(PeopleBand, (value) => t(`peopleBand.${value}`)),
    },
    {
      kind: 'text',
      id: 'since',
      label: t('file.since'),
      placeholder: t('file.since.placeholder'),
      maxLength: LINE_MAX,
    },
    {
      kind: 'text',
      id: 'targetGroup',
      label: t('file.targetGroup'),
      placeholder: t('file.targetGroup.placeholder'),
      maxLength: LINE_MAX,
    },
    {
      kind: 'select',
      id: 'cause',
      label: t('file.cause'),
      options: enumOptions(Cause, (value) => t(`cause.${value}`)),
    },
    { kind: 'select', id: 'lifeDomain', label: t('file.lifeDomain'), options: inWords(settings.lifeDomains) },
    {
      kind: 'select',
      id: 'fundamentalRight',
      label: t('file.fundamentalRight'),
      options: inWords(settings.fundamentalRights),
    },
    { kind: 'multiline', id: 'alreadyTried', label: t('file.alreadyTried'), maxLength: ANSWER_MAX },
    { kind: 'multiline', id: 'consequence', label: t('file.consequence'), maxLength: ANSWER_MAX },
    {
      kind: 'multiline',
      id: 'suggestedSolution',
      label: t('file.suggestedSolution'),
      hint: t('file.suggestedSolution.hint'),
      maxLength: ANSWER_MAX,
    },
    {
      kind: 'text',
      id: 'organisation',
      label: t('file.organisation'),
      maxLength: LINE_MAX,
      value: person.organisation ?? undefined,
    },
    {
      kind: 'select',
      id: 'sector',
      label: t('file.sector'),
      options: inWords(settings.sectors),
      value: person.sector ?? undefined,
    },
    { kind: 'tick', id: 'acute', label: t('file.acute'), statement: t('file.acute.statement') },
  ];
  return fields.map((field) => ({ ...field, section: 'more' as const }));
}

function enumOptions<T extends string>(values: Record<T, T>, label: (value: T) => string): Option[] {
  return (Object.keys(values) as T[]).map((value) => ({ value, label: label(value) }));
}

async function submit(
  context: Context,
  { params, values, raw, formId }: { params: z.output<typeof Params>; values: Values; raw: FormValues; formId: string },
): Promise<FormOutcome> {
  const { locale, municipality } = context;
  const t = signalTexts(locale);
  if (!may(context.person, 'file a signal')) return { kind: 'refused', text: t('error.notYours') };
  const neighbourhoods = await listNeighbourhoods(context.db, municipality.id);
  const place = readPlace(values.neighbourhoods, neighbourhoods, locale);
  const { neighbourhoods: typed, matter, statement, ...facts } = values;
  const { description, title, targetGroup, since, alreadyTried, consequence, suggestedSolution } = values;
  const guarded = inspectClientData(
    { description, title, targetGroup, since, alreadyTried, consequence, suggestedSolution },
    locale,
    [...neighbourhoods.flatMap(({ name, aliases }) => [name, ...aliases]), values.organisation ?? ''],
  );
  const errors = { ...guarded.errors, ...(place.ok ? {} : { neighbourhoods: place.error }) };
  const add = askAboutNames(guarded.likelyNames, raw, locale);
  if (!place.ok || Object.keys(errors).length > 0 || add.length > 0) return { kind: 'again', errors, add };

  const signal = await fileSignal(context, formId, {
    ...facts,
    ...params,
    neighbourhoodIds: place.neighbourhoodIds,
    cityWide: place.cityWide,
  });
  const owner = await context.db.person.findUniqueOrThrow({
    where: { municipalityId_id: { municipalityId: municipality.id, id: signal.ownerId } },
    select: { name: true },
  });
  const done = t('filed.done', { reference: signal.reference });
  return {
    kind: 'done',
    card: {
      summary: done,
      parts: [
        { kind: 'text', text: done },
        { kind: 'text', text: t('filed.next', { owner: owner.name }), style: 'subtle' },
        signalLink(context, signal),
      ],
    },
  };
}

type Place = { ok: true; cityWide: boolean; neighbourhoodIds: string[] } | { ok: false; error: string };

/** Chosen neighbourhoods come as ids; what was typed without choosing is resolved, typos and aliases included. */
function readPlace(
  typed: string[],
  neighbourhoods: Awaited<ReturnType<typeof listNeighbourhoods>>,
  locale: Context['locale'],
): Place {
  const t = signalTexts(locale);
  const chosen = new Set<string>();
  const cityWords = [
    CITY_WIDE,
    ...(['nl', 'en'] as const).map((each) => signalTexts(each)('file.cityWide').toLowerCase()),
  ];
  const cityWide = typed.some((value) => cityWords.includes(value.toLowerCase()));
  for (const value of typed) {
    if (cityWords.includes(value.toLowerCase())) continue;
    if (neighbourhoods.some(({ id }) => id === value)) {
      chosen.add(value);
      continue;
    }
    const resolved = resolveNeighbourhoods(neighbourhoods, value);
    if (!resolved.ok) {
      const suggestions = resolved.suggestions.slice(0, 3).map(({ name }) => name);
      const shown = value.slice(0, 60);
      const error =
        suggestions.length > 0
          ? t('error.neighbourhood.suggest', { typed: shown, suggestions: suggestions.join(', ') })
          : t('error.neighbourhood.unknown', { typed: shown });
      return { ok: false, error };
    }
    for (const id of resolved.ids) chosen.add(id);
  }
  if (cityWide && chosen.size > 0) return { ok: false, error: t('error.neighbourhood.city') };
  return { ok: true, cityWide, neighbourhoodIds: [...chosen] };
}

/** Not a signal: where it does belong, with the text to take along. Nothing is written. */
function redirect({ locale, municipality }: Context, matter: 'complaint' | 'resident', text: string | undefined): Card {
  const t = signalTexts(locale);
  const link = municipality.settings.links[matter === 'complaint' ? 'complaints' : 'residents'];
  const say = t(`redirect.${matter}`);
  const parts: CardPart[] = [
    { kind: 'text', text: say },
    ...(link ? [{ kind: 'link' as const, label: link.label, url: link.url }] : []),
    ...(text
      ? [
          { kind: 'text' as const, text: t('redirect.keep'), style: 'subtle' as const },
          { kind: 'text' as const, text, style: 'quote' as const },
        ]
      : []),
  ];
  return { summary: say, parts };
}

export const fileForm: typeof form = {
  ...form,
  repeatable: true,
  async submit(context, params, raw, formId) {
    const other = MatterOnly.safeParse(raw);
    if (!other.success) return form.submit(context, params, raw, formId);
    const text =
      typeof raw['description'] === 'string' ? raw['description'].trim().slice(0, DESCRIPTION_MAX) : undefined;
    return { kind: 'done', card: redirect(context, other.data.matter, text) };
  },
};
