import { DateTime } from 'luxon';

/** Zones change their clocks at whole quarters, and people choose whole quarters. */
const QUARTER_MS = 15 * 60_000;
/** A day with one hour more, and the clock may go back on the way. */
const MOST_QUARTERS = 26 * 4;

/** Minutes since midnight on the wall; `from` later than `until` runs through the night. */
export interface QuietHours {
  quietFrom: number | null;
  quietUntil: number | null;
}

/**
 * When somebody's quiet hours end, or undefined when it is not quiet now. The wall clock decides, so that 22:00 to 7:00 is nine
 * hours, but eight in the night that the clock goes forward and ten when it goes back.
 *
 * @param zone of the municipality.
 */
export function endOfQuietHours(now: Date, zone: string, hours: QuietHours): Date | undefined {
  const { quietFrom, quietUntil } = hours;
  if (quietFrom === null || quietUntil === null || quietFrom === quietUntil) return undefined;
  const isQuiet = (at: number) => {
    const { hour, minute } = DateTime.fromMillis(at, { zone });
    const time = hour * 60 + minute;
    return quietFrom < quietUntil ? time >= quietFrom && time < quietUntil : time >= quietFrom || time < quietUntil;
  };
  if (!isQuiet(now.getTime())) return undefined;
  const quarter = Math.floor(now.getTime() / QUARTER_MS);
  for (let later = 1; later <= MOST_QUARTERS; later += 1) {
    const at = (quarter + later) * QUARTER_MS;
    if (!isQuiet(at)) return new Date(at);
  }
  return undefined;
}
