import { describe, expect, it } from 'vitest';
import { activityFrom } from '../../fakes/teams/activities.js';
import { titlesIn, wordsIn, type FakeTeamsUser } from '../../fakes/teams/fake-user.js';
import { at, elementsIn, isJson, listAt, type Json } from '../../fakes/teams/json.js';
import type { FakeMessage } from '../../fakes/teams/world.js';
import { filled, openTeamsTown, sure, textOf } from './teams-town.js';

const town = await openTeamsTown();
const { teams, db, municipalityId, worker, regisseur, coordinator } = town;

const statusOf = async (id: string) =>
  (await db.signal.findUniqueOrThrow({ where: { municipalityId_id: { municipalityId, id } } })).status;
const entries = (signalId: string) => db.timelineEntry.count({ where: { municipalityId, signalId } });

/** What stands in the viewer's own copy of the card. */
const ownWords = (user: FakeTeamsUser, message: FakeMessage) => wordsIn(sure(user.own(message)));

/** Opens the form of a step in the card itself, as Teams does where windows do not open. */
async function askInCard(user: FakeTeamsUser, card: FakeMessage, to: string): Promise<void> {
  const steps = elementsIn(await user.view(card)).filter(({ data }) => at(data, 'wijk', 'action') === 'signals.step');
  const payload = at(sure(steps[0]), 'data', 'wijk', 'payload') as Json;
  const press = { do: 'press', action: 'signals.step', payload: { ...payload, to } };
  const button: Json = { type: 'Action.Execute', verb: 'press', data: { wijk: press } };
  const [channel = '', root = ''] = card.conversationId.split(';messageid=');
  const answer = await user.invoke(
    'adaptiveCard/action',
    { channel, root },
    { action: button, trigger: 'manual' },
    { replyToId: card.id },
  );
  const form = answer.body['value'];
  if (!isJson(form)) throw new Error('No form came in the card.');
  user.see(card, form);
}

const submitLabel = (user: FakeTeamsUser, card: FakeMessage) =>
  String(sure(listAt(user.own(card), 'actions')[0])['title']);

describe('a form inside a card that is sent late', () => {
  it('after the step was taken by somebody else: says so, keeps what was typed, and leads back to the card', async () => {
    const signal = await town.file();
    const card = await town.card(signal);
    await askInCard(regisseur, card, 'needs_info');
    await coordinator.press(card, 'Neem op');
    await town.delivered();
    const before = await entries(signal.id);
    await regisseur.press(card, submitLabel(regisseur, card), { text: 'Op welke uren gebeurt dit precies?' });
    expect(ownWords(regisseur, card)).toContain('Cor Voorbeeldts');
    expect(ownWords(regisseur, card)).toContain('Op welke uren gebeurt dit precies?');
    expect(await entries(signal.id)).toBe(before);
    await regisseur.press(card, 'Terug');
    expect(ownWords(regisseur, card)).toContain('in onderzoek');
    expect(titlesIn(sure(regisseur.own(card)))).toContain('Vraag meer info');
  });

  it('after the signal was merged: says so, and changes nothing', async () => {
    const [first, second] = [await town.file(), await town.file()];
    const card = await town.card(second);
    await regisseur.press(card, 'Neem op');
    await town.delivered();
    await askInCard(regisseur, card, 'needs_info');
    await askInCard(coordinator, card, 'merged');
    await coordinator.press(card, submitLabel(coordinator, card), { reference: first.reference });
    await town.delivered();
    expect(await statusOf(second.id)).toBe('merged');
    const before = await entries(second.id);
    await regisseur.press(card, submitLabel(regisseur, card), { text: 'Op welke uren gebeurt dit precies?' });
    expect(ownWords(regisseur, card)).toContain('samengevoegd');
    expect(ownWords(regisseur, card)).toContain('Op welke uren');
    expect(await entries(second.id)).toBe(before);
    expect(await statusOf(second.id)).toBe('merged');
  });

  it('twice, one after the other: one step, and the second time it says that it was done', async () => {
    const signal = await town.file();
    const card = await town.card(signal);
    await askInCard(regisseur, card, 'needs_info');
    const form = sure(regisseur.own(card));
    const label = submitLabel(regisseur, card);
    await regisseur.press(card, label, { text: 'Op welke uren gebeurt dit precies?' });
    await town.delivered();
    expect(await statusOf(signal.id)).toBe('needs_info');
    const before = await entries(signal.id);
    regisseur.see(card, form);
    await regisseur.press(card, label, { text: 'Op welke uren gebeurt dit precies?' });
    expect(ownWords(regisseur, card)).toContain('al bewaard');
    expect(await entries(signal.id)).toBe(before);
  });
});

describe('a form in a message that is sent twice', () => {
  it('files one signal, and each time stands as done', async () => {
    await worker.say('signaal');
    await worker.press(await town.lastTo(worker), 'Vul hier in');
    const form = await town.lastTo(worker);
    const [submit] = listAt(form.card, 'actions');
    const values = { ...(sure(submit)['data'] as Json), ...(await filled(worker)) };
    const signals = () => db.signal.count({ where: { municipalityId } });
    const before = await signals();
    const send = () =>
      teams.deliver(
        activityFrom(
          teams,
          'message-card-submit',
          worker.person,
          { chat: worker.chat },
          { value: values, replyToId: form.id },
        ),
      );
    await Promise.all([send(), send()]);
    await send();
    await town.delivered();
    expect(await signals()).toBe(before + 1);
    expect(textOf(form)).toContain('In orde.');
  });
});
