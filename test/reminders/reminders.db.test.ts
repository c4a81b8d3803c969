import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { MunicipalitySettings } from '../../src/municipality/municipality-settings.js';
import { openTestDatabase } from '../support/open-test-database.js';
import { owedMessages, readMessage, wordsOn } from '../support/read-messages.js';
import { openTown, TOWN_NOW, wordsOf } from '../support/town.js';

const database = await openTestDatabase();
const { db } = database;
const town = await openTown(database);
const { people, municipalityId } = town;
afterAll(() => town.stop());

/** Nine in the morning, winter and summer time. */
const nine = (day: string) => `${day}T0${day >= '2026-03-29' && day < '2026-10-25' ? 7 : 8}:00:00Z`;

const reminders = async (signalId: string) =>
  (await owedMessages(db, municipalityId, 'reminders.reminder')).filter(
    ({ params }) => (params as { signalId: string }).signalId === signalId,
  );
const who = (messages: { personId: string | null }[]) =>
  messages.map(({ personId }) => Object.entries(people).find(([, { id }]) => id === personId)?.[0]);
const settle = (settings: object) =>
  db.municipality.update({
    where: { id: municipalityId },
    data: { settings: MunicipalitySettings.parse(settings) },
  });

beforeEach(async () => {
  // Every signal of earlier tests is at rest.
  await db.signal.updateMany({ where: { municipalityId }, data: { neverRemind: true } });
  await settle({});
  // The clock goes back with every test.
  await db.scheduleMark.deleteMany({ where: { municipalityId } });
  town.clock.now = new Date(TOWN_NOW.getTime() - 60_000);
  await town.tickAt(TOWN_NOW);
});

describe('a signal that nobody takes up', () => {
  it('reminds its regisseur on the morning of the fifth working day, then the coordinator, each once', async () => {
    const { id } = await town.file(people.worker);
    await town.tickAt('2026-03-17T07:59:00Z');
    expect(await reminders(id)).toEqual([]);
    await town.tickAt(nine('2026-03-17'));
    await town.tickAt('2026-03-17T08:01:00Z');
    expect(who(await reminders(id))).toEqual(['regisseur']);
    await town.tickAt(nine('2026-03-18'));
    await town.tickAt(nine('2026-04-30'));
    const all = await reminders(id);
    expect(who(all)).toEqual(['regisseur', 'coordinator']);
    expect(all.map(({ params }) => (params as { late: string }).late)).toEqual(['', '']);
  });

  it('says what to do, with a button for the next step and two to put it off, in both languages', async () => {
    const { id, reference } = await town.file(people.worker);
    await town.tickAt(nine('2026-03-17'));
    const [first] = await reminders(id);
    if (!first) throw new Error('No reminder');
    const card = await readMessage(db, town, first);
    expect(card?.summary).toBe(`Herinnering: ${reference} · Gezinnen vinden geen betaalbare woning`);
    expect(wordsOn(card)).toMatch(
      /kwam binnen op 10 maart 2026 .*Vandaag is de laatste dag.*Neem op.*Volgende week opnieuw.*Anders uitstellen/,
    );
    expect(wordsOn(await readMessage(db, town, first, 'en'))).toMatch(/Today is the last day.*Again next week/);
    await town.tickAt(nine('2026-03-18'));
    const [, second] = await reminders(id);
    if (!second) throw new Error('No second reminder');
    expect(wordsOn(await readMessage(db, town, second))).toContain(
      'Regisseur Een kreeg hiervoor op 17 maart 2026 een herinnering',
    );
  });

  it('reminds nobody once it is taken up, and starts the next clock', async () => {
    const { id } = await town.file(people.worker);
    await town.step(people.regisseur, id, 'in_review');
    await town.tickAt(nine('2026-04-06'));
    expect(await reminders(id)).toEqual([]);
    await town.tickAt(nine('2026-04-08'));
    expect(who(await reminders(id))).toEqual(['regisseur']);
    const [first] = await reminders(id);
    expect(first && wordsOn(await readMessage(db, town, first))).toContain(
      'staat sinds 10 maart 2026 op ‘in onderzoek’',
    );
    await town.step(people.regisseur, id, 'accepted');
    await town.tickAt(nine('2026-04-15'));
    expect(await reminders(id), 'the coordinator need not hear').toHaveLength(1);
    expect(first && (await readMessage(db, town, first))?.parts.length).toBeGreaterThan(0);
  });

  it('comes once with many replicas and after an outage, then saying that it is late', async () => {
    const { id } = await town.file(people.worker);
    await town.tickAt('2026-03-16T12:00:00Z');
    // Three days without a running program.
    await Promise.all([town.tickAt('2026-03-19T12:00:00Z'), town.tickAt('2026-03-19T12:00:00Z')]);
    const all = await reminders(id);
    expect(who(all).sort()).toEqual(['coordinator', 'regisseur']);
    const toOwner = all.find(({ personId }) => personId === people.regisseur.id);
    expect(toOwner && wordsOn(await readMessage(db, town, toOwner))).toContain(
      'later dan gepland: het was bedoeld voor 17 mrt 2026 om 09:00',
    );
  });
});

describe('who is reminded', () => {
  it('is the replacement while the regisseur is on leave', async () => {
    const { id } = await town.file(people.worker);
    await db.leave.create({
      data: {
        municipalityId,
        personId: people.regisseur.id,
        replacementId: people.otherRegisseur.id,
        from: new Date('2026-03-16'),
        until: new Date('2026-03-20'),
      },
    });
    await town.tickAt(nine('2026-03-17'));
    expect(who(await reminders(id))).toEqual(['otherRegisseur']);
    await db.leave.deleteMany({ where: { municipalityId } });
  });

  it('is the coordinator where the regisseur is gone', async () => {
    const { id } = await town.file(people.worker);
    const key = { municipalityId_id: { municipalityId, id: people.regisseur.id } };
    await db.person.update({ where: key, data: { active: false } });
    await town.tickAt(nine('2026-03-17'));
    expect(who(await reminders(id))).toEqual(['coordinator']);
    await db.person.update({ where: key, data: { active: true } });
  });

  it('is nobody for the invented signals of the demo, and nobody where the municipality wants none', async () => {
    const demo = await town.file(people.worker);
    await db.signal.update({ where: { municipalityId_id: { municipalityId, id: demo.id } }, data: { demo: true } });
    await town.tickAt(nine('2026-03-17'));
    expect(await reminders(demo.id)).toEqual([]);
    await settle({ acknowledgement: { workingDays: 'never' } });
    town.clock.now = TOWN_NOW;
    const { id } = await town.file(people.worker);
    await town.tickAt(nine('2026-04-17'));
    expect(await reminders(id)).toEqual([]);
  });
});

describe('a change of the deadlines', () => {
  it('counts at once, without a word of lateness and without a second reminder', async () => {
    const { id } = await town.file(people.worker);
    await town.tickAt('2026-03-16T11:59:00Z');
    await settle({ acknowledgement: { workingDays: 2 } });
    await town.tickAt('2026-03-16T12:00:00Z');
    const now = await reminders(id);
    expect(who(now).sort(), 'both its days lie behind').toEqual(['coordinator', 'regisseur']);
    expect(now.map(({ params }) => (params as { late: string }).late)).toEqual(['', '']);
    await settle({ closingDays: ['2026-03-12'] });
    await town.tickAt(nine('2026-03-18'));
    expect(await reminders(id)).toHaveLength(2);
  });
});

describe('an agreed date', () => {
  it('reminds on the working day after it, and again from a new date after a step', async () => {
    const { id } = await town.file(people.worker);
    await town.step(people.regisseur, id, 'in_review');
    await town.step(people.regisseur, id, 'accepted');
    await town.step(people.regisseur, id, 'on_agenda', { meeting: 'Welzijnsforum', on: '2026-03-20' });
    await town.tickAt(nine('2026-03-20'));
    expect(await reminders(id)).toEqual([]);
    await town.tickAt(nine('2026-03-23'));
    const [first] = await reminders(id);
    expect(first && wordsOn(await readMessage(db, town, first))).toContain('De bijeenkomst was op 20 maart 2026');
    await town.step(people.regisseur, id, 'in_action', { lead: 'OCMW', action: 'Een infomoment.', due: '2026-03-27' });
    await town.tickAt(nine('2026-03-30'));
    expect(who(await reminders(id))).toEqual(['regisseur', 'regisseur']);
    await town.act(people.regisseur, 'signals.correct-status', id, { text: 'De actie begon nog niet.' });
    expect((await town.signal(id)).agreedOn, 'of the meeting again').toEqual(new Date('2026-03-20'));
  });
});

describe('putting a reminder off', () => {
  it('by a week is one press, by a form any day or never; it stands on the card and for triage on the timeline', async () => {
    const { id, reference } = await town.file(people.worker);
    await town.tickAt(nine('2026-03-17'));
    const done = await town.act(people.regisseur, 'reminders.week', id);
    expect(wordsOf(done)).toContain(`Voor ${reference} krijg je geen herinnering voor 24 maart 2026`);
    await town.tickAt(nine('2026-03-23'));
    expect(who(await reminders(id)), 'the coordinator neither').toEqual(['regisseur']);
    await town.tickAt(nine('2026-03-24'));
    expect(who(await reminders(id))).toEqual(['regisseur', 'regisseur']);
    const card = (await owedMessages(db, municipalityId, 'signals.card')).find(({ key }) => key === `card:${id}`);
    const words = card && wordsOn(await readMessage(db, town, card));
    expect(words).toContain('17 maart 2026 (te laat) · herinnering uitgesteld tot 24 maart 2026');
    const never = await town.act(people.regisseur, 'reminders.snooze', id, { how: 'never' });
    expect(wordsOf(never)).toContain('geen herinnering meer, tot de volgende stap');
    await town.tickAt(nine('2026-05-20'));
    expect(await reminders(id)).toHaveLength(2);
    const entries = await db.timelineEntry.findMany({ where: { municipalityId, signalId: id, kind: 'snoozed' } });
    expect(entries.map(({ visibility, personId }) => [visibility, personId])).toEqual([
      ['internal', people.regisseur.id],
      ['internal', people.regisseur.id],
    ]);
    await town.step(people.regisseur, id, 'in_review');
    await town.tickAt(nine('2026-06-30'));
    expect((await reminders(id)).length, 'the next step starts them again').toBeGreaterThan(2);
  });

  it.each([
    [{ how: 'date' }, 'Kies de datum'],
    [{ how: 'date', until: '2026-03-10' }, 'voorbij of vandaag'],
    [{ how: 'date', until: '2028-01-01' }, 'meer dan een jaar'],
  ])('%o is refused at the field', async (values, said) => {
    const { id } = await town.file(people.worker);
    const result = await town.act(people.regisseur, 'reminders.snooze', id, values);
    expect(result).toMatchObject({ kind: 'again', errors: { until: expect.stringContaining(said) as string } });
  });

  it('is for who follows the signal, while it runs', async () => {
    const { id } = await town.file(people.worker);
    for (const person of [people.worker, people.otherRegisseur, people.administrator]) {
      expect(wordsOf(await town.act(person, 'reminders.week', id))).toContain('volgt Regisseur Een op');
      expect(wordsOf(await town.act(person, 'reminders.snooze', id))).toContain('volgt Regisseur Een op');
    }
    await town.step(people.regisseur, id, 'in_review');
    await town.step(people.regisseur, id, 'declined');
    expect(wordsOf(await town.act(people.regisseur, 'reminders.week', id))).toContain('kan niet vanuit');
    expect((await town.signal(id)).snoozedUntil).toBeNull();
  });
});

describe('something acute', () => {
  it('goes to the regisseur’s and the coordinator’s channel at once, and its reminders do not wait for quiet hours', async () => {
    const { id } = await town.file(people.worker, { acute: true });
    const channels = await db.channel.findMany({ where: { municipalityId } });
    const owners = (
      await db.delivery.findMany({ where: { municipalityId, key: { contains: id }, channelId: { not: null } } })
    )
      .map(({ channelId }) => channels.find((channel) => channel.id === channelId)?.ownerId)
      .sort();
    expect(owners).toEqual([people.regisseur.id, people.coordinator.id].sort());
    await town.tickAt(nine('2026-03-17'));
    const row = await db.delivery.findFirstOrThrow({
      where: { municipalityId, view: 'reminders.reminder', key: { contains: id } },
    });
    expect(row.urgent).toBe(true);
    expect(wordsOn(await readMessage(db, town, row))).toContain('‼ DRINGEND');
  });
});
