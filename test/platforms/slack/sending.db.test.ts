import { afterEach, describe, expect, it } from 'vitest';
import { SEED } from '../../fakes/slack/fake-slack.js';
import { openSlackTown, sure } from './slack-town.js';

const town = await openSlackTown();
const { slack, db, municipalityId, worker } = town;
const channel = SEED.regisseurChannel;

afterEach(() => {
  slack.failures.clear();
  slack.world.channel(channel).archived = false;
  slack.world.channel(channel).members.add(SEED.botUser);
});

const cards = (reference: string, where: string = channel) =>
  slack.messages(where).filter((message) => slack.textOf(message).includes(reference));
const deliveryOf = (signalId: string) =>
  db.delivery.findUniqueOrThrow({ where: { municipalityId_key: { municipalityId, key: `card:${signalId}` } } });
const settledAt = async (signalId: string, wanted: 'sent' | 'failed') =>
  expect.poll(async () => (await deliveryOf(signalId)).status).toBe(wanted);

describe('a message whose answer was lost', () => {
  it.each([
    ['no answer came', { kind: 'silence' }],
    ['Slack had trouble after storing it', { kind: 'status', status: 502, afterStoring: true }],
  ] as const)('is looked up by its delivery’s id, and not posted twice: %s', async (_how, failure) => {
    slack.fail('chat.postMessage', failure, { channel });
    const signal = await town.file();
    await settledAt(signal.id, 'sent');
    expect(cards(signal.reference)).toHaveLength(1);
    expect(slack.callsOf('conversations.history').at(-1)).toMatchObject({ ok: true });
    expect(cards(signal.reference)[0]?.ts).toBe((await deliveryOf(signal.id)).messageId);
    await worker.closeView();
  });

  it('is posted when it turns out not to be there', async () => {
    slack.fail('chat.postMessage', { kind: 'status', status: 503 }, { channel });
    const signal = await town.file();
    await settledAt(signal.id, 'sent');
    expect(cards(signal.reference)).toHaveLength(1);
    await worker.closeView();
  });

  it('waits while it cannot be looked up', async () => {
    slack.fail('chat.postMessage', { kind: 'silence' }, { channel });
    slack.fail('conversations.history', { kind: 'ratelimited', retryAfter: 1 });
    const signal = await town.file();
    await settledAt(signal.id, 'sent');
    expect(cards(signal.reference)).toHaveLength(1);
    await worker.closeView();
  });

  it('is looked up in its thread when it belongs in one', async () => {
    const signal = await town.file();
    const card = await town.card(signal);
    await worker.closeView();
    slack.fail('chat.postMessage', { kind: 'silence' }, { channel });
    await town.regisseur.press(card, { label: 'Vraag meer info' });
    await town.regisseur.submitView({ text: 'Op welke uren?' });
    await town.regisseur.closeView();
    await expect.poll(() => slack.messages(channel, { thread: card.ts }).length).toBeGreaterThan(0);
    await town.delivered();
    expect(slack.messages(channel, { thread: card.ts })).toHaveLength(1);
    expect(slack.callsOf('conversations.replies').length).toBeGreaterThan(0);
  });
});

describe('a pause that Slack asks for', () => {
  it('holds back that channel alone, and everything arrives once, in order', async () => {
    await town.delivered();
    slack.fail('chat.postMessage', { kind: 'ratelimited', retryAfter: 3 }, { channel });
    const signals = [await town.file()];
    await worker.closeView();
    signals.push(await town.file());
    await worker.closeView();
    signals.push(await town.file());
    await worker.closeView();
    for (const signal of signals) await settledAt(signal.id, 'sent');
    await town.delivered();
    const order = slack
      .messages(channel)
      .map((message) => signals.findIndex(({ reference }) => slack.textOf(message).includes(reference)))
      .filter((index) => index >= 0);
    expect(order).toEqual([0, 1, 2]);
    // The filer's direct message is another conversation.
    const refused = slack
      .callsOf('chat.postMessage')
      .filter(({ status }) => status === 429)
      .map(({ args }) => args.channel);
    expect(refused).toEqual([channel]);
  });
});

describe('a channel that cannot be reached', () => {
  it.each([
    [
      'the bot is not in it',
      () => slack.world.channel(channel).members.delete(SEED.botUser),
      'SLACK.CHANNEL_NOT_FOUND',
    ],
    ['it is archived', () => (slack.world.channel(channel).archived = true), 'SLACK.IS_ARCHIVED'],
  ])('sends the card to the coordinator, with what to do about it: %s', async (_how, break_, reason) => {
    break_();
    const signal = await town.file();
    await settledAt(signal.id, 'sent');
    expect(await deliveryOf(signal.id)).toMatchObject({ detour: reason, conversationId: SEED.coordinatorChannel });
    const card = sure(cards(signal.reference, SEED.coordinatorChannel)[0]);
    expect(slack.textOf(card)).toContain('bedoeld voor');
    expect(slack.textOf(card)).toMatch(/\/invite @Wijksignaal|gearchiveerd/);
    // It works there as it would have at home.
    await town.coordinator.press(card, { label: 'Neem op' });
    await town.delivered();
    expect(slack.textOf(card)).toContain('in onderzoek');
    expect(cards(signal.reference, SEED.coordinatorChannel)).toHaveLength(1);
    await worker.closeView();
  });

  it('moves the card to the coordinator when the channel is archived later', async () => {
    const signal = await town.file();
    const card = await town.card(signal);
    await worker.closeView();
    slack.world.channel(channel).archived = true;
    await town.coordinator.press(card, { label: 'Neem op' });
    await town.delivered();
    expect(cards(signal.reference, SEED.coordinatorChannel)).toHaveLength(1);
  });
});

describe('what cannot be delivered at all', () => {
  it('stands in the failed list, with words the administrator can act on, and can be tried again', async () => {
    slack.fail('chat.postMessage', { kind: 'error', error: 'missing_scope' }, { times: 20 });
    const signal = await town.file();
    await settledAt(signal.id, 'failed');
    slack.failures.clear();
    await worker.closeView();
    const administrator = slack.user(SEED.administrator);
    await administrator.command('/signaal', 'beheer');
    const list = sure(slack.ephemerals(administrator.id).at(-1));
    expect(slack.textOf(list)).toContain('npm run manifest -- slack');
    expect(slack.textOf(list)).not.toContain(signal.title);
    await administrator.press(list, { label: 'Probeer alles opnieuw' });
    await settledAt(signal.id, 'sent');
    expect(cards(signal.reference)).toHaveLength(1);
  });

  it('to somebody who was deactivated is never shown to others', async () => {
    const leaver = slack.addUser({ realName: 'Vertrekt Morgen' });
    const signal = await town.file(leaver);
    await town.delivered();
    await slack.userChange(leaver.id, { deleted: true });
    const card = await town.card(signal);
    await town.regisseur.press(card, { label: 'Neem op' });
    await town.delivered();
    const notice = await db.delivery.findFirst({ where: { municipalityId, view: 'signals.notice', status: 'failed' } });
    expect(notice).toBeNull();
    const texts = slack.messages(SEED.coordinatorChannel).map((message) => slack.textOf(message));
    expect(texts.filter((text) => text.includes('bekijkt je signaal'))).toEqual([]);
  });
});

describe('a text longer than Slack takes', () => {
  it('arrives whole where it fits, and every message keeps within Slack’s limits', async () => {
    const long = (letter: string, count: number) => `${letter.repeat(9)} `.repeat(count / 10);
    await worker.command('/signaal');
    await worker.press(worker.view, 'form.more');
    await worker.typeSuggestion(worker.view, 'neighbourhoods', '');
    await worker.submitView({
      description: long('d', 3_000).slice(0, 3_000).trim(),
      title: long('t', 120).trim().slice(0, 119),
      neighbourhoods: ['Rabot - Blaisantvest', 'Dampoort', 'Nieuwe Kaai'],
      statement: true,
      alreadyTried: long('a', 1_500).trim(),
      consequence: long('c', 1_500).trim(),
      suggestedSolution: long('s', 1_500).trim(),
    });
    await town.delivered();
    const signal = await db.signal.findFirstOrThrow({ where: { municipalityId }, orderBy: { id: 'desc' } });
    expect(slack.textOf(await town.card(signal))).toContain(signal.consequence);
    await worker.closeView();
  });
});
