import { z } from 'zod';
import { defineListener, type Context } from '../chat/feature.js';
import { cardKey } from '../signals/posts.js';
import { ENDED } from '../signals/transitions.js';
import type { Tx } from '../storage/database.js';

/** Somebody's leave was written down, changed or cancelled. */
export const LEAVE_CHANGED = 'leave.changed';

/** After its commit: with a leave's own locks held, the cards' could wait for each other. */
export const hearLeaveChanged = defineListener(LEAVE_CHANGED, z.object({ personId: z.uuid() }), (tx, context, params) =>
  refreshCards(tx, context, params.personId),
);

/** Who may press what on somebody's cards changes with their leave: their open signals' cards are drawn again. */
export async function refreshCards(
  tx: Tx,
  { municipality, outbox }: Pick<Context, 'municipality' | 'outbox'>,
  ownerId: string,
): Promise<void> {
  const municipalityId = municipality.id;
  // In the order in which a step that touches several locks them.
  const open = await tx.$queryRaw<{ id: string }[]>`
    SELECT "id" FROM "Signal"
    WHERE "municipalityId" = ${municipalityId}::uuid AND "ownerId" = ${ownerId}::uuid
      AND "status" <> ALL(${[...ENDED]}::text[]::"SignalStatus"[])
    ORDER BY "id" FOR UPDATE`;
  await outbox.refresh(
    tx,
    municipalityId,
    open.map(({ id }) => cardKey(id)),
  );
}
