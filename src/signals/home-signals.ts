import { localDay, validOn } from '../calendar/local-day.js';
import type { Context } from '../chat/feature.js';
import { SIGNAL_LINE, type SignalLine } from './read-signals.js';
import { ENDED } from './transitions.js';

type Asking = Pick<Context, 'db' | 'municipality' | 'person' | 'now'>;

/** Open signals this person answers for today, as owner or in somebody's place; acute ones first, then the oldest. */
export async function listToTriage(context: Asking, limit: number): Promise<SignalLine[]> {
  const { db, municipality, person, now } = context;
  const municipalityId = municipality.id;
  const day = localDay(now, municipality.zone);
  const leaves = await db.leave.findMany({
    where: { municipalityId, replacementId: person.id, from: { lte: day }, until: { gte: day } },
    select: { personId: true },
  });
  return db.signal.findMany({
    where: {
      municipalityId,
      ownerId: { in: [person.id, ...leaves.map(({ personId }) => personId)] },
      status: { notIn: [...ENDED] },
    },
    select: SIGNAL_LINE,
    orderBy: [{ acute: 'desc' }, { filedAt: 'asc' }, { id: 'asc' }],
    take: limit,
  });
}

/** Open signals in this regisseur's neighbourhoods that another one leads; the newest first. */
export async function listFollowed(context: Asking, limit: number): Promise<SignalLine[]> {
  const { db, municipality, person, now } = context;
  const municipalityId = municipality.id;
  const own = await db.assignment.findMany({
    where: { municipalityId, personId: person.id, ...validOn(localDay(now, municipality.zone)) },
    select: { neighbourhoodId: true },
  });
  if (own.length === 0) return [];
  return db.signal.findMany({
    where: {
      municipalityId,
      ownerId: { not: person.id },
      status: { notIn: [...ENDED] },
      neighbourhoods: { some: { neighbourhoodId: { in: own.map(({ neighbourhoodId }) => neighbourhoodId) } } },
    },
    select: SIGNAL_LINE,
    orderBy: [{ filedAt: 'desc' }, { id: 'desc' }],
    take: limit,
  });
}
