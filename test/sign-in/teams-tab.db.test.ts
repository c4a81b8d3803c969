import { createHmac } from 'node:crypto';
import { load } from 'cheerio';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTabTokenVerifier } from '../../src/platforms/teams/tab-token.js';
import { APP_ID, FakeEntra, TENANT, type TokenOptions } from '../fakes/entra.js';
import { expectValidHtml, serveSite, type Answer, type Site } from '../status-site/site.js';
import { openTestDatabase } from '../support/open-test-database.js';
import { openTown, type Town } from '../support/town.js';
import { Browser } from './browser.js';

const WORKER = '11111111-0000-4000-8000-000000000001';
const STRANGER = '99999999-0000-4000-8000-000000000009';
const TITLE = 'De wachtlijst voor opvang groeit';
const IN_FRAME = { 'sec-fetch-dest': 'iframe' };
const FRAMED = 'frame-ancestors https://teams.microsoft.com https://*.teams.microsoft.com https://*.cloud.microsoft';

describe('the tab in Teams', async () => {
  const database = await openTestDatabase();
  const { db } = database;
  const entra = new FakeEntra();
  let town: Town;
  let site: Site;
  let reference: string;

  const open = () =>
    serveSite(
      {
        db,
        now: () => town.clock.now,
        chat: town.chat,
        verifyTabToken: createTabTokenVerifier({
          bot: { appId: APP_ID, tenantId: TENANT },
          loginUrl: entra.url,
          publicUrl: () => 'https://signalen.example.be',
          now: () => town.clock.now,
        }),
      },
      town.municipalityId,
      { openSite: false, playground: false, publicUrl: 'https://signalen.example.be' },
    );

  beforeAll(async () => {
    await entra.start();
    town = await openTown(database);
    ({ reference } = await town.file(town.people.regisseur, { title: TITLE }));
    const { municipalityId } = town;
    await db.account.create({
      data: { municipalityId, personId: town.people.worker.id, platform: 'teams', externalId: WORKER },
    });
    site = await open();
  });
  afterAll(async () => {
    await site.stop();
    await town.stop();
    await entra.stop();
  });

  const tokenOf = (objectId: string, options?: TokenOptions) => entra.token(objectId, town.clock.now, options);
  const trade = (browser: Browser, token: string): Promise<Answer> => browser.post('/teams/tab', { token });
  const policyOf = (answer: Answer) => answer.header('content-security-policy');

  it.each(['1.0', '2.0'] as const)(
    'somebody opens it and reads the signals without being asked anything (a token of version %s)',
    async (version) => {
      const browser = new Browser(site.url);
      expect((await browser.get('/teams/tab/sessie')).status).toBe(401);
      const answer = await trade(browser, await tokenOf(WORKER, { version }));
      expect(answer.status).toBe(204);
      expect(answer.cookies[0]).toMatch(/^__Host-sessie=.*; Path=\/;.*HttpOnly; Secure; Partitioned; SameSite=None$/);
      expect((await browser.get('/teams/tab/sessie')).status).toBe(204);
      const page = await browser.get('/');
      expect(page.html).toContain(TITLE);
      expect(load(page.html)('.account').text().trim()).toBe('Aangemeld als Werker Een');
    },
  );

  it('stands in Teams’ own page, and its pages do once somebody signed in there', async () => {
    const browser = new Browser(site.url);
    const tab = await browser.get('/teams/tab');
    expect(policyOf(tab)).toContain(FRAMED);
    expect(tab.header('x-frame-options')).toBe('undefined');
    await trade(browser, await tokenOf(WORKER));
    for (const path of ['/', `/signalen/${reference}`, '/bestaat-niet']) {
      expect(policyOf(await browser.get(path))).toContain(FRAMED);
    }
  });

  it('is all that other pages may stand in: who signed in by a link is framed by nobody', async () => {
    const browser = new Browser(site.url);
    const reply = await town.chat.command(town.caller(town.people.colleague), 'signaal', 'site');
    const link = reply.kind === 'card' ? reply.card.parts.find((part) => part.kind === 'link')?.url : undefined;
    await browser.openLink(link ?? '');
    for (const path of ['/', '/aanmelden', `/signalen/${reference}`, '/assets/icon.svg']) {
      const page = await browser.get(path, IN_FRAME);
      expect(policyOf(page)).toContain("frame-ancestors 'none'");
      expect(page.header('x-frame-options')).toBe('DENY');
    }
  });

  it('signs in again by itself when the session ended, and goes on to the same page', async () => {
    const browser = new Browser(site.url);
    const answer = await browser.get(`/signalen/${reference}`, IN_FRAME);
    expect(answer).toMatchObject({
      status: 303,
      location: `/teams/tab?naar=${encodeURIComponent(`/signalen/${reference}`)}`,
    });
    const tab = load((await browser.get(answer.location ?? '')).html);
    expect(tab('#teams-tab').attr('data-next')).toBe(`/signalen/${reference}`);
  });

  it.each(['https://elders.example', '//elders.example', '/\\elders.example', 'javascript:alert(1)'])(
    'goes on to no other site (%s)',
    async (path) => {
      const tab = await new Browser(site.url).get(`/teams/tab?${new URLSearchParams({ naar: path })}`);
      expect(load(tab.html)('#teams-tab').attr('data-next')).toBe('/');
    },
  );

  it('keeps a language chosen in it', async () => {
    const browser = new Browser(site.url);
    const { cookies } = await browser.post('/taal', { locale: 'en', back: '/' }, IN_FRAME);
    expect(cookies[0]).toMatch(/^taal=en;.*Secure; Partitioned; SameSite=None$/);
    expect(load((await browser.get('/teams/tab')).html)('h1').text()).toBe('Signing in through Teams');
  });

  it('has no button to sign out: Teams would sign in again', async () => {
    const browser = new Browser(site.url);
    await trade(browser, await tokenOf(WORKER));
    expect(load((await browser.get('/')).html)('form[action="/afmelden"]').length).toBe(0);
  });

  it.each(['nl', 'en'])('is valid HTML (%s)', async (language) => {
    const browser = new Browser(site.url);
    browser.cookies.set('taal', language);
    await expectValidHtml((await browser.get('/teams/tab')).html, language);
  });

  describe('signs nobody in, with 401 and no cookie, for a token that', () => {
    const hour = 3_600_000;
    const later = (ms: number) => new Date(town.clock.now.getTime() + ms);
    it.each<[string, () => Promise<string> | string]>([
      ['is empty', () => ''],
      ['is none', () => 'x'],
      ['is none in three parts', () => 'a.b.c'],
      ['is longer than any, and nonsense', () => `${'x'.repeat(15_000)}.y.z`],
      ['is expired', () => tokenOf(WORKER, { issuedAt: later(-2 * hour), expiresAt: later(-hour) })],
      ['begins in the future', () => tokenOf(WORKER, { issuedAt: later(hour) })],
      ['is for another app', () => tokenOf(WORKER, { claims: { aud: `api://signalen.example.be/${TENANT}` } })],
      ['is for another address', () => tokenOf(WORKER, { claims: { aud: `api://elders.example/${APP_ID}` } })],
      ['is of another issuer', () => tokenOf(WORKER, { claims: { iss: 'https://sts.elders.example/' } })],
      ['says another version than its issuer', () => tokenOf(WORKER, { claims: { ver: '2.0' } })],
      ['is of another tenant', () => tokenOf(WORKER, { claims: { tid: STRANGER } })],
      ['is signed by another', () => tokenOf(WORKER, { forged: true })],
      ['names a key that there is not', () => tokenOf(WORKER, { keyId: 'key-2' })],
      ['says for whom in no way', () => tokenOf(WORKER, { claims: { oid: undefined } })],
      ['gives no permission for this', () => tokenOf(WORKER, { claims: { scp: 'User.Read' } })],
      ['is an app’s own, of nobody', () => tokenOf(WORKER, { claims: { scp: undefined, roles: ['access_as_user'] } })],
      ['never ends', () => tokenOf(WORKER, { expiresAt: 'never' })],
      ['was changed on its way', async () => changed(await tokenOf(STRANGER), { oid: WORKER })],
      ['is not signed at all', async () => unsigned(await tokenOf(WORKER))],
      ['is signed with our public name as the secret', async () => symmetric(await tokenOf(WORKER))],
    ])('%s', async (_, make) => {
      const browser = new Browser(site.url);
      const before = await db.signInSession.count({ where: { municipalityId: town.municipalityId } });
      const answer = await trade(browser, await make());
      expect(answer.status).toBe(401);
      expect(answer.cookies).toEqual([]);
      expect(await db.signInSession.count({ where: { municipalityId: town.municipalityId } })).toBe(before);
    });
  });

  it('tells who never spoke to the bot to do so first, and who is not active the same', async () => {
    const strangers = new Browser(site.url);
    expect((await trade(strangers, await tokenOf(STRANGER))).status).toBe(403);
    expect(strangers.cookies.size).toBe(0);
    const { municipalityId, id } = town.people.worker;
    const where = { municipalityId_id: { municipalityId, id } };
    await db.person.update({ where, data: { active: false } });
    expect((await trade(new Browser(site.url), await tokenOf(WORKER))).status).toBe(403);
    await db.person.update({ where, data: { active: true } });
  });

  it('takes no token that another site sends', async () => {
    const browser = new Browser(site.url);
    const answer = await browser.post(
      '/teams/tab',
      { token: await tokenOf(WORKER) },
      { origin: 'https://elders.example' },
    );
    expect(answer.status).toBe(403);
    expect(answer.cookies).toEqual([]);
  });

  it('says that it went wrong, not that the token is, while Microsoft does not answer; and works again after', async () => {
    const fresh = await open();
    const browser = new Browser(fresh.url);
    entra.broken = true;
    expect((await trade(browser, await tokenOf(WORKER))).status).toBe(500);
    entra.broken = false;
    expect((await trade(browser, await tokenOf(WORKER))).status).toBe(204);
    await fresh.stop();
  });

  it('is not there when Teams is not connected', async () => {
    const without = await serveSite({ db, now: () => town.clock.now }, town.municipalityId, { openSite: false });
    const browser = new Browser(without.url);
    expect((await browser.get('/teams/tab')).status).toBe(404);
    expect((await trade(browser, await tokenOf(WORKER))).status).toBe(404);
    expect((await browser.get('/', IN_FRAME)).status).toBe(403);
    await without.stop();
  });
});

const part = (token: string, index: number) => token.split('.')[index] ?? '';
const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const claimsOf = (token: string) =>
  JSON.parse(Buffer.from(part(token, 1), 'base64url').toString()) as Record<string, unknown>;

function changed(token: string, claims: object): string {
  return `${part(token, 0)}.${encode({ ...claimsOf(token), ...claims })}.${part(token, 2)}`;
}

function unsigned(token: string): string {
  return `${encode({ alg: 'none', typ: 'JWT' })}.${part(token, 1)}.`;
}

function symmetric(token: string): string {
  const head = `${encode({ alg: 'HS256', kid: 'key-1' })}.${part(token, 1)}`;
  return `${head}.${createHmac('sha256', APP_ID).update(head).digest('base64url')}`;
}
