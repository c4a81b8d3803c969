import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { OutgoingMessage, Platform, SendResult } from '../../src/chat/platform.js';
import { FAN_OUT_BATCH } from '../../src/newsletters/fan-out.js';
import { MunicipalityFile } from '../../src/municipality/file-schema.js';
import { checkNewsletters } from '../../src/municipality/check-newsletters.js';
import { openTestDatabase } from '../support/open-test-database.js';
import { openTown, wordsOf } from '../support/town.js';
import { openNewsroom } from './newsroom.js';

const database = await openTestDatabase();
const { db } = database;
const town = await openTown(database);
const { municipalityId, people } = town;
const room = await openNewsroom(database, town);
afterAll(() => town.stop());

/** Keeps to whom it sent, on the playground's addresses. */
class Post implements Platform {
  readonly name = 'playground';
  readonly sent: string[] = [];
  send({ to, deliveryId }: OutgoingMessage): Promise<SendResult> {
    this.sent.push(to.externalId);
    return Promise.resolve({ ok: true, ref: { conversationId: to.externalId, messageId: deliveryId } });
  }
  update = (ref: { conversationId: string; messageId: string }): Promise<SendResult> =>
    Promise.resolve({ ok: true, ref });
  find = () => Promise.resolve('not-found' as const);
}

const approve = () => room.press(people.coordinator, 'approve', { read: true });
const minute = async (count = 1) => {
  for (let index = 0; index < count; index += 1) await town.tickAt(new Date(town.clock.now.getTime() + 60_000));
};
/** Words on the editor's card, as the command shows it. */
const cardOf = async (person = people.coordinator) =>
  wordsOf(await town.chat.command(town.caller(person), 'signaal', 'nieuwsbrief'));
const written = (id: string) => db.delivery.count({ where: { municipalityId, batchId: id } });

beforeEach(async () => {
  await room.settings({});
  await town.tickAt('2026-05-20T08:00:00Z');
  await town.tickAt('2026-05-23T07:01:00Z');
});
afterEach(async () => {
  await db.newsletter.deleteMany({ where: { municipalityId } });
  await db.delivery.deleteMany({ where: { municipalityId } });
  await db.playgroundMessage.deleteMany({ where: { municipalityId } });
  await db.occurrence.deleteMany({ where: { municipalityId } });
  await db.scheduleMark.deleteMany({ where: { municipalityId } });
  town.clock.now = new Date('2026-05-01T08:00:00Z');
});

describe('an issue for many', () => {
  // More than one batch; ten thousand go out in test/slow/newsletter.test.ts.
  const READERS = FAN_OUT_BATCH + 40;
  beforeAll(async () => {
    const readers = Array.from({ length: READERS }, () => ({ municipalityId, id: randomUUID(), name: 'Lezer' }));
    await db.person.createMany({
      data: readers.map((reader) => ({ ...reader, roles: ['signal_coordinator' as const] })),
    });
    await db.account.createMany({
      data: readers.map(({ id }) => ({ municipalityId, personId: id, platform: 'playground', externalId: id })),
    });
  });
  afterAll(async () => {
    await db.account.deleteMany({ where: { municipalityId, person: { name: 'Lezer' } } });
    await db.person.deleteMany({ where: { municipalityId, name: 'Lezer' } });
  });

  it(
    'goes to each once, though the process dies between two batches; its editor sees how far it is',
    { timeout: 120_000 },
    async () => {
      await room.press(people.coordinator, 'recipients', { channels: false });
      await approve();
      // At its moment, the first two batches; then the process is gone.
      town.clock.now = new Date('2026-06-02T07:00:10Z');
      const { id } = await room.only();
      await db.newsletter.updateMany({
        where: { municipalityId, id },
        data: { status: 'sending', startedAt: town.clock.now, leg: 1 },
      });
      const batch = { moment: '1.00000', subject: id, at: town.clock.now };
      const { newsletterSchedules } = await import('../../src/newsletters/schedules.js');
      const { createOutbox } = await import('../../src/delivery/outbox.js');
      const { createMunicipalityReader } = await import('../../src/municipality/read-municipality.js');
      const fanOut = newsletterSchedules([]).find((schedule) => schedule.id === 'newsletters.fan-out');
      const municipality = await createMunicipalityReader(db, () => town.clock.now)(municipalityId);
      const run = (die: boolean) =>
        db.$transaction(async (tx) => {
          const outbox = createOutbox(town.queue);
          await fanOut?.run({ tx, municipality, now: town.clock.now, outbox }, batch, { late: false });
          if (die) throw new Error('killed');
        });
      await run(false);
      await expect(run(true)).rejects.toThrow('killed');
      expect(await written(id)).toBe(FAN_OUT_BATCH);
      expect(await cardOf()).toMatch(new RegExp(`Verstuurd.*"0".*Wacht nog.*"${FAN_OUT_BATCH}"`));

      // It starts again: the rest, and nobody twice.
      const post = new Post();
      await minute();
      expect(await written(id)).toBe(READERS + 5);
      await room.deliverAll([post]);
      await minute(2);
      await room.deliverAll([post]);
      const toReaders = post.sent.filter((address) => address !== people.coordinator.id);
      expect(new Set(toReaders).size).toBe(toReaders.length);
      expect(toReaders).toHaveLength(READERS + 4);
      expect(await room.only()).toMatchObject({ status: 'sent' });
    },
  );

  it('is held by its editor, goes on where it was, and stops for good', { timeout: 120_000 }, async () => {
    await room.press(people.coordinator, 'recipients', { channels: false, roles: ['signal_coordinator'] });
    await approve();
    await town.tickAt('2026-06-02T07:00:10Z');
    const { id } = await room.only();
    expect(await written(id)).toBe(READERS);
    expect(wordsOf(await room.press(people.worker, 'pause'))).toContain('voor de redacteur');
    expect(wordsOf(await room.press(people.coordinator, 'pause'))).toContain(`${READERS} berichten wachten`);
    const post = new Post();
    await room.deliverAll([post]);
    const readers = () => post.sent.filter((address) => address !== people.coordinator.id).length;
    expect(readers()).toBe(0);
    await minute();
    expect((await room.only()).status).toBe('paused');

    expect(wordsOf(await room.press(people.coordinator, 'resume'))).toContain('gaat verder');
    const some = await town.queue.fetch(100, 'bulk');
    await town.queue.fail(
      some.map(({ jobId }) => jobId),
      'bulk',
    );
    expect(wordsOf(await room.press(people.coordinator, 'stop'))).toContain(`${READERS} berichten gaan niet meer uit`);
    await room.deliverAll([post]);
    await minute();
    expect(readers()).toBe(0);
    expect((await room.only()).status).toBe('stopped');
    expect(wordsOf(await room.press(people.coordinator, 'resume'))).toContain('intussen gestopt');
  });
});

describe('what goes wrong with an issue', () => {
  it('has nothing in it: it cannot be approved', async () => {
    await db.newsletter.updateMany({ where: { municipalityId }, data: { text: {} } });
    expect(wordsOf(await approve())).toContain('Er staat niets in de nieuwsbrief');
    expect(await cardOf()).toContain('Er staat nog niets in');
  });

  it('lost its last recipient between approval and sending: it waits, and its editor is told', async () => {
    const values = { channels: false, roles: ['administrator'] };
    await room.press(people.coordinator, 'recipients', { channels: false, roles: ['regisseur'] });
    expect(wordsOf(await approve())).toContain('Goedgekeurd. Hij gaat uit op 2 jun 2026 om 09:00');
    await db.newsletter.updateMany({ where: { municipalityId }, data: { recipients: values } });
    await town.tickAt('2026-06-02T07:00:10Z');
    await room.deliverAll();
    expect((await room.only()).status).toBe('draft');
    expect((await room.chatOf(people.coordinator)).join()).toContain('is intussen niemand meer');
  });

  it('loses its editor: it goes to the coordinator, who is told', async () => {
    await db.newsletter.updateMany({ where: { municipalityId }, data: { editorId: people.regisseur.id } });
    await db.person.updateMany({ where: { municipalityId, id: people.regisseur.id }, data: { active: false } });
    await minute();
    await room.deliverAll();
    expect((await room.only()).editorId).toBe(people.coordinator.id);
    expect((await room.chatOf(people.coordinator)).join()).toContain('Jij bent nu redacteur');
    await db.person.updateMany({ where: { municipalityId, id: people.regisseur.id }, data: { active: true } });
  });

  it('comes long after its moment: it says so, or stays away past the town’s limit', async () => {
    await approve();
    await town.tickAt('2026-06-03T07:00:00Z');
    expect(await room.only()).toMatchObject({ status: 'sending', late: true });
    await room.deliverAll();
    expect((await room.chatOf(people.worker)).at(-1)).toContain('later dan gepland');
  });

  it('comes past the limit: it is laid aside, and its editor is told', async () => {
    await room.settings({ late: { skipAfterHours: 12 } });
    await approve();
    await town.tickAt('2026-06-03T07:00:00Z');
    await minute();
    await room.deliverAll();
    expect((await room.only()).status).toBe('skipped');
    expect((await room.chatOf(people.coordinator)).join()).toContain('kwam te laat: na 12 uur');
    expect((await room.chatOf(people.worker)).join()).not.toContain('Signalen in Teststad: juni');
  });

  it('was not approved, and the municipality lets it go all the same', async () => {
    await room.settings({ sendUnapproved: true });
    expect(await cardOf()).toContain('gaat het op dat moment toch uit');
    await town.tickAt('2026-06-02T07:00:10Z');
    expect(await room.only()).toMatchObject({ status: 'sending', approvedById: null });
  });

  it('is approved, taken back, and then waits again', async () => {
    await approve();
    expect(wordsOf(await room.press(people.coordinator, 'withdraw'))).toContain('ingetrokken');
    await town.tickAt('2026-06-02T07:00:10Z');
    expect((await room.only()).status).toBe('draft');
  });
});

describe('a newsletter in the municipality file', () => {
  const check = (newsletters: unknown[]) =>
    checkNewsletters(
      MunicipalityFile.parse({
        name: 'Teststad',
        reference: 'T',
        neighbourhoods: [{ number: 1, name: 'Centrum' }],
        regisseurs: [{ name: 'Regisseur Een', neighbourhoods: [1] }],
        coordinator: { name: 'Coördinator' },
        newsletters,
      }),
      '2026-01-10',
    ).map(({ path, variables }) => [path.join('.'), variables?.['nl'] ?? '']);

  it.each([
    ['31 juni om 9 u.', /31 juni bestaat niet/],
    ['29 maart 2026 om 2:30', /bestaat .* niet: de klok gaat dan een uur vooruit/],
    ['eerste dinsdag van maart', /uur/],
    ['als het past om 9 u.', /begrijpen/],
  ])('says what is wrong with “%s”', (schedule, words) => {
    const [found] = check([{ title: 'Nieuws', schedule }]);
    expect(found?.[0]).toBe('newsletters.0.schedule');
    expect(found?.[1]).toMatch(words);
  });

  it('takes a good one, and says when its editor is nobody of the file', () => {
    const schedule = 'eerste dinsdag van maart, juni, september en december om 9 u.';
    expect(check([{ title: 'Nieuws', schedule, editor: 'Regisseur Een' }])).toEqual([]);
    expect(check([{ title: 'Nieuws', schedule, editor: 'Niemand' }])).toEqual([['newsletters.0.editor', '']]);
    expect(() =>
      check([
        { title: 'Een', schedule },
        { title: 'Twee', schedule },
      ]),
    ).toThrow('NEWSLETTER_KEYS');
  });
});
