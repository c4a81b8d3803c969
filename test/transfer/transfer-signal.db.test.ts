import { afterAll, describe, expect, it } from 'vitest';
import { openTestDatabase } from '../support/open-test-database.js';
import { openTown, wordsOf } from '../support/town.js';

const database = await openTestDatabase();
const { db } = database;
const town = await openTown(database);
const { people, municipalityId, chat, caller } = town;
afterAll(() => town.stop());

const hand = (from: keyof typeof people, signalId: string, toPersonId: string, why = 'Dit past beter bij jouw wijk.') =>
  town.act(people[from], 'transfer.signal', signalId, { to: toPersonId, why });
const deliveriesOf = async (signalId: string) =>
  (await db.delivery.findMany({ where: { municipalityId }, include: { channel: true } })).filter(
    ({ params }) => (params as { signalId?: string }).signalId === signalId,
  );

describe('handing a signal over', () => {
  it('gives it to the colleague, moves the card, and tells both and every filer who follows it now and why', async () => {
    const signal = await town.file(people.worker);
    const before = await town.signal(signal.id);
    const done = await hand('coordinator', signal.id, people.otherRegisseur.id);
    expect(wordsOf(done)).toContain('Regisseur Twee');
    const after = await town.signal(signal.id);
    expect(after).toMatchObject({ ownerId: people.otherRegisseur.id, status: 'received', version: before.version + 1 });

    const sent = await deliveriesOf(signal.id);
    const card = sent.find(({ key }) => key === `card:${signal.id}`);
    expect(card?.channel?.ownerId).toBe(people.otherRegisseur.id);
    const left = sent.find(({ view }) => view === 'transfer.moved-card');
    expect(left?.channel?.ownerId).toBe(people.regisseur.id);
    const told = sent.filter(({ view }) => view === 'transfer.told').map(({ personId }) => personId);
    expect(told.toSorted()).toEqual([people.regisseur.id, people.otherRegisseur.id].toSorted());
    expect(sent.filter(({ view }) => view === 'signals.notice').map(({ personId }) => personId)).toEqual([
      people.worker.id,
    ]);

    const status = wordsOf(await chat.command(caller(people.worker), 'signaal', `status ${signal.reference}`));
    expect(status).toContain('overgedragen');
    expect(status).toContain('Volgt nu op: Regisseur Twee');
    expect(status).toContain('Dit past beter bij jouw wijk.');
  });

  it('lets the new owner work on it, and the former one no longer', async () => {
    const signal = await town.file(people.worker);
    await hand('regisseur', signal.id, people.otherRegisseur.id);
    expect(wordsOf(await town.step(people.regisseur, signal.id, 'in_review'))).toContain('Regisseur Twee');
    await town.step(people.otherRegisseur, signal.id, 'in_review');
    expect((await town.signal(signal.id)).status).toBe('in_review');
  });

  it('leaves a thread under each card: what follows stands under the new one', async () => {
    const signal = await town.file(people.worker);
    await hand('regisseur', signal.id, people.otherRegisseur.id);
    await town.act(people.otherRegisseur, 'signals.note', signal.id, { text: 'Eerst de school bellen.' });
    const thread = (await deliveriesOf(signal.id)).filter(({ threadKey }) => threadKey === `card:${signal.id}`);
    expect(thread.map(({ channel }) => channel?.ownerId)).toEqual([people.otherRegisseur.id, people.otherRegisseur.id]);
  });

  it('and back again gives the first owner a card of their own', async () => {
    const signal = await town.file(people.worker);
    await hand('regisseur', signal.id, people.otherRegisseur.id);
    await hand('otherRegisseur', signal.id, people.regisseur.id);
    const sent = await deliveriesOf(signal.id);
    expect(sent.find(({ key }) => key === `card:${signal.id}`)?.channel?.ownerId).toBe(people.regisseur.id);
    expect(sent.filter(({ view }) => view === 'transfer.moved-card')).toHaveLength(2);
  });

  it.each([
    ['somebody who left', 'werkt hier niet meer'],
    ['somebody who follows no signals', 'geen regisseur'],
    ['who follows it already', 'volgt dit signaal al op'],
    ['nobody there is', 'Kies iemand uit de lijst'],
  ])('to %s is refused at the field', async (whom, words) => {
    const signal = await town.file(people.worker);
    const gone = await db.person.create({
      data: { municipalityId, name: 'Vertrokken Regisseur', roles: ['regisseur'], active: false },
    });
    const to = {
      'somebody who left': gone.id,
      'somebody who follows no signals': people.colleague.id,
      'who follows it already': people.regisseur.id,
      'nobody there is': '01a202e9-b7ef-702c-92cd-ff9e4ef87bd6',
    }[whom];
    const result = await hand('regisseur', signal.id, to ?? '');
    expect(result.kind === 'again' && result.errors['to']).toContain(words);
    expect((await town.signal(signal.id)).ownerId).toBe(people.regisseur.id);
  });

  it('offers colleagues who follow signals, to who may look them up', async () => {
    const offered = await chat.suggest(caller(people.regisseur), 'transfer.recipients', 'twee');
    expect(offered).toEqual([{ value: people.otherRegisseur.id, label: 'Regisseur Twee' }]);
    expect(await chat.suggest(caller(people.worker), 'transfer.recipients', '')).toEqual([]);
  });

  it('asks why, and refuses client data in the reason', async () => {
    const signal = await town.file(people.worker);
    const none = await hand('regisseur', signal.id, people.otherRegisseur.id, '');
    expect(none).toMatchObject({ kind: 'again', errors: { why: expect.any(String) as string } });
    const data = await hand('regisseur', signal.id, people.otherRegisseur.id, 'Bel mij op 0470 12 34 56.');
    expect(data.kind === 'again' && data.errors['why']).toContain('telefoonnummer');
  });

  it('by two at once happens once, and the other hears who was first and who follows it now', async () => {
    const signal = await town.file(people.worker);
    const [one, other] = await Promise.all([
      hand('regisseur', signal.id, people.otherRegisseur.id),
      hand('coordinator', signal.id, people.coordinator.id),
    ]);
    const { ownerId } = await town.signal(signal.id);
    const loser = ownerId === people.otherRegisseur.id ? other : one;
    // Who has lost the right to it by then hears who follows it; a coordinator, who keeps it, hears of the hand-over.
    expect(wordsOf(loser)).toMatch(/overgedragen|Dit signaal volgt .+ op/);
    expect(await db.timelineEntry.count({ where: { municipalityId, signalId: signal.id, kind: 'transferred' } })).toBe(
      1,
    );
  });

  it('of a signal that has ended is refused', async () => {
    const signal = await town.file(people.worker);
    await town.step(people.worker, signal.id, 'withdrawn');
    expect(wordsOf(await hand('regisseur', signal.id, people.otherRegisseur.id))).toContain('ingetrokken');
  });

  it('is not for a worker, and not for the regisseur of another neighbourhood', async () => {
    const signal = await town.file(people.worker);
    for (const who of ['worker', 'colleague', 'otherRegisseur', 'administrator'] as const) {
      expect(wordsOf(await hand(who, signal.id, people.otherRegisseur.id)), who).toContain('Regisseur Een');
    }
    expect((await town.signal(signal.id)).ownerId).toBe(people.regisseur.id);
  });
});
