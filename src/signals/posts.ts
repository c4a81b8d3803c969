import type { Post } from '../chat/feature.js';
import type { Db, Tx } from '../storage/database.js';
import { familyOf } from './family.js';
import { keysUnder } from '../storage/keys-under.js';

/** Keys of what the bot owes about a signal: each of these messages exists once. */
export const cardKey = (signalId: string) => `card:${signalId}`;
export const followKey = (signalId: string, channelId: string) => `follow:${signalId}:${channelId}`;
/** What is left of the owner's card in the channel of who owned the signal until this entry. */
export const movedKey = (signalId: string, entryId: string) => `moved:${signalId}:${entryId}`;
export const sectorKey = (signalId: string, personId: string) => `sector:${signalId}:${personId}`;
export const receiptKey = (signalId: string, personId: string) => `receipt:${signalId}:${personId}`;

/** Everyone who filed or confirmed this signal or one merged into it, also by way of another: they all hear of its steps. */
export async function findFilers(tx: Db | Tx, municipalityId: string, signalId: string): Promise<string[]> {
  const rows = await tx.$queryRaw<{ personId: string }[]>`
    WITH RECURSIVE ${familyOf(municipalityId, signalId)}
    SELECT person."id" AS "personId" FROM "Person" person
    WHERE person."municipalityId" = ${municipalityId}::uuid AND person."active" AND person."id" IN (
      SELECT filer."personId" FROM "SignalFiler" filer JOIN family ON filer."signalId" = family."id"
      WHERE filer."municipalityId" = ${municipalityId}::uuid
      UNION
      SELECT endorsement."personId" FROM "Endorsement" endorsement JOIN family ON endorsement."signalId" = family."id"
      WHERE endorsement."municipalityId" = ${municipalityId}::uuid AND endorsement."undoneAt" IS NULL
    )`;
  return rows.map((row) => row.personId);
}

/**
 * One notice of a timeline entry to each of these people, except to who did it: they see it happen.
 *
 * @param urgent the signal is acute: nobody's quiet hours hold it back.
 */
export function noticePosts(
  entry: { id: string; signalId: string },
  personIds: string[],
  byPersonId: string | undefined,
  urgent: boolean,
): Post[] {
  return personIds
    .filter((personId) => personId !== byPersonId)
    .map((personId) => ({
      key: `step:${entry.id}:${personId}`,
      to: { personId },
      view: 'signals.notice',
      params: { signalId: entry.signalId, entryId: entry.id, personId },
      urgent,
    }));
}

/** A timeline entry shown in the thread under the owner's card. */
export function threadPost(entry: { id: string; signalId: string }, channelId: string): Post {
  return {
    key: `thread:${entry.id}`,
    to: { channelId },
    view: 'signals.thread-entry',
    params: { signalId: entry.signalId, entryId: entry.id },
    threadKey: cardKey(entry.signalId),
  };
}

/** Keys of every message that shows the signal's present state. */
export async function liveKeys(tx: Tx, municipalityId: string, signalId: string): Promise<string[]> {
  const several = await tx.delivery.findMany({
    where: {
      municipalityId,
      OR: ['follow', 'receipt', 'moved', 'sector'].map((kind) => ({ key: keysUnder(`${kind}:${signalId}`) })),
    },
    select: { key: true },
  });
  return [cardKey(signalId), ...several.map(({ key }) => key)];
}
