import { hashOf, makeToken } from '../sign-in/secret-token.js';
import { ENDED } from '../signals/transitions.js';
import {
  lockSignal,
  recordEntry,
  refuseIfChanged,
  refuseUnlessMay,
  type Refusal,
  type StepResult,
  type Working,
} from '../signals/work-on-signal.js';
import type { Context } from '../chat/feature.js';

/** Long enough for an organisation that meets once a month, and each link can be withdrawn sooner. */
const PARTNER_LINK_DAYS = 30;
const DAY_MS = 86_400_000;

/**
 * Asks an organisation without an account something about a signal.
 *
 * @returns with the link's absolute address, which is given once and kept nowhere, and until when it works.
 */
export async function askPartner(
  context: Working & Pick<Context, 'url'>,
  ask: { signalId: string; seenVersion: number; organisation: string; question: string },
): Promise<StepResult & { address?: string; expiresAt?: Date }> {
  const municipalityId = context.municipality.id;
  return context.write(async (tx): Promise<StepResult & { address?: string; expiresAt?: Date }> => {
    const signal = await lockSignal(tx, municipalityId, ask.signalId);
    if (!signal) return { ok: false, code: 'SIGNAL.GONE' };
    const refusal: Refusal | null =
      (await refuseUnlessMay(tx, context, 'ask a partner', signal)) ??
      (await refuseIfChanged(tx, signal, ask.seenVersion));
    if (refusal) return { ok: false, ...refusal };
    if (ENDED.includes(signal.status)) return { ok: false, code: 'SIGNAL.NOT_POSSIBLE', status: signal.status };
    const { token } = makeToken();
    const expiresAt = new Date(context.now.getTime() + PARTNER_LINK_DAYS * DAY_MS);
    await tx.partnerRequest.create({
      data: {
        municipalityId,
        signalId: signal.id,
        organisation: ask.organisation,
        question: ask.question,
        tokenHash: hashOf(token),
        askedById: context.person.id,
        askedAt: context.now,
        expiresAt,
      },
    });
    const recorded = await recordEntry(tx, context, signal, {
      kind: 'partner_asked',
      visibility: 'internal',
      text: ask.question,
      data: { partner: ask.organisation },
      tellFilers: false,
      inThread: true,
    });
    return { ...recorded, address: context.url(`/partner/${token}`), expiresAt };
  });
}

/** Withdraws a partner's link: from this moment on it does nothing. */
export async function endPartnerLink(
  context: Working,
  end: { signalId: string; requestId: string; why: string },
): Promise<StepResult> {
  return context.write(async (tx): Promise<StepResult> => {
    const municipalityId = context.municipality.id;
    const signal = await lockSignal(tx, municipalityId, end.signalId);
    if (!signal) return { ok: false, code: 'SIGNAL.GONE' };
    const refusal = await refuseUnlessMay(tx, context, 'ask a partner', signal);
    if (refusal) return { ok: false, ...refusal };
    const [ended] = await tx.partnerRequest.updateManyAndReturn({
      where: { municipalityId, id: end.requestId, signalId: signal.id, revokedAt: null, answeredAt: null },
      data: { revokedAt: context.now },
      select: { organisation: true },
    });
    if (!ended) return { ok: false, code: 'PARTNER.NOTHING_OPEN' };
    return recordEntry(tx, context, signal, {
      kind: 'partner_ended',
      visibility: 'internal',
      text: end.why,
      data: { partner: ended.organisation },
      tellFilers: false,
      inThread: true,
    });
  });
}
