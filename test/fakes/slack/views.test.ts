import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { clientOf, refusal } from './api-client.js';
import { SEED, startFakeSlack, type FakeSlack } from './fake-slack.js';
import type { JsonObject } from './json.js';
import { RecordingBot } from './recording-bot.js';

let slack: FakeSlack;
let bot: RecordingBot;
beforeEach(async () => {
  // A clock that stands still, so that a busy machine does not make trigger_ids old or refill rate limits.
  const now = Date.now();
  slack = await startFakeSlack({ now: () => now });
  bot = new RecordingBot();
  await bot.listen();
  slack.connectHttp(bot.url);
});
afterEach(async () => {
  await bot.close();
  await slack.close();
});

const plain = (text: string) => ({ type: 'plain_text', text });
const field = (id: string, given: JsonObject = {}): JsonObject => ({
  type: 'input',
  block_id: id,
  label: plain(id),
  element: { type: 'plain_text_input', action_id: id, ...given },
});
const modal = (given: JsonObject = {}): JsonObject => ({
  type: 'modal',
  title: plain('Signaal'),
  submit: plain('Verstuur'),
  blocks: [field('title')],
  ...given,
});
const home = (text: string): JsonObject => ({ type: 'home', blocks: [{ type: 'section', text: plain(text) }] });
const noor = () => slack.user(SEED.worker);
const call = (method: string, args: Record<string, unknown>) => clientOf(slack).apiCall(method, args);

async function errorOf(answer: Promise<unknown>): Promise<unknown> {
  return (await refusal(answer)).error;
}

async function newTrigger(): Promise<string> {
  await noor().command('/signaal');
  return String(bot.last.body.trigger_id);
}

async function open(given: JsonObject = {}): Promise<JsonObject> {
  const answer = await call('views.open', { trigger_id: await newTrigger(), view: modal(given) });
  return (answer as unknown as { view: JsonObject }).view;
}

/** A trigger from inside the open modal. */
async function innerTrigger(): Promise<string> {
  await noor().submitView({ title: 'x' }, { unchecked: true });
  return String(bot.last.body.trigger_id);
}

describe('a trigger_id', () => {
  test('opens a form once', async () => {
    const trigger = await newTrigger();
    await call('views.open', { trigger_id: trigger, view: modal() });
    expect(slack.openView(SEED.worker)?.wire).toMatchObject({ type: 'modal', title: { text: 'Signaal' } });
    expect(await errorOf(call('views.open', { trigger_id: trigger, view: modal() }))).toBe('exchanged_trigger_id');
  });

  test('works for three seconds', async () => {
    const inTime = await newTrigger();
    slack.advance(2_900);
    await call('views.open', { trigger_id: inTime, view: modal() });
    const late = await newTrigger();
    slack.advance(3_001);
    expect(await errorOf(call('views.open', { trigger_id: late, view: modal() }))).toBe('expired_trigger_id');
  });

  test('that was made up, or is of another workspace, is refused', async () => {
    expect(await errorOf(call('views.open', { trigger_id: '1.2.abc', view: modal() }))).toBe('invalid_trigger_id');
    expect(await errorOf(call('views.open', { view: modal() }))).toBe('invalid_trigger_id');
    slack.addTeam({ botToken: 'xoxb-other' });
    const trigger = await newTrigger();
    const elsewhere = clientOf(slack, 'xoxb-other').apiCall('views.open', { trigger_id: trigger, view: modal() });
    expect(await errorOf(elsewhere)).toBe('invalid_trigger_id');
  });

  test('is not used up by a form that Slack refuses', async () => {
    const trigger = await newTrigger();
    const wrong = modal({ title: plain('x'.repeat(25)) });
    expect(await refusal(call('views.open', { trigger_id: trigger, view: wrong }))).toMatchObject({
      error: 'invalid_arguments',
      response_metadata: { messages: ['[ERROR] must be less than 25 characters [json-pointer:/view/title/text]'] },
    });
    await call('views.open', { trigger_id: trigger, view: modal() });
  });
});

describe('a view that Slack keeps', () => {
  test('has its defaults filled in and random ids where the app gave none', async () => {
    const section = { type: 'section', text: plain('x') };
    const view = await open({ blocks: [section, field('title')], private_metadata: 'geheugen' });
    expect(view).toMatchObject({
      type: 'modal',
      team_id: SEED.team,
      app_installed_team_id: SEED.team,
      app_id: slack.app.id,
      bot_id: SEED.bot,
      callback_id: '',
      external_id: '',
      previous_view_id: null,
      root_view_id: view.id,
      close: null,
      clear_on_close: false,
      notify_on_close: false,
      private_metadata: 'geheugen',
      state: { values: { title: { title: { type: 'plain_text_input', value: null } } } },
    });
    const [first, second] = view.blocks as JsonObject[];
    expect(String(first?.block_id)).toMatch(/^(?=.*[/+=]).{5}$/);
    expect(first).toMatchObject({ text: { emoji: true } });
    expect(second).toMatchObject({
      optional: false,
      dispatch_action: false,
      element: { dispatch_action_config: { trigger_actions_on: ['on_enter_pressed'] } },
    });
  });

  test('is refused when it is over 250 kB, or has an external_id that is taken', async () => {
    const fat = { type: 'section', fields: Array.from({ length: 10 }, () => plain('x'.repeat(2000))) };
    const view = modal({ blocks: Array.from({ length: 20 }, () => fat) });
    expect(await errorOf(call('views.open', { trigger_id: await newTrigger(), view }))).toBe('view_too_large');
    await open({ external_id: 'formulier-1' });
    const sam = slack.user(SEED.englishWorker);
    await sam.command('/signaal');
    const again = call('views.open', {
      trigger_id: bot.last.body.trigger_id,
      view: modal({ external_id: 'formulier-1' }),
    });
    expect(await errorOf(again)).toBe('duplicate_external_id');
  });

  test('changes its hash with each update, and an old hash is refused', async () => {
    const view = await open();
    const update = (hash: unknown) => call('views.update', { view_id: view.id, hash, view: modal() });
    await update(view.hash);
    expect(await errorOf(update(view.hash))).toBe('hash_conflict');
    expect(slack.openView(SEED.worker)?.wire.hash).not.toBe(view.hash);
  });

  test('keeps what was typed through an update of the same field, and ignores a new first value', async () => {
    const view = await open();
    await noor().fill({ title: 'Geen wachtkamer' });
    const blocks = [field('title', { initial_value: 'anders' }), field('more', { initial_value: 'nieuw' })];
    await call('views.update', { view_id: view.id, view: modal({ blocks }) });
    expect(slack.openView(SEED.worker)?.values).toMatchObject({
      title: { title: { value: 'Geen wachtkamer' } },
      more: { more: { value: 'nieuw' } },
    });
  });

  test('can be found by its external_id, and not after it was closed', async () => {
    await open({ external_id: 'formulier-1' });
    await call('views.update', { external_id: 'formulier-1', view: modal({ external_id: 'formulier-1' }) });
    await noor().closeView();
    const late = call('views.update', { external_id: 'formulier-1', view: modal() });
    expect(await errorOf(late)).toBe('not_found');
    expect(await errorOf(call('views.update', { view: modal() }))).toBe('invalid_arguments');
  });
});

describe('views on views', () => {
  test('three at most, each pushed from inside the form below', async () => {
    const root = await open();
    for (const step of [2, 3]) {
      bot.answer({ body: { response_action: 'errors', errors: { title: 'even wachten' } } });
      await call('views.push', { trigger_id: await innerTrigger(), view: modal() });
      expect(slack.openViews(SEED.worker)).toHaveLength(step);
    }
    const top = slack.openView(SEED.worker)?.wire;
    expect(top).toMatchObject({ root_view_id: root.id, previous_view_id: slack.openViews(SEED.worker)[1]?.id });
    bot.answer({ body: { response_action: 'errors', errors: { title: 'even wachten' } } });
    const fourth = call('views.push', { trigger_id: await innerTrigger(), view: modal() });
    expect(await errorOf(fourth)).toBe('push_limit_reached');
  });

  test('cannot be pushed from outside', async () => {
    await open();
    expect(await errorOf(call('views.push', { trigger_id: await newTrigger(), view: modal() }))).toBe('not_found');
  });
});

describe('the home tab', () => {
  const publish = (args: Record<string, unknown>) => call('views.publish', { user_id: SEED.worker, ...args });

  test('is kept for each person and replaced, with a hash to guard it', async () => {
    const first = (await publish({ view: home('een') })) as unknown as { view: JsonObject };
    expect(first.view).toMatchObject({ type: 'home', submit: null, title: { text: 'View Title' } });
    await publish({ view: home('twee'), hash: first.view.hash });
    expect(await errorOf(publish({ view: home('drie'), hash: first.view.hash }))).toBe('hash_conflict');
    const kept = slack.home(SEED.worker);
    expect(kept && slack.textOf(kept)).toBe('twee');
    expect(slack.home(SEED.englishWorker)).toBeUndefined();
  });

  test('takes no modal, no strangers, and nothing while it is switched off', async () => {
    expect(await errorOf(publish({ view: modal() }))).toBe('invalid_arguments');
    expect(await errorOf(publish({ view: home('x'), user_id: 'U0NOBODY' }))).toBe('user_not_found');
    slack.app.homeTab = false;
    expect(await errorOf(publish({ view: home('x') }))).toBe('not_enabled');
  });
});
