import { afterAll, describe, expect, it } from 'vitest';
import type { Person } from '../../src/storage/database.js';
import { openTestDatabase } from '../support/open-test-database.js';
import { readMessage } from '../support/read-messages.js';
import { openTown, TOWN_NOW, wordsOf } from '../support/town.js';

const database = await openTestDatabase();
const { db } = database;
const town = await openTown(database);
const { people, municipalityId, chat, caller } = town;
afterAll(() => town.stop());

const GIVEN = { what: 'De scholen samenbrengen.', due: '2026-03-12' };
const taken = async () => {
  const signal = await town.file(people.worker);
  await town.step(people.regisseur, signal.id, 'in_review');
  return signal;
};
const give = async (assignee: Person, more: Record<string, string> = {}) => {
  const signal = await taken();
  const result = await town.act(people.regisseur, 'tasks.give', signal.id, {
    ...GIVEN,
    assignee: assignee.id,
    ...more,
  });
  const task = await db.task.findFirst({ where: { municipalityId, signalId: signal.id } });
  return { signal, result, taskId: task?.id ?? '' };
};
const finish = async (person: Person, taskId: string, outcome = 'Ze kwamen samen.') => {
  const reply = await chat.press(caller(person), 'tasks.finish', { value: taskId });
  return reply.kind === 'form' ? chat.submit(caller(person), reply.form.token, { outcome }) : reply;
};
const mine = async (person: Person) => wordsOf(await chat.command(caller(person), 'signaal', 'taken'));

describe('an action somebody takes on', () => {
  it('stands in their list and on their own page, and is done with a word on what came of it', async () => {
    const { signal, taskId } = await give(people.colleague);
    expect(await mine(people.colleague)).toContain(GIVEN.what);
    expect(await mine(people.colleague)).toContain('12 maart 2026');
    expect(JSON.stringify(await chat.home(caller(people.colleague)))).toContain(GIVEN.what);
    expect(await mine(people.worker)).toContain('geen open taken');
    const told = await db.delivery.findMany({ where: { municipalityId, view: 'tasks.given', key: `task:${taskId}` } });
    expect(told.map(({ personId }) => personId)).toEqual([people.colleague.id]);
    expect(wordsOf(await finish(people.colleague, taskId))).toContain('afgerond');
    expect(await mine(people.colleague)).not.toContain('12 maart 2026');
    const forTriage = wordsOf(await chat.command(caller(people.coordinator), 'signaal', `status ${signal.reference}`));
    expect(forTriage).toContain('INTERN · taak afgerond');
    const forFiler = wordsOf(await chat.command(caller(people.worker), 'signaal', `status ${signal.reference}`));
    expect(forFiler).not.toContain(GIVEN.what);
  });

  it('is refused at its field with a day gone by, with somebody who left, and with client data', async () => {
    const gone = await db.person.create({
      data: { municipalityId, name: 'Vertrokken Werker', roles: ['worker'], active: false },
    });
    const past = (await give(people.colleague, { due: '2026-03-09' })).result;
    expect(past.kind === 'again' && past.errors['due']).toContain('voorbij');
    const left = (await give(gone)).result;
    expect(left.kind === 'again' && left.errors['assignee']).toContain('werkt hier niet meer');
    const data = (await give(people.colleague, { what: 'Bel 0470 12 34 56.' })).result;
    expect(data.kind === 'again' && data.errors['what']).toContain('telefoonnummer');
  });

  it('is finished by who took it on, the lead or who follows the signal, once, and by nobody else', async () => {
    const { signal, taskId } = await give(people.colleague);
    expect(wordsOf(await finish(people.worker, taskId))).toContain('niet van jou');
    expect(wordsOf(await finish(people.otherRegisseur, taskId))).toContain('niet van jou');
    await town.act(people.regisseur, 'tasks.lead', signal.id, { lead: people.worker.id });
    const [one, other] = await Promise.all([finish(people.worker, taskId), finish(people.colleague, taskId)]);
    const words = [wordsOf(one), wordsOf(other)];
    expect(words.filter((text) => text.includes('is afgerond'))).toHaveLength(1);
    expect(words.filter((text) => text.includes('al afgerond'))).toHaveLength(1);
  });

  it('that is over its day brings one reminder the next working day, to who took it on and who follows', async () => {
    const { taskId } = await give(people.colleague, { due: '2026-03-13' });
    const reminders = () =>
      db.delivery.findMany({ where: { municipalityId, key: { startsWith: `task-late:${taskId}:` } } });
    await town.tickAt('2026-03-14T12:00:00Z');
    expect(await reminders(), 'a Saturday').toEqual([]);
    await town.tickAt('2026-03-16T09:00:00Z');
    await town.tickAt('2026-03-17T09:00:00Z');
    expect((await reminders()).map(({ personId }) => personId).toSorted()).toEqual(
      [people.colleague.id, people.regisseur.id].toSorted(),
    );
    expect(await mine(people.colleague)).toContain('TE LAAT');
    town.clock.now = TOWN_NOW;
  });

  it('that was finished in time brings none', async () => {
    const { taskId } = await give(people.colleague, { due: '2026-03-18' });
    await finish(people.colleague, taskId);
    await town.tickAt('2026-03-20T09:00:00Z');
    expect(await db.delivery.count({ where: { municipalityId, key: { startsWith: `task-late:${taskId}:` } } })).toBe(0);
    town.clock.now = TOWN_NOW;
  });
});

describe('the lead', () => {
  it('can be a colleague, who is told, or an organisation; the filers hear who it is', async () => {
    const signal = await taken();
    await town.act(people.regisseur, 'tasks.lead', signal.id, { lead: people.colleague.id });
    expect(await town.signal(signal.id)).toMatchObject({ leadId: people.colleague.id, leadName: null });
    const told = await db.delivery.findMany({ where: { municipalityId, view: 'tasks.lead-told' } });
    expect(told.map(({ personId }) => personId)).toContain(people.colleague.id);
    await town.act(people.regisseur, 'tasks.lead', signal.id, { lead: 'Welzijnszorg' });
    expect(await town.signal(signal.id)).toMatchObject({ leadId: null, leadName: 'Welzijnszorg' });
    const status = wordsOf(await chat.command(caller(people.worker), 'signaal', `status ${signal.reference}`));
    expect(status).toContain('Trekker: Werker Twee');
    expect(status).toContain('Trekker: Welzijnszorg');
  });

  it('gives actions to people of their own organisation, and sees only those', async () => {
    const signal = await taken();
    const friend = await db.person.create({
      data: { municipalityId, name: 'Buur Vier', roles: ['worker'], organisation: 'de gezondheidspost' },
    });
    await town.act(people.regisseur, 'tasks.lead', signal.id, { lead: people.colleague.id });
    const offered = await chat.suggest(caller(people.colleague), 'tasks.people', '');
    expect(offered.map(({ value }) => value).toSorted()).toEqual([people.colleague.id, friend.id].toSorted());
    const given = await town.act(people.colleague, 'tasks.give', signal.id, { ...GIVEN, assignee: friend.id });
    expect(given.kind).toBe('done');
    const other = await town.act(people.colleague, 'tasks.give', signal.id, { ...GIVEN, assignee: people.worker.id });
    expect(other.kind === 'again' && other.errors['assignee']).toContain('mensen van je eigen organisatie');
    expect(await db.task.count({ where: { municipalityId, signalId: signal.id } })).toBe(1);
    const told = await db.delivery.findFirstOrThrow({
      where: {
        municipalityId,
        view: 'tasks.lead-told',
        personId: people.colleague.id,
        params: { equals: { signalId: signal.id } },
      },
    });
    const card = await readMessage(db, town, { ...told, personId: people.colleague.id });
    expect(JSON.stringify(card)).toContain('Geef iemand een taak');
    const stranger = await town.act(people.worker, 'tasks.give', signal.id, { ...GIVEN, assignee: people.worker.id });
    expect(wordsOf(stranger)).toContain('volgt');
    expect(await chat.suggest(caller(people.administrator), 'tasks.people', 'Werker')).toEqual([]);
  });

  it('offers what was typed as an organisation, beside colleagues', async () => {
    const offered = await chat.suggest(caller(people.regisseur), 'tasks.leads', 'Werker');
    expect(offered.map(({ label }) => label)).toEqual([
      'Werker Een (Het Buurthuis)',
      'Werker Twee (De Gezondheidspost)',
      'Werker (organisatie zonder account)',
    ]);
  });

  it('and one action come with the step to action, and stand in that colleague’s list', async () => {
    const signal = await taken();
    await town.step(people.regisseur, signal.id, 'accepted');
    await town.step(people.regisseur, signal.id, 'in_action', {
      lead: people.colleague.id,
      action: 'Een infomoment per school.',
      due: '2026-05-01',
    });
    expect(await town.signal(signal.id)).toMatchObject({ status: 'in_action', leadId: people.colleague.id });
    expect(await mine(people.colleague)).toContain('Een infomoment per school.');
  });
});
