import { may } from '../people/roles.js';
import type { SignalRoute } from '../signals/owner-card.js';
import { cardKey, movedKey, threadPost } from '../signals/posts.js';
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
import type { Person, Signal, Tx } from '../storage/database.js';

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
    return moveToOwner(tx, context, signal, recipient, transfer.why);
  });
}

function refuseRecipient(signal: Signal, recipient: Person | null): Refusal | null {
  if (!recipient) return { code: 'TRANSFER.UNKNOWN' };
  const { name } = recipient;
  if (!recipient.active) return { code: 'TRANSFER.INACTIVE', name };
  if (!may(recipient, 'follow up signals')) return { code: 'TRANSFER.NO_REGISSEUR', name };
  return recipient.id === signal.ownerId ? { code: 'TRANSFER.SAME', name } : null;
}

/** Gives a locked signal to this owner, with everything that follows; whether that may be is the caller's to know. */
async function moveToOwner(
  tx: Tx,
  context: Working,
  signal: Signal,
  recipient: Pick<Person, 'id' | 'name'>,
  why: string,
): Promise<StepResult> {
  const { municipalityId, id: signalId, ownerId: formerId } = signal;
  const route: SignalRoute = { rule: 'transferred', regisseurId: formerId };
  const recorded = await recordEntry(tx, context, signal, {
    kind: 'transferred',
    visibility: 'public',
    text: why,
    data: { owner: recipient.name },
    tellFilers: true,
    inThread: false,
    // Who still looks at the old card sees that it changed.
    change: { ownerId: recipient.id, route, version: { increment: 1 } },
  });
  const entryId = recorded.entry.id;
  const channel = await tx.channel.findUnique({
    where: { municipalityId_ownerId: { municipalityId, ownerId: recipient.id } },
  });
  await context.outbox.replace(tx, municipalityId, cardKey(signalId), {
    key: movedKey(signalId, entryId),
    view: 'transfer.moved-card',
  });
  await context.outbox.post(tx, municipalityId, [
    ...(channel
      ? [
          { key: cardKey(signalId), to: { channelId: channel.id }, view: 'signals.card', params: { signalId } },
          threadPost(recorded.entry, channel.id),
        ]
      : []),
    ...[formerId, recipient.id]
      .filter((personId) => personId !== context.person.id)
      .map((personId) => ({
        key: `transfer:${entryId}:${personId}`,
        to: { personId },
        view: 'transfer.told',
        params: { signalId, entryId },
      })),
  ]);
  return recorded;
}
