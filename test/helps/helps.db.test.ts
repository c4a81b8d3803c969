import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { MunicipalitySettings } from '../../src/municipality/municipality-settings.js';
import { openTestDatabase } from '../support/open-test-database.js';
import { owedMessages, readMessage, wordsOn, type Owed } from '../support/read-messages.js';
import { openTown, TOWN_NOW, wordsOf } from '../support/town.js';

const database = await openTestDatabase();
const { db } = database;
const town = await openTown(database);
const { people, municipalityId, chat, caller } = town;
afterAll(() => town.stop());

const settle = (settings: object) =>
  db.municipality.update({ where: { id: municipalityId }, data: { settings: MunicipalitySettings.parse(settings) } });
const questions = async (signalId: string) =>
  (await owedMessages(db, municipalityId, 'helps.question')).filter(
    ({ params }) => (params as { signalId: string }).signalId === signalId,
  );
const entries = (signalId: string) =>
  db.timelineEntry.findMany({
    where: { municipalityId, signalId, kind: { in: ['helps', 'helps_not', 'reopened'] } },
    orderBy: [{ at: 'asc' }, { id: 'asc' }],
  });
/** Presses a button of the question, as this person. */
async function press(
  person: (typeof people)['worker'],
  message: Owed | undefined,
  action: 'helps.yes' | 'helps.no',
  text?: string,
) {
  const { signalId, endedOn } = message?.params as { signalId: string; endedOn: string };
  const reply = await chat.press(caller(person), action, { signalId, endedOn });
  return reply.kind === 'form' ? chat.submit(caller(person), reply.form.token, { text }) : reply;
}

/** Filed by the worker, with another of the colleague merged into it, and closed on Tuesday 10 March. */
async function closedSignal(filer = people.worker) {
  const { id } = await town.file(filer);
  await town.step(people.regisseur, id, 'in_review');
  await town.step(people.regisseur, id, 'accepted');
  await town.step(people.regisseur, id, 'closed', { text: 'De dienst opent ook op zaterdag.' });
  return town.signal(id);
}

beforeEach(async () => {
  await settle({});
  // The clock goes back with every test.
  await db.scheduleMark.deleteMany({ where: { municipalityId } });
  town.clock.now = TOWN_NOW;
});

describe('“helpt dit?”', () => {
  it('is asked once of every filer, of merged signals too, two weeks after the end on a working morning', async () => {
    const other = await town.file(people.colleague);
    await town.step(people.regisseur, other.id, 'in_review');
    const { id, reference } = await town.file(people.worker);
    await town.step(people.regisseur, other.id, 'merged', { reference });
    await town.step(people.regisseur, id, 'in_review');
    await town.step(people.regisseur, id, 'accepted');
    await town.step(people.regisseur, id, 'resolved', { text: 'Het loket is open.' });
    await town.tickAt('2026-03-24T07:59:00Z');
    expect(await questions(id)).toEqual([]);
    await town.tickAt('2026-03-24T08:00:00Z');
    await Promise.all([town.tickAt('2026-03-24T08:01:00Z'), town.tickAt('2026-03-25T08:00:00Z')]);
    const asked = await questions(id);
    expect(asked.map(({ personId }) => personId).sort()).toEqual([people.worker.id, people.colleague.id].sort());
    const card = asked[0] ? await readMessage(db, town, asked[0]) : null;
    expect(wordsOn(card)).toMatch(/sinds 10 maart 2026 op ‘opgelost’.*Ja, dit helpt.*Nee, dit helpt niet/);
    expect(asked[0] && wordsOn(await readMessage(db, town, asked[0], 'en'))).toContain('Yes, this helps');
  });

  it('yes is thanked for and recorded; a second press and somebody else change nothing', async () => {
    const { id } = await closedSignal();
    await town.tickAt('2026-03-24T08:00:00Z');
    const [asked] = await questions(id);
    expect(wordsOf(await press(people.colleague, asked, 'helps.yes'))).toContain('voor wie het signaal meldde');
    expect(wordsOf(await press(people.worker, asked, 'helps.yes'))).toContain('Dank je wel');
    expect(wordsOf(await press(people.worker, asked, 'helps.yes'))).toContain('al op');
    expect(wordsOf(await press(people.worker, asked, 'helps.no', 'Toch niet.'))).toContain('al op');
    expect((await entries(id)).map(({ kind, visibility }) => [kind, visibility])).toEqual([['helps', 'filers']]);
    const card = asked ? await readMessage(db, town, asked) : null;
    expect(wordsOn(card)).toContain('Je antwoordde: ja');
    expect(wordsOn(card)).not.toContain('helps.yes');
  });

  it('no, with a reason, tells whoever follows it, who can reopen it with a press', async () => {
    const { id } = await closedSignal();
    await town.tickAt('2026-03-24T08:00:00Z');
    const [asked] = await questions(id);
    expect(await press(people.worker, asked, 'helps.no', '')).toMatchObject({ kind: 'again' });
    const phone = await press(people.worker, asked, 'helps.no', 'Bel 0470 12 34 56 voor de uitleg.');
    expect(phone).toMatchObject({
      kind: 'again',
      errors: { text: expect.stringContaining('telefoonnummer') as string },
    });
    const done = await press(people.worker, asked, 'helps.no', 'De wachtlijst is even lang gebleven.');
    expect(wordsOf(done)).toContain('laat je weten wat er nog kan');
    expect((await town.signal(id)).status).toBe('closed');
    const told = (await owedMessages(db, municipalityId, 'helps.told')).filter(
      ({ params }) => (params as { signalId: string }).signalId === id,
    );
    expect(told.map(({ personId }) => personId)).toEqual([people.regisseur.id]);
    const words = told[0] ? wordsOn(await readMessage(db, town, told[0])) : '';
    expect(words).toMatch(/dit helpt niet.*De wachtlijst is even lang gebleven.*Heropenen/);
    await town.step(people.regisseur, id, 'in_review', { text: 'We kijken opnieuw.' });
    expect((await town.signal(id)).status).toBe('in_review');
  });

  it('no reopens where the municipality says so; the reason stays between filer and owner', async () => {
    await settle({ filersMayReopen: true });
    const { id } = await closedSignal();
    await town.tickAt('2026-03-24T08:00:00Z');
    const [asked] = await questions(id);
    expect(wordsOf(await press(people.worker, asked, 'helps.no', 'De wachtlijst is even lang.'))).toContain(
      'is heropend',
    );
    const signal = await town.signal(id);
    expect([signal.status, signal.clockFrom.toISOString().slice(0, 10)]).toEqual(['in_review', '2026-03-24']);
    expect((await entries(id)).map(({ kind, visibility, text }) => [kind, visibility, text])).toEqual([
      ['helps_not', 'filers', 'De wachtlijst is even lang.'],
      ['reopened', 'public', 'Een melder laat weten dat dit nog niet helpt.'],
    ]);
    // Ended again, asked again.
    await town.step(people.regisseur, id, 'declined');
    await town.tickAt('2026-04-07T07:00:00Z');
    expect(await questions(id)).toHaveLength(2);
  });

  it('is over when the signal goes on meanwhile', async () => {
    const { id } = await closedSignal();
    await town.tickAt('2026-03-24T08:00:00Z');
    const [asked] = await questions(id);
    await town.step(people.regisseur, id, 'in_review', { text: 'We kijken opnieuw.' });
    expect(wordsOf(await press(people.worker, asked, 'helps.yes'))).toContain('loopt intussen verder');
    expect(asked && wordsOn(await readMessage(db, town, asked))).toContain('je hoeft niets te antwoorden');
    expect(await entries(id)).toHaveLength(1);
  });

  it('is not asked where the municipality does not want it, of demo signals, nor of what ended long ago', async () => {
    await settle({ helps: { afterDays: 'never' } });
    const silent = await closedSignal();
    await town.tickAt('2026-03-24T08:00:00Z');
    expect(await questions(silent.id)).toEqual([]);
    await settle({});
    await db.signal.update({ where: { municipalityId_id: { municipalityId, id: silent.id } }, data: { demo: true } });
    town.clock.now = TOWN_NOW;
    const old = await closedSignal();
    await town.tickAt('2026-12-01T08:00:00Z');
    expect([await questions(silent.id), await questions(old.id)]).toEqual([[], []]);
  });
});
