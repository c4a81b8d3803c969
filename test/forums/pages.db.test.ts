import { load } from 'cheerio';
import ical from 'node-ical';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Forum, Person } from '../../src/storage/database.js';
import { Browser, signIn } from '../sign-in/browser.js';
import { expectValidHtml, serveSite, type Site } from '../status-site/site.js';
import { openTestDatabase } from '../support/open-test-database.js';
import { openTown, wordsOf } from '../support/town.js';
import { forumsOf } from './forum-town.js';

const database = await openTestDatabase();
const { db } = database;
const town = await openTown(database);
const { chat, caller, municipalityId, people } = town;
const { act, answerOf, plan } = forumsOf(town, db);

let site: Site;
let forum: Forum;
beforeAll(async () => {
  site = await serveSite({ db, now: () => town.clock.now, chat }, municipalityId, { openSite: false });
  forum = await plan(people.regisseur, { online: 'https://vergadering.example.be/abc', capacity: '20' });
  await act(people.worker, 'forums.suggest', forum, { theme: 'Schuldhulp <b>voor</b> jongeren' });
});
afterAll(async () => {
  await site.stop();
  await town.stop();
});

const signedIn = (person: Person) => signIn(town, site, person);
/** The calendar's address as it stands on the invitation, as this site has it. */
const calendarAddress = async (person: Person): Promise<string> => {
  const words = wordsOf(await chat.command(caller(person), 'signaal', 'forum'));
  const [, address = ''] = /"url":"([^"]+\.ics\?s=[^"]+)"/.exec(words) ?? [];
  const { pathname, search } = new URL(address);
  return pathname + search;
};
const readCalendar = async (path: string) => {
  const answer = await new Browser(site.url).get(path);
  expect(answer.status).toBe(200);
  expect(answer.header('content-type')).toContain('text/calendar');
  return Object.values(ical.sync.parseICS(answer.html)).filter((part) => part?.type === 'VEVENT');
};

it('shows forums to who signed in, and to nobody else', async () => {
  const visitor = new Browser(site.url);
  for (const path of ['/forum', `/forum/${forum.id}`, '/forum/plan']) {
    const answer = await visitor.get(path);
    expect(answer.status, path).toBe(403);
    expect(answer.html).not.toContain('Welzijnsforum');
  }
  const worker = await signedIn(people.worker);
  const list = await worker.get('/forum');
  expect(list.html).toContain('Welzijnsforum');
  await expectValidHtml(list.html, 'the forums');
  const page = await worker.get(`/forum/${forum.id}`);
  expect(page.html).toContain('https://vergadering.example.be/abc');
  expect(page.html).toContain('Schuldhulp &lt;b>voor&lt;/b> jongeren');
  await expectValidHtml(page.html, 'a forum');
  expect((await worker.get('/forum/01890000-0000-7000-8000-000000000000')).status).toBe(404);
  expect((await worker.get('/forum/zomaar')).status).toBe(404);
});

it('takes an answer, and shows it', async () => {
  const worker = await signedIn(people.worker);
  expect((await worker.post(`/forum/${forum.id}`, { answer: 'come' })).status).toBe(303);
  expect(await answerOf(people.worker, forum)).toBe('coming');
  expect((await worker.get(`/forum/${forum.id}`)).html).toContain('Je komt. Tot dan!');
  expect((await worker.post(`/forum/${forum.id}`, { answer: 'misschien' })).status).toBe(400);
  expect((await new Browser(site.url).post(`/forum/${forum.id}`, { answer: 'decline' })).status).toBe(403);
  expect(await answerOf(people.worker, forum)).toBe('coming');
});

it('says why an answer came too late, and changes nothing', async () => {
  const over = await plan(people.regisseur, { on: '2026-06-19' });
  const at = town.clock.now;
  town.clock.now = new Date(over.startsAt.getTime() + 60_000);
  const late = await (await signedIn(people.worker)).post(`/forum/${over.id}`, { answer: 'come' });
  town.clock.now = at;
  expect(late.status).toBe(409);
  expect(late.html).toContain('Dit forum is al begonnen of voorbij');
  await expectValidHtml(late.html, 'an answer that came too late');
  expect(await answerOf(people.worker, over)).not.toBe('coming');
  const unknown = await (
    await signedIn(people.worker)
  ).post('/forum/01890000-0000-7000-8000-000000000000', { answer: 'come' });
  expect(unknown.status).toBe(404);
});

it('stands in one menu on every page, the signals first and the playground last', async () => {
  const { html } = await (await signedIn(people.worker)).get('/forum');
  const labels = load(html)('.site-nav a')
    .toArray()
    .map((link) => load(link).text());
  expect(labels).toEqual(['Signalen', 'Forums', 'Nieuwsbrieven', 'Speeltuin']);
});

it('plans a forum on a page, keeps what was typed and says what is wrong at its field', async () => {
  expect((await (await signedIn(people.worker)).get('/forum/plan')).status).toBe(403);
  const regisseur = await signedIn(people.regisseur);
  await expectValidHtml((await regisseur.get('/forum/plan')).html, 'planning');
  const typed = {
    title: 'Herfstforum',
    on: '2026-03-01',
    at: '10:00',
    hours: '2',
    place: '',
    online: '',
    capacity: '',
  };
  const again = await regisseur.post('/forum/plan', typed);
  expect(again.status).toBe(422);
  expect(again.html).toContain('value="Herfstforum"');
  expect(again.html).toContain('Kies een later moment');
  await expectValidHtml(again.html, 'planning with errors');
  const done = await regisseur.post('/forum/plan', { ...typed, on: '2026-10-15', place: 'Stadhuis' });
  expect(done.status).toBe(303);
  expect(await db.forum.count({ where: { municipalityId, title: 'Herfstforum' } })).toBe(1);
});

it('gives calendars an event that keeps its name and grows with each change, without its topics', async () => {
  const path = await calendarAddress(people.worker);
  const [event] = await readCalendar(path);
  expect(event).toMatchObject({ summary: 'Welzijnsforum', sequence: 0, status: 'CONFIRMED' });
  expect((event as { start: Date }).start.toISOString()).toBe('2026-06-18T12:00:00.000Z');
  expect(JSON.stringify(event)).not.toContain('Schuldhulp');

  await act(people.regisseur, 'forums.change', forum, {
    title: 'Welzijnsforum',
    on: '2026-06-25',
    at: '14:00',
    place: 'Hier',
  });
  const [moved] = await readCalendar(path);
  expect(moved?.uid).toBe(event?.uid);
  expect((moved as unknown as { sequence: number }).sequence).toBeGreaterThan(0);
  expect((moved as { start: Date }).start.toISOString()).toBe('2026-06-25T12:00:00.000Z');

  await act(people.regisseur, 'forums.cancel', forum, { why: 'Geen zaal.' });
  expect((await readCalendar(path))[0]).toMatchObject({ uid: event?.uid, status: 'CANCELLED' });
});

it('has all forums in one calendar, at an address that cannot be guessed', async () => {
  const worker = await signedIn(people.worker);
  const [, address = ''] = /href="([^"]+\.ics\?s=[^"]+)"/.exec((await worker.get('/forum')).html) ?? [];
  const { pathname, search } = new URL(address);
  expect((await readCalendar(pathname + search)).length).toBeGreaterThan(1);
  const stranger = new Browser(site.url);
  expect((await stranger.get(pathname)).status).toBeGreaterThanOrEqual(403);
  expect((await stranger.get(`${pathname}?s=${'A'.repeat(22)}`)).status).toBeGreaterThanOrEqual(403);
});
