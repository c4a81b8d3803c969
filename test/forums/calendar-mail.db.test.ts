import ical, { type VEvent } from 'node-ical';
import { simpleParser } from 'mailparser';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createMunicipalityReader } from '../../src/municipality/read-municipality.js';
import { createMail, type Mail } from '../../src/platforms/mail/mail.js';
import { createPlatform } from '../../src/platforms/playground/send-messages.js';
import type { Forum } from '../../src/storage/database.js';
import { openNewsroom } from '../newsletters/newsroom.js';
import { startSmtp, type Smtp } from '../platforms/mail/smtp.js';
import { openTestDatabase } from '../support/open-test-database.js';
import { openTown } from '../support/town.js';
import { forumsOf } from './forum-town.js';

const database = await openTestDatabase();
const { db } = database;
const town = await openTown(database);
const { municipalityId, people } = town;
const { act, plan } = forumsOf(town, db);
const room = await openNewsroom(database, town);
const now = () => town.clock.now;

let smtp: Smtp;
let mail: Mail;
beforeAll(async () => {
  smtp = await startSmtp();
  const config = { smtpUrl: smtp.url, from: { name: 'Wijksignaal', address: 'signalen@example.be' } };
  mail = createMail({ config, municipality: createMunicipalityReader(db, now) });
});
afterAll(async () => {
  mail.close();
  await smtp.close();
  await town.stop();
});
beforeEach(() => {
  smtp.mails.length = 0;
  smtp.sources.length = 0;
});

/** What a mail program finds in the mails that arrived since the last time: the method, and the event. */
async function arrived() {
  const playground = createPlatform({ db, now, changed: () => undefined });
  await room.deliverAll([playground, mail.platform]);
  const found = [];
  for (const source of smtp.sources.splice(0)) {
    const { attachments, to, subject } = await simpleParser(source);
    const part = attachments.find(({ contentType }) => contentType === 'text/calendar');
    const [event] = Object.values(ical.sync.parseICS(part?.content.toString('utf8') ?? '')).filter(
      (each): each is VEvent => each?.type === 'VEVENT',
    );
    // Mail programs look at the part's own header before they open it.
    const method = /Content-Type: text\/calendar;[^\n]*method=(\w+)/.exec(source.replace(/\r\n\s+/g, ' '))?.[1];
    found.push({ to: to && !Array.isArray(to) ? to.text : '', subject, method, event });
  }
  return found;
}

const invite = async (forum: Forum) => {
  await act(people.coordinator, 'forums.guests', forum, {
    part: 'expert',
    mail: 'Els Expert <expert@example.be>',
  });
};

it('an expert who is invited by mail has the forum in their calendar, moved and taken away as it changes', async () => {
  const forum = await plan(people.coordinator, { online: 'https://vergadering.example.be/abc' });
  await invite(forum);
  const [invitation, ...others] = await arrived();
  expect(others).toEqual([]);
  expect(invitation).toMatchObject({ to: 'expert@example.be', method: 'REQUEST' });
  const { event } = invitation ?? {};
  expect(event).toMatchObject({
    uid: `forum-${forum.id}@wijksignaal`,
    method: 'REQUEST',
    summary: 'Welzijnsforum',
    location: 'Buurthuis, zaal 1',
    status: 'CONFIRMED',
  });
  expect([event?.start.toISOString(), event?.end?.toISOString()]).toEqual([
    '2026-06-18T12:00:00.000Z',
    '2026-06-18T14:00:00.000Z',
  ]);
  expect(JSON.stringify(event?.organizer)).toContain('signalen@example.be');
  expect(JSON.stringify(event?.attendee)).toContain('expert@example.be');
  expect(String(event?.description)).toContain('https://vergadering.example.be/abc');

  const change = (values: object) =>
    act(people.coordinator, 'forums.change', forum, {
      title: forum.title,
      on: '2026-06-25',
      at: '10:00',
      hours: '2',
      place: 'Stadhuis',
      ...values,
    });
  await change({});
  const [moved] = await arrived();
  expect(moved).toMatchObject({ to: 'expert@example.be', method: 'REQUEST', subject: 'Gewijzigd: Welzijnsforum' });
  expect(moved?.event).toMatchObject({ uid: event?.uid, location: 'Stadhuis' });
  expect(moved?.event?.start.toISOString()).toBe('2026-06-25T08:00:00.000Z');
  expect(Number(moved?.event?.sequence)).toBeGreaterThan(Number(event?.sequence));

  // A longer one, in the same place: a message in the chat is edited, a calendar needs another mail.
  await change({ hours: '3' });
  const [longer, ...none] = await arrived();
  expect(none).toEqual([]);
  expect(longer?.event?.end?.toISOString()).toBe('2026-06-25T11:00:00.000Z');
  expect(Number(longer?.event?.sequence)).toBeGreaterThan(Number(moved?.event?.sequence));

  await act(people.coordinator, 'forums.cancel', forum, { why: 'Geen zaal.' });
  const [cancelled] = await arrived();
  expect(cancelled).toMatchObject({ to: 'expert@example.be', method: 'CANCEL' });
  expect(cancelled?.event).toMatchObject({ uid: event?.uid, status: 'CANCELLED' });
  expect(Number(cancelled?.event?.sequence)).toBeGreaterThan(Number(longer?.event?.sequence));
});

it('who said no hears nothing more of it, and mails about nothing with a date carry none', async () => {
  const forum = await plan(people.coordinator, { on: '2026-09-17' });
  await invite(forum);
  await arrived();
  await db.forumAttendee.updateMany({
    where: { municipalityId, forumId: forum.id, person: { name: 'Els Expert' } },
    data: { answer: 'declined' },
  });
  await act(people.coordinator, 'forums.cancel', forum, { why: 'Geen zaal.' });
  expect(await arrived()).toEqual([]);
});
