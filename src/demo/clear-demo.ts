import { v7 as uuidv7 } from 'uuid';
import { DEMO_KEY_PREFIX } from '../municipality/file-people.js';
import { allowErasure, type Db, type Tx } from '../storage/database.js';

/**
 * Takes the demo out of a municipality: the demo signals, the invented people, and what was tried out under their names
 * in the playground (what only they filed, their conversations). What others filed stays. Afterwards a real platform
 * may be connected.
 *
 * @param now the date of the entry on a signal that was merged into a demo signal and stands alone again.
 * @returns how many signals and people went.
 */
export async function clearDemo(
  db: Db,
  municipalityId: string,
  now: Date,
): Promise<{ signals: number; people: number }> {
  return db.$transaction(async (tx) => {
    await allowErasure(tx);
    await tx.municipality.update({ where: { id: municipalityId }, data: { demo: false } });
    const people = await tx.person.findMany({
      where: { municipalityId, fileKey: { startsWith: DEMO_KEY_PREFIX } },
      select: { id: true },
    });
    const personIds = people.map(({ id }) => id);
    const invented = { some: {}, every: { personId: { in: personIds } } };
    const signals = await tx.signal.findMany({
      where: { municipalityId, OR: [{ demo: true }, { filers: invented }] },
      select: { id: true },
    });
    const signalIds = signals.map(({ id }) => id);
    await unmergeOthers(tx, municipalityId, signalIds, now);
    const newsletters = await tx.newsletter.findMany({ where: { municipalityId, demo: true }, select: { id: true } });
    await deleteMessages(tx, municipalityId, { signalIds, personIds, newsletterIds: newsletters.map(({ id }) => id) });
    await tx.newsletter.deleteMany({ where: { municipalityId, demo: true } });
    await tx.forum.deleteMany({ where: { municipalityId, demo: true } });
    await tx.forumTopic.deleteMany({ where: { municipalityId, addedById: { in: personIds } } });
    await tx.signal.deleteMany({ where: { municipalityId, id: { in: signalIds } } });
    await deletePeople(tx, municipalityId, personIds);
    await resetCounters(tx, municipalityId);
    return { signals: signalIds.length, people: personIds.length };
  });
}

/** Signals that stay but were merged into one that goes: back into review, with an entry that says why. */
async function unmergeOthers(tx: Tx, municipalityId: string, signalIds: string[], now: Date): Promise<void> {
  const mergedInto = { municipalityId, mergedIntoId: { in: signalIds } };
  const staying = await tx.signal.findMany({
    where: { ...mergedInto, id: { notIn: signalIds } },
    select: { id: true },
  });
  await tx.timelineEntry.createMany({
    data: staying.map(({ id }) => ({
      municipalityId,
      id: uuidv7(),
      signalId: id,
      kind: 'status' as const,
      visibility: 'public' as const,
      fromStatus: 'merged' as const,
      toStatus: 'in_review' as const,
      platform: 'demo',
      text: 'Het demosignaal waarmee dit was samengevoegd, is verwijderd.',
      at: now,
    })),
  });
  await tx.signal.updateMany({
    where: { municipalityId, id: { in: staying.map(({ id }) => id) } },
    data: { status: 'in_review', mergedIntoId: null, version: { increment: 1 }, updatedAt: now },
  });
  // The database refuses to delete a signal while another one, even one that goes with it, points at it.
  await tx.signal.updateMany({ where: mergedInto, data: { mergedIntoId: null } });
}

/** Messages about the signals or to the people. A queued job finds its message gone, which ends it. */
async function deleteMessages(
  tx: Tx,
  municipalityId: string,
  { signalIds, personIds, newsletterIds }: { signalIds: string[]; personIds: string[]; newsletterIds: string[] },
): Promise<void> {
  const deliveries = await tx.$queryRaw<{ id: string }[]>`
    SELECT "id" FROM "Delivery"
    WHERE "municipalityId" = ${municipalityId}::uuid
      AND ("params"->>'signalId' = ANY(${signalIds}::text[]) OR "personId" = ANY(${personIds}::uuid[])
        OR "params"->>'newsletterId' = ANY(${newsletterIds}::text[]))`;
  const deliveryIds = deliveries.map(({ id }) => id);
  await tx.$executeRaw`
    WITH roots AS (
      SELECT "id" FROM "PlaygroundMessage"
      WHERE "municipalityId" = ${municipalityId}::uuid
        AND ("deliveryId" = ANY(${deliveryIds}::uuid[]) OR "authorId" = ANY(${personIds}::uuid[])
          OR "onlyForId" = ANY(${personIds}::uuid[])
          OR "conversationId" = ANY(${personIds.map((id) => `dm:${id}`)}::text[]))
    )
    DELETE FROM "PlaygroundMessage"
    WHERE "municipalityId" = ${municipalityId}::uuid
      AND ("id" IN (SELECT "id" FROM roots) OR "parentId" IN (SELECT "id" FROM roots))`;
  await tx.delivery.deleteMany({ where: { municipalityId, id: { in: deliveryIds } } });
}

async function deletePeople(tx: Tx, municipalityId: string, personIds: string[]): Promise<void> {
  const theirs = { municipalityId, personId: { in: personIds } };
  await tx.signalFiler.deleteMany({ where: theirs });
  // Nobody is left to do what they promised, or to lead.
  await tx.task.deleteMany({ where: { municipalityId, assigneeId: { in: personIds } } });
  await tx.signal.updateMany({ where: { municipalityId, leadId: { in: personIds } }, data: { leadId: null } });
  // What they said on a signal that stays, stays without a name.
  await tx.timelineEntry.updateMany({ where: theirs, data: { personId: null } });
  await tx.account.deleteMany({ where: theirs });
  await tx.person.deleteMany({ where: { municipalityId, id: { in: personIds } } });
}

/** Real use starts at 0001 again: each year's counter goes back to the highest reference that is still there. */
async function resetCounters(tx: Tx, municipalityId: string): Promise<void> {
  const left = await tx.signal.findMany({ where: { municipalityId }, select: { reference: true } });
  const highest = new Map<number, number>();
  for (const { reference } of left) {
    const [year = 0, number = 0] = reference.split('-').slice(-2).map(Number);
    highest.set(year, Math.max(number, highest.get(year) ?? 0));
  }
  const counters = await tx.referenceCounter.findMany({ where: { municipalityId } });
  for (const { year } of counters) {
    const where = { municipalityId_year: { municipalityId, year } };
    const last = highest.get(year);
    if (last === undefined) await tx.referenceCounter.delete({ where });
    else await tx.referenceCounter.update({ where, data: { last } });
  }
}
