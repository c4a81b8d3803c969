import type { Db, Person, Tx } from '../storage/database.js';
import { hashOf, makeToken } from './secret-token.js';

/** Nobody looked for half a day: a shared computer at a desk is somebody else's by then. */
const IDLE_MS = 12 * 3_600_000;
/** However often it is used. */
export const SESSION_LIFETIME_MS = 30 * 24 * 3_600_000;
/** `lastSeenAt` is written at most this often: reading a page should not write. */
const SEEN_EVERY_MS = 5 * 60_000;

/** How somebody signed in: by the personal link, or by Teams in its tab. */
export type SignedInVia = 'link' | 'teams';

/** @returns the token for the cookie; only its hash is kept. Sessions of theirs that ended are cleared away. */
export async function startSession(
  tx: Tx,
  who: { municipalityId: string; personId: string; via: SignedInVia },
  now: Date,
): Promise<string> {
  const { token, hash } = makeToken();
  const { municipalityId, personId } = who;
  await tx.signInSession.deleteMany({
    where: {
      municipalityId,
      personId,
      OR: [{ lastSeenAt: { lt: ago(now, IDLE_MS) } }, { startedAt: { lt: ago(now, SESSION_LIFETIME_MS) } }],
    },
  });
  await tx.signInSession.create({ data: { ...who, tokenHash: hash, startedAt: now, lastSeenAt: now } });
  return token;
}

export interface Session {
  person: Person;
  via: SignedInVia;
}

/** @returns undefined for a token that was never given out, ended, or is of somebody who is not active any more. */
export async function readSession(db: Db, token: string, now: Date): Promise<Session | undefined> {
  const row = await db.signInSession.findUnique({ where: { tokenHash: hashOf(token) }, include: { person: true } });
  if (!row?.person.active) return undefined;
  if (row.lastSeenAt < ago(now, IDLE_MS) || row.startedAt < ago(now, SESSION_LIFETIME_MS)) return undefined;
  if (row.lastSeenAt < ago(now, SEEN_EVERY_MS)) {
    // Many, not one: it may be signed out at this very moment.
    await db.signInSession.updateMany({
      where: { municipalityId: row.municipalityId, id: row.id },
      data: { lastSeenAt: now },
    });
  }
  return { person: row.person, via: row.via === 'teams' ? 'teams' : 'link' };
}

/** Signs out in the browser with this cookie. */
export async function endSession(db: Db, token: string): Promise<void> {
  const row = await db.signInSession.findUnique({ where: { tokenHash: hashOf(token) } });
  if (!row) return;
  await db.signInSession.deleteMany({ where: { municipalityId: row.municipalityId, id: row.id } });
}

/** Signs these people out everywhere, and makes their links useless. @returns how many sessions ended. */
export async function endAllSessions(tx: Tx, municipalityId: string, personIds: string[]): Promise<number> {
  const where = { municipalityId, personId: { in: personIds } };
  await tx.signInLink.deleteMany({ where });
  const { count } = await tx.signInSession.deleteMany({ where });
  return count;
}

function ago(now: Date, ms: number): Date {
  return new Date(now.getTime() - ms);
}
