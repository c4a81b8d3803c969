import { DateTime } from 'luxon';

/** The municipality's wall clock: YYYY-MM-DDTHH:mm. An hour that comes twice in autumn reads the same both times. */
export function wallClock(at: Date, zone: string): string {
  return DateTime.fromJSDate(at, { zone }).toFormat("yyyy-MM-dd'T'HH:mm");
}

/** A time of day. */
export interface TimeOfDay {
  hour: number;
  minute: number;
}

/**
 * The instant at which the clock on the wall shows this time on this day. Where it never does (the hour skipped in spring): an
 * hour later, when as much of the day has gone by. Where it does twice (autumn): the first time.
 *
 * @param isoDay YYYY-MM-DD
 */
export function instantAt(isoDay: string, { hour, minute }: TimeOfDay, zone: string): Date {
  const [year = 0, month = 1, day = 1] = isoDay.split('-').map(Number);
  const local = DateTime.fromObject({ year, month, day, hour, minute }, { zone });
  const [first = local] = local.getPossibleOffsets();
  return first.toJSDate();
}

/** Whether the clock on the wall shows this time on this day at all. */
export function existsOn(isoDay: string, time: TimeOfDay, zone: string): boolean {
  const shown = wallClock(instantAt(isoDay, time, zone), zone);
  return shown === `${isoDay}T${sayTime(time)}`;
}

/** "09:05" */
export function sayTime({ hour, minute }: TimeOfDay): string {
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}
