import { afterAll, describe, expect, it } from 'vitest';
import type { Card } from '../../src/chat/card.js';
import type { Person, Signal } from '../../src/storage/database.js';
import { organisationKey } from '../../src/endorsements/organisations.js';
import { findSignal } from '../../src/signals/read-signals.js';
import { openTestDatabase } from '../support/open-test-database.js';
import { openTown, wordsOf } from '../support/town.js';

const database = await openTestDatabase();
const { db } = database;
const town = await openTown(database);
const { people, chat, caller, municipalityId } = town;
afterAll(() => town.stop());

async function newcomer(name: string, organisation: string | null): Promise<Person> {
  const person = await db.person.create({ data: { municipalityId, name, roles: ['worker'], organisation } });
  await db.account.create({
    data: { municipalityId, personId: person.id, platform: 'playground', externalId: person.id },
  });
  return person;
}
const nurse = await newcomer('Werker Verpleging', 'Wit-Gele Huis');
const teacher = await newcomer('Werker School', 'De Wijkschool');

async function statusCard(person: Person, signal: Signal): Promise<Card> {
  const reply = await chat.command(caller(person), 'signaal', `status ${signal.reference}`);
  if (reply.kind !== 'card') throw new Error(wordsOf(reply));
  return reply.card;
}
const buttonsOf = (card: Card) => card.parts.flatMap((part) => (part.kind === 'buttons' ? part.buttons : []));
const say = (person: Person, signal: Signal, observation: string, organisation = person.organisation ?? '') =>
  town.act(person, 'endorsements.endorse', signal.id, { observation, organisation });
const undo = (person: Person, signal: Signal) => town.act(person, 'endorsements.undo', signal.id);
const confirmed = async (signal: Signal) => (await findSignal(db, municipalityId, signal.id))?.confirmed;

describe('ook bij ons', () => {
  it('stands on the status card for who may file and did not file it', async () => {
    const signal = await town.file(people.worker);
    expect(buttonsOf(await statusCard(people.colleague, signal)).map(({ label }) => label)).toContain('Ook bij ons');
    expect(buttonsOf(await statusCard(people.worker, signal)).map(({ label }) => label)).not.toContain('Ook bij ons');
  });

  it('counts organisations, not votes: a colleague of the same one adds what they see', async () => {
    const signal = await town.file(people.worker);
    expect(wordsOf(await say(people.colleague, signal, 'In onze wachtzaal elke week.'))).toContain('bevestigd');
    await say(teacher, signal, 'Ook bij de ouders van onze school.');
    await say(nurse, signal, 'Bij huisbezoeken zien we het ook.', 'vzw De Gezondheidspost');
    expect(await confirmed(signal)).toBe(2);
    expect(JSON.stringify(await statusCard(nurse, signal))).toContain('2 andere organisaties');
    const entries = await db.timelineEntry.findMany({
      where: { municipalityId, signalId: signal.id, kind: 'endorsed' },
    });
    expect(entries.map(({ text }) => text)).toContain('Bij huisbezoeken zien we het ook.');
  });

  it('does not count the organisation that filed it', async () => {
    const signal = await town.file(people.worker);
    await say(teacher, signal, 'Bij ons in het buurthuis ook.', 'buurthuis');
    expect(await confirmed(signal)).toBe(0);
  });

  it('shows what was seen to everyone, who said it and for whom to triage alone', async () => {
    const signal = await town.file(people.worker);
    await say(people.colleague, signal, 'Ook in onze wachtzaal.');
    const seen = JSON.stringify(await statusCard(teacher, signal));
    expect(seen).toContain('Ook in onze wachtzaal.');
    expect(seen).not.toContain('De Gezondheidspost');
    expect(seen).not.toContain(people.colleague.name);
    const triage = JSON.stringify(await statusCard(people.regisseur, signal));
    expect(triage).toContain('De Gezondheidspost');
    expect(triage).toContain(people.colleague.name);
  });

  it('refuses client data at the field, and writes nothing', async () => {
    const signal = await town.file(people.worker);
    const result = await say(teacher, signal, 'Bel de moeder op 0470 12 34 56.');
    expect(result).toMatchObject({
      kind: 'again',
      errors: { observation: expect.stringContaining('telefoon') as string },
    });
    expect(await confirmed(signal)).toBe(0);
  });

  it('can be taken back, visibly, and then there is nothing more to hear', async () => {
    const signal = await town.file(people.worker);
    await say(teacher, signal, 'Ook bij ons op school.');
    expect(buttonsOf(await statusCard(teacher, signal)).map(({ label }) => label)).toContain('Toch niet bij ons');
    expect(wordsOf(await undo(teacher, signal))).toContain('Teruggenomen');
    expect(await confirmed(signal)).toBe(0);
    expect(wordsOf(await undo(teacher, signal))).toContain('niet (meer)');
    await town.step(people.regisseur, signal.id, 'in_review');
    const told = await db.delivery.findMany({
      where: { municipalityId, view: 'signals.notice', key: { contains: teacher.id } },
    });
    expect(told.filter(({ params }) => JSON.stringify(params).includes(signal.id))).toEqual([]);
    const kinds = await db.timelineEntry.findMany({ where: { municipalityId, signalId: signal.id } });
    expect(kinds.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['endorsed', 'endorsement_undone']));
  });

  it('keeps a signal that others confirmed from being withdrawn by its filer', async () => {
    const signal = await town.file(people.worker);
    await say(teacher, signal, 'Ook bij ons.');
    await town.step(people.worker, signal.id, 'withdrawn');
    expect((await town.signal(signal.id)).status).toBe('received');
  });

  it('goes along when the signal is merged, and with it the organisation that filed it', async () => {
    const main = await town.file(people.worker);
    const other = await town.file(people.colleague);
    await say(teacher, other, 'Ook bij ons.');
    await town.step(people.regisseur, other.id, 'in_review');
    await town.step(people.regisseur, other.id, 'merged', { reference: main.reference });
    expect(await confirmed(main)).toBe(2);
    const late = await say(nurse, other, 'Ook bij ons.');
    expect(wordsOf(late)).toContain(`/signaal status ${main.reference}`);
  });

  it('is there once when a form is sent three times at once', async () => {
    const signal = await town.file(people.worker);
    const reply = await chat.press(caller(teacher), 'endorsements.endorse', { signalId: signal.id });
    if (reply.kind !== 'form') throw new Error(wordsOf(reply));
    const values = { observation: 'Ook bij ons.', organisation: 'De Wijkschool' };
    await Promise.all([1, 2, 3].map(() => chat.submit(caller(teacher), reply.form.token, values)));
    expect(await db.endorsement.count({ where: { municipalityId, signalId: signal.id } })).toBe(1);
  });

  it('is not for an administrator, and not for a signal of another town', async () => {
    const signal = await town.file(people.worker);
    expect(
      wordsOf(await chat.press(caller(people.administrator), 'endorsements.endorse', { signalId: signal.id })),
    ).toContain('beheerder');
    const elsewhere = await openTown(database, 'E');
    const foreign = await elsewhere.file(elsewhere.people.worker);
    const reply = await chat.press(caller(teacher), 'endorsements.endorse', { signalId: foreign.id });
    if (reply.kind !== 'form') throw new Error(wordsOf(reply));
    const result = await chat.submit(caller(teacher), reply.form.token, { observation: 'Ja.', organisation: 'School' });
    expect(result).toMatchObject({ kind: 'refused', text: 'Dit signaal bestaat niet meer.' });
    await elsewhere.stop();
  });
});

describe('one organisation', () => {
  it.each([
    ['Het Buurthuis', 'vzw buurthuis'],
    ['CAW Oost-Vlaanderen', 'caw oost vlaanderen'],
    ['Crèche De Bij', 'creche de bij'],
  ])('%s and %s', (one, other) => {
    expect(organisationKey(one)).toBe(organisationKey(other));
  });

  it('keeps apart what differs, and a name of little words alone', () => {
    expect(organisationKey('School Noord')).not.toBe(organisationKey('School Zuid'));
    expect(organisationKey('De')).toBe('de');
  });
});
