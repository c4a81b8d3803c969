import { load } from 'cheerio';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Person } from '../../src/storage/database.js';
import { expectValidHtml, serveSite, type Site } from '../status-site/site.js';
import { openTestDatabase } from '../support/open-test-database.js';
import { openTown, wordsOf } from '../support/town.js';
import { Browser } from './browser.js';

const database = await openTestDatabase();
const { db } = database;
const town = await openTown(database);

let site: Site;
beforeAll(async () => {
  site = await serveSite({ db, now: () => town.clock.now, chat: town.chat }, town.municipalityId, { openSite: false });
});
afterAll(async () => {
  await site.stop();
  await town.stop();
});

async function signedIn(person: Person): Promise<Browser> {
  const reply = wordsOf(await town.chat.command(town.caller(person), 'signaal', 'site'));
  const browser = new Browser(site.url);
  expect(await browser.openLink(/"url":"([^"]+\/aanmelden\/[^"]+)"/.exec(reply)?.[1] ?? '')).toMatchObject({
    status: 303,
  });
  return browser;
}

it('a form loses no word when the session ended: it is sent again after signing in', async () => {
  const { coordinator } = town.people;
  const browser = await signedIn(coordinator);
  town.clock.now = new Date(town.clock.now.getTime() + 13 * 3_600_000);
  const fields = { title: 'Forum over <b>wonen</b>', on: '2026-10-15', at: '10:00', place: 'Stadhuis "De Zaal"' };
  const late = await browser.post('/forum/plan', fields);
  expect(late.status).toBe(403);
  await expectValidHtml(late.html, 'a form that came too late');
  const page = load(late.html);
  expect(page('h1').text()).toBe('Je bent intussen afgemeld');
  expect(page('main form').attr('action')).toBe('/forum/plan');
  const kept = page('main form input[type=hidden]')
    .toArray()
    .map((input): [string, string] => [input.attribs['name'] ?? '', input.attribs['value'] ?? '']);
  expect(Object.fromEntries(kept)).toEqual(fields);
  expect(await db.forum.count({ where: { municipalityId: town.municipalityId } })).toBe(0);

  const elsewhere = await signedIn(coordinator);
  const again = await elsewhere.post('/forum/plan', Object.fromEntries(kept));
  expect(again.status).toBe(303);
  const forum = await db.forum.findFirstOrThrow({ where: { municipalityId: town.municipalityId } });
  expect(forum).toMatchObject({ title: fields.title, place: fields.place });
});
