import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mustPlanNext, rankTopics, remindersOf, seatsToGive } from '../../src/forums/rules.js';

const ZONE = 'Europe/Brussels';
const WEEK = { closingDays: [] as string[] };
const remind = (startsAt: string, closingDays: string[] = []) =>
  remindersOf(new Date(startsAt), [30, 7, 1], ZONE, { closingDays }).map(({ days, at }) => [days, at.toISOString()]);

describe('reminders of a forum', () => {
  it('come at nine in the morning, thirty, seven and one day before', () => {
    // A Thursday; in summer Brussels is two hours ahead.
    expect(remind('2026-06-18T12:00:00Z')).toEqual([
      [30, '2026-05-19T07:00:00.000Z'],
      [7, '2026-06-11T07:00:00.000Z'],
      [1, '2026-06-17T07:00:00.000Z'],
    ]);
  });

  it('keep to nine on the wall over both changes of the clock', () => {
    expect(remind('2026-04-02T12:00:00Z')[0]).toEqual([30, '2026-03-03T08:00:00.000Z']);
    expect(remind('2026-04-02T12:00:00Z')[1]).toEqual([7, '2026-03-26T08:00:00.000Z']);
    expect(remind('2026-10-29T13:00:00Z')[1]).toEqual([7, '2026-10-22T07:00:00.000Z']);
    expect(remind('2026-10-29T13:00:00Z')[2]).toEqual([1, '2026-10-28T08:00:00.000Z']);
  });

  it('come on the last working day before when theirs is none', () => {
    // A Monday: the day before is a Sunday. 1 May is a public holiday, a Friday.
    expect(remind('2026-05-04T12:00:00Z')[2]).toEqual([1, '2026-04-30T07:00:00.000Z']);
    expect(remind('2026-05-04T12:00:00Z', ['2026-04-30'])[2]).toEqual([1, '2026-04-29T07:00:00.000Z']);
  });

  it('never come after the forum has begun, whatever its day', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2026-01-01'), max: new Date('2032-12-31'), noInvalidDate: true }),
        (startsAt) => {
          for (const { at } of remindersOf(startsAt, [30, 7, 1], ZONE, WEEK)) expect(at < startsAt).toBe(true);
        },
      ),
    );
  });
});

describe('planning the next forum', () => {
  const last = new Date('2026-03-10T12:00:00Z');

  it('is asked for two months before it is due', () => {
    expect(mustPlanNext(new Date('2026-07-09T12:00:00Z'), last, 2)).toBe(false);
    expect(mustPlanNext(new Date('2026-07-10T12:00:00Z'), last, 2)).toBe(true);
    expect(mustPlanNext(new Date('2026-05-10T12:00:00Z'), last, 3)).toBe(true);
  });

  it('is asked for at once where there was none, and never where the municipality holds none', () => {
    expect(mustPlanNext(last, undefined, 2)).toBe(true);
    expect(mustPlanNext(last, undefined, 'never')).toBe(false);
  });
});

it('never gives more seats than there are, nor more than people wait', () => {
  fc.assert(
    fc.property(fc.option(fc.integer({ min: 1, max: 50 })), fc.nat(60), fc.nat(60), (capacity, coming, waiting) => {
      const seats = seatsToGive(capacity, coming, waiting);
      expect(seats).toBeGreaterThanOrEqual(0);
      expect(seats).toBeLessThanOrEqual(waiting);
      if (capacity !== null && seats > 0) expect(coming + seats).toBeLessThanOrEqual(capacity);
      if (capacity === null) expect(seats).toBe(waiting);
    }),
  );
});

it('puts the most votes first, and of equals who was first', () => {
  const topic = (id: string, votes: number, addedAt: string) => ({ id, votes, addedAt: new Date(addedAt) });
  const ranked = rankTopics([
    topic('late', 2, '2026-03-03'),
    topic('few', 1, '2026-03-01'),
    topic('early', 2, '2026-03-02'),
  ]);
  expect(ranked.map(({ id }) => id)).toEqual(['early', 'late', 'few']);
});
