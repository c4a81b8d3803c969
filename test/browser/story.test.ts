import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Locator, Page } from 'playwright-core';
import { startApp, type App } from '../../src/app.js';
import { loadConfig } from '../../src/config.js';
import { createLog } from '../../src/operations/log.js';
import { openTestDatabase } from '../support/open-test-database.js';
import { expectAccessible, expectNoSidewaysScroll, picture, takeTroubles, useBrowser } from './browser.js';

const browser = useBrowser();

const DESCRIPTION = 'Gezinnen wachten maanden op een plaats in de opvang en zeggen intussen werk af.';
const TITLE = 'Geen opvang <b>voor wie</b> werk vindt';

/** Counts what a person's hands do. */
class Hands {
  typed = 0;
  keys = 0;
  clicks = 0;
  constructor(readonly page: Page) {}
  async type(text: string): Promise<void> {
    this.typed += text.length;
    await this.page.keyboard.type(text);
  }
  async press(...keys: string[]): Promise<void> {
    for (const key of keys) {
      this.keys += 1;
      await this.page.keyboard.press(key);
    }
  }
}

describe('the whole way of a signal, in the browser', async () => {
  const database = await openTestDatabase();
  let app: App;
  let worker: Page;
  let regisseur: Page;
  let workerName = '';
  let reference = '';

  beforeAll(async () => {
    const config = loadConfig({ PORT: '0', LOG_LEVEL: 'silent' });
    app = await startApp(config, { database, log: createLog('silent'), now: () => new Date() });
    worker = await become(/./, 'Basiswerkers');
    workerName = (await worker.locator('.me-name').textContent()) ?? '';
    regisseur = await become(/Rabot/, 'Sociaal regisseurs');
    // Somebody new: nothing to fill in from last time.
    await database.db.person.updateMany({
      where: { municipalityId: await townId(), name: workerName },
      data: { lastNeighbourhoodId: null },
    });
  }, 180_000);
  afterAll(() => app?.stop());
  afterEach(() => {
    expect([worker, regisseur].flatMap((page) => takeTroubles(page))).toEqual([]);
  });

  async function townId(): Promise<string> {
    return (await database.db.municipality.findFirstOrThrow()).id;
  }

  async function become(name: RegExp, group: string, options: Parameters<typeof browser.open>[0] = {}): Promise<Page> {
    const page = await browser.open(options);
    await page.goto(`${app.url}/speeltuin`);
    await page
      .locator('.people-group')
      .filter({ has: page.getByRole('heading', { name: group, exact: true }) })
      .getByRole('link', { name })
      .first()
      .click();
    await page.locator('[data-composer]').waitFor({ state: 'attached' });
    return page;
  }

  const dialog = (page: Page) => page.getByRole('dialog');
  const messages = (page: Page) => page.locator('#berichten .message');
  const card = (page: Page, ref = reference) =>
    messages(page).filter({ has: page.getByRole('heading', { name: ref }) });
  const box = (page: Page) => page.getByRole('textbox', { name: /^(Bericht|Message)$/ });
  const say = async (page: Page, text: string) => {
    await box(page).fill(text);
    await box(page).press('Enter');
  };
  const told = (page: Page, text: string | RegExp) => messages(page).getByText(text).last().waitFor();
  /** Presses a button of the card, in its overflow menu when it is there. */
  const press = async (place: Locator, label: string) => {
    const button = place.getByRole('button', { name: label, exact: true });
    if (!(await button.isVisible())) {
      await place.getByRole('button', { name: 'Meer acties' }).click();
      await place.getByRole('menuitem', { name: label, exact: true }).click();
    } else await button.click();
  };
  const send = async (page: Page) => {
    await dialog(page).locator('button[type=submit]').click();
    await dialog(page).waitFor({ state: 'detached' });
  };
  const statusOnCard = (status: string) => card(regisseur).getByText(`· ${status}`).first().waitFor();

  it('is filed by keyboard: three answers and a tick', async () => {
    const hands = new Hands(worker);
    await hands.type('/signaal');
    await hands.press('Enter');
    await dialog(worker).waitFor();
    const operated = hands.typed + hands.keys;
    await picture(worker, 'story-form');
    await expectAccessible(worker);
    await hands.type(DESCRIPTION);
    await hands.press('Tab');
    await hands.type(TITLE);
    await hands.press('Tab');
    await hands.type('rabot');
    await hands.press('Enter');
    await dialog(worker).getByText('Rabot - Blaisantvest').first().waitFor();
    await hands.press('Tab', 'Tab', 'Space', 'Enter');
    await dialog(worker).waitFor({ state: 'detached' });
    await told(worker, 'Bedankt, je signaal is goed aangekomen');
    reference = /G-\d{4}-\d{4,}/.exec((await messages(worker).last().textContent()) ?? '')?.[0] ?? '';
    expect(reference).toMatch(/^G-/);
    await picture(worker, 'story-receipt');
    await expectAccessible(worker);

    const words = DESCRIPTION.length + TITLE.length;
    const rest = hands.typed + hands.keys - words;
    process.stdout.write(
      `\nA first signal, from the empty chat to the receipt: ${hands.clicks} clicks, ${rest} keystrokes ` +
        `(of which ${operated} to open the form) besides the ${words} characters of the description and the title.\n`,
    );
    expect(hands.clicks).toBe(0);
    expect(rest).toBeLessThan(40);
  });

  it('stands in the channel of the neighbourhood’s regisseur at once, as it was typed, with the reason', async () => {
    await card(regisseur).waitFor();
    const text = await card(regisseur).textContent();
    expect(text).toContain(TITLE);
    expect(text).toContain(DESCRIPTION);
    expect(text).toMatch(/Waarom hier\?.*Rabot/);
    expect(text).toContain(workerName);
    await picture(regisseur, 'story-card');
    await expectAccessible(regisseur);
  });

  it('is taken on: the card changes in place and the worker is told', async () => {
    await press(card(regisseur), 'Neem op');
    await statusOnCard('in onderzoek');
    expect(await card(regisseur).count()).toBe(1);
    await card(regisseur).getByText('(bewerkt)').waitFor();
    await told(worker, /Je signaal is opgenomen/);
  });

  it('is asked about, and the answer comes back under the card', async () => {
    await press(card(regisseur), 'Vraag meer info');
    await dialog(regisseur).waitFor();
    await picture(regisseur, 'story-question');
    await expectAccessible(regisseur);
    await dialog(regisseur).locator('button[type=submit]').click();
    await dialog(regisseur).getByText('Vul dit in.').first().waitFor();
    await dialog(regisseur).getByLabel('Wat wil je nog weten?').fill('Gaat het om <i>alle</i> leeftijden?');
    await send(regisseur);
    await told(worker, /wil nog iets weten over je signaal/);
    await told(worker, 'Gaat het om <i>alle</i> leeftijden?');
    const question = messages(worker).filter({ hasText: 'wil nog iets weten' }).last();
    await question.getByRole('link', { name: 'Antwoord', exact: true }).click();
    const reply = worker.getByRole('textbox', { name: 'Antwoord in deze draad' });
    await reply.fill('Vooral om baby’s en peuters.');
    await reply.press('Enter');
    await worker.locator('#draad-berichten').getByText('Vooral om baby’s en peuters.').first().waitFor();
    await picture(worker, 'story-answer');
    await expectAccessible(worker);
    await worker.getByRole('link', { name: 'Sluit de draad' }).click();
    await statusOnCard('in onderzoek');
    await card(regisseur).locator('.thread-link').click();
    await regisseur.locator('#draad-berichten').getByText('Vooral om baby’s en peuters.').waitFor();
    await picture(regisseur, 'story-thread');
    await regisseur.getByRole('link', { name: 'Sluit de draad' }).click();
  });

  it('goes its way, and the worker hears of every step', async () => {
    await press(card(regisseur), 'Weerhoud');
    await statusOnCard('weerhouden');
    await told(worker, /je signaal is weerhouden/);

    const nextMonth = new Date(Date.now() + 30 * 24 * 3_600_000).toISOString().slice(0, 10);
    await press(card(regisseur), 'Zet op de agenda');
    await dialog(regisseur).getByLabel('Op welk overleg?').fill('Welzijnsforum');
    await dialog(regisseur).getByLabel('Datum van het overleg').fill(nextMonth);
    await send(regisseur);
    await statusOnCard('op forum of werkgroep');
    await told(worker, /op de agenda van Welzijnsforum/);

    await press(card(regisseur), 'Start actie');
    await dialog(regisseur).getByRole('combobox', { name: 'Wie is de trekker?' }).fill('Dienst Kinderopvang');
    await dialog(regisseur).getByLabel('Wat gaat er gebeuren?').fill('Tien noodplaatsen vanaf de herfst.');
    await dialog(regisseur).getByLabel('Tegen wanneer?').fill(nextMonth);
    await send(regisseur);
    await statusOnCard('in actie');
    await told(worker, 'Tien noodplaatsen vanaf de herfst.');
  });

  it('gets feedback, previewed before it leaves; an internal note never does', async () => {
    await press(card(regisseur), 'Koppel terug');
    await dialog(regisseur).getByLabel('Wat wil je de melders laten weten?').fill('De eerste plaatsen zijn er.');
    await dialog(regisseur).locator('button[type=submit]').click();
    await dialog(regisseur).getByText('Zo leest de melder het:').waitFor();
    await picture(regisseur, 'story-feedback');
    await expectAccessible(regisseur);
    await dialog(regisseur).getByLabel('Zo mag het vertrekken').check();
    await send(regisseur);
    await told(worker, 'De eerste plaatsen zijn er.');

    await press(card(regisseur), 'Noteer intern');
    await dialog(regisseur).getByLabel('Notitie', { exact: true }).fill('Enkel tussen ons.');
    await send(regisseur);
    await press(card(regisseur), 'Opgelost');
    await dialog(regisseur).getByLabel('Wat is er gebeurd?').fill('Er zijn nu genoeg plaatsen.');
    await send(regisseur);
    await statusOnCard('opgelost');
    await told(worker, 'Er zijn nu genoeg plaatsen.');
    expect(await worker.locator('#berichten').textContent()).not.toContain('Enkel tussen ons.');
    await picture(worker, 'story-told');
    await expectAccessible(worker);
  });

  it('is followed by command', async () => {
    const commands: [string, string | RegExp][] = [
      ['/signaal mijn', reference],
      [`/signaal status ${reference}`, 'De weg van dit signaal'],
      ['/signaal zoek opvang', 'Signalen over ‘opvang’'],
      ['/regisseur rabot', /Rabot/],
      ['/signaal help', 'Wat je met Wijksignaal kan'],
      ['/onzin', /ken ik niet/],
    ];
    for (const [command, answer] of commands) {
      await say(worker, command);
      await told(worker, answer);
      await picture(worker, `story-command-${command.replaceAll(/\W+/g, '-')}`);
    }
    await expectAccessible(worker);
  });

  it('is filed faster the second time: text after the command, the neighbourhood from last time', async () => {
    const hands = new Hands(worker);
    const text = 'Ouderen raken niet meer aan de loketten van de bank.';
    const title = 'Loketten verdwijnen';
    await box(worker).focus();
    await hands.type(`/signaal ${text}`);
    await hands.press('Enter');
    await dialog(worker).waitFor();
    await hands.press('Tab');
    await hands.type(title);
    await hands.press('Tab', 'Tab', 'Tab', 'Tab', 'Space', 'Enter');
    await dialog(worker).waitFor({ state: 'detached' });
    await told(worker, title);
    const words = text.length + title.length;
    process.stdout.write(
      `\nThe next signal: ${hands.clicks} clicks, ${hands.typed + hands.keys - words} keystrokes besides the ${words} characters of its words.\n`,
    );
  });

  it('keeps the neighbourhood from last time when it is simply typed again', async () => {
    await say(worker, '/signaal');
    await dialog(worker).waitFor();
    await worker.keyboard.press('Tab');
    await worker.keyboard.type('Nog eens dezelfde wijk');
    await worker.keyboard.press('Tab');
    await worker.keyboard.type('rabot');
    await worker.keyboard.press('Enter');
    await expect.poll(() => dialog(worker).getByRole('combobox').first().inputValue()).toBe('');
    expect(await dialog(worker).locator('.chip-label').allTextContents()).toEqual(['Rabot - Blaisantvest']);
    await worker.keyboard.press('Escape');
    await worker.keyboard.press('Escape');
    const discard = worker.getByRole('button', { name: /Weggooien|Verwerp|Sluit/ }).last();
    if (await discard.isVisible()) await discard.click();
    await dialog(worker).waitFor({ state: 'detached' });
  });

  it('says at the field what does not belong there, keeps the words, and leads a complaint to where it is heard', async () => {
    await say(worker, '/signaal');
    await dialog(worker).getByLabel('Wat zie je?').fill('Bel ze op 0470 12 34 56 en vraag het.');
    await dialog(worker).getByLabel('Geef het een titel').fill('Nummer');
    await dialog(worker).getByLabel('Geen persoonsgegevens, geen klacht').check();
    await dialog(worker).locator('button[type=submit]').click();
    await dialog(worker).getByText('Hier staat een telefoonnummer.').first().waitFor();
    await picture(worker, 'story-guard');
    await expectAccessible(worker);
    expect(await dialog(worker).getByLabel('Wat zie je?').inputValue()).toContain('0470 12 34 56');
    await dialog(worker).getByLabel('Wat wil je kwijt?').selectOption('complaint');
    await send(worker);
    await told(worker, /Een klacht is geen signaal/);
    await picture(worker, 'story-complaint');
  });

  it('is taken on by one of two who press at once, and the other hears who was first', async () => {
    await say(worker, '/signaal');
    await dialog(worker).getByLabel('Wat zie je?').fill('Jongeren blijven weg uit het jeugdhuis.');
    await dialog(worker).getByLabel('Geef het een titel').fill('Leeg jeugdhuis');
    await dialog(worker).getByLabel('Geen persoonsgegevens, geen klacht').check();
    await send(worker);
    const coordinator = await become(/./, 'Coördinator');
    await coordinator.locator('.conversation').filter({ hasText: 'rabot' }).click();
    const mine = (page: Page) => messages(page).filter({ hasText: 'Leeg jeugdhuis' });
    await mine(coordinator).getByRole('button', { name: 'Neem op' }).waitFor();
    await mine(regisseur).getByRole('button', { name: 'Neem op' }).waitFor();
    await picture(coordinator, 'story-coordinator');
    // Both presses are held back until both are there.
    let arrive = () => {};
    const both = new Promise<void>((resolve) => {
      let pressed = 0;
      arrive = () => (pressed += 1) === 2 && resolve();
    });
    for (const page of [regisseur, coordinator]) {
      await page.route('**/speeltuin/druk', async (route) => {
        arrive();
        await both;
        await route.continue();
      });
      await mine(page).getByRole('button', { name: 'Neem op' }).click();
    }
    await mine(regisseur).getByText('in onderzoek').first().waitFor();
    await mine(coordinator).getByText('in onderzoek').first().waitFor();
    const refused = /Jouw wijziging is niet bewaard|intussen veranderd/;
    await expect
      .poll(
        async () =>
          (await messages(regisseur).getByText(refused).count()) +
          (await messages(coordinator).getByText(refused).count()),
      )
      .toBe(1);
    await regisseur.unroute('**/speeltuin/druk');
    expect(takeTroubles(coordinator)).toEqual([]);
  });

  it('reads on a small screen', async () => {
    const page = await become(/Rabot/, 'Sociaal regisseurs', { viewport: { width: 320, height: 640 }, hasTouch: true });
    await page.locator('.conversation').first().click();
    await messages(page).last().waitFor();
    await picture(page, 'story-small-card');
    await expectNoSidewaysScroll(page);
    await expectAccessible(page);
  });

  it('goes on in English once that is chosen', async () => {
    await worker.getByRole('button', { name: 'English' }).click();
    await worker.getByPlaceholder(/Write to/).waitFor();
    await say(worker, '/signaal');
    await worker.getByRole('dialog', { name: 'File a signal' }).waitFor();
    await picture(worker, 'story-english');
    await expectAccessible(worker);
    await worker.keyboard.press('Escape');
    await say(worker, '/signaal help');
    await told(worker, 'What you can do with Wijksignaal');
    await worker.getByRole('button', { name: 'Nederlands' }).click();
    await worker.getByPlaceholder(/Schrijf aan/).waitFor();
  });
});
