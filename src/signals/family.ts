import { Prisma, type Db, type Tx } from '../storage/database.js';

/**
 * `family`, for a `WITH RECURSIVE`: the ids of a signal and of every one merged into it, also by way of another. Who filed or
 * follows one of them goes along.
 */
export function familyOf(municipalityId: string, signalId: string): Prisma.Sql {
  return Prisma.sql`family AS (
    SELECT "id" FROM "Signal" WHERE "municipalityId" = ${municipalityId}::uuid AND "id" = ${signalId}::uuid
    UNION
    SELECT child."id" FROM "Signal" child JOIN family ON child."mergedIntoId" = family."id"
    WHERE child."municipalityId" = ${municipalityId}::uuid
  )`;
}

export async function findFamily(db: Db | Tx, municipalityId: string, signalId: string): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    WITH RECURSIVE ${familyOf(municipalityId, signalId)} SELECT "id" FROM family`;
  return rows.map(({ id }) => id);
}
