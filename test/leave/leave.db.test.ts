import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { FormValues } from '../../src/chat/form.js';
import { findActingOwner } from '../../src/routing/find-acting-owner.js';
import type { Person } from '../../src/storage/database.js';
import { deliverAll, readCard, sentTo } from '../support/deliver-all.js';
import { openTestDatabase } from '../support/open-test-database.js';
import { openTown, TOWN_NOW, wordsOf } from '../support/town.js';

const database = await openTestDatabase();
const { db } = database;
const town = await openTown(database);
const { chat, caller, people, municipalityId } = town;
const { regisseur, otherRegisseur, coordinator, worker } = people;
afterAll(() => town.stop());

/** TOWN_NOW is Tuesday 10 March. */
const WEEK: FormValues = { from: '2026-03-12', until: '2026-03-20', replacement: otherRegisseur.id };

const submit = async (person: Person, values: FormValues) => {
  const reply = await chat.command(caller(person), 'regisseur', 'verlof');
  if (reply.kind !== 'form') return reply;
  return chat.submit(caller(person), reply.form.token, { person: person.id, ...values });
};
const change = async (person: Person, values: FormValues) => {
  const { id } = await db.leave.findFirstOrThrow({ where: { municipalityId } });
  const reply = await chat.press(caller(person), 'leave.change', { value: id });
  if (reply.kind !== 'form') throw new Error(wordsOf(reply));
  return chat.submit(caller(person), reply.form.token, values);
};
const errorsOf = (result: Awaited<ReturnType<typeof submit>>) => {
  if (result.kind !== 'again') throw new Error(`Not sent back: ${wordsOf(result)}`);
  return result.errors;
};
const away = async (person: Person, text = 'afwezig') => wordsOf(await chat.command(caller(person), 'regisseur', text));
const arrive = () => deliverAll(database, town);

beforeEach(async () => {
  await db.leave.deleteMany({ where: { municipalityId } });
  await db.scheduleMark.deleteMany({ where: { municipalityId } });
  await db.signal.updateMany({ where: { municipalityId }, data: { status: 'closed' } });
  await db.person.updateMany({ where: { municipalityId }, data: { active: true } });
  town.clock.now = TOWN_NOW;
  await arrive();
});

describe('reporting leave', () => {
  it('tells who stands in and the coordinator once, and shows in everybody’s overview', async () => {
    const done = await submit(regisseur, { ...WEEK, note: 'Het overleg van woensdag gaat door.' });
    expect(wordsOf(done)).toContain(
      'Regisseur Een is met verlof van 12 maart 2026 tot en met 20 maart 2026. Regisseur Twee vervangt en weet het.',
    );
    const arrived = await arrive();
    expect(sentTo(otherRegisseur, arrived)).toHaveLength(1);
    expect(sentTo(otherRegisseur, arrived)[0]).toContain(
      'Jij vervangt: in die tijd kan je alle signalen van Regisseur Een',
    );
    expect(sentTo(otherRegisseur, arrived)[0]).toContain('Het overleg van woensdag gaat door.');
    expect(sentTo(coordinator, arrived)).toHaveLength(1);
    expect(sentTo(regisseur, arrived)).toEqual([]);
    expect(await arrive()).toEqual([]);
    for (const reader of [regisseur, otherRegisseur, coordinator]) {
      expect(await away(reader)).toContain('Regisseur Een: 12 maart 2026 tot en met 20 maart 2026');
    }
    expect(readCard(await chat.home(caller(regisseur)))).toContain('Regisseur Een: 12 maart 2026');
    expect(await away(regisseur)).toContain('leave.change');
    expect(await away(otherRegisseur), 'not theirs to change').not.toContain('leave.change');
  });

  it('is done in English too', async () => {
    await db.person.update({
      where: { municipalityId_id: { municipalityId, id: coordinator.id } },
      data: { locale: 'en' },
    });
    await submit(regisseur, WEEK);
    expect(sentTo(coordinator, await arrive())[0]).toContain(
      'Regisseur Een is on leave from 12 March 2026 until 20 March 2026',
    );
    expect(await away(coordinator, 'away')).toContain('stands in: Regisseur Twee');
    await db.person.update({
      where: { municipalityId_id: { municipalityId, id: coordinator.id } },
      data: { locale: null },
    });
  });

  it('may be done by the coordinator for somebody, who hears of it; by nobody else', async () => {
    const refused = await submit(otherRegisseur, { ...WEEK, person: regisseur.id, replacement: coordinator.id });
    expect(wordsOf(refused)).toContain('Voor iemand anders doet de coördinator dat.');
    expect((await submit(coordinator, { ...WEEK, person: regisseur.id })).kind).toBe('done');
    const arrived = await arrive();
    expect(sentTo(regisseur, arrived)[0]).toContain('Coördinator meldde dit.');
    expect(sentTo(otherRegisseur, arrived)).toHaveLength(1);
    expect(sentTo(coordinator, arrived)).toEqual([]);
  });

  it('is not for a worker, who reads where to look', async () => {
    expect(wordsOf(await chat.command(caller(worker), 'regisseur', 'verlof'))).toContain('Alleen regisseurs');
    expect(await away(worker)).toContain('Alleen regisseurs');
    const forged = await chat.press(caller(worker), 'leave.take', {});
    expect(forged.kind).toBe('card');
  });

  it.each([
    ['a day gone by', { from: '2026-03-09' }, 'from', 'Die dag is voorbij'],
    ['an end before its beginning', { until: '2026-03-11' }, 'until', 'komt voor de eerste'],
    ['more than a year', { until: '2027-06-01' }, 'until', 'meer dan een jaar'],
    ['oneself to stand in', { replacement: regisseur.id }, 'replacement', 'zichzelf niet vervangen'],
    ['a worker to stand in', { replacement: worker.id }, 'replacement', 'volgt hier geen signalen op'],
    ['nobody to stand in', { replacement: crypto.randomUUID() }, 'replacement', 'volgt hier geen signalen op'],
    ['a day that is none', { from: 'morgen' }, 'from', 'geen geldige datum'],
  ])('says what is wrong with %s, and keeps nothing', async (_what, wrong, field, words) => {
    expect(errorsOf(await submit(regisseur, { ...WEEK, ...wrong }))[field]).toContain(words);
    expect(await db.leave.count({ where: { municipalityId } })).toBe(0);
  });

  it('refuses leave on top of leave, and somebody to stand in who is away or gone', async () => {
    await submit(regisseur, WEEK);
    const again = errorsOf(await submit(regisseur, { ...WEEK, from: '2026-03-20', until: '2026-03-25' }));
    expect(again['from']).toContain('Er is al verlof van 12 maart 2026 tot en met 20 maart 2026');
    const theirs = errorsOf(await submit(otherRegisseur, { ...WEEK, from: '2026-03-15', replacement: regisseur.id }));
    expect(theirs['replacement']).toContain('Regisseur Een is zelf weg');
    await db.person.update({
      where: { municipalityId_id: { municipalityId, id: regisseur.id } },
      data: { active: false },
    });
    const gone = errorsOf(
      await submit(otherRegisseur, { from: '2026-06-01', until: '2026-06-02', replacement: regisseur.id }),
    );
    expect(gone['replacement']).toContain('(of niet meer)');
  });

  it('says at once when who goes away was standing in for somebody', async () => {
    await submit(regisseur, WEEK);
    const done = await submit(otherRegisseur, { ...WEEK, replacement: coordinator.id });
    expect(wordsOf(done)).toContain('Regisseur Twee vervangt in die tijd zelf Regisseur Een.');
  });

  it('never leaves a coordinator’s signals to nobody', async () => {
    expect(errorsOf(await submit(coordinator, { ...WEEK, replacement: '' }))['replacement']).toContain(
      'Kies wie vervangt',
    );
    expect((await submit(coordinator, WEEK)).kind).toBe('done');
  });

  it('is written once when two report it at once, and when the form is sent twice', async () => {
    const results = await Promise.all([
      submit(regisseur, WEEK),
      submit(coordinator, { ...WEEK, person: regisseur.id }),
    ]);
    expect(results.map(({ kind }) => kind).toSorted()).toEqual(['again', 'done']);
    expect(await db.leave.count({ where: { municipalityId } })).toBe(1);
    await db.leave.deleteMany({ where: { municipalityId } });
    const reply = await chat.command(caller(regisseur), 'regisseur', 'verlof');
    if (reply.kind !== 'form') throw new Error('no form');
    const twice = await Promise.all([1, 2].map(() => chat.submit(caller(regisseur), reply.form.token, WEEK)));
    expect(twice.map(({ kind }) => kind)).toEqual(['done', 'done']);
    expect(await db.leave.count({ where: { municipalityId } })).toBe(1);
  });

  it('holds no details of clients', async () => {
    const result = errorsOf(await submit(regisseur, { ...WEEK, note: 'Bel 0470 12 34 56 terug.' }));
    expect(Object.values(result).join(' ')).toMatch(/telefoonnummer|nummer/);
  });
});

describe('while somebody is away', () => {
  it('who stands in gets the new signals and may act on the others; the cards show it from the first day to the last', async () => {
    const signal = await town.file(worker);
    await submit(regisseur, WEEK);
    const wanted = async () =>
      (await db.delivery.findFirstOrThrow({ where: { municipalityId, key: `card:${signal.id}` } })).wanted;
    const before = await wanted();
    expect(wordsOf(await town.step(otherRegisseur, signal.id, 'in_review'))).toContain('Regisseur Een');
    await town.tickAt('2026-03-12T00:00:00Z');
    expect(await wanted(), 'drawn again on the first day').toBe(before + 1);
    await town.tickAt('2026-03-12T00:01:00Z');
    expect(await wanted(), 'once').toBe(before + 1);
    expect(await findActingOwner(db, await town.municipality(), regisseur.id, town.clock.now)).toBe(otherRegisseur.id);
    expect(wordsOf(await town.step(otherRegisseur, signal.id, 'in_review'))).toContain('staat nu op');
    expect((await town.file(worker)).ownerId).toBe(otherRegisseur.id);
    const stepped = await wanted();
    await town.tickAt('2026-03-20T23:05:00Z');
    expect(await wanted(), 'drawn again after the last day').toBe(stepped + 1);
    expect(wordsOf(await town.step(otherRegisseur, signal.id, 'accepted'))).toContain('Regisseur Een');
  });

  it('tells who stands in on the first working morning, and both when it is over, each once', async () => {
    await town.file(worker);
    // From a Saturday to a Sunday.
    await submit(regisseur, { ...WEEK, from: '2026-03-14', until: '2026-03-22' });
    await arrive();
    await town.tickAt('2026-03-14T10:00:00Z');
    expect(sentTo(otherRegisseur, await arrive()), 'not on a Saturday').toEqual([]);
    await town.tickAt('2026-03-16T08:05:00Z');
    await town.tickAt('2026-03-16T08:06:00Z');
    const started = sentTo(otherRegisseur, await arrive());
    expect(started).toHaveLength(1);
    expect(started[0]).toContain('Vanaf vandaag vervang je Regisseur Een');
    await town.tickAt('2026-03-23T08:05:00Z');
    await town.tickAt('2026-03-23T08:06:00Z');
    const ended = await arrive();
    for (const reader of [regisseur, otherRegisseur]) {
      const words = sentTo(reader, ended).filter((text) => text.includes('is voorbij'));
      expect(words).toHaveLength(1);
      expect(words[0]).toContain('Het verlof van Regisseur Een is voorbij');
    }
  });
});

describe('changing leave', () => {
  it('ends it sooner or gives it to another colleague; who stood in hears so too', async () => {
    await submit(regisseur, WEEK);
    await arrive();
    const changed = await change(regisseur, { until: '2026-03-13', replacement: coordinator.id });
    expect(wordsOf(changed)).toContain('tot en met 13 maart 2026. Coördinator vervangt en weet het.');
    const arrived = await arrive();
    expect(sentTo(otherRegisseur, arrived)[0]).toContain('Het verlof van Regisseur Een is gewijzigd');
    expect(sentTo(otherRegisseur, arrived)[0]).toContain('Coördinator vervangt.');
    expect(sentTo(coordinator, arrived)[0]).toContain('Jij vervangt');
    expect((await change(regisseur, { until: '2026-03-13', replacement: coordinator.id })).kind).toBe('done');
    expect(await arrive(), 'nothing changed: nobody hears').toEqual([]);
  });

  it('cancels it, and everything is as before', async () => {
    const signal = await town.file(worker);
    await submit(regisseur, { ...WEEK, from: '2026-03-10' });
    expect(wordsOf(await town.step(otherRegisseur, signal.id, 'in_review'))).toContain('staat nu op');
    await arrive();
    expect(wordsOf(await change(regisseur, { until: '2026-03-20', replacement: '', cancel: true }))).toContain(
      'is geschrapt',
    );
    expect(sentTo(otherRegisseur, await arrive())[0]).toContain('gaat niet door');
    expect(wordsOf(await town.step(otherRegisseur, signal.id, 'accepted'))).toContain('Regisseur Een');
    await town.tickAt('2026-03-12T10:00:00Z');
    expect(sentTo(otherRegisseur, await arrive()).filter((text) => text.includes('verva'))).toEqual([]);
  });

  it('is refused to others, and when it is gone', async () => {
    await submit(regisseur, WEEK);
    expect(wordsOf(await change(otherRegisseur, { until: '2026-03-13', replacement: '' }))).toContain('de coördinator');
    const { id } = await db.leave.findFirstOrThrow({ where: { municipalityId } });
    const open = await chat.press(caller(regisseur), 'leave.change', { value: id });
    if (open.kind !== 'form') throw new Error('no form');
    await change(coordinator, { until: '2026-03-20', replacement: '', cancel: true });
    const late = await chat.submit(caller(regisseur), open.form.token, { until: '2026-03-13', replacement: '' });
    expect(wordsOf(late)).toContain('Dit verlof is er niet meer');
  });

  it('ends no sooner than today', async () => {
    await submit(regisseur, WEEK);
    town.clock.now = new Date('2026-03-16T09:00:00Z');
    expect(errorsOf(await change(regisseur, { until: '2026-03-15', replacement: '' }))['until']).toContain(
      'Die dag is voorbij',
    );
    expect((await change(regisseur, { until: '2026-03-16', replacement: otherRegisseur.id })).kind).toBe('done');
  });
});
