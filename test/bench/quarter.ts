/** Only so many towns are asked in turn: the others make the database large. */
export const TOWNS_ASKED = 3;

/** The quarter that is drafted, and the starts of the seven before it, newest first. */
export const QUARTER = {
  from: new Date('2026-08-01T00:00:00Z'),
  until: new Date('2026-11-01T00:00:00Z'),
  before: Array.from({ length: 7 }, (_, index) => new Date(Date.UTC(2026, 7 - 3 * (index + 1), 1))),
};
