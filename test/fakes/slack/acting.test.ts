import { isValidSlackRequest } from '@slack/bolt';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { clientOf } from './api-client.js';
import type { DeliveryOptions } from './delivery.js';
import { appFromManifest, SEED, startFakeSlack, UserSeesError, type FakeSlack } from './fake-slack.js';
import type { JsonObject } from './json.js';
import { RecordingBot } from './recording-bot.js';

let slack: FakeSlack;
let bot: RecordingBot;
beforeEach(async () => {
  slack = await startFakeSlack({ deadlineMs: 2_000 });
  bot = new RecordingBot();
  await bot.listen();
  slack.connectHttp(bot.url);
});
afterEach(async () => {
  await bot.close();
  await slack.close();
});

const plain = (text: string) => ({ type: 'plain_text', text });
const noor = () => slack.user(SEED.worker);
const call = (method: string, args: Record<string, unknown>) => clientOf(slack).apiCall(method, args);
const option = (label: string) => ({ text: plain(label), value: label.toLowerCase() });
const input = (id: string, element: JsonObject, more: JsonObject = {}): JsonObject => ({
  type: 'input',
  block_id: `${id}-block`,
  label: plain(id),
  element: { action_id: id, ...element },
  ...more,
});
const form = (...blocks: JsonObject[]): JsonObject => ({
  type: 'modal',
  title: plain('Signaal'),
  submit: plain('Verstuur'),
  blocks,
});
const title = input('title', { type: 'plain_text_input', max_length: 10 });

async function open(view: JsonObject = form(title)): Promise<void> {
  await noor().command('/signaal');
  await call('views.open', { trigger_id: bot.last.body.trigger_id, view });
}

/** What the person sees go wrong: the code of it. */
async function seen(act: Promise<unknown>): Promise<string> {
  const error: unknown = await act.then(
    () => new Error('nothing went wrong'),
    (thrown: unknown) => thrown,
  );
  if (error instanceof UserSeesError) return error.code;
  throw error;
}

describe('a request is signed', () => {
  const verify = (): boolean =>
    isValidSlackRequest({
      signingSecret: slack.app.signingSecret,
      body: bot.last.raw,
      headers: {
        'x-slack-signature': String(bot.last.headers['x-slack-signature']),
        'x-slack-request-timestamp': Number(bot.last.headers['x-slack-request-timestamp']),
      },
    });

  test("so that Slack's own library accepts it", async () => {
    await noor().command('/signaal', 'kan niet: “te” weinig & te laat');
    expect(verify()).toBe(true);
    expect(bot.last.headers['content-type']).toBe('application/x-www-form-urlencoded');
    await noor().shortcut('x');
    expect(verify()).toBe(true);
    await noor().message(SEED.generalChannel, 'hallo');
    expect(verify()).toBe(true);
    expect(bot.last.headers['content-type']).toBe('application/json');
  });

  const bad: NonNullable<DeliveryOptions['signature']>[] = ['wrong', 'tampered', 'old'];
  test.each(bad)('or, on request, %s; the answer then comes back unjudged', async (signature) => {
    bot.answer({ status: 401 });
    const answered = await noor().command('/signaal', '', { signature });
    expect(answered.status).toBe(401);
    expect(verify()).toBe(false);
  });

  test('or from the future, or not at all', async () => {
    await noor().command('/signaal', '', { signature: 'future' });
    expect(Number(bot.last.headers['x-slack-request-timestamp']) * 1000).toBeGreaterThan(Date.now() + 9 * 60_000);
    await noor().command('/signaal', '', { signature: 'none' });
    expect(bot.last.headers).not.toHaveProperty('x-slack-signature');
  });
});

describe('a person sees it go wrong', () => {
  test('when the bot is too late, away, or answers anything but 200', async () => {
    bot.answer({ afterMs: 2_500 }, { status: 500 }, { status: 404 });
    expect(await seen(noor().command('/signaal'))).toBe('operation_timeout');
    expect(await seen(noor().command('/signaal'))).toBe('dispatch_failed');
    expect(await seen(noor().shortcut('x'))).toBe('dispatch_failed');
    await bot.close();
    expect(await seen(noor().command('/signaal'))).toBe('dispatch_failed');
    await bot.listen();
  });

  test('when a command is answered with what Slack cannot show', async () => {
    bot.answer({ body: { blocks: [{ type: 'x' }] } }, { body: { message: 'x' } });
    expect(await seen(noor().command('/signaal'))).toBe('app_answer_invalid');
    expect(await seen(noor().command('/signaal'))).toBe('app_answer_invalid');
  });

  test('when a button or shortcut is answered with words that nobody would read', async () => {
    bot.answer({ body: { text: 'gedaan' } });
    expect(await seen(noor().shortcut('x'))).toBe('app_answer_invalid');
  });

  test('and otherwise reads the answer to a command alone, or with everybody', async () => {
    bot.answer({ body: 'hallo' }, { body: { text: 'allemaal', response_type: 'in_channel' } });
    await noor().command('/signaal', '', { channel: SEED.generalChannel });
    expect(slack.ephemerals(SEED.worker)).toMatchObject([{ text: 'hallo', from: 'answer' }]);
    await noor().command('/signaal', '', { channel: SEED.generalChannel });
    expect(slack.messages(SEED.generalChannel)).toMatchObject([{ text: 'allemaal' }]);
  });
});

describe('a form', () => {
  test('closes on an empty answer', async () => {
    await open();
    expect(await noor().submitView({ title: 'x' })).toMatchObject({ action: 'close', view: undefined });
  });

  test('stays, with the errors at their fields and what was typed', async () => {
    await open();
    bot.answer({ body: { response_action: 'errors', errors: { 'title-block': 'Te kort' } } });
    const sent = await noor().submitView({ title: 'x' });
    expect(sent).toMatchObject({ action: 'errors', errors: { 'title-block': 'Te kort' } });
    expect(noor().view.values).toMatchObject({ 'title-block': { title: { value: 'x' } } });
  });

  test('is replaced, covered or cleared as the answer says', async () => {
    const done = { type: 'modal', title: plain('Bewaard'), blocks: [{ type: 'section', text: plain('G-2026-0042') }] };
    await open();
    bot.answer({ body: { response_action: 'push', view: form(title) } });
    expect((await noor().submitView({ title: 'x' })).action).toBe('push');
    expect(slack.openViews(SEED.worker)).toHaveLength(2);
    bot.answer({ body: { response_action: 'update', view: done } });
    expect((await noor().submitView({ title: 'y' })).action).toBe('update');
    expect(slack.textOf(noor().view)).toBe('G-2026-0042');
    await noor().closeView();
    bot.answer({ body: { response_action: 'clear' } });
    expect(await noor().submitView({ title: 'z' })).toMatchObject({ action: 'clear', view: undefined });
  });

  const wrong: [string, JsonObject][] = [
    ['errors for a field that is not there', { response_action: 'errors', errors: { elsewhere: 'x' } }],
    ['errors by action_id', { response_action: 'errors', errors: { title: 'x' } }],
    ['a view that is invalid', { response_action: 'update', view: { type: 'modal', title: plain('x') } }],
    ['no view', { response_action: 'update' }],
    ['an unknown action', { response_action: 'close' }],
    ['a message', { text: 'bewaard' }],
  ];
  test.each(wrong)('answered with %s shows trouble', async (_name, body) => {
    await open();
    bot.answer({ body });
    expect(await seen(noor().submitView({ title: 'x' }))).toBe('app_answer_invalid');
  });

  test('answered with text or a fourth view shows trouble', async () => {
    await open();
    bot.answer({ body: 'ok' });
    expect(await seen(noor().submitView({ title: 'x' }))).toBe('app_answer_invalid');
    const push = { body: { response_action: 'push', view: form(title) } };
    bot.answer(push, push, push);
    await noor().submitView({ title: 'x' });
    await noor().submitView({ title: 'x' });
    expect(await seen(noor().submitView({ title: 'x' }))).toBe('app_answer_invalid');
  });

  test('can be sent twice at once, as the very same request', async () => {
    await open();
    const { answers } = await noor().submitView({ title: 'x' }, { copies: 2 });
    expect(answers.map((one) => one.status)).toEqual([200, 200]);
    expect(bot.requests.at(-1)?.raw).toBe(bot.requests.at(-2)?.raw);
  });

  test("is not sent by Slack's client while a field is empty, too long or no number", async () => {
    const amount = input('amount', { type: 'number_input', is_decimal_allowed: false, max_value: '5' });
    await open(form(title, amount));
    const before = bot.requests.length;
    const refused: Record<string, string>[] = [
      {},
      { title: 'x' },
      { title: 'langer dan tien', amount: '1' },
      { title: 'x', amount: '9' },
    ];
    for (const values of refused) {
      expect(await seen(noor().submitView(values))).toBe('client_refused');
    }
    expect(bot.requests).toHaveLength(before);
    await noor().submitView({ title: 'x', amount: '5' });
  });

  test('tells the bot when it is closed, only if it asked', async () => {
    await open();
    const before = bot.requests.length;
    await noor().closeView();
    expect(bot.requests).toHaveLength(before);
    await open({ ...form(title), notify_on_close: true });
    await noor().closeView({ all: true });
    expect(bot.last.body).toMatchObject({ type: 'view_closed', is_cleared: true });
    expect(await seen(noor().submitView())).toBe('client_refused');
  });
});

describe('menus and fields', () => {
  const hood = input('hood', { type: 'multi_external_select', max_selected_items: 2, min_query_length: 1 });
  const sector = input('sector', { type: 'static_select', options: [option('School'), option('Politie')] });
  const since = input('since', { type: 'datepicker' });
  const acute = input('acute', { type: 'checkboxes', options: [option('Ja')] }, { optional: true });

  test('hold what was chosen, with the whole option', async () => {
    await open(form(hood, sector, since, acute));
    bot.answer({ body: { options: [option('Rabot'), option('Sluizeken')] } });
    expect(await noor().typeSuggestion(noor().view, 'hood', 'a')).toHaveLength(2);
    await noor().fill({ hood: ['Rabot', 'sluizeken'], sector: 'School', since: '2026-01-31', acute: true });
    expect(noor().view.values).toMatchObject({
      'hood-block': { hood: { selected_options: [{ value: 'rabot' }, { value: 'sluizeken' }] } },
      'sector-block': { sector: { selected_option: { value: 'school', text: { text: 'School' } } } },
      'since-block': { since: { selected_date: '2026-01-31' } },
      'acute-block': { acute: { selected_options: [{ value: 'ja' }] } },
    });
    await noor().fill({ sector: null, hood: null });
    expect(noor().view.values).toMatchObject({
      'hood-block': { hood: { selected_options: [] } },
      'sector-block': { sector: { selected_option: null } },
    });
  });

  test('refuse what is not offered, not there, or too many', async () => {
    await open(form(hood, sector));
    expect(await seen(noor().fill({ sector: 'Kerk' }))).toBe('client_refused');
    expect(await seen(noor().fill({ hood: ['Rabot'] }))).toBe('client_refused');
    expect(await seen(noor().fill({ street: 'x' }))).toBe('client_refused');
    bot.answer({ body: { options: ['A', 'B', 'C'].map(option) } });
    await noor().typeSuggestion(noor().view, 'hood', 'x');
    expect(await seen(noor().fill({ hood: ['A', 'B', 'C'] }))).toBe('client_refused');
  });

  test('ask the bot only from the length on that they set', async () => {
    await open(form(hood));
    const before = bot.requests.length;
    expect(await noor().typeSuggestion(noor().view, 'hood', '')).toEqual([]);
    expect(bot.requests).toHaveLength(before);
  });

  const answers: [string, JsonObject][] = [
    ['101 options', { options: Array.from({ length: 101 }, (_, i) => option(String(i))) }],
    ['an option of 76', { options: [option('x'.repeat(76))] }],
    ['neither options nor groups', {}],
    ['options and groups', { options: [], option_groups: [] }],
    ['something else', { results: [] }],
  ];
  test.each(answers)('show trouble when answered with %s', async (_name, body) => {
    await open(form(hood));
    bot.answer({ body });
    expect(await seen(noor().typeSuggestion(noor().view, 'hood', 'x'))).toBe('app_answer_invalid');
  });

  test('take groups, and none at all', async () => {
    await open(form(hood));
    bot.answer({ body: { option_groups: [{ label: plain('Noord'), options: [option('Rabot')] }] } });
    expect(await noor().typeSuggestion(noor().view, 'hood', 'x')).toMatchObject([{ value: 'rabot' }]);
    bot.answer({ body: { options: [] } });
    expect(await noor().typeSuggestion(noor().view, 'hood', 'x')).toEqual([]);
  });

  test('are sent at once in actions or where the field asks for it', async () => {
    const loud = input('loud', { type: 'static_select', options: [option('A')] }, { dispatch_action: true });
    const menu = { type: 'overflow', action_id: 'menu', options: [option('Afwijzen'), option('Doorsturen')] };
    await open(form(sector, loud, { type: 'actions', elements: [menu] }));
    const before = bot.requests.length;
    expect(await noor().choose(noor().view, 'sector', 'School')).toBeUndefined();
    expect(bot.requests).toHaveLength(before);
    await noor().choose(noor().view, 'loud', 'A');
    expect(bot.last.body).toMatchObject({ actions: [{ action_id: 'loud', selected_option: { value: 'a' } }] });
    await noor().choose(noor().view, 'menu', 'Doorsturen');
    expect(bot.last.body).toMatchObject({ actions: [{ type: 'overflow', selected_option: { value: 'doorsturen' } }] });
  });
});

describe('a button', () => {
  const press = (label: string, value: string) => ({ type: 'button', action_id: 'take', text: plain(label), value });
  const list = {
    text: 'x',
    blocks: [press('Neem op', '1'), press('Neem op', '2')].map((one) => ({ type: 'actions', elements: [one] })),
  };

  test('must be the only one meant, be there, and be seen', async () => {
    slack.events.echo = false;
    await call('chat.postMessage', { channel: SEED.regisseurChannel, ...list });
    const [message] = slack.messages(SEED.regisseurChannel);
    if (message === undefined) throw new Error('no message');
    const regisseur = slack.user(SEED.regisseur);
    expect(await seen(regisseur.press(message, 'take'))).toBe('client_refused');
    expect(await seen(regisseur.press(message, 'drop'))).toBe('client_refused');
    expect(await seen(noor().press(message, { value: '2' }))).toBe('client_refused');
    await regisseur.press(message, { value: '2' });
    expect(bot.last.body).toMatchObject({ actions: [{ action_id: 'take', value: '2' }] });
  });

  test('can be pressed as it stood before the card changed', async () => {
    slack.events.echo = false;
    await call('chat.postMessage', { channel: SEED.generalChannel, ...list });
    const [message] = slack.messages(SEED.generalChannel);
    if (message === undefined) throw new Error('no message');
    await call('chat.update', { channel: SEED.generalChannel, ts: message.ts, text: 'opgenomen' });
    expect(await seen(noor().press(message, { value: '1' }))).toBe('client_refused');
    const [seenBefore] = message.edits;
    if (seenBefore !== undefined) await noor().press(message, { value: '1' }, { seen: seenBefore });
    expect(bot.last.body).toMatchObject({ actions: [{ value: '1' }] });
  });
});

test('with a manifest only its commands and shortcuts exist', async () => {
  const manifest = {
    display_information: { name: 'Wijksignaal' },
    features: {
      slash_commands: [{ command: '/signaal' }],
      shortcuts: [{ type: 'global', callback_id: 'new' }],
      app_home: { home_tab_enabled: true },
    },
    oauth_config: { scopes: { bot: ['commands', 'chat:write'] } },
    settings: { event_subscriptions: { bot_events: ['app_mention'] } },
  };
  const strict = await startFakeSlack({ app: appFromManifest(manifest) });
  strict.connectHttp(bot.url);
  const person = strict.user(SEED.worker);
  await person.command('/signaal');
  await person.shortcut('new');
  expect(await seen(person.command('/regisseur'))).toBe('client_refused');
  expect(await seen(person.shortcut('other'))).toBe('client_refused');
  // Subscribed, but without the scope that the subscription needs.
  expect((await person.message(SEED.generalChannel, `<@${SEED.botUser}> hallo`)).deliveries).toEqual([]);
  expect([...strict.tokenOf(strict.team).scopes]).toEqual(['commands', 'chat:write']);
  expect(() => appFromManifest({ settings: { event_subscriptions: { bot_events: ['emoji_changed'] } } })).toThrow();
  await strict.close();
});
