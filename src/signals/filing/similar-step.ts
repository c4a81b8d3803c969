import type { Context } from '../../chat/feature.js';
import type { FormPart } from '../../chat/form.js';
import { findSimilar, type SimilarSignal } from '../../similar/find-similar.js';
import type { Comparable } from '../../similar/likeness.js';
import { sayStatus, sayWhere } from '../describe.js';
import { signalTexts } from '../texts.js';
import { ENDED } from '../transitions.js';

/** Enough of a description to recognise it by. */
const QUOTE_MAX = 240;

/**
 * The one question before a signal is written: is it the same as one of these? Empty when nothing looks like it. Never
 * who filed them.
 */
export async function askWhetherSame(context: Context, draft: Comparable): Promise<FormPart[]> {
  const { db, locale, municipality } = context;
  const similar = await findSimilar(db, municipality.id, draft, ENDED);
  if (similar.length === 0) return [];
  const t = signalTexts(locale);
  return [
    { kind: 'note', tone: 'info', text: t('similar.found', { count: similar.length }) },
    ...similar.map((signal): FormPart => ({ kind: 'note', tone: 'info', text: describe(context, signal) })),
    {
      kind: 'select',
      id: 'similar',
      label: t('similar.question'),
      hint: t('similar.hint'),
      required: true,
      options: [
        ...similar.map(({ id, reference }) => ({ value: id, label: t('similar.join', { reference }) })),
        { value: 'new', label: t('similar.new') },
      ],
    },
  ];
}

function describe({ locale }: Context, signal: SimilarSignal): string {
  const { reference, title, description } = signal;
  const quote = description.length > QUOTE_MAX ? `${description.slice(0, QUOTE_MAX).trimEnd()}…` : description;
  return signalTexts(locale)('similar.one', {
    reference,
    title,
    status: sayStatus(signal.status, locale),
    where: sayWhere(signal, locale),
    quote,
  });
}
