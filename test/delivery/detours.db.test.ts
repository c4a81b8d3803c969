import { randomUUID } from 'node:crypto';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { CardPart } from '../../src/chat/card.js';
import { defineMessage } from '../../src/chat/feature.js';
import type { MessageRef, OutgoingMessage, Platform, SendResult } from '../../src/chat/platform.js';
import { deliver } from '../../src/delivery/deliver.js';
import { createOutbox } from '../../src/delivery/outbox.js';
import { startWorker } from '../../src/delivery/worker.js';
import { createMunicipalityReader } from '../../src/municipality/read-municipality.js';
import { createLog } from '../../src/operations/log.js';
import { openTestDatabase } from '../support/open-test-database.js';
import { openTown } from '../support/town.js';

const { db, executeSql, ...rest } = await openTestDatabase();
const town = await openTown({ db, executeSql, ...rest });
const { municipalityId, people, queue } = town;
const outbox = createOutbox(queue);
afterAll(() => town.stop());

const CLOSED: SendResult = { ok: false, kind: 'rejected', reason: 'TEST.ARCHIVED', unreachable: true };

/** A platform of rooms; some are closed, some ask to wait. */
class Rooms implements Platform {
  readonly name = 'playground';
  readonly messages: { id: string; room: string; text: string; deliveryId: string }[] = [];
  readonly closed = new Set<string>();
  readonly calls: string[] = [];
  waits = new Map<string, number>();

  send(message: OutgoingMessage): Promise<SendResult> {
    const room = message.thread?.conversationId ?? message.to.externalId;
    this.calls.push(room);
    if (this.closed.has(room)) return Promise.resolve(CLOSED);
    const left = this.waits.get(room) ?? 0;
    if (left > 0) {
      this.waits.set(room, left - 1);
      return Promise.resolve({ ok: false, kind: 'rate-limited', retryAfterMs: 1_500 });
    }
    const id = randomUUID();
    this.messages.push({ id, room, text: textOf(message.card.parts), deliveryId: message.deliveryId });
    return Promise.resolve({ ok: true, ref: { conversationId: room, messageId: id } });
  }

  update(ref: MessageRef, message: OutgoingMessage): Promise<SendResult> {
    if (this.closed.has(ref.conversationId)) return Promise.resolve(CLOSED);
    const found = this.messages.find(({ id }) => id === ref.messageId);
    if (!found) return Promise.resolve({ ok: false, kind: 'rejected', reason: 'TEST.GONE', gone: true });
    found.text = textOf(message.card.parts);
    return Promise.resolve({ ok: true, ref });
  }

  find(message: OutgoingMessage): Promise<MessageRef | 'not-found'> {
    const room = message.thread?.conversationId ?? message.to.externalId;
    const found = this.messages.find((each) => each.deliveryId === message.deliveryId && each.room === room);
    return Promise.resolve(found ? { conversationId: found.room, messageId: found.id } : 'not-found');
  }

  explain(reason: string) {
    return reason === 'TEST.ARCHIVED' ? 'het kanaal is gearchiveerd' : undefined;
  }
}

const textOf = (parts: CardPart[]) => parts.map((part) => (part.kind === 'text' ? part.text : '')).join('\n');

const view = defineMessage({
  id: 'test.label',
  params: z.object({ label: z.string() }),
  render: (_context, { label }) => Promise.resolve({ summary: label, parts: [{ kind: 'text' as const, text: label }] }),
});

let rooms = new Rooms();
const dependencies = () => ({
  db,
  platforms: new Map<string, Platform>([['playground', rooms]]),
  messages: new Map([[view.id, view]]),
  municipality: createMunicipalityReader(db, () => new Date()),
  now: () => new Date(),
  url: (path: string) => path,
  oneTimeCode: () => '',
});

beforeEach(async () => {
  rooms = new Rooms();
  await queue.complete((await queue.fetch(1_000)).map(({ jobId }) => jobId));
});

async function roomOf(ownerId: string) {
  const key = { municipalityId_ownerId: { municipalityId, ownerId } };
  const { id, addresses } = await db.channel.findUniqueOrThrow({ where: key, include: { addresses: true } });
  return { id, room: addresses[0]?.externalId ?? '' };
}
const regisseur = await roomOf(people.regisseur.id);
const coordinator = await roomOf(people.coordinator.id);

async function owe(key: string, to: { channelId: string } | { personId: string }, threadKey?: string) {
  await db.$transaction((tx) =>
    outbox.post(tx, municipalityId, [
      { key, to, view: view.id, params: { label: key }, ...(threadKey && { threadKey }) },
    ]),
  );
  return read(key);
}
const read = (key: string) => db.delivery.findUniqueOrThrow({ where: { municipalityId_key: { municipalityId, key } } });
const send = async (key: string) => deliver(dependencies(), { municipalityId, deliveryId: (await read(key)).id });
const refresh = (key: string) => db.$transaction((tx) => outbox.refresh(tx, municipalityId, [key]));

describe('a message whose channel cannot be reached', () => {
  it('goes to the coordinator’s channel and says why', async () => {
    rooms.closed.add(regisseur.room);
    await owe('closed', { channelId: regisseur.id });
    expect(await send('closed')).toBe('done');
    expect(rooms.messages.map(({ room }) => room)).toEqual([coordinator.room]);
    expect(rooms.messages[0]?.text).toBe(
      'Dit bericht was bedoeld voor Regisseur Een, maar raakte daar niet: het kanaal is gearchiveerd\nclosed',
    );
    expect(await read('closed')).toMatchObject({ status: 'sent', detour: 'TEST.ARCHIVED' });
  });

  it('is edited there in place, and its thread stays with it', async () => {
    rooms.closed.add(regisseur.room);
    await owe('root', { channelId: regisseur.id });
    await send('root');
    await refresh('root');
    expect(await send('root')).toBe('done');
    await owe('answer', { channelId: regisseur.id }, 'root');
    expect(await send('answer')).toBe('done');
    expect(rooms.messages.map(({ room, text }) => [room, text.split('\n').at(-1)])).toEqual([
      [coordinator.room, 'root'],
      [coordinator.room, 'answer'],
    ]);
    expect(rooms.messages[0]?.text).toContain('bedoeld voor');
    expect(rooms.messages[1]?.text).toBe('answer');
  });

  it('stands in the failed list with its reason when the coordinator cannot be reached either', async () => {
    rooms.closed.add(regisseur.room).add(coordinator.room);
    await owe('nowhere', { channelId: regisseur.id });
    expect(await send('nowhere')).toBe('failed');
    expect(await read('nowhere')).toMatchObject({ status: 'failed', failure: 'TEST.ARCHIVED' });
  });

  it('moves to the coordinator when its channel closes after it was sent', async () => {
    await owe('moves', { channelId: regisseur.id });
    await send('moves');
    rooms.closed.add(regisseur.room);
    await refresh('moves');
    expect(await send('moves')).toBe('done');
    expect(rooms.messages.map(({ room }) => room)).toEqual([regisseur.room, coordinator.room]);
  });

  it('is never shown to others when it was meant for one person', async () => {
    rooms.closed.add(people.worker.id);
    await owe('private', { personId: people.worker.id });
    expect(await send('private')).toBe('failed');
    expect(rooms.messages).toEqual([]);
  });

  it('is sent anew when somebody deleted it', async () => {
    await owe('deleted', { channelId: regisseur.id });
    await send('deleted');
    rooms.messages.length = 0;
    await refresh('deleted');
    expect(await send('deleted')).toBe('done');
    expect(rooms.messages).toHaveLength(1);
  });
});

describe('a deactivated account', () => {
  it('gets no messages any more', async () => {
    const account = { municipalityId, platform: 'playground', externalId: people.colleague.id };
    await db.account.update({ where: { municipalityId_platform_externalId: account }, data: { active: false } });
    await owe('inactive', { personId: people.colleague.id });
    expect(await send('inactive')).toBe('failed');
    expect(rooms.calls).toEqual([]);
  });
});

describe('a platform that asks to wait', () => {
  it('pauses that conversation alone, all its waiting messages, and keeps their order', async () => {
    rooms.waits.set(regisseur.room, 1);
    for (const key of ['r1', 'r2', 'r3']) await owe(key, { channelId: regisseur.id });
    await owe('c1', { channelId: coordinator.id });
    const worker = startWorker({ ...dependencies(), queue, log: createLog('silent') });
    const has = (text: string) => rooms.messages.some((message) => message.text === text);
    await expect.poll(() => has('c1')).toBe(true);
    // One try met the limit; the others were not tried at all.
    expect(rooms.calls.filter((room) => room === regisseur.room)).toHaveLength(1);
    await expect.poll(() => has('r3')).toBe(true);
    await worker.stop();
    expect(rooms.messages.filter(({ room }) => room === regisseur.room).map(({ text }) => text)).toEqual([
      'r1',
      'r2',
      'r3',
    ]);
  });
});
