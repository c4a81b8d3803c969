import { z } from 'zod';
import type { Card, CardPart } from '../chat/card.js';
import { defineMessage, type MunicipalityInfo, type ViewContext } from '../chat/feature.js';
import { sayLate } from '../scheduling/say-late.js';
import type { Db, Newsletter, Tx } from '../storage/database.js';
import {
  findNewsletter,
  issuePath,
  mailedPath,
  NewsletterText,
  PARTS,
  picturePath,
  Recipients,
  type PartName,
} from './newsletter.js';
import { newsletterSubscription } from './subscription.js';
import { newsletterTexts } from './texts.js';
import { draftTexts } from './texts-draft.js';

/** Where the pictures stand: after the figures they show. */
const PICTURES_AFTER: PartName = 'came';

/** The part of a newsletter, or a picture, as it is shown everywhere. */
export type IssuePart =
  | { kind: 'part'; name: PartName; heading: string; text: string }
  | { kind: 'picture'; name: string; alt: string; drawn: boolean };

/** What an issue consists of, in order; parts without words are left out. */
export async function readIssueParts(
  { db, municipality }: { db: Db | Tx; municipality: MunicipalityInfo },
  newsletter: Newsletter,
): Promise<IssuePart[]> {
  const t = draftTexts(municipality.locale);
  const text = NewsletterText.parse(newsletter.text);
  const { without } = Recipients.parse(newsletter.recipients);
  const pictures = await db.newsletterPicture.findMany({
    where: { municipalityId: municipality.id, newsletterId: newsletter.id },
    select: { kind: true, alt: true, png: true },
    orderBy: { kind: 'desc' },
  });
  const shown = pictures
    .filter(({ kind }) => !(without as string[]).includes(kind))
    .map(({ kind, alt, png }): IssuePart => ({ kind: 'picture', name: kind, alt, drawn: png !== null }));
  return PARTS.flatMap((name): IssuePart[] => {
    const words = text[name]?.trim() ?? '';
    return [
      ...(words ? [{ kind: 'part' as const, name, heading: t(`part.${name}`), text: words }] : []),
      ...(name === PICTURES_AFTER && words ? shown : []),
    ];
  });
}

/**
 * The issue as people get it: one card for the chat, and for the mail that it becomes.
 *
 * @param byMail its reader has no chat, and cannot sign in: the link opens this issue as it is.
 */
export async function issueCard(context: ViewContext, newsletter: Newsletter, byMail = false): Promise<Card> {
  const t = newsletterTexts(context.locale);
  const parts = await readIssueParts(context, newsletter);
  const page = byMail
    ? context.url(mailedPath(newsletter, context.locale), 'signed')
    : context.url(issuePath(newsletter));
  return {
    summary: newsletter.title,
    parts: [
      { kind: 'heading', text: newsletter.title },
      ...sayLate(context, newsletter.late ? newsletter.sendAt.toISOString() : undefined),
      ...parts.flatMap((part): CardPart[] => {
        if (part.kind === 'picture') {
          return part.drawn
            ? [{ kind: 'image', url: context.url(picturePath(newsletter, part.name), 'signed'), alt: part.alt }]
            : [{ kind: 'text', text: part.alt, style: 'subtle' }];
        }
        const heading: CardPart[] = part.name === 'foreword' ? [] : [{ kind: 'heading', text: part.heading }];
        return [...heading, { kind: 'text', text: part.text }];
      }),
      { kind: 'link', label: t('issue.open'), url: page },
    ],
  };
}

const Params = z.object({ newsletterId: z.uuid(), by: z.literal('mail').optional() });

/** The newsletter itself, to one person or channel. */
export const issueMessage = defineMessage({
  id: 'newsletters.issue',
  params: Params,
  subscription: newsletterSubscription,
  async render(context, { newsletterId, by }) {
    const newsletter = await findNewsletter(context.db, context.municipality.id, newsletterId);
    return newsletter && issueCard(context, newsletter, by === 'mail');
  },
});

/** The same to its editor alone, before it is sent. */
export const testMessage = defineMessage({
  id: 'newsletters.test',
  params: z.object({ newsletterId: z.uuid() }),
  async render(context, { newsletterId }) {
    const newsletter = await findNewsletter(context.db, context.municipality.id, newsletterId);
    if (!newsletter) return null;
    const card = await issueCard(context, newsletter);
    const note: CardPart = { kind: 'text', style: 'subtle', text: newsletterTexts(context.locale)('issue.test') };
    return { ...card, parts: [note, ...card.parts] };
  },
});
