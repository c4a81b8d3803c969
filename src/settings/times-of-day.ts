import { DateTime } from 'luxon';
import type { Option } from '../chat/card.js';
import type { Locale } from '../chat/texts.js';

const HALF_HOUR = 30;
const DAY = 24 * 60;

/** 450 minutes since midnight is "07:30", and back. */
export function sayTime(minutes: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

export function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}

/** Every half hour of the day, or of the part from `first` up to and including `last`. */
export function halfHours(first = '00:00', last = '23:30'): Option[] {
  return Array.from({ length: DAY / HALF_HOUR }, (_, index) => sayTime(index * HALF_HOUR))
    .filter((time) => time >= first && time <= last)
    .map((time) => ({ value: time, label: time }));
}

/** 1 is "maandag", 7 is "zondag". */
export function sayWeekday(day: number, locale: Locale): string {
  return DateTime.fromObject({ weekYear: 2026, weekNumber: 2, weekday: day as 1 })
    .setLocale(locale)
    .toFormat('cccc');
}
