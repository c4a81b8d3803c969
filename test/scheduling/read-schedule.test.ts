import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fallsOn, nextOccurrences, occurrencesBetween, type Place } from '../../src/scheduling/find-occurrences.js';
import { readSchedule, type ScheduleProblem } from '../../src/scheduling/read-schedule.js';
import type { ScheduleRule } from '../../src/scheduling/schedule-rule.js';
import { sayScheduleProblem } from '../../src/scheduling/schedule-texts.js';
import { wallClock } from '../../src/calendar/wall-clock.js';

const zone = 'Europe/Brussels';
const now = new Date('2026-01-01T00:00:00Z');
const place: Place = { zone, settings: { closingDays: ['2026-12-24', '2026-12-31'] } };

function read(words: string): ScheduleRule {
  const result = readSchedule(words, { zone, now });
  if (!result.ok) throw new Error(`${words}: ${sayScheduleProblem(result.problem, 'nl')}`);
  return result.rule;
}

function refuse(words: string): ScheduleProblem {
  const result = readSchedule(words, { zone, now });
  if (result.ok) throw new Error(`${words} was read as ${JSON.stringify(result.rule)}`);
  return result.problem;
}

const next = (words: string, count = 4) =>
  nextOccurrences(read(words), now, count, place).map((at) => wallClock(at, zone).replace('T', ' '));

describe('a schedule in people’s words', () => {
  it.each([
    [
      'eerste dinsdag van maart, juni, september en december om 9 u.',
      ['2026-03-03 09:00', '2026-06-02 09:00', '2026-09-01 09:00', '2026-12-01 09:00'],
    ],
    ['elke maandag om 8:30', ['2026-01-05 08:30', '2026-01-12 08:30', '2026-01-19 08:30', '2026-01-26 08:30']],
    // 31 December is a closing day here, 30 May a Saturday.
    [
      'laatste werkdag van de maand om 16 u.',
      ['2026-01-30 16:00', '2026-02-27 16:00', '2026-03-31 16:00', '2026-04-30 16:00'],
    ],
    [
      'Laatste werkdag van mei en december om 16u30',
      ['2026-05-29 16:30', '2026-12-30 16:30', '2027-05-31 16:30', '2027-12-31 16:30'],
    ],
    [
      'eerste en derde vrijdag van elke maand om 9.15 u.',
      ['2026-01-02 09:15', '2026-01-16 09:15', '2026-02-06 09:15', '2026-02-20 09:15'],
    ],
    [
      '15 maart en 15 september om 10 u.',
      ['2026-03-15 10:00', '2026-09-15 10:00', '2027-03-15 10:00', '2027-09-15 10:00'],
    ],
    ['de 1ste van de maand om 9 uur', ['2026-01-01 09:00', '2026-02-01 09:00', '2026-03-01 09:00', '2026-04-01 09:00']],
    [
      'elke 15de van de maand om 9 uur 30',
      ['2026-01-15 09:30', '2026-02-15 09:30', '2026-03-15 09:30', '2026-04-15 09:30'],
    ],
    [
      'laatste dag van februari om 12 u',
      ['2026-02-28 12:00', '2027-02-28 12:00', '2028-02-29 12:00', '2029-02-28 12:00'],
    ],
    ['29 februari om 12 u', ['2026-02-28 12:00', '2027-02-28 12:00', '2028-02-29 12:00', '2029-02-28 12:00']],
    ['elke werkdag om 8 u.', ['2026-01-02 08:00', '2026-01-05 08:00', '2026-01-06 08:00', '2026-01-07 08:00']],
    ['dagelijks om 23:59', ['2026-01-01 23:59', '2026-01-02 23:59', '2026-01-03 23:59', '2026-01-04 23:59']],
    [
      'elke dinsdag en donderdag om 9 u.',
      ['2026-01-01 09:00', '2026-01-06 09:00', '2026-01-08 09:00', '2026-01-13 09:00'],
    ],
    [
      'eerste werkdag van elk kwartaal om 9 u.',
      ['2026-01-02 09:00', '2026-04-01 09:00', '2026-07-01 09:00', '2026-10-01 09:00'],
    ],
    ['2026-03-17 om 10 u.', ['2026-03-17 10:00']],
    ['17 maart 2026 en 20 mei 2026 om 10 u.', ['2026-03-17 10:00', '2026-05-20 10:00']],
    [
      'First Tuesday of March, June, September and December at 9:00',
      ['2026-03-03 09:00', '2026-06-02 09:00', '2026-09-01 09:00', '2026-12-01 09:00'],
    ],
    ['every Monday at 8:30 am', ['2026-01-05 08:30', '2026-01-12 08:30', '2026-01-19 08:30', '2026-01-26 08:30']],
    [
      'last working day of the month at 4 pm',
      ['2026-01-30 16:00', '2026-02-27 16:00', '2026-03-31 16:00', '2026-04-30 16:00'],
    ],
    [
      'March 15 and September 15 at 10',
      ['2026-03-15 10:00', '2026-09-15 10:00', '2027-03-15 10:00', '2027-09-15 10:00'],
    ],
    ['every day at 12 am', ['2026-01-02 00:00', '2026-01-03 00:00', '2026-01-04 00:00', '2026-01-05 00:00']],
  ])('%s', (words, expected) => {
    expect(next(words, expected.length + (expected.length < 4 ? 1 : 0))).toEqual(expected);
  });
});

describe('a schedule that cannot be', () => {
  it.each([
    ['', 'SCHEDULE.EMPTY', 'elke maandag'],
    ['elke maandag', 'SCHEDULE.NO_TIME', 'Zeg er ook het uur bij'],
    ['elke maandag om 25 u.', 'SCHEDULE.TIME', '“25 u.” is geen uur'],
    ['elke maandag om 9:75', 'SCHEDULE.TIME', '“9:75” is geen uur'],
    ['elke maandga om 9 u.', 'SCHEDULE.WORD', 'Bedoel je “maandag”?'],
    ['bij volle maan om 9 u.', 'SCHEDULE.WORD', 'We begrijpen “bij” niet'],
    ['om 9 u.', 'SCHEDULE.NO_DAY', 'op welke dag'],
    ['maart om 9 u.', 'SCHEDULE.NO_DAY', 'op welke dag'],
    ['de 15de om 9 u.', 'SCHEDULE.NO_MONTH', '15 maart'],
    ['31 juni om 9 u.', 'SCHEDULE.IMPOSSIBLE', '31 juni bestaat niet'],
    ['31 januari, juni en juli om 9 u.', 'SCHEDULE.IMPOSSIBLE', '31 juni bestaat niet'],
    ['29 februari 2027 om 9 u.', 'SCHEDULE.IMPOSSIBLE', '29 februari 2027 bestaat niet'],
    ['30 februari om 9 u.', 'SCHEDULE.IMPOSSIBLE', '30 februari bestaat niet'],
    ['0 maart om 9 u.', 'SCHEDULE.IMPOSSIBLE', '0 maart bestaat niet'],
    ['2026-02-30 om 9 u.', 'SCHEDULE.IMPOSSIBLE', '30 februari 2026 bestaat niet'],
    ['2026-13-01 om 9 u.', 'SCHEDULE.WORD', '2026-13-01'],
    ['31ste van de maand om 9 u.', 'SCHEDULE.NOT_EVERY_MONTH', 'Niet elke maand heeft een 31ste'],
    ['vijfde maandag van de maand om 9 u.', 'SCHEDULE.NOT_EVERY_MONTH', 'Bedoel je de laatste?'],
    ['2025-12-31 om 9 u.', 'SCHEDULE.PAST', '31 december 2025 is voorbij'],
    ['29 maart 2026 om 2:30', 'SCHEDULE.SKIPPED_HOUR', 'Op 29 maart 2026 bestaat 02:30 niet'],
    ['29 maart om 2:30', 'SCHEDULE.SKIPPED_HOUR', 'Op 29 maart 2026 bestaat 02:30 niet'],
    ['laatste zondag van maart om 2 u.', 'SCHEDULE.SKIPPED_HOUR', 'bestaat 02:00 niet'],
    ['laatste dag van maart om 2:59', 'SCHEDULE.SKIPPED_HOUR', 'Op 31 maart 2030'],
  ])('“%s” is refused (%s), saying why', (words, code, said) => {
    const problem = refuse(words);
    expect(problem.code).toBe(code);
    expect(sayScheduleProblem(problem, 'nl')).toContain(said);
    expect(sayScheduleProblem(problem, 'en')).not.toMatch(/\{\{|[Kk]ies |Schrijf/);
  });
});

describe('the changes of the clock', () => {
  const hours = (rule: ScheduleRule, from: string, until: string) =>
    occurrencesBetween(rule, { from: new Date(from), until: new Date(until) }, place).map((at) => at.toISOString());

  it('a time that spring skips comes an hour later on the clock, once', () => {
    expect(hours(read('elke dag om 2:30'), '2026-03-28T12:00:00Z', '2026-03-30T12:00:00Z')).toEqual([
      '2026-03-29T01:30:00.000Z', // 03:30, the clock having gone forward
      '2026-03-30T00:30:00.000Z',
    ]);
  });

  it('a time that autumn has twice comes once, the first time', () => {
    expect(hours(read('elke dag om 2:30'), '2026-10-24T12:00:00Z', '2026-10-26T12:00:00Z')).toEqual([
      '2026-10-25T00:30:00.000Z', // summer time still
      '2026-10-26T01:30:00.000Z',
    ]);
  });

  it('other times keep to the clock on the wall', () => {
    expect(hours(read('elke dag om 9 u.'), '2026-03-28T00:00:00Z', '2026-03-30T12:00:00Z')).toEqual([
      '2026-03-28T08:00:00.000Z',
      '2026-03-29T07:00:00.000Z',
      '2026-03-30T07:00:00.000Z',
    ]);
  });
});

const WEEKDAY_WORDS = ['maandag', 'dinsdag', 'woensdag', 'donderdag', 'vrijdag', 'zaterdag', 'zondag'];
const NTH_WORDS = ['eerste', 'tweede', 'derde', 'vierde', 'laatste'];
const MONTH_WORDS = 'januari februari maart april mei juni juli augustus september oktober november december'.split(
  ' ',
);

const anyWords = fc
  .record({
    nth: fc.constantFrom(...NTH_WORDS),
    weekday: fc.constantFrom(...WEEKDAY_WORDS),
    months: fc.uniqueArray(fc.constantFrom(...MONTH_WORDS), { minLength: 1, maxLength: 6 }),
    hour: fc.integer({ min: 4, max: 23 }),
    minute: fc.integer({ min: 0, max: 59 }),
    shape: fc.constantFrom('nth' as const, 'weekly' as const, 'working' as const, 'last working' as const),
  })
  .map(({ nth, weekday, months, hour, minute, shape }) => {
    const time = `om ${hour}:${String(minute).padStart(2, '0')}`;
    switch (shape) {
      case 'weekly':
        return `elke ${weekday} ${time}`;
      case 'working':
        return `elke werkdag ${time}`;
      case 'last working':
        return `laatste werkdag van ${months.join(', ')} ${time}`;
      case 'nth':
        return `${nth} ${weekday} van ${months.join(', ')} ${time}`;
    }
  });

describe('whatever schedule is written', () => {
  it('has next moments that lie ahead, in order, on its days and at its time of the clock on the wall', () => {
    fc.assert(
      fc.property(
        anyWords,
        fc.date({ min: new Date('2024-01-01'), max: new Date('2030-01-01'), noInvalidDate: true }),
        (words, after) => {
          const rule = read(words);
          const found = nextOccurrences(rule, after, 5, place);
          expect(found).toHaveLength(5);
          const clock = found.map((at) => wallClock(at, zone));
          expect(found.every((at) => at > after)).toBe(true);
          expect(clock).toEqual([...new Set(clock)].sort());
          const { hour, minute } = rule.time;
          for (const shown of clock) {
            expect(shown.slice(11)).toBe(`${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`);
            expect(fallsOn(rule, shown.slice(0, 10), place.settings)).toBe(true);
          }
        },
      ),
      { numRuns: 100 },
    );
  });

  it('gives the same moments however the time between is cut into windows', () => {
    fc.assert(
      fc.property(
        anyWords,
        fc.array(fc.integer({ min: 1, max: 4_000 }), { minLength: 1, maxLength: 30 }),
        (words, steps) => {
          const rule = read(words);
          const start = new Date('2026-03-01T03:17:00Z');
          let from = start;
          const pieces = steps.flatMap((minutes) => {
            const until = new Date(from.getTime() + minutes * 60_000);
            const found = occurrencesBetween(rule, { from, until }, place);
            from = until;
            return found;
          });
          expect(pieces).toEqual(occurrencesBetween(rule, { from: start, until: from }, place));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('is read the same from its words in capitals, with accents and commas, and nothing typed breaks it', () => {
    fc.assert(
      fc.property(anyWords, (words) => {
        expect(read(words.toUpperCase())).toEqual(read(words));
        expect(read(`  ${words.replaceAll(' ', '   ')} `)).toEqual(read(words));
      }),
      { numRuns: 50 },
    );
    fc.assert(
      fc.property(fc.string({ maxLength: 80 }), (typed) => {
        const result = readSchedule(`${typed} om 9 u.`, { zone, now });
        if (!result.ok) expect(sayScheduleProblem(result.problem, 'nl')).toMatch(/[.?]$/);
      }),
      { numRuns: 500 },
    );
  });
});
