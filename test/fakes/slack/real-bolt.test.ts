import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { App, ExpressReceiver, HTTPReceiver, SocketModeReceiver } from '@slack/bolt';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { quietLogger as logger } from './api-client.js';
import { goBack } from './installing.js';
import { SEED, startFakeSlack, UserSeesError, type FakeSlack } from './fake-slack.js';

// The fake is only worth something when Slack's own library cannot tell it from Slack.

let slack: FakeSlack;
let stop: (() => Promise<unknown>) | undefined;
beforeEach(async () => {
  slack = await startFakeSlack();
});
afterEach(async () => {
  await stop?.();
  stop = undefined;
  await slack.close();
});

const plain = (text: string) => ({ type: 'plain_text' as const, text });

/** The smallest bot with a command, a form, a search menu, a button and a mention. */
function listen(app: App): void {
  app.command('/signaal', async ({ ack, body, client }) => {
    await ack();
    await client.views.open({
      trigger_id: body.trigger_id,
      view: {
        type: 'modal',
        callback_id: 'form',
        title: plain('Signaal'),
        submit: plain('Verstuur'),
        blocks: [
          {
            type: 'input',
            block_id: 'title',
            label: plain('Titel'),
            element: { type: 'plain_text_input', action_id: 'title' },
          },
          {
            type: 'input',
            block_id: 'hood',
            label: plain('Wijk'),
            element: { type: 'external_select', action_id: 'hood', min_query_length: 0 },
          },
        ],
      },
    });
  });
  app.options('hood', async ({ ack }) => {
    await ack({ options: [{ text: plain('Rabot'), value: 'rabot' }] });
  });
  app.view('form', async ({ ack, view, client }) => {
    const title = view.state.values.title?.title?.value ?? '';
    if (title.length < 3) return ack({ response_action: 'errors', errors: { title: 'Te kort' } });
    await client.chat.postMessage({
      channel: SEED.regisseurChannel,
      text: title,
      blocks: [
        { type: 'section', text: plain(title) },
        { type: 'actions', elements: [{ type: 'button', action_id: 'take', text: plain('Neem op') }] },
      ],
    });
    const blocks = [{ type: 'section' as const, text: plain('Bewaard') }];
    await ack({ response_action: 'update', view: { type: 'modal', title: plain('Signaal'), blocks } });
  });
  app.action('take', async ({ ack, respond }) => {
    await ack();
    await respond({ replace_original: true, text: 'Opgenomen' });
  });
  app.event('app_mention', async ({ event, say }) => {
    await say({ text: 'Dag!', thread_ts: event.thread_ts ?? event.ts });
  });
}

async function useIt(): Promise<void> {
  const noor = slack.user(SEED.worker);
  await noor.command('/signaal');
  await expect.poll(() => slack.openView(SEED.worker)).toBeDefined();
  await noor.typeSuggestion(noor.view, 'hood', 'rab');
  expect(await noor.submitView({ title: 'x', hood: 'Rabot' })).toMatchObject({ errors: { title: 'Te kort' } });
  expect(await noor.submitView({ title: 'Geen wachtkamer' })).toMatchObject({ action: 'update' });
  expect(slack.textOf(noor.view)).toBe('Bewaard');
  const [card] = slack.messages(SEED.regisseurChannel);
  if (card === undefined) throw new Error('no card');
  await slack.user(SEED.regisseur).press(card, 'Neem op');
  await expect.poll(() => slack.messages(SEED.regisseurChannel)[0]?.text).toBe('Opgenomen');
  const { message } = await noor.message(SEED.generalChannel, `<@${SEED.botUser}> hallo`);
  await expect.poll(() => slack.messages(SEED.generalChannel, { thread: message.ts }).length).toBe(1);
  await slack.settled();
}

describe('a bot on Bolt', () => {
  test('works over signed HTTP', async () => {
    const receiver = new HTTPReceiver({ signingSecret: slack.app.signingSecret, port: 0, logger });
    const app = new App({ token: slack.botToken, receiver, logger, clientOptions: { slackApiUrl: slack.apiUrl } });
    listen(app);
    const server = await app.start(0);
    stop = () => app.stop();
    const { port } = (server as ReturnType<typeof createServer>).address() as AddressInfo;
    slack.connectHttp(`http://127.0.0.1:${String(port)}/slack/events`);
    await useIt();
    await slack.verifyUrl();
    await slack.sslCheck();
    for (const signature of ['wrong', 'tampered', 'old', 'none'] as const) {
      expect((await slack.user(SEED.worker).command('/signaal', '', { signature })).status).toBe(401);
    }
  });

  test('works over Socket Mode, and comes back after Slack sends it away', async () => {
    slack.useSocketMode();
    await expect(slack.user(SEED.worker).command('/signaal')).rejects.toBeInstanceOf(UserSeesError);
    const receiver = new SocketModeReceiver({
      appToken: slack.app.appToken,
      logger,
      // The receiver has no clientOptions of its own.
      installerOptions: { clientOptions: { slackApiUrl: slack.apiUrl } },
    });
    const app = new App({ token: slack.botToken, receiver, logger, clientOptions: { slackApiUrl: slack.apiUrl } });
    listen(app);
    await app.start();
    stop = () => app.stop();
    expect(slack.sockets.connections).toBe(1);
    await useIt();
    expect(slack.sockets.complaints).toEqual([]);
    // Until it has heard that it is back: stopped before, it would reject a promise that nobody holds.
    const back = new Promise((resolve) => receiver.client.once('connected', resolve));
    slack.sockets.refresh();
    await back;
    expect(slack.callsOf('apps.connections.open')).toHaveLength(2);
    expect(slack.sockets.connections).toBe(1);
  });

  test('is installed through OAuth, once for each code, and only with its own state', async () => {
    const fresh = await startFakeSlack({ seed: 'not installed' });
    const tokens: (string | undefined)[] = [];
    const receiver = new ExpressReceiver({
      signingSecret: fresh.app.signingSecret,
      clientId: fresh.app.clientId,
      clientSecret: fresh.app.clientSecret,
      stateSecret: 'state-secret',
      scopes: ['chat:write', 'commands'],
      logger,
      installerOptions: {
        directInstall: true,
        authorizationUrl: fresh.authorizeUrl,
        clientOptions: { slackApiUrl: fresh.apiUrl },
      },
      installationStore: {
        storeInstallation: (installation) => {
          tokens.push(installation.bot?.token);
          return Promise.resolve();
        },
        fetchInstallation: () => Promise.reject(new Error('not used')),
      },
    });
    const server = createServer(receiver.app).listen(0, '127.0.0.1');
    stop = async () => {
      server.close();
      await fresh.close();
    };
    await expect.poll(() => server.listening).toBe(true);
    const install = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/slack/install`;
    fresh.app.redirectUrls = [install.replace('install', 'oauth_redirect')];
    const done = await fresh.install(install);
    expect(done.status).toBe(200);
    expect(tokens).toEqual([fresh.botToken]);
    expect([...fresh.tokenOf(fresh.team).scopes]).toEqual(['chat:write', 'commands']);

    expect((await goBack(done.back)).status).not.toBe(200);
    const forged = await fresh.install(install, { tamper: (back) => back.searchParams.set('state', 'other') });
    expect(forged.status).not.toBe(200);
    const denied = await fresh.install(install, { deny: true });
    expect(denied.status).not.toBe(200);
    expect(tokens).toHaveLength(1);
  });
});
