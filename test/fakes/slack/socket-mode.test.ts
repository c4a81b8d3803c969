import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { clientOf } from './api-client.js';
import { SEED, startFakeSlack, UserSeesError, type FakeSlack } from './fake-slack.js';
import type { Json, JsonObject } from './json.js';

let slack: FakeSlack;
const sockets: WebSocket[] = [];
beforeEach(async () => {
  slack = await startFakeSlack({ deadlineMs: 1_000 });
  slack.useSocketMode();
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.close();
  await slack.close();
});

const noor = () => slack.user(SEED.worker);

async function newAddress(): Promise<string> {
  const { url } = await clientOf(slack, slack.app.appToken).apps.connections.open();
  return String(url);
}

interface Connected {
  socket: WebSocket;
  /** Everything heard so far, `hello` first. */
  heard: JsonObject[];
}

/** Connects; `reply` gives the payload of the acknowledgement, or nothing to stay silent. */
async function connect(reply?: (envelope: JsonObject) => { payload: Json } | undefined): Promise<Connected> {
  const socket = new WebSocket(await newAddress());
  sockets.push(socket);
  const heard: JsonObject[] = [];
  socket.on('message', (data: Buffer) => {
    const envelope = JSON.parse(data.toString()) as JsonObject;
    heard.push(envelope);
    const said = envelope.envelope_id === undefined ? undefined : reply?.(envelope);
    if (said !== undefined) socket.send(JSON.stringify({ envelope_id: envelope.envelope_id, ...said }));
  });
  await expect.poll(() => heard.length).toBe(1);
  return { socket, heard };
}

const acknowledge = () => ({ payload: {} });

describe('an address', () => {
  test('works once', async () => {
    const address = await newAddress();
    const first = new WebSocket(address);
    sockets.push(first);
    await new Promise((resolve) => first.once('open', resolve));
    const second = new WebSocket(address);
    const error = await new Promise<Error>((resolve) => second.once('error', resolve));
    expect(error.message).toContain('403');
  });

  test('greets with hello', async () => {
    const { heard } = await connect(acknowledge);
    expect(heard[0]).toMatchObject({ type: 'hello', connection_info: { app_id: slack.app.id } });
  });
});

describe('an envelope', () => {
  test('carries the same payloads as HTTP, and says whether it takes an answer', async () => {
    const { heard } = await connect(acknowledge);
    await noor().command('/signaal', 'help');
    await noor().shortcut('new');
    await noor().message(SEED.generalChannel, 'hallo');
    expect(heard.slice(1)).toMatchObject([
      { type: 'slash_commands', accepts_response_payload: true, payload: { command: '/signaal', text: 'help' } },
      { type: 'interactive', accepts_response_payload: true, payload: { type: 'shortcut' } },
      {
        type: 'events_api',
        accepts_response_payload: false,
        retry_attempt: 0,
        retry_reason: '',
        payload: { type: 'event_callback' },
      },
    ]);
  });

  test('that is a repeat says so inside', async () => {
    const { heard } = await connect(acknowledge);
    const { deliveries } = await noor().message(SEED.generalChannel, 'hallo');
    await deliveries[0]?.retry(1, 'timeout');
    expect(heard.at(-1)).toMatchObject({ retry_attempt: 1, retry_reason: 'timeout', payload: heard.at(-2)?.payload });
  });

  test('that nobody acknowledges is a command that failed', async () => {
    await connect();
    await expect(noor().command('/signaal')).rejects.toMatchObject({ code: 'operation_timeout' });
  });

  test('goes nowhere without a connection, or after it was cut', async () => {
    await expect(noor().command('/signaal')).rejects.toMatchObject({ code: 'dispatch_failed' });
    const { socket } = await connect(acknowledge);
    slack.sockets.cut();
    await new Promise((resolve) => socket.once('close', resolve));
    await expect(noor().command('/signaal')).rejects.toMatchObject({ code: 'dispatch_failed' });
  });

  test('with an event takes no answer', async () => {
    await connect(() => ({ payload: { text: 'x' } }));
    await expect(noor().message(SEED.generalChannel, 'hallo')).rejects.toBeInstanceOf(UserSeesError);
  });

  test('with a command takes one, and shows it', async () => {
    await connect(() => ({ payload: { text: 'hallo' } }));
    await noor().command('/signaal');
    expect(slack.ephemerals(SEED.worker)).toMatchObject([{ text: 'hallo' }]);
  });

  test('acknowledged twice is held against the bot', async () => {
    const { socket, heard } = await connect(acknowledge);
    await noor().command('/signaal');
    expect(slack.sockets.complaints).toEqual([]);
    socket.send(JSON.stringify({ envelope_id: heard[1]?.envelope_id, payload: {} }));
    await expect.poll(() => slack.sockets.complaints.length).toBe(1);
  });
});

test('Slack asks a connection to go before it goes', async () => {
  const { heard } = await connect(acknowledge);
  slack.sockets.refresh('warning');
  await expect.poll(() => heard.at(-1)).toMatchObject({ type: 'disconnect', reason: 'warning' });
});
