import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type App } from '../../src/app.js';
import { loadConfig } from '../../src/config.js';
import { createLog } from '../../src/operations/log.js';
import { FILE_COMMAND } from '../../src/platforms/teams/surface.js';
import { openTestDatabase } from '../support/open-test-database.js';
import { picture, useBrowser } from './browser.js';
import { startAgentsPlayground, type AgentsPlayground } from './start-agents-playground.js';

const TITLE = 'Geen opvang voor schoolkinderen';
/** The emulator fetches, renders and answers over websockets; a busy machine needs its time. */
const PATIENCE = { timeout: 50_000 };

const browser = useBrowser();

describe('in Microsoft’s own emulator of Teams', async () => {
  const database = await openTestDatabase();
  const { db } = database;
  let app: App;
  let teams: AgentsPlayground;
  let page: Page;

  beforeAll(async () => {
    const config = loadConfig({
      PORT: '0',
      LOG_LEVEL: 'silent',
      TEAMS_ALLOW_ANONYMOUS: 'true',
      MUNICIPALITY_FILE: 'manifests/teams/local/town.yaml',
    });
    app = await startApp(config, { database, log: createLog('silent'), now: () => new Date() });
    municipalityId = (await db.municipality.findFirstOrThrow()).id;
    // The emulator always says that its person speaks American English.
    await db.person.updateMany({ where: ours(), data: { locale: 'nl' } });
    teams = await startAgentsPlayground(app.url);
    page = await browser.open({ viewport: { width: 1400, height: 1000 } });
    await page.goto(teams.url);
    await page.getByRole('treeitem', { name: 'Personal Chat' }).waitFor(PATIENCE);
  }, 120_000);
  afterAll(async () => {
    await teams?.stop();
    await app?.stop();
  });
  afterEach(() => picture(page, 'agents-playground'));

  const signals = () => db.signal.findMany({ include: { entries: { orderBy: { at: 'asc' } } }, where: ours() });
  let municipalityId = '';
  const ours = () => ({ municipalityId });
  async function say(text: string): Promise<void> {
    await page.getByRole('textbox').last().click();
    await page.keyboard.type(text);
    await page.getByRole('button', { name: 'Send Message' }).click();
  }

  /** The filing form, wherever it stands. */
  async function fillIn(place: Locator | Page, description: string, title: string): Promise<void> {
    await place.getByRole('textbox', { name: 'Wat zie je?' }).last().fill(description);
    await place.getByRole('textbox', { name: 'Geef het een titel' }).last().fill(title);
    const where = place.getByRole('combobox', { name: 'Welke wijk?' }).last();
    await where.click();
    await page.keyboard.type('Rab');
    await page.getByRole('option', { name: 'Rabot' }).last().click();
    await place
      .getByRole('checkbox', { name: /Geen persoonsgegevens/ })
      .last()
      .check({ force: true });
  }

  it('the bot greets, and answers a message', async () => {
    await expect.poll(() => page.getByText(/ik ben Wijksignaal/).count(), PATIENCE).toBeGreaterThan(0);
    await say('regisseur Rabot');
    await page.getByText('Ria Proefman').last().waitFor(PATIENCE);
    await say('iets wat niemand verstaat');
    await expect.poll(() => page.getByRole('button', { name: /Meld|Maak/ }).count(), PATIENCE).toBeGreaterThan(0);
  });

  it('somebody files a signal through the message extension', async () => {
    await page.getByRole('button', { name: 'Trigger Message Extension App' }).click();
    await page.getByRole('menuitem', { name: 'Action Command' }).click();
    const ask = page.getByRole('dialog').last();
    await ask.getByRole('textbox', { name: 'Command ID' }).fill(FILE_COMMAND);
    await ask.getByRole('button', { name: 'Create' }).click();
    const dialog = page.getByRole('dialog').last();
    await dialog.getByRole('textbox', { name: 'Wat zie je?' }).waitFor(PATIENCE);
    await fillIn(dialog, 'Elke week horen we dat gezinnen geen opvang vinden na school.', TITLE);
    await dialog.getByRole('button', { name: 'Meld dit signaal' }).click();
    await expect.poll(async () => (await signals()).length, PATIENCE).toBe(1);
    const [signal] = await signals();
    expect(signal).toMatchObject({ title: TITLE, status: 'received' });
    expect(signal?.entries[0]).toMatchObject({ kind: 'filed', platform: 'teams' });
    await page
      .getByText(signal?.reference ?? '')
      .last()
      .waitFor(PATIENCE);
  });

  it('its card stands in the channel of the regisseur', async () => {
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
    await page.getByRole('treeitem', { name: /Rabot/ }).click();
    await page.getByText(TITLE).last().waitFor(PATIENCE);
  });

  it('the regisseur takes it on with a press on that card, which says so, and the filer is told', async () => {
    await page.getByRole('button', { name: 'Neem op' }).last().click(PATIENCE);
    await expect.poll(async () => (await signals())[0]?.status, PATIENCE).toBe('in_review');
    expect((await signals())[0]?.entries.at(-1)).toMatchObject({ kind: 'status', platform: 'teams' });
    await page
      .getByText(/in onderzoek/)
      .last()
      .waitFor(PATIENCE);
    await page.getByRole('treeitem', { name: /Personal Chat/ }).click();
    await page
      .getByText(/in onderzoek/)
      .last()
      .waitFor(PATIENCE);
  });

  it('a press on a card opens the form in the card', async () => {
    await page.getByRole('treeitem', { name: /Personal Chat/ }).click();
    await say('signaal');
    await page.getByRole('button', { name: 'Vul hier in' }).last().click(PATIENCE);
    await page.getByRole('textbox', { name: 'Wat zie je?' }).last().waitFor(PATIENCE);
  });
});
