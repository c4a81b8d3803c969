import type { webApi } from '@slack/bolt';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { clientOf, refusal } from './api-client.js';
import { SEED, startFakeSlack, type FakeSlack } from './fake-slack.js';
import { METHODS, type MethodName } from './method-scopes.js';

let slack: FakeSlack;
beforeEach(async () => {
  // A clock that stands still, so that a busy machine does not make trigger_ids old or refill rate limits.
  const now = Date.now();
  slack = await startFakeSlack({ now: () => now });
});
afterEach(async () => {
  await slack.close();
});

const client = (token?: string, given?: webApi.WebClientOptions) => clientOf(slack, token, given);

async function raw(method: string, init: RequestInit): Promise<Record<string, unknown>> {
  const response = await fetch(slack.apiUrl + method, init);
  return (await response.json()) as Record<string, unknown>;
}

const bearer = () => ({ authorization: `Bearer ${slack.botToken}` });
const FORM = 'application/x-www-form-urlencoded';

describe('a token', () => {
  test('that is good tells who the bot is', async () => {
    const who = await client().auth.test();
    expect(who).toMatchObject({ ok: true, team_id: SEED.team, user_id: SEED.botUser, bot_id: SEED.bot });
  });

  test('that is missing, unknown or in the query string is refused', async () => {
    expect(await raw('auth.test', { method: 'POST' })).toMatchObject({ ok: false, error: 'not_authed' });
    expect(await refusal(client('xoxb-unknown').auth.test())).toMatchObject({ error: 'invalid_auth' });
    const inQuery = await raw(`auth.test?token=${slack.botToken}`, { method: 'GET' });
    expect(inQuery).toMatchObject({ error: 'not_authed' });
  });

  test('that was revoked, or of a workspace that is gone, is refused with the reason', async () => {
    slack.revoke(slack.team, 'token_revoked');
    const token = 'xoxb-token-of-the-fake';
    expect(await refusal(client(token).auth.test())).toMatchObject({ error: 'token_revoked' });
    slack.revoke(slack.team, 'account_inactive');
    expect(await refusal(client(token).auth.test())).toMatchObject({ error: 'account_inactive' });
  });

  test('stops working once the bot gives it back', async () => {
    const api = client();
    await expect(api.auth.revoke({ test: true })).resolves.toMatchObject({ revoked: false });
    await expect(api.auth.revoke()).resolves.toMatchObject({ revoked: true });
    expect(await refusal(api.auth.test())).toMatchObject({ error: 'token_revoked' });
  });

  test('of the wrong kind is refused', async () => {
    expect(await refusal(client(slack.app.appToken).auth.test())).toMatchObject({ error: 'not_allowed_token_type' });
    expect(await refusal(client().apps.connections.open())).toMatchObject({ error: 'not_allowed_token_type' });
  });

  test('belongs to one workspace and sees nothing of another', async () => {
    const other = slack.addTeam({ botToken: 'xoxb-other' });
    const channel = slack.addChannel({}, other);
    expect(await refusal(client().conversations.info({ channel: channel.id }))).toMatchObject({
      error: 'channel_not_found',
    });
    expect(await refusal(client().apiCall('auth.test', { team_id: other.id }))).toMatchObject({
      error: 'team_access_not_granted',
    });
    await expect(client('xoxb-other').auth.test()).resolves.toMatchObject({ team_id: other.id });
  });
});

describe('scopes', () => {
  const calls: [MethodName, Record<string, unknown>][] = [
    ['bots.info', {}],
    ['chat.delete', { channel: SEED.generalChannel, ts: '1.000001' }],
    ['chat.postEphemeral', { channel: SEED.generalChannel, user: SEED.worker, text: 'x' }],
    ['chat.postMessage', { channel: SEED.generalChannel, text: 'x' }],
    ['chat.unfurl', { channel: SEED.generalChannel, ts: '1.000001', unfurls: {} }],
    ['chat.update', { channel: SEED.generalChannel, ts: '1.000001', text: 'x' }],
    ['conversations.history', { channel: SEED.generalChannel }],
    ['conversations.info', { channel: SEED.generalChannel }],
    ['conversations.join', { channel: SEED.generalChannel }],
    ['conversations.members', { channel: SEED.generalChannel }],
    ['conversations.open', { users: SEED.worker }],
    ['conversations.replies', { channel: SEED.generalChannel, ts: '1.000001' }],
    ['reactions.get', { channel: SEED.generalChannel, timestamp: '1.000001' }],
    ['team.info', {}],
    ['users.info', { user: SEED.worker }],
    ['users.list', {}],
    ['users.lookupByEmail', { email: 'noor.testmans@voorbeeld.example' }],
  ];

  test.each(calls)('%s without its scope says which one is needed and which there are', async (method, args) => {
    slack.world.install(slack.team, 'xoxb-poor', ['commands']);
    const facts = METHODS[method];
    const needed = [...facts.scopes, ...Object.values(facts.byConversation ?? {})].join(',');
    expect(await refusal(client('xoxb-poor').apiCall(method, args))).toMatchObject({
      error: 'missing_scope',
      needed,
      provided: 'commands',
    });
  });

  test('every method with a scope of its own is in the list above', () => {
    const withScopes = Object.entries(METHODS).filter(
      ([, facts]) => facts.token === 'bot' && (facts.scopes.length > 0 || facts.byConversation !== undefined),
    );
    expect(calls.map(([method]) => method).sort()).toEqual(withScopes.map(([method]) => method).sort());
  });

  test('for public channels do not open private ones', async () => {
    slack.world.install(slack.team, 'xoxb-public', ['channels:history']);
    const api = client('xoxb-public');
    await expect(api.conversations.history({ channel: SEED.generalChannel })).resolves.toMatchObject({ ok: true });
    expect(await refusal(api.conversations.history({ channel: SEED.regisseurChannel }))).toMatchObject({
      error: 'missing_scope',
      needed: 'groups:history',
    });
  });

  test('come back in the headers, as the SDK reads them', async () => {
    slack.world.install(slack.team, 'xoxb-two', ['chat:write', 'users:read']);
    const answer = await client('xoxb-two').users.info({ user: SEED.worker });
    expect(answer.response_metadata).toMatchObject({
      scopes: ['chat:write', 'users:read'],
      acceptedScopes: ['users:read'],
    });
  });

  test('Socket Mode needs connections:write', async () => {
    const token = slack.world.tokens.get(slack.app.appToken);
    token?.scopes.clear();
    expect(await refusal(client(slack.app.appToken).apps.connections.open())).toMatchObject({
      error: 'missing_scope',
      needed: 'connections:write',
    });
  });
});

describe('a request', () => {
  const post = (contentType: string | undefined, body: string) => ({
    method: 'POST',
    headers: { ...bearer(), ...(contentType === undefined ? {} : { 'content-type': contentType }) },
    body: new TextEncoder().encode(body),
  });

  test('for a method that does not exist is refused', async () => {
    expect(await refusal(client().apiCall('signals.file'))).toMatchObject({
      error: 'unknown_method',
      req_method: 'signals.file',
    });
  });

  test('with a strange or missing content type is refused', async () => {
    expect(await raw('auth.test', post('text/xml', '<x/>'))).toMatchObject({ error: 'invalid_post_type' });
    expect(await raw('auth.test', post(undefined, 'a=b'))).toMatchObject({ error: 'missing_post_type' });
    expect(await raw('auth.test', post(`${FORM}; charset=utf-16`, ''))).toMatchObject({ error: 'invalid_charset' });
  });

  test('with JSON that is none, or no object, is refused', async () => {
    expect(await raw('auth.test', post('application/json', '{'))).toMatchObject({ error: 'invalid_json' });
    expect(await raw('auth.test', post('application/json', '[]'))).toMatchObject({ error: 'json_not_object' });
  });

  test('with JSON works for writing, with a warning about the charset, and not for reading', async () => {
    const message = JSON.stringify({ channel: SEED.generalChannel, text: 'hallo' });
    expect(await raw('chat.postMessage', post('application/json', message))).toMatchObject({
      ok: true,
      warning: 'missing_charset',
    });
    const read = JSON.stringify({ user: SEED.worker });
    expect(await raw('users.info', post('application/json; charset=utf-8', read))).toMatchObject({
      error: 'invalid_arguments',
    });
  });

  test('without a required argument, or with an unknown one, is refused', async () => {
    expect(await refusal(client().apiCall('users.info', {}))).toMatchObject({
      error: 'invalid_arguments',
      response_metadata: { messages: ['[ERROR] missing required field: user [json-pointer:]'] },
    });
    expect(await refusal(client().apiCall('users.info', { user: SEED.worker, includeLocale: true }))).toMatchObject({
      response_metadata: { messages: ['[ERROR] unknown argument: includeLocale [json-pointer:/includeLocale]'] },
    });
  });

  test('with a flag or number that is none is refused', async () => {
    expect(await refusal(client().apiCall('users.info', { user: SEED.worker, include_locale: 'ja' }))).toMatchObject({
      error: 'invalid_arguments',
    });
    expect(await refusal(client().apiCall('users.list', { limit: 'veel' }))).toMatchObject({
      error: 'invalid_arguments',
    });
  });

  test('with blocks or metadata that cannot be read is refused in the words of each', async () => {
    const channel = SEED.generalChannel;
    const refused = async (args: Record<string, unknown>) =>
      (await refusal(client().apiCall('chat.postMessage', { channel, text: 'x', ...args }))).error;
    expect(await refused({ blocks: '[' })).toBe('invalid_blocks_format');
    expect(await refused({ metadata: '{' })).toBe('invalid_metadata_format');
    expect(await refused({ attachments: '{' })).toBe('invalid_attachments');
  });

  test('with the same field twice is refused', async () => {
    expect(await raw('users.info', post(FORM, 'user=a&user=b'))).toMatchObject({ error: 'invalid_form_data' });
  });
});

describe('rate limits', () => {
  const post = (channel: string = SEED.generalChannel) => client().chat.postMessage({ channel, text: 'x' });

  test('are off unless a test asks for them', async () => {
    for (let i = 0; i < 5; i += 1) await post();
    expect(slack.messages(SEED.generalChannel)).toHaveLength(5);
  });

  test('hold for one channel alone, say how long to wait, and pass', async () => {
    slack.limits.perChannel({ perSecond: 1, burst: 2 });
    await post();
    await post();
    await expect(post()).rejects.toMatchObject({ code: 'slack_webapi_rate_limited_error', retryAfter: 1 });
    await post(SEED.regisseurChannel);
    expect(slack.messages(SEED.generalChannel)).toHaveLength(2);
    slack.advance(1_000);
    await post();
    expect(slack.callsOf('chat.postMessage').map((call) => call.status)).toEqual([200, 200, 429, 200, 200]);
  });

  test('can hold for one method', async () => {
    slack.limits.perMethod('conversations.history', { perSecond: 1 / 60, burst: 1 });
    const read = () => client().conversations.history({ channel: SEED.generalChannel });
    await read();
    await expect(read()).rejects.toMatchObject({ retryAfter: 60 });
  });
});

describe('failures on demand', () => {
  const post = (given: webApi.WebClientOptions = {}) =>
    client(slack.botToken, given).chat.postMessage({ channel: SEED.generalChannel, text: 'x' });
  const stored = () => slack.messages(SEED.generalChannel).length;

  test('a server error leaves nothing behind, unless it came after storing', async () => {
    slack.fail('chat.postMessage', { kind: 'status', status: 500 });
    await expect(post()).rejects.toMatchObject({ code: 'slack_webapi_http_error', statusCode: 500 });
    expect(stored()).toBe(0);
    slack.fail('chat.postMessage', { kind: 'status', status: 503, afterStoring: true });
    await expect(post()).rejects.toMatchObject({ statusCode: 503 });
    expect(stored()).toBe(1);
    await post();
    expect(stored()).toBe(2);
  });

  test('silence after storing is the ambiguous case', async () => {
    slack.fail('chat.postMessage', { kind: 'silence' });
    await expect(post({ timeout: 200 })).rejects.toMatchObject({ code: 'slack_webapi_request_error' });
    expect(stored()).toBe(1);
  });

  test('a cut connection, before or after storing', async () => {
    slack.fail('chat.postMessage', { kind: 'reset' });
    await expect(post()).rejects.toMatchObject({ code: 'slack_webapi_request_error' });
    slack.fail('chat.postMessage', { kind: 'reset', afterStoring: true });
    await expect(post()).rejects.toMatchObject({ code: 'slack_webapi_request_error' });
    expect(stored()).toBe(1);
  });

  test('"ratelimited" with the wait asked for, in one channel, as often as asked', async () => {
    const failure = { kind: 'ratelimited', retryAfter: 30 } as const;
    slack.fail('chat.postMessage', failure, { times: 2, channel: SEED.generalChannel });
    await client().chat.postMessage({ channel: SEED.regisseurChannel, text: 'x' });
    await expect(post()).rejects.toMatchObject({ retryAfter: 30 });
    await expect(post()).rejects.toMatchObject({ retryAfter: 30 });
    await post();
    expect(stored()).toBe(1);
  });

  test("any of Slack's own errors, and a page that is no JSON", async () => {
    slack.fail('chat.postMessage', { kind: 'error', error: 'fatal_error' });
    expect(await refusal(post())).toMatchObject({ error: 'fatal_error' });
    slack.fail('chat.postMessage', { kind: 'not_json' });
    expect(String((await refusal(post())).error)).toContain('<html>');
  });

  test('nobody can reach Slack while it is unreachable', async () => {
    slack.unreachable = true;
    await expect(post()).rejects.toMatchObject({ code: 'slack_webapi_request_error' });
    slack.unreachable = false;
    await post();
    expect(stored()).toBe(1);
  });
});

test('every call is on record, with its outcome', async () => {
  await client().auth.test();
  await refusal(client().users.info({ user: 'U0NOBODY' }));
  expect(slack.calls).toMatchObject([
    { method: 'auth.test', team: SEED.team, ok: true, status: 200 },
    { method: 'users.info', args: { user: 'U0NOBODY' }, ok: false, error: 'user_not_found' },
  ]);
});
