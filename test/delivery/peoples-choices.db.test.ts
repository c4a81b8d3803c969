import { randomUUID } from 'node:crypto';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineMessage, type Post } from '../../src/chat/feature.js';
import type { OutgoingMessage, Platform, PlatformName, SendResult } from '../../src/chat/platform.js';
import { STOP_ACTION, whereMayTell, type Subscription } from '../../src/chat/subscriptions.js';
import { deliver } from '../../src/delivery/deliver.js';
import { createOutbox } from '../../src/delivery/outbox.js';
import { createMunicipalityReader } from '../../src/municipality/read-municipality.js';
import { openTestDatabase } from '../support/open-test-database.js';
import { openTown } from '../support/town.js';

const database = await openTestDatabase();
const { db } = database;
const town = await openTown(database);
const { municipalityId, people, queue } = town;
const outbox = createOutbox(queue);
afterAll(() => town.stop());

const letter: Subscription = { id: 'test.letter', label: () => 'Brief', default: true };
const unasked: Subscription = { id: 'test.unasked', label: () => 'Folder', default: false };
const viewOf = (id: string, subscription?: Subscription) =>
  defineMessage({
    id,
    params: z.object({}),
    ...(subscription && { subscription }),
    render: () => Promise.resolve({ summary: id, parts: [{ kind: 'text', text: id }] }),
  });
const views = [viewOf('test.answer'), viewOf('test.letter', letter), viewOf('test.unasked', unasked)];

let sent: { on: PlatformName; message: OutgoingMessage }[] = [];
const platform = (name: PlatformName): Platform => {
  const keep = (message: OutgoingMessage): Promise<SendResult> => {
    sent.push({ on: name, message });
    return Promise.resolve({ ok: true, ref: { conversationId: message.to.externalId, messageId: randomUUID() } });
  };
  return { name, send: keep, update: (_, message) => keep(message), find: () => Promise.resolve('not-found') };
};
const platforms = new Map<string, Platform>([
  ['slack', platform('slack')],
  ['playground', platform('playground')],
]);

/** Half past ten in the evening in the town. */
const EVENING = new Date('2026-03-10T21:30:00Z');
let now = EVENING;
const dependencies = {
  db,
  platforms,
  messages: new Map(views.map((view) => [view.id, view])),
  municipality: createMunicipalityReader(db, () => now),
  now: () => now,
  url: (path: string) => path,
  oneTimeCode: () => '',
};

const worker = { municipalityId_id: { municipalityId, id: people.worker.id } };
const owe = async (view: string, more: Partial<Post> = {}) => {
  const key = randomUUID();
  const to = { personId: people.worker.id };
  await db.$transaction((tx) => outbox.post(tx, municipalityId, [{ key, to, view, params: {}, ...more }]));
  const { id } = await db.delivery.findUniqueOrThrow({ where: { municipalityId_key: { municipalityId, key } } });
  return { municipalityId, deliveryId: id };
};
const choose = (kind: string, wanted: boolean) =>
  db.tellChoice.create({ data: { municipalityId, personId: people.worker.id, kind, wanted } });

beforeEach(async () => {
  sent = [];
  now = EVENING;
  await db.tellChoice.deleteMany({ where: { municipalityId } });
  await db.person.update({ where: worker, data: { quietFrom: null, quietUntil: null, tellOn: null } });
});

describe('in quiet hours', () => {
  beforeEach(async () => {
    await db.person.update({ where: worker, data: { quietFrom: 22 * 60, quietUntil: 7 * 60 } });
  });

  it('a message waits until they end, in the time of the town, and then comes once', async () => {
    const job = await owe('test.answer');
    const morning = new Date('2026-03-11T06:00:00Z');
    expect(await deliver(dependencies, job)).toEqual({ later: morning });
    expect(sent).toEqual([]);
    now = morning;
    expect(await deliver(dependencies, job)).toBe('done');
    expect(await deliver(dependencies, job)).toBe('done');
    expect(sent).toHaveLength(1);
  });

  it('what is urgent comes at once', async () => {
    expect(await deliver(dependencies, await owe('test.answer', { urgent: true }))).toBe('done');
    expect(sent).toHaveLength(1);
  });

  it('a message that stands there already is still brought up to date: nobody is woken by that', async () => {
    const job = await owe('test.answer', { urgent: true });
    await deliver(dependencies, job);
    const { key } = await db.delivery.findUniqueOrThrow({
      where: { municipalityId_id: { municipalityId, id: job.deliveryId } },
    });
    await db.$transaction((tx) => outbox.refresh(tx, municipalityId, [key]));
    expect(await deliver(dependencies, job)).toBe('done');
    expect(sent).toHaveLength(2);
  });

  it('a channel gets its messages as ever', async () => {
    const channel = await db.channel.findFirstOrThrow({ where: { municipalityId, ownerId: people.regisseur.id } });
    await db.person.update({
      where: { municipalityId_id: { municipalityId, id: people.regisseur.id } },
      data: { quietFrom: 22 * 60, quietUntil: 7 * 60 },
    });
    expect(await deliver(dependencies, await owe('test.answer', { to: { channelId: channel.id } }))).toBe('done');
  });
});

describe('a kind of message that people may do without', () => {
  it('is not sent to who stopped it, also when it was in the queue already', async () => {
    const job = await owe('test.letter');
    await choose(letter.id, false);
    expect(await deliver(dependencies, job)).toBe('done');
    expect(sent).toEqual([]);
  });

  it('carries a button that stops it, which an answer about one’s own signal never has', async () => {
    await deliver(dependencies, await owe('test.letter'));
    await deliver(dependencies, await owe('test.answer'));
    const buttons = sent.map(({ message }) => message.card.parts.filter((part) => part.kind === 'buttons'));
    expect(buttons[0]).toEqual([
      {
        kind: 'buttons',
        buttons: [{ label: 'Stuur me dit niet meer', action: STOP_ACTION, payload: { kind: letter.id } }],
      },
    ]);
    expect(buttons[1]).toEqual([]);
  });

  it('that nobody gets unasked, comes to who asked for it', async () => {
    await deliver(dependencies, await owe('test.unasked'));
    expect(sent).toEqual([]);
    await choose(unasked.id, true);
    await deliver(dependencies, await owe('test.unasked'));
    expect(sent).toHaveLength(1);
  });

  it('is owed to the same people when there are many of them', async () => {
    await choose(letter.id, false);
    await choose(unasked.id, true);
    const told = async (subscription: Subscription) =>
      (await db.person.findMany({ where: { municipalityId, ...whereMayTell(subscription) } })).map(({ id }) => id);
    const everyone = Object.values(people).map(({ id }) => id);
    expect((await told(letter)).sort()).toEqual(everyone.filter((id) => id !== people.worker.id).sort());
    expect(await told(unasked)).toEqual([people.worker.id]);
  });
});

describe('where somebody is told', () => {
  it('is the platform they chose, else where they were last', async () => {
    const account = { municipalityId, personId: people.worker.id, platform: 'slack', externalId: 'U0WORKER' };
    await db.account.create({ data: { ...account, lastUsedAt: EVENING } });
    await deliver(dependencies, await owe('test.answer'));
    await db.person.update({ where: worker, data: { tellOn: 'playground' } });
    await deliver(dependencies, await owe('test.answer'));
    await db.account.updateMany({
      where: { municipalityId, personId: people.worker.id, platform: 'playground' },
      data: { active: false },
    });
    await deliver(dependencies, await owe('test.answer'));
    expect(sent.map(({ on }) => on)).toEqual(['slack', 'playground', 'slack']);
  });
});
