import type { Db, Tx } from '../storage/database.js';

/** The municipality's neighbourhoods in the order of their official numbers. */
export async function listNeighbourhoods(db: Db | Tx, municipalityId: string) {
  return db.neighbourhood.findMany({
    where: { municipalityId },
    orderBy: { number: 'asc' },
    select: { id: true, number: true, name: true, aliases: true },
  });
}
