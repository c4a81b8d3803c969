import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { Forum } from '../../src/storage/database.js';
import { openTestDatabase } from '../support/open-test-database.js';
import { openTown, TOWN_NOW, wordsOf } from '../support/town.js';
import { forumsOf } from './forum-town.js';

const database = await openTestDatabase();
const { db } = database;
const town = await openTown(database);
const { chat, caller, municipalityId, people } = town;
const { act, answer, answerOf, latest, owed, plan, press, tryPlan } = forumsOf(town, db);
afterAll(() => town.stop());

beforeEach(() => {
  town.clock.now = TOWN_NOW;
});

describe('planning a forum', () => {
  it('invites everyone who may file, once, and shows it in the channels', async () => {
    const forum = await plan(people.regisseur);
    expect(forum).toMatchObject({ title: 'Welzijnsforum', minutes: 120, capacity: null, sequence: 0 });
    expect(forum.startsAt.toISOString()).toBe('2026-06-18T12:00:00.000Z');
    const invited = await owed(`forum:${forum.id}:`);
    expect(invited).toHaveLength(5);
    expect(invited.join()).not.toContain(people.administrator.id);
    expect(await owed(`forum-channel:${forum.id}:`)).toHaveLength(3);
  });

  it('is for regisseurs and the coordinator alone', async () => {
    for (const person of [people.worker, people.administrator]) {
      expect(wordsOf(await press(person, 'forums.plan'))).toContain('alleen regisseurs');
    }
    expect((await press(people.coordinator, 'forums.plan')).kind).toBe('form');
  });

  it('says what is wrong at its field, and writes nothing', async () => {
    const before = await db.forum.count({ where: { municipalityId } });
    const wrong: [object, string][] = [
      [{ on: '2026-03-09' }, 'on'],
      [{ on: '2026-06-31' }, 'on'],
      [{ on: '' }, 'on'],
      [{ at: '25:00' }, 'at'],
      [{ place: '', online: '' }, 'place'],
      [{ online: 'http://meet.example.be' }, 'online'],
      [{ capacity: '0' }, 'capacity'],
      [{ capacity: 'veel' }, 'capacity'],
      [{ title: 'Over Rudi, rijksregister 85.07.30-033.28' }, 'title'],
    ];
    for (const [values, field] of wrong) {
      const result = await tryPlan(people.regisseur, { ...values });
      expect(result, field).toMatchObject({ kind: 'again', errors: { [field]: expect.any(String) } });
    }
    expect(await db.forum.count({ where: { municipalityId } })).toBe(before);
  });

  it('sent twice plans one', async () => {
    const reply = await press(people.regisseur, 'forums.plan');
    if (reply.kind !== 'form') throw new Error('No form.');
    const values = { title: 'Dubbel', on: '2026-09-10', at: '10:00', hours: '2', place: 'Hier' };
    const results = await Promise.all([
      chat.submit(caller(people.regisseur), reply.form.token, values),
      chat.submit(caller(people.regisseur), reply.form.token, values),
    ]);
    expect(results.map(({ kind }) => kind)).toEqual(['done', 'done']);
    expect(await db.forum.count({ where: { municipalityId, title: 'Dubbel' } })).toBe(1);
  });
});

describe('seats', () => {
  const small = () => plan(people.regisseur, { title: 'Klein forum', capacity: '1' });

  it('who is too late waits, and gets the seat that is given back, and hears of it', async () => {
    const forum = await small();
    expect(wordsOf(await answer(people.worker, forum, true))).toContain('Je komt');
    expect(wordsOf(await answer(people.colleague, forum, true))).toContain('wachtlijst');
    expect(wordsOf(await answer(people.worker, forum, false))).toContain('Je komt niet');
    expect(await answerOf(people.colleague, forum)).toBe('coming');
    expect(await owed(`forum-seat:${forum.id}:`)).toHaveLength(1);
  });

  it('asking twice keeps one’s place in the row', async () => {
    const forum = await small();
    await answer(people.coordinator, forum, true);
    await answer(people.worker, forum, true);
    town.clock.now = new Date(TOWN_NOW.getTime() + 60_000);
    await answer(people.colleague, forum, true);
    await answer(people.worker, forum, true);
    await answer(people.coordinator, forum, false);
    expect(await answerOf(people.worker, forum)).toBe('coming');
    expect(await answerOf(people.colleague, forum)).toBe('waiting');
  });

  it('of everyone at once who wants the last seat one gets it', async () => {
    const forum = await small();
    const all = [people.worker, people.colleague, people.regisseur, people.otherRegisseur, people.coordinator];
    await Promise.all(all.map((person) => answer(person, forum, true)));
    const answers = await Promise.all(all.map((person) => answerOf(person, forum)));
    expect(answers.filter((given) => given === 'coming')).toHaveLength(1);
    expect(answers.filter((given) => given === 'waiting')).toHaveLength(4);
  });

  it('a larger room lets in who waits', async () => {
    const forum = await small();
    await answer(people.worker, forum, true);
    await answer(people.colleague, forum, true);
    const result = await act(people.regisseur, 'forums.change', forum, {
      title: forum.title,
      on: '2026-06-18',
      at: '14:00',
      place: 'Grote zaal',
      capacity: '10',
    });
    expect(wordsOf(result)).toContain('Gewijzigd');
    expect(await answerOf(people.colleague, forum)).toBe('coming');
  });
});

describe('changing and calling off', () => {
  const change = { title: 'Welzijnsforum', on: '2026-06-25', at: '14:00', place: 'Buurthuis, zaal 1' };

  it('tells who comes of another day, and nobody else', async () => {
    const forum = await plan(people.regisseur);
    await answer(people.worker, forum, true);
    await act(people.regisseur, 'forums.change', forum, change);
    expect(await owed(`forums.moved:${forum.id}:`)).toEqual([`forums.moved:${forum.id}:1:${people.worker.id}`]);
    expect((await latest()).sequence).toBe(1);
  });

  it('of two who change it at once the second is told', async () => {
    const forum = await plan(people.regisseur);
    const form = async (person: typeof people.regisseur) =>
      press(person, 'forums.change', { forumId: forum.id, seen: 0 });
    const [one, other] = [await form(people.regisseur), await form(people.coordinator)];
    if (one.kind !== 'form' || other.kind !== 'form') throw new Error('No form.');
    expect((await chat.submit(caller(people.regisseur), one.form.token, change)).kind).toBe('done');
    const second = await chat.submit(caller(people.coordinator), other.form.token, change);
    expect(wordsOf(second)).toContain('Iemand anders wijzigde');
  });

  it('called off, it can no longer be answered, and who would come reads why', async () => {
    const forum = await plan(people.regisseur);
    await answer(people.worker, forum, true);
    expect(wordsOf(await act(people.regisseur, 'forums.cancel', forum, { why: 'De zaal is niet vrij.' }))).toContain(
      'gaat niet door',
    );
    expect(await owed(`forums.cancelled:${forum.id}:`)).toHaveLength(1);
    expect(wordsOf(await answer(people.colleague, forum, true))).toContain('gaat niet door');
    expect(wordsOf(await act(people.regisseur, 'forums.cancel', forum, { why: 'Nog eens.' }))).toContain(
      'gaat niet door',
    );
  });

  it('once it has begun nothing about coming changes any more', async () => {
    const forum = await plan(people.regisseur, { on: '2026-03-12' });
    town.clock.now = new Date('2026-03-12T14:00:00Z');
    expect(wordsOf(await answer(people.worker, forum, true))).toContain('begonnen of voorbij');
    expect(wordsOf(await act(people.regisseur, 'forums.cancel', forum, { why: 'Te laat.' }))).toContain('begonnen');
  });
});

describe('what it is about', () => {
  let forum: Forum;
  beforeEach(async () => {
    forum = await plan(people.regisseur);
  });
  const topics = () => db.forumTopic.findMany({ where: { municipalityId, forumId: forum.id }, orderBy: { id: 'asc' } });

  it('anyone who may file puts a signal or a theme forward, one of both, and a signal once', async () => {
    const signal = await town.file(people.worker);
    expect(wordsOf(await act(people.colleague, 'forums.suggest', forum, { signal: signal.id }))).toContain(
      'Voorgesteld',
    );
    expect(await act(people.worker, 'forums.suggest', forum, { signal: signal.id })).toMatchObject({
      kind: 'again',
      errors: { signal: expect.stringContaining('staat al') },
    });
    for (const values of [{}, { signal: signal.id, theme: 'Allebei' }]) {
      expect(await act(people.worker, 'forums.suggest', forum, values)).toMatchObject({
        errors: { theme: expect.any(String) },
      });
    }
    expect(await act(people.worker, 'forums.suggest', forum, { theme: 'Bel An op 0475 12 34 56' })).toMatchObject({
      errors: { theme: expect.any(String) },
    });
    expect(wordsOf(await press(people.administrator, 'forums.suggest', { forumId: forum.id }))).toContain(
      'wie signalen mag melden',
    );
    expect(await topics()).toHaveLength(1);
  });

  it('a signal of another municipality does not exist here', async () => {
    const elsewhere = await openTown(database, 'ELDERS');
    const foreign = await elsewhere.file(elsewhere.people.worker);
    expect(await act(people.worker, 'forums.suggest', forum, { signal: foreign.id })).toMatchObject({
      errors: { signal: expect.any(String) },
    });
    await elsewhere.stop();
  });

  it('everyone has three votes, and can give them anew', async () => {
    for (const theme of ['Een', 'Twee', 'Drie', 'Vier']) await act(people.worker, 'forums.suggest', forum, { theme });
    const ids = (await topics()).map(({ id }) => id);
    expect(await act(people.worker, 'forums.vote', forum, { topics: ids })).toMatchObject({
      errors: { topics: expect.stringContaining('3 stemmen') },
    });
    await act(people.worker, 'forums.vote', forum, { topics: ids.slice(0, 3) });
    await act(people.worker, 'forums.vote', forum, { topics: ids.slice(3) });
    expect(
      await db.forumVote.findMany({
        where: { municipalityId, personId: people.worker.id, topic: { forumId: forum.id } },
      }),
    ).toHaveLength(1);
  });

  it('the agenda follows the votes, and the owner of a chosen signal is asked to take the step', async () => {
    const signal = await town.file(people.worker);
    await town.step(people.regisseur, signal.id, 'in_review');
    await town.step(people.regisseur, signal.id, 'accepted');
    await act(people.worker, 'forums.suggest', forum, { theme: 'Een thema' });
    await act(people.worker, 'forums.suggest', forum, { signal: signal.id });
    const [theme, chosen] = await topics();
    await act(people.colleague, 'forums.vote', forum, { topics: [chosen?.id ?? ''] });
    await act(people.coordinator, 'forums.agenda', forum, { topics: [theme?.id ?? '', chosen?.id ?? ''] });
    const after = new Map((await topics()).map(({ id, position }) => [id, position]));
    expect(after.get(chosen?.id ?? '')).toBe(1);
    expect(after.get(theme?.id ?? '')).toBe(2);
    expect(await owed(`forum-chosen:${forum.id}:`)).toEqual([`forum-chosen:${forum.id}:${signal.id}`]);
    expect(wordsOf(await town.step(people.regisseur, signal.id, 'on_agenda'))).not.toContain('refused');
    expect((await town.signal(signal.id)).status).toBe('on_agenda');
  });
});

describe('after the forum', () => {
  it('a solution track stands with its signals, and their filers hear of it, and of the report once', async () => {
    const signal = await town.file(people.worker);
    const forum = await plan(people.regisseur, { on: '2026-03-12' });
    await answer(people.colleague, forum, true);
    await answer(people.otherRegisseur, forum, true);
    expect(wordsOf(await act(people.regisseur, 'forums.report', forum, { report: 'Te vroeg.' }))).toContain(
      'nog niet begonnen',
    );
    town.clock.now = new Date('2026-03-12T16:00:00Z');
    await act(people.regisseur, 'forums.attendance', forum, { present: [people.colleague.id] });
    const track = { title: 'Samen inkopen', text: 'De diensten kopen samen in.', signals: [signal.id] };
    expect(wordsOf(await act(people.regisseur, 'forums.track', forum, track))).toContain('genoteerd');
    const entry = await db.timelineEntry.findFirstOrThrow({
      where: { municipalityId, signalId: signal.id, kind: 'solution_track' },
    });
    expect(entry).toMatchObject({ visibility: 'public', text: 'Samen inkopen\nDe diensten kopen samen in.' });
    expect(await owed(`step:${entry.id}:`)).toEqual([`step:${entry.id}:${people.worker.id}`]);

    expect(
      wordsOf(await act(people.regisseur, 'forums.report', forum, { report: 'We spraken over inkopen.' })),
    ).toContain('vertrekt');
    expect(await owed(`forum-report:${forum.id}:`)).toEqual(
      [people.worker.id, people.colleague.id].toSorted().map((id) => `forum-report:${forum.id}:${id}`),
    );
    expect(wordsOf(await act(people.regisseur, 'forums.report', forum, { report: 'Nog eens.' }))).toContain(
      'al verstuurd',
    );
  });

  it('a track becomes an action of whoever takes it on, for each open signal, with a day to come', async () => {
    const [open, ended] = [await town.file(people.worker), await town.file(people.worker)];
    await town.step(people.regisseur, ended.id, 'in_review');
    await town.step(people.regisseur, ended.id, 'declined');
    const forum = await plan(people.regisseur, { on: '2026-03-12' });
    town.clock.now = new Date('2026-03-12T16:00:00Z');
    const track = { title: 'Zitdag', text: 'Een zitdag.', signals: [open.id, ended.id], owner: people.colleague.id };
    expect(await act(people.regisseur, 'forums.track', forum, { ...track, due: '2026-03-11' })).toMatchObject({
      errors: { due: expect.any(String) },
    });
    expect(
      await act(people.regisseur, 'forums.track', forum, { ...track, signals: [], due: '2026-05-01' }),
    ).toMatchObject({
      errors: { signals: expect.any(String) },
    });
    expect(wordsOf(await act(people.regisseur, 'forums.track', forum, { ...track, due: '2026-05-01' }))).toContain(
      'genoteerd',
    );
    const tasks = await db.task.findMany({ where: { municipalityId, assigneeId: people.colleague.id } });
    expect(tasks.map(({ what, signalId }) => [what, signalId])).toEqual([['Zitdag', open.id]]);
  });

  it('a track about a signal that does not exist writes nothing', async () => {
    const forum = await plan(people.regisseur, { on: '2026-03-12' });
    town.clock.now = new Date('2026-03-12T16:00:00Z');
    const result = await act(people.regisseur, 'forums.track', forum, {
      title: 'Zonder',
      text: 'Zonder signaal.',
      signals: ['01890000-0000-7000-8000-000000000000'],
    });
    expect(result).toMatchObject({ kind: 'again', errors: { signals: expect.any(String) } });
    expect(await db.solutionTrack.count({ where: { municipalityId, forumId: forum.id } })).toBe(0);
  });
});

describe('guests', () => {
  it('are invited by mail without becoming workers, once however often they are named', async () => {
    const forum = await plan(people.regisseur);
    const mail = 'An Peeters <An.Peeters@voorbeeld.be>\n\nJos Maes <jos@voorbeeld.be>';
    expect(wordsOf(await act(people.regisseur, 'forums.guests', forum, { mail }))).toContain('2 mensen');
    expect(wordsOf(await act(people.regisseur, 'forums.guests', forum, { mail }))).toContain('2 mensen');
    const guests = await db.person.findMany({ where: { municipalityId, accounts: { some: { platform: 'mail' } } } });
    expect(guests.map(({ name, roles }) => [name, roles]).toSorted()).toEqual([
      ['An Peeters', []],
      ['Jos Maes', []],
    ]);
    expect(await owed(`forum:${forum.id}:`)).toHaveLength(7);
    expect(wordsOf(await press(people.coordinator, 'forums.manage', { forumId: forum.id }))).toContain('An Peeters');
  });

  it('a line that is no name with an address is named', async () => {
    const forum = await plan(people.regisseur);
    expect(
      await act(people.regisseur, 'forums.guests', forum, { mail: 'An <an@voorbeeld.be>\nzomaar iets' }),
    ).toMatchObject({
      errors: { mail: expect.stringContaining('Regel 2') },
    });
    expect(await act(people.regisseur, 'forums.guests', forum, {})).toMatchObject({
      errors: { people: expect.any(String) },
    });
  });
});

describe('the command', () => {
  it('shows the next forum with one’s own answer, in both languages', async () => {
    const forum = await plan(people.regisseur, { title: 'Eerstvolgend', on: '2026-03-11' });
    await answer(people.worker, forum, true);
    expect(wordsOf(await chat.command(caller(people.worker), 'signaal', 'forum'))).toContain('Je komt. Tot dan!');
    await db.person.update({
      where: { municipalityId_id: { municipalityId, id: people.worker.id } },
      data: { locale: 'en', localeChosen: true },
    });
    expect(wordsOf(await chat.command(caller(people.worker), 'signaal', 'forum'))).toContain(
      'You are coming. See you then!',
    );
    expect((await chat.command(caller(people.regisseur), 'signaal', 'forum plan')).kind).toBe('form');
  });

  it('one’s own page has the dates, for who may file', async () => {
    const home = async (person: typeof people.worker) => JSON.stringify((await chat.home(caller(person))).parts);
    expect(await home(people.colleague)).toContain('Eerstvolgend, 11 mrt 2026 om 14:00: nog niet geantwoord');
    expect(await home(people.administrator)).not.toContain('Eerstvolgend');
  });

  it('never puts more than six buttons on a card', async () => {
    const reply = await chat.command(caller(people.regisseur), 'signaal', 'forum');
    if (reply.kind !== 'card') throw new Error('No card.');
    const buttons = reply.card.parts.flatMap((part) => (part.kind === 'buttons' ? part.buttons : []));
    expect(buttons.length).toBeLessThanOrEqual(6);
  });
});
