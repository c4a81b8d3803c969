import { z } from 'zod';
import { checkValues } from '../../chat/check-values.js';
import type { Context } from '../../chat/feature.js';
import type { FormOutcome, FormValues } from '../../chat/form.js';
import { DRAFTS_MAX, keepDraft } from '../../drafts/keep-draft.js';
import { draftTexts } from '../../drafts/texts.js';
import { may } from '../../people/roles.js';
import { listNeighbourhoods } from '../../routing/neighbourhoods.js';
import { FileValues, freeTexts } from './file-values.js';
import { guardTexts } from '../guard-texts.js';
import { signalTexts } from '../texts.js';

/** Nothing need be filled in yet; what is there must fit, so that it can be filed later. */
const DraftValues = FileValues.partial().extend({
  neighbourhoods: z.array(z.string().max(200)).optional(),
  statement: z.boolean().optional(),
  matter: z.literal('draft'),
});

export const IsDraft = z.object({ matter: z.literal('draft') });

/** Chosen in the form instead of filing: what was typed is kept for later. Client data is refused here as well. */
export async function keepAsDraft(
  context: Context,
  draftId: string | undefined,
  raw: FormValues,
  formId: string,
): Promise<FormOutcome> {
  const { db, locale, municipality, person } = context;
  if (!may(person, 'file a signal')) return { kind: 'refused', text: signalTexts(locale)('error.notYours') };
  const t = draftTexts(locale);
  const checked = checkValues(DraftValues, raw, locale);
  if (!checked.ok) return { kind: 'again', errors: checked.errors };
  const { title, description, organisation } = checked.values;
  if (!title && !description) return { kind: 'again', errors: { description: t('draft.empty') } };
  const neighbourhoods = await listNeighbourhoods(db, municipality.id);
  const allow = [...neighbourhoods.flatMap(({ name, aliases }) => [name, ...aliases]), organisation ?? ''];
  const texts = freeTexts({ ...checked.values, matter: 'signal', statement: undefined });
  const problems = guardTexts(context, texts, raw, allow);
  if (problems) return problems;
  const { matter, statement, similar, ...values } = checked.values;
  const kept = await keepDraft(context, draftId ?? formId, values as FormValues);
  if (!kept.ok) return { kind: 'again', errors: { matter: t(kept.code, { max: DRAFTS_MAX }) } };
  const done = t('draft.kept');
  return {
    kind: 'done',
    card: {
      summary: done,
      parts: [
        { kind: 'text', text: done },
        { kind: 'text', style: 'subtle', text: t('draft.kept.how', { count: municipality.settings.drafts.days }) },
      ],
    },
  };
}
