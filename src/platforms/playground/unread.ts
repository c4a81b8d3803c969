import type { Db } from '../../storage/database.js';
import type { Place } from './messages.js';

/** This person sees the conversation now. */
export async function markRead(db: Db, { municipalityId, viewerId, conversationId }: Place, now: Date): Promise<void> {
  const key = { municipalityId, personId: viewerId, conversationId };
  await db.playgroundReadMark.upsert({
    where: { municipalityId_personId_conversationId: key },
    create: { ...key, readUntil: now },
    update: { readUntil: now },
  });
}

/** Until when somebody has read each conversation; one that they never opened is not in it. */
export async function readMarks(
  db: Db,
  { municipalityId, viewerId }: Pick<Place, 'municipalityId' | 'viewerId'>,
): Promise<Map<string, Date>> {
  const marks = await db.playgroundReadMark.findMany({ where: { municipalityId, personId: viewerId } });
  return new Map(marks.map(({ conversationId, readUntil }) => [conversationId, readUntil]));
}
