import { localIsoDay } from '../calendar/local-day.js';
import type { MunicipalityInfo } from '../chat/feature.js';
import { rolesThatMay } from '../people/roles.js';
import { findRoute } from '../routing/find-route.js';
import type { SignalRoute } from '../signals/owner-card.js';
import { ENDED } from '../signals/transitions.js';
import type { Db, Tx } from '../storage/database.js';

/** An open signal that somebody else answers for today. */
export interface Move {
  signalId: string;
  fromId: string;
  toId: string;
  route: SignalRoute;
}

/**
 * The open signals that are with somebody who left, or in a neighbourhood that another regisseur has by now, and who answers
 * for each today. What was transferred by hand stays where it was put, and so does what is with a replacement; a demo's
 * invented signals are left alone.
 */
export async function findMoves(
  db: Db | Tx,
  municipality: Pick<MunicipalityInfo, 'id' | 'zone'>,
  now: Date,
): Promise<Move[]> {
  const day = localIsoDay(now, municipality.zone);
  const rows = await db.$queryRaw<{ id: string; ownerId: string; places: string[] }[]>`
    SELECT signal."id", signal."ownerId", ARRAY(
      SELECT place."neighbourhoodId"::text FROM "SignalNeighbourhood" place
      WHERE place."municipalityId" = signal."municipalityId" AND place."signalId" = signal."id" ORDER BY place."position"
    ) AS "places"
    FROM "Signal" signal
    JOIN "Person" owner ON owner."municipalityId" = signal."municipalityId" AND owner."id" = signal."ownerId"
    WHERE signal."municipalityId" = ${municipality.id}::uuid AND NOT signal."demo"
      AND signal."status" <> ALL(${[...ENDED]}::text[]::"SignalStatus"[])
      AND (
        NOT owner."active" OR NOT owner."roles" && ${rolesThatMay('follow up signals')}::text[]::"Role"[]
        OR signal."route" ->> 'rule' IN ('assignment', 'no_assignment') AND EXISTS (
          SELECT FROM "SignalNeighbourhood" lead
          JOIN "Assignment" assignment ON assignment."municipalityId" = lead."municipalityId"
            AND assignment."neighbourhoodId" = lead."neighbourhoodId"
            AND ${day}::date BETWEEN assignment."from" AND coalesce(assignment."until", 'infinity')
          WHERE lead."municipalityId" = signal."municipalityId" AND lead."signalId" = signal."id" AND lead."position" = 0
            AND assignment."personId" <> signal."ownerId"
        )
      )
    ORDER BY signal."filedAt", signal."id"`;
  const routes = new Map<string, Awaited<ReturnType<typeof findRoute>>>();
  const moves: Move[] = [];
  for (const { id, ownerId, places } of rows) {
    const key = places.join(' ');
    const route = routes.get(key) ?? (await findRoute(db, municipality, places, now));
    routes.set(key, route);
    if (route.ownerId !== ownerId) {
      moves.push({ signalId: id, fromId: ownerId, toId: route.ownerId, route: { ...route.reason } });
    }
  }
  return moves;
}
