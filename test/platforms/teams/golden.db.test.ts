import { describe, expect, it } from 'vitest';
import type { Signal } from '../../../src/storage/database.js';
import { wrongWithCard } from '../../fakes/teams/card-rules.js';
import { SEED } from '../../fakes/teams/fake-teams.js';
import type { FakeTeamsUser } from '../../fakes/teams/fake-user.js';
import { at, elementsIn, isJson, listAt, type Json } from '../../fakes/teams/json.js';
import type { FakeMessage } from '../../fakes/teams/world.js';
import { expectGolden } from '../expect-golden.js';
import { openFileForm, openTeamsTown, sure, textOf } from './teams-town.js';

/** On a Tuesday; what passes meanwhile is left out of what is compared. */
const START = Date.parse('2026-03-10T09:00:00Z');
const LANGUAGES = {
  nl: { teams: 'nl-BE', town: '' },
  en: { teams: 'en-GB', town: 'locale: en-BE\n' },
} as const;

/**
 * What only Teams shows, as Teams got it, in both languages; what every platform draws stands in `../every-view.db.test.ts`.
 * The Adaptive Cards library and the fake refuse what Teams would, and these show a change to be seen and approved. Renew them with
 * `npx vitest run --project pglite test/platforms/teams/golden.db.test.ts -u`.
 */
describe.each(Object.keys(LANGUAGES) as (keyof typeof LANGUAGES)[])(
  'what people see in Teams, in %s',
  async (locale) => {
    const began = Date.now();
    const language = LANGUAGES[locale];
    const town = await openTeamsTown({
      now: () => new Date(START + (Date.now() - began)),
      town: `${language.town}linking: { domains: [teststad.example] }\n`,
      before: ({ world }) => world.people.forEach((person) => (person.locale = language.teams)),
    });
    const { teams, worker, regisseur, coordinator, administrator, db, municipalityId } = town;
    const golden: Golden = async (name, shown) => {
      for (const { card, where } of cardsIn(shown)) expect(wrongWithCard(card, where), name).toEqual([]);
      await expectGolden(`${locale}/${name}`, shown);
    };
    const goldenDialog = async (name: string, user: FakeTeamsUser, { close = true } = {}) => {
      const { title, card } = sure(user.dialog);
      await golden(name, { window: title, card });
      if (close) user.dialog = undefined;
    };
    /** What the bot said, wherever, while this was done; which of two places hears it first is nobody's to say. */
    const said = async (work: () => Promise<unknown>) => {
      const before = teams.world.messages.length;
      await work();
      await town.delivered();
      return teams.world.messages
        .slice(before)
        .filter(({ from }) => from === 'bot')
        .map(({ text, summary, card }) => (card ? { summary, card } : { summary: text }))
        .sort((a, b) => Number(a.summary > b.summary) - Number(a.summary < b.summary));
    };
    const goldenSaid = async (name: string, work: () => Promise<unknown>) => {
      const messages = await said(work);
      expect(messages.length, name).toBeGreaterThan(0);
      await golden(name, messages);
    };
    const statusOf = async ({ id }: Signal) =>
      (await db.signal.findUniqueOrThrow({ where: { municipalityId_id: { municipalityId, id } } })).status;
    const rabot = async () => sure((await worker.typeahead('signals.neighbourhoods', 'rabot'))[0]).value;
    const WAITING = {
      description: 'In de wachtzaal is geen plaats voor kinderwagens.',
      title: 'Geen plaats in de wachtzaal',
    };

    it('the greeting, and what is said to words nobody understands', async () => {
      await goldenSaid('welcome', () => teams.user(SEED.newcomer).install());
      await goldenSaid('greeting', () => worker.say('hallo'));
      await goldenSaid('not-understood', () => worker.say('de lift is stuk'));
    });

    it('the form, with its errors, questions and confirmation', async () => {
      await goldenSaid('form-offer', () => worker.say('signaal'));
      const offer = await town.lastTo(worker);
      const here = elementsIn(offer.card).find(({ data }) => at(data, 'wijk', 'here') === true);
      await goldenSaid('form-in-message', () => worker.press(offer, String(sure(here)['title'])));
      await openFileForm(town, worker);
      await goldenDialog('form-file', worker, { close: false });
      const values = { title: 'Opvang', neighbourhoods: await rabot(), statement: 'true' };
      await worker.submit({ ...values, description: 'Bel 0470 12 34 56' });
      await goldenDialog('form-file-errors', worker, { close: false });
      await worker.submit({ description: 'Mevrouw Janssens vindt geen opvang.' });
      await goldenDialog('form-file-names', worker, { close: false });
      coordinator.dialog = sure(worker.dialog);
      await coordinator.submit();
      await goldenDialog('form-of-somebody-else', coordinator);
      await openFileForm(town, worker);
      await worker.submit({ ...values, ...WAITING });
      await goldenDialog('form-file-done', worker);
      await openFileForm(town, worker);
      await worker.submit({ ...values, ...WAITING });
      await goldenDialog('form-file-similar', worker);
    });

    it('the card, step by step', async () => {
      const signal = sure(await db.signal.findFirst({ where: { municipalityId }, orderBy: { id: 'asc' } }));
      const card = await town.card(signal);
      const receipt = teams.messages(worker.chat).find((message) => textOf(message).includes(signal.reference));
      await golden('receipt', sure(receipt?.card));
      for (const next of ['in_review', 'accepted', undefined] as const) {
        const status = await statusOf(signal);
        await golden(`card-${status}-for-all`, sure(card.card));
        await golden(`card-${status}`, await regisseur.view(card));
        if (next === undefined) break;
        await pressIt(regisseur, card, ({ payload }) => payload['to'] === next);
        await town.delivered();
      }
      await golden('notice-step', sure((await town.lastTo(worker)).card));
    });

    it('a question, its answer, a note and feedback', async () => {
      const signal = await town.file(worker, { description: 'De lift is stuk.', title: 'Lift' });
      const card = await town.card(signal);
      await pressIt(regisseur, card, ({ payload }) => payload['to'] === 'needs_info');
      await regisseur.submit({ text: 'Op welke uren?' });
      await goldenDialog('step-done', regisseur);
      const question = await town.lastTo(worker);
      await golden('notice-question', sure(question.card));
      const [answer] = pressable(sure(question.card));
      await worker.press(question, sure(answer).title);
      await goldenDialog('form-answer', worker);
      await goldenSaid('answer-said', () => worker.quote(question, 'Elke avond.'));
      await goldenSaid('note-said', () =>
        regisseur.post(SEED.regisseurChannel, 'Bespreken met de huisvesting.', { root: card.id }),
      );
      await pressIt(regisseur, card, ({ action }) => action === 'signals.feedback');
      await regisseur.submit({ text: 'We bekijken het.' });
      await goldenDialog('form-feedback-preview', regisseur);
    });

    it('the commands', async () => {
      for (const [name, text] of [
        ['help', 'help'],
        ['mine', 'mijn'],
        ['status', 'status T-2026-0001'],
        ['status-unknown', 'status T-1999-0001'],
        ['search', 'zoek wachtzaal'],
        ['unlink-none', 'ontkoppel'],
        ['regisseur', 'regisseur rabot'],
        ['settings', 'instellingen'],
      ] as const) {
        await goldenSaid(`command-${name}`, () => worker.say(text));
      }
      await goldenSaid('command-administration', () => administrator.say('beheer'));
    });

    it('a mention, what is for one person alone, a search and a link', async () => {
      const post = (text: string) => () => worker.post(SEED.generalChannel, text, { mention: true });
      await goldenSaid('mention-status', post('status T-2026-0001'));
      await goldenSaid('mention-private', post('mijn'));
      const place = { chat: worker.chat };
      const found = await worker.invoke('composeExtension/query', place, {
        commandId: 'searchSignals',
        parameters: [{ name: 'query', value: 'wachtzaal' }],
      });
      await golden('extension-search', found.body);
      const url = `${town.app.url}/signalen/T-2026-0001`;
      await golden('unfurl', (await worker.invoke('composeExtension/queryLink', place, { url })).body);
      await worker.openExtension('fileSignal', place);
      await goldenDialog('extension-form', worker);
    });

    it('the code that links two accounts', async () => {
      const { email } = worker.person;
      const { id } = await db.person.create({ data: { municipalityId, name: 'Noor elders', roles: ['worker'] } });
      await db.account.create({ data: { municipalityId, personId: id, platform: 'slack', externalId: id, email } });
      await goldenSaid('form-link', () => worker.say('koppel'));
    });
  },
);

type Golden = (name: string, shown: unknown) => Promise<void>;

interface Pressable {
  action: string;
  payload: Json;
  title: string;
  folded: boolean;
}

/** What a card's viewer can press or choose. */
function pressable(card: Json): Pressable[] {
  const body = listAt(card, 'body');
  const buttons = elementsIn(body)
    .filter(({ data }) => at(data, 'wijk', 'do') === 'press')
    .map(({ title, data }): Pressable => {
      const payload = at(data, 'wijk', 'payload');
      return {
        action: String(at(data, 'wijk', 'action')),
        payload: isJson(payload) ? payload : {},
        title: String(title),
        folded: false,
      };
    });
  const entries = body
    .filter(({ id }) => String(id).startsWith('more:'))
    .flatMap((menu) => listAt(menu, 'choices'))
    .flatMap(({ title, value }): Pressable[] => {
      const [, action = '', json = ''] = /^(\S+) (\{[\s\S]*\})$/.exec(String(value)) ?? [];
      return action ? [{ action, payload: JSON.parse(json) as Json, title: String(title), folded: true }] : [];
    });
  return [...buttons, ...entries];
}

/** On the card as it is now for them, whatever they were answered before. */
async function pressIt(
  user: FakeTeamsUser,
  message: FakeMessage,
  which: (pressed: Pressable) => boolean,
): Promise<void> {
  const { title, folded } = sure(pressable(await user.view(message)).find(which));
  await (folded ? user.choose(message, title) : user.press(message, title));
}

/** Every Adaptive Card in what is shown, and where it stands. */
function cardsIn(shown: unknown): { card: Json; where: 'dialog' | 'message' }[] {
  if (Array.isArray(shown)) return shown.flatMap(cardsIn);
  if (!isJson(shown)) return [];
  if (shown['type'] === 'AdaptiveCard') return [{ card: shown, where: 'message' }];
  const inside = Object.values(shown).flatMap(cardsIn);
  return 'window' in shown ? inside.map(({ card }) => ({ card, where: 'dialog' })) : inside;
}
