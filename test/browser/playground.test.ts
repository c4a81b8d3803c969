import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openContractTown, type ContractTown, type PersonKey } from '../platforms/contract-town.js';
import { MARKUP } from '../platforms/echo-feature.js';
import { servePlayground, type Served } from '../platforms/playground/serve-playground.js';
import { openTestDatabase } from '../support/open-test-database.js';
import { expectAccessible, expectNoSidewaysScroll, picture, takeTroubles, useBrowser } from './browser.js';

const browser = useBrowser();

describe('the playground in a browser', async () => {
  const database = await openTestDatabase();
  let town: ContractTown;
  let served: Served;
  let pages: Page[] = [];

  beforeAll(async () => {
    town = await openContractTown(database, 'playground');
    served = await servePlayground(town);
    town.connect(served.playground.platform);
  });
  afterAll(async () => {
    await served.stop();
    await town.stop();
  });
  afterEach(async () => {
    const quiet = pages.flatMap((page) => takeTroubles(page));
    await Promise.all(pages.map((page) => page.context().close()));
    pages = [];
    expect(quiet).toEqual([]);
  });

  async function openAs(key: PersonKey | undefined, options: Parameters<typeof browser.open>[0] = {}): Promise<Page> {
    const page = await browser.open(options);
    pages.push(page);
    await page.goto(key ? `${served.url}/speeltuin?als=${town.people[key].id}` : `${served.url}/speeltuin`);
    return page;
  }

  const say = async (page: Page, text: string) => {
    await page.getByLabel('Bericht', { exact: true }).fill(text);
    await page.keyboard.press('Enter');
  };
  const messages = (page: Page) => page.locator('#berichten .message');

  const composer = (page: Page) => page.getByLabel('Bericht', { exact: true });
  const dialog = (page: Page) => page.getByRole('dialog');
  const options = (page: Page) => page.getByRole('listbox').getByRole('option');
  const focused = (page: Page) =>
    page.evaluate(() => {
      const element = document.activeElement;
      return element?.id || element?.textContent?.trim() || element?.tagName;
    });
  const settle = async (page: Page, text: string | RegExp) => {
    await expect.poll(() => town.settle().then(() => page.getByText(text).count())).toBeGreaterThan(0);
  };

  it('welcomes a newcomer and lets them pick somebody', async () => {
    const page = await openAs(undefined);
    await picture(page, 'welcome');
    await expectAccessible(page);
    await page.getByRole('link', { name: /Amira Voorbeeld/ }).click();
    await page.getByText('Dag Amira Voorbeeld').waitFor();
    await picture(page, 'empty');
    await expectAccessible(page);
    await page.locator('[data-me] > summary').click();
    await picture(page, 'people');
    await expectAccessible(page);
    await page.getByRole('link', { name: 'Chris Test' }).click();
    await page.getByRole('heading', { name: 'Signalen Noord' }).waitFor();
    await page.getByText('Nog geen signalen').waitFor();
    await expectAccessible(page);
  });

  it('says so when the person in the address is gone', async () => {
    const page = await browser.open();
    await page.goto(`${served.url}/speeltuin?als=${randomUUID()}`);
    await page.getByText('Die persoon kennen we niet').waitFor();
    await expectAccessible(page);
    await page.context().close();
  });

  it('shows messages, cards and what only you see', async () => {
    const page = await openAs('worker');
    await say(page, '/echo een antwoord voor mij');
    await page.getByText('Alleen voor jou: een antwoord voor mij').waitFor();
    await say(page, '/echo kaart alles');
    await settle(page, 'Kaart alles');
    await picture(page, 'conversation');
    await expectAccessible(page);
    expect(await page.getByText(MARKUP, { exact: true }).count()).toBe(2);
    await page.getByRole('button', { name: 'Verberg dit bericht' }).first().click();
    await expect.poll(() => page.getByText('een antwoord voor mij').count()).toBe(0);
  });

  it('helps on who just starts talking, with the words kept', async () => {
    const page = await openAs('worker');
    await say(page, 'hallo, er is hier iets aan de hand');
    await page.getByText('Ik lees alleen commando’s').waitFor();
    await expect.poll(() => composer(page).inputValue()).toBe('/echo hallo, er is hier iets aan de hand');
    await picture(page, 'hint');
    await page.keyboard.press('Enter');
    await page.getByText('Alleen voor jou: hallo, er is hier iets aan de hand').waitFor();
    expect(await composer(page).inputValue()).toBe('');
  });

  it('suggests commands, and completes one with the keyboard', async () => {
    const page = await openAs('worker');
    await composer(page).pressSequentially('/');
    await options(page).first().waitFor();
    await picture(page, 'commands');
    await expectAccessible(page);
    await composer(page).pressSequentially('echo fo');
    expect(await options(page).allInnerTexts()).toEqual(['/echo formulier\nEen proef.']);
    await page.keyboard.press('Tab');
    expect(await composer(page).inputValue()).toBe('/echo formulier');
    await page.keyboard.press('Enter');
    await dialog(page).waitFor();
  });

  it('is used with the keyboard alone: command, form, errors, choices, confirmation', async () => {
    const page = await openAs('worker');
    await expect.poll(() => focused(page)).toBe('vak-gesprek');
    await page.keyboard.type('/echo formulier');
    await page.keyboard.press('Enter');
    await dialog(page).waitFor();
    await expect.poll(() => focused(page)).toBe('veld-title');
    await picture(page, 'form');
    await expectAccessible(page);

    await page.keyboard.press('Enter');
    await page.getByText('Kijk nog even naar 3 velden').waitFor();
    expect(await focused(page)).toBe('veld-title');
    await picture(page, 'form-errors');
    await expectAccessible(page);

    await page.keyboard.type('Met het toetsenbord');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Twee regels');
    await page.keyboard.press('Enter');
    await page.keyboard.type('tekst');
    await page.keyboard.press('Tab');
    await page.keyboard.type('rabot');
    await options(page).getByText('Rabotstraat & <omgeving>').waitFor();
    await picture(page, 'form-search');
    await expectAccessible(page);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Verwijder Rabotstraat & <omgeving>' }).waitFor();
    // Typed and entered at once, before any suggestion has come.
    await page.keyboard.type('damp');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Verwijder Dampoort' }).waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.getByLabel('Korte nota').isVisible()).toBe(true);
    await picture(page, 'form-more');
    await expectAccessible(page);
    await page.keyboard.press('Enter');

    await page.getByLabel('Ik ga akkoord').focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('Control+Enter');
    await dialog(page).waitFor({ state: 'detached' });
    await page.getByText('Bewaard: Met het toetsenbord').waitFor();
    await expect.poll(() => focused(page)).toBe('vak-gesprek');
    expect([...town.echo.submissions.values()].at(-1)).toMatchObject({
      title: 'Met het toetsenbord',
      story: 'Twee regels\ntekst',
      towns: ['t-2', 't-4'],
      many: ['y'],
      town: 't-3',
    });
  });

  it('asks before it throws away what was typed, and Escape in a list closes the list only', async () => {
    const page = await openAs('worker');
    await say(page, '/echo formulier');
    await dialog(page).waitFor();
    await page.getByRole('combobox', { name: 'Wijken' }).fill('rab');
    await options(page).first().waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => options(page).count()).toBe(0);
    expect(await dialog(page).isVisible()).toBe(true);
    await page.getByLabel('Titel').fill('half af');
    await page.keyboard.press('Escape');
    await page.getByText('Wat je typte weggooien?').waitFor();
    await picture(page, 'form-discard');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Verder schrijven' }).click();
    expect(await page.getByLabel('Titel').inputValue()).toBe('half af');
    await page.getByRole('button', { name: 'Annuleren' }).click();
    await page.getByRole('button', { name: 'Weggooien' }).click();
    await dialog(page).waitFor({ state: 'detached' });
    await expect.poll(() => focused(page)).toBe('vak-gesprek');
  });

  it('waits with the form while a search field holds words that stand for nothing', async () => {
    const before = town.echo.submissions.size;
    const page = await openAs('worker');
    await say(page, '/echo formulier');
    await page.getByLabel('Titel').fill('Zoekterm');
    await page.getByLabel('Ik ga akkoord').check();
    await page.getByRole('combobox', { name: 'Wijken' }).fill('nergensland');
    await dialog(page).getByRole('button', { name: 'Verstuur' }).click();
    await page.getByText('Niets gevonden').waitFor();
    await expect.poll(() => focused(page)).toBe('veld-towns');
    expect(town.echo.submissions.size).toBe(before);
    await page.getByRole('combobox', { name: 'Wijken' }).fill('drong');
    await dialog(page).getByRole('button', { name: 'Verstuur' }).click();
    await dialog(page).waitFor({ state: 'detached' });
    expect([...town.echo.submissions.values()].at(-1)).toMatchObject({ towns: ['t-3'] });
  });

  it('keeps a refused form’s text, and unfolds the details for an error in them', async () => {
    const page = await openAs('worker');
    await say(page, '/echo formulier');
    await page.getByLabel('Titel').fill('weg');
    await page.getByRole('combobox', { name: 'Wijken' }).fill('drong');
    await page.keyboard.press('Enter');
    await page.getByLabel('Ik ga akkoord').check();
    await page.getByText('Meer details').click();
    await page.getByLabel('Korte nota').fill('te lang voor dit kleine veld');
    await page.getByText('Meer details').click();
    await dialog(page).getByRole('button', { name: 'Verstuur' }).click();
    await page
      .getByText(/Dit is te lang: 28 tekens/)
      .first()
      .waitFor();
    await expect.poll(() => focused(page)).toBe('veld-note');
    await page.getByLabel('Korte nota').fill('kort');
    await dialog(page).getByRole('button', { name: 'Verstuur' }).click();
    await page.getByText('Iemand anders was je voor.').waitFor();
    await picture(page, 'form-refused');
    await expectAccessible(page);
    expect(await page.getByLabel('Titel').inputValue()).toBe('weg');
    expect(await page.getByLabel('Korte nota').inputValue()).toBe('kort');
  });

  it('asks to confirm a warning and has the question in focus', async () => {
    const page = await openAs('worker');
    await say(page, '/echo formulier');
    await page.getByLabel('Titel').fill('Bij Jan');
    await page.getByRole('combobox', { name: 'Wijken' }).fill('drong');
    await page.keyboard.press('Enter');
    await page.getByLabel('Ik ga akkoord').check();
    await page.keyboard.press('Control+Enter');
    await page.getByText('Staat hier een naam van iemand?').waitFor();
    await expect.poll(() => focused(page)).toBe('veld-sure');
    await picture(page, 'form-warning');
    await expectAccessible(page);
    await page.keyboard.press('Space');
    await page.keyboard.press('Enter');
    await dialog(page).waitFor({ state: 'detached' });
  });

  it('sends a form once however often its button is clicked', async () => {
    const before = town.echo.submissions.size;
    const page = await openAs('worker');
    await say(page, '/echo formulier');
    await page.getByLabel('Titel').fill('Dubbelklik');
    await page.getByRole('combobox', { name: 'Wijken' }).fill('drong');
    await page.keyboard.press('Enter');
    await page.getByLabel('Ik ga akkoord').check();
    await dialog(page).getByRole('button', { name: 'Verstuur' }).dblclick();
    await dialog(page).waitFor({ state: 'detached' });
    expect(town.echo.submissions.size).toBe(before + 1);
  });

  it('keeps the keyboard’s place when a card changes, and its menu works as menus do', async () => {
    const page = await openAs('worker');
    await say(page, '/echo kaart menu');
    await settle(page, 'Kaart menu');
    const card = messages(page).filter({ hasText: 'Kaart menu' });
    await card.getByRole('button', { name: 'Tel', exact: true }).focus();
    await page.keyboard.press('Enter');
    await settle(page, '(bewerkt)');
    expect(await focused(page)).toContain('0-');
    const before = await focused(page);
    await page.keyboard.press('Enter');
    await expect.poll(() => town.settle().then(() => card.locator('dd').first().textContent())).toBe('2');
    expect(await focused(page)).toBe(before);

    await card.getByRole('button', { name: 'Meer acties' }).focus();
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => focused(page)).toContain('m0-');
    await picture(page, 'menu');
    await expectAccessible(page);
    // What arrives meanwhile leaves the open menu alone.
    await town.chat.command(caller(), 'echo', 'kaart tussendoor');
    await settle(page, 'Kaart tussendoor');
    expect(await page.getByRole('menuitem', { name: 'Tel ook' }).isVisible()).toBe(true);
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => focused(page)).toContain('m1-');
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByRole('menuitem').count()).toBe(0);
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    await page.getByText('Gefluisterd.').waitFor();
  });

  it('has threads beside the conversation', async () => {
    const page = await openAs('worker');
    await say(page, '/echo kaart draad');
    await settle(page, 'Kaart draad');
    await messages(page).filter({ hasText: 'Kaart draad' }).getByRole('link', { name: 'Antwoord' }).click();
    await page.getByRole('heading', { name: 'Draad', exact: true }).waitFor();
    await expect.poll(() => focused(page)).toBe('vak-draad');
    await page.keyboard.type(MARKUP);
    await page.keyboard.press('Enter');
    await settle(page, `Ontvangen: ${MARKUP}`);
    await picture(page, 'thread');
    await expectAccessible(page);
    await page.getByRole('link', { name: 'Sluit de draad' }).click();
    await page.getByRole('link', { name: '2 antwoorden' }).waitFor();
  });

  it('shows two browsers the same, as it happens, with a mark for what is unread', async () => {
    const owner = await openAs('owner');
    const coordinator = await openAs('coordinator');
    await coordinator.getByRole('link', { name: 'Wijksignaal', exact: true }).first().click();
    await say(owner, 'Goedemorgen collega');
    await owner.locator('#berichten').getByText('Goedemorgen collega').waitFor();
    await coordinator.getByText('1 nieuw bericht').waitFor({ state: 'attached' });
    await expect.poll(() => coordinator.title()).toMatch(/^\(1\) /);
    await picture(coordinator, 'unread');
    await expectAccessible(coordinator);
    await coordinator.getByRole('link', { name: /Signalen Noord/ }).click();
    await coordinator.getByText('Goedemorgen collega').waitFor();
    expect(await coordinator.getByText('nieuw bericht').count()).toBe(0);
    expect(await coordinator.title()).not.toMatch(/^\(/);
  });

  it('speaks English once that is chosen', async () => {
    const page = await openAs('colleague');
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByPlaceholder('Write to Wijksignaal').waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    await page.getByLabel('Message', { exact: true }).fill('/echo formulier');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'Fill in everything' }).waitFor();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Nederlands' }).click();
    await page.getByPlaceholder('Schrijf aan Wijksignaal').waitFor();
  });

  it('says when the connection is lost, keeps what was typed, and catches up by itself', async () => {
    const page = await openAs('worker');
    await page.waitForLoadState('networkidle').catch(() => undefined);
    await page.context().setOffline(true);
    await say(page, '/echo ben je daar');
    await page.getByText('Dit is niet verstuurd').waitFor();
    expect(await composer(page).inputValue()).toBe('/echo ben je daar');
    await picture(page, 'offline');
    await expectAccessible(page);
    await page.context().setOffline(false);
    await page.keyboard.press('Enter');
    await page.getByText('Alleen voor jou: ben je daar').waitFor();
    await expect.poll(() => page.getByText('Dit is niet verstuurd').isVisible()).toBe(false);
    takeTroubles(page);
  });

  it('keeps a draft when one looks elsewhere', async () => {
    const page = await openAs('owner');
    await composer(page).fill('nog niet klaar');
    await page.getByRole('link', { name: 'Wijksignaal', exact: true }).last().click();
    await page.getByPlaceholder('Schrijf aan Wijksignaal').waitFor();
    await page.goBack();
    await expect.poll(() => composer(page).inputValue()).toBe('nog niet klaar');
  });

  describe.each([
    ['a narrow screen', { width: 320, height: 640 }, 'light'],
    ['a low and narrow screen', { width: 320, height: 256 }, 'light'],
    ['a zoom of 200%', { width: 640, height: 400 }, 'light'],
    ['the dark', { width: 1280, height: 800 }, 'dark'],
  ] as const)('in %s', (name, viewport, colorScheme) => {
    const named = (part: string) => `${name.replaceAll(/\W+/g, '-')}-${part}`;

    it('shows everything, with nothing to scroll sideways for', async () => {
      const page = await openAs('worker', { viewport, colorScheme });
      const check = async (part: string) => {
        await picture(page, named(part));
        await expectNoSidewaysScroll(page);
        await expectAccessible(page);
      };
      await check('list');
      await page.getByRole('link', { name: 'Wijksignaal', exact: true }).last().click();
      await composer(page).waitFor();
      await say(page, `/echo kaart ${named('kaart')}`);
      await settle(page, `Kaart ${named('kaart')}`);
      await say(page, `/echo ${'eenheellangwoordzonderspaties'.repeat(12)}`);
      await page
        .getByText(/^Alleen voor jou: eenheel/)
        .last()
        .waitFor();
      await check('conversation');
      const card = messages(page).filter({ hasText: `Kaart ${named('kaart')}` });
      await card.getByRole('button', { name: 'Meer acties' }).click();
      await check('menu');
      await page.keyboard.press('Escape');
      await card.getByRole('button', { name: 'Formulier' }).click();
      await dialog(page).waitFor();
      await page.getByText('Meer details').click();
      await dialog(page).getByRole('button', { name: 'Verstuur' }).click();
      await page.getByText('Kijk nog even naar 3 velden').waitFor();
      await check('form');
      await page.getByRole('button', { name: 'Sluiten' }).click();
      await page.getByRole('button', { name: 'Weggooien' }).click();
      await card.getByRole('link', { name: 'Antwoord' }).click();
      await page.getByRole('heading', { name: 'Draad', exact: true }).waitFor();
      await check('thread');
    });
  });

  function caller() {
    return {
      municipalityId: town.municipality.id,
      platform: 'playground' as const,
      account: { externalId: town.people.worker.externalId },
      requestId: randomUUID(),
    };
  }
});
