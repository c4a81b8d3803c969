import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { forumsOf } from '../forums/forum-town.js';
import { serveSite, type Site } from '../status-site/site.js';
import { openTestDatabase } from '../support/open-test-database.js';
import { openTown, type Town } from '../support/town.js';
import { expectAccessible, expectNoSidewaysScroll, picture, takeTroubles, useBrowser } from './browser.js';

const browser = useBrowser();
const NARROW = { viewport: { width: 320, height: 640 } };

describe('the status site in a browser', async () => {
  const database = await openTestDatabase();
  let town: Town;
  let site: Site;
  let pages: Page[] = [];
  /** One that went a long way. */
  let resolved: string;
  let merged: string;
  let forum: string;

  beforeAll(async () => {
    town = await openTown(database);
    site = await serveSite({ db: database.db, now: () => town.clock.now }, town.municipalityId);
    const { worker, colleague, regisseur, otherRegisseur } = town.people;
    for (const index of Array(21).keys()) {
      await town.file(index % 2 ? worker : colleague, { title: `Lange wachtlijst voor opvang ${index + 1}` });
    }
    const one = await town.file(worker, {
      title: 'Gezinnen in een krappe woning vinden geen betaalbare huurwoning in de buurt',
      description: `Wekelijks horen we dit.\n\nOok op school. ${'Zeer'.repeat(40)}`,
      neighbourhoods: [town.neighbourhoods.rabot, town.neighbourhoods.dampoort],
      acute: true,
      alreadyTried: 'Overleg met de huisvestingsmaatschappij.',
      consequence: 'Gezinnen verhuizen naar een andere gemeente.',
      suggestedSolution: 'Een renteloze huurwaarborg.',
    });
    for (const to of ['in_review', 'accepted', 'on_agenda', 'at_policy', 'in_action', 'resolved'] as const) {
      await town.step(regisseur, one.id, to);
    }
    const other = await town.file(colleague, { neighbourhoods: [town.neighbourhoods.dampoort] });
    const open = await town.file(worker, { title: 'Nergens een plek om te sporten' });
    await town.step(otherRegisseur, other.id, 'in_review');
    await town.step(otherRegisseur, other.id, 'merged', { reference: open.reference });
    const forums = forumsOf(town, database.db);
    const planned = await forums.plan(regisseur, { title: `Forum over ${'welzijnsvoorzieningen'.repeat(4)}` });
    await forums.act(worker, 'forums.suggest', planned, { theme: 'Wie is er ’s avonds en in het weekend bereikbaar?' });
    forum = `/forum/${planned.id}`;
    resolved = `/signalen/${one.reference}`;
    merged = `/signalen/${other.reference}`;
  });
  afterAll(async () => {
    await site.stop();
    await town.stop();
  });
  afterEach(async () => {
    const quiet = pages.flatMap((page) => takeTroubles(page));
    await Promise.all(pages.map((page) => page.context().close()));
    pages = [];
    expect(quiet).toEqual([]);
  });

  async function open(path: string, options: Parameters<typeof browser.open>[0] = {}): Promise<Page> {
    const page = await browser.open(options);
    pages.push(page);
    await page.goto(site.url + path);
    return page;
  }

  const everyPage = () => ({
    list: '/',
    filtered: '/?zoek=opvang&status=lopend&wijk=1',
    'nothing-found': '/?zoek=ditbestaatniet',
    resolved,
    merged,
    forums: '/forum',
    forum,
    newsletters: '/nieuwsbrieven',
    privacy: '/privacy',
    'sign-in': '/aanmelden',
  });

  it('finds a signal by word, filter and link, without any script', async () => {
    const page = await open('/', { javaScriptEnabled: false });
    await page.getByLabel('Zoek in de signalen').fill('huurwoning');
    await page.getByLabel('Status').selectOption('opgelost');
    await page.getByLabel('Wijk', { exact: true }).selectOption('Dampoort');
    await page.getByRole('button', { name: 'Zoek' }).click();
    await page.getByRole('link', { name: /krappe woning/ }).click();
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain('krappe woning');
    expect(await page.locator('[aria-current=step]').textContent()).toContain('feedback');
    await page.getByRole('link', { name: 'Alle signalen' }).click();
    expect(await page.locator('.signal-item').count()).toBe(20);
    await page.getByRole('link', { name: 'Oudere signalen' }).click();
    expect(await page.locator('.signal-item').count()).toBe(4);
    await page.getByRole('link', { name: 'Terug naar de nieuwste' }).click();
    expect(new URL(page.url()).search).toBe('');
  });

  it('can be used with the keyboard alone, and always shows where one is', async () => {
    const page = await open('/?zoek=opvang&status=lopend');
    const seen: string[] = [];
    for (let step = 0; step < 24; step += 1) {
      await page.keyboard.press('Tab');
      const focus = await page.evaluate(() => {
        const element = document.activeElement as HTMLElement;
        const { outlineStyle, outlineWidth } = getComputedStyle(element);
        const name = element.id || element.textContent?.trim() || element.tagName;
        return { name, visible: outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2 };
      });
      expect(focus.visible, focus.name).toBe(true);
      seen.push(focus.name);
    }
    const order = ['Naar de inhoud', 'zoek', 'status', 'wijk', 'Zoek', 'Wis: over ‘opvang’', 'Wis alles'];
    const places = order.map((name) => seen.findIndex((other) => other.startsWith(name)));
    expect(places, seen.join(', ')).not.toContain(-1);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    await page.locator('#zoek').focus();
    await page.keyboard.press('End');
    await page.keyboard.type(' 12');
    await page.keyboard.press('Enter');
    await page.waitForURL(/zoek=opvang\+12/);
    await page.getByRole('link', { name: 'Lange wachtlijst voor opvang 12' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: /opvang 12/ }).waitFor();
  });

  it('speaks English after one click, and stays on the same page', async () => {
    const page = await open(resolved);
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('heading', { name: 'How far is it?' }).waitFor();
    expect(new URL(page.url()).pathname).toBe(resolved);
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    await picture(page, 'status-site-english');
    await expectAccessible(page);
  });

  it.each(['light', 'dark'] as const)('is accessible on every page, in %s', async (colorScheme) => {
    for (const [name, path] of Object.entries(everyPage())) {
      const page = await open(path, { colorScheme });
      await picture(page, `status-site-${name}-${colorScheme}`);
      await expectAccessible(page);
    }
  });

  it('fits a screen of 320 pixels, and text twice as large', async () => {
    for (const [name, path] of Object.entries(everyPage())) {
      const page = await open(path, NARROW);
      await expectNoSidewaysScroll(page);
      await picture(page, `status-site-${name}-narrow`);
      await expectAccessible(page);
      await page.setViewportSize({ width: 640, height: 640 });
      await page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%'));
      await expectNoSidewaysScroll(page);
    }
  });

  it('prints what there is to read, and no controls', async () => {
    const page = await open(resolved);
    await page.emulateMedia({ media: 'print' });
    expect(await page.getByRole('heading', { level: 1 }).isVisible()).toBe(true);
    expect(await page.getByText('Een renteloze huurwaarborg.').isVisible()).toBe(true);
    for (const control of ['.site-header', '.back', '.site-footer']) {
      expect(await page.locator(control).isVisible(), control).toBe(false);
    }
    await picture(page, 'status-site-print');
  });

  it('says in words that a signal does not exist, and that one must be signed in', async () => {
    const unknown = await open('/signalen/T-2026-9999');
    await unknown.getByRole('heading', { name: 'Dit signaal vinden we niet' }).waitFor();
    await expectAccessible(unknown);
    await expectNoSidewaysScroll(unknown);
    const closed = await serveSite({ db: database.db, now: () => town.clock.now }, town.municipalityId, {
      openSite: false,
    });
    const refused = await browser.open(NARROW);
    pages.push(refused);
    await refused.goto(`${closed.url}${resolved}`);
    await refused.getByRole('heading', { name: 'Hier moet je aangemeld zijn' }).waitFor();
    await picture(refused, 'status-site-closed-narrow');
    await expectAccessible(refused);
    await expectNoSidewaysScroll(refused);
    await closed.stop();
    for (const page of pages) takeTroubles(page);
  });
});
