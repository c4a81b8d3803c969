import { describe, expect, it } from 'vitest';
import { expectAccessible, picture } from './browser.js';
import { dialog, focused, options, say, useEchoPlayground } from './echo-playground.js';

describe('forms in the playground', async () => {
  const scene = await useEchoPlayground();

  it('is used with the keyboard alone: command, form, errors, choices, confirmation', async () => {
    const page = await scene.openAs('worker');
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
    expect([...scene.town.echo.submissions.values()].at(-1)).toMatchObject({
      title: 'Met het toetsenbord',
      story: 'Twee regels\ntekst',
      towns: ['t-2', 't-4'],
      many: ['y'],
      town: 't-3',
    });
  });

  it('asks before it throws away what was typed, and Escape in a list closes the list only', async () => {
    const page = await scene.openAs('worker');
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
    const before = scene.town.echo.submissions.size;
    const page = await scene.openAs('worker');
    await say(page, '/echo formulier');
    await page.getByLabel('Titel').fill('Zoekterm');
    await page.getByLabel('Ik ga akkoord').check();
    await page.getByRole('combobox', { name: 'Wijken' }).fill('nergensland');
    await dialog(page).getByRole('button', { name: 'Verstuur' }).click();
    await page.getByText('Niets gevonden').waitFor();
    await expect.poll(() => focused(page)).toBe('veld-towns');
    expect(scene.town.echo.submissions.size).toBe(before);
    await page.getByRole('combobox', { name: 'Wijken' }).fill('drong');
    await dialog(page).getByRole('button', { name: 'Verstuur' }).click();
    await dialog(page).waitFor({ state: 'detached' });
    expect([...scene.town.echo.submissions.values()].at(-1)).toMatchObject({ towns: ['t-3'] });
  });

  it('keeps a refused form’s text, and unfolds the details for an error in them', async () => {
    const page = await scene.openAs('worker');
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
    const page = await scene.openAs('worker');
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
    const before = scene.town.echo.submissions.size;
    const page = await scene.openAs('worker');
    await say(page, '/echo formulier');
    await page.getByLabel('Titel').fill('Dubbelklik');
    await page.getByRole('combobox', { name: 'Wijken' }).fill('drong');
    await page.keyboard.press('Enter');
    await page.getByLabel('Ik ga akkoord').check();
    await dialog(page).getByRole('button', { name: 'Verstuur' }).dblclick();
    await dialog(page).waitFor({ state: 'detached' });
    expect(scene.town.echo.submissions.size).toBe(before + 1);
  });
});
