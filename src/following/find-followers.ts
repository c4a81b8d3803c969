import { may } from '../people/roles.js';
import { findFamily } from '../signals/family.js';
import { Prisma, type Follow, type Tx } from '../storage/database.js';
import { signalSearch } from '../storage/full-text.js';

/** Follows of one person that something concerns, the most particular first: a signal, a neighbourhood, words. */
export interface Follower {
  personId: string;
  follows: [Follow, ...Follow[]];
}

/** Whom this concerns, and since when at least they must have followed. */
interface Asked {
  municipalityId: string;
  signalId: string;
  at: Date;
}

/** Who follows this signal, or one that was merged into it: they go along, as its filers do. */
export async function findSignalFollowers(tx: Tx, asked: Asked): Promise<Follower[]> {
  const { municipalityId, signalId } = asked;
  return findFollowers(tx, asked, { signalId: { in: await findFamily(tx, municipalityId, signalId) } });
}

/** Who follows a neighbourhood that a new signal names, or words that it holds. */
export async function findNewsFollowers(tx: Tx, asked: Asked): Promise<Follower[]> {
  const { municipalityId, signalId } = asked;
  const places = await tx.signalNeighbourhood.findMany({
    where: { municipalityId, signalId },
    select: { neighbourhoodId: true },
  });
  // Each search that anybody keeps, once, against this one signal: microseconds each, and after the filing's commit.
  const searches = await tx.$queryRaw<{ words: string }[]>`
    SELECT kept."words" FROM
      (SELECT DISTINCT "search" AS "words" FROM "Follow"
        WHERE "municipalityId" = ${municipalityId}::uuid AND "search" IS NOT NULL) kept,
      "Signal"
    WHERE "municipalityId" = ${municipalityId}::uuid AND "id" = ${signalId}::uuid
      AND ${signalSearch(Prisma.raw('kept."words"'))}`;
  return findFollowers(tx, asked, {
    OR: [
      { neighbourhoodId: { in: places.map(({ neighbourhoodId }) => neighbourhoodId) } },
      { search: { in: searches.map(({ words }) => words) } },
    ],
  });
}

async function findFollowers(tx: Tx, asked: Asked, what: Prisma.FollowWhereInput): Promise<Follower[]> {
  const rows = await tx.follow.findMany({
    where: { AND: [what], municipalityId: asked.municipalityId, since: { lte: asked.at } },
    include: { person: { select: { roles: true, active: true } } },
    orderBy: [{ signalId: 'asc' }, { neighbourhoodId: 'asc' }, { id: 'asc' }],
  });
  const followers = new Map<string, Follower>();
  for (const { person, ...follow } of rows) {
    if (!may(person, 'read signals')) continue;
    const known = followers.get(follow.personId);
    if (known) known.follows.push(follow);
    else followers.set(follow.personId, { personId: follow.personId, follows: [follow] });
  }
  return [...followers.values()];
}
