import { z } from 'zod';
import { defineForm, type Context } from '../chat/feature.js';
import type { Field, FormOutcome, FormValues } from '../chat/form.js';
import { confirmation, isConfirmed } from '../signals/guard-texts.js';
import type { Newsletter } from '../storage/database.js';
import {
  findNewsletter,
  NewsletterText,
  PART_MAX,
  PARTS,
  PICTURES,
  Recipients,
  TITLE_MAX,
  type PictureName,
} from './newsletter.js';
import { newsletterTexts } from './texts.js';
import { draftTexts } from './texts-draft.js';
import {
  refuseIfNewer,
  sayNewsletterRefusal,
  updateNewsletter,
  workOnNewsletter,
  type NewsletterRefusal,
} from './work-on-newsletter.js';

export const SeenParams = z.object({ newsletterId: z.uuid(), seen: z.int() });

const partField = (name: string) => `part-${name}`;

/** Every part of an issue in one form. Who is second of two editors is told, and nothing they typed is lost. */
export const editForm = defineForm({
  id: 'newsletters.edit',
  params: SeenParams,
  values: z
    .object({ title: z.string().max(TITLE_MAX), pictures: z.array(z.enum(PICTURES)).default([]) })
    .extend(Object.fromEntries(PARTS.map((name) => [partField(name), z.string().max(PART_MAX).optional()]))),

  async view(context, { newsletterId }) {
    const { db, municipality, locale } = context;
    const t = newsletterTexts(locale);
    const newsletter = await findNewsletter(db, municipality.id, newsletterId);
    const text = NewsletterText.parse(newsletter?.text ?? {});
    const parts = PARTS.map((name): Field => ({
      kind: 'multiline',
      id: partField(name),
      label: draftTexts(locale)(`part.${name}`),
      maxLength: PART_MAX,
      value: text[name] ?? '',
      ...(name === 'foreword' && { hint: t('form.hint.empty') }),
    }));
    return {
      title: t('form.edit'),
      submitLabel: t('form.save'),
      parts: [
        {
          kind: 'text',
          id: 'title',
          label: t('form.title'),
          required: true,
          maxLength: TITLE_MAX,
          value: newsletter?.title ?? '',
        },
        ...parts,
        ...(await pictureField(context, newsletter)),
      ],
    };
  },

  async submit(context, { params, values, raw }): Promise<FormOutcome> {
    const t = newsletterTexts(context.locale);
    const given = values as Record<string, unknown> & { title: string; pictures: PictureName[] };
    const text = Object.fromEntries(PARTS.map((name) => [name, String(given[partField(name)] ?? '')]));
    const result = await workOnNewsletter(context, params.newsletterId, ['draft'], async (tx, newsletter) => {
      const overtaken = await refuseOverwriting(newsletter, params.seen, raw, () =>
        refuseIfNewer(tx, newsletter, params.seen),
      );
      if (overtaken) return { ok: false, ...overtaken };
      const recipients = Recipients.parse(newsletter.recipients);
      const without = PICTURES.filter((picture) => !given.pictures.includes(picture));
      await updateNewsletter(tx, newsletter, {
        title: given.title,
        text,
        recipients: { ...recipients, without },
        version: { increment: 1 },
        changedById: context.person.id,
        updatedAt: context.now,
      });
      return { ok: true, value: undefined };
    });
    if (result.ok) return { kind: 'done', card: { summary: t('saved'), parts: [{ kind: 'text', text: t('saved') }] } };
    if (result.code === 'NEWSLETTER.CHANGED') return askToOverwrite(context, params.newsletterId, result.name);
    return { kind: 'refused', text: sayNewsletterRefusal(result, context.locale) };
  },
});

async function pictureField({ db, locale }: Context, newsletter: Newsletter | null): Promise<Field[]> {
  if (!newsletter) return [];
  const t = newsletterTexts(locale);
  const pictures = await db.newsletterPicture.findMany({
    where: { municipalityId: newsletter.municipalityId, newsletterId: newsletter.id },
    select: { kind: true },
  });
  const { without } = Recipients.parse(newsletter.recipients);
  const kinds = PICTURES.filter((name) => pictures.some(({ kind }) => kind === name));
  if (kinds.length === 0) return [];
  return [
    {
      kind: 'multiselect',
      id: 'pictures',
      label: t('form.pictures'),
      options: kinds.map((name) => ({ value: name, label: t(`picture.${name}`) })),
      value: kinds.filter((name) => !without.includes(name)),
    },
  ];
}

/** What is confirmed is to go over exactly this version. */
const overwriteBasis = (newsletterId: string, version: number) => `overwrite ${newsletterId} ${version}`;

export async function refuseOverwriting(
  newsletter: Newsletter,
  seen: number,
  raw: FormValues,
  refuse: () => Promise<NewsletterRefusal | null>,
): Promise<NewsletterRefusal | null> {
  if (newsletter.version === seen || isConfirmed(raw, overwriteBasis(newsletter.id, newsletter.version))) return null;
  return refuse();
}

/** The form again, with what was typed, and the question whether it may go over the other's version. */
export async function askToOverwrite(context: Context, newsletterId: string, name: string): Promise<FormOutcome> {
  const t = newsletterTexts(context.locale);
  const newsletter = await findNewsletter(context.db, context.municipality.id, newsletterId);
  const basis = overwriteBasis(newsletterId, newsletter?.version ?? 0);
  const add = confirmation(basis, t('conflict.note', { name }), t('conflict.statement'), context.locale);
  return { kind: 'again', errors: {}, add };
}
