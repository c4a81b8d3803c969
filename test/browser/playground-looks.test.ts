import { describe, it } from 'vitest';
import { expectAccessible, expectNoSidewaysScroll, picture } from './browser.js';
import { composer, dialog, messages, say, useEchoPlayground } from './echo-playground.js';

describe('the playground', async () => {
  const scene = await useEchoPlayground();

  describe.each([
    ['a narrow screen', { width: 320, height: 640 }, 'light'],
    ['a low and narrow screen', { width: 320, height: 256 }, 'light'],
    ['a zoom of 200%', { width: 640, height: 400 }, 'light'],
    ['the dark', { width: 1280, height: 800 }, 'dark'],
  ] as const)('in %s', (name, viewport, colorScheme) => {
    const named = (part: string) => `${name.replaceAll(/\W+/g, '-')}-${part}`;

    it('shows everything, with nothing to scroll sideways for', async () => {
      const page = await scene.openAs('worker', { viewport, colorScheme });
      const check = async (part: string) => {
        await picture(page, named(part));
        await expectNoSidewaysScroll(page);
        await expectAccessible(page);
      };
      await check('list');
      await page.getByRole('link', { name: 'Wijksignaal', exact: true }).last().click();
      await composer(page).waitFor();
      await say(page, `/echo kaart ${named('kaart')}`);
      await scene.settle(page, `Kaart ${named('kaart')}`);
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
});
