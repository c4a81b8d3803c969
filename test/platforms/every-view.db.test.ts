import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { features } from '../../src/features.js';
import { cardToBlocks, cardToMessage, cardToMessages } from '../../src/platforms/slack/render/card-to-block-kit.js';
import { cardToModal, formToModal } from '../../src/platforms/slack/render/form-to-modal.js';
import * as teamsCards from '../../src/platforms/teams/render/card-to-adaptive.js';
import { formToCard } from '../../src/platforms/teams/render/form-to-card.js';
import { isTooLongTogether, problemsInBlocks } from '../fakes/slack/block-kit/blocks.js';
import { isTooLarge, problemsInView } from '../fakes/slack/block-kit/views.js';
import type { JsonObject } from '../fakes/slack/json.js';
import { wrongWithCard } from '../fakes/teams/card-rules.js';
import { openTestDatabase } from '../support/open-test-database.js';
import { expectGolden } from './expect-golden.js';
import { playStory } from './views/story.js';
import type { SeenView } from './views/see-views.js';

const BASE_URL = 'http://127.0.0.1:3000';

/**
 * Everything that people see, of every capability, in both languages: the story makes it appear, Slack's and Teams' renderers
 * draw it, and the rules of both are held against it. Whatever `features` has and the story does not show fails here.
 * Renew what is kept with `npx vitest run --project pglite test/platforms/every-view.db.test.ts -u`, and look at it.
 */
describe.each(['nl', 'en'] as const)('every view, in %s', (locale) => {
  let story: Awaited<ReturnType<typeof playStory>>;
  beforeAll(async () => {
    story = await playStory(await openTestDatabase(), locale);
  });
  afterAll(() => story.stop());
  const missing = (of: 'forms' | 'messages' | 'actions') =>
    features
      .flatMap((feature): { id: string }[] => feature[of] ?? [])
      .map(({ id }) => id)
      .filter((id) => !story.views.used[of].has(id));

  it('shows each form, each message, each button and each command of every capability', () => {
    const unsaid = features
      .flatMap(({ commands = [] }) => commands)
      .filter(({ name, subcommand }) => {
        const words = subcommand?.words ?? [''];
        return !story.views.commands.some((said) => words.some((word) => said === `${name} ${word}`.trim()));
      })
      .map(({ name, subcommand }) => `/${name} ${subcommand?.words[0] ?? ''}`);
    expect({ forms: missing('forms'), messages: missing('messages'), actions: missing('actions'), unsaid }).toEqual({
      forms: [],
      messages: [],
      actions: [],
      unsaid: [],
    });
  });

  it.each([...features.map(({ name }) => name), 'commands', 'chat'])(
    'of %s is drawn for Slack and for Teams',
    async (feature) => {
      const views = [...(story.views.byFeature.get(feature) ?? [])].toSorted(([one], [other]) =>
        one < other ? -1 : 1,
      );
      const slack: Record<string, unknown> = {};
      const teams: Record<string, unknown> = {};
      for (const [name, view] of views) {
        slack[name] = drawForSlack(view, name);
        teams[name] = await drawForTeams(view, name);
      }
      if (views.length === 0) return;
      await expectGolden(`slack/${locale}/${feature}`, slack);
      await expectGolden(`teams/${locale}/${feature}`, teams);
    },
  );

  function drawForSlack(view: SeenView, name: string): unknown {
    const drawing = { locale, baseUrl: BASE_URL };
    switch (view.as) {
      case 'form':
        return checked(formToModal(view.form, { locale, open: true, errors: view.errors }));
      case 'confirmation':
        return checked(cardToModal(view.card, { ...drawing, title: view.title }));
      case 'answer':
        return cardToMessages(view.card, drawing).map(checkedMessage);
      case 'message':
      case 'preview':
        return checkedMessage(cardToMessage(view.card, drawing));
      case 'home': {
        const blocks = cardToBlocks(view.card.parts, drawing);
        expect(problemsInBlocks(blocks, 'home'), name).toEqual([]);
        return blocks;
      }
    }
    function checked(modal: object): object {
      expect(problemsInView(modal, 'modal'), name).toEqual([]);
      expect(isTooLarge(modal as JsonObject), name).toBe(false);
      return modal;
    }
    function checkedMessage(message: { text: string; blocks: unknown[] }): object {
      expect(problemsInBlocks(message.blocks), name).toEqual([]);
      expect(isTooLongTogether(message.blocks as JsonObject[]), name).toBe(false);
      return message;
    }
  }

  async function drawForTeams(view: SeenView, name: string): Promise<unknown> {
    const drawing = { locale, baseUrl: BASE_URL };
    const check = (card: unknown, where: 'message' | 'dialog') => expect(wrongWithCard(card, where), name).toEqual([]);
    switch (view.as) {
      case 'form': {
        const sources = view.form.view.parts.flatMap((part) => (part.kind === 'search' ? [part.source] : []));
        const caller = story.caller(story.people.regisseur);
        const suggestions = new Map(
          await Promise.all(
            sources.map(async (source) => [source, await story.chat.suggest(caller, source, '')] as const),
          ),
        );
        const card = formToCard(view.form, { ...drawing, stands: 'dialog', errors: view.errors, suggestions });
        check(card, 'dialog');
        return card;
      }
      case 'message': {
        const message = teamsCards.cardToMessage(view.card, { ...drawing, viewer: view.readerId });
        check(message.card, 'message');
        return message;
      }
      case 'answer': {
        const messages = teamsCards.cardToMessages(view.card, drawing);
        for (const { card } of messages) check(card, 'message');
        return messages;
      }
      case 'confirmation':
      case 'preview':
      case 'home': {
        const { card } = teamsCards.cardToMessage(view.card, drawing);
        check(card, 'message');
        return card;
      }
    }
  }
});
