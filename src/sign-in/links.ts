import type { Context } from '../chat/feature.js';
import type { Db } from '../storage/database.js';
import { hashOf, makeToken } from './secret-token.js';
import { startSession } from './sessions.js';

/** Long enough to switch to a browser, short enough that a link left in a chat is worth nothing. */
const LINK_LIFETIME_MS = 15 * 60_000;

/**
 * Makes this person's link to the pages; the ones before stop working. Only its hash is kept.
 *
 * @returns the absolute address, and until when it works.
 */
export async function issueLink({ person, municipality, now, url, write }: Context) {
  const { token, hash } = makeToken();
  const expiresAt = new Date(now.getTime() + LINK_LIFETIME_MS);
  const theirs = { municipalityId: municipality.id, personId: person.id };
  await write(async (tx) => {
    await tx.signInLink.deleteMany({ where: theirs });
    await tx.signInLink.create({ data: { ...theirs, tokenHash: hash, expiresAt } });
  });
  return { address: url(`/aanmelden/${token}`), expiresAt };
}

/** Whether the link still works. Looking changes nothing: previews of links look too. */
export async function linkWorks(db: Db, token: string, now: Date): Promise<boolean> {
  return (await findLink(db, token, now)) !== undefined;
}

/**
 * Uses the link up and signs its person in.
 *
 * @returns the session's token, for the cookie; undefined when the link was used, is too old or never existed, or its
 *   person is not active any more.
 */
export async function useLink(db: Db, token: string, now: Date): Promise<string | undefined> {
  const link = await findLink(db, token, now);
  if (!link) return undefined;
  const { municipalityId, personId } = link;
  return db.$transaction(async (tx) => {
    // Of two at once the database lets one through.
    const { count } = await tx.signInLink.updateMany({
      where: { municipalityId, id: link.id, usedAt: null },
      data: { usedAt: now },
    });
    return count === 1 ? startSession(tx, { municipalityId, personId, via: 'link' }, now) : undefined;
  });
}

async function findLink(db: Db, token: string, now: Date) {
  const link = await db.signInLink.findUnique({ where: { tokenHash: hashOf(token) }, include: { person: true } });
  const works = link && link.usedAt === null && link.expiresAt > now && link.person.active;
  return works ? link : undefined;
}
