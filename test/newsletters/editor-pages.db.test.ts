import { load } from 'cheerio';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { NewsletterStatus, Person } from '../../src/storage/database.js';
import { issuePath } from '../../src/newsletters/newsletter.js';
import { Browser } from '../sign-in/browser.js';
import { expectValidHtml, serveSite, type Site } from '../status-site/site.js';
import { openTestDatabase } from '../support/open-test-database.js';
import { openTown, wordsOf } from '../support/town.js';
import { openNewsroom } from './newsroom.js';

const database = await openTestDatabase();
const { db } = database;
const town = await openTown(database);
const { municipalityId, people, chat, caller } = town;
const room = await openNewsroom(database, town);
let site: Site;
let path = '';

beforeAll(async () => {
  await room.settings({});
  await town.tickAt('2026-05-20T08:00:00Z');
  await town.tickAt('2026-05-23T07:01:00Z');
  path = issuePath(await room.only());
  site = await serveSite({ db, now: () => town.clock.now, chat }, municipalityId, { openSite: false });
});
afterAll(async () => {
  await site.stop();
  await town.stop();
});

const signedIn = async (person: Person): Promise<Browser> => {
  const reply = await chat.command(caller(person), 'signaal', 'site');
  const [, address = ''] = /"url":"([^"]+\/aanmelden\/[^"]+)"/.exec(wordsOf(reply)) ?? [];
  const browser = new Browser(site.url);
  expect((await browser.openLink(address)).status).toBe(303);
  return browser;
};
const statusOf = async () => (await room.only()).status;
const facts = (html: string) => {
  const page = load(html);
  return Object.fromEntries(
    page('.newsletter-facts > div')
      .toArray()
      .map((row) => [page(row).find('dt').text(), page(row).find('dd').text()]),
  );
};

/** Six messages of an issue that is being sent: three sent in the last minute, two waiting, one failed. */
beforeEach(async () => {
  await db.delivery.deleteMany({ where: { municipalityId } });
  const status: NewsletterStatus = 'sending';
  const data = { status, startedAt: town.clock.now, finishedAt: null, written: true, leg: 1 };
  await db.newsletter.updateMany({ where: { municipalityId }, data });
  const { id: batchId } = await room.only();
  const minuteAgo = new Date(town.clock.now.getTime() - 60_000);
  const base = { municipalityId, batchId, view: 'newsletters.issue', params: { newsletterId: batchId } };
  const to = Object.values(people);
  await db.delivery.createMany({
    data: ['sent', 'sent', 'sent', 'waiting', 'waiting', 'failed'].map((state, index) => ({
      ...base,
      key: `newsletter:${index}`,
      personId: to[index]?.id ?? null,
      status: state as 'sent',
      createdAt: minuteAgo,
      ...(state === 'sent' && { sentAt: minuteAgo, conversationId: 'x', messageId: String(index) }),
      ...(state === 'failed' && { failure: 'MAIL.NO_SUCH_ADDRESS' }),
    })),
  });
});

it('an editor follows the sending on its page: sent, waiting, failed and when it ends, kept current by itself', async () => {
  const editor = await signedIn(people.coordinator);
  const { html } = await editor.get(path);
  await expectValidHtml(html, 'issue being sent');
  // Three in a minute: two more take forty seconds.
  const end = /\d{2}:\d{2}$/;
  expect(facts(html)).toMatchObject({ Verstuurd: '3', 'Wacht nog': '2', Mislukt: '1' });
  expect(facts(html)['Klaar rond']).toMatch(end);
  const live = load(html)('#progress');
  expect([live.attr('hx-get'), live.attr('hx-trigger')]).toEqual([`${path}/voortgang`, 'every 5s']);

  await db.delivery.updateMany({
    where: { municipalityId, status: 'waiting' },
    data: { status: 'sent', sentAt: town.clock.now, conversationId: 'x' },
  });
  const fragment = await editor.get(`${path}/voortgang`);
  expect(fragment.html).not.toContain('<html');
  expect(facts(fragment.html)).toMatchObject({ Verstuurd: '5', 'Wacht nog': '0', Mislukt: '1' });

  // Once it is over nothing asks any more.
  await town.tickAt(new Date(town.clock.now.getTime() + 60_000));
  const over = await editor.get(`${path}/voortgang`);
  expect(load(over.html)('#progress').attr('hx-get')).toBeUndefined();
  expect(facts(over.html)['Klaar op']).toMatch(end);
  expect(await statusOf()).toBe('sent');
});

it('is paused, resumed and stopped there, and says when that is no longer possible', async () => {
  const editor = await signedIn(people.coordinator);
  const press = (control: string) => editor.post(`${path}/voortgang`, { control });
  const held = () => db.delivery.count({ where: { municipalityId, status: 'held' } });
  expect((await press('pause')).location).toBe(path);
  expect([await statusOf(), await held()]).toEqual(['paused', 2]);
  const { html } = await editor.get(path);
  expect(
    load(html)('button[name="control"]')
      .toArray()
      .map((button) => button.attribs['value']),
  ).toEqual(['resume', 'stop']);
  const again = await press('pause');
  expect([again.status, load(again.html)('main').text()]).toEqual([
    409,
    expect.stringContaining('intussen gepauzeerd'),
  ]);
  await expectValidHtml(again.html, 'refused');
  await press('resume');
  expect([await statusOf(), await held()]).toEqual(['sending', 0]);
  await press('stop');
  expect(await statusOf()).toBe('stopped');
  expect(await db.delivery.count({ where: { municipalityId, status: 'waiting' } })).toBe(0);
  expect((await press('resume')).status).toBe(409);
  expect((await press('iets')).status).toBe(400);
});

it('is for its editors alone: others read the newsletter and no more', async () => {
  const worker = await signedIn(people.worker);
  expect(load((await worker.get(path)).html)('#progress').length).toBe(0);
  for (const more of ['/voorbeeld', '/voorbeeld/mail', '/voortgang']) {
    expect((await worker.get(`${path}${more}`)).status, more).toBe(404);
    expect((await new Browser(site.url).get(`${path}${more}`)).status, more).toBe(403);
  }
  expect((await worker.post(`${path}/voortgang`, { control: 'stop' })).status).toBe(404);
  expect(await statusOf()).toBe('sending');
});

it('shows in English what is English: the editor’s words stay the town’s', async () => {
  const editor = await signedIn(people.coordinator);
  await editor.post('/taal', { locale: 'en', back: path });
  const { html } = await editor.get(path);
  expect(facts(html)).toMatchObject({ Sent: '3', Waiting: '2', Failed: '1' });
  const preview = await editor.get(`${path}/voorbeeld`);
  expect(load(preview.html)('h1').text()).toBe('This is what it looks like');
  await expectValidHtml(preview.html, 'preview in English');
});
