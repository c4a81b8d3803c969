import type { Db, Tx } from '../storage/database.js';

/** Far more merges in a row than anybody makes. */
const LONGEST_CHAIN = 50;

/** The signals this one goes on in, one after the other; the last is the one that is worked on. Empty: not merged. */
export async function findMergedInto(
  db: Db | Tx,
  { municipalityId, mergedIntoId }: { municipalityId: string; mergedIntoId: string | null },
): Promise<{ id: string; reference: string }[]> {
  if (!mergedIntoId) return [];
  return db.$queryRaw<{ id: string; reference: string }[]>`
    WITH RECURSIVE chain AS (
      SELECT "id", "reference", "mergedIntoId", 1 AS depth FROM "Signal"
      WHERE "municipalityId" = ${municipalityId}::uuid AND "id" = ${mergedIntoId}::uuid
      UNION ALL
      SELECT next."id", next."reference", next."mergedIntoId", depth + 1 FROM "Signal" next
      JOIN chain ON chain."mergedIntoId" = next."id"
      WHERE next."municipalityId" = ${municipalityId}::uuid AND depth < ${LONGEST_CHAIN}
    )
    SELECT "id", "reference" FROM chain ORDER BY depth`;
}
