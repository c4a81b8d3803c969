import { v7 as uuidv7 } from 'uuid';
import type { Context } from '../../chat/feature.js';
import type { PlatformName } from '../../chat/platform.js';
import type { Account, LinkRequest } from '../../storage/database.js';
import { chooseWhoStays } from './merge-people.js';

/** Long enough to find the other chat, short enough that a code left lying about is worth nothing. */
const CODE_MINUTES = 15;
/** Wrong codes before no code is taken until the time is up. */
export const ATTEMPTS = 5;

/** Why accounts cannot be linked (now); the words for each stand in `texts.ts` under `refused.<code>`. */
export type LinkRefusal =
  /** The municipality file names no domains. */
  | { code: 'LINK.OFF' }
  /** This platform confirmed no address of theirs. */
  | { code: 'LINK.NO_ADDRESS' }
  | { code: 'LINK.DOMAIN'; domains: string[] }
  /** No other account has this address; or it belongs to the same person already. */
  | { code: 'LINK.NOBODY' | 'LINK.ALREADY'; email: string }
  | { code: 'LINK.BOTH_IN_FILE' }
  | { code: 'LINK.TRIED_OUT'; until: Date }
  | { code: 'LINK.EXPIRED' }
  /** Undone, answered, or never theirs. */
  | { code: 'LINK.GONE' }
  /** Both have something that there can be one of. */
  | { code: 'LINK.TANGLED' };

export type RequestedLink = { ok: true; request: LinkRequest } | ({ ok: false } & LinkRefusal);

/**
 * Asks to be one person with the account on another platform that has the same confirmed address, and sends a code there.
 * No address is ever typed: nobody can find out with this which addresses exist. While a code is out no other is sent.
 */
export async function requestLink(context: Context): Promise<RequestedLink> {
  const { db, municipality, person, platform, now, outbox } = context;
  const municipalityId = municipality.id;
  const { domains } = municipality.settings.linking;
  if (domains.length === 0) return { ok: false, code: 'LINK.OFF' };
  const accounts = await db.account.findMany({
    where: { municipalityId, personId: person.id, platform, active: true, email: { not: null } },
    orderBy: { lastUsedAt: { sort: 'desc', nulls: 'last' } },
  });
  const [account] = accounts;
  const email = account?.email;
  if (!account || !email) return { ok: false, code: 'LINK.NO_ADDRESS' };
  if (!isAllowed(email, domains)) return { ok: false, code: 'LINK.DOMAIN', domains };
  const others = await db.account.findMany({
    // An address for mail proves nothing more than the address does.
    where: { municipalityId, email, platform: { notIn: [platform, 'mail'] }, active: true, person: { active: true } },
    orderBy: { lastUsedAt: { sort: 'desc', nulls: 'last' } },
    include: { person: true },
  });
  const other = others.find(({ personId }) => personId !== person.id);
  if (!other) return { ok: false, code: others.length > 0 ? 'LINK.ALREADY' : 'LINK.NOBODY', email };
  if (!chooseWhoStays(person, other.person)) return { ok: false, code: 'LINK.BOTH_IN_FILE' };
  return context.write(async (tx): Promise<RequestedLink> => {
    // Of two requests at once the second finds the first one's code.
    await tx.$queryRaw`
      SELECT "id" FROM "Account" WHERE "municipalityId" = ${municipalityId}::uuid AND "id" = ${account.id}::uuid FOR UPDATE`;
    const key = { municipalityId_accountId: { municipalityId, accountId: account.id } };
    const open = await tx.linkRequest.findUnique({ where: key });
    if (open && open.expiresAt > now) {
      return open.attempts >= ATTEMPTS
        ? { ok: false, code: 'LINK.TRIED_OUT', until: open.expiresAt }
        : { ok: true, request: open };
    }
    if (open) await tx.linkRequest.delete({ where: key });
    const request = await tx.linkRequest.create({
      data: {
        municipalityId,
        id: uuidv7(),
        accountId: account.id,
        personId: other.personId,
        platform: other.platform,
        expiresAt: new Date(now.getTime() + CODE_MINUTES * 60_000),
      },
    });
    await outbox.post(tx, municipalityId, [
      {
        key: codeKey(request.id),
        to: { personId: other.personId },
        view: 'people.link-code',
        params: { requestId: request.id },
        platform: other.platform as PlatformName,
        // They wait for it now.
        urgent: true,
      },
    ]);
    return { ok: true, request };
  });
}

/** Key of the message with the code. */
export const codeKey = (requestId: string) => `link-code:${requestId}`;

/** Whole domains alone: `gent.be` allows no `x.gent.be`, which may be somebody else's. */
export function isAllowed(email: NonNullable<Account['email']>, domains: string[]): boolean {
  return domains.includes(email.slice(email.lastIndexOf('@') + 1).toLowerCase());
}
