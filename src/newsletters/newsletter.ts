import { z } from 'zod';
import type { Locale } from '../chat/texts.js';
import { Role, type Db, type Newsletter, type Tx } from '../storage/database.js';

/** Longest text of a part: what Slack shows in one section, with room for a heading. */
export const PART_MAX = 2_800;
export const TITLE_MAX = 120;

/** The parts an issue can have, in the order they are read. */
export const PARTS = ['foreword', 'came', 'moved', 'became', 'solved', 'upcoming', 'tip'] as const;
export type PartName = (typeof PARTS)[number];

/** What an issue says: an empty part is left out. */
export const NewsletterText = z.partialRecord(z.enum(PARTS), z.string());
export type NewsletterText = z.output<typeof NewsletterText>;

export const PICTURES = ['trend', 'tiles'] as const;
export type PictureName = (typeof PICTURES)[number];

/** Whom an issue goes to. An empty list means everyone; several kinds narrow it down together. */
export const Recipients = z.object({
  neighbourhoods: z.array(z.string()).default([]),
  domains: z.array(z.string()).default([]),
  roles: z.array(z.enum(Role)).default([]),
  /** Also in the regisseurs' and the coordinator's channels. */
  channels: z.boolean().default(true),
  /** The pictures that are left out. */
  without: z.array(z.enum(PICTURES)).default([]),
});
export type Recipients = z.output<typeof Recipients>;

export function findNewsletter(db: Db | Tx, municipalityId: string, id: string): Promise<Newsletter | null> {
  return db.newsletter.findUnique({ where: { municipalityId_id: { municipalityId, id } } });
}

/** Locks an issue for the rest of the transaction: of two people acting at once the second sees what the first did. */
export async function lockNewsletter(tx: Tx, municipalityId: string, id: string): Promise<Newsletter | null> {
  await tx.$queryRaw`
    SELECT "id" FROM "Newsletter" WHERE "municipalityId" = ${municipalityId}::uuid AND "id" = ${id}::uuid FOR UPDATE`;
  return findNewsletter(tx, municipalityId, id);
}

/** Address of an issue's page; stays the same for good. */
export function issuePath({ series, occasion }: Pick<Newsletter, 'series' | 'occasion'>): string {
  return `/nieuwsbrieven/${series}-${occasion.replace(':', '')}`;
}

/** What only its editors see of an issue: how it will look everywhere, and how far its sending is. */
export const previewPath = (newsletter: Pick<Newsletter, 'series' | 'occasion'>) =>
  `${issuePath(newsletter)}/voorbeeld`;
export const progressPath = (newsletter: Pick<Newsletter, 'series' | 'occasion'>) =>
  `${issuePath(newsletter)}/voortgang`;

/** Reads the last part of {@link issuePath}. */
export function readIssueSlug(slug: string): { series: string; occasion: string } | undefined {
  const match = /^([a-z0-9-]{1,60})-(\d{4}-\d{2}-\d{2}T\d{2})(\d{2})$/.exec(slug);
  return match?.[1] && match[2] && match[3] ? { series: match[1], occasion: `${match[2]}:${match[3]}` } : undefined;
}

/** Of a picture, as an address to be signed. */
export function picturePath({ municipalityId, id }: Pick<Newsletter, 'municipalityId' | 'id'>, kind: string): string {
  return `/nieuwsbrieven/beeld/${municipalityId}/${id}/${kind}.png`;
}

/** Of an issue that was mailed, as an address to be signed: it opens that issue and nothing else, in the language of the mail. */
export function mailedPath({ municipalityId, id }: Pick<Newsletter, 'municipalityId' | 'id'>, locale: Locale): string {
  return `/nieuwsbrieven/mail/${municipalityId}/${id}/${locale}`;
}

/** Keys of what the bot owes about an issue. */
export const editorCardKey = ({ id, editorId }: Pick<Newsletter, 'id' | 'editorId'>) =>
  `newsletter-editor:${id}:${editorId}`;
export const issueKey = (newsletterId: string, receiverId: string) => `newsletter:${newsletterId}:${receiverId}`;
