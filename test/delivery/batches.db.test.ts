import { randomUUID } from 'node:crypto';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineMessage } from '../../src/chat/feature.js';
import type { OutgoingMessage, Platform, SendResult } from '../../src/chat/platform.js';
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
afterAll(() => town.stop());

const view = defineMessage({
  id: 'test.text',
  params: z.object({ text: z.string() }),
  render: (_context, { text }) => Promise.resolve({ summary: text, parts: [] }),
});

/** A platform of which each message has to be let through. */
class Gate implements Platform {
  readonly name = 'playground';
  readonly sent: string[] = [];
  open = false;
  answers: SendResult[] = [];
  private readonly waiting: (() => void)[] = [];
  async send({ card, deliveryId }: OutgoingMessage): Promise<SendResult> {
    const answer = this.answers.shift();
    if (answer) return answer;
    if (!this.open && card.summary.startsWith('nieuwsbrief')) {
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
    this.sent.push(card.summary);
    return { ok: true, ref: { conversationId: 'c', messageId: deliveryId } };
  }
  /** How many are being sent at this moment. */
  get busy() {
    return this.waiting.length;
  }
  letGo() {
    this.open = true;
    this.waiting.splice(0).forEach((resolve) => resolve());
  }
  update(): Promise<SendResult> {
    throw new Error('Nothing is edited here.');
  }
  find() {
    return Promise.resolve('not-found' as const);
  }
}

let gate = new Gate();
beforeEach(async () => {
  gate = new Gate();
  for (const lane of ['normal', 'bulk'] as const) {
    await queue.complete(
      (await queue.fetch(10_000, lane)).map(({ jobId }) => jobId),
      lane,
    );
  }
});

const start = () =>
  startWorker({
    db,
    platforms: new Map<string, Platform>([['playground', gate]]),
    messages: new Map([[view.id, view]]),
    municipality: createMunicipalityReader(db, () => new Date()),
    now: () => new Date(),
    url: (path) => path,
    oneTimeCode: () => '',
    queue,
    log: createLog('silent'),
  });

const owe = (text: string, batchId?: string) =>
  db.$transaction((tx) =>
    outbox.post(tx, municipalityId, [
      {
        key: randomUUID(),
        to: { personId: people.worker.id },
        view: view.id,
        params: { text },
        ...(batchId && { batchId }),
      },
    ]),
  );
const owePeople = async (batchId: string, count: number) => {
  const readers = await db.person.createManyAndReturn({
    data: Array.from({ length: count }, () => ({ municipalityId, name: 'Lezer', roles: ['worker' as const] })),
  });
  await db.account.createMany({
    data: readers.map(({ id }) => ({ municipalityId, personId: id, platform: 'playground', externalId: id })),
  });
  await db.$transaction((tx) =>
    outbox.post(
      tx,
      municipalityId,
      readers.map(({ id }, index) => ({
        key: randomUUID(),
        to: { personId: id },
        view: view.id,
        params: { text: `nieuwsbrief ${index}` },
        batchId,
      })),
    ),
  );
};
const until = (condition: () => boolean) => expect.poll(condition, { interval: 20 }).toBe(true);
const countOf = (batchId: string, status: 'waiting' | 'held' | 'sent') =>
  db.delivery.count({ where: { municipalityId, batchId, status } });

describe('a sending to many', () => {
  it('never stands in front of a message to one, also while it is being sent', async () => {
    const batchId = randomUUID();
    await owePeople(batchId, 250);
    const worker = start();
    await until(() => gate.busy === 100);
    await owe('ontvangstbewijs');
    worker.wake();
    await until(() => gate.sent.length > 0);
    expect(gate.sent).toEqual(['ontvangstbewijs']);
    gate.letGo();
    await until(() => gate.sent.length === 251);
    await worker.stop();
    expect(new Set(gate.sent).size).toBe(251);
  });

  it('waits where it is while it is held, and goes on when it is released', async () => {
    const batchId = randomUUID();
    await owePeople(batchId, 30);
    expect(await db.$transaction((tx) => outbox.hold(tx, municipalityId, batchId))).toBe(30);
    gate.open = true;
    const worker = start();
    await owe('iets anders');
    worker.wake();
    await until(() => gate.sent.includes('iets anders'));
    await expect.poll(() => queue.size()).toBe(0);
    expect([gate.sent.length, await countOf(batchId, 'held')]).toEqual([1, 30]);

    expect(await db.$transaction((tx) => outbox.release(tx, municipalityId, batchId))).toBe(30);
    worker.wake();
    await until(() => gate.sent.length === 31);
    await worker.stop();
    expect(await countOf(batchId, 'sent')).toBe(30);
  });

  it('that is cancelled leaves what is on its way to arrive, and sends nothing more', async () => {
    const batchId = randomUUID();
    await owePeople(batchId, 150);
    const worker = start();
    await until(() => gate.busy === 100);
    expect(await db.$transaction((tx) => outbox.cancel(tx, municipalityId, batchId))).toBe(50);
    gate.letGo();
    await expect.poll(() => countOf(batchId, 'sent')).toBe(100);
    await expect.poll(() => queue.size()).toBe(0);
    await worker.stop();
    expect([gate.sent.length, await countOf(batchId, 'waiting')]).toEqual([100, 0]);
  });

  it('leaves a platform alone that asks for time, and nobody misses a copy or gets two', async () => {
    const batchId = randomUUID();
    await owePeople(batchId, 5);
    gate.open = true;
    gate.answers = [{ ok: false, kind: 'rate-limited', retryAfterMs: 300 }];
    const worker = start();
    await until(() => gate.sent.length === 5);
    await worker.stop();
    expect(new Set(gate.sent).size).toBe(5);
  });
});
