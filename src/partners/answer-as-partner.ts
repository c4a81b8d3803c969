import { may } from '../people/roles.js';
import { hashOf } from '../sign-in/secret-token.js';
import { findMergedInto } from '../signals/merged-into.js';
import { lockSignal, recordEntry, type Working } from '../signals/work-on-signal.js';
import type { Db } from '../storage/database.js';

/** Why a link does nothing (any more); each has its own page. */
export type LinkState = 'unknown' | 'expired' | 'revoked' | 'answered';

/** The request behind a link, whatever its state. Looking changes nothing: previews of links look too. */
export async function findRequest(db: Db, token: string, now: Date) {
  const request = await db.partnerRequest.findUnique({
    where: { tokenHash: hashOf(token) },
    include: {
      askedBy: true,
      signal: { include: { neighbourhoods: { include: { neighbourhood: { select: { name: true } } } } } },
    },
  });
  if (!request) return { state: 'unknown' as const };
  if (request.revokedAt) return { state: 'revoked' as const, request };
  if (request.answeredAt) return { state: 'answered' as const, request };
  if (request.expiresAt <= now) return { state: 'expired' as const, request };
  return { state: 'open' as const, request };
}

/**
 * A partner's one answer, as an internal entry: the regisseur decides what the filers hear of it. On a signal that was
 * merged meanwhile it stands where that one goes on.
 *
 * @param context of who gave the link; the entry itself names nobody but the organisation.
 * @returns `open` when it was written, else what became of the link meanwhile: of two at once one is written.
 */
export async function answerAsPartner(
  context: Working,
  answer: { requestId: string; text: string },
): Promise<'open' | LinkState> {
  const { municipality, now } = context;
  const municipalityId = municipality.id;
  if (!may({ roles: [], active: true }, 'answer as a partner', ['partner'])) return 'unknown';
  return context.write(async (tx) => {
    const found = await tx.partnerRequest.findUnique({
      where: { municipalityId_id: { municipalityId, id: answer.requestId } },
      include: { signal: true },
    });
    if (!found) return 'unknown';
    const { count } = await tx.partnerRequest.updateMany({
      where: { municipalityId, id: found.id, answeredAt: null, revokedAt: null, expiresAt: { gt: now } },
      data: { answeredAt: now },
    });
    if (count === 0) return found.revokedAt ? 'revoked' : found.expiresAt <= now ? 'expired' : 'answered';
    const goesOnIn = (await findMergedInto(tx, found.signal)).at(-1)?.id;
    const signal = await lockSignal(tx, municipalityId, goesOnIn ?? found.signalId);
    if (!signal) return 'unknown';
    await recordEntry(tx, { ...context, person: null, platform: 'web' }, signal, {
      kind: 'partner_answered',
      visibility: 'internal',
      text: answer.text,
      data: { partner: found.organisation },
      tellFilers: false,
      inThread: true,
    });
    return 'open';
  });
}
