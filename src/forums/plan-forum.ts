import { v7 as uuidv7 } from 'uuid';
import type { Context, Post } from '../chat/feature.js';
import { keysUnder } from '../storage/keys-under.js';
import type { Forum, Tx } from '../storage/database.js';
import { fillSeats, invitationKey } from './seats.js';
import { findAudience, lockForum } from './read-forums.js';

/** What somebody plans. */
export interface ForumPlan {
  title: string;
  startsAt: Date;
  minutes: number;
  place: string | undefined;
  onlineLink: string | undefined;
  /** Undefined: everyone fits. */
  capacity: number | undefined;
}

export type PlanResult =
  { ok: true; forum: Forum } | { ok: false; code: 'FORUM.GONE' | 'FORUM.CHANGED' | 'FORUM.OVER' };

type Planning = Pick<Context, 'write' | 'municipality' | 'person' | 'now' | 'outbox'>;

/** Plans a forum and invites everyone it is for: a message each, in a batch that waits behind what is urgent. */
export async function planForum(context: Planning, plan: ForumPlan): Promise<Forum> {
  const { municipality, now, outbox, person } = context;
  const municipalityId = municipality.id;
  return context.write(async (tx) => {
    const forum = await tx.forum.create({
      data: {
        ...rowOf(plan),
        municipalityId,
        id: uuidv7(),
        plannedById: person.id,
        createdAt: now,
        scheduledAt: now,
      },
    });
    await invite(tx, context, forum, await findAudience(tx, municipality));
    await outbox.post(tx, municipalityId, await channelPosts(tx, forum));
    return forum;
  });
}

function rowOf(plan: ForumPlan) {
  return {
    title: plan.title,
    startsAt: plan.startsAt,
    minutes: plan.minutes,
    place: plan.place ?? null,
    onlineLink: plan.onlineLink ?? null,
    capacity: plan.capacity ?? null,
  };
}

/** Also in the channels where signals are triaged: whoever reads along sees the date. */
async function channelPosts(tx: Tx, { municipalityId, id }: Forum): Promise<Post[]> {
  const channels = await tx.channel.findMany({
    where: { municipalityId, owner: { active: true } },
    select: { id: true },
  });
  return channels.map((channel) => ({
    key: `forum-channel:${id}:${channel.id}`,
    to: { channelId: channel.id },
    view: 'forums.announcement',
    params: { forumId: id },
  }));
}

/** Who was invited already keeps their answer, and gets no second message. */
export async function invite(
  tx: Tx,
  { outbox, now }: Pick<Context, 'outbox' | 'now'>,
  { municipalityId, id: forumId }: Pick<Forum, 'municipalityId' | 'id'>,
  personIds: string[],
  part: 'participant' | 'expert' | 'guest' = 'participant',
): Promise<void> {
  await tx.forumAttendee.createMany({
    data: personIds.map((personId) => ({
      municipalityId,
      forumId,
      personId,
      part,
      answer: 'invited',
      answeredAt: now,
    })),
    skipDuplicates: true,
  });
  await outbox.post(
    tx,
    municipalityId,
    personIds.map((personId) => ({
      key: invitationKey(forumId, personId),
      to: { personId },
      view: 'forums.invitation',
      params: { forumId, personId },
      batchId: forumId,
    })),
  );
}

/**
 * Changes what was planned. Everyone's invitation shows the new facts; who comes or waits hears of another day, hour or place.
 *
 * @param seen the forum's sequence as the person saw it.
 */
export async function changeForum(
  context: Planning,
  forumId: string,
  seen: number,
  plan: ForumPlan,
): Promise<PlanResult> {
  const { municipality, now } = context;
  return context.write(async (tx) => {
    const forum = await lockForum(tx, municipality.id, forumId);
    if (!forum || forum.status !== 'planned') return { ok: false, code: 'FORUM.GONE' };
    if (forum.sequence !== seen) return { ok: false, code: 'FORUM.CHANGED' };
    if (forum.startsAt <= now) return { ok: false, code: 'FORUM.OVER' };
    const moved = forum.startsAt.getTime() !== plan.startsAt.getTime();
    const elsewhere = forum.place !== (plan.place ?? null) || forum.onlineLink !== (plan.onlineLink ?? null);
    const changed = await tx.forum.update({
      where: { municipalityId_id: { municipalityId: municipality.id, id: forumId } },
      data: { ...rowOf(plan), sequence: { increment: 1 }, ...(moved && { scheduledAt: now }) },
    });
    await fillSeats(tx, context, changed);
    await showEverywhere(tx, context, forumId);
    const params = { before: forum.startsAt.toISOString() };
    const renamed = forum.title !== plan.title || forum.minutes !== plan.minutes;
    if (moved || elsewhere) await tell(tx, context, changed, 'forums.moved', params);
    // What stands in somebody's calendar cannot be edited like a message: only another mail moves it.
    else if (renamed) await tell(tx, context, changed, 'forums.moved', params, 'by mail');
    return { ok: true, forum: changed };
  });
}

/** Calls a forum off: who comes or waits is told why, and calendars take it away. */
export async function cancelForum(context: Planning, forumId: string, why: string): Promise<PlanResult> {
  const { municipality, now, outbox } = context;
  return context.write(async (tx) => {
    const forum = await lockForum(tx, municipality.id, forumId);
    if (!forum || forum.status !== 'planned') return { ok: false, code: 'FORUM.GONE' };
    if (forum.startsAt <= now) return { ok: false, code: 'FORUM.OVER' };
    const cancelled = await tx.forum.update({
      where: { municipalityId_id: { municipalityId: municipality.id, id: forumId } },
      data: { status: 'cancelled', report: why, sequence: { increment: 1 } },
    });
    // Invitations that did not go out yet never will.
    await outbox.cancel(tx, municipality.id, forumId);
    await showEverywhere(tx, context, forumId);
    await tell(tx, context, cancelled, 'forums.cancelled', {});
    return { ok: true, forum: cancelled };
  });
}

/** Every message that shows the forum's facts is rendered again. */
export async function showEverywhere(
  tx: Tx,
  { municipality, outbox }: Pick<Context, 'municipality' | 'outbox'>,
  forumId: string,
): Promise<void> {
  const shown = await tx.delivery.findMany({
    where: {
      municipalityId: municipality.id,
      status: 'sent',
      OR: [{ key: keysUnder(`forum:${forumId}`) }, { key: keysUnder(`forum-channel:${forumId}`) }],
    },
    select: { key: true },
  });
  await outbox.refresh(
    tx,
    municipality.id,
    shown.map(({ key }) => key),
  );
}

/**
 * A message to everyone with a seat or in the row, once for each change; also to who was invited by mail and said nothing: the
 * mail put the forum in their calendar.
 */
async function tell(
  tx: Tx,
  { outbox }: Pick<Context, 'outbox'>,
  { municipalityId, id: forumId, sequence }: Forum,
  view: string,
  params: Record<string, string>,
  whom: 'all' | 'by mail' = 'all',
): Promise<void> {
  const attendees = await tx.forumAttendee.findMany({
    where: { municipalityId, forumId, answer: { not: 'declined' }, person: { active: true } },
    select: { personId: true, answer: true },
  });
  const mailed = await findMailed(tx, municipalityId, forumId);
  const readers = attendees.filter(
    ({ personId, answer }) => mailed.has(personId) || (whom === 'all' && answer !== 'invited'),
  );
  await outbox.post(
    tx,
    municipalityId,
    readers.map(({ personId }) => ({
      key: `${view}:${forumId}:${sequence}:${personId}`,
      to: { personId },
      view,
      params: { forumId, personId, ...params },
    })),
  );
}

/** Who got the invitation as a mail. */
async function findMailed(tx: Tx, municipalityId: string, forumId: string): Promise<Set<string | null>> {
  const mails = await tx.delivery.findMany({
    where: { municipalityId, key: keysUnder(`forum:${forumId}`), platform: 'mail', status: 'sent' },
    select: { personId: true },
  });
  return new Set(mails.map(({ personId }) => personId));
}
