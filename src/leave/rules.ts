/** Longer than this is no leave but another assignment: the municipality's file says who has the neighbourhoods then. */
const LONGEST_DAYS = 366;

/** Days as YYYY-MM-DD, first and last included. */
export interface Period {
  from: string;
  until: string;
}

export type PeriodProblem = 'from.past' | 'until.before' | 'until.past' | 'until.far';

const DAY_MS = 86_400_000;

/**
 * What is wrong with a leave's days; undefined when nothing is.
 *
 * @param today in the municipality.
 * @param begun when it began already: the first day stands, and only the last one can still be chosen.
 */
export function checkPeriod({ from, until }: Period, today: string, begun = false): PeriodProblem | undefined {
  if (!begun && from < today) return 'from.past';
  if (until < from) return 'until.before';
  if (until < today) return 'until.past';
  if ((Date.parse(until) - Date.parse(from)) / DAY_MS >= LONGEST_DAYS) return 'until.far';
  return undefined;
}

/** Where-clause of leaves that share a day with this period. */
export function meets({ from, until }: Period) {
  return { from: { lte: new Date(until) }, until: { gte: new Date(from) } };
}
