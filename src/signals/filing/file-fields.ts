import type { Option } from '../../chat/card.js';
import type { Context } from '../../chat/feature.js';
import type { Field } from '../../chat/form.js';
import type { Choice } from '../../municipality/municipality-settings.js';
import { findNeighbourhoodName } from '../../routing/neighbourhoods.js';
import { Cause, Frequency, PeopleBand, SignalOrigin } from '../../storage/database.js';
import { ANSWER_MAX, DESCRIPTION_MAX, LINE_MAX, MATTERS, TITLE_MAX } from './file-values.js';
import { sayOwn } from '../own-words.js';
import { signalTexts } from '../texts.js';

type Asking = Pick<Context, 'locale' | 'municipality'>;

/** What do you see, and its title. */
export function wordFields(asking: Asking): Field[] {
  const t = signalTexts(asking.locale);
  return [
    {
      kind: 'multiline',
      id: 'description',
      label: t('file.description'),
      hint: sayOwn(asking, 'file.description.hint'),
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
  ];
}

/** Where, what it is, and the tick; the neighbourhood is filled in from last time. */
export async function placeFields(context: Context): Promise<Field[]> {
  const { db, locale, person, municipality } = context;
  const t = signalTexts(locale);
  const last = person.lastNeighbourhoodId;
  const lastName = last === null ? undefined : await findNeighbourhoodName(db, municipality, last);
  return [
    {
      kind: 'search',
      id: 'neighbourhoods',
      label: t('file.neighbourhoods'),
      hint: t('file.neighbourhoods.hint'),
      required: true,
      source: 'signals.neighbourhoods',
      multiple: true,
      ...(last && lastName && { value: [{ value: last, label: lastName }] }),
    },
    {
      kind: 'select',
      id: 'matter',
      label: t('file.matter'),
      required: true,
      options: MATTERS.map((value) => ({ value, label: sayOwn(context, `file.matter.${value}`) })),
      value: 'signal',
      frees: MATTERS.filter((matter) => matter !== 'signal'),
    },
    {
      kind: 'tick',
      id: 'statement',
      label: t('file.statement.label'),
      statement: sayOwn(context, 'file.statement'),
      required: true,
    },
  ];
}

/** What else can be told of the signal; all of it may stay empty. */
export function factFields({ locale, municipality }: Asking): Field[] {
  const t = signalTexts(locale);
  const { settings } = municipality;
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
    { kind: 'select', id: 'lifeDomain', label: t('file.lifeDomain'), options: inWords(settings.lifeDomains, locale) },
    {
      kind: 'select',
      id: 'fundamentalRight',
      label: t('file.fundamentalRight'),
      options: inWords(settings.fundamentalRights, locale),
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
  ];
  return folded(fields);
}

/** Who files it, for whom, and how fast; the organisation and sector are filled in from last time. */
export function filerFields({ locale, person, municipality }: Context): Field[] {
  const t = signalTexts(locale);
  return folded([
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
      options: inWords(municipality.settings.sectors, locale),
      value: person.sector ?? undefined,
    },
    {
      kind: 'select',
      id: 'origin',
      label: t('file.origin'),
      hint: t('file.origin.hint'),
      options: enumOptions(SignalOrigin, (value) => t(`origin.${value}`)),
    },
    {
      kind: 'search',
      id: 'colleague',
      label: t('file.colleague'),
      hint: t('file.colleague.hint'),
      source: 'signals.colleagues',
      multiple: false,
    },
    { kind: 'text', id: 'originMeeting', label: t('file.originMeeting'), maxLength: LINE_MAX },
    { kind: 'date', id: 'originOn', label: t('file.originOn') },
    { kind: 'tick', id: 'acute', label: t('file.acute'), statement: t('file.acute.statement') },
  ]);
}

function folded(fields: Field[]): Field[] {
  return fields.map((field) => ({ ...field, section: 'more' as const }));
}

function inWords(choices: Choice[], locale: Context['locale']): Option[] {
  return choices.map((choice) => ({ value: choice.key, label: choice[locale] }));
}

function enumOptions<T extends string>(values: Record<T, T>, label: (value: T) => string): Option[] {
  return (Object.keys(values) as T[]).map((value) => ({ value, label: label(value) }));
}
