import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { clientOf } from './api-client.js';
import { SEED, startFakeSlack, type FakeSlack } from './fake-slack.js';
import { isObject, objectAt, type Json, type JsonObject } from './json.js';
import { RecordingBot } from './recording-bot.js';

let slack: FakeSlack;
let bot: RecordingBot;
beforeEach(async () => {
  slack = await startFakeSlack({ app: { unfurlDomains: ['signalen.example'] } });
  bot = new RecordingBot();
  await bot.listen();
  slack.connectHttp(bot.url);
});
afterEach(async () => {
  await bot.close();
  await slack.close();
});

/** Keys and types, values left out: what two payloads of one kind have in common. */
function shapeOf(value: Json | undefined): unknown {
  if (value === null) return 'null';
  if (Array.isArray(value)) return value.map(shapeOf);
  if (!isObject(value)) return typeof value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, shapeOf(value[key])]),
  );
}

function fixture(name: string): JsonObject {
  return JSON.parse(readFileSync(new URL(`./fixtures/${name}.json`, import.meta.url), 'utf8')) as JsonObject;
}

function expectShape(payload: JsonObject | undefined, name: string): void {
  expect(shapeOf(payload)).toEqual(shapeOf(fixture(name)));
}

/** The last event of this kind that the bot got. */
function lastEvent(type: string, also: (event: JsonObject) => boolean = () => true): JsonObject | undefined {
  return bot.requests
    .map((request) => request.body)
    .findLast((body) => {
      const event = objectAt(body, 'event');
      return event?.type === type && also(event);
    });
}

const plain = (text: string) => ({ type: 'plain_text', text });
const button = {
  type: 'button',
  action_id: 'signal.take',
  text: plain('Neem op'),
  style: 'primary',
  value: '{"id":1}',
};
const card = {
  text: 'Signaal',
  blocks: [
    { type: 'section', text: { type: 'mrkdwn', text: '*Signaal*' } },
    { type: 'actions', elements: [button] },
  ],
};
const input = (id: string, element: JsonObject, optional = true): JsonObject => ({
  type: 'input',
  block_id: id,
  label: plain(id),
  optional,
  element: { action_id: id, ...element },
});
const form = {
  type: 'modal',
  callback_id: 'form',
  private_metadata: '{}',
  notify_on_close: true,
  title: plain('Signaal'),
  submit: plain('Verstuur'),
  blocks: [
    input('title', { type: 'plain_text_input' }, false),
    input('hood', { type: 'external_select', min_query_length: 0 }),
    input('acute', { type: 'checkboxes', options: [{ text: plain('Ja'), value: 'yes' }] }),
    { type: 'actions', block_id: 'more', elements: [{ type: 'button', action_id: 'form.more', text: plain('Meer') }] },
  ],
};

const noor = () => slack.user(SEED.worker);
const call = (method: string, args: Record<string, unknown>) => clientOf(slack).apiCall(method, args);

async function openForm(): Promise<void> {
  await noor().command('/signaal');
  await call('views.open', { trigger_id: bot.last.body.trigger_id, view: form });
  await noor().fill({ title: 'Geen wachtkamer' });
}

describe('what people do arrives in the recorded shape', () => {
  test('a command, with a direct message named so and "false" as text', async () => {
    await noor().command('/signaal');
    expectShape(bot.last.body, 'slash-command');
    expect(bot.last.body).toMatchObject({ text: '', channel_name: 'directmessage', is_enterprise_install: 'false' });
    await slack.user(SEED.regisseur).command('/signaal', 'x', { channel: SEED.regisseurChannel });
    expect(bot.last.body.channel_name).toBe('privategroup');
    await noor().command('/signaal', 'x', { channel: SEED.generalChannel });
    expect(bot.last.body.channel_name).toBe('algemeen');
  });

  test('shortcuts, on their own and on a message', async () => {
    await noor().shortcut('new_signal');
    expectShape(bot.last.body, 'global-shortcut');
    const { message } = await slack.user(SEED.englishWorker).message(SEED.generalChannel, 'De wachtkamer is vol');
    await noor().messageShortcut('signal_from_message', message);
    expectShape(bot.last.body, 'message-shortcut');
  });

  test('a button on a message, with the message; on one for a single person, without', async () => {
    slack.events.echo = false;
    await call('chat.postMessage', { channel: SEED.regisseurChannel, ...card });
    const [message] = slack.messages(SEED.regisseurChannel);
    if (message !== undefined) await slack.user(SEED.regisseur).press(message, 'signal.take');
    expectShape(bot.last.body, 'block-actions-message');
    await call('chat.postEphemeral', { channel: SEED.generalChannel, user: SEED.worker, ...card });
    const [ephemeral] = slack.ephemerals(SEED.worker);
    if (ephemeral !== undefined) await noor().press(ephemeral, 'Neem op');
    expectShape(bot.last.body, 'block-actions-ephemeral');
  });

  test('a button in a form or on the home tab, without channel or response_url', async () => {
    await openForm();
    await noor().press(noor().view, 'form.more');
    expectShape(bot.last.body, 'block-actions-modal');
    const blocks = [{ type: 'actions', elements: [button] }];
    await call('views.publish', { user_id: SEED.worker, view: { type: 'home', blocks } });
    const home = slack.home(SEED.worker);
    if (home !== undefined) await noor().press(home, 'signal.take');
    expectShape(bot.last.body, 'block-actions-home');
  });

  test('typing in a menu, sending and closing a form', async () => {
    await openForm();
    bot.answer({ body: { options: [] } });
    await noor().typeSuggestion(noor().view, 'hood', 'rab');
    expectShape(bot.last.body, 'block-suggestion');
    bot.answer({ body: { response_action: 'errors', errors: { title: 'nee' } } });
    await noor().submitView();
    expectShape(bot.last.body, 'view-submission');
    await noor().closeView();
    expectShape(bot.last.body, 'view-closed');
  });

  test('on Enterprise Grid the enterprise is an object, repeated in the team', async () => {
    const enterprise = { id: 'E0GRID', name: 'Provincie' };
    const team = slack.addTeam({ enterprise });
    const person = slack.addUser({}, team);
    await person.shortcut('new_signal');
    expect(bot.last.body).toMatchObject({
      enterprise,
      team: { enterprise_id: 'E0GRID', enterprise_name: 'Provincie' },
    });
    await person.command('/signaal');
    expect(bot.last.body).toMatchObject({ enterprise_id: 'E0GRID', enterprise_name: 'Provincie' });
  });
});

test('of an org-wide install the team is null, and the person belongs to the enterprise', async () => {
  const team = slack.addTeam({ enterprise: { id: 'E0GRID', name: 'Provincie' }, orgWide: true });
  const person = slack.addUser({}, team);
  await person.shortcut('new_signal');
  expect(bot.last.body).toMatchObject({ team: null, is_enterprise_install: true, user: { team_id: 'E0GRID' } });
  await person.command('/signaal');
  expect(bot.last.body.is_enterprise_install).toBe('true');
  await person.message(undefined, 'hallo');
  expect(bot.last.body).toMatchObject({ authorizations: [{ enterprise_id: 'E0GRID', team_id: null }] });
});

describe('events arrive in the recorded shape', () => {
  test('a mention comes twice, under two event_ids', async () => {
    const { deliveries } = await noor().message(SEED.generalChannel, `<@${SEED.botUser}> help`);
    const [message, mention] = [lastEvent('message'), lastEvent('app_mention')];
    expect(deliveries).toHaveLength(2);
    expect(message?.event_id).not.toBe(mention?.event_id);
    expect(objectAt(message, 'event')?.ts).toBe(objectAt(mention, 'event')?.ts);
    expectShape(mention, 'event-mention');
    await noor().message(SEED.generalChannel, 'De wachtkamer is elke dag vol');
    expectShape(lastEvent('message'), 'event-message');
  });

  test('the bot hears its own answer in a thread, and its own change of it', async () => {
    const { message } = await noor().message(SEED.generalChannel, 'hallo');
    const args = { channel: SEED.generalChannel, thread_ts: message.ts, ...card };
    const posted = (await call('chat.postMessage', args)) as unknown as { ts: string };
    await slack.settled();
    expectShape(lastEvent('message'), 'event-own-message');
    expect(objectAt(lastEvent('message'), 'event')).toMatchObject({ user: SEED.botUser, bot_id: SEED.bot });

    const root = (await call('chat.postMessage', { channel: SEED.generalChannel, ...card })) as unknown as {
      ts: string;
    };
    await call('chat.update', { channel: SEED.generalChannel, ts: root.ts, ...card });
    await slack.settled();
    const changed = lastEvent('message', (event) => event.subtype === 'message_changed');
    expectShape(changed, 'event-message-changed');
    expect(objectAt(changed, 'event')).not.toHaveProperty('user');

    await call('chat.delete', { channel: SEED.generalChannel, ts: posted.ts });
    await slack.settled();
    const deleted = objectAt(
      lastEvent('message', (event) => event.subtype === 'message_deleted'),
      'event',
    );
    expect(deleted).toMatchObject({ hidden: true, deleted_ts: posted.ts });
  });

  test('reactions, the home tab, links', async () => {
    const { message } = await slack.user(SEED.englishWorker).message(SEED.generalChannel, 'hallo');
    await noor().react(message, ':loudspeaker:');
    expectShape(lastEvent('reaction_added'), 'event-reaction');
    await noor().openHome();
    expectShape(lastEvent('app_home_opened'), 'event-home-opened');
    await noor().message(SEED.generalChannel, 'zie https://signalen.example/s/G-2026-0042');
    expectShape(
      lastEvent('link_shared', (event) => event.source === 'conversations_history'),
      'event-link-shared',
    );
    expectShape(
      lastEvent('link_shared', (event) => event.source === 'composer'),
      'event-link-composer',
    );
  });

  test('changed people and a removed app', async () => {
    await slack.userChange(SEED.worker, { displayName: 'Noortje' });
    expectShape(lastEvent('user_change'), 'event-user-change');
    await slack.teamJoin({ realName: 'Nieuw Hier' });
    expect(objectAt(objectAt(lastEvent('team_join'), 'event'), 'user')).toMatchObject({ real_name: 'Nieuw Hier' });
    await slack.uninstall();
    expectShape(lastEvent('app_uninstalled'), 'event-uninstalled');
    expectShape(lastEvent('tokens_revoked'), 'event-tokens-revoked');
  });
});
