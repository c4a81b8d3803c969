import type { Occasion, Schedule } from '../chat/feature.js';
import { wallClock } from '../calendar/wall-clock.js';

/** Later than this is late: longer than a restart or a busy minute takes. */
const LATE_AFTER_MS = 15 * 60_000;

const HOUR_MS = 3_600_000;

/** An occasion with what the database knows it by. */
export interface Due extends Occasion {
  moment: string;
}

export interface Choice {
  run: (Due & { late: boolean })[];
  skip: (Due & { why: 'NEWER' | 'TOO_LATE' })[];
}

/**
 * Which occasions run and which are passed over: of the missed ones of a subject the latest where the schedule says so, and none
 * that is later than the municipality still wants. In the order of their time.
 *
 * @param due those that are due and have not run, in any order; the same one twice counts once.
 */
export function chooseOccasions(
  due: Occasion[],
  {
    missed,
    zone,
    skipAfterHours,
    now,
  }: { missed: Schedule['missed']; zone: string; skipAfterHours: number | 'never'; now: Date },
): Choice {
  const choice: Choice = { run: [], skip: [] };
  const taken = new Set<string>();
  // Newest first: the first of a subject is its latest.
  const latestFirst = due.toSorted((a, b) => b.at.getTime() - a.at.getTime());
  const seen = new Set<string>();
  for (const occasion of latestFirst) {
    const moment = occasion.moment ?? wallClock(occasion.at, zone);
    const key = `${occasion.subject} ${moment}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const lateMs = now.getTime() - occasion.at.getTime();
    if (missed === 'latest' && taken.has(occasion.subject)) choice.skip.push({ ...occasion, moment, why: 'NEWER' });
    else if (skipAfterHours !== 'never' && lateMs > skipAfterHours * HOUR_MS)
      choice.skip.push({ ...occasion, moment, why: 'TOO_LATE' });
    else choice.run.push({ ...occasion, moment, late: isLate(occasion.at, now) });
    taken.add(occasion.subject);
  }
  choice.run.reverse();
  choice.skip.reverse();
  return choice;
}

export function isLate(at: Date, now: Date): boolean {
  return now.getTime() - at.getTime() > LATE_AFTER_MS;
}
