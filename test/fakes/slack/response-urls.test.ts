import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { clientOf } from './api-client.js';
import { SEED, startFakeSlack, type FakeSlack } from './fake-slack.js';
import type { Json } from './json.js';
import { RecordingBot } from './recording-bot.js';

let slack: FakeSlack;
let bot: RecordingBot;
let url: string;
beforeEach(async () => {
  slack = await startFakeSlack();
  bot = new RecordingBot();
  await bot.listen();
  slack.connectHttp(bot.url);
  slack.events.echo = false;
  await slack.user(SEED.worker).command('/signaal', '', { channel: SEED.strangeChannel });
  url = String(bot.last.body.response_url);
});
afterEach(async () => {
  await bot.close();
  await slack.close();
});

async function answer(
  body: Json,
  to = url,
  contentType = 'application/json',
): Promise<{ status: number; body: string }> {
  const headers = { 'content-type': contentType };
  const response = await fetch(to, { method: 'POST', headers, body: JSON.stringify(body) });
  return { status: response.status, body: await response.text() };
}

describe('an answer to a response_url', () => {
  test('reaches the person alone, also where the bot is no member', async () => {
    expect(await answer({ text: 'hallo' })).toEqual({ status: 200, body: 'ok' });
    expect(slack.ephemerals(SEED.worker)).toMatchObject([{ text: 'hallo', from: 'response_url' }]);
    expect(slack.messages(SEED.strangeChannel)).toEqual([]);
  });

  test('reaches everyone when it says so', async () => {
    await answer({ text: 'hallo', response_type: 'in_channel' });
    expect(slack.messages(SEED.strangeChannel)).toMatchObject([{ text: 'hallo', byBot: true }]);
  });

  test('works five times', async () => {
    for (let i = 0; i < 5; i += 1) expect((await answer({ text: 'x' })).status).toBe(200);
    expect(await answer({ text: 'x' })).toMatchObject({ status: 404, body: expect.stringContaining('used_url') });
  });

  test('works for thirty minutes', async () => {
    slack.advance(30 * 60_000 + 1);
    expect(await answer({ text: 'x' })).toMatchObject({ status: 404, body: expect.stringContaining('expired_url') });
  });

  const wrong: [string, Json, string][] = [
    ['without text', {}, 'no_text'],
    ['that is no object', 'hallo', 'invalid_payload'],
    ['with an unknown property', { text: 'x', ephemeral: true }, 'invalid_payload'],
    ['with an unknown response_type', { text: 'x', response_type: 'all' }, 'invalid_response_type'],
    ['with invalid blocks', { blocks: [{ type: 'x' }] }, 'invalid_blocks'],
    ['with an empty thread', { text: 'x', thread_ts: '' }, 'invalid_thread_ts'],
    ['that replaces what is not there', { text: 'x', replace_original: true }, 'message_not_found'],
  ];
  test.each(wrong)('%s is refused', async (_name, body, error) => {
    const refused = await answer(body);
    expect(refused.status).not.toBe(200);
    expect(refused.body).toContain(error);
  });

  test('that is no JSON is refused', async () => {
    expect(await answer({ text: 'x' }, url, 'text/plain')).toMatchObject({ status: 400 });
  });
});

describe('the response_url of a pressed button', () => {
  const blocks = [
    { type: 'actions', elements: [{ type: 'button', action_id: 'go', text: { type: 'plain_text', text: 'Ga' } }] },
  ];

  async function press(target: Parameters<ReturnType<FakeSlack['user']>['press']>[0] | undefined): Promise<string> {
    if (target === undefined) throw new Error('nothing to press');
    await slack.user(SEED.worker).press(target, 'go');
    return String(bot.last.body.response_url);
  }

  test('replaces or takes away the message it stands on', async () => {
    await clientOf(slack).chat.postMessage({ channel: SEED.generalChannel, text: 'x', blocks });
    const button = await press(slack.messages(SEED.generalChannel)[0]);
    await answer({ text: 'klaar', replace_original: true }, button);
    expect(slack.messages(SEED.generalChannel)).toMatchObject([{ text: 'klaar', blocks: [] }]);
    await answer({ delete_original: true }, button);
    expect(slack.messages(SEED.generalChannel)).toEqual([]);
  });

  test('is the only way to change a message that one person sees', async () => {
    await clientOf(slack).chat.postEphemeral({ channel: SEED.generalChannel, user: SEED.worker, text: 'x', blocks });
    const button = await press(slack.ephemerals(SEED.worker)[0]);
    await answer({ text: 'klaar', replace_original: true }, button);
    expect(slack.ephemerals(SEED.worker)).toMatchObject([{ text: 'klaar', blocks: [] }]);
    await answer({ delete_original: true }, button);
    expect(slack.ephemerals(SEED.worker)).toEqual([]);
  });
});
