import { describe, expect, it } from 'vitest';
import { SignalStatus } from '../../src/storage/database.js';
import { findTransition, PHASES, phaseOf, TRANSITIONS, transitionsFrom } from '../../src/signals/transitions.js';

/** The procedure's table, copied by hand, one line per step: from > to | who | must be given | clock. */
const PROCEDURE = `
received > in_review | owner | nothing | acknowledgement met
received > needs_info | owner | question | acknowledgement met, stalled pauses 10 working days
in_review > needs_info | owner | question | acknowledgement met, stalled pauses 10 working days
needs_info > in_review | owner | nothing | stalled restarts
received > withdrawn | filer alone on it | nothing | stops
in_review > withdrawn | filer alone on it | nothing | stops
needs_info > withdrawn | filer alone on it | nothing | stops
in_review > accepted | owner | nothing | stalled restarts
needs_info > accepted | owner | nothing | stalled restarts
in_review > merged | owner | other signal | follows the other
needs_info > merged | owner | other signal | follows the other
accepted > merged | owner | other signal | follows the other
merged > in_review | owner | why | stalled restarts
in_review > redirected | owner | where to | stops
needs_info > redirected | owner | where to | stops
in_review > declined | owner | reason | stops
needs_info > declined | owner | reason | stops
accepted > on_agenda | owner | meeting | until the given date
accepted > in_action | owner | lead and action | until the given date
on_agenda > in_action | owner | lead and action | until the given date
at_policy > in_action | owner | lead and action | until the given date
accepted > at_policy | owner | policy question | until the given date
on_agenda > at_policy | owner | policy question | until the given date
in_action > at_policy | owner | policy question | until the given date
on_agenda > accepted | owner | outcome | stalled restarts
at_policy > accepted | owner | outcome | stalled restarts
in_action > accepted | owner | outcome | stalled restarts
accepted > resolved | owner | closing text | stops
on_agenda > resolved | owner | closing text | stops
in_action > resolved | owner | closing text | stops
at_policy > resolved | owner | closing text | stops
accepted > closed | owner | closing text | stops
on_agenda > closed | owner | closing text | stops
in_action > closed | owner | closing text | stops
at_policy > closed | owner | closing text | stops
declined > in_review | owner | why | stalled restarts
redirected > in_review | owner | why | stalled restarts
resolved > in_review | owner | why | stalled restarts
closed > in_review | owner | why | stalled restarts
`;

describe('the way of a signal', () => {
  it('has exactly the steps of the procedure, row by row', () => {
    const rows = TRANSITIONS.flatMap(({ from, to, by, asks, clock }) =>
      from.map((start) => `${start} > ${to} | ${by} | ${asks} | ${clock}`),
    );
    expect(rows.toSorted()).toEqual(PROCEDURE.trim().split('\n').toSorted());
  });

  it('has one step at most between two statuses, and offers no other', () => {
    for (const from of Object.values(SignalStatus)) {
      const offered = transitionsFrom(from).map(({ to }) => to);
      expect(new Set(offered).size).toBe(offered.length);
      for (const to of Object.values(SignalStatus)) {
        expect(findTransition(from, to) !== undefined).toBe(offered.includes(to));
      }
    }
  });

  it('calls a step back from an ended status a reopening, and no other step', () => {
    const reopenings = TRANSITIONS.filter(({ event }) => event === 'reopened').flatMap(({ from }) => from);
    expect(reopenings.toSorted()).toEqual(['closed', 'declined', 'redirected', 'resolved']);
  });

  it('shows every status but withdrawn in one of the eight phases', () => {
    const phases = new Set(Object.values(SignalStatus).map(phaseOf));
    expect(phaseOf('withdrawn')).toBeUndefined();
    expect([...phases].filter(Boolean).toSorted()).toEqual([...PHASES].toSorted());
  });
});
