import type { MunicipalityInfo } from '../chat/feature.js';
import type { Db, Tx } from '../storage/database.js';

/** The municipality's neighbourhoods in the order of their official numbers. */
export async function listNeighbourhoods(db: Db | Tx, municipalityId: string) {
  return db.neighbourhood.findMany({
    where: { municipalityId },
    orderBy: { number: 'asc' },
    select: { id: true, number: true, name: true, aliases: true },
  });
}

const namesOf = new WeakMap<MunicipalityInfo, Promise<ReadonlyMap<string, string>>>();

/**
 * The name of one, for words on a screen: as old as the municipality's settings at most, since it is read once for each time
 * they are. What is written is held against `listNeighbourhoods`.
 *
 * @returns undefined when there is none with this id.
 */
export async function findNeighbourhoodName(
  db: Db,
  municipality: MunicipalityInfo,
  id: string,
): Promise<string | undefined> {
  const known = namesOf.get(municipality);
  const names = known ?? readNames(db, municipality.id);
  if (!known) {
    namesOf.set(municipality, names);
    names.catch(() => namesOf.delete(municipality));
  }
  return (await names).get(id);
}

async function readNames(db: Db, municipalityId: string): Promise<ReadonlyMap<string, string>> {
  const rows = await db.neighbourhood.findMany({ where: { municipalityId }, select: { id: true, name: true } });
  return new Map(rows.map(({ id, name }) => [id, name]));
}
