import { defineListener, type ListenerContext, type Post } from '../chat/feature.js';
import { findFilers } from '../signals/posts.js';
import { keysUnder } from '../storage/keys-under.js';
import {
  SIGNAL_FILED,
  SIGNAL_REWORDED,
  SIGNAL_WENT_ON,
  SignalFiled,
  SignalReworded,
  SignalWentOn,
} from '../signals/events.js';
import { ENDED } from '../signals/transitions.js';
import type { Signal, Tx } from '../storage/database.js';
import { findNewsFollowers, findSignalFollowers, type Follower } from './find-followers.js';

/** A new signal: for who follows its neighbourhood or its words. */
export const hearFiled = defineListener(SIGNAL_FILED, SignalFiled, async (tx, context, { signalId }) => {
  const signal = await findSignal(tx, context.municipality.id, signalId);
  if (signal) await tellNews(tx, context, signal, { at: signal.filedAt });
});

/** Other words: for who follows one that it did not hold before. Who heard of it when it came in does not hear it again. */
export const hearReworded = defineListener(
  SIGNAL_REWORDED,
  SignalReworded,
  async (tx, context, { signalId, entryId }) => {
    const municipalityId = context.municipality.id;
    const signal = await findSignal(tx, municipalityId, signalId);
    const entry = await tx.timelineEntry.findUnique({ where: { municipalityId_id: { municipalityId, id: entryId } } });
    if (!signal || !entry || ENDED.includes(signal.status)) return;
    await tellNews(tx, context, signal, { at: entry.at, byPersonId: entry.personId, later: true });
  },
);

async function tellNews(
  tx: Tx,
  context: ListenerContext,
  signal: Signal,
  { at, byPersonId, later = false }: { at: Date; byPersonId?: string | null; later?: boolean },
): Promise<void> {
  const { municipalityId, id: signalId } = signal;
  const found = await findNewsFollowers(tx, { municipalityId, signalId, at });
  // Its neighbourhoods are what they were.
  const followers = later ? found.filter(({ follows }) => follows.every(({ search }) => search !== null)) : found;
  const others = await withoutThoseToldAnyway(tx, context, signal, followers, byPersonId);
  const posts = others.filter(isAtOnce).map(({ personId, follows }): Post => ({
    key: `followed:${signalId}:${personId}`,
    to: { personId },
    view: 'following.new',
    params: { signalId, followId: follows[0].id, ...(later && { later: 'yes' }) },
    urgent: signal.acute,
  }));
  await context.outbox.post(tx, municipalityId, posts);
}

/** Something everyone may know was added to a signal: for who follows it. With a withdrawn signal the following ends. */
export const hearWentOn = defineListener(SIGNAL_WENT_ON, SignalWentOn, async (tx, context, { signalId, entryId }) => {
  const { municipality, outbox } = context;
  const municipalityId = municipality.id;
  const signal = await findSignal(tx, municipalityId, signalId);
  const entry = await tx.timelineEntry.findUnique({ where: { municipalityId_id: { municipalityId, id: entryId } } });
  if (!signal || !entry) return;
  const family = await findSignalFollowers(tx, { municipalityId, signalId, at: entry.at });
  // Who followed the signal that joined this one heard so on that one.
  const followers = entry.kind === 'joined' ? family.filter((follower) => follows(follower, signalId)) : family;
  const ends = entry.toStatus === 'withdrawn';
  const others = await withoutThoseToldAnyway(tx, context, signal, followers, entry.personId);
  const posts = others
    // The last word does not wait for a digest that the signal will no longer be in.
    .filter((follower) => ends || isAtOnce(follower))
    .map(({ personId, follows }): Post => ({
      key: `followed:${entryId}:${personId}`,
      to: { personId },
      view: 'following.step',
      params: { signalId, entryId, followId: follows[0].id, followedId: follows[0].signalId ?? signalId },
      urgent: signal.acute,
    }));
  await outbox.post(tx, municipalityId, posts);
  if (ends) await tx.follow.deleteMany({ where: { municipalityId, signalId } });
});

function findSignal(tx: Tx, municipalityId: string, id: string): Promise<Signal | null> {
  return tx.signal.findUnique({ where: { municipalityId_id: { municipalityId, id } } });
}

const follows = ({ follows }: Follower, signalId: string) => follows.every((follow) => follow.signalId === signalId);
const isAtOnce = ({ follows }: Follower) => follows.some(({ pace }) => pace === 'at_once');

/**
 * Leaves out who hears or sees it already: who did it, the filers, the owner, and regisseurs in whose channel the signal's card
 * stands.
 */
async function withoutThoseToldAnyway(
  tx: Tx,
  { municipality }: ListenerContext,
  signal: Signal,
  followers: Follower[],
  byPersonId?: string | null,
): Promise<Follower[]> {
  if (followers.length === 0) return [];
  const municipalityId = municipality.id;
  const filers = await findFilers(tx, municipalityId, signal.id);
  const channels = await tx.delivery.findMany({
    where: { municipalityId, key: keysUnder(`follow:${signal.id}`) },
    select: { channel: { select: { ownerId: true } } },
  });
  const told = new Set([
    ...filers,
    signal.ownerId,
    ...channels.map(({ channel }) => channel?.ownerId),
    ...(byPersonId ? [byPersonId] : []),
  ]);
  return followers.filter(({ personId }) => !told.has(personId));
}
