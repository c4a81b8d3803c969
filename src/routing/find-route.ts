import { localDay, validOn } from '../calendar/local-day.js';
import type { MunicipalityInfo } from '../chat/feature.js';
import type { Db, Tx } from '../storage/database.js';
import { chooseOwner, type Route } from './choose-owner.js';

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
  const municipalityId = municipality.id;
  const day = localDay(now, municipality.zone);
  const assignments = await db.assignment.findMany({
    where: { municipalityId, neighbourhoodId: { in: neighbourhoodIds }, ...validOn(day) },
    select: { neighbourhoodId: true, personId: true, person: { select: { active: true } } },
  });
  const leaves = await db.leave.findMany({
    where: { municipalityId, from: { lte: day }, until: { gte: day } },
    select: { personId: true, replacementId: true, replacement: { select: { active: true } } },
  });
  const coordinatorId = await findCoordinatorId(db, municipalityId);
  return chooseOwner({
    neighbourhoodIds,
    assignments: assignments.map(({ person, ...rest }) => ({ ...rest, active: person.active })),
    leaves: leaves.map(({ replacement, ...rest }) => ({
      ...rest,
      replacementId: replacement?.active ? rest.replacementId : null,
    })),
    coordinatorId,
  });
}

/** The fallback owner: nothing stays unrouted. */
export async function findCoordinatorId(db: Db | Tx, municipalityId: string): Promise<string> {
  const coordinator = await db.person.findFirst({
    where: { municipalityId, roles: { has: 'coordinator' }, active: true },
    orderBy: { createdAt: 'asc' },
    select: { id: true },
  });
  if (!coordinator) throw new Error('This municipality has no coordinator.');
  return coordinator.id;
}
