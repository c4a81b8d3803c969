import type { Context, Post } from '../chat/feature.js';
import type { Forum, Tx } from '../storage/database.js';
import { lockForum } from './read-forums.js';
import { seatsToGive } from './rules.js';

export type SeatResult =
  | { ok: true; forum: Forum; answer: 'coming' | 'waiting' | 'declined' }
  | { ok: false; code: 'FORUM.GONE' | 'FORUM.CANCELLED' | 'FORUM.OVER' };

/** Keys of what the bot owes about a forum. */
export const invitationKey = (forumId: string, personId: string) => `forum:${forumId}:${personId}`;

/**
 * Somebody comes, or does not. Without a seat left they wait; who gives a seat back hands it to who waits longest, who is
 * told. The same answer again changes nothing: nobody loses a place in the row by asking twice.
 */
export async function answerInvitation(context: Context, forumId: string, comes: boolean): Promise<SeatResult> {
  const { municipality, now, outbox, person } = context;
  const municipalityId = municipality.id;
  return context.write(async (tx) => {
    const forum = await lockForum(tx, municipalityId, forumId);
    if (!forum) return { ok: false, code: 'FORUM.GONE' };
    if (forum.status === 'cancelled') return { ok: false, code: 'FORUM.CANCELLED' };
    if (forum.startsAt <= now) return { ok: false, code: 'FORUM.OVER' };
    const where = { municipalityId_forumId_personId: { municipalityId, forumId, personId: person.id } };
    const before = (await tx.forumAttendee.findUnique({ where }))?.answer;
    const stays = comes ? before === 'coming' || before === 'waiting' : before === 'declined';
    if (stays && before !== 'invited' && before !== undefined) return { ok: true, forum, answer: before };
    const answer = !comes ? 'declined' : (await seatLeft(tx, forum)) ? 'coming' : 'waiting';
    await tx.forumAttendee.upsert({
      where,
      create: { municipalityId, forumId, personId: person.id, answer, answeredAt: now },
      update: { answer, answeredAt: now },
    });
    await fillSeats(tx, context, forum);
    await outbox.refresh(tx, municipalityId, [invitationKey(forumId, person.id)]);
    return { ok: true, forum, answer };
  });
}

async function seatLeft(tx: Tx, forum: Forum): Promise<boolean> {
  if (forum.capacity === null) return true;
  return (await countAnswer(tx, forum, 'coming')) < forum.capacity;
}

function countAnswer(tx: Tx, { municipalityId, id }: Forum, answer: 'coming' | 'waiting'): Promise<number> {
  return tx.forumAttendee.count({ where: { municipalityId, forumId: id, answer } });
}

/** Gives free seats to those who wait longest, and tells them. The forum is locked. */
export async function fillSeats(tx: Tx, { outbox }: Pick<Context, 'outbox'>, forum: Forum): Promise<void> {
  const { municipalityId, id: forumId } = forum;
  const coming = await countAnswer(tx, forum, 'coming');
  const waiting = await countAnswer(tx, forum, 'waiting');
  const seats = seatsToGive(forum.capacity, coming, waiting);
  if (seats === 0) return;
  const lucky = await tx.forumAttendee.findMany({
    where: { municipalityId, forumId, answer: 'waiting' },
    orderBy: [{ answeredAt: 'asc' }, { personId: 'asc' }],
    take: seats,
  });
  const personIds = lucky.map(({ personId }) => personId);
  await tx.forumAttendee.updateMany({
    where: { municipalityId, forumId, personId: { in: personIds } },
    data: { answer: 'coming' },
  });
  await outbox.post(
    tx,
    municipalityId,
    lucky.map(({ personId, answeredAt }): Post => ({
      // Somebody can give up a seat, wait again and get one again.
      key: `forum-seat:${forumId}:${personId}:${answeredAt.getTime()}`,
      to: { personId },
      view: 'forums.seat',
      params: { forumId, personId },
    })),
  );
  await outbox.refresh(
    tx,
    municipalityId,
    personIds.map((personId) => invitationKey(forumId, personId)),
  );
}
