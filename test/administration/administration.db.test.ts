import { afterAll, describe, expect, it } from 'vitest';
import { openTestDatabase } from '../support/open-test-database.js';
import { openTown, wordsOf } from '../support/town.js';

const database = await openTestDatabase();
const { db } = database;
const town = await openTown(database);
const { people, municipalityId, chat, caller } = town;
afterAll(() => town.stop());

const beheer = async (person = people.administrator) =>
  wordsOf(await chat.command(caller(person), 'signaal', 'beheer'));
const failAll = (failure: string) =>
  db.delivery.updateMany({ where: { municipalityId, status: 'waiting' }, data: { status: 'failed', failure } });

describe('the administrator', () => {
  it('hears that everything was delivered when nothing is owed', async () => {
    expect(await beheer()).toContain('Alles is afgeleverd');
  });

  it('sees what failed, to whom and why, and nothing of the signal', async () => {
    const signal = await town.file(people.worker, { title: 'Wachtlijst bij de kinderopvang' });
    await failAll('channel_not_found');
    const seen = await beheer();
    expect(seen).toContain('0 wachten, 2 zijn mislukt');
    expect(seen).toContain('Kaart van een signaal aan #Regisseur Een');
    expect(seen).toContain('channel_not_found');
    expect(seen).not.toContain('Wachtlijst');
    expect(seen).not.toContain(signal.reference);
  });

  it('tries one again, or all, and is told when somebody was first', async () => {
    const [failed] = await db.delivery.findMany({ where: { municipalityId, status: 'failed' } });
    const press = (action: string, payload: object) => chat.press(caller(people.administrator), action, payload);
    const before = await town.queue.size();
    expect(wordsOf(await press('administration.retry', { deliveryId: failed?.id }))).toContain('Eén bericht');
    expect(wordsOf(await press('administration.retry', { deliveryId: failed?.id }))).toContain('intussen');
    expect(wordsOf(await press('administration.retry-all', {}))).toContain('Eén bericht');
    expect(await town.queue.size()).toBe(before + 2);
    expect(await db.delivery.count({ where: { municipalityId, status: 'failed' } })).toBe(0);
  });

  it('is told in the help and the greeting of no command that is not theirs', async () => {
    const { administrator, worker } = people;
    const help = async (person = administrator) => wordsOf(await chat.command(caller(person), 'signaal', 'help'));
    const theirs = ['/signaal beheer', '/signaal instellingen', '/regisseur rabot'];
    const others = ['/signaal [wat je ziet]', '/signaal mijn', '/signaal zoek', '/signaal volg', '/signaal concepten'];
    for (const usage of theirs) expect(await help()).toContain(usage);
    for (const usage of others) {
      expect(await help()).not.toContain(usage);
      expect(await help(worker)).toContain(usage);
    }
    expect(await help()).not.toContain('Voor het eerst een signaal melden?');
    expect(JSON.stringify(await chat.welcome(caller(administrator), 'hallo'))).not.toContain('je eigen signalen');
  });

  it('is the only one who may, and reads no signals by that role', async () => {
    for (const person of [people.worker, people.regisseur, people.coordinator]) {
      expect(await beheer(person)).toContain('voor de beheerder');
      expect(wordsOf(await chat.press(caller(person), 'administration.retry-all', {}))).toContain('voor de beheerder');
    }
    const signal = await town.file(people.worker);
    for (const text of [`status ${signal.reference}`, 'zoek woning', 'mijn']) {
      expect(wordsOf(await chat.command(caller(people.administrator), 'signaal', text))).toContain('Als beheerder');
    }
    const timeline = await chat.press(caller(people.administrator), 'signals.timeline', {
      signalId: signal.id,
      seen: 1,
    });
    expect(wordsOf(timeline)).not.toContain(signal.title);
  });
});
