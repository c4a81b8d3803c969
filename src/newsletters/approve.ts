import { z } from 'zod';
import { sayInstant } from '../calendar/local-day.js';
import { defineForm, type Context } from '../chat/feature.js';
import type { FormOutcome } from '../chat/form.js';
import type { Db, Newsletter, Prisma, Tx } from '../storage/database.js';
import { SeenParams } from './edit-form.js';
import { sayAudience } from './editor-card.js';
import { readIssueParts } from './issue-card.js';
import { findNewsletter, Recipients } from './newsletter.js';
import { countRecipients, type Audience } from './recipients.js';
import { newsletterTexts } from './texts.js';
import {
  refuseIfNewer,
  sayNewsletterRefusal,
  updateNewsletter,
  workOnNewsletter,
  type NewsletterRefusal,
} from './work-on-newsletter.js';

/** The last look before it goes out: when, and to how many. */
export const approveForm = defineForm({
  id: 'newsletters.approve',
  params: SeenParams,
  values: z.object({ read: z.literal(true) }),

  async view(context, { newsletterId }) {
    const { db, municipality, locale, now } = context;
    const t = newsletterTexts(locale);
    const newsletter = await findNewsletter(db, municipality.id, newsletterId);
    const audience = newsletter && (await readAudience(db, newsletter));
    const says = { audience: audience ? sayAudience(audience, locale) : '' };
    const at = newsletter ? sayInstant(newsletter.sendAt, municipality.zone, locale) : '';
    const text =
      newsletter && newsletter.sendAt > now ? t('form.approve.note', { ...says, at }) : t('form.approve.now', says);
    return {
      title: t('form.approve'),
      submitLabel: t('form.approve.submit'),
      parts: [
        { kind: 'note', tone: 'info', text },
        {
          kind: 'tick',
          id: 'read',
          label: t('form.approve'),
          statement: t('form.approve.statement'),
          required: true,
        },
      ],
    };
  },

  async submit(context, { params }): Promise<FormOutcome> {
    const { municipality, locale } = context;
    const t = newsletterTexts(locale);
    const result = await approveNewsletter(context, params.newsletterId, params.seen);
    if (!result.ok) return { kind: 'refused', text: sayNewsletterRefusal(result, locale) };
    const { sendAt, starts, audience } = result.value;
    const at = sayInstant(sendAt, municipality.zone, locale);
    const text = starts ? t('approved.now') : t('approved', { at, audience: sayAudience(audience, locale) });
    return { kind: 'done', card: { summary: text, parts: [{ kind: 'text', text }] } };
  },
});

/** From here it goes out at its moment, or at once when that has passed. */
function approveNewsletter(context: Context, newsletterId: string, seen: number) {
  const { municipality, person, now } = context;
  return workOnNewsletter(context, newsletterId, ['draft'], async (tx, newsletter) => {
    const refusal =
      (await refuseIfNewer(tx, newsletter, seen)) ?? (await refuseToSend({ db: tx, municipality }, newsletter));
    if (refusal) return { ok: false, ...refusal };
    const starts = newsletter.sendAt <= now;
    await updateNewsletter(tx, newsletter, {
      approvedById: person.id,
      approvedAt: now,
      updatedAt: now,
      ...(starts ? startOf(now) : { status: 'approved' }),
    });
    const audience = await readAudience(tx, newsletter);
    return { ok: true, value: { sendAt: newsletter.sendAt, starts, audience } };
  });
}

/** The columns that start the sending; the next tick writes the messages. */
export function startOf(now: Date): Prisma.NewsletterUncheckedUpdateInput {
  return { status: 'sending', startedAt: now, leg: { increment: 1 }, updatedAt: now };
}

/** Null when it has something to say, and somebody to say it to. */
export async function refuseToSend(
  view: { db: Db | Tx; municipality: Context['municipality'] },
  newsletter: Newsletter,
): Promise<NewsletterRefusal | null> {
  const parts = await readIssueParts(view, newsletter);
  if (parts.length === 0) return { code: 'NEWSLETTER.EMPTY' };
  const { people, channels } = await readAudience(view.db, newsletter);
  return people + channels === 0 ? { code: 'NEWSLETTER.NOBODY' } : null;
}

function readAudience(db: Db | Tx, { municipalityId, recipients }: Newsletter): Promise<Audience> {
  return countRecipients(db, municipalityId, Recipients.parse(recipients));
}
