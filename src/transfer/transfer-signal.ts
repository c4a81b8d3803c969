import { may } from '../people/roles.js';
import type { SignalRoute } from '../signals/owner-card.js';
import { ENDED } from '../signals/transitions.js';
import {
  lockSignal,
  refuseIfChanged,
  refuseUnlessMay,
  type Refusal,
  type StepResult,
  type Working,
} from '../signals/work-on-signal.js';
import type { Person, Signal } from '../storage/database.js';
import { moveToOwner } from './move-to-owner.js';

/**
 * Another regisseur, or the coordinator, follows the signal from now on: both are told, so is every filer, and the card
 * moves to the new owner's channel.
 */
export async function transferSignal(
  context: Working,
  transfer: { signalId: string; seenVersion: number; toPersonId: string; why: string },
): Promise<StepResult> {
  return context.write(async (tx): Promise<StepResult> => {
    const signal = await lockSignal(tx, context.municipality.id, transfer.signalId);
    if (!signal) return { ok: false, code: 'SIGNAL.GONE' };
    const refusal =
      (await refuseUnlessMay(tx, context, 'transfer a signal', signal)) ??
      (await refuseIfChanged(tx, signal, transfer.seenVersion));
    if (refusal) return { ok: false, ...refusal };
    if (ENDED.includes(signal.status)) return { ok: false, code: 'SIGNAL.NOT_POSSIBLE', status: signal.status };
    const recipient = await tx.person.findUnique({
      where: { municipalityId_id: { municipalityId: signal.municipalityId, id: transfer.toPersonId } },
    });
    const unfit = refuseRecipient(signal, recipient);
    if (unfit || !recipient) return { ok: false, ...(unfit ?? { code: 'TRANSFER.UNKNOWN' }) };
    const route: SignalRoute = { rule: 'transferred', regisseurId: signal.ownerId };
    return moveToOwner(tx, context, signal, recipient, { why: transfer.why, route, tellEach: true });
  });
}

function refuseRecipient(signal: Signal, recipient: Person | null): Refusal | null {
  if (!recipient) return { code: 'TRANSFER.UNKNOWN' };
  const { name } = recipient;
  if (!recipient.active) return { code: 'TRANSFER.INACTIVE', name };
  if (!may(recipient, 'follow up signals')) return { code: 'TRANSFER.NO_REGISSEUR', name };
  return recipient.id === signal.ownerId ? { code: 'TRANSFER.SAME', name } : null;
}
