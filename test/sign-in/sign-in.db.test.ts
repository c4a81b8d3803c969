import { randomBytes } from 'node:crypto';
import { load } from 'cheerio';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Reply } from '../../src/chat/feature.js';
import { followAccount } from '../../src/people/follow-account.js';
import type { Person } from '../../src/storage/database.js';
import { expectValidHtml, get, post, readableIn, serveSite, type Site } from '../status-site/site.js';
import { openTestDatabase } from '../support/open-test-database.js';
import { openTown, TOWN_NOW, wordsOf, type Town } from '../support/town.js';
import { Browser } from './browser.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const TITLE = 'Jongeren vinden geen plek om te sporten';
const THEIRS = 'Dit speelt in een andere stad';

describe('signing in to the pages', async () => {
  const database = await openTestDatabase();
  const { db } = database;
  let town: Town;
  let other: Town;
  /** As it is once a platform is connected. */
  let site: Site;
  let reference: string;

  beforeAll(async () => {
    town = await openTown(database);
    other = await openTown(database, 'U');
    site = await serveSite({ db, now: () => town.clock.now, chat: town.chat }, town.municipalityId, {
      openSite: false,
      playground: false,
    });
    ({ reference } = await town.file(town.people.worker, { title: TITLE }));
    await other.file(other.people.worker, { title: THEIRS });
  });
  afterAll(async () => {
    await site.stop();
    await town.stop();
    await other.stop();
  });
  beforeEach(() => {
    town.clock.now = TOWN_NOW;
    other.clock.now = TOWN_NOW;
  });

  const ask = (person: Person, of = town) => of.chat.command(of.caller(person), 'signaal', 'site');
  async function linkFor(person: Person, of = town): Promise<string> {
    const address = linkIn(await ask(person, of));
    if (!address) throw new Error('No link was given.');
    return address;
  }
  async function signedIn(person: Person, of = town): Promise<Browser> {
    const browser = new Browser(site.url);
    const answer = await browser.openLink(await linkFor(person, of));
    expect(answer.status).toBe(303);
    return browser;
  }
  const later = (ms: number) => (town.clock.now = new Date(town.clock.now.getTime() + ms));
  const tokenIn = (address: string) => new URL(address).pathname.split('/').at(-1) ?? '';

  it('somebody asks for a link in the chat, opens it, and reads every signal of their town', async () => {
    const reply = await ask(town.people.colleague);
    expect(reply).toMatchObject({ kind: 'card', visible: 'only-you' });
    const browser = new Browser(site.url);
    expect((await browser.get('/')).status).toBe(403);
    const answer = await browser.openLink(linkIn(reply) ?? '');
    expect(answer).toMatchObject({ status: 303, location: '/' });
    const { status, html } = await browser.get('/');
    expect(status).toBe(200);
    expect(html).toContain(TITLE);
    expect(load(html)('.account').text()).toContain('Werker Twee');
    expect((await browser.get(`/signalen/${reference}`)).html).toContain(TITLE);
  });

  it('who filed a signal stands on no page, not even for a regisseur or the filer', async () => {
    for (const person of [town.people.regisseur, town.people.coordinator, town.people.worker]) {
      const browser = await signedIn(person);
      const { html } = await browser.get(`/signalen/${reference}`);
      const page = load(html);
      page('.account').remove();
      expect(page.html()).not.toContain('Werker Een');
      expect(page.html()).not.toContain('Het Buurthuis');
    }
  });

  it('after signing in somebody is where they wanted to go', async () => {
    const browser = new Browser(site.url);
    const refused = await browser.get(`/signalen/${reference}`);
    expect(refused.status).toBe(403);
    expect(load(refused.html)('code').text()).toBe('/signaal site');
    const answer = await browser.openLink(await linkFor(town.people.worker));
    expect(answer.location).toBe(`/signalen/${reference}`);
    expect((await browser.openLink(await linkFor(town.people.worker))).location).toBe('/');
  });

  it('a link of any length that is not ours is one that works no more, never a failure', async () => {
    for (const token of ['x', 'x'.repeat(2_000), encodeURIComponent('<script>alert(1)</script>')]) {
      const answer = await new Browser(site.url).get(`/aanmelden/${token}`);
      expect(answer.status, token).toBe(410);
      expect(answer.html).not.toContain('<script>alert');
    }
  });

  it('keeps what was typed out of the wish it remembers', async () => {
    const browser = new Browser(site.url);
    await browser.get('/?zoek=iemands+naam');
    expect([...browser.cookies.values()].join()).not.toContain('naam');
  });

  it.each([
    'https://elders.example/',
    '//elders.example',
    '/\\elders.example',
    '/\t/elders.example',
    'javascript:alert(1)',
  ])('signing in never leads to %j', async (wish) => {
    const browser = new Browser(site.url);
    const link = await linkFor(town.people.worker);
    await browser.get(new URL(link).pathname);
    browser.cookies.set('waarheen', encodeURIComponent(wish));
    const answer = await browser.post('/aanmelden', { token: tokenIn(link), naar: wish, terug: wish });
    expect(answer).toMatchObject({ status: 303, location: '/' });
  });

  it('a cookie of nonsense is a visit of nobody, not a failure', async () => {
    for (const cookie of [
      'sessie=%E0%A4%A',
      'sessie=',
      'sessie',
      `sessie=${'x'.repeat(5_000)}`,
      '=;;=sessie;',
      'sessie=\u00e9',
    ]) {
      expect((await get(site.url, '/', { cookie })).status).toBe(403);
    }
  });

  describe('a link', () => {
    it('is not used up by what looks at links without pressing anything', async () => {
      const link = await linkFor(town.people.worker);
      const crawler = new Browser(site.url);
      for (let times = 0; times < 3; times += 1) {
        const looked = await crawler.get(new URL(link).pathname, { 'user-agent': 'Slackbot-LinkExpanding 1.0' });
        expect(looked.status).toBe(200);
        await crawler.head(new URL(link).pathname);
      }
      expect(crawler.cookies.size).toBe(0);
      expect((await new Browser(site.url).openLink(link)).status).toBe(303);
    });

    it('shows nothing of the person or the town before it is used', async () => {
      const { html } = await get(site.url, new URL(await linkFor(town.people.worker)).pathname);
      for (const fact of ['Werker Een', 'Teststad', TITLE]) expect(readableIn(html)).not.toContain(fact);
    });

    it('works once', async () => {
      const link = await linkFor(town.people.worker);
      expect((await new Browser(site.url).openLink(link)).status).toBe(303);
      const second = new Browser(site.url);
      const answer = await second.openLink(link);
      expect(answer.status).toBe(410);
      expect(load(answer.html)('h1').text()).toBe('Deze link werkt niet meer');
      expect((await second.post('/aanmelden', { token: tokenIn(link) })).status).toBe(410);
      expect(second.cookies.size).toBe(0);
    });

    it('opened in two browsers at once signs in one', async () => {
      const link = await linkFor(town.people.worker);
      const answers = await Promise.all(
        Array.from({ length: 5 }, () => post(site.url, '/aanmelden', { token: tokenIn(link) })),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([303, 410, 410, 410, 410]);
    });

    it('works for a quarter of an hour', async () => {
      const early = await linkFor(town.people.worker);
      later(15 * MINUTE - 1);
      expect((await new Browser(site.url).openLink(early)).status).toBe(303);
      const late = await linkFor(town.people.worker);
      later(15 * MINUTE);
      expect((await new Browser(site.url).openLink(late)).status).toBe(410);
      expect((await post(site.url, '/aanmelden', { token: tokenIn(late) })).status).toBe(410);
    });

    it('stops working when a newer one is asked for', async () => {
      const first = await linkFor(town.people.worker);
      const second = await linkFor(town.people.worker);
      expect((await new Browser(site.url).openLink(first)).status).toBe(410);
      expect((await new Browser(site.url).openLink(second)).status).toBe(303);
    });

    it('is worth nothing to who reads the database', async () => {
      const token = tokenIn(await linkFor(town.people.worker));
      await signedIn(town.people.colleague);
      const kept = JSON.stringify([
        await db.signInLink.findMany({ where: { municipalityId: town.municipalityId } }),
        await db.signInSession.findMany({ where: { municipalityId: town.municipalityId } }),
      ]);
      expect(kept).not.toContain(token);
      for (const { tokenHash } of await db.signInLink.findMany({ where: { municipalityId: town.municipalityId } })) {
        expect((await post(site.url, '/aanmelden', { token: tokenHash })).status).toBe(410);
      }
    });

    it.each(['', 'x', '6stHfuhDIwsLwOCgAt3AbGrNeGuQMkXRXS-sB4UYMp0', '../..', "' OR 1=1 --"])(
      'that was never given out (%j) signs nobody in',
      async (token) => {
        const answer = await post(site.url, '/aanmelden', { token });
        expect(answer.status).toBe(410);
        expect(answer.cookies).toEqual([]);
      },
    );

    it('cannot be used from another site', async () => {
      const link = await linkFor(town.people.worker);
      const fields = { token: tokenIn(link) };
      const elsewhere: Record<string, string>[] = [
        { origin: 'https://elders.example' },
        { 'sec-fetch-site': 'cross-site' },
      ];
      for (const headers of elsewhere) {
        expect((await post(site.url, '/aanmelden', fields, headers)).status).toBe(403);
      }
      expect((await post(site.url, '/aanmelden', fields)).status).toBe(303);
    });

    it('is not given in a channel, where others read along', async () => {
      const reply = await town.chat.mention(town.caller(town.people.worker), 'site');
      expect(linkIn(reply)).toBeUndefined();
    });
  });

  describe('a session', () => {
    it('ends after twelve hours without a visit', async () => {
      const browser = await signedIn(town.people.worker);
      for (let visits = 0; visits < 3; visits += 1) {
        later(12 * HOUR - MINUTE);
        expect((await browser.get('/')).status).toBe(200);
      }
      later(12 * HOUR + 6 * MINUTE);
      expect((await browser.get('/')).status).toBe(403);
    });

    it('ends after thirty days, however often it is used', async () => {
      const browser = await signedIn(town.people.worker);
      for (let visits = 0; visits < 60; visits += 1) {
        expect((await browser.get('/signalen')).status).toBe(302);
        later(12 * HOUR - MINUTE);
      }
      later(HOUR);
      expect((await browser.get('/')).status).toBe(403);
    });

    it('ends by signing out, also for who copied the cookie', async () => {
      const browser = await signedIn(town.people.worker);
      const copy = new Browser(site.url);
      for (const [name, value] of browser.cookies) copy.cookies.set(name, value);
      const out = await browser.post('/afmelden');
      expect(out).toMatchObject({ status: 303, location: '/aanmelden?uit' });
      expect(browser.cookies.size).toBe(0);
      expect(load((await browser.get(out.location ?? '')).html)('h1').text()).toBe('Je bent afgemeld');
      expect((await copy.get('/')).status).toBe(403);
    });

    it('is not ended by another site', async () => {
      const browser = await signedIn(town.people.worker);
      expect((await browser.post('/afmelden', {}, { origin: 'https://elders.example' })).status).toBe(403);
      expect((await browser.get('/')).status).toBe(200);
    });

    it('ends everywhere at the press of a button in the chat, and links with it', async () => {
      const [one, two] = [await signedIn(town.people.worker), await signedIn(town.people.worker)];
      const somebodyElse = await signedIn(town.people.colleague);
      const reply = await ask(town.people.worker);
      expect(wordsOf(reply)).toContain('sign-in.end-all');
      const done = await town.chat.press(town.caller(town.people.worker), 'sign-in.end-all', {});
      expect(wordsOf(done)).toContain('Je bent afgemeld');
      for (const browser of [one, two]) expect((await browser.get('/')).status).toBe(403);
      expect((await one.openLink(linkIn(reply) ?? '')).status).toBe(410);
      expect((await somebodyElse.get('/')).status).toBe(200);
    });

    it('of before ends when its browser signs in as somebody else', async () => {
      const browser = await signedIn(town.people.worker);
      const copy = new Browser(site.url);
      for (const [name, value] of browser.cookies) copy.cookies.set(name, value);
      await browser.openLink(await linkFor(town.people.colleague));
      expect(load((await browser.get('/')).html)('.account').text()).toContain('Werker Twee');
      expect((await copy.get('/')).status).toBe(403);
    });

    it('ends when the platform deactivates the person, and stays ended when they come back', async () => {
      const { municipalityId } = town;
      const person = await db.person.create({
        data: {
          municipalityId,
          name: 'Werker Drie',
          roles: ['worker'],
          accounts: { create: { platform: 'slack', externalId: 'U3' } },
        },
      });
      const caller = { ...town.caller(person), platform: 'slack' as const, account: { externalId: 'U3' } };
      const link = async () => linkIn(await town.chat.command(caller, 'signaal', 'site')) ?? '';
      const browser = new Browser(site.url);
      await browser.openLink(await link());
      const unused = await link();
      expect((await browser.get('/')).status).toBe(200);
      const change = { municipalityId, platform: 'slack' as const, account: { externalId: 'U3' } };
      await followAccount(db, { ...change, active: false });
      expect((await browser.get('/')).status).toBe(403);
      expect((await browser.openLink(unused)).status).toBe(410);
      await followAccount(db, { ...change, active: true });
      expect((await browser.get('/')).status).toBe(403);
      expect((await browser.openLink(unused)).status).toBe(410);
    });

    it('is of nobody when its person was switched off in the database', async () => {
      const browser = await signedIn(town.people.otherRegisseur);
      const { id, municipalityId } = town.people.otherRegisseur;
      const where = { municipalityId_id: { municipalityId, id } };
      await db.person.update({ where, data: { active: false } });
      expect((await browser.get('/')).status).toBe(403);
      expect(wordsOf(await ask(town.people.otherRegisseur))).toContain('niet meer actief');
      await db.person.update({ where, data: { active: true } });
    });

    it('cannot be made up', async () => {
      const { id } = town.people.worker;
      const { tokenHash } = await db.signInSession.findFirstOrThrow({ where: { municipalityId: town.municipalityId } });
      for (const value of [randomBytes(32).toString('base64url'), id, tokenHash]) {
        const browser = new Browser(site.url);
        browser.cookies.set('sessie', value);
        expect((await browser.get('/')).status).toBe(403);
      }
    });

    it('shows the signals of one’s own town and of no other', async () => {
      const theirs = await signedIn(other.people.coordinator, other);
      const ours = await signedIn(town.people.coordinator);
      const [their, our] = [(await theirs.get('/')).html, (await ours.get('/')).html];
      expect(their).toContain(THEIRS);
      expect(their).not.toContain(TITLE);
      expect(our).toContain(TITLE);
      expect(our).not.toContain(THEIRS);
      expect((await theirs.get(`/signalen/${reference}`)).status).toBe(404);
    });

    it('of an administrator reads no signals, and says whom to ask', async () => {
      const browser = await signedIn(town.people.administrator);
      for (const path of ['/', `/signalen/${reference}`]) {
        const { status, html } = await browser.get(path);
        expect(status).toBe(403);
        expect(html).not.toContain(TITLE);
        expect(load(html)('h1').text()).toBe('Signalen lezen hoort niet bij jouw rol');
        await expectValidHtml(html, path);
      }
    });

    it('speaks the person’s own language until another is chosen', async () => {
      const { municipalityId, id } = town.people.colleague;
      await db.person.update({ where: { municipalityId_id: { municipalityId, id } }, data: { locale: 'en' } });
      const browser = await signedIn(town.people.colleague);
      expect(load((await browser.get('/')).html)('html').attr('lang')).toBe('en');
      await browser.post('/taal', { locale: 'nl', back: '/' });
      expect(load((await browser.get('/')).html)('html').attr('lang')).toBe('nl');
    });
  });

  describe('the cookie', () => {
    it('is for our pages alone', async () => {
      const { cookies } = await post(site.url, '/aanmelden', { token: tokenIn(await linkFor(town.people.worker)) });
      expect(cookies.find((cookie) => cookie.startsWith('sessie='))).toMatch(
        /; Max-Age=2592000; Path=\/; .*HttpOnly; SameSite=Lax$/,
      );
    });

    it('travels over https alone where the address people use is https', async () => {
      const secure = await serveSite({ db, now: () => town.clock.now }, town.municipalityId, {
        openSite: false,
        publicUrl: 'https://signalen.example.be',
      });
      const token = tokenIn(await linkFor(town.people.worker));
      const { cookies } = await post(secure.url, '/aanmelden', { token });
      await secure.stop();
      expect(cookies.find((cookie) => cookie.startsWith('__Host-sessie='))).toMatch(/HttpOnly; Secure; SameSite=Lax$/);
    });
  });

  it('a town that opens its signals to all shows them to who is not signed in, and nothing else', async () => {
    const { municipalityId: id } = other;
    const open = await serveSite({ db, now: () => other.clock.now }, id, { openSite: false, playground: false });
    const visitor = new Browser(open.url);
    expect((await visitor.get('/')).status).toBe(403);
    await db.municipality.update({ where: { id }, data: { settings: { visibility: 'public' } } });
    later(MINUTE);
    other.clock.now = town.clock.now;
    const { status, html } = await visitor.get('/');
    expect(status).toBe(200);
    expect(html).toContain(THEIRS);
    expect(load(html)('.sign-in').attr('href')).toBe('/aanmelden');
    await expectValidHtml(html, 'open to all');
    await db.municipality.update({ where: { id }, data: { settings: {} } });
    await open.stop();
  });

  it.each(['nl', 'en'])('what is kept of people stands where everybody can read it (%s)', async (language) => {
    const { status, html } = await get(site.url, '/privacy', { cookie: `taal=${language}` });
    expect(status).toBe(200);
    expect(load(html)('h1').text()).toBe(language === 'nl' ? 'Privacy en gebruik' : 'Privacy and use');
    expect(load(html)('#gebruik').length).toBe(1);
    expect(readableIn(html)).not.toContain('Teststad');
    await expectValidHtml(html, 'privacy');
  });

  it.each(['nl', 'en'])('every page of signing in is valid HTML (%s)', async (language) => {
    const headers = { cookie: `taal=${language}` };
    const link = await linkFor(town.people.worker);
    const paths = ['/aanmelden', '/aanmelden?uit', new URL(link).pathname, '/aanmelden/nergens', '/'];
    for (const path of paths) {
      const { html, header } = await get(site.url, path, headers);
      expect(header('cache-control')).toBe('no-store');
      expect(load(html)('html').attr('lang')).toBe(language);
      await expectValidHtml(html, path);
    }
  });
});

function linkIn(reply: Reply): string | undefined {
  if (reply.kind !== 'card') return undefined;
  return reply.card.parts.find((part) => part.kind === 'link')?.url;
}
