import { allowErasure } from '../../../src/storage/database.js';
import { describe, expect, it } from 'vitest';
import { SEED } from '../../fakes/slack/fake-slack.js';
import { openSlackTown, sure, tickIn } from './slack-town.js';

const town = await openSlackTown();
const { slack, worker, regisseur, db, municipalityId } = town;
const FILLED = {
  description: 'In de wachtzaal is geen plaats voor kinderwagens.',
  title: 'Geen plaats in de wachtzaal',
  neighbourhoods: ['Dampoort'],
  statement: true,
};

const entries = (kind: 'note' | 'feedback' | 'status', signalId: string) =>
  db.timelineEntry.count({ where: { municipalityId, signalId, kind } });
const signals = () => db.signal.count({ where: { municipalityId } });

describe('an event that comes again', () => {
  it('has one effect and one answer, with Slack’s retry headers and under another event id', async () => {
    const signal = await town.file();
    const card = await town.card(signal);
    const before = slack.ephemerals(regisseur.id).length;
    const { deliveries } = await regisseur.message(card.channel, 'Nakijken met de woonwinkel.', { thread: card });
    const [delivery] = deliveries;
    await sure(delivery).retry(1);
    await sure(delivery).retry(2, 'http_error');
    await sure(delivery).duplicate();
    expect(await entries('note', signal.id)).toBe(1);
    expect(slack.ephemerals(regisseur.id)).toHaveLength(before + 1);
  });

  it('has one effect when the copies arrive at once', async () => {
    const signal = await town.file();
    const card = await town.card(signal);
    const { deliveries } = await regisseur.message(card.channel, 'Eerst', { thread: card });
    await db.handledRequest.deleteMany({ where: { municipalityId } });
    await db.$transaction(async (tx) => {
      await allowErasure(tx);
      await tx.timelineEntry.deleteMany({ where: { municipalityId, signalId: signal.id, kind: 'note' } });
    });
    await Promise.all([sure(deliveries[0]).retry(), sure(deliveries[0]).retry(), sure(deliveries[0]).duplicate()]);
    expect(await entries('note', signal.id)).toBe(1);
  });

  it('answers a mention once, though it arrives as a mention and as a message', async () => {
    const before = slack.messages(SEED.generalChannel).length;
    const { message, deliveries } = await worker.message(SEED.generalChannel, `<@${SEED.botUser}> help`);
    expect(deliveries).toHaveLength(2);
    for (const delivery of deliveries) await delivery.duplicate();
    expect(slack.messages(SEED.generalChannel)).toHaveLength(before + 2);
    expect(slack.messages(SEED.generalChannel, { thread: message.ts })).toHaveLength(1);
  });

  it('offers to make a signal of a message once', async () => {
    const { message } = await worker.message(SEED.generalChannel, 'De lift is al weken stuk.');
    const delivery = await worker.react(message, ':loudspeaker:');
    await sure(delivery).retry();
    expect(slack.ephemerals(worker.id).filter(({ text }) => text.includes('signaal van'))).toHaveLength(0);
    expect(slack.ephemerals(worker.id).filter(({ text }) => text.includes('signaal maken'))).toHaveLength(1);
  });
});

describe('a form that is sent twice at once', () => {
  it('files one signal, and shows its reference each time', async () => {
    const before = await signals();
    await worker.command('/signaal');
    await worker.typeSuggestion(worker.view, 'neighbourhoods', '');
    const { answers } = await worker.submitView(FILLED, { copies: 4 });
    expect(await signals()).toBe(before + 1);
    const [signal] = await db.signal.findMany({ where: { municipalityId }, orderBy: { id: 'desc' }, take: 1 });
    for (const { body } of answers) expect(body).toContain(sure(signal).reference);
  });

  it('sends feedback once, and says so each time', async () => {
    const signal = await town.file();
    const card = await town.card(signal);
    await regisseur.press(card, { label: 'Koppel terug' });
    await regisseur.submitView({ text: 'We bekijken het met de dienst.' });
    const ticks = tickIn(regisseur.view);
    const { answers } = await regisseur.submitView({ [ticks]: true }, { copies: 3 });
    expect(await entries('feedback', signal.id)).toBe(1);
    for (const { json } of answers) expect(json).toMatchObject({ response_action: 'update' });
  });
});

describe('a button that is pressed twice', () => {
  it('takes one step', async () => {
    const signal = await town.file();
    const card = await town.card(signal);
    await Promise.all([regisseur.press(card, { label: 'Neem op' }), regisseur.press(card, { label: 'Neem op' })]);
    expect(await entries('status', signal.id)).toBe(1);
  });
});
