import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import type { MunicipalityInfo } from '../chat/feature.js';
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
      id: `forum-${forum.id}@wijksignaal`,
      sequence: forum.sequence,
      start: forum.startsAt,
      end: new Date(forum.startsAt.getTime() + forum.minutes * 60_000),
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
