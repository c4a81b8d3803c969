import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import type { CalendarEntry } from '../chat/card.js';
import type { MunicipalityInfo, ViewContext } from '../chat/feature.js';
import type { Forum } from '../storage/database.js';
import { forumPath } from './describe.js';

/**
 * Forums as a calendar takes them in (RFC 5545). A forum keeps its UID for ever, and its SEQUENCE grows with each change, so
 * that what stands in somebody's calendar moves along, or goes away when the forum is called off. No topics: whoever has the
 * address can read it.
 */
export function writeCalendar(
  municipality: Pick<MunicipalityInfo, 'id' | 'name' | 'zone'>,
  forums: Forum[],
  url: (path: string) => string,
): string {
  const calendar = ical({
    name: `Forums ${municipality.name}`,
    prodId: { company: 'Wijksignaal', product: 'Wijksignaal', language: 'NL' },
    method: ICalCalendarMethod.PUBLISH,
    timezone: municipality.zone,
    ttl: 60 * 60,
  });
  for (const forum of forums) {
    calendar.createEvent({
      id: uidOf(forum),
      sequence: forum.sequence,
      start: forum.startsAt,
      end: endOf(forum),
      stamp: forum.scheduledAt,
      created: forum.createdAt,
      summary: forum.title,
      location: forum.place ?? forum.onlineLink ?? null,
      url: url(forumPath(forum.id)),
      status: forum.status === 'cancelled' ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    });
  }
  return calendar.toString();
}

/** The same event in the calendar of one invited person, by mail. They are invited: where to join from afar may stand in it. */
export function calendarEntry({ url, now }: Pick<ViewContext, 'url' | 'now'>, forum: Forum): CalendarEntry {
  return {
    uid: uidOf(forum),
    sequence: forum.sequence,
    title: forum.title,
    startsAt: forum.startsAt.toISOString(),
    endsAt: endOf(forum).toISOString(),
    ...(forum.place && { place: forum.place }),
    ...(forum.onlineLink && { online: forum.onlineLink }),
    url: url(forumPath(forum.id)),
    cancelled: forum.status === 'cancelled',
    asOf: now.toISOString(),
  };
}

const uidOf = ({ id }: Forum) => `forum-${id}@wijksignaal`;
const endOf = ({ startsAt, minutes }: Forum) => new Date(startsAt.getTime() + minutes * 60_000);
