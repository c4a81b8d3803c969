import type { Context, Reply } from '../chat/feature.js';
import type { Locale } from '../chat/texts.js';
import { may } from '../people/roles.js';
import type { Db, Newsletter, NewsletterStatus, Person, Prisma, Tx } from '../storage/database.js';
import { editorCardKey, lockNewsletter } from './newsletter.js';
import { newsletterTexts } from './texts.js';

/** Why something with a newsletter was refused; the words stand in `texts.ts` under `refused.<code>`. */
export type NewsletterRefusal =
  | { code: 'NEWSLETTER.GONE' }
  | { code: 'NEWSLETTER.NOT_YOURS'; name: string }
  | { code: 'NEWSLETTER.NOT_NOW'; status: NewsletterStatus }
  | { code: 'NEWSLETTER.EMPTY' }
  | { code: 'NEWSLETTER.NOBODY' }
  /** Somebody changed it after it was shown. */
  | { code: 'NEWSLETTER.CHANGED'; name: string }
  | { code: 'NEWSLETTER.NO_ACCOUNT' };

export type Worked<T> = { ok: true; value: T } | ({ ok: false } & NewsletterRefusal);

/** Whether this person may work on this issue: its editor and the coordinator. */
export function mayEdit(
  person: Pick<Person, 'id' | 'roles' | 'active'>,
  { editorId }: Pick<Newsletter, 'editorId'>,
): boolean {
  return may(person, 'edit a newsletter', person.id === editorId ? ['owner'] : []);
}

/** Null when this person may do this with the issue now. */
export async function refuseNewsletter(
  db: Db | Tx,
  { person }: Pick<Context, 'person'>,
  newsletter: Newsletter | null,
  statuses: readonly NewsletterStatus[],
): Promise<NewsletterRefusal | null> {
  if (!newsletter) return { code: 'NEWSLETTER.GONE' };
  if (!mayEdit(person, newsletter)) {
    return { code: 'NEWSLETTER.NOT_YOURS', name: await nameOf(db, newsletter.municipalityId, newsletter.editorId) };
  }
  if (!statuses.includes(newsletter.status)) return { code: 'NEWSLETTER.NOT_NOW', status: newsletter.status };
  return null;
}

/** Null when the issue is as the person saw it; otherwise who changed it. */
export async function refuseIfNewer(
  db: Db | Tx,
  newsletter: Newsletter,
  seen: number,
): Promise<NewsletterRefusal | null> {
  if (newsletter.version === seen) return null;
  const name = await nameOf(db, newsletter.municipalityId, newsletter.changedById);
  return { code: 'NEWSLETTER.CHANGED', name };
}

async function nameOf(db: Db | Tx, municipalityId: string, id: string | null): Promise<string> {
  if (!id) return '';
  const person = await db.person.findUnique({
    where: { municipalityId_id: { municipalityId, id } },
    select: { name: true },
  });
  return person?.name ?? '';
}

/**
 * One change of a locked issue: checks who and when, does `work`, and brings the editor's card up to date.
 *
 * @param statuses in which this can be done.
 */
export function workOnNewsletter<T>(
  context: Pick<Context, 'write' | 'outbox' | 'municipality' | 'person'>,
  newsletterId: string,
  statuses: readonly NewsletterStatus[],
  work: (tx: Tx, newsletter: Newsletter) => Promise<Worked<T>>,
): Promise<Worked<T>> {
  const { municipality, outbox } = context;
  return context.write(async (tx): Promise<Worked<T>> => {
    const newsletter = await lockNewsletter(tx, municipality.id, newsletterId);
    const refusal = await refuseNewsletter(tx, context, newsletter, statuses);
    if (refusal || !newsletter) return { ok: false, ...(refusal ?? { code: 'NEWSLETTER.GONE' }) };
    const done = await work(tx, newsletter);
    if (done.ok) await outbox.refresh(tx, municipality.id, [editorCardKey(newsletter)]);
    return done;
  });
}

/** Writes columns of an issue. */
export async function updateNewsletter(
  tx: Tx,
  { municipalityId, id }: Pick<Newsletter, 'municipalityId' | 'id'>,
  data: Prisma.NewsletterUncheckedUpdateInput,
): Promise<void> {
  await tx.newsletter.update({ where: { municipalityId_id: { municipalityId, id } }, data });
}

export function sayNewsletterRefusal(refusal: NewsletterRefusal, locale: Locale): string {
  const t = newsletterTexts(locale);
  switch (refusal.code) {
    case 'NEWSLETTER.NOT_YOURS':
    case 'NEWSLETTER.CHANGED':
      return t(`refused.${refusal.code}`, { name: refusal.name });
    case 'NEWSLETTER.NOT_NOW':
      return t('refused.NEWSLETTER.NOT_NOW', { status: t(`status.${refusal.status}`) });
    case 'NEWSLETTER.GONE':
    case 'NEWSLETTER.EMPTY':
    case 'NEWSLETTER.NOBODY':
    case 'NEWSLETTER.NO_ACCOUNT':
      return t(`refused.${refusal.code}`);
  }
}

export function say(text: string): Reply {
  return { kind: 'card', visible: 'only-you', card: { summary: text, parts: [{ kind: 'text', text }] } };
}
