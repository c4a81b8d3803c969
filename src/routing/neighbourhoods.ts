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

type Neighbourhood = Awaited<ReturnType<typeof listNeighbourhoods>>[number];

const lists = new WeakMap<MunicipalityInfo, Promise<Neighbourhood[]>>();

/**
 * The same, for every form, every letter typed in its search field and every signal filed: as old as the municipality's settings
 * at most, since it is read once for each time they are. The database refuses what was taken away meanwhile.
 */
export function knownNeighbourhoods(db: Db, municipality: MunicipalityInfo): Promise<Neighbourhood[]> {
  const known = lists.get(municipality);
  if (known) return known;
  const list = listNeighbourhoods(db, municipality.id);
  lists.set(municipality, list);
  list.catch(() => lists.delete(municipality));
  return list;
}

/** The name of one, for words on a screen; undefined when there is none with this id. */
export async function findNeighbourhoodName(
  db: Db,
  municipality: MunicipalityInfo,
  id: string,
): Promise<string | undefined> {
  return (await knownNeighbourhoods(db, municipality)).find((each) => each.id === id)?.name;
}
