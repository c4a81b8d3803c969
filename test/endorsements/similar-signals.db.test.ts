import { afterAll, describe, expect, it } from 'vitest';
import type { SubmitResult } from '../../src/chat/chat.js';
import type { FormValues } from '../../src/chat/form.js';
import type { Person } from '../../src/storage/database.js';
import { openTestDatabase } from '../support/open-test-database.js';
import { openTown, wordsOf } from '../support/town.js';

const database = await openTestDatabase();
const { db } = database;
const town = await openTown(database);
const { people, neighbourhoods, chat, caller, municipalityId } = town;
afterAll(() => town.stop());

const doctors = {
  title: 'Nieuwe bewoners vinden geen huisarts meer',
  description: 'Alle huisartsen van de wijk hebben een patiëntenstop.',
};
const dokters = {
  title: 'Dokters nemen geen nieuwe patiënten aan',
  description: 'Wie hier komt wonen, belt tien praktijken af.',
};
const base = { neighbourhoods: [neighbourhoods.rabot], statement: true };
const count = async () => ({
  signals: await db.signal.count({ where: { municipalityId } }),
  endorsements: await db.endorsement.count({ where: { municipalityId } }),
  entries: await db.timelineEntry.count({ where: { municipalityId } }),
});

async function open(person: Person): Promise<string> {
  const reply = await chat.command(caller(person), 'signaal', '');
  if (reply.kind !== 'form') throw new Error(wordsOf(reply));
  return reply.form.token;
}
const send = (person: Person, token: string, values: FormValues) => chat.submit(caller(person), token, values);
const question = (result: SubmitResult) =>
  result.kind === 'again'
    ? result.form.view.parts.find((part) => part.kind === 'select' && part.id === 'similar')
    : undefined;

describe('filing what somebody filed before', () => {
  it('shows the open signal first, without who filed it, and writes nothing by that', async () => {
    const signal = await town.file(people.worker, doctors);
    const before = await count();
    const result = await send(people.colleague, await open(people.colleague), { ...base, ...dokters });
    expect(result).toMatchObject({ kind: 'again', errors: {} });
    expect(question(result)).toMatchObject({
      required: true,
      options: [
        { value: signal.id, label: `Ja, ook bij ons: ${signal.reference}` },
        { value: 'new', label: 'Nee, dit is een nieuw signaal' },
      ],
    });
    const words = JSON.stringify(result);
    expect(words).toContain(doctors.title);
    expect(words).toContain(dokters.title);
    expect(words).not.toContain(people.worker.name);
    expect(words).not.toContain('Het Buurthuis');
    expect(await count()).toEqual(before);
  });

  it('joins it with what this organisation sees, and tells them of every step from then on', async () => {
    const signal = await town.file(people.worker, { ...doctors, neighbourhoods: [neighbourhoods.dampoort] });
    const token = await open(people.colleague);
    const values = { ...base, ...dokters, neighbourhoods: [neighbourhoods.dampoort] };
    await send(people.colleague, token, values);
    const joined = await send(people.colleague, token, { ...values, similar: signal.id });
    expect(wordsOf(joined)).toContain(`${signal.reference} is nu ook bevestigd`);
    // Sent twice it is there once.
    expect((await send(people.colleague, token, { ...values, similar: signal.id })).kind).toBe('done');
    expect(await db.endorsement.findMany({ where: { municipalityId, signalId: signal.id } })).toMatchObject([
      { organisation: 'De Gezondheidspost', personId: people.colleague.id },
    ]);
    const owed = await db.delivery.findMany({ where: { municipalityId, key: { contains: signal.id } } });
    expect(owed.map(({ key }) => key)).toContain(`receipt:${signal.id}:${people.colleague.id}`);
    await town.step(people.otherRegisseur, signal.id, 'in_review');
    const told = await db.delivery.findMany({ where: { municipalityId, view: 'signals.notice' } });
    expect(told.map(({ personId }) => personId)).toEqual(
      expect.arrayContaining([people.worker.id, people.colleague.id]),
    );
  });

  it('files a new one all the same, and asks once: also when the words change meanwhile', async () => {
    const token = await open(people.colleague);
    const before = await count();
    expect(question(await send(people.colleague, token, { ...base, ...dokters }))).toBeDefined();
    const changed = {
      ...base,
      ...dokters,
      description: `${dokters.description} En ook geen tandarts.`,
      similar: 'new',
    };
    const first = await send(people.colleague, token, changed);
    expect(first.kind).toBe('done');
    expect(wordsOf(await send(people.colleague, token, changed))).toBe(wordsOf(first));
    expect((await count()).signals).toBe(before.signals + 1);
  });

  it('keeps the question with its answer when something else must be mended', async () => {
    const token = await open(people.colleague);
    const result = await send(people.colleague, token, {
      ...base,
      ...dokters,
      similar: 'new',
      consequence: 'Bel 0470 12 34 56.',
    });
    expect(result).toMatchObject({
      kind: 'again',
      errors: { consequence: expect.stringContaining('telefoon') as string },
    });
    expect(question(result)).toMatchObject({ value: 'new' });
  });

  it.each([
    ['about another neighbourhood', { neighbourhoods: [neighbourhoods.nobodys] }],
    [
      'about something else',
      { title: 'Geen bankjes op het plein', description: 'Ouderen kunnen nergens zitten sinds de heraanleg.' },
    ],
  ])('asks nothing %s', async (_, values) => {
    await town.file(people.worker, doctors);
    const result = await send(people.colleague, await open(people.colleague), { ...base, ...dokters, ...values });
    expect(result.kind).toBe('done');
  });

  it('asks nothing about a signal that ended, and finds one about the whole city', async () => {
    const kou = { title: 'Verwarming stuk bij huurders', description: 'De huisbaas laat de ketel niet maken.' };
    const gone = await town.file(people.worker, kou);
    await town.step(people.worker, gone.id, 'withdrawn');
    expect((await send(people.colleague, await open(people.colleague), { ...base, ...kou })).kind).toBe('done');
    const lift = { title: 'Lift in de hoogbouw stuk', description: 'Bewoners raken niet buiten.' };
    await town.file(people.worker, { ...lift, neighbourhoods: ['city-wide'] });
    expect(question(await send(people.colleague, await open(people.colleague), { ...base, ...lift }))).toBeDefined();
  });

  it('says so when the chosen signal ended meanwhile, and keeps what was typed', async () => {
    const tandarts = { title: 'Tandarts te duur voor lage inkomens', description: 'Het voorschot is te hoog.' };
    const first = await town.file(people.worker, tandarts);
    await town.file(people.worker, { ...tandarts, title: 'Tandarts vraagt een te hoog voorschot' });
    const token = await open(people.colleague);
    await town.step(people.worker, first.id, 'withdrawn');
    const result = await send(people.colleague, token, { ...base, ...tandarts, similar: first.id });
    expect(result.kind === 'again' && result.errors['similar']).toContain('ingetrokken');
    expect(question(result)).toBeDefined();
  });

  it('asks somebody without organisation for which one they see it, and remembers it', async () => {
    const person = await db.person.create({ data: { municipalityId, name: 'Werker Drie', roles: ['worker'] } });
    await db.account.create({
      data: { municipalityId, personId: person.id, platform: 'playground', externalId: person.id },
    });
    const signal = await town.file(people.worker, { ...doctors, title: 'Huisartsen zitten vol' });
    const token = await open(person);
    const values = { ...base, ...doctors, title: 'Huisartsen zitten vol', similar: signal.id };
    const asked = await send(person, token, values);
    expect(asked.kind === 'again' && asked.errors['organisation']).toContain('organisaties, geen stemmen');
    expect((await send(person, token, { ...values, organisation: 'De Wijkschool' })).kind).toBe('done');
    const kept = await db.person.findUnique({ where: { municipalityId_id: { municipalityId, id: person.id } } });
    expect(kept?.organisation).toBe('De Wijkschool');
  });

  it('is not taken for a copy of itself when it is sent twice at once', async () => {
    const values = {
      ...base,
      title: 'Geen rouwgroep voor weduwen',
      description: 'Weduwen komen maanden niet buiten na het overlijden.',
    };
    const token = await open(people.worker);
    const results = await Promise.all([1, 2, 3].map(() => send(people.worker, token, values)));
    results.push(await send(people.worker, token, values));
    expect(new Set(results.map(wordsOf)).size).toBe(1);
    expect(results[0]?.kind).toBe('done');
  });
});
