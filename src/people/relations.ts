import { localDay } from '../calendar/local-day.js';
import type { Db, Person, Tx } from '../storage/database.js';
import { may, rolesThatMay, type Permission, type Relation } from './roles.js';

type Town = { id: string; zone: string };

/**
 * Whether this person may do this with a signal of this owner today. Asks the database only where role and ownership do
 * not decide.
 *
 * @param others how this person stands to the signal besides.
 */
export async function mayOnSignal(
  db: Db | Tx,
  town: Town,
  person: Pick<Person, 'id' | 'roles' | 'active'>,
  action: Permission,
  ownerId: string,
  now: Date,
  others: readonly Relation[] = [],
): Promise<boolean> {
  const relations: Relation[] = person.id === ownerId ? ['owner', ...others] : [...others];
  if (may(person, action, relations)) return true;
  return may(person, action, ['replacement']) && (await findReplacements(db, town, ownerId, now)).includes(person.id);
}

/** Ids of everybody who may do this with a signal of this owner today, by role, as owner or in the owner's place. */
export async function findThoseWhoMay(
  db: Db | Tx,
  town: Town,
  action: Permission,
  ownerId: string,
  now: Date,
): Promise<string[]> {
  const byRole = await db.person.findMany({
    where: { municipalityId: town.id, roles: { hasSome: rolesThatMay(action) }, active: true },
    select: { id: true },
  });
  const replacements = await findReplacements(db, town, ownerId, now);
  return [...new Set([ownerId, ...replacements, ...byRole.map(({ id }) => id)])];
}

async function findReplacements(db: Db | Tx, town: Town, ownerId: string, now: Date): Promise<string[]> {
  const day = localDay(now, town.zone);
  const leaves = await db.leave.findMany({
    where: {
      municipalityId: town.id,
      personId: ownerId,
      from: { lte: day },
      until: { gte: day },
      replacement: { active: true },
    },
    select: { replacementId: true },
  });
  return leaves.flatMap(({ replacementId }) => replacementId ?? []);
}
