import { v7 as uuidv7 } from 'uuid';
import type { Context, Post } from '../chat/feature.js';
import { isUniqueViolation } from '../storage/database.js';
import { lockForum, readForum, type Topic } from './read-forums.js';
import { showEverywhere } from './plan-forum.js';
import { VOTES } from './rules.js';

type Choosing = Pick<Context, 'db' | 'write' | 'municipality' | 'person' | 'now' | 'outbox'>;

export type TopicResult =
  { ok: true } | { ok: false; code: 'FORUM.GONE' | 'FORUM.OVER' | 'TOPIC.THERE' | 'TOPIC.TOO_MANY' | 'TOPIC.UNKNOWN' };

/** Puts a signal or a theme on the shortlist. */
export async function putForward(
  context: Choosing,
  forumId: string,
  topic: { signalId: string } | { theme: string },
): Promise<TopicResult> {
  const { municipality, now, person } = context;
  const municipalityId = municipality.id;
  try {
    return await context.write(async (tx) => {
      const forum = await lockForum(tx, municipalityId, forumId);
      if (!forum || forum.status !== 'planned') return { ok: false, code: 'FORUM.GONE' };
      if (forum.startsAt <= now) return { ok: false, code: 'FORUM.OVER' };
      if ('signalId' in topic) {
        const id = topic.signalId;
        if (!(await tx.signal.findUnique({ where: { municipalityId_id: { municipalityId, id } } })))
          return { ok: false, code: 'TOPIC.UNKNOWN' };
      }
      await tx.forumTopic.create({
        data: { municipalityId, id: uuidv7(), forumId, ...topic, addedById: person.id, addedAt: now },
      });
      return { ok: true };
    });
  } catch (error) {
    if (isUniqueViolation(error)) return { ok: false, code: 'TOPIC.THERE' };
    throw error;
  }
}

/** This person's votes, instead of the ones they gave before. */
export async function vote(context: Choosing, forumId: string, topicIds: string[]): Promise<TopicResult> {
  const { municipality, now, person } = context;
  const municipalityId = municipality.id;
  if (topicIds.length > VOTES) return { ok: false, code: 'TOPIC.TOO_MANY' };
  return context.write(async (tx) => {
    const forum = await lockForum(tx, municipalityId, forumId);
    if (!forum || forum.status !== 'planned') return { ok: false, code: 'FORUM.GONE' };
    if (forum.startsAt <= now) return { ok: false, code: 'FORUM.OVER' };
    const known = await tx.forumTopic.count({ where: { municipalityId, forumId, id: { in: topicIds } } });
    if (known !== new Set(topicIds).size) return { ok: false, code: 'TOPIC.UNKNOWN' };
    await tx.forumVote.deleteMany({ where: { municipalityId, personId: person.id, topic: { forumId } } });
    await tx.forumVote.createMany({
      data: topicIds.map((topicId) => ({ municipalityId, topicId, personId: person.id })),
    });
    return { ok: true };
  });
}

/**
 * Fixes the agenda: these topics, most votes first. Owners of chosen signals are asked to take the step "op het forum"
 * themselves: it is theirs to take.
 */
export async function setAgenda(context: Choosing, forumId: string, topicIds: string[]): Promise<TopicResult> {
  const { municipality, now, outbox } = context;
  const municipalityId = municipality.id;
  return context.write(async (tx) => {
    const locked = await lockForum(tx, municipalityId, forumId);
    const forum = await readForum(tx, municipalityId, forumId);
    if (!locked || !forum || forum.status !== 'planned') return { ok: false, code: 'FORUM.GONE' };
    const chosen = forum.topics.filter(({ id }) => topicIds.includes(id));
    if (chosen.length !== new Set(topicIds).size) return { ok: false, code: 'TOPIC.UNKNOWN' };
    await tx.forumTopic.updateMany({ where: { municipalityId, forumId }, data: { position: null } });
    for (const [index, { id }] of chosen.entries()) {
      await tx.forumTopic.update({
        where: { municipalityId_id: { municipalityId, id } },
        data: { position: index + 1 },
      });
    }
    await tx.forum.update({
      where: { municipalityId_id: { municipalityId, id: forumId } },
      data: { agendaAt: now, sequence: { increment: 1 } },
    });
    await showEverywhere(tx, context, forumId);
    await outbox.post(tx, municipalityId, chosen.flatMap(ownerPost(forumId)));
    return { ok: true };
  });
}

const ownerPost =
  (forumId: string) =>
  ({ signal }: Topic): Post[] =>
    signal?.status === 'accepted'
      ? [
          {
            key: `forum-chosen:${forumId}:${signal.id}`,
            to: { personId: signal.ownerId },
            view: 'forums.chosen',
            params: { forumId, signalId: signal.id },
          },
        ]
      : [];
