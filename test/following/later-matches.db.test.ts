import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { Person } from '../../src/storage/database.js';
import { deliverAll, sentTo } from '../support/deliver-all.js';
import { openTestDatabase } from '../support/open-test-database.js';
import { openTown } from '../support/town.js';

const database = await openTestDatabase();
const { db } = database;
const town = await openTown(database);
const { chat, caller, people, municipalityId } = town;
const { worker, colleague, regisseur, coordinator } = people;
afterAll(() => town.stop());

const followWords = async (person: Person, words: string) => {
  await chat.command(caller(person), 'signaal', `volg ${words}`);
  town.clock.now = new Date(town.clock.now.getTime() + 60_000);
};
const told = async (person: Person) =>
  sentTo(person, await deliverAll(database, town)).filter((text) => text.includes('volgt'));
const reword = (signalId: string, description: string) =>
  town.act(regisseur, 'signals.correct-text', signalId, {
    title: 'Gezinnen vinden geen betaalbare woning',
    description,
    why: 'Zo is het duidelijker.',
  });

beforeEach(async () => {
  await deliverAll(database, town);
  await db.follow.deleteMany({ where: { municipalityId } });
});

describe('who follows words', () => {
  it('hears of a signal that comes to hold them later, once, and reads why', async () => {
    const signal = await town.file(worker);
    await followWords(colleague, 'schimmel');
    await followWords(coordinator, 'fietsen');
    expect(await told(colleague)).toEqual([]);
    await reword(signal.id, 'De woningen zitten vol schimmel.');
    const arrived = await told(colleague);
    expect(arrived).toHaveLength(1);
    expect(arrived[0]).toContain('het gaat nu ook over wat je volgt, ‘schimmel’');
    expect(arrived[0]).toContain('De woningen zitten vol schimmel.');
    expect(arrived[0], 'nobody reads who filed it').not.toMatch(/Werker Een|Buurthuis/);
    await reword(signal.id, 'De woningen zitten vol schimmel en vocht.');
    expect(await told(colleague)).toEqual([]);
    expect(await told(coordinator)).toEqual([]);
  });

  it('does not hear again of what was new to them when it came in', async () => {
    await followWords(colleague, 'huurprijzen');
    const signal = await town.file(worker);
    expect(await told(colleague)).toHaveLength(1);
    await reword(signal.id, 'De huurprijzen stijgen sneller.');
    expect(await told(colleague)).toEqual([]);
  });

  it('hears of a filer’s own change too, the filer does not', async () => {
    const signal = await town.file(worker);
    await followWords(colleague, 'verwarming');
    await followWords(worker, 'verwarming');
    const form = await chat.press(caller(worker), 'signals.amend', { signalId: signal.id, seen: 1 });
    if (form.kind !== 'form') throw new Error('no form');
    const done = await chat.submit(caller(worker), form.form.token, {
      title: signal.title,
      description: 'Er is geen verwarming.',
      statement: true,
    });
    expect(done.kind).toBe('done');
    expect(await told(colleague)).toHaveLength(1);
    expect(await told(worker)).toEqual([]);
  });
});

it('a part that is split off is news to who follows its words or its neighbourhood, once', async () => {
  const signal = await town.file(worker);
  await town.step(regisseur, signal.id, 'in_review');
  await followWords(colleague, 'wachtlijst');
  await followWords(coordinator, 'rabot');
  await deliverAll(database, town);
  await town.act(regisseur, 'links.split', signal.id, {
    title1: 'De wachtlijst van het loket',
    description1: 'Wie aanklopt, wacht weken.',
    why: 'Het zijn twee zaken.',
  });
  const arrived = await deliverAll(database, town);
  for (const reader of [colleague, coordinator]) {
    const news = sentTo(reader, arrived).filter((text) => text.includes('Nieuw signaal. Je volgt'));
    expect(news, reader.name).toHaveLength(1);
    expect(news[0]).toContain('De wachtlijst van het loket');
  }
  expect(await told(colleague)).toEqual([]);
});
