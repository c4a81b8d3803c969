import { describe, expect, it } from 'vitest';
import { SEED } from '../../fakes/slack/fake-slack.js';
import type { Message } from '../../fakes/slack/types.js';
import { chooseFrom, openSlackTown, sure, tickIn } from './slack-town.js';

const town = await openSlackTown();
const { slack, worker, regisseur, coordinator, db, municipalityId } = town;

const statusOf = async (id: string) =>
  (await db.signal.findUniqueOrThrow({ where: { municipalityId_id: { municipalityId, id } } })).status;
const entriesOf = (signalId: string) =>
  db.timelineEntry.findMany({ where: { municipalityId, signalId }, orderBy: [{ at: 'asc' }, { id: 'asc' }] });
const lastTo = (userId: string) => slack.textOf(sure(slack.ephemerals(userId).at(-1)));
const cardsOf = (reference: string) =>
  slack.messages(SEED.regisseurChannel).filter((message) => slack.textOf(message).includes(reference));
/** The newest of the bot's words to the filer, in their direct message. */
const lastDirect = async (userId: string): Promise<Message> => {
  await town.delivered();
  return sure(slack.direct(userId).findLast((message) => message.byBot));
};

describe('the regisseur’s card', () => {
  it('is edited in place when a step is taken, and never posted twice', async () => {
    const signal = await town.file();
    const card = await town.card(signal);
    expect(slack.textOf(card)).toContain('Noor Testmans');
    const said = slack.ephemerals(regisseur.id).length;
    await regisseur.press(card, { label: 'Neem op' });
    await town.delivered();
    expect(cardsOf(signal.reference)).toEqual([card]);
    expect(slack.textOf(card)).toContain('in onderzoek');
    expect(card.edits.length).toBeGreaterThan(0);
    // The card says it: a sentence after every step would fill the channel.
    expect(slack.ephemerals(regisseur.id)).toHaveLength(said);
    expect(slack.textOf(await lastDirect(worker.id))).toContain('Ria Proefman');
  });

  it('has a menu for what does not fit beside each other', async () => {
    const signal = await town.file();
    const card = await town.card(signal);
    await regisseur.press(card, { label: 'Meer stappen' });
    await chooseFrom(regisseur, sure(slack.ephemerals(regisseur.id).at(-1)), 'Toon tijdlijn');
    expect(lastTo(regisseur.id)).toContain('ontvangen');
  });

  it('says it in words where the card is not what was pressed, in place of what only the presser saw', async () => {
    const signal = await town.file();
    await worker.command('/signaal', `status ${signal.reference}`);
    const said = slack.ephemerals(worker.id).length;
    const timeline = sure(slack.ephemerals(worker.id).at(-1));
    await worker.press(timeline, { label: 'Trek in' });
    expect(slack.textOf(timeline)).toContain(`Je signaal ${signal.reference} is ingetrokken`);
    expect(slack.ephemerals(worker.id)).toHaveLength(said);
  });

  it('says who answers for it when somebody else presses', async () => {
    const signal = await town.file();
    const card = await town.card(signal);
    const other = slack.addUser({ realName: 'Iemand Anders' });
    slack.world.channel(SEED.regisseurChannel).members.add(other.id);
    await other.press(card, { label: 'Neem op' });
    expect(lastTo(other.id)).toContain('Ria Proefman');
    expect(await statusOf(signal.id)).toBe('received');
  });

  it('says who was first when it is pressed as it was before', async () => {
    const signal = await town.file();
    const card = await town.card(signal);
    const seen = { blocks: card.blocks };
    await coordinator.press(card, { label: 'Neem op' });
    await town.delivered();
    await regisseur.press(card, { label: 'Neem op' }, { seen });
    expect(lastTo(regisseur.id)).toContain('Cor Voorbeeldts');
  });
});

describe('a question to the filer', () => {
  it('goes to their direct message, and the answer in its thread comes back under the card', async () => {
    const signal = await town.file();
    const card = await town.card(signal);
    await regisseur.press(card, { label: 'Vraag meer info' });
    await regisseur.submitView({ text: 'Op welke uren is het zo druk?' });
    expect(slack.textOf(regisseur.view)).toContain(signal.reference);
    const question = await lastDirect(worker.id);
    expect(slack.textOf(question)).toContain('Op welke uren is het zo druk?');
    expect(await statusOf(signal.id)).toBe('needs_info');

    await worker.message(undefined, 'Vooral op woensdagnamiddag.', { thread: question });
    await town.delivered();
    expect(await statusOf(signal.id)).toBe('in_review');
    const thread = slack.messages(card.channel, { thread: card.ts }).map((message) => slack.textOf(message));
    expect(thread.at(-1)).toContain('Vooral op woensdagnamiddag.');
    expect(slack.textOf(card)).toContain('in onderzoek');
    const own = slack.messages(question.channel, { thread: question.ts }).map((message) => slack.textOf(message));
    expect(own.at(-1)).toContain(signal.reference);
  });

  it('can be answered with its button too', async () => {
    const signal = await town.file();
    const card = await town.card(signal);
    await regisseur.press(card, { label: 'Vraag meer info' });
    await regisseur.submitView({ text: 'Hoe vaak?' });
    await worker.press(await lastDirect(worker.id), { label: 'Antwoord' });
    await worker.submitView({ text: 'Elke week.' });
    expect(await statusOf(signal.id)).toBe('in_review');
    expect((await entriesOf(signal.id)).at(-1)).toMatchObject({
      kind: 'answer',
      text: 'Elke week.',
      platform: 'slack',
    });
  });

  it('is answered by more words later on, under the receipt as well', async () => {
    const signal = await town.file();
    await town.delivered();
    const receipt = sure(
      slack.direct(worker.id).findLast((message) => slack.textOf(message).includes(signal.reference)),
    );
    await worker.message(undefined, 'Ook de inkom is te smal.', { thread: receipt });
    expect((await entriesOf(signal.id)).at(-1)).toMatchObject({ kind: 'answer', text: 'Ook de inkom is te smal.' });
  });
});

describe('what is said in the thread under the card', () => {
  it('is an internal note, and says so with a way to send it as feedback', async () => {
    const signal = await town.file();
    const card = await town.card(signal);
    const before = slack.direct(worker.id).length;
    await regisseur.message(card.channel, 'Bespreken met de woonwinkel &amp; co <@U0WORKER001>', { thread: card });
    await town.delivered();
    expect((await entriesOf(signal.id)).at(-1)).toMatchObject({ kind: 'note', visibility: 'internal' });
    expect((await entriesOf(signal.id)).at(-1)?.text).toContain('@Noor Testmans');
    expect(slack.direct(worker.id)).toHaveLength(before);
    const said = sure(slack.ephemerals(regisseur.id).at(-1));
    expect(said.threadTs).toBe(card.ts);
    expect(slack.textOf(said)).toContain('De melder niet.');

    await regisseur.press(said, { label: 'Stuur dit als terugkoppeling' });
    expect(regisseur.view.values['text']).toMatchObject({ value: { value: expect.stringContaining('woonwinkel') } });
    await regisseur.submitView({ text: 'We bespreken het met de woonwinkel.' });
    // Shown first as the filer will read it.
    expect(slack.textOf(regisseur.view)).toContain('We bespreken het met de woonwinkel.');
    await regisseur.submitView({ [tickIn(regisseur.view)]: true });
    expect(slack.textOf(await lastDirect(worker.id))).toContain('We bespreken het met de woonwinkel.');
  });

  it('is kept from the filer in every place they can look', async () => {
    const signal = await town.file();
    const card = await town.card(signal);
    await regisseur.message(card.channel, 'Interne bedenking', { thread: card });
    await worker.command('/signaal', `status ${signal.reference}`);
    expect(lastTo(worker.id)).toContain(signal.reference);
    expect(lastTo(worker.id)).not.toContain('Interne bedenking');
  });

  it('is refused when it holds client data, and then nothing is kept', async () => {
    const signal = await town.file();
    const card = await town.card(signal);
    await regisseur.message(card.channel, 'Bel 0470 12 34 56', { thread: card });
    expect(lastTo(regisseur.id)).toContain('telefoonnummer');
    expect((await entriesOf(signal.id)).map(({ kind }) => kind)).toEqual(['filed']);
  });

  it('is not taken from somebody who does not follow the signal', async () => {
    const signal = await town.file();
    const card = await town.card(signal);
    const other = slack.addUser({ realName: 'Iemand Anders' });
    slack.world.channel(SEED.regisseurChannel).members.add(other.id);
    await other.message(card.channel, 'Ik weet er meer van', { thread: card });
    expect(lastTo(other.id)).toContain('Ria Proefman');
    expect((await entriesOf(signal.id)).map(({ kind }) => kind)).toEqual(['filed']);
  });

  it('keeps the words and not the file that comes with them, and says why', async () => {
    const signal = await town.file();
    const card = await town.card(signal);
    const files = [{ id: 'F1', name: 'dossier.pdf', mimetype: 'application/pdf' }];
    await regisseur.message(card.channel, 'Zie bijlage', { thread: card, files });
    expect((await entriesOf(signal.id)).at(-1)).toMatchObject({ kind: 'note', text: 'Zie bijlage' });
    expect(lastTo(regisseur.id)).toContain('Bestanden en foto’s neem ik niet aan');
    await regisseur.message(card.channel, '', { thread: card, files });
    expect(lastTo(regisseur.id)).toContain('Er is niets bewaard');
    expect(await entriesOf(signal.id)).toHaveLength(2);
  });
});

describe('what is said anywhere else', () => {
  it('is not read: no note, no answer, no person', async () => {
    const newcomer = slack.addUser({ realName: 'Nieuw Hier' });
    slack.world.channel(SEED.generalChannel).members.add(newcomer.id);
    const { message } = await newcomer.message(SEED.generalChannel, 'Wat een weer.');
    await worker.message(SEED.generalChannel, 'Inderdaad.', { thread: message });
    await slack.settled();
    expect(slack.messages(SEED.generalChannel).filter(({ byBot }) => byBot)).toEqual([]);
    const key = { municipalityId, platform: 'slack', externalId: newcomer.id };
    expect(await db.account.count({ where: key })).toBe(0);
    expect(await db.handledRequest.count({ where: { municipalityId, key: { contains: message.ts } } })).toBe(0);
  });

  it('leaves the bot’s own messages, edits and deletions alone', async () => {
    const signal = await town.file();
    const card = await town.card(signal);
    const before = await db.timelineEntry.count({ where: { municipalityId } });
    const fromBot = { channel: card.channel, bot_id: SEED.bot, thread_ts: card.ts, channel_type: 'group' };
    await slack.sendEvent({ type: 'message', user: SEED.botUser, ts: '1.000001', text: 'echo', ...fromBot });
    await slack.sendEvent({ type: 'message', subtype: 'message_deleted', hidden: true, ts: '1.000002', ...fromBot });
    await slack.sendEvent({
      type: 'message',
      user: 'USLACK',
      ts: '1.000003',
      text: 'x',
      channel: card.channel,
      thread_ts: card.ts,
    });
    expect(await db.timelineEntry.count({ where: { municipalityId } })).toBe(before);
  });
});
