import type { Surface } from '../chat/platform.js';
import type { SignalRoute } from '../signals/owner-card.js';
import { cardKey, movedKey, threadPost } from '../signals/posts.js';
import { recordEntry, type Working } from '../signals/work-on-signal.js';
import type { Person, Signal, TimelineEntry, Tx } from '../storage/database.js';

/** Nobody with an account, when an assignment or a departure brings it about. */
type Moving = Pick<Working, 'municipality' | 'now' | 'outbox'> & {
  person: Pick<Person, 'id'> | null;
  platform: Surface | 'system';
};

/**
 * Gives a locked signal to this owner, with everything that follows: its line on the timeline, and the card, which goes to the
 * new owner's channel and leaves word in the old one. Whether that may be is the caller's to know.
 *
 * @param move.tellEach the filers, the former and the new owner each hear of this signal; false: the caller tells them.
 */
export async function moveToOwner(
  tx: Tx,
  context: Moving,
  signal: Signal,
  recipient: Pick<Person, 'id' | 'name'>,
  { why, route, tellEach }: { why: string; route: SignalRoute; tellEach: boolean },
): Promise<{ ok: true; signal: Signal; entry: TimelineEntry }> {
  const { municipalityId, id: signalId, ownerId: formerId } = signal;
  const recorded = await recordEntry(tx, context, signal, {
    kind: 'transferred',
    visibility: 'public',
    text: why,
    data: { owner: recipient.name },
    tellFilers: tellEach,
    inThread: false,
    // Who still looks at the old card sees that it changed.
    change: { ownerId: recipient.id, route: { ...route }, version: { increment: 1 } },
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
    ...(tellEach ? [formerId, recipient.id] : [])
      .filter((personId) => personId !== context.person?.id)
      .map((personId) => ({
        key: `transfer:${entryId}:${personId}`,
        to: { personId },
        view: 'transfer.told',
        params: { signalId, entryId },
      })),
  ]);
  return recorded;
}
