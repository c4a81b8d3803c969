import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, addWorkingDays, isWorkingDay, toWorkingDay, weekdayOf } from '../../src/calendar/working-days.js';

const open = { closingDays: [] };

describe('working days', () => {
  it('leave out weekends and the ten Belgian public holidays, and no other feast', () => {
    // Source: https://www.belgium.be, the public holidays of 2026, copied by hand.
    const holidays = '01-01 04-06 05-01 05-14 05-25 07-21 08-15 11-01 11-11 12-25'
      .split(' ')
      .map((day) => `2026-${day}`);
    const off: string[] = [];
    for (let day = '2026-01-01'; day <= '2026-12-31'; day = addDays(day, 1)) {
      if (!isWorkingDay(day, open) && weekdayOf(day) <= 5) off.push(day);
    }
    expect(off).toEqual(holidays.filter((day) => weekdayOf(day) <= 5));
    expect(isWorkingDay('2026-07-11', open), 'the Flemish feast day is a Saturday').toBe(false);
    expect(isWorkingDay('2025-07-11', open), 'and no public holiday').toBe(true);
  });

  it.each([
    // Filed on a Friday evening, a Sunday, and the days around the long weekends of May 2026.
    ['2026-03-06', 5, '2026-03-13'],
    ['2026-03-08', 5, '2026-03-13'],
    ['2026-03-09', 5, '2026-03-16'],
    ['2026-05-12', 5, '2026-05-20'], // Ascension Day
    ['2026-05-20', 5, '2026-05-28'], // Whit Monday
    ['2026-12-23', 5, '2026-12-31'],
    ['2028-02-25', 2, '2028-02-29'],
    ['2026-05-20', -5, '2026-05-12'],
  ])('%s and %i working days is %s', (day, count, expected) => {
    expect(addWorkingDays(day, count, open)).toBe(expected);
  });

  it('leave out the municipality’s own closing days', () => {
    const closed = { closingDays: ['2026-03-10', '2026-03-11'] };
    expect(addWorkingDays('2026-03-09', 5, closed)).toBe('2026-03-18');
    expect(toWorkingDay('2026-03-10', closed)).toBe('2026-03-12');
    expect(toWorkingDay('2026-03-10', closed, -1)).toBe('2026-03-09');
  });

  it('never loop without end when every day is a closing day', () => {
    const all = Array.from({ length: 1_200 }, (_, index) => addDays('2026-01-01', index));
    expect(() => addWorkingDays('2026-01-01', 1, { closingDays: all })).toThrow(RangeError);
  });

  it('going on and back gives the first working day again', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3_000 }), fc.integer({ min: 1, max: 60 }), (offset, count) => {
        const day = toWorkingDay(addDays('2024-01-01', offset), open);
        const later = addWorkingDays(day, count, open);
        expect(isWorkingDay(later, open)).toBe(true);
        expect(addWorkingDays(later, -count, open)).toBe(day);
      }),
    );
  });
});
