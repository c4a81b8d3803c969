import type { Context } from '../chat/feature.js';
import { cardKey } from '../signals/posts.js';
import { ENDED } from '../signals/transitions.js';
import type { Tx } from '../storage/database.js';

/** Who may press what on somebody's cards changes with their leave: their open signals' cards are drawn again. */
export async function refreshCards(
  tx: Tx,
  { municipality, outbox }: Pick<Context, 'municipality' | 'outbox'>,
  ownerId: string,
): Promise<void> {
  const municipalityId = municipality.id;
  const open = await tx.signal.findMany({
    where: { municipalityId, ownerId, status: { notIn: [...ENDED] } },
    select: { id: true },
  });
  await outbox.refresh(
    tx,
    municipalityId,
    open.map(({ id }) => cardKey(id)),
  );
}
