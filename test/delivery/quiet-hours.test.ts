import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, it, test } from 'vitest';
import { endOfQuietHours } from '../../src/delivery/quiet-hours.js';

const ZONE = 'Europe/Brussels';
const at = (local: string) => DateTime.fromISO(local, { zone: ZONE }).toJSDate();
const sayEnd = (now: Date, from: string, until: string) => {
  const end = endOfQuietHours(now, ZONE, { quietFrom: minutes(from), quietUntil: minutes(until) });
  return end && DateTime.fromJSDate(end, { zone: ZONE }).toFormat('yyyy-MM-dd HH:mm ZZ');
};
const minutes = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

describe('a message in somebody’s quiet hours', () => {
  test.each([
    ['in the evening waits until the morning', '2026-11-22T22:30', '22:00', '07:00', '2026-11-23 07:00 +01:00'],
    ['after midnight waits until the same morning', '2026-11-23T03:10', '22:00', '07:00', '2026-11-23 07:00 +01:00'],
    ['at noon waits until the end of noon', '2026-11-23T12:00', '12:00', '13:30', '2026-11-23 13:30 +01:00'],
    ['in the last minute still waits', '2026-11-23T06:59', '22:00', '07:00', '2026-11-23 07:00 +01:00'],
    // The clock goes from 2:00 to 3:00.
    ['waits one hour less in the night of summer', '2026-03-28T22:00', '22:00', '07:00', '2026-03-29 07:00 +02:00'],
    [
      'until an hour that is skipped, waits until the next',
      '2026-03-29T01:30',
      '22:00',
      '02:30',
      '2026-03-29 03:00 +02:00',
    ],
    // The clock goes from 3:00 back to 2:00.
    ['waits one hour more in the night of winter', '2026-10-24T22:00', '22:00', '07:00', '2026-10-25 07:00 +01:00'],
    ['goes out in the first of two equal hours', '2026-10-25T01:30', '22:00', '02:30', '2026-10-25 02:30 +02:00'],
  ])('%s', (_, now, from, until, end) => {
    expect(sayEnd(at(now), from, until)).toBe(end);
  });

  it('waits in the second of two equal hours too, never for a moment gone by', () => {
    const secondQuarterPastTwo = new Date('2026-10-25T01:15:00Z');
    expect(sayEnd(secondQuarterPastTwo, '22:00', '02:30')).toBe('2026-10-25 02:30 +01:00');
  });

  test.each([
    ['the minute they end', '2026-11-23T07:00', '22:00', '07:00'],
    ['by day', '2026-11-23T15:00', '22:00', '07:00'],
    ['when they begin and end at once', '2026-11-23T22:30', '22:00', '22:00'],
  ])('goes out at once %s', (_, now, from, until) => {
    expect(sayEnd(at(now), from, until)).toBeUndefined();
  });

  it('goes out at once for who chose none', () => {
    expect(endOfQuietHours(new Date(), ZONE, { quietFrom: null, quietUntil: null })).toBeUndefined();
  });
});

it('always ends, later than now, within 26 hours, at a moment that is not quiet, whatever was chosen and whenever', () => {
  const quarter = fc.integer({ min: 0, max: 95 }).map((value) => value * 15);
  const moment = fc.date({ min: new Date('2026-01-01'), max: new Date('2027-12-31'), noInvalidDate: true });
  fc.assert(
    fc.property(moment, quarter, quarter, fc.constantFrom(ZONE, 'UTC', 'Atlantic/Azores'), (now, from, until, zone) => {
      const hours = { quietFrom: from, quietUntil: until };
      const end = endOfQuietHours(now, zone, hours);
      if (!end) return;
      const wait = end.getTime() - now.getTime();
      expect(wait).toBeGreaterThan(0);
      expect(wait).toBeLessThanOrEqual(26 * 3_600_000);
      expect(endOfQuietHours(end, zone, hours)).toBeUndefined();
      expect(endOfQuietHours(new Date(end.getTime() - 1), zone, hours)).toEqual(end);
    }),
    { numRuns: 2_000 },
  );
});
