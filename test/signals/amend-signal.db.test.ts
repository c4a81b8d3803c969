import { afterAll, describe, expect, it } from 'vitest';
import { openTestDatabase } from '../support/open-test-database.js';
import { openTown, wordsOf } from '../support/town.js';

const database = await openTestDatabase();
const { db } = database;
const town = await openTown(database);
const { people, chat, caller, municipalityId } = town;
afterAll(() => town.stop());

const words = { title: 'Geen woning te vinden', description: 'De huurprijzen stijgen elke week.' };
async function open(signalId: string) {
  const signal = await town.signal(signalId);
  const reply = await chat.press(caller(people.worker), 'signals.amend', { signalId, seen: signal.version });
  if (reply.kind !== 'form') throw new Error(wordsOf(reply));
  return reply.form;
}

describe('a filer changes their signal', () => {
  it('in the form as they filled it in, until it is triaged; the owner sees the new text and what it was', async () => {
    const signal = await town.file(people.worker, { since: 'sinds de zomer', consequence: 'Ze verhuizen.' });
    const form = await open(signal.id);
    const value = (id: string) => form.view.parts.find((part) => 'id' in part && part.id === id);
    expect(value('title')).toMatchObject({ value: signal.title });
    expect(value('since')).toMatchObject({ value: 'sinds de zomer' });
    const card = await db.delivery.findFirstOrThrow({ where: { municipalityId, key: `card:${signal.id}` } });
    const result = await chat.submit(caller(people.worker), form.token, { ...words, consequence: 'Ze verhuizen.' });
    expect(wordsOf(result)).toContain('is aangepast');
    expect(await town.signal(signal.id)).toMatchObject({
      ...words,
      since: null,
      consequence: 'Ze verhuizen.',
      status: 'received',
    });
    const entry = await db.timelineEntry.findFirstOrThrow({
      where: { municipalityId, signalId: signal.id, kind: 'amended' },
    });
    expect(entry.data).toMatchObject({ before: { title: signal.title, since: 'sinds de zomer' } });
    const after = await db.delivery.findFirstOrThrow({ where: { municipalityId, key: `card:${signal.id}` } });
    expect(after.wanted).toBeGreaterThan(card.wanted);
    expect(await db.delivery.count({ where: { municipalityId, key: `thread:${entry.id}` } })).toBe(1);
    const triage = await chat.command(caller(people.regisseur), 'signaal', `status ${signal.reference}`);
    expect(wordsOf(triage)).toContain(`Voordien: ${signal.title}`);
  });

  it('with client data is refused at the field', async () => {
    const signal = await town.file(people.worker);
    const form = await open(signal.id);
    const result = await chat.submit(caller(people.worker), form.token, { ...words, description: 'Bel 0470 12 34 56' });
    expect(result).toMatchObject({
      kind: 'again',
      errors: { description: expect.stringContaining('telefoon') as string },
    });
    expect((await town.signal(signal.id)).title).toBe(signal.title);
  });

  it('loses from a regisseur who was first, in words, and nothing is written', async () => {
    const signal = await town.file(people.worker);
    const form = await open(signal.id);
    await town.step(people.regisseur, signal.id, 'in_review');
    const result = await chat.submit(caller(people.worker), form.token, words);
    expect(result.kind).toBe('refused');
    expect(wordsOf(result)).toContain(people.regisseur.name);
    expect(wordsOf(result)).toContain('staat nog in het formulier');
    expect((await town.signal(signal.id)).title).toBe(signal.title);
  });

  it('has no form any more once it is triaged', async () => {
    const signal = await town.file(people.worker);
    await town.step(people.regisseur, signal.id, 'in_review');
    const reply = await chat.press(caller(people.worker), 'signals.amend', { signalId: signal.id, seen: 1 });
    expect(wordsOf(reply)).toContain('in onderzoek');
  });

  it('is not for somebody else, whatever their role', async () => {
    const signal = await town.file(people.worker);
    for (const person of [people.colleague, people.regisseur]) {
      const reply = await chat.press(caller(person), 'signals.amend', { signalId: signal.id, seen: 1 });
      expect(reply.kind).toBe('card');
    }
  });

  it('without changing anything is told so', async () => {
    const signal = await town.file(people.worker);
    const form = await open(signal.id);
    const result = await chat.submit(caller(people.worker), form.token, {
      title: signal.title,
      description: signal.description,
    });
    expect(result.kind).toBe('refused');
  });

  it('and what looks like it is found by the new words', async () => {
    const signal = await town.file(people.worker);
    const form = await open(signal.id);
    await chat.submit(caller(people.worker), form.token, {
      title: 'Tandarts te duur',
      description: 'Mensen kunnen het voorschot bij de tandarts niet betalen.',
    });
    const result = await town.submitForm(people.colleague, {
      title: 'Niemand gaat nog naar de tandarts',
      description: 'Het voorschot is te hoog.',
      neighbourhoods: [town.neighbourhoods.rabot],
      statement: true,
    });
    expect(JSON.stringify(result)).toContain(signal.reference);
  });
});
