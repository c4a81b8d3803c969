import type { Context } from '../chat/feature.js';
import type { Follow, FollowPace, Tx } from '../storage/database.js';

/** Far more than somebody reads about; it bounds what one person can ask of the program. */
const MOST_FOLLOWS = 100;

export type Target = { signalId: string } | { neighbourhoodId: string } | { search: string };

type Following = Pick<Context, 'db' | 'write' | 'municipality' | 'person' | 'now'>;

export type FollowResult =
  | { ok: true; follow: Follow }
  | { ok: false; code: 'FOLLOW.TOO_MANY'; most: number }
  | { ok: false; code: 'FOLLOW.GONE' }
  /** The words say nothing by themselves ("de het een"). */
  | { ok: false; code: 'FOLLOW.EMPTY_WORDS' };

/** Starts following; what somebody follows already stays as it is. What happened before is not told. */
export async function follow(context: Following, target: Target): Promise<FollowResult> {
  const municipalityId = context.municipality.id;
  const personId = context.person.id;
  return context.write(async (tx): Promise<FollowResult> => {
    const found = await tx.follow.findFirst({ where: { municipalityId, personId, ...target } });
    if (found) return { ok: true, follow: found };
    if ((await tx.follow.count({ where: { municipalityId, personId } })) >= MOST_FOLLOWS) {
      return { ok: false, code: 'FOLLOW.TOO_MANY', most: MOST_FOLLOWS };
    }
    if ('signalId' in target) {
      const signal = await tx.signal.findUnique({
        where: { municipalityId_id: { municipalityId, id: target.signalId } },
        select: { status: true },
      });
      if (!signal || signal.status === 'withdrawn') return { ok: false, code: 'FOLLOW.GONE' };
    }
    if ('search' in target && !(await saysSomething(tx, target.search)))
      return { ok: false, code: 'FOLLOW.EMPTY_WORDS' };
    // Pressed twice at once: the second finds the first one's row.
    await tx.follow.createMany({
      data: [{ municipalityId, personId, ...target, since: context.now }],
      skipDuplicates: true,
    });
    return { ok: true, follow: await tx.follow.findFirstOrThrow({ where: { municipalityId, personId, ...target } }) };
  });
}

/** @returns what was followed; undefined when it was not (any more). */
export async function unfollow(context: Following, followId: string): Promise<Follow | undefined> {
  const where = { municipalityId: context.municipality.id, personId: context.person.id, id: followId };
  return context.write(async (tx) => {
    const found = await tx.follow.findFirst({ where });
    await tx.follow.deleteMany({ where });
    return found ?? undefined;
  });
}

/** @returns false when it is not followed (any more). */
export async function setPace(context: Following, followId: string, pace: FollowPace): Promise<boolean> {
  const where = { municipalityId: context.municipality.id, personId: context.person.id, id: followId };
  const { count } = await context.write((tx) => tx.follow.updateMany({ where, data: { pace } }));
  return count > 0;
}

async function saysSomething(tx: Tx, words: string): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ says: boolean }[]>`
    SELECT numnode(websearch_to_tsquery('dutch', ${words})) > 0 AS "says"`;
  return row?.says ?? false;
}
