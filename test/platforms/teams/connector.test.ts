import { createServer, type AddressInfo, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { loadConfig } from '../../../src/config.js';
import { createConnector } from '../../../src/platforms/teams/connector.js';
import { Door } from '../../../src/platforms/teams/door.js';
import { toSendResult } from '../../../src/platforms/teams/teams-errors.js';
import { sure } from './teams-town.js';

const { teams } = loadConfig({ TEAMS_ALLOW_ANONYMOUS: 'true' });
const connector = createConnector(new Door(sure(teams), undefined), undefined);
const cleanUp: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const step of cleanUp.splice(0)) await step();
});

/** @returns its port. */
async function listen(onSocket: (socket: Socket) => void): Promise<{ port: number; close(): Promise<void> }> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    onSocket(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () =>
    new Promise<void>((resolve) => {
      for (const socket of sockets) socket.destroy();
      server.close(() => resolve());
    });
  return { port: (server.address() as AddressInfo).port, close };
}

const send = (port: number) =>
  connector.send(`http://127.0.0.1:${port}/`, 'a:1', { summary: 'Dag', card: {} }).then(() => 'sent', toSendResult);

describe('a message whose connection', () => {
  it('cannot be made has not arrived: it is sent again later', async () => {
    const { port, close } = await listen(() => undefined);
    await close();
    expect(await send(port)).toMatchObject({ kind: 'refused-now', reason: 'TEAMS.UNREACHABLE' });
  });

  it('breaks off before an answer may have arrived: it is not sent again', async () => {
    const { port, close } = await listen((socket) => socket.once('data', () => socket.destroy()));
    cleanUp.push(close);
    expect(await send(port)).toMatchObject({ kind: 'ambiguous', reason: 'TEAMS.NO_ANSWER' });
  });

  it('lay idle goes over a new one, before the other side lets the old one go', async () => {
    let connections = 0;
    const { port, close } = await listen((socket) => {
      connections += 1;
      // Says nothing of how long it keeps connections.
      socket.on('data', () =>
        socket.write(
          'HTTP/1.1 201 Created\r\ncontent-type: application/json\r\ncontent-length: 11\r\n\r\n{"id":"1"}\n',
        ),
      );
    });
    cleanUp.push(close);
    expect(await send(port)).toBe('sent');
    const before = connections;
    // Longer than it may lie idle.
    await new Promise((resolve) => setTimeout(resolve, 4_500));
    expect(await send(port)).toBe('sent');
    expect(connections).toBe(before + 1);
  });
});
