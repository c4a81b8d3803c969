import Holidays from 'date-holidays';

/** Days as YYYY-MM-DD; they compare as text. */
type IsoDay = string;

/** Further than this there is no working day to be found: the closing days cover everything. */
const SEARCH_LIMIT_DAYS = 1_000;

const DAY_MS = 86_400_000;

const belgium = new Holidays('BE');
const holidaysByYear = new Map<number, Set<IsoDay>>();

/** The ten Belgian public holidays of this year. https://www.belgium.be/nl/over_belgie/land/belgie_in_een_notendop/feestdagen */
function publicHolidays(year: number): Set<IsoDay> {
  const known = holidaysByYear.get(year);
  if (known) return known;
  const days = new Set(
    belgium
      .getHolidays(year)
      .filter(({ type }) => type === 'public')
      .map(({ date }) => date.slice(0, 10)),
  );
  holidaysByYear.set(year, days);
  return days;
}

/** What of a municipality decides which days it works. */
export interface WorkingWeek {
  /** Its own closing days besides weekends and public holidays. */
  closingDays: readonly IsoDay[];
}

/** Monday to Friday, no Belgian public holiday, and none of the municipality's own closing days. */
export function isWorkingDay(day: IsoDay, { closingDays }: WorkingWeek): boolean {
  return weekdayOf(day) <= 5 && !publicHolidays(Number(day.slice(0, 4))).has(day) && !closingDays.includes(day);
}

/**
 * The day this many working days later; the first day does not count itself. From a Friday, one working day is the Monday
 * after. Zero gives the same day, working or not. Negative counts back.
 *
 * @throws RangeError when the closing days leave no working day to be found.
 */
export function addWorkingDays(day: IsoDay, count: number, week: WorkingWeek): IsoDay {
  let at = day;
  for (let left = Math.abs(count); left > 0; left -= 1) at = nextWorkingDay(at, week, count < 0 ? -1 : 1);
  return at;
}

/** This day when it is a working day, else the next one (`-1`: the one before). */
export function toWorkingDay(day: IsoDay, week: WorkingWeek, direction: 1 | -1 = 1): IsoDay {
  return isWorkingDay(day, week) ? day : nextWorkingDay(day, week, direction);
}

function nextWorkingDay(day: IsoDay, week: WorkingWeek, direction: 1 | -1): IsoDay {
  let at = day;
  for (let tries = 0; tries < SEARCH_LIMIT_DAYS; tries += 1) {
    at = addDays(at, direction);
    if (isWorkingDay(at, week)) return at;
  }
  throw new RangeError(`No working day within ${SEARCH_LIMIT_DAYS} days.`);
}

/** The day this many calendar days later; negative: before. */
export function addDays(day: IsoDay, count: number): IsoDay {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * DAY_MS).toISOString().slice(0, 10);
}

/** 1 Monday ... 7 Sunday */
export function weekdayOf(day: IsoDay): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
}
