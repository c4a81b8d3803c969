import { afterAll, describe, expect, it } from 'vitest';
import type { Card } from '../../src/chat/card.js';
import type { FormValues } from '../../src/chat/form.js';
import { createOutbox } from '../../src/delivery/outbox.js';
import { drafts } from '../../src/drafts/index.js';
import { MunicipalitySettings } from '../../src/municipality/municipality-settings.js';
import type { Person } from '../../src/storage/database.js';
import { openTestDatabase } from '../support/open-test-database.js';
import { openTown, TOWN_NOW, wordsOf } from '../support/town.js';

const database = await openTestDatabase();
const { db } = database;
const town = await openTown(database);
const { people, neighbourhoods, chat, caller, municipalityId } = town;
afterAll(() => town.stop());

const DAY_MS = 24 * 3_600_000;
const keep = (person: Person, values: FormValues) => town.submitForm(person, { matter: 'draft', ...values });
const count = (person: Person) => db.draft.count({ where: { municipalityId, personId: person.id } });
const clear = () => db.draft.deleteMany({ where: { municipalityId } });

async function list(person: Person): Promise<Card> {
  const reply = await chat.command(caller(person), 'signaal', 'concepten');
  if (reply.kind !== 'card') throw new Error(wordsOf(reply));
  return reply.card;
}
const buttons = (card: Card) => card.parts.flatMap((part) => (part.kind === 'buttons' ? part.buttons : []));
async function press(person: Person, label: RegExp) {
  const button = buttons(await list(person)).find((each) => label.test(each.label));
  if (!button) throw new Error(`No button ${label}.`);
  return chat.press(caller(person), button.action, button.payload);
}

describe('a draft', () => {
  it('is kept with one choice, though nothing else is filled in, and no signal is written', async () => {
    await clear();
    const before = await db.signal.count({ where: { municipalityId } });
    const result = await keep(people.worker, { description: 'De lift staat weer stil, ' });
    expect(wordsOf(result)).toContain('Alleen jij ziet het');
    expect(wordsOf(result)).toContain('Na 30 dagen');
    expect(await db.signal.count({ where: { municipalityId } })).toBe(before);
    expect(JSON.stringify(await list(people.worker))).toContain('De lift staat weer stil');
  });

  it('is gone on with where it was left, and gone once it is filed', async () => {
    await clear();
    await keep(people.worker, {
      title: 'Lift stuk',
      description: 'De lift staat stil.',
      neighbourhoods: [neighbourhoods.dampoort],
      consequence: 'Ouderen zitten vast.',
    });
    const reply = await press(people.worker, /Ga verder/);
    if (reply.kind !== 'form') throw new Error(wordsOf(reply));
    const value = (id: string) => reply.form.view.parts.find((part) => 'id' in part && part.id === id);
    expect(value('title')).toMatchObject({ value: 'Lift stuk' });
    expect(value('neighbourhoods')).toMatchObject({ value: [{ label: 'Dampoort' }] });
    expect(value('consequence')).toMatchObject({ value: 'Ouderen zitten vast.' });
    expect(value('matter')).toMatchObject({ value: 'signal' });
    const filed = await chat.submit(caller(people.worker), reply.form.token, {
      title: 'Lift stuk',
      description: 'De lift staat stil.',
      neighbourhoods: [neighbourhoods.dampoort],
      statement: true,
      similar: 'new',
    });
    expect(filed.kind).toBe('done');
    expect(await count(people.worker)).toBe(0);
    expect(JSON.stringify(await list(people.worker))).toContain('Je hebt geen concepten');
  });

  it('kept again is the same one, also when the form is sent three times at once', async () => {
    await clear();
    const opened = await chat.command(caller(people.worker), 'signaal', '');
    const token = opened.kind === 'form' ? opened.form.token : '';
    const values = { matter: 'draft', description: 'Eerste versie' };
    await Promise.all([1, 2, 3].map(() => chat.submit(caller(people.worker), token, values)));
    const reply = await press(people.worker, /Ga verder/);
    if (reply.kind !== 'form') throw new Error(wordsOf(reply));
    await chat.submit(caller(people.worker), reply.form.token, { matter: 'draft', description: 'Tweede versie' });
    expect(await count(people.worker)).toBe(1);
    expect(JSON.stringify(await list(people.worker))).toContain('Tweede versie');
  });

  it('goes with one press', async () => {
    await clear();
    await keep(people.worker, { title: 'Weg ermee' });
    expect(wordsOf(await press(people.worker, /Verwijder/))).toContain('Het concept is weg');
    expect(await count(people.worker)).toBe(0);
  });

  it('is for its writer alone', async () => {
    await clear();
    await keep(people.worker, { title: 'Privé' });
    expect(JSON.stringify(await list(people.regisseur))).not.toContain('Privé');
    const draft = await db.draft.findFirstOrThrow({ where: { municipalityId } });
    for (const action of ['drafts.continue', 'drafts.remove']) {
      const reply = await chat.press(caller(people.colleague), action, { draftId: draft.id });
      expect(wordsOf(reply)).toContain('is er niet meer');
    }
    expect(await count(people.worker)).toBe(1);
  });

  it('with client data is refused at the field, and not kept', async () => {
    await clear();
    const result = await keep(people.worker, { title: 'Nummer', description: 'Bel 0470 12 34 56' });
    expect(result).toMatchObject({
      kind: 'again',
      errors: { description: expect.stringContaining('telefoon') as string },
    });
    const names = await keep(people.worker, { description: 'Mevrouw Peeters vindt geen opvang.' });
    expect(names.kind).toBe('again');
    expect(await count(people.worker)).toBe(0);
  });

  it('with nothing in it is not kept', async () => {
    await clear();
    expect(await keep(people.worker, {})).toMatchObject({
      kind: 'again',
      errors: { description: 'Typ eerst iets om te bewaren.' },
    });
  });

  it('is one of three; a fourth is refused and stays in the form', async () => {
    await clear();
    for (const title of ['een', 'twee', 'drie']) await keep(people.worker, { title });
    const result = await keep(people.worker, { title: 'vier' });
    expect(result.kind === 'again' && result.errors['matter']).toContain('al 3 concepten');
    const parts = result.kind === 'again' ? result.form.view.parts : [];
    expect(parts.find((part) => 'id' in part && part.id === 'title')).toMatchObject({ value: 'vier' });
    expect(buttons(await list(people.worker))).toHaveLength(6);
  });

  it('is not shown after its days, and erased by the clock', async () => {
    await clear();
    await keep(people.worker, { title: 'Oud' });
    town.clock.now = new Date(TOWN_NOW.getTime() + 29 * DAY_MS);
    await keep(people.worker, { title: 'Jong' });
    town.clock.now = new Date(TOWN_NOW.getTime() + 31 * DAY_MS);
    const shown = JSON.stringify(await list(people.worker));
    expect(shown).not.toContain('Oud');
    expect(shown).toContain('Jong');
    const [schedule] = drafts.schedules ?? [];
    if (!schedule) throw new Error('Nothing erases drafts.');
    const row = await db.municipality.findUniqueOrThrow({ where: { id: municipalityId } });
    const municipality = { ...row, locale: 'nl' as const, settings: MunicipalitySettings.parse(row.settings) };
    const window = { from: TOWN_NOW, until: town.clock.now };
    const due = await schedule.occasions({ db, municipality, window });
    expect(due).toHaveLength(1);
    const outbox = createOutbox(town.queue);
    await db.$transaction(async (tx) => {
      for (const occasion of due) {
        await schedule.run({ tx, municipality, now: town.clock.now, outbox }, occasion, { late: false });
      }
    });
    town.clock.now = TOWN_NOW;
    const left = await db.draft.findMany({ where: { municipalityId } });
    expect(left.map(({ values }) => (values as FormValues)['title'])).toEqual(['Jong']);
  });

  it('is not for an administrator', async () => {
    expect(wordsOf(await chat.command(caller(people.administrator), 'signaal', 'concepten'))).toContain('beheerder');
  });
});
