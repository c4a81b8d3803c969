import type { MunicipalityInfo } from '../chat/feature.js';
import { whereMayTell } from '../chat/subscriptions.js';
import type { Db, Forum, ForumAnswer, Prisma, Tx } from '../storage/database.js';
import { rankTopics } from './rules.js';
import { forumSubscription } from './subscription.js';

const TOPIC = {
  signal: { select: { id: true, reference: true, title: true, status: true, version: true, ownerId: true } },
  _count: { select: { votes: true } },
} satisfies Prisma.ForumTopicInclude;

export type Topic = Omit<Prisma.ForumTopicGetPayload<{ include: typeof TOPIC }>, '_count'> & { votes: number };

export interface ForumDetail extends Forum {
  /** Most votes first. */
  topics: Topic[];
  counts: Record<ForumAnswer, number>;
  tracks: { id: string; title: string; description: string; signals: { reference: string; title: string }[] }[];
}

export function findForum(db: Db | Tx, municipalityId: string, id: string): Promise<Forum | null> {
  return db.forum.findUnique({ where: { municipalityId_id: { municipalityId, id } } });
}

/** Locks a forum for the rest of the transaction: of two people who want the last seat one gets it. */
export async function lockForum(tx: Tx, municipalityId: string, id: string): Promise<Forum | null> {
  await tx.$queryRaw`
    SELECT "id" FROM "Forum" WHERE "municipalityId" = ${municipalityId}::uuid AND "id" = ${id}::uuid FOR UPDATE`;
  return findForum(tx, municipalityId, id);
}

/** A forum with everything a card or page of it shows; nobody's name is in it. */
export async function readForum(db: Db | Tx, municipalityId: string, id: string): Promise<ForumDetail | null> {
  const forum = await findForum(db, municipalityId, id);
  if (!forum) return null;
  const topics = await db.forumTopic.findMany({ where: { municipalityId, forumId: id }, include: TOPIC });
  const answers = await db.forumAttendee.groupBy({
    by: ['answer'],
    where: { municipalityId, forumId: id },
    _count: { _all: true },
  });
  const tracks = await db.solutionTrack.findMany({
    where: { municipalityId, forumId: id },
    orderBy: { id: 'asc' },
    include: { signals: { select: { signal: { select: { reference: true, title: true } } } } },
  });
  const counts = { invited: 0, coming: 0, waiting: 0, declined: 0 };
  for (const { answer, _count } of answers) counts[answer] = _count._all;
  return {
    ...forum,
    topics: rankTopics(topics.map(({ _count, ...topic }) => ({ ...topic, votes: _count.votes }))),
    counts,
    tracks: tracks.map(({ id: trackId, title, description, signals }) => ({
      id: trackId,
      title,
      description,
      signals: signals.map(({ signal }) => signal),
    })),
  };
}

/** The agenda, in its order; empty as long as it is not fixed. */
export function agendaOf({ topics }: Pick<ForumDetail, 'topics'>): Topic[] {
  return topics.filter(({ position }) => position !== null).toSorted((a, b) => (a.position ?? 0) - (b.position ?? 0));
}

/** Forums that are not over yet, soonest first. */
export function listComing(db: Db | Tx, municipalityId: string, now: Date): Promise<Forum[]> {
  return db.forum.findMany({
    where: { municipalityId, status: 'planned', startsAt: { gt: now } },
    orderBy: [{ startsAt: 'asc' }, { id: 'asc' }],
    take: 20,
  });
}

/** Forums that have begun or are over, latest first. */
export function listPast(db: Db | Tx, municipalityId: string, now: Date): Promise<Forum[]> {
  return db.forum.findMany({
    where: { municipalityId, status: { not: 'cancelled' }, startsAt: { lte: now } },
    orderBy: [{ startsAt: 'desc' }, { id: 'asc' }],
    take: 20,
  });
}

/** Who is told of forums: everyone who may file, or the members and those who triage; without who did not want to hear. */
export async function findAudience(tx: Tx | Db, { id, settings }: MunicipalityInfo): Promise<string[]> {
  const people = await tx.person.findMany({
    where: {
      municipalityId: id,
      active: true,
      AND: [
        whereMayTell(forumSubscription),
        settings.forum.invite === 'everyone'
          ? { roles: { hasSome: ['worker', 'signal_coordinator', 'regisseur', 'coordinator'] } }
          : {
              OR: [
                { roles: { hasSome: ['regisseur', 'coordinator'] } },
                { membership: { some: { status: 'member' } } },
              ],
            },
      ],
    },
    select: { id: true },
    orderBy: { id: 'asc' },
  });
  return people.map((person) => person.id);
}

/** How this person answered; undefined: not at all, or not invited. */
export async function answerOf(
  db: Db | Tx,
  { municipalityId, id: forumId }: Pick<Forum, 'municipalityId' | 'id'>,
  personId: string,
): Promise<ForumAnswer | undefined> {
  const attendee = await db.forumAttendee.findUnique({
    where: { municipalityId_forumId_personId: { municipalityId, forumId, personId } },
  });
  return attendee?.answer;
}
