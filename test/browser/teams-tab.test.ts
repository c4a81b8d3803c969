import type { FrameLocator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTabTokenVerifier } from '../../src/platforms/teams/tab-token.js';
import { APP_ID, FakeEntra, TENANT } from '../fakes/entra.js';
import { serveSite, type Site } from '../status-site/site.js';
import { openTestDatabase } from '../support/open-test-database.js';
import { passOn, serveHttps } from '../support/serve-https.js';
import { openTown, type Town } from '../support/town.js';
import { expectAccessible, picture, useBrowser } from './browser.js';

const OURS = 'https://signalen.example.be';
const TEAMS = 'https://teams.microsoft.com';
const WORKER = '11111111-0000-4000-8000-000000000001';
const STRANGER = '99999999-0000-4000-8000-000000000009';
const TITLE = 'De wachtlijst voor opvang groeit';
/** Longer than the tab waits. */
const LONG_MS = 11_000;

/** What Teams does with a question of the tab. */
type Sso = { answers: [true, string] | [false, string] } | 'nothing';

/** Of the page that frames us, what it saw. */
interface Seen {
  functions: string[];
  failures: string[];
  complaints: string[];
}

const database = await openTestDatabase();
const site: { served?: Site } = {};
const ours = await serveHttps(passOn(() => site.served?.url ?? ''));
const teams = await serveHttps((_request, response) =>
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(HOST_PAGE),
);
const browser = useBrowser([
  `--host-resolver-rules=MAP signalen.example.be:443 127.0.0.1:${ours.port}, MAP teams.microsoft.com:443 127.0.0.1:${teams.port}`,
]);

/**
 * Teams as far as the tab talks to it: it answers messages of the frame alone, of our address alone, as the protocol of
 * Microsoft's own library has them, and notes everything else. https://github.com/OfficeDev/microsoft-teams-library-js
 */
const HOST_PAGE = `<!doctype html><title>Teams</title><iframe style="width:100%;height:700px;border:0"></iframe><script>
  const frame = document.querySelector('iframe');
  const seen = (globalThis.seen = { functions: [], failures: [], complaints: [] });
  const plan = JSON.parse(decodeURIComponent(location.hash.slice(1)));
  addEventListener('message', ({ source, origin, data }) => {
    if (source !== frame.contentWindow) return;
    if (origin !== '${OURS}' || typeof data?.id !== 'number' || !Array.isArray(data.args))
      return void seen.complaints.push(JSON.stringify(data));
    seen.functions.push(data.func);
    const answer = (...args) => source.postMessage({ id: data.id, uuidAsString: data.uuidAsString, args }, origin);
    switch (data.func) {
      case 'initialize':
        if (plan.initialize) answer('content', 'web', JSON.stringify({ apiVersion: 4, isLegacyTeams: false, supports: {} }), '2.0.0');
        break;
      case 'authentication.getAuthToken':
        if (plan.sso !== 'nothing') answer(...plan.sso.answers);
        break;
      case 'appInitialization.failure':
        seen.failures.push(data.args[1]);
        break;
      case 'appInitialization.success':
      case 'registerHandler':
        break;
      default:
        seen.complaints.push('Unknown: ' + data.func);
    }
  });
  frame.src = '${OURS}/teams/tab';
</script>`;

describe('the tab in Teams, in a browser', () => {
  const { db } = database;
  const entra = new FakeEntra();
  let town: Town;
  let reference: string;
  let page: Page;

  beforeAll(async () => {
    await entra.start();
    town = await openTown(database);
    town.clock.now = new Date();
    ({ reference } = await town.file(town.people.regisseur, { title: TITLE }));
    const { municipalityId } = town;
    await db.account.create({
      data: { municipalityId, personId: town.people.worker.id, platform: 'teams', externalId: WORKER },
    });
    site.served = await serveSite(
      {
        db,
        now: () => town.clock.now,
        chat: town.chat,
        verifyTabToken: createTabTokenVerifier({
          bot: { appId: APP_ID, tenantId: TENANT },
          loginUrl: entra.url,
          publicUrl: () => OURS,
          now: () => town.clock.now,
        }),
      },
      municipalityId,
      { openSite: false, playground: false, publicUrl: OURS },
    );
  });
  afterAll(async () => {
    await Promise.all([ours.stop(), teams.stop(), site.served?.stop(), entra.stop()]);
    await town.stop();
  });
  beforeEach(async () => {
    page = await browser.open({ ignoreHTTPSErrors: true });
  });
  afterEach(async ({ task }) => {
    await picture(page, `teams-tab-${task.name.replaceAll(/\W+/g, '-').slice(0, 40)}`);
    await page.context().close();
    entra.broken = false;
  });

  async function openTab(sso: Sso, { initialize = true } = {}): Promise<FrameLocator> {
    await page.goto(`${TEAMS}/#${encodeURIComponent(JSON.stringify({ sso, initialize }))}`);
    return page.frameLocator('iframe');
  }
  const seen = (): Promise<Seen> => page.evaluate(() => (globalThis as unknown as { seen: Seen }).seen);
  const tokenOf = async (objectId: string): Promise<Sso> => ({
    answers: [true, await entra.token(objectId, town.clock.now)],
  });

  // The first: keys that were fetched once still serve while Microsoft does not answer.
  it('says that it does not work now while Microsoft’s keys cannot be had, and works again after', async () => {
    entra.broken = true;
    await (await openTab(await tokenOf(WORKER))).getByText('open het over een minuut opnieuw').waitFor();
    expect((await seen()).failures).toEqual(['500']);
    entra.broken = false;
    await page.reload();
    await page.frameLocator('iframe').getByText(TITLE).first().waitFor();
  });

  it('signs in without asking anything, shows the signals, and stays signed in from page to page', async () => {
    const tab = await openTab(await tokenOf(WORKER));
    await tab.getByText(TITLE).first().waitFor();
    const { functions, failures, complaints } = await seen();
    expect(functions).toContain('appInitialization.success');
    expect([failures, complaints]).toEqual([[], []]);
    await tab.getByRole('link', { name: TITLE }).first().click();
    await tab.getByRole('heading', { name: TITLE, level: 1 }).waitFor();
    await tab.getByText(reference).first().waitFor();
    await tab.getByText('Aangemeld als Werker Een').waitFor();
  });

  it.each<[string, () => Promise<Sso> | Sso, string, string]>([
    ['Teams gives no token', () => ({ answers: [false, 'resourceDisabled'] }), 'vraag dan de IT-dienst', 'no token'],
    ['the token is not in order', () => ({ answers: [true, 'a.b.c'] }), 'vraag dan de IT-dienst', '401'],
    ['they never spoke to the bot', () => tokenOf(STRANGER), 'Typ eerst hallo', '403'],
  ])('says what is wrong and what to do when %s', async (_what, sso, words, failure) => {
    const tab = await openTab(await sso());
    await tab.getByText(words).waitFor();
    await tab.getByRole('link', { name: 'Open de site in je browser' }).waitFor();
    expect(await tab.getByText('Even geduld').isVisible()).toBe(false);
    expect((await seen()).failures).toEqual([failure]);
  });

  it('does not wait for ever for a token that never comes', async () => {
    await page.clock.install();
    const tab = await openTab('nothing');
    await tab.getByText('Even geduld').waitFor();
    await expect.poll(async () => (await seen()).functions).toContain('authentication.getAuthToken');
    await page.clock.fastForward(LONG_MS);
    await tab.getByText('open het over een minuut opnieuw').waitFor();
    expect((await seen()).failures).toEqual(['no answer']);
  });

  it('does not wait for ever for a Teams that says nothing', async () => {
    await page.clock.install();
    const tab = await openTab('nothing', { initialize: false });
    await expect.poll(async () => (await seen()).functions).toContain('initialize');
    await page.clock.fastForward(LONG_MS);
    await tab.getByText('open het over een minuut opnieuw').waitFor();
  });

  it('says where it works when it is opened outside Teams', async () => {
    await page.goto(`${OURS}/teams/tab`);
    await page.getByText('Deze pagina werkt in Teams').waitFor();
    await expectAccessible(page);
  });
});
