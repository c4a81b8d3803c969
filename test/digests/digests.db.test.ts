import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { Person } from '../../src/storage/database.js';
import { deliverAll, readCard, sentTo } from '../support/deliver-all.js';
import { openTestDatabase } from '../support/open-test-database.js';
import { openTown, wordsOf } from '../support/town.js';

const database = await openTestDatabase();
const { db } = database;
const town = await openTown(database);
const { chat, caller, people, municipalityId, neighbourhoods } = town;
const { worker, colleague, regisseur, otherRegisseur, coordinator, administrator } = people;
afterAll(() => town.stop());

const command = (person: Person, text: string) => chat.command(caller(person), 'signaal', text);
const set = (person: Person, data: { digestDay?: number | null; digestAt?: number | null }) =>
  db.person.update({ where: { municipalityId_id: { municipalityId, id: person.id } }, data });

/** Weeks go by from test to test: each starts on the Friday before a Monday's digests. */
let week = 0;
const moment = (iso: string) => new Date(Date.parse(iso) + week * 7 * 24 * 3_600_000).toISOString();
const FRIDAY = '2026-04-03T10:00:00Z';
/** Half past eight in the town. */
const MONDAY = '2026-04-06T06:30:00Z';
const monday = () => moment(MONDAY);

/** Everything that the digests of this moment bring about. */
async function tickAt(at: string) {
  await town.tickAt(at);
  return deliverAll(database, town);
}

beforeEach(async () => {
  week += 1;
  await db.tellChoice.deleteMany({ where: { municipalityId } });
  await db.follow.deleteMany({ where: { municipalityId } });
  await db.signal.updateMany({ where: { municipalityId }, data: { status: 'closed' } });
  for (const person of Object.values(people)) await set(person, { digestDay: null, digestAt: null });
  await tickAt(moment(FRIDAY));
});

const isDigest = (words: string) => words.includes('Weekoverzicht');
const digestsOf = (person: Person, arrived: Awaited<ReturnType<typeof tickAt>>) =>
  sentTo(person, arrived).filter(isDigest);

describe('a regisseur’s digest', () => {
  it('comes on Monday at half past eight with what came in, what waits and what is late, each with its link', async () => {
    const late = await town.file(worker, { title: 'Wachtlijst kinderopvang' });
    await tickAt(moment('2026-04-10T10:00:00Z'));
    week += 1;
    const waiting = await town.file(worker, { title: 'Te weinig tolken' });
    await tickAt(monday());
    await tickAt(moment('2026-04-09T10:00:00Z'));
    const fresh = await town.file(worker, { title: 'Verborgen armoede' });
    week += 1;
    const [words = ''] = digestsOf(regisseur, await tickAt(monday()));
    expect(words).toContain('Weekoverzicht van mijn signalen');
    for (const { reference, title } of [late, waiting, fresh]) {
      expect(words).toContain(`http://127.0.0.1:3000/signalen/${reference}`);
      expect(words).toContain(title);
    }
    expect(words).toContain('te laat');
    expect(words).toContain('Eén nieuw signaal');
  });

  it('takes a signal up with a button on it', async () => {
    const signal = await town.file(worker);
    await tickAt(monday());
    week += 1;
    const arrived = await tickAt(monday());
    const card = arrived.find(({ to, card }) => to === regisseur.id && isDigest(readCard(card)))?.card;
    const button = card?.parts
      .flatMap((part) => (part.kind === 'buttons' ? part.buttons : []))
      .find(({ label }) => label === `Neem ${signal.reference} op`);
    if (!button) throw new Error(`No such button: ${card ? readCard(card) : 'no digest'}`);
    await chat.press(caller(regisseur), button.action, button.payload);
    expect(await town.signal(signal.id)).toMatchObject({ status: 'in_review' });
  });

  it('is not sent when there is nothing in it', async () => {
    expect((await tickAt(monday())).filter(({ card }) => isDigest(readCard(card)))).toEqual([]);
  });

  it('comes when they chose, and once, however often the clock ticks', async () => {
    await set(regisseur, { digestDay: 3, digestAt: 14 * 60 });
    await town.file(worker);
    expect(digestsOf(regisseur, await tickAt(monday()))).toEqual([]);
    const wednesday = moment('2026-04-08T12:00:00Z');
    expect(digestsOf(regisseur, await tickAt(wednesday))).toHaveLength(1);
    expect(digestsOf(regisseur, await tickAt(wednesday))).toEqual([]);
    expect(digestsOf(regisseur, await tickAt(moment('2026-04-08T12:10:00Z')))).toEqual([]);
  });

  it('is stopped in one click', async () => {
    await town.file(worker);
    const [words = ''] = digestsOf(regisseur, await tickAt(monday()));
    expect(words).toContain('Stuur me dit niet meer');
    const answer = await chat.press(caller(regisseur), 'settings.stop', { kind: 'digests.regisseur' });
    expect(wordsOf(answer)).toContain('Je krijgt dit niet meer: Weekoverzicht van mijn signalen.');
    await town.file(worker);
    week += 1;
    expect(digestsOf(regisseur, await tickAt(monday()))).toEqual([]);
  });

  it('says that it is late after an outage, and covers all of it', async () => {
    const early = await town.file(worker, { title: 'Voor de panne' });
    week += 2;
    const [words = '', ...more] = digestsOf(regisseur, await tickAt(moment('2026-04-07T09:00:00Z')));
    expect(more).toEqual([]);
    expect(words).toContain('Dit bericht komt later dan gepland');
    expect(words).toContain(early.reference);
  });

  it('goes to who replaces them while they are on leave', async () => {
    await town.file(worker);
    const until = new Date(monday().slice(0, 10));
    const leave = await db.leave.create({
      data: { municipalityId, personId: regisseur.id, from: until, until, replacementId: otherRegisseur.id },
    });
    const arrived = await tickAt(monday());
    expect(digestsOf(regisseur, arrived)).toEqual([]);
    expect(digestsOf(otherRegisseur, arrived)).toHaveLength(1);
    await db.leave.delete({ where: { municipalityId_id: { municipalityId, id: leave.id } } });
  });

  it('leaves out invented signals', async () => {
    const { id } = await town.file(worker);
    await db.signal.update({ where: { municipalityId_id: { municipalityId, id } }, data: { demo: true } });
    expect((await tickAt(monday())).filter(({ card }) => isDigest(readCard(card)))).toEqual([]);
  });
});

describe('the coordinator’s digest', () => {
  it('has every portfolio in figures', async () => {
    await town.file(worker);
    await town.file(worker, { neighbourhoods: [neighbourhoods.dampoort] });
    await town.file(worker, { neighbourhoods: [neighbourhoods.dampoort] });
    const [words = ''] = digestsOf(coordinator, await tickAt(monday()));
    expect(words).toContain('"label":"Regisseur Een","value":"1 nieuw, 0 te bekijken, 0 te laat"');
    expect(words).toContain('"label":"Regisseur Twee","value":"2 nieuw, 0 te bekijken, 0 te laat"');
  });
});

describe('a follower’s digest', () => {
  const weekly = async (...whats: string[]) => {
    for (const what of whats) await command(colleague, `volg ${what}`);
    await db.follow.updateMany({ where: { municipalityId }, data: { pace: 'weekly' } });
  };

  it('tells what their signals, neighbourhoods and words brought, and nothing at once', async () => {
    const signal = await town.file(worker, { title: 'Wachtlijst kinderopvang' });
    town.clock.now = new Date(town.clock.now.getTime() + 60_000);
    await weekly(signal.reference, 'dampoort', 'tolken');
    town.clock.now = new Date(town.clock.now.getTime() + 60_000);
    await town.step(regisseur, signal.id, 'in_review');
    await town.step(regisseur, signal.id, 'needs_info', { text: 'Om welke school gaat het?' });
    const near = await town.file(worker, { title: 'Parkeerdruk', neighbourhoods: [neighbourhoods.dampoort] });
    const about = await town.file(worker, { title: 'Te weinig tolken' });
    const other = await town.file(worker, { title: 'Iets anders' });
    expect(sentTo(colleague, await deliverAll(database, town))).toEqual([]);
    const [words = '', ...more] = digestsOf(colleague, await tickAt(monday()));
    expect(more).toEqual([]);
    expect(words).toContain(`${signal.reference} · in onderzoek → meer info gevraagd`);
    expect(words).toContain('Nieuw in Dampoort');
    expect(words).toContain('Nieuw over ‘tolken’');
    for (const { reference } of [near, about]) expect(words).toContain(reference);
    expect(words).not.toContain(other.reference);
    expect(words).not.toMatch(/Werker Een|Buurthuis|school/);
  });

  it('tells of nothing twice, not of their own signals, and is not sent when nothing happened', async () => {
    await weekly('rabot', 'huur');
    const signal = await town.file(worker);
    await town.file(colleague);
    const [words = ''] = digestsOf(colleague, await tickAt(monday()));
    expect(words.split(`${signal.reference}"`).length - 1).toBeLessThanOrEqual(2);
    expect(words).toContain('Nieuw in Rabot');
    expect(words).not.toContain('Nieuw over');
    week += 1;
    expect(digestsOf(colleague, await tickAt(monday()))).toEqual([]);
  });

  it('tells of a signal that came to hold their words later, once, and not of one that held them before', async () => {
    const later = await town.file(worker, { title: 'Gezinnen vinden geen woning' });
    const before = await town.file(worker, { title: 'Overal schimmel' });
    town.clock.now = new Date(town.clock.now.getTime() + 60_000);
    await weekly('schimmel');
    town.clock.now = new Date(town.clock.now.getTime() + 60_000);
    const reword = (signalId: string, title: string, description: string) =>
      town.act(regisseur, 'signals.correct-text', signalId, { title, description, why: 'Zo is het duidelijker.' });
    await reword(later.id, 'Gezinnen vinden geen woning', 'Wat er is, zit vol schimmel.');
    await reword(later.id, 'Gezinnen vinden geen droge woning', 'Wat er is, zit vol schimmel.');
    await reword(before.id, 'Schimmel in de woningen', 'In elke kamer.');
    expect(sentTo(colleague, await deliverAll(database, town))).toEqual([]);
    const [words = ''] = digestsOf(colleague, await tickAt(monday()));
    expect(words).toContain('Nieuw over ‘schimmel’');
    expect(words).toContain(later.reference);
    expect(words).not.toContain(before.reference);
    week += 1;
    expect(digestsOf(colleague, await tickAt(monday()))).toEqual([]);
  });

  it('follows a merged signal into the one it goes on in', async () => {
    const signal = await town.file(worker);
    const other = await town.file(worker, { title: 'De andere' });
    await weekly(signal.reference);
    town.clock.now = new Date(town.clock.now.getTime() + 60_000);
    for (const { id } of [signal, other]) await town.step(regisseur, id, 'in_review');
    await town.step(regisseur, signal.id, 'merged', { reference: other.reference });
    await town.step(regisseur, other.id, 'accepted');
    const [words = ''] = digestsOf(colleague, await tickAt(monday()));
    expect(words).toContain('De andere');
    expect(words).toContain('weerhouden');
  });

  it('is not for who reads it at once, nor for who may read no signals', async () => {
    await command(colleague, 'volg rabot');
    await db.follow.create({
      data: { municipalityId, personId: administrator.id, search: 'huur', pace: 'weekly', since: town.clock.now },
    });
    await town.file(worker);
    const arrived = await tickAt(monday());
    expect(digestsOf(colleague, arrived)).toEqual([]);
    expect(digestsOf(administrator, arrived)).toEqual([]);
  });

  it('is in English for who reads English', async () => {
    await weekly('rabot');
    const where = { municipalityId_id: { municipalityId, id: colleague.id } };
    await db.person.update({ where, data: { locale: 'en' } });
    await town.file(worker);
    const words = sentTo(colleague, await tickAt(monday())).join('');
    expect(words).toContain('Weekly overview of what I follow');
    expect(words).toContain('New in Rabot');
    await db.person.update({ where, data: { locale: null } });
  });
});

describe('both changes of the clock', () => {
  it.each([
    ['winter', '2026-10-24T12:00:00Z', '2026-10-26T07:29:00Z', '2026-10-26T07:30:00Z'],
    ['summer', '2027-03-27T12:00:00Z', '2027-03-29T06:29:00Z', '2027-03-29T06:30:00Z'],
  ])('leave it at half past eight on the wall: %s', async (_, before, tooEarly, at) => {
    await tickAt(before);
    await town.file(worker);
    expect(digestsOf(regisseur, await tickAt(tooEarly))).toEqual([]);
    expect(digestsOf(regisseur, await tickAt(at))).toHaveLength(1);
  });
});
