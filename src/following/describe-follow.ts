import type { ViewContext } from '../chat/feature.js';
import type { Db, Prisma, Tx } from '../storage/database.js';

const FOLLOWED = {
  signal: { select: { reference: true, title: true, status: true, acute: true } },
  neighbourhood: { select: { name: true } },
} satisfies Prisma.FollowInclude;

export type FollowWithWhat = Prisma.FollowGetPayload<{ include: typeof FOLLOWED }>;

type Asking = Pick<ViewContext, 'municipality'> & { db: Db | Tx };

/** What this person follows, signals first, the oldest of each kind first. */
export function listFollows({ db, municipality }: Asking, personId: string): Promise<FollowWithWhat[]> {
  return db.follow.findMany({
    where: { municipalityId: municipality.id, personId },
    include: FOLLOWED,
    orderBy: [{ signalId: 'asc' }, { neighbourhoodId: 'asc' }, { since: 'asc' }, { id: 'asc' }],
  });
}

/** In a few words: "G-2026-0042", "Rabot - Blaisantvest", "‘huur’"; undefined when it is not followed any more. */
export async function describeFollow({ db, municipality }: Asking, id: string): Promise<string | undefined> {
  const follow = await db.follow.findUnique({
    where: { municipalityId_id: { municipalityId: municipality.id, id } },
    include: FOLLOWED,
  });
  return follow ? sayFollowed(follow) : undefined;
}

export function sayFollowed({ signal, neighbourhood, search }: FollowWithWhat): string {
  return signal?.reference ?? neighbourhood?.name ?? `‘${search ?? ''}’`;
}
