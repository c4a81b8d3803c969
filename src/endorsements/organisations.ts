import type { Db, Tx } from '../storage/database.js';

/** "vzw Het Buurthuis" and "buurthuis" are one organisation: counted by what is left of the name. */
export function organisationKey(name: string): string {
  const words = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\d]+/gu, ' ')
    .split(' ')
    .filter((word) => word !== '' && !['de', 'het', 'een', 'vzw', 'nv', 'bv', 'cv'].includes(word));
  return words.join(' ') || name.trim().toLowerCase();
}

/**
 * The organisations that confirm a signal beside its filer's own: who said "ook bij ons" of it or of one merged into it,
 * and who filed one that was merged into it. Each once, however many of its people did, by name.
 */
export async function findConfirming(db: Db | Tx, municipalityId: string, signalId: string): Promise<string[]> {
  const rows = await db.$queryRaw<{ organisation: string; own: boolean }[]>`
    WITH RECURSIVE family AS (
      SELECT "id" FROM "Signal" WHERE "municipalityId" = ${municipalityId}::uuid AND "id" = ${signalId}::uuid
      UNION
      SELECT child."id" FROM "Signal" child JOIN family ON child."mergedIntoId" = family."id"
      WHERE child."municipalityId" = ${municipalityId}::uuid
    )
    SELECT coalesce(filer."organisation", person."organisation") AS "organisation",
      filer."signalId" = ${signalId}::uuid AS "own"
    FROM "SignalFiler" filer JOIN family ON filer."signalId" = family."id"
    JOIN "Person" person ON person."municipalityId" = filer."municipalityId" AND person."id" = filer."personId"
    WHERE filer."municipalityId" = ${municipalityId}::uuid AND coalesce(filer."organisation", person."organisation") <> ''
    UNION ALL
    SELECT endorsement."organisation", false FROM "Endorsement" endorsement
    JOIN family ON endorsement."signalId" = family."id"
    WHERE endorsement."municipalityId" = ${municipalityId}::uuid AND endorsement."undoneAt" IS NULL`;
  const own = new Set(rows.filter((row) => row.own).map((row) => organisationKey(row.organisation)));
  const confirming = new Map(rows.map(({ organisation }) => [organisationKey(organisation), organisation]));
  return [...confirming]
    .filter(([key]) => !own.has(key))
    .map(([, name]) => name)
    .sort((one, other) => one.localeCompare(other, 'nl'));
}
