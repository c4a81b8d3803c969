import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { openTestDatabase } from '../support/open-test-database.js';
import { owedMessages, readMessage, wordsOn } from '../support/read-messages.js';
import { openTown, TOWN_NOW, wordsOf } from '../support/town.js';

const database = await openTestDatabase();
const { db } = database;
const town = await openTown(database);
const { people, municipalityId, chat, caller, neighbourhoods } = town;
afterAll(() => town.stop());

const key = (id: string) => ({ municipalityId_id: { municipalityId, id } });
const told = async (view: string) =>
  (await owedMessages(db, municipalityId, view)).map(({ personId, params }) => ({
    personId,
    signals: (params as { signalIds: string }).signalIds.split(' ').length,
  }));

beforeEach(async () => {
  await db.signal.updateMany({ where: { municipalityId }, data: { status: 'closed' } });
  await db.delivery.deleteMany({ where: { municipalityId, view: { startsWith: 'hand-over.' } } });
  await db.scheduleMark.deleteMany({ where: { municipalityId } });
  await db.person.updateMany({ where: { municipalityId }, data: { active: true } });
  await db.assignment.deleteMany({ where: { municipalityId, neighbourhoodId: neighbourhoods.rabot } });
  await db.assignment.create({
    data: {
      municipalityId,
      neighbourhoodId: neighbourhoods.rabot,
      personId: people.regisseur.id,
      from: new Date('2026-01-01'),
    },
  });
  town.clock.now = TOWN_NOW;
});

/** From 1 April another regisseur has the neighbourhood. */
async function reassign() {
  await db.assignment.updateMany({
    where: { municipalityId, neighbourhoodId: neighbourhoods.rabot },
    data: { until: new Date('2026-03-31') },
  });
  await db.assignment.create({
    data: {
      municipalityId,
      neighbourhoodId: neighbourhoods.rabot,
      personId: people.otherRegisseur.id,
      from: new Date('2026-04-01'),
    },
  });
}

describe('a neighbourhood that changes hands', () => {
  it('takes its open signals along on the first working morning; everybody hears once, and the cards move', async () => {
    const first = await town.file(people.worker);
    const second = await town.file(people.worker);
    const third = await town.file(people.colleague);
    await reassign();
    await town.tickAt('2026-03-31T23:00:00Z');
    expect((await town.signal(first.id)).ownerId, 'not in the night').toBe(people.regisseur.id);
    await town.tickAt('2026-04-01T07:00:00Z');
    await town.tickAt('2026-04-01T07:01:00Z');
    for (const { id } of [first, second, third]) {
      expect((await town.signal(id)).ownerId).toBe(people.otherRegisseur.id);
      expect(await db.timelineEntry.count({ where: { municipalityId, signalId: id, kind: 'transferred' } })).toBe(1);
    }
    expect(await told('hand-over.received')).toEqual([{ personId: people.otherRegisseur.id, signals: 3 }]);
    expect(await told('hand-over.given')).toEqual([{ personId: people.regisseur.id, signals: 3 }]);
    const filers = await told('hand-over.filer');
    expect(filers).toHaveLength(2);
    expect(filers).toContainEqual({ personId: people.worker.id, signals: 2 });
    expect(filers).toContainEqual({ personId: people.colleague.id, signals: 1 });
    const card = await db.delivery.findFirstOrThrow({
      where: { municipalityId, key: `card:${first.id}` },
      include: { channel: true },
    });
    expect(card.channel?.ownerId).toBe(people.otherRegisseur.id);
    const old = await db.delivery.findFirstOrThrow({
      where: { municipalityId, key: { startsWith: `moved:${first.id}` } },
    });
    expect(wordsOn(await readMessage(db, town, old))).toContain('Regisseur Twee volgt dit signaal nu op');
    const [message] = await owedMessages(db, municipalityId, 'hand-over.filer');
    expect(message && wordsOn(await readMessage(db, town, message))).toContain('Opvolging: Regisseur Twee');
    expect(message && (await readMessage(db, town, message, 'en'))?.summary).toMatch(/^Somebody else follows/);
  });

  it('leaves alone what ended, what was handed over by hand, and the demo', async () => {
    const ended = await town.file(people.worker);
    await db.signal.update({ where: key(ended.id), data: { status: 'declined' } });
    const byHand = await town.file(people.worker);
    await db.signal.update({ where: key(byHand.id), data: { route: { rule: 'transferred' } } });
    const demo = await town.file(people.worker);
    await db.signal.update({ where: key(demo.id), data: { demo: true } });
    await reassign();
    await town.tickAt('2026-04-01T07:00:00Z');
    for (const { id } of [ended, byHand, demo]) expect((await town.signal(id)).ownerId).toBe(people.regisseur.id);
    expect(await told('hand-over.received')).toEqual([]);
  });
});

describe('somebody who leaves', () => {
  it('leaves no signal behind: each goes to whoever answers for it, else to the coordinator', async () => {
    const { id } = await town.file(people.worker);
    await db.person.update({ where: key(people.regisseur.id), data: { active: false } });
    await Promise.all([town.tickAt('2026-03-10T10:00:00Z'), town.tickAt('2026-03-10T10:00:00Z')]);
    expect((await town.signal(id)).ownerId).toBe(people.coordinator.id);
    expect(await told('hand-over.received')).toEqual([{ personId: people.coordinator.id, signals: 1 }]);
    expect(await told('hand-over.given'), 'who is gone is not written to').toEqual([]);
  });

  it('can be a regisseur who is a worker again', async () => {
    const { id } = await town.file(people.worker, { neighbourhoods: [neighbourhoods.dampoort] });
    await db.person.update({ where: key(people.otherRegisseur.id), data: { roles: ['worker'] } });
    await db.assignment.deleteMany({ where: { municipalityId, personId: people.otherRegisseur.id } });
    await town.tickAt('2026-03-10T10:00:00Z');
    expect((await town.signal(id)).ownerId).toBe(people.coordinator.id);
    await db.person.update({ where: key(people.otherRegisseur.id), data: { roles: ['regisseur'] } });
  });
});

describe('/regisseur overdracht', () => {
  const open = async (person: (typeof people)['worker']) => chat.command(caller(person), 'regisseur', 'overdracht');
  const send = async (person: (typeof people)['worker'], values: Record<string, string>, confirm = false) => {
    const reply = await open(person);
    if (reply.kind !== 'form') throw new Error(wordsOf(reply));
    const first = await chat.submit(caller(person), reply.form.token, values);
    if (first.kind !== 'again' || !confirm) return first;
    const ticks = first.form.view.parts.filter((part) => part.kind === 'tick').map((part) => [part.id, true]);
    return chat.submit(caller(person), reply.form.token, { ...values, ...Object.fromEntries(ticks) });
  };
  const all = () => ({ from: people.regisseur.id, to: people.otherRegisseur.id, why: 'Met pensioen.' });

  it('shows first what would change, and does it when that is confirmed', async () => {
    const one = await town.file(people.worker);
    const two = await town.file(people.colleague);
    const look = await send(people.regisseur, all());
    expect(JSON.stringify(look)).toContain(
      `2 open signalen gaan van Regisseur Een naar Regisseur Twee: ${one.reference}, ${two.reference}`,
    );
    expect((await town.signal(one.id)).ownerId, 'a look changes nothing').toBe(people.regisseur.id);
    const done = await send(people.coordinator, all(), true);
    expect(wordsOf(done)).toContain('2 signalen zijn overgedragen aan Regisseur Twee');
    expect((await town.signal(two.id)).ownerId).toBe(people.otherRegisseur.id);
    expect(await told('hand-over.filer')).toHaveLength(2);
    expect(await told('hand-over.given')).toEqual([{ personId: people.regisseur.id, signals: 2 }]);
  });

  it('is for one’s own signals, or the coordinator', async () => {
    await town.file(people.worker);
    expect(wordsOf(await open(people.worker))).toContain('voor regisseurs en de coördinator');
    expect(await send(people.otherRegisseur, all(), true)).toMatchObject({
      kind: 'again',
      errors: { from: expect.stringContaining('eigen signalen') as string },
    });
  });

  it('refuses nobody, oneself, and a worker as the next owner', async () => {
    await town.file(people.worker);
    const same = await send(people.regisseur, { ...all(), to: people.regisseur.id });
    expect(same).toMatchObject({ errors: { to: expect.stringContaining('dezelfde') as string } });
    const worker = await send(people.regisseur, { ...all(), to: people.worker.id });
    expect(worker).toMatchObject({ errors: { to: expect.stringContaining('geen signalen opvolgen') as string } });
    const none = await send(people.coordinator, { ...all(), from: people.coordinator.id });
    expect(wordsOf(none)).toContain('geen open signalen');
  });
});
