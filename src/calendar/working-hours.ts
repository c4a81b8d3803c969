import { instantAt, wallClock } from './wall-clock.js';
import { addDays, isWorkingDay, toWorkingDay, type WorkingWeek } from './working-days.js';

/** As much of a municipality as its working hours need. */
export interface Office {
  zone: string;
  settings: WorkingWeek & { workingHours: { from: string; until: string } };
}

/** The instant at which work starts on this day (YYYY-MM-DD). */
export function startOfWork(day: string, { zone, settings }: Office): Date {
  return instantAt(day, timeOf(settings.workingHours.from), zone);
}

/** This instant when somebody works then, else the next start of work. */
export function toWorkingHours(at: Date, office: Office): Date {
  const { from, until } = office.settings.workingHours;
  const [day = '', time = ''] = wallClock(at, office.zone).split('T');
  if (isWorkingDay(day, office.settings) && time >= from && time < until) return at;
  const next = isWorkingDay(day, office.settings) && time < from ? day : addDays(day, 1);
  return startOfWork(toWorkingDay(next, office.settings), office);
}

/** The last working day whose work has started. */
export function lastStartedWorkingDay(now: Date, office: Office): string {
  const [day = '', time = ''] = wallClock(now, office.zone).split('T');
  const started = time >= office.settings.workingHours.from ? day : addDays(day, -1);
  return toWorkingDay(started, office.settings, -1);
}

function timeOf(text: string) {
  const [hour = 0, minute = 0] = text.split(':').map(Number);
  return { hour, minute };
}
