import { localDay } from '../calendar/local-day.js';
import type { MunicipalityInfo } from '../chat/feature.js';
import type { Db, Tx } from '../storage/database.js';
import { findCoordinatorId } from './find-route.js';

/**
 * Who sees to this owner's signals today: the owner, in leave the replacement, and where neither is there the coordinator.
 *
 * @throws when the municipality has no coordinator: its file cannot be applied without one.
 */
export async function findActingOwner(
  db: Db | Tx,
  municipality: Pick<MunicipalityInfo, 'id' | 'zone'>,
  ownerId: string,
  now: Date,
): Promise<string> {
  const municipalityId = municipality.id;
  const day = localDay(now, municipality.zone);
  const owner = await db.person.findUnique({
    where: { municipalityId_id: { municipalityId, id: ownerId } },
    select: {
      active: true,
      leaves: {
        where: { from: { lte: day }, until: { gte: day } },
        select: {
          replacement: {
            select: {
              id: true,
              active: true,
              leaves: { where: { from: { lte: day }, until: { gte: day } }, select: { id: true } },
            },
          },
        },
      },
    },
  });
  if (owner?.active && owner.leaves.length === 0) return ownerId;
  const replacement = owner?.leaves
    .map((leave) => leave.replacement)
    .find((one) => one?.active && one.leaves.length === 0);
  return replacement?.id ?? findCoordinatorId(db, municipalityId);
}
