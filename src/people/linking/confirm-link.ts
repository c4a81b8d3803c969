import { timingSafeEqual } from 'node:crypto';
import type { Context, Post } from '../../chat/feature.js';
import type { PlatformName } from '../../chat/platform.js';
import { isForeignKeyViolation, type Tx } from '../../storage/database.js';
import { chooseWhoStays, mergePeople, separatePeople } from './merge-people.js';
import { ATTEMPTS, codeKey, isAllowed, type LinkRefusal } from './request-link.js';

export type Linked =
  | { ok: true; platforms: [PlatformName, PlatformName] }
  | ({ ok: false } & (LinkRefusal | { code: 'LINK.WRONG_CODE'; left: number }));

/**
 * Holds the typed code against the request, and makes the two people one. Everything the request rested on is looked at
 * again: a quarter of an hour is long enough for somebody to be deactivated. Of two at once the second waits.
 */
export async function confirmLink(context: Context, requestId: string, typed: string): Promise<Linked> {
  try {
    return await context.write((tx) => confirm(tx, context, requestId, typed));
  } catch (error) {
    if (isForeignKeyViolation(error)) return { ok: false, code: 'LINK.TANGLED' };
    throw error;
  }
}

async function confirm(tx: Tx, context: Context, requestId: string, typed: string): Promise<Linked> {
  const { municipality, person, platform, now, outbox } = context;
  const municipalityId = municipality.id;
  const key = { municipalityId_id: { municipalityId, id: requestId } };
  await tx.$queryRaw`
    SELECT "id" FROM "LinkRequest" WHERE "municipalityId" = ${municipalityId}::uuid AND "id" = ${requestId}::uuid FOR UPDATE`;
  const request = await tx.linkRequest.findUnique({
    where: key,
    include: { account: { include: { person: true } }, person: { include: { accounts: true } } },
  });
  // Only from the account that asked: a code that somebody was talked out of is of no use anywhere else.
  if (request?.account.personId !== person.id || request.account.platform !== platform) {
    return { ok: false, code: 'LINK.GONE' };
  }
  if (request.expiresAt <= now) return { ok: false, code: 'LINK.EXPIRED' };
  if (request.attempts >= ATTEMPTS) return { ok: false, code: 'LINK.TRIED_OUT', until: request.expiresAt };
  if (!isSame(context.oneTimeCode(request.id), typed)) {
    const { attempts } = await tx.linkRequest.update({ where: key, data: { attempts: { increment: 1 } } });
    return attempts >= ATTEMPTS
      ? { ok: false, code: 'LINK.TRIED_OUT', until: request.expiresAt }
      : { ok: false, code: 'LINK.WRONG_CODE', left: ATTEMPTS - attempts };
  }
  const { account, person: other } = request;
  const email = account.email ?? '';
  const counterpart = other.accounts.find((each) => each.platform === request.platform && each.email === email);
  const stands =
    account.active &&
    account.person.active &&
    counterpart?.active &&
    other.active &&
    isAllowed(email, municipality.settings.linking.domains);
  if (!stands) return { ok: false, code: 'LINK.GONE' };
  const both = chooseWhoStays(account.person, other);
  if (!both) return { ok: false, code: 'LINK.BOTH_IN_FILE' };
  // Here is where they are now: that decides where they hear of things.
  await tx.account.update({
    where: { municipalityId_id: { municipalityId, id: account.id } },
    data: { lastUsedAt: now },
  });
  await tx.linkRequest.deleteMany({
    where: { municipalityId, OR: [{ personId: { in: [person.id, other.id] } }, { id: request.id }] },
  });
  const { linkId, stale } = await mergePeople(tx, {
    municipalityId,
    staysId: both.stays.id,
    goesId: both.goes.id,
    now,
  });
  const platforms = [account.platform, request.platform] as [PlatformName, PlatformName];
  await outbox.post(tx, municipalityId, sayOn(platforms, both.stays.id, linkId));
  await outbox.refresh(tx, municipalityId, [...stale, codeKey(request.id)]);
  return { ok: true, platforms };
}

/** Both accounts hear of it: somebody who did not do this sees it on the one they use. */
function sayOn([here, there]: [PlatformName, PlatformName], personId: string, linkId: string): Post[] {
  return [here, there].map((platform) => ({
    key: `linked:${linkId}:${platform}`,
    to: { personId },
    view: 'people.linked',
    params: { here, there },
    platform,
    urgent: true,
  }));
}

/** Takes a link back. False when it was taken back already. */
export async function undoLink(context: Context, linkId: string): Promise<boolean> {
  const { municipality, person, outbox } = context;
  return context.write(async (tx) => {
    const separated = await separatePeople(tx, { municipalityId: municipality.id, personId: person.id, linkId });
    if (!separated) return false;
    await outbox.refresh(tx, municipality.id, separated.stale);
    await outbox.post(
      tx,
      municipality.id,
      [person.id, separated.formerId].map((personId) => ({
        key: `unlinked:${linkId}:${personId}`,
        to: { personId },
        view: 'people.unlinked',
        params: {},
      })),
    );
    return true;
  });
}

/** Spaces and dashes are people's own; the comparison takes as long for a code that is nearly right. */
function isSame(code: string, typed: string): boolean {
  const digits = typed.replaceAll(/\D/g, '');
  return digits.length === code.length && timingSafeEqual(Buffer.from(digits), Buffer.from(code));
}
