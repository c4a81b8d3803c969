import type { Outbox } from '../chat/feature.js';
import { giveToEditor } from '../newsletters/draft-newsletter.js';
import { cardKey } from '../signals/posts.js';
import type { Db, SignalStatus } from '../storage/database.js';

/** What a regisseur has to decide on: of what was decided, the site and the lists tell. */
const TO_TRIAGE: SignalStatus[] = ['received', 'in_review', 'needs_info'];

/**
 * Lays the demo before who works with it, as if it had come in through the bot: the signals that wait for triage as cards in
 * their owners' channels, oldest first, and the draft of the newsletter in its editor's chat. Loading the demo queues
 * nothing; this does, at every start, and each thing once.
 */
export async function showDemo(db: Db, outbox: Outbox, municipalityId: string): Promise<void> {
  const signals = await db.signal.findMany({
    where: { municipalityId, demo: true, status: { in: TO_TRIAGE } },
    select: { id: true, owner: { select: { channels: { select: { id: true } } } } },
    orderBy: { filedAt: 'asc' },
  });
  const cards = signals.flatMap(({ id, owner }) =>
    owner.channels.slice(0, 1).map((channel) => ({
      key: cardKey(id),
      to: { channelId: channel.id },
      view: 'signals.card',
      params: { signalId: id },
    })),
  );
  const drafts = await db.newsletter.findMany({ where: { municipalityId, demo: true, status: 'draft' } });
  await db.$transaction(async (tx) => {
    await outbox.post(tx, municipalityId, cards);
    for (const draft of drafts) await giveToEditor({ tx, municipality: { id: municipalityId }, outbox }, draft);
  });
}
