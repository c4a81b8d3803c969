import { describe, it } from 'vitest';
import type { Signal } from '../../../src/storage/database.js';
import { SEED } from '../../fakes/slack/fake-slack.js';
import type { FakeUser } from '../../fakes/slack/fake-user.js';
import { isObject, objectsAt, type Json, type JsonObject } from '../../fakes/slack/json.js';
import type { Ephemeral, Message, View } from '../../fakes/slack/types.js';
import { expectGolden } from '../expect-golden.js';
import { openSlackTown, sure } from './slack-town.js';

/** On a Tuesday; what passes meanwhile is left out of what is compared. */
const START = Date.parse('2026-03-10T09:00:00Z');
const LANGUAGES = {
  nl: { slack: 'nl-NL', town: '' },
  en: { slack: 'en-GB', town: 'locale: en-BE\n' },
} as const;

/**
 * What only Slack shows, as Slack got it, in both languages; what every platform draws stands in `../every-view.db.test.ts`.
 * The fake refuses what Slack would, and these show a change to be seen and approved. Renew them with `npx vitest run --project pglite test/platforms/slack/golden.db.test.ts -u`.
 */
describe.each(Object.keys(LANGUAGES) as (keyof typeof LANGUAGES)[])(
  'what people see in Slack, in %s',
  async (locale) => {
    const began = Date.now();
    const clock = () => START + (Date.now() - began);
    const language = LANGUAGES[locale];
    const town = await openSlackTown({
      now: () => new Date(clock()),
      slack: { now: clock },
      town: `${language.town}linking: { domains: [voorbeeld.example] }\n`,
      before: ({ team }) => team.users.forEach((user) => (user.locale = language.slack)),
    });
    const { slack, worker, regisseur, db, municipalityId } = town;
    const golden = (name: string, blocks: unknown) => expectGolden(`${locale}/${name}`, withoutRandomIds(blocks));
    const lastTo = (user: FakeUser): Ephemeral => sure(slack.ephemerals(user.id).at(-1));
    const goldenView = (name: string, view: View) =>
      golden(name, {
        title: view.wire.title,
        submit: view.wire.submit,
        close: view.wire.close,
        private_metadata: view.wire.private_metadata,
        blocks: view.wire.blocks,
      });
    const statusOf = async ({ id }: Signal) =>
      (await db.signal.findUniqueOrThrow({ where: { municipalityId_id: { municipalityId, id } } })).status;

    it('the form, with its details, errors, questions and confirmation', async () => {
      await worker.command('/signaal');
      await goldenView('form-file', worker.view);
      await worker.press(worker.view, 'form.more');
      await goldenView('form-file-more', worker.view);
      await worker.typeSuggestion(worker.view, 'neighbourhoods', 'rab');
      const values = { title: 'Opvang', neighbourhoods: ['Rabot - Blaisantvest'], statement: true };
      const { errors } = await worker.submitView({ ...values, description: 'Bel 0470 12 34 56' });
      await golden('form-file-errors', errors);
      await worker.submitView({ description: 'Mevrouw Janssens vindt geen opvang.' });
      await goldenView('form-file-names', worker.view);
      await worker.closeView({ all: true });
      await town.file();
      await goldenView('form-file-done', worker.view);
      await worker.closeView({ all: true });
      await worker.command('/signaal');
      await worker.typeSuggestion(worker.view, 'neighbourhoods', 'rab');
      await worker.submitView({
        description: 'In de wachtzaal is geen plaats voor kinderwagens.',
        title: 'Geen plaats in de wachtzaal',
        neighbourhoods: ['Rabot - Blaisantvest'],
        statement: true,
      });
      await goldenView('form-file-similar', worker.view);
      await worker.closeView({ all: true });
    });

    it('the card, step by step', async () => {
      const signal = sure(await db.signal.findFirst({ where: { municipalityId }, orderBy: { id: 'asc' } }));
      const card = await town.card(signal);
      for (const next of ['in_review', 'accepted', undefined] as const) {
        const status = await statusOf(signal);
        await golden(`card-${status}`, card.blocks);
        if (next === undefined) break;
        await pressIt(regisseur, card, (pressed) => pressed.payload.to === next);
        await town.delivered();
      }
      await golden('receipt', sure(slack.direct(worker.id)[0]).blocks);
      await golden('notice-step', sure(slack.direct(worker.id).at(-1)).blocks);
    });

    it('a question, its answer, a note and feedback', async () => {
      const signal = await town.file(worker, {
        description: 'De lift is stuk.',
        title: 'Lift',
        neighbourhoods: ['Dampoort'],
      });
      await worker.closeView({ all: true });
      const card = await town.card(signal);
      await pressIt(regisseur, card, (pressed) => pressed.payload.to === 'needs_info');
      await regisseur.submitView({ text: 'Op welke uren?' });
      await goldenView('step-done', regisseur.view);
      await regisseur.closeView({ all: true });
      await town.delivered();
      const question = sure(slack.direct(worker.id).at(-1));
      await golden('notice-question', question.blocks);
      await worker.message(undefined, 'Elke avond.', { thread: question });
      await town.delivered();
      await golden('answer-said', sure(slack.messages(question.channel, { thread: question.ts }).at(-1)).blocks);
      await golden('thread-answer', sure(slack.messages(card.channel, { thread: card.ts }).at(-1)).blocks);
      await regisseur.message(card.channel, 'Bespreken met de huisvesting.', { thread: card });
      await golden('note-said', lastTo(regisseur).blocks);
      await pressIt(regisseur, lastTo(regisseur), () => true);
      await regisseur.submitView({ text: 'We bekijken het.' });
      await goldenView('form-feedback-preview', regisseur.view);
      await regisseur.closeView({ all: true });
    });

    it('the commands', async () => {
      for (const [name, text] of [
        ['help', 'help'],
        ['mine', 'mijn'],
        ['status', 'status T-2026-0001'],
        ['status-unknown', 'status T-1999-0001'],
        ['search', 'zoek wachtzaal'],
        ['unlink-none', 'ontkoppel'],
        ['link-nobody', 'koppel'],
      ] as const) {
        await worker.command('/signaal', text);
        await golden(`command-${name}`, lastTo(worker).blocks);
      }
      await worker.command('/regisseur', 'rabot');
      await golden('command-regisseur', lastTo(worker).blocks);
      await worker.command('/signaal', 'instellingen');
      await goldenView('form-settings', worker.view);
      await worker.closeView({ all: true });
      const administrator = slack.user(SEED.administrator);
      await administrator.command('/signaal', 'beheer');
      await golden('command-administration', lastTo(administrator).blocks);
    });

    it('the home tab, a mention, the offer under an emoji, and a link', async () => {
      await worker.openHome();
      await golden('home-worker', sure(slack.home(worker.id)).wire.blocks);
      await regisseur.openHome();
      await golden('home-regisseur', sure(slack.home(regisseur.id)).wire.blocks);
      const { message } = await worker.message(SEED.generalChannel, `<@${SEED.botUser}> status T-2026-0001`);
      await golden('mention-status', sure(slack.messages(SEED.generalChannel, { thread: message.ts })[0]).blocks);
      await worker.react(message, 'loudspeaker');
      await golden('offer', lastTo(worker).blocks);
      const link = await worker.message(SEED.generalChannel, `${town.app.url}/signalen/T-2026-0001`);
      await slack.settled();
      await golden('unfurl', sure([...link.message.unfurls.values()][0]));
    });

    it('the code that links two accounts, and the card that says it is done', async () => {
      const { email } = slack.world.user(worker.id);
      const { id } = await db.person.create({ data: { municipalityId, name: 'Noor elders', roles: ['worker'] } });
      await db.account.create({ data: { municipalityId, personId: id, platform: 'teams', externalId: id, email } });
      await worker.command('/signaal', 'koppel');
      await goldenView('form-link', worker.view);
      await worker.closeView({ all: true });
    });
  },
);

interface Pressable {
  action: string;
  payload: JsonObject;
  element: JsonObject;
  /** Of an entry in a menu. */
  label: string | undefined;
}

function pressable({ blocks }: { blocks: JsonObject[] }): Pressable[] {
  const read = (value: Json | undefined) => /^(\S+) (\{[\s\S]*\})$/.exec(String(value));
  return blocks
    .flatMap((block) => objectsAt(block, 'elements'))
    .flatMap((element) => {
      const entries = element.type === 'button' ? [element] : objectsAt(element, 'options');
      return entries.flatMap((entry): Pressable[] => {
        const [, action = '', json = ''] = read(entry.value) ?? [];
        const label = element.type === 'button' || !isObject(entry.text) ? undefined : String(entry.text.text);
        return action ? [{ action, payload: JSON.parse(json) as JsonObject, element, label }] : [];
      });
    });
}

async function pressIt(
  user: FakeUser,
  target: Message | Ephemeral,
  which: (pressed: Pressable) => boolean,
): Promise<void> {
  const { element, label } = sure(pressable(target).find(which));
  const id = String(element.action_id);
  await (label === undefined ? user.press(target, id) : user.choose(target, id, label));
}

/** Slack gives blocks without an id one of five signs, another each time. Fields have their own. */
function withoutRandomIds(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutRandomIds);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(
    ([key, each]) => key !== 'block_id' || Reflect.get(value, 'type') === 'input' || String(each).length !== 5,
  );
  return Object.fromEntries(entries.map(([key, each]) => [key, withoutRandomIds(each)]));
}
