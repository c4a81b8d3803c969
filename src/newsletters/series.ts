import { DateTime } from 'luxon';
import type { MunicipalityInfo } from '../chat/feature.js';
import type { NewsletterSettings } from '../municipality/newsletter-settings.js';
import { nextOccurrences, occurrencesBetween } from '../scheduling/find-occurrences.js';
import { readSchedule } from '../scheduling/read-schedule.js';
import { wallClock } from '../calendar/wall-clock.js';

const DAY_MS = 86_400_000;
/** How far back the issue before the first one is looked for; yearly is the rarest that makes sense. */
const LOOK_BACK_DAYS = 400;
/** What an issue looks back on when its schedule has no moment before it. */
const DEFAULT_MONTHS = 3;
/** Bars of the trend, the issue's own period included. */
const TREND_BARS = 8;

export interface Issue {
  series: NewsletterSettings;
  /** When it is meant to be sent. */
  sendAt: Date;
  /** The same on the municipality's wall clock. */
  occasion: string;
  /** When its draft is made. */
  draftAt: Date;
}

/** The issues whose draft is due in a window: after `from`, up to and with `until`. */
export function issuesToDraft(municipality: MunicipalityInfo, { from, until }: { from: Date; until: Date }): Issue[] {
  return municipality.settings.newsletters.flatMap((series) => {
    const rule = ruleOf(series, municipality, from);
    const ahead = (at: Date, days: number) =>
      DateTime.fromJSDate(at, { zone: municipality.zone }).plus({ days }).toJSDate();
    const days = series.draftDaysBefore;
    // A day wider on both sides: a change of the clock may lie between the draft and the sending.
    const window = { from: ahead(from, days - 1), until: ahead(until, days + 1) };
    return rule
      ? occurrencesBetween(rule, window, municipality)
          .map((sendAt) => issueAt(series, municipality, sendAt))
          .filter(({ draftAt }) => draftAt > from && draftAt <= until)
      : [];
  });
}

/** The next issue of a series after now, to say when it comes. */
export function nextIssue(series: NewsletterSettings, municipality: MunicipalityInfo, now: Date): Issue | undefined {
  const rule = ruleOf(series, municipality, now);
  const [sendAt] = rule ? nextOccurrences(rule, now, 1, municipality) : [];
  return sendAt && issueAt(series, municipality, sendAt);
}

/** The latest issue of a series whose moment has passed. */
export function lastIssue(series: NewsletterSettings, municipality: MunicipalityInfo, now: Date): Issue | undefined {
  const rule = ruleOf(series, municipality, now);
  const from = new Date(now.getTime() - LOOK_BACK_DAYS * DAY_MS);
  const sendAt = rule ? occurrencesBetween(rule, { from, until: now }, municipality).at(-1) : undefined;
  return sendAt && issueAt(series, municipality, sendAt);
}

export function issueAt(series: NewsletterSettings, { zone }: { zone: string }, sendAt: Date): Issue {
  const draftAt = DateTime.fromJSDate(sendAt, { zone }).minus({ days: series.draftDaysBefore }).toJSDate();
  return { series, sendAt, occasion: wallClock(sendAt, zone), draftAt };
}

/**
 * The periods an issue looks at. Each begins where the one before it ended, so that no signal is left out or counted twice;
 * before the first issue they are as far apart as the schedule's moments.
 *
 * @param earlier starts of the series' issues before this one, newest first, and the end of the newest.
 * @returns the issue's own start, and the starts of the periods before it, newest first.
 */
export function periodsOf(
  { series, sendAt }: Pick<Issue, 'series' | 'sendAt'>,
  municipality: MunicipalityInfo,
  until: Date,
  earlier: { starts: Date[]; end: Date | undefined },
): { from: Date; before: Date[] } {
  const length = lengthOf(series, sendAt, municipality);
  const back = (at: Date) => DateTime.fromJSDate(at, { zone: municipality.zone }).minus(length).toJSDate();
  const from = earlier.end && earlier.end < until ? earlier.end : back(until);
  const before = earlier.starts.filter((start) => start < from).slice(0, TREND_BARS - 1);
  while (before.length < TREND_BARS - 1) before.push(back(before.at(-1) ?? from));
  return { from, before };
}

/** The time between two issues: in months where it is some, as calendars go. */
function lengthOf(series: NewsletterSettings, sendAt: Date, municipality: MunicipalityInfo) {
  const rule = ruleOf(series, municipality, sendAt);
  const window = { from: new Date(sendAt.getTime() - LOOK_BACK_DAYS * DAY_MS), until: new Date(sendAt.getTime() - 1) };
  const previous = rule ? occurrencesBetween(rule, window, municipality).at(-1) : undefined;
  if (!previous) return { months: DEFAULT_MONTHS };
  const days = Math.round((sendAt.getTime() - previous.getTime()) / DAY_MS);
  return days >= 25 ? { months: Math.round(days / 30.4) } : { days };
}

/** Undefined: its words are refused when the file is checked, and a single day may have gone by since. */
function ruleOf({ schedule }: NewsletterSettings, { zone }: { zone: string }, now: Date) {
  const read = readSchedule(schedule, { zone, now });
  return read.ok ? read.rule : undefined;
}
