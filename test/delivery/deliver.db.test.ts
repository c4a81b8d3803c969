import { randomUUID } from 'node:crypto';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineMessage } from '../../src/chat/feature.js';
import type { MessageRef, OutgoingMessage, Platform, SendResult } from '../../src/chat/platform.js';
import { deliver } from '../../src/delivery/deliver.js';
import { createOutbox } from '../../src/delivery/outbox.js';
import { startWorker } from '../../src/delivery/worker.js';
import { createMunicipalityReader } from '../../src/municipality/read-municipality.js';
import { createLog } from '../../src/operations/log.js';
import { openTestDatabase } from '../support/open-test-database.js';
import { openTown } from '../support/town.js';

const database = await openTestDatabase();
const { db } = database;
const town = await openTown(database);
const { municipalityId, people, queue } = town;
const outbox = createOutbox(queue);
const log = createLog('silent');
afterAll(() => town.stop());

/** A platform that keeps what it is sent, and fails as it is told. */
class Post implements Platform {
  readonly name = 'playground';
  readonly messages = new Map<string, { deliveryId: string; text: string; to: string; thread?: string }>();
  readonly order: string[] = [];
  edits = 0;
  answers: (SendResult | 'lost answer' | 'crash')[] = [];

  send(message: OutgoingMessage): Promise<SendResult> {
    const answer = this.answers.shift();
    if (answer === 'crash') throw new Error('connection reset');
    if (answer && answer !== 'lost answer') return Promise.resolve(answer);
    const messageId = randomUUID();
    this.messages.set(messageId, {
      deliveryId: message.deliveryId,
      text: message.card.summary,
      to: message.to.externalId,
      ...(message.thread && { thread: message.thread.messageId }),
    });
    this.order.push(message.card.summary);
    if (answer === 'lost answer') return Promise.resolve({ ok: false, kind: 'ambiguous', reason: 'TIMEOUT' });
    return Promise.resolve({ ok: true, ref: { conversationId: message.to.externalId, messageId } });
  }

  async update(ref: MessageRef, message: OutgoingMessage): Promise<SendResult> {
    // Platforms take their time, and not always the same.
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 20));
    const stored = this.messages.get(ref.messageId);
    if (!stored) return { ok: false, kind: 'rejected', reason: 'message_not_found' };
    stored.text = message.card.summary;
    this.edits += 1;
    return { ok: true, ref };
  }

  find(message: OutgoingMessage): Promise<MessageRef | 'not-found'> {
    for (const [messageId, { deliveryId, to }] of this.messages) {
      if (deliveryId === message.deliveryId) return Promise.resolve({ conversationId: to, messageId });
    }
    return Promise.resolve('not-found');
  }
}

/** Shows a person's present name: what the database says when it is rendered. */
const nameView = defineMessage({
  id: 'test.name',
  params: z.object({ personId: z.uuid(), label: z.string() }),
  async render(context, { personId, label }) {
    const person = await context.db.person.findUnique({
      where: { municipalityId_id: { municipalityId: context.municipality.id, id: personId } },
    });
    return person && { summary: `${label} ${person.name}`, parts: [] };
  },
});

let post = new Post();
beforeEach(async () => {
  post = new Post();
  await queue.complete((await queue.fetch(1_000)).map(({ jobId }) => jobId));
});

const dependencies = () => ({
  db,
  platforms: new Map<string, Platform>([['playground', post]]),
  messages: new Map([[nameView.id, nameView]]),
  municipality: createMunicipalityReader(db, () => new Date()),
  now: () => new Date(),
  url: (path: string) => path,
  oneTimeCode: () => '',
});

const owe = async (key: string, label = 'hallo', more: { threadKey?: string } = {}) => {
  const params = { personId: people.worker.id, label };
  await db.$transaction((tx) =>
    outbox.post(tx, municipalityId, [{ key, to: { personId: people.worker.id }, view: nameView.id, params, ...more }]),
  );
  return db.delivery.findUniqueOrThrow({ where: { municipalityId_key: { municipalityId, key } } });
};
const rename = (name: string) =>
  db.person.update({ where: { municipalityId_id: { municipalityId, id: people.worker.id } }, data: { name } });
const stateOf = (key: string) =>
  db.delivery.findUniqueOrThrow({ where: { municipalityId_key: { municipalityId, key } } });
const job = (deliveryId: string) => ({ municipalityId, deliveryId });

describe('a message that is owed', () => {
  it('is written with what causes it: a rollback takes it and its job along', async () => {
    const before = await queue.size();
    await expect(
      db.$transaction(async (tx) => {
        await outbox.post(tx, municipalityId, [
          { key: 'rolled-back', to: { personId: people.worker.id }, view: nameView.id, params: {} },
        ]);
        throw new Error('changed my mind');
      }),
    ).rejects.toThrow('changed my mind');
    expect(await db.delivery.count({ where: { municipalityId, key: 'rolled-back' } })).toBe(0);
    expect(await queue.size()).toBe(before);
  });

  it('exists once however often it is written', async () => {
    await owe('once');
    await owe('once');
    expect(await queue.size()).toBe(1);
  });

  it('is sent once, however often its job runs', async () => {
    const { id } = await owe('sent-once');
    expect(await deliver(dependencies(), job(id))).toBe('done');
    expect(await deliver(dependencies(), job(id))).toBe('done');
    expect(post.messages.size).toBe(1);
  });

  it('is looked up, not repeated, when the answer to a send was lost', async () => {
    post.answers = ['lost answer'];
    const { id } = await owe('lost-answer');
    expect(await deliver(dependencies(), job(id))).toEqual({ again: 'TIMEOUT', pause: true });
    expect(await deliver(dependencies(), job(id))).toBe('done');
    expect(post.messages.size).toBe(1);
    expect(await stateOf('lost-answer')).toMatchObject({ status: 'sent', messageId: [...post.messages.keys()][0] });
  });

  it('is edited in place when its facts change, and shows them as they are when it is sent', async () => {
    const { id } = await owe('edited');
    await rename('Eerst');
    await deliver(dependencies(), job(id));
    await rename('Daarna');
    await db.$transaction((tx) => outbox.refresh(tx, municipalityId, ['edited']));
    await deliver(dependencies(), job(id));
    expect([...post.messages.values()].map(({ text }) => text)).toEqual(['hallo Daarna']);
  });

  it('never ends on an old state, however many edits overtake each other', async () => {
    const { id } = await owe('raced');
    await deliver(dependencies(), job(id));
    for (let round = 1; round <= 15; round += 1) {
      await rename(`Naam ${round}`);
      await db.$transaction((tx) => outbox.refresh(tx, municipalityId, ['raced']));
    }
    let again = await Promise.all(Array.from({ length: 5 }, () => deliver(dependencies(), job(id))));
    while (again.some((outcome) => outcome !== 'done')) again = [await deliver(dependencies(), job(id))];
    expect([...post.messages.values()][0]?.text).toBe('hallo Naam 15');
  });

  it.each([['rejected', { ok: false, kind: 'rejected', reason: 'channel_not_found' } as const, 'channel_not_found']])(
    'stands in the failed list with its reason when it is %s',
    async (kind, answer, reason) => {
      post.answers = [answer];
      const { id } = await owe(`fails-${kind}`);
      expect(await deliver(dependencies(), job(id))).toBe('failed');
      expect(await stateOf(`fails-${kind}`)).toMatchObject({ status: 'failed', failure: reason });
    },
  );

  it('to somebody without an address on any platform fails with that reason', async () => {
    const stranger = await db.person.create({ data: { municipalityId, name: 'Onbereikbaar', roles: ['worker'] } });
    await db.$transaction((tx) =>
      outbox.post(tx, municipalityId, [
        {
          key: 'nowhere',
          to: { personId: stranger.id },
          view: nameView.id,
          params: { personId: stranger.id, label: 'x' },
        },
      ]),
    );
    const { id } = await stateOf('nowhere');
    expect(await deliver(dependencies(), job(id))).toBe('failed');
    expect(await stateOf('nowhere')).toMatchObject({ failure: 'NO_ADDRESS' });
  });

  it('about something that is gone is not sent at all', async () => {
    await db.$transaction((tx) =>
      outbox.post(tx, municipalityId, [
        {
          key: 'gone',
          to: { personId: people.worker.id },
          view: nameView.id,
          params: { personId: randomUUID(), label: 'x' },
        },
      ]),
    );
    expect(await deliver(dependencies(), job((await stateOf('gone')).id))).toBe('done');
    expect(post.messages.size).toBe(0);
  });

  it('waits for the message in whose thread it belongs', async () => {
    const root = await owe('root');
    const reply = await owe('reply', 'antwoord', { threadKey: 'root' });
    expect(await deliver(dependencies(), job(reply.id))).toEqual({ again: 'THREAD_NOT_SENT' });
    await deliver(dependencies(), job(root.id));
    await deliver(dependencies(), job(reply.id));
    expect([...post.messages.values()].map(({ thread }) => thread)).toEqual([undefined, [...post.messages.keys()][0]]);
  });
});

describe('the worker', () => {
  it('sends a conversation’s messages in the order they were written', async () => {
    await rename('Werker');
    for (let index = 0; index < 12; index += 1) await owe(`ordered-${index}`, `bericht ${index}`);
    const worker = startWorker({ ...dependencies(), queue, log });
    await expect.poll(() => post.order.length).toBe(12);
    await worker.stop();
    expect(post.order).toEqual(Array.from({ length: 12 }, (_, index) => `bericht ${index} Werker`));
  });

  it('tries again after a crash in the middle, and still sends it once', async () => {
    post.answers = ['lost answer'];
    await owe('crashed');
    const dying = startWorker({ ...dependencies(), queue, log });
    await expect.poll(() => post.messages.size).toBe(1);
    await dying.stop();
    // What the next process does when the queue hands the job back.
    const { id } = await stateOf('crashed');
    expect(await deliver(dependencies(), job(id))).toBe('done');
    expect(post.messages.size).toBe(1);
  });

  it('sends what is owed to others when one message fails unexpectedly', async () => {
    post.answers = ['crash'];
    await owe('crashes');
    await owe('after-the-crash', 'toch');
    const worker = startWorker({ ...dependencies(), queue, log });
    await expect.poll(() => post.order.length).toBe(1);
    await worker.stop();
    expect(post.order[0]).toContain('toch');
  });

  it('stops when asked, leaving the rest in the queue', async () => {
    for (let index = 0; index < 5; index += 1) await owe(`left-${index}`);
    const worker = startWorker({ ...dependencies(), queue, log });
    await worker.stop();
    expect((await queue.size()) + post.order.length).toBeGreaterThanOrEqual(5);
  });
});
