import { z } from 'zod';
import type { Feature } from '../chat/feature.js';
import type { Field, FormPart } from '../chat/form.js';
import type { Locale } from '../chat/texts.js';
import { DESCRIPTION_MAX, TITLE_MAX } from '../signals/filing/file-values.js';
import { defineSignalForm, finish, wordsField } from '../signals/signal-form.js';
import { STEP_TEXT_MAX } from '../signals/step-inputs.js';
import { BONDS, linkSignals } from './link-signals.js';
import { splitSignal, type Part } from './split-signal.js';
import { linkTexts } from './texts.js';

const title = z.string().min(1).max(TITLE_MAX);
const description = z.string().min(1).max(DESCRIPTION_MAX);

const split = defineSignalForm({
  id: 'links.split',
  allows: 'split or link signals',
  values: z.object({
    title1: title,
    description1: description,
    title2: title.optional(),
    description2: description.optional(),
    title3: title.optional(),
    description3: description.optional(),
    why: z.string().min(1).max(STEP_TEXT_MAX),
  }),
  words: (locale) => ({ title: linkTexts(locale)('split.title'), submit: linkTexts(locale)('split.submit') }),
  fields: ({ locale }): FormPart[] => {
    const t = linkTexts(locale);
    return [
      { kind: 'note', tone: 'info', text: t('split.note') },
      ...partFields(1, locale),
      wordsField('why', t('split.why'), { hint: t('split.why.hint') }),
      ...partFields(2, locale),
      ...partFields(3, locale),
    ];
  },
  texts: ['title1', 'description1', 'title2', 'description2', 'title3', 'description3', 'why'],
  async save(context, { signalId, seenVersion, values, formId }) {
    const t = linkTexts(context.locale);
    const more = [2, 3] as const;
    const errors: Record<string, string> = {};
    for (const number of more) {
      const [given, missing] = values[`title${number}`] ? ['title', 'description'] : ['description', 'title'];
      if (values[`${given}${number}` as keyof typeof values] && !values[`${missing}${number}` as keyof typeof values]) {
        errors[`${missing}${number}`] = t('split.half');
      }
    }
    if (Object.keys(errors).length > 0) return { kind: 'again', errors };
    const others = more.flatMap((number): Part[] => {
      const [partTitle, text] = [values[`title${number}`], values[`description${number}`]];
      return partTitle && text ? [{ title: partTitle, description: text }] : [];
    });
    const result = await splitSignal(context, {
      signalId,
      seenVersion,
      parts: [{ title: values.title1, description: values.description1 }, ...others],
      why: values.why,
      formId,
    });
    return finish(context, result, ({ signal: { reference }, references }) =>
      t('split.done', { reference, references: references?.join(', ') ?? '' }),
    );
  },
});

function partFields(number: 1 | 2 | 3, locale: Locale): Field[] {
  const t = linkTexts(locale);
  const shared = { required: number === 1, section: number === 1 ? ('main' as const) : ('more' as const) };
  return [
    { kind: 'text', id: `title${number}`, label: t(`split.title.${number}`), maxLength: TITLE_MAX, ...shared },
    {
      kind: 'multiline',
      id: `description${number}`,
      label: t(`split.description.${number}`),
      maxLength: DESCRIPTION_MAX,
      ...shared,
    },
  ];
}

const link = defineSignalForm({
  id: 'links.link',
  allows: 'split or link signals',
  values: z.object({ reference: z.string().min(1).max(40), bond: z.enum(BONDS) }),
  words: (locale) => ({ title: linkTexts(locale)('link.title'), submit: linkTexts(locale)('link.submit') }),
  fields: ({ locale }) => {
    const t = linkTexts(locale);
    return [
      { kind: 'text', id: 'reference', label: t('link.reference'), required: true, maxLength: 40 },
      {
        kind: 'select',
        id: 'bond',
        label: t('link.bond'),
        hint: t('link.hint'),
        required: true,
        options: BONDS.map((bond) => ({ value: bond, label: t(`bond.${bond}`) })),
      },
    ];
  },
  texts: [],
  async save(context, { signalId, values }) {
    const result = await linkSignals(context, { signalId, ...values });
    return finish(
      context,
      result,
      ({ signal: { reference } }) => linkTexts(context.locale)('link.done', { reference }),
      {
        'MERGE.UNKNOWN': 'reference',
        'MERGE.OTHER_TOWN': 'reference',
        'LINK.ITSELF': 'reference',
        'LINK.CIRCLE': 'bond',
        'LINK.ALREADY': 'bond',
        'LINK.NONE': 'bond',
      },
    );
  },
});

/** Signals that belong together: split into several, or linked. */
export const links: Feature = {
  name: 'links',
  actions: [split.action, link.action],
  forms: [split.form, link.form],
};
