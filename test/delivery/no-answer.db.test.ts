import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineMessage } from '../../src/chat/feature.js';
import type { OutgoingMessage, Platform, SendResult } from '../../src/chat/platform.js';
import { createOutbox } from '../../src/delivery/outbox.js';
import { startWorker, type Worker } from '../../src/delivery/worker.js';
import { createMunicipalityReader } from '../../src/municipality/read-municipality.js';
import { createLog } from '../../src/operations/log.js';
import type { Person } from '../../src/storage/database.js';
import { openTestDatabase } from '../support/open-test-database.js';
import { openTown } from '../support/town.js';

const database = await openTestDatabase();
const { db } = database;
const town = await openTown(database);
const { municipalityId, people, queue } = town;
const outbox = createOutbox(queue);

const hello = defineMessage({
  id: 'test.hello',
  params: z.object({}),
  render: () => Promise.resolve({ summary: 'hallo', parts: [] }),
});

let worker: Worker | undefined;
afterEach(async () => {
  await worker?.stop();
});
afterAll(() => town.stop());

/** Begins to send what is owed, through a platform that answers like this. */
function start(answer: (to: string) => Promise<SendResult> | undefined): { sent: string[] } {
  const sent: string[] = [];
  const send = ({ to }: OutgoingMessage): Promise<SendResult> => {
    sent.push(to.externalId);
    const ref = { conversationId: to.externalId, messageId: randomUUID() };
    return answer(to.externalId) ?? Promise.resolve({ ok: true, ref });
  };
  const platform: Platform = {
    name: 'playground',
    send,
    update: (_, message) => send(message),
    find: () => Promise.resolve('not-found'),
  };
  worker = startWorker({
    queue,
    log: createLog('silent'),
    db,
    platforms: new Map([[platform.name, platform]]),
    messages: new Map([[hello.id, hello]]),
    municipality: createMunicipalityReader(db, () => new Date()),
    now: () => new Date(),
    url: (path) => path,
    oneTimeCode: () => '',
  });
  return { sent };
}

const owe = (...readers: Person[]) =>
  db.$transaction((tx) =>
    outbox.post(
      tx,
      municipalityId,
      readers.map(({ id }) => ({ key: randomUUID(), to: { personId: id }, view: hello.id, params: {} })),
    ),
  );
const addressOf = async ({ id }: Person) =>
  (await db.account.findFirstOrThrow({ where: { municipalityId, personId: id, platform: 'playground' } })).externalId;

describe('a conversation in which the platform does not answer', () => {
  it('holds up nobody else, also who is written to later', async () => {
    const [silent, other] = [await addressOf(people.worker), await addressOf(people.colleague)];
    let answer: (result: SendResult) => void = () => undefined;
    const { sent } = start((to) => (to === silent ? new Promise((resolve) => void (answer = resolve)) : undefined));
    await owe(people.worker);
    await expect.poll(() => sent).toEqual([silent]);
    await owe(people.colleague);
    worker?.wake();
    await expect.poll(() => sent).toEqual([silent, other]);
    answer({ ok: true, ref: { conversationId: silent, messageId: randomUUID() } });
  });

  it('is asked once, not once for each message that waits there', async () => {
    const silent = await addressOf(people.worker);
    await owe(people.worker, people.worker, people.worker, people.worker);
    const { sent } = start((to) =>
      to === silent ? Promise.resolve({ ok: false, kind: 'ambiguous', reason: 'TIMEOUT' }) : undefined,
    );
    const waiting = async () => {
      const [row] = await db.$queryRaw<{ count: number }[]>`
        SELECT count(*)::int AS count FROM pgboss.job
        WHERE name = 'deliver' AND state IN ('created', 'retry') AND start_after > now()`;
      return row?.count;
    };
    await expect.poll(waiting).toBe(4);
    expect(sent).toEqual([silent]);
  });
});
