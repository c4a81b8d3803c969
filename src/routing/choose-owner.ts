/**
 * Who answers for a signal: exactly one person, always. Ordered first match, readable by a policy officer:
 *   1. city-wide: the coordinator;
 *   2. the regisseur who has the first neighbourhood named, today;
 *   3. that regisseur is on leave: the replacement;
 *   4. nobody has it, or nobody is there: the coordinator, so that nothing stays unrouted.
 * The regisseurs of the other neighbourhoods named follow. Source: documents 3 and 4.
 */
export interface RouteFacts {
  /** In the order they were named; empty for city-wide. */
  neighbourhoodIds: string[];
  /** Valid today. */
  assignments: { neighbourhoodId: string; personId: string; active: boolean }[];
  /** Of people who are away today. */
  leaves: { personId: string; replacementId: string | null }[];
  coordinatorId: string;
}

export type RouteRule = 'city_wide' | 'assignment' | 'replacement' | 'no_assignment' | 'absent';

/** Stored with the signal and shown as "waarom bij mij?". */
export interface RouteReason {
  rule: RouteRule;
  neighbourhoodId?: string;
  /** Whose neighbourhood it is, when somebody else answers for it. */
  regisseurId?: string;
}

export interface Route {
  ownerId: string;
  reason: RouteReason;
  /** Regisseurs of the other neighbourhoods, each once. */
  followerIds: string[];
}

export function chooseOwner(facts: RouteFacts): Route {
  const [first, ...others] = facts.neighbourhoodIds;
  const lead = first === undefined ? coordinatorFor(facts, { rule: 'city_wide' }) : ownerOf(facts, first);
  const followerIds = new Set(
    others.map((neighbourhoodId) => ownerOf(facts, neighbourhoodId).ownerId).filter((id) => id !== lead.ownerId),
  );
  return { ...lead, followerIds: [...followerIds] };
}

function ownerOf(facts: RouteFacts, neighbourhoodId: string): Omit<Route, 'followerIds'> {
  const assignment = facts.assignments.find((candidate) => candidate.neighbourhoodId === neighbourhoodId);
  if (!assignment) return coordinatorFor(facts, { rule: 'no_assignment', neighbourhoodId });
  const regisseurId = assignment.personId;
  if (isThere(facts, regisseurId, assignment.active)) {
    return { ownerId: regisseurId, reason: { rule: 'assignment', neighbourhoodId } };
  }
  const replacementId = facts.leaves.find((leave) => leave.personId === regisseurId)?.replacementId;
  if (replacementId && isThere(facts, replacementId, true)) {
    return { ownerId: replacementId, reason: { rule: 'replacement', neighbourhoodId, regisseurId } };
  }
  return coordinatorFor(facts, { rule: 'absent', neighbourhoodId, regisseurId });
}

function isThere(facts: RouteFacts, personId: string, active: boolean): boolean {
  return active && !facts.leaves.some((leave) => leave.personId === personId);
}

function coordinatorFor(facts: RouteFacts, reason: RouteReason): Omit<Route, 'followerIds'> {
  return { ownerId: facts.coordinatorId, reason };
}
