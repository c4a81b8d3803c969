import ical, { ICalAttendeeRole, ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import type { CalendarEntry } from '../../chat/card.js';

/** What mail programs act upon (RFC 6047): a request puts the event in the calendar or moves it, a cancellation takes it away. */
export interface CalendarPart {
  method: 'REQUEST' | 'CANCEL';
  filename: string;
  content: string;
}

/**
 * The calendar part of a mail to one person.
 *
 * @param from.organizer whoever the mail is from: a program takes changes from nobody else. No answers come back to it (RSVP is
 *   off); they are given in the chat or on the page.
 */
export function writeCalendarPart(
  entry: CalendarEntry,
  from: { organizer: { name: string; address: string }; attendee: string },
): CalendarPart {
  const method = entry.cancelled ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.REQUEST;
  const calendar = ical({ prodId: { company: 'Wijksignaal', product: 'Wijksignaal' }, method });
  const event = calendar.createEvent({
    id: entry.uid,
    sequence: entry.sequence,
    start: new Date(entry.startsAt),
    end: new Date(entry.endsAt),
    stamp: new Date(entry.asOf),
    summary: entry.title,
    location: entry.place ?? entry.online ?? null,
    description: entry.online ? `${entry.online}\n${entry.url}` : entry.url,
    url: entry.url,
    organizer: { name: from.organizer.name || 'Wijksignaal', email: from.organizer.address },
    status: entry.cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
  });
  event.createAttendee({ email: from.attendee, role: ICalAttendeeRole.REQ, rsvp: false });
  return { method, filename: entry.cancelled ? 'cancel.ics' : 'invite.ics', content: calendar.toString() };
}
