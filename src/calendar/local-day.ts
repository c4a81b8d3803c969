import { DateTime } from 'luxon';
import type { Locale } from '../chat/texts.js';

/** The day it is in the municipality, as the database's dates are: midnight UTC of that day. */
export function localDay(now: Date, zone: string): Date {
  const day = DateTime.fromJSDate(now, { zone });
  return new Date(Date.UTC(day.year, day.month - 1, day.day));
}

/** The same day as YYYY-MM-DD. */
export function localIsoDay(now: Date, zone: string): string {
  return localDay(now, zone).toISOString().slice(0, 10);
}

/** Where-clause of a dated row: valid on this day, first and last day included. */
export function validOn(day: Date) {
  return { from: { lte: day }, OR: [{ until: null }, { until: { gte: day } }] };
}

/** An instant in the municipality's wall-clock time: "22 nov 2026 om 14:05" ("22 Nov 2026, 14:05"). */
export function sayInstant(at: Date, zone: string, locale: Locale): string {
  const local = DateTime.fromJSDate(at, { zone }).setLocale(locale === 'en' ? 'en-GB' : 'nl-BE');
  return local.toFormat(locale === 'en' ? 'd LLL yyyy, HH:mm' : "d LLL yyyy 'om' HH:mm");
}

/** A moment to come to, in full: "maandag 28 december 2026 om 14:00" ("Monday 28 December 2026, 14:00"). */
export function sayMoment(at: Date, zone: string, locale: Locale): string {
  const local = DateTime.fromJSDate(at, { zone }).setLocale(locale === 'en' ? 'en-GB' : 'nl-BE');
  return local.toFormat(locale === 'en' ? 'cccc d LLLL yyyy, HH:mm' : "cccc d LLLL yyyy 'om' HH:mm");
}

/** A calendar day given as YYYY-MM-DD: "22 november 2026". */
export function sayDay(isoDay: string, locale: Locale): string {
  return DateTime.fromISO(isoDay, { zone: 'utc' })
    .setLocale(locale === 'en' ? 'en-GB' : 'nl-BE')
    .toFormat('d LLLL yyyy');
}
