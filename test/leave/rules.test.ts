import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkPeriod } from '../../src/leave/rules.js';

const TODAY = '2026-03-10';
const day = fc
  .date({ min: new Date('2025-01-01'), max: new Date('2028-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

describe('the days of a leave', () => {
  it('may be today alone, and may not be over, turned around, or longer than a year', () => {
    expect(checkPeriod({ from: TODAY, until: TODAY }, TODAY)).toBeUndefined();
    expect(checkPeriod({ from: '2026-03-09', until: '2026-03-20' }, TODAY)).toBe('from.past');
    expect(checkPeriod({ from: '2026-03-20', until: '2026-03-19' }, TODAY)).toBe('until.before');
    expect(checkPeriod({ from: '2026-03-20', until: '2027-03-20' }, TODAY)).toBeUndefined();
    expect(checkPeriod({ from: '2026-03-20', until: '2027-03-21' }, TODAY)).toBe('until.far');
  });

  it('of a leave that began leave only the last one to choose, from today on', () => {
    expect(checkPeriod({ from: '2026-03-01', until: TODAY }, TODAY, true)).toBeUndefined();
    expect(checkPeriod({ from: '2026-03-01', until: '2026-03-09' }, TODAY, true)).toBe('until.past');
  });

  it('are never taken when nobody would be away from today on', () => {
    fc.assert(
      fc.property(day, day, fc.boolean(), (from, until, begun) => {
        if (checkPeriod({ from, until }, TODAY, begun) === undefined)
          expect(from <= until && until >= TODAY).toBe(true);
      }),
    );
  });
});
