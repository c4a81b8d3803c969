import { afterAll, describe, expect, it } from 'vitest';
import { openTestDatabase } from '../support/open-test-database.js';
import { openTown, wordsOf } from '../support/town.js';

const database = await openTestDatabase();
const { db } = database;
const town = await openTown(database);
const { people, neighbourhoods, chat, caller, municipalityId } = town;
afterAll(() => town.stop());

const threeAnswers = {
  title: 'Geen plek in de opvang',
  description: 'Ouders die opleiding volgen, vinden geen opvang.',
  neighbourhoods: [neighbourhoods.rabot],
  statement: true,
  similar: 'new',
};
const count = () => db.signal.count({ where: { municipalityId } });

describe('filing a signal', () => {
  it('takes three answers and a tick, and everything it causes is committed with the reference', async () => {
    const signal = await town.file(people.worker, threeAnswers);
    expect(signal).toMatchObject({ status: 'received', ownerId: people.regisseur.id, cityWide: false });
    expect(signal.reference).toMatch(/^T-2026-\d{4}$/);
    const entries = await db.timelineEntry.findMany({ where: { municipalityId, signalId: signal.id } });
    expect(entries).toMatchObject([
      { kind: 'filed', toStatus: 'received', personId: people.worker.id, visibility: 'public' },
    ]);
    const owed = await db.delivery.findMany({
      where: { municipalityId, key: { contains: signal.id } },
      orderBy: { key: 'asc' },
    });
    expect(owed.map(({ key }) => key)).toEqual([`card:${signal.id}`, `receipt:${signal.id}:${people.worker.id}`]);
    expect(await town.queue.size()).toBeGreaterThanOrEqual(2);
  });

  it('starts the description with what was typed after the command', async () => {
    const reply = await chat.command(
      caller(people.worker),
      'signaal',
      'status van de woningen is slecht, elke dag weer',
    );
    expect(reply.kind === 'form' && reply.form.view.parts[0]).toMatchObject({
      id: 'description',
      value: 'status van de woningen is slecht, elke dag weer',
    });
  });

  it('fills in organisation, sector and neighbourhood from last time', async () => {
    await town.file(people.colleague, {
      ...threeAnswers,
      neighbourhoods: [neighbourhoods.dampoort],
      organisation: 'De Post',
      sector: 'police',
    });
    const reply = await chat.command(caller(people.colleague), 'signaal', '');
    const parts = reply.kind === 'form' ? reply.form.view.parts : [];
    const value = (id: string) => parts.find((part) => 'id' in part && part.id === id);
    expect(value('neighbourhoods')).toMatchObject({ value: [{ value: neighbourhoods.dampoort, label: 'Dampoort' }] });
    expect(value('organisation')).toMatchObject({ value: 'De Post' });
    expect(value('sector')).toMatchObject({ value: 'police' });
  });

  it('says what is missing at each field, keeps what was typed, and writes nothing', async () => {
    const before = await count();
    const result = await town.submitForm(people.worker, {
      title: 'Alleen een titel',
      neighbourhoods: [],
      statement: false,
    });
    expect(result).toMatchObject({
      kind: 'again',
      errors: {
        description: 'Vul dit in.',
        neighbourhoods: 'Vul dit in.',
        statement: 'Vink dit aan om verder te gaan.',
      },
    });
    const parts = result.kind === 'again' ? result.form.view.parts : [];
    expect(parts.find((part) => 'id' in part && part.id === 'title')).toMatchObject({ value: 'Alleen een titel' });
    expect(await count()).toBe(before);
  });

  it('shows a search in which nobody was chosen as empty again', async () => {
    const result = await town.submitForm(people.worker, { title: 'Alleen een titel', colleague: '' });
    const parts = result.kind === 'again' ? result.form.view.parts : [];
    expect(parts.find((part) => 'id' in part && part.id === 'colleague')).toMatchObject({ value: [] });
  });

  it('refuses 20,000 characters at the field with the numbers, keeping them all', async () => {
    const description = 'woord '.repeat(3_334).trim();
    const result = await town.submitForm(people.worker, { ...threeAnswers, description });
    expect(result).toMatchObject({
      kind: 'again',
      errors: { description: `Dit is te lang: ${description.length} tekens, en er passen er 3000. Kort het in.` },
    });
    const parts = result.kind === 'again' ? result.form.view.parts : [];
    expect(parts.find((part) => 'id' in part && part.id === 'description')).toMatchObject({ value: description });
  });

  it.each([
    ['description', 'Bel de cliënt op 0470 12 34 56 voor meer uitleg.', 'telefoonnummer'],
    ['title', 'Mail naar fatima@voorbeeld.be', 'e-mailadres'],
    ['consequence', 'Rekening BE68 5390 0754 7034 wordt geblokkeerd.', 'rekeningnummer'],
  ])('blocks client data in %s at that field and writes nothing', async (field, text, named) => {
    const before = await count();
    const result = await town.submitForm(people.worker, { ...threeAnswers, [field]: text });
    expect(result.kind).toBe('again');
    expect(result.kind === 'again' && result.errors[field]).toContain(named);
    expect(await count()).toBe(before);
  });

  it('asks about a likely name once, and files when it is confirmed for that very name', async () => {
    const before = await count();
    const reply = await chat.command(caller(people.worker), 'signaal', '');
    const token = reply.kind === 'form' ? reply.form.token : '';
    const values = { ...threeAnswers, description: 'Mevrouw Peeters vindt geen opvang voor haar kinderen.' };
    const asked = await chat.submit(caller(people.worker), token, values);
    expect(asked).toMatchObject({ kind: 'again', errors: {} });
    expect(await count()).toBe(before);
    const tick = asked.kind === 'again' ? asked.form.view.parts.findLast((part) => part.kind === 'tick') : undefined;
    const ticked = { [tick?.kind === 'tick' ? tick.id : '']: true };
    const otherName = { ...values, ...ticked, description: 'Meneer Janssens vindt geen opvang.' };
    expect((await chat.submit(caller(people.worker), token, otherName)).kind).toBe('again');
    expect((await chat.submit(caller(people.worker), token, { ...values, ...ticked })).kind).toBe('done');
  });

  it.each([
    ['complaint', 'klachtendienst'],
    ['resident', 'wijkregisseur'],
  ])('redirects a %s with the text to take along, and keeps nothing', async (matter, words) => {
    const before = await count();
    const result = await town.submitForm(people.worker, { matter, description: 'De buurman maakt lawaai.' });
    expect(result.kind).toBe('done');
    expect(wordsOf(result)).toContain(words);
    expect(wordsOf(result)).toContain('De buurman maakt lawaai.');
    expect(await count()).toBe(before);
  });

  it('gives the same form sent twice, also at once, the same signal', async () => {
    const reply = await chat.command(caller(people.worker), 'signaal', '');
    const token = reply.kind === 'form' ? reply.form.token : '';
    const before = await count();
    const results = await Promise.all([1, 2, 3, 4].map(() => chat.submit(caller(people.worker), token, threeAnswers)));
    const again = await chat.submit(caller(people.worker), token, threeAnswers);
    expect(
      new Set([...results, again].map((result) => (result.kind === 'done' ? result.card.summary : result.kind))).size,
    ).toBe(1);
    expect(await count()).toBe(before + 1);
  });

  it('refuses a forged form id, another person’s form and a form of another town, in words', async () => {
    const before = await count();
    const reply = await chat.command(caller(people.worker), 'signaal', '');
    const token = reply.kind === 'form' ? reply.form.token : '';
    const forged = `${token.slice(0, -4)}AAAA`;
    for (const [who, with_] of [
      [people.worker, forged],
      [people.worker, 'nonsense'],
      [people.colleague, token],
    ] as const) {
      const result = await chat.submit(caller(who), with_, threeAnswers);
      expect(result).toMatchObject({ kind: 'refused', text: expect.stringContaining('niets bewaard') as string });
    }
    expect(await count()).toBe(before);
  });

  it('refuses a form left open for a day, saying so', async () => {
    const reply = await chat.command(caller(people.worker), 'signaal', '');
    const token = reply.kind === 'form' ? reply.form.token : '';
    const opened = town.clock.now;
    town.clock.now = new Date(opened.getTime() + 24 * 3_600_000);
    const result = await chat.submit(caller(people.worker), token, threeAnswers);
    town.clock.now = opened;
    expect(result).toMatchObject({ kind: 'refused', text: expect.stringContaining('te lang open') as string });
  });

  it('understands a neighbourhood that was typed, and says which it does not know', async () => {
    const signal = await town.file(people.worker, { neighbourhoods: ['Dampoor'] });
    expect(signal.ownerId).toBe(people.otherRegisseur.id);
    const result = await town.submitForm(people.worker, { ...threeAnswers, neighbourhoods: ['Antwerpen'] });
    expect(result.kind === 'again' && result.errors['neighbourhoods']).toContain('Antwerpen');
  });

  it('gives a city-wide signal to the coordinator, and refuses city-wide together with a neighbourhood', async () => {
    const signal = await town.file(people.worker, { neighbourhoods: ['city-wide'] });
    expect(signal).toMatchObject({ cityWide: true, ownerId: people.coordinator.id, route: { rule: 'city_wide' } });
    const both = await town.submitForm(people.worker, {
      ...threeAnswers,
      neighbourhoods: ['city-wide', neighbourhoods.rabot],
    });
    expect(both.kind).toBe('again');
  });

  it('lets the regisseurs of the other neighbourhoods follow, and the coordinator when it is acute', async () => {
    const signal = await town.file(people.worker, {
      neighbourhoods: [neighbourhoods.dampoort, neighbourhoods.rabot],
      acute: true,
    });
    expect(signal.ownerId).toBe(people.otherRegisseur.id);
    const follows = await db.delivery.findMany({
      where: { municipalityId, key: { startsWith: `follow:${signal.id}` } },
      include: { channel: true },
    });
    expect(new Set(follows.map(({ channel }) => channel?.ownerId))).toEqual(
      new Set([people.regisseur.id, people.coordinator.id]),
    );
  });

  it('lets nobody file by the administrator’s role alone', async () => {
    const reply = await chat.command(caller(people.administrator), 'signaal', '');
    expect(wordsOf(reply)).toContain('beheerder');
  });

  it('counts references per year of the town’s own clock, without gaps, under concurrency', async () => {
    town.clock.now = new Date('2026-12-31T23:30:00Z'); // half past midnight in Brussels: 2027
    const signals = await Promise.all(Array.from({ length: 20 }, () => town.file(people.worker)));
    town.clock.now = new Date('2026-03-10T09:00:00Z');
    const expected = Array.from({ length: 20 }, (_, index) => `T-2027-${String(index + 1).padStart(4, '0')}`);
    expect(signals.map(({ reference }) => reference).toSorted()).toEqual(expected);
  });

  it('keeps all of 200 filings at once, each with its own reference', async () => {
    const before = await count();
    const signals = await Promise.all(Array.from({ length: 200 }, () => town.file(people.worker)));
    expect(new Set(signals.map(({ reference }) => reference)).size).toBe(200);
    expect(await count()).toBe(before + 200);
  });
});
