import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, expect, it } from 'vitest';
import { isTransient, toSendResult } from '../../../src/platforms/slack/slack-errors.js';
import {
  createSlackApi,
  exchangeToken,
  openConnection,
  respond,
  type SlackApi,
} from '../../../src/platforms/slack/web-api.js';
import { methodsCalled } from '../../fakes/slack/methods-called.js';

/** Takes every call and answers none. */
const asked: string[] = [];
const server = createServer((request) => {
  asked.push((request.url ?? '').replace('/api/', ''));
  request.resume();
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
afterAll(() => {
  server.close();
  server.closeAllConnections();
});
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`;
const api = createSlackApi('xoxb-time-outs', url);

const view = { type: 'modal' as const, title: { type: 'plain_text' as const, text: 'Titel' }, blocks: [] };
const message = { text: 'Tekst', blocks: [] };

/** Every call the product makes; one that is added has to be added here. */
const CALLS: { [Name in keyof SlackApi]: () => Promise<unknown> } = {
  postMessage: () => api.postMessage({ channel: 'C1' }, message, 'id'),
  updateMessage: () => api.updateMessage('C1', '1.1', message),
  postEphemeral: () => api.postEphemeral('U1', { channel: 'C1' }, message),
  openDirect: () => api.openDirect('U1'),
  readHistory: () => api.readHistory('C1', '1'),
  readThread: () => api.readThread('C1', '1.1'),
  permalink: () => api.permalink('C1', '1.1'),
  unfurl: () => api.unfurl('1', 'conversations_history', {}),
  openView: () => api.openView('1', view),
  pushView: () => api.pushView('1', view),
  updateView: () => api.updateView('V1', '1', view),
  publishHome: () => api.publishHome('U1', { type: 'home', blocks: [] }),
  readUser: () => api.readUser('U1'),
  readChannel: () => api.readChannel('C1'),
  identify: () => api.identify(),
  revoke: () => api.revoke(),
};
/** Somebody waits for these, with three seconds in all. */
const HURRIED = ['permalink', 'openView', 'pushView', 'updateView', 'readUser', 'readOne'];

it('ends every call by itself when Slack takes it and says nothing, and soonest where a person is waiting', async () => {
  const calls: Record<string, () => Promise<unknown>> = {
    ...CALLS,
    readOne: () => api.readThread('C1', '1.1', { only: true }),
    openConnection: () => openConnection('xapp-time-outs', url),
    exchangeToken: () => exchangeToken({ clientId: '1.1', clientSecret: 'secret' }, 'xoxe-1-time-outs', url),
  };
  const ended: string[] = [];
  const failures = await Promise.all(
    Object.entries(calls).map(async ([name, call]) => {
      const failure: unknown = await call().then(
        () => 'it was answered',
        (error: unknown) => error,
      );
      ended.push(name);
      return [name, failure] as const;
    }),
  );
  for (const [name, failure] of failures) {
    // Of a message nobody knows now whether it arrived: it is looked up before it is sent again.
    expect([name, isTransient(failure)]).toEqual([name, true]);
    expect([name, toSendResult(failure)]).toEqual([name, { ok: false, kind: 'ambiguous', reason: 'SLACK.NO_ANSWER' }]);
  }
  expect(ended.slice(0, HURRIED.length).sort()).toEqual(HURRIED.toSorted());
  expect([...new Set(asked)].sort()).toEqual([...methodsCalled()].sort());
});

it('ends an answer to a response_url too', async () => {
  await expect(respond(`${url}respond`, { text: 'Tekst' })).rejects.toThrow(/time/i);
});
