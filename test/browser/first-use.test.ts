import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type App } from '../../src/app.js';
import { loadConfig } from '../../src/config.js';
import { createLog } from '../../src/operations/log.js';
import { openTestDatabase } from '../support/open-test-database.js';
import { expectAccessible, picture, takeTroubles, useBrowser } from './browser.js';

const browser = useBrowser();
const DAY_MS = 24 * 3_600_000;
const PATIENCE = { timeout: 50_000 };

describe('whoever tries it out for the first time', async () => {
  const database = await openTestDatabase();
  const { db } = database;
  /** Later than it is, when a test needs that. */
  let ahead = 0;
  let app: App;
  let municipalityId = '';

  beforeAll(async () => {
    const config = loadConfig({ PORT: '0', LOG_LEVEL: 'silent' });
    const now = () => new Date(Date.now() + ahead);
    app = await startApp(config, { database, log: createLog('silent'), now });
    ({ id: municipalityId } = await db.municipality.findFirstOrThrow());
  }, 180_000);
  afterAll(() => app?.stop());

  async function become(group: string, options: Parameters<typeof browser.open>[0] = {}): Promise<Page> {
    const page = await browser.open(options);
    await page.goto(`${app.url}/speeltuin`);
    const heading = page.getByRole('heading', { name: group, exact: true });
    await page.locator('.people-group').filter({ has: heading }).getByRole('link').first().click();
    await page.locator('[data-composer]').waitFor({ state: 'attached' });
    return page;
  }
  const openForm = async (page: Page) => {
    await page.getByRole('textbox', { name: 'Bericht' }).fill('/signaal');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
  };
  const answer = async (page: Page, words: { title: string; description: string }) => {
    const form = page.getByRole('dialog');
    await form.getByRole('textbox', { name: 'Wat zie je?' }).fill(words.description);
    await form.getByRole('textbox', { name: 'Geef het een titel' }).fill(words.title);
    await form.getByRole('checkbox', { name: 'Geen persoonsgegevens, geen klacht' }).check();
  };
  const submit = (page: Page) => page.getByRole('dialog').locator('button[type=submit]').click();

  it('finds signals to triage as a regisseur, without filing one first', async () => {
    const page = await become('Sociaal regisseurs');
    const taking = page.locator('#berichten .message').getByRole('button', { name: 'Neem op' });
    await expect.poll(() => taking.count(), PATIENCE).toBeGreaterThan(0);
    await picture(page, 'first-use-regisseur');
    await expectAccessible(page);
    expect(takeTroubles(page)).toEqual([]);
  });

  it('is led to the question whether it is the same signal, and can answer it with the keyboard', async () => {
    const known = await db.signal.findFirstOrThrow({
      where: { municipalityId, demo: true, status: 'received', cityWide: false },
      include: { neighbourhoods: { include: { neighbourhood: true } } },
      orderBy: { reference: 'asc' },
    });
    const page = await become('Basiswerkers');
    await openForm(page);
    await answer(page, known);
    const where = page.getByRole('combobox', { name: 'Welke wijk?' });
    for (const { neighbourhood } of known.neighbourhoods) {
      await where.fill(neighbourhood.name);
      await page.getByRole('option', { name: neighbourhood.name, exact: true }).waitFor();
      await where.press('Enter');
    }
    await submit(page);
    await page.getByText(known.reference).first().waitFor();
    const focused = page.locator('*:focus');
    await expect.poll(() => focused.getAttribute('name')).toContain('similar');
    await picture(page, 'first-use-same');
    await expectAccessible(page);
    expect(takeTroubles(page)).toEqual([]);
  });

  it('keeps every word of a form that stood open too long, and no empty choice beside it', async () => {
    const page = await become('Basiswerkers');
    await openForm(page);
    const words = { title: 'Speelplein te ver', description: 'Kinderen raken in de vakantie niet op het speelplein.' };
    await answer(page, words);
    await page.getByRole('checkbox', { name: 'Geen persoonsgegevens, geen klacht' }).uncheck();
    await submit(page);
    await page.getByText('Kijk nog even naar').waitFor();
    expect(await page.getByText(/^Ingevuld:/).textContent()).not.toContain('Welke collega?');
    await page.getByRole('checkbox', { name: 'Geen persoonsgegevens, geen klacht' }).check();
    ahead = DAY_MS;
    await submit(page);
    await page.getByText('Dit formulier staat te lang open').waitFor();
    ahead = 0;
    const form = page.getByRole('dialog');
    expect(await form.getByRole('textbox', { name: 'Wat zie je?' }).inputValue()).toBe(words.description);
    expect(await form.getByRole('textbox', { name: 'Geef het een titel' }).inputValue()).toBe(words.title);
    expect(await db.signal.count({ where: { municipalityId, title: words.title } })).toBe(0);
  });

  it('goes through the header of a phone in the order the eye does', async () => {
    const page = await browser.open({ viewport: { width: 375, height: 700 } });
    await page.goto(`${app.url}/`);
    const tops: number[] = [];
    for (let stop = 0; stop < 8; stop += 1) {
      await page.keyboard.press('Tab');
      const box = await page
        .locator('.site-header *:focus')
        .boundingBox({ timeout: 500 })
        .catch(() => null);
      if (box) tops.push(Math.round(box.y / 20));
    }
    expect(tops.length).toBeGreaterThan(5);
    expect(tops).toEqual([...tops].sort((a, b) => a - b));
  });
});
