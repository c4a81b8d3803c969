import { localIsoDay } from '../calendar/local-day.js';
import type { MunicipalityInfo } from '../chat/feature.js';
import { organisationKey } from '../endorsements/organisations.js';
import { PREPARED, type Db, type Tx } from '../storage/database.js';
import { chooseOwner, type Route, type RouteFacts } from './choose-owner.js';

const NO_COORDINATOR = 'This municipality has no coordinator.';

/**
 * Decides who answers for a signal in these neighbourhoods, with the assignments valid today.
 *
 * @param neighbourhoodIds in the order they were named; empty means city-wide.
 * @throws when the municipality has no coordinator: its file cannot be applied without one.
 */
export async function findRoute(
  db: Db | Tx,
  municipality: Pick<MunicipalityInfo, 'id' | 'zone'>,
  neighbourhoodIds: string[],
  now: Date,
): Promise<Route> {
  return chooseOwner(await readRouteMap(db, municipality, neighbourhoodIds, now));
}

export interface RouteMap extends RouteFacts {
  /** Where each regisseur and the coordinator triage. */
  channels: { id: string; ownerId: string }[];
  /** Signal coordinators of the sector or the filer's organisation, today. */
  sectorCoordinatorIds: string[];
}

/**
 * What the routing rule decides on, and where to tell it: in one query, because every filing waits for it. Arguments and
 * errors as `findRoute`.
 *
 * @param filer the sector and organisation that may have a signal coordinator.
 */
export async function readRouteMap(
  db: Db | Tx,
  municipality: Pick<MunicipalityInfo, 'id' | 'zone'>,
  neighbourhoodIds: string[],
  now: Date,
  filer: { sector?: string | undefined; organisation?: string | undefined } = {},
): Promise<RouteMap> {
  const municipalityId = municipality.id;
  const day = localIsoDay(now, municipality.zone);
  const [map] = await db.$queryRaw<(Omit<RouteMap, 'coordinatorId'> & { coordinatorId: string | null })[]>`
    ${PREPARED}
    SELECT ${neighbourhoodIds}::text[] AS "neighbourhoodIds", (
      SELECT coalesce(jsonb_agg(jsonb_build_object(
        'neighbourhoodId', assignment."neighbourhoodId", 'personId', person."id", 'active', person."active"
      )), '[]')
      FROM "Assignment" assignment JOIN "Person" person
        ON person."municipalityId" = assignment."municipalityId" AND person."id" = assignment."personId"
      WHERE assignment."municipalityId" = ${municipalityId}::uuid
        AND assignment."neighbourhoodId" = ANY(${neighbourhoodIds}::uuid[])
        AND ${day}::date BETWEEN assignment."from" AND coalesce(assignment."until", 'infinity')
    ) AS "assignments", (
      SELECT coalesce(jsonb_agg(jsonb_build_object('personId', leave."personId", 'replacementId', replacement."id")), '[]')
      FROM "Leave" leave LEFT JOIN "Person" replacement
        ON replacement."municipalityId" = leave."municipalityId" AND replacement."id" = leave."replacementId"
        AND replacement."active"
      WHERE leave."municipalityId" = ${municipalityId}::uuid AND ${day}::date BETWEEN leave."from" AND leave."until"
    ) AS "leaves", (
      SELECT "id" FROM "Person"
      WHERE "municipalityId" = ${municipalityId}::uuid AND 'coordinator' = ANY("roles") AND "active"
      ORDER BY "createdAt" LIMIT 1
    ) AS "coordinatorId", (
      SELECT coalesce(jsonb_agg(jsonb_build_object('id', "id", 'ownerId', "ownerId")), '[]')
      FROM "Channel" WHERE "municipalityId" = ${municipalityId}::uuid
    ) AS "channels", (
      SELECT coalesce(jsonb_agg(DISTINCT person."id"), '[]')
      FROM "SectorAssignment" sector JOIN "Person" person
        ON person."municipalityId" = sector."municipalityId" AND person."id" = sector."personId" AND person."active"
      WHERE sector."municipalityId" = ${municipalityId}::uuid
        AND (sector."sector" = ${filer.sector ?? ''} OR sector."organisation" = ${organisationKey(filer.organisation ?? '')})
        AND ${day}::date BETWEEN sector."from" AND coalesce(sector."until", 'infinity')
    ) AS "sectorCoordinatorIds"`;
  if (!map?.coordinatorId) throw new Error(NO_COORDINATOR);
  return { ...map, coordinatorId: map.coordinatorId };
}

/** The fallback owner: nothing stays unrouted. */
export async function findCoordinatorId(db: Db | Tx, municipalityId: string): Promise<string> {
  const coordinator = await db.person.findFirst({
    where: { municipalityId, roles: { has: 'coordinator' }, active: true },
    orderBy: { createdAt: 'asc' },
    select: { id: true },
  });
  if (!coordinator) throw new Error(NO_COORDINATOR);
  return coordinator.id;
}
