import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { MARKUP } from '../platforms/echo-feature.js';
import { servePlayground } from '../platforms/playground/serve-playground.js';
import { expectAccessible, picture, takeTroubles } from './browser.js';
import { composer, dialog, focused, messages, options, say, useEchoPlayground } from './echo-playground.js';

describe('the playground in a browser', async () => {
  const scene = await useEchoPlayground();

  it('welcomes a newcomer and lets them pick somebody', async () => {
    const page = await scene.openAs(undefined);
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
    await page.getByText('Nog geen nieuwe signalen').waitFor();
    await expectAccessible(page);
  });

  it('says so when the person in the address is gone', async () => {
    const page = await scene.openAs(undefined);
    await page.goto(`${scene.served.url}/speeltuin?als=${randomUUID()}`);
    await page.getByText('Die persoon kennen we niet').waitFor();
    await expectAccessible(page);
    expect(takeTroubles(page)).toContain('404 /speeltuin');
  });

  it('shows messages, cards and what only you see', async () => {
    const page = await scene.openAs('worker');
    await say(page, '/echo een antwoord voor mij');
    await page.getByText('Alleen voor jou: een antwoord voor mij').waitFor();
    await say(page, '/echo kaart alles');
    await scene.settle(page, 'Kaart alles');
    await picture(page, 'conversation');
    await expectAccessible(page);
    expect(await page.getByText(MARKUP, { exact: true }).count()).toBe(2);
    await page.getByRole('button', { name: 'Verberg dit bericht' }).first().click();
    await expect.poll(() => page.getByText('een antwoord voor mij').count()).toBe(0);
  });

  it('helps on who just starts talking, with the words kept', async () => {
    const page = await scene.openAs('worker');
    await say(page, 'hallo, er is hier iets aan de hand');
    await page.getByText('Ik lees alleen commando’s').waitFor();
    await expect.poll(() => composer(page).inputValue()).toBe('/echo hallo, er is hier iets aan de hand');
    await picture(page, 'hint');
    await page.keyboard.press('Enter');
    await page.getByText('Alleen voor jou: hallo, er is hier iets aan de hand').waitFor();
    expect(await composer(page).inputValue()).toBe('');
  });

  it('suggests commands, and completes one with the keyboard', async () => {
    const page = await scene.openAs('worker');
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

  it('keeps the keyboard’s place when a card changes, and its menu works as menus do', async () => {
    const page = await scene.openAs('worker');
    await say(page, '/echo kaart menu');
    await scene.settle(page, 'Kaart menu');
    const card = messages(page).filter({ hasText: 'Kaart menu' });
    await card.getByRole('button', { name: 'Tel', exact: true }).focus();
    await page.keyboard.press('Enter');
    await scene.settle(page, '(bewerkt)');
    expect(await focused(page)).toContain('0-');
    const before = await focused(page);
    await page.keyboard.press('Enter');
    await expect.poll(() => scene.town.settle().then(() => card.locator('dd').first().textContent())).toBe('2');
    expect(await focused(page)).toBe(before);

    await card.getByRole('button', { name: 'Meer acties' }).focus();
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => focused(page)).toContain('m0-');
    await picture(page, 'menu');
    await expectAccessible(page);
    // What arrives meanwhile leaves the open menu alone.
    await scene.town.chat.command(caller(), 'echo', 'kaart tussendoor');
    await scene.settle(page, 'Kaart tussendoor');
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
    const page = await scene.openAs('worker');
    await say(page, '/echo kaart draad');
    await scene.settle(page, 'Kaart draad');
    await messages(page).filter({ hasText: 'Kaart draad' }).getByRole('link', { name: 'Antwoord' }).click();
    await page.getByRole('heading', { name: 'Draad', exact: true }).waitFor();
    await expect.poll(() => focused(page)).toBe('vak-draad');
    await page.keyboard.type(MARKUP);
    await page.keyboard.press('Enter');
    await scene.settle(page, `Ontvangen: ${MARKUP}`);
    await picture(page, 'thread');
    await expectAccessible(page);
    await page.getByRole('link', { name: 'Sluit de draad' }).click();
    await page.getByRole('link', { name: '2 antwoorden' }).waitFor();
  });

  it('shows two browsers the same, as it happens, with a mark for what is unread', async () => {
    const owner = await scene.openAs('owner');
    const coordinator = await scene.openAs('coordinator');
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
    const page = await scene.openAs('colleague');
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
    const page = await scene.openAs('worker');
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

  it('says so when the server is away, and shows what happened meanwhile once it is back', async () => {
    const page = await scene.openAs('owner');
    await composer(page).fill('half getypt');
    const port = Number(new URL(scene.served.url).port);
    await scene.served.stop();
    await page.getByText('Geen verbinding. We proberen opnieuw').waitFor();
    await picture(page, 'reconnecting');
    await expectAccessible(page);
    await scene.town.chat.command(caller(), 'echo', 'kanaal ondertussen');
    scene.served = await servePlayground(scene.town, port);
    scene.town.connect(scene.served.playground.platform);
    await scene.town.settle();
    await page.getByRole('heading', { name: 'Kaart ondertussen' }).waitFor();
    await expect.poll(() => page.getByText('Geen verbinding').isVisible()).toBe(false);
    expect(await composer(page).inputValue()).toBe('half getypt');
    takeTroubles(page);
  });

  it('keeps a draft when one looks elsewhere', async () => {
    const page = await scene.openAs('owner');
    await composer(page).fill('nog niet klaar');
    await page.getByRole('link', { name: 'Wijksignaal', exact: true }).last().click();
    await page.getByPlaceholder('Schrijf aan Wijksignaal').waitFor();
    await page.goBack();
    await expect.poll(() => composer(page).inputValue()).toBe('nog niet klaar');
  });

  function caller() {
    return {
      municipalityId: scene.town.municipality.id,
      platform: 'playground' as const,
      account: { externalId: scene.town.people.worker.externalId },
      requestId: randomUUID(),
    };
  }
});
