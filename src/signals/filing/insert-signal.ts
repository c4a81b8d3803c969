import { DateTime } from 'luxon';
import { v7 as uuidv7 } from 'uuid';
import type { MunicipalityInfo } from '../../chat/feature.js';
import { PREPARED, Prisma, type Tx } from '../../storage/database.js';

/** The columns of a new signal; the others have their defaults. */
type NewSignal = Omit<
  Prisma.SignalUncheckedCreateInput,
  'municipalityId' | 'reference' | 'version' | 'demo' | 'status' | 'neverRemind'
> &
  Required<Pick<Prisma.SignalUncheckedCreateInput, 'cityWide' | 'acute' | 'clockFrom'>>;

const LEFT_TO_DEFAULTS = new Set(['municipalityId', 'reference', 'version', 'demo', 'status', 'neverRemind']);
/** Always the same, whatever was filled in: what is missing becomes NULL. */
const COLUMNS = Prisma.raw(
  Object.values(Prisma.SignalScalarFieldEnum)
    .filter((name) => !LEFT_TO_DEFAULTS.has(name))
    .map((name) => `"${name}"`)
    .join(', '),
);

export interface NewFiling {
  signal: NewSignal & { id: string; filedAt: Date };
  /** In the order they were named. */
  neighbourhoodIds: string[];
  filer: { personId: string; organisation: string | undefined };
  /** Who typed it, for themselves or for the filer. */
  typedById: string;
  platform: string;
}

/**
 * Writes a signal under the town's next reference, with its places, its filer, its first timeline entry and what the
 * filer's next form starts with. One statement, because the reference counter's row is locked until the commit: filings
 * of one town take their number one after the other, and each waits for all that comes after it.
 *
 * @returns the reference, such as G-2026-0042: unique per municipality and year of its own clock, without gaps; and the name
 *   of who answers for it.
 */
export async function insertSignal(
  tx: Tx,
  { id: municipalityId, reference: prefix, zone }: Pick<MunicipalityInfo, 'id' | 'reference' | 'zone'>,
  { signal, neighbourhoodIds, filer, typedById, platform }: NewFiling,
): Promise<{ reference: string; ownerName: string }> {
  const at = signal.filedAt;
  const own = typedById === filer.personId;
  const year = DateTime.fromJSDate(at, { zone }).year;
  const [written] = await tx.$queryRaw<{ reference: string; ownerName: string }[]>`
    ${PREPARED}
    WITH counter AS (
      INSERT INTO "ReferenceCounter" ("municipalityId", "year", "last") VALUES (${municipalityId}::uuid, ${year}, 1)
      ON CONFLICT ("municipalityId", "year") DO UPDATE SET "last" = "ReferenceCounter"."last" + 1
      RETURNING "last"::text AS number
    ), signal AS (
      INSERT INTO "Signal" ("municipalityId", "reference", ${COLUMNS})
      SELECT ${municipalityId}::uuid, ${`${prefix}-${year}-`} || lpad(number, greatest(4, length(number)), '0'), ${COLUMNS}
      FROM counter, jsonb_populate_record(NULL::"Signal", ${JSON.stringify(signal)}::jsonb)
      RETURNING "municipalityId", "id", "reference"
    ), places AS (
      INSERT INTO "SignalNeighbourhood" ("municipalityId", "signalId", "neighbourhoodId", "position")
      SELECT "municipalityId", "id", place, number - 1
      FROM signal, unnest(${neighbourhoodIds}::uuid[]) WITH ORDINALITY AS named (place, number)
    ), filer AS (
      INSERT INTO "SignalFiler" ("municipalityId", "signalId", "personId", "organisation", "at")
      SELECT "municipalityId", "id", ${filer.personId}::uuid, ${filer.organisation ?? null}, ${at}::timestamptz FROM signal
    ), entry AS (
      INSERT INTO "TimelineEntry" ("municipalityId", "id", "signalId", "kind", "visibility", "toStatus", "personId", "platform", "at")
      SELECT "municipalityId", ${uuidv7()}::uuid, "id", 'filed', 'public', 'received', ${typedById}::uuid, ${platform}, ${at}::timestamptz
      FROM signal
    ), remembered AS (
      UPDATE "Person" SET "lastNeighbourhoodId" = ${neighbourhoodIds[0] ?? null}::uuid,
        "organisation" = coalesce(${(own && filer.organisation) || null}, "organisation"),
        "sector" = coalesce(${(own && signal.sector) || null}, "sector")
      WHERE "municipalityId" = ${municipalityId}::uuid AND "id" = ${typedById}::uuid
    )
    SELECT "reference", (
      SELECT "name" FROM "Person" WHERE "municipalityId" = ${municipalityId}::uuid AND "id" = ${signal.ownerId}::uuid
    ) AS "ownerName" FROM signal`;
  if (!written) throw new Error('The signal was not written.');
  return written;
}

/**
 * The town's next reference alone, for a signal that is written another way. Its counter's row is locked until the commit.
 *
 * @returns as `insertSignal`'s.
 */
export async function takeReference(
  tx: Tx,
  { id: municipalityId, reference: prefix, zone }: Pick<MunicipalityInfo, 'id' | 'reference' | 'zone'>,
  at: Date,
): Promise<string> {
  const year = DateTime.fromJSDate(at, { zone }).year;
  const { last } = await tx.referenceCounter.upsert({
    where: { municipalityId_year: { municipalityId, year } },
    create: { municipalityId, year, last: 1 },
    update: { last: { increment: 1 } },
  });
  return `${prefix}-${year}-${String(last).padStart(4, '0')}`;
}
