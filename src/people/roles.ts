import type { Db, Person, Tx } from '../storage/database.js';
import { localDay } from '../calendar/local-day.js';

/** Who may do what; the one place that says so. */
export function mayFile(person: Pick<Person, 'roles' | 'active'>): boolean {
  return person.active && person.roles.some((role) => role !== 'administrator');
}

/** Reads signals' neutral text and status. An administrator does not, by that role alone. */
export function mayReadSignals(person: Pick<Person, 'roles' | 'active'>): boolean {
  return mayFile(person);
}

/** Sees who filed and what was said between filer and owner: every regisseur and the coordinator. */
export function mayReadTriage(person: Pick<Person, 'roles' | 'active'>): boolean {
  return person.active && person.roles.some((role) => role === 'regisseur' || role === 'coordinator');
}

/** Sees what could not be delivered, and why; the names of signals and filers stay hidden. */
export function mayAdminister(person: Pick<Person, 'roles' | 'active'>): boolean {
  return person.active && person.roles.includes('administrator');
}

/**
 * Ids of the people who may work on a signal of this owner today: the owner, the owner's replacement in leave, and
 * every coordinator. Source: the status table in the procedure ("owner").
 */
export async function findTriagers(
  db: Db | Tx,
  municipality: { id: string; zone: string },
  ownerId: string,
  now: Date,
): Promise<string[]> {
  const day = localDay(now, municipality.zone);
  const [coordinators, leaves] = [
    await db.person.findMany({
      where: { municipalityId: municipality.id, roles: { has: 'coordinator' }, active: true },
      select: { id: true },
    }),
    await db.leave.findMany({
      where: {
        municipalityId: municipality.id,
        personId: ownerId,
        from: { lte: day },
        until: { gte: day },
        replacement: { active: true },
      },
      select: { replacementId: true },
    }),
  ];
  const replacements = leaves.map((leave) => leave.replacementId).filter((id) => id !== null);
  return [...new Set([ownerId, ...replacements, ...coordinators.map(({ id }) => id)])];
}
