import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { clientOf } from './api-client.js';
import { SEED, startFakeSlack, UserSeesError, type FakeSlack } from './fake-slack.js';
import { objectAt, type JsonObject } from './json.js';
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

const noor = () => slack.user(SEED.worker);
const call = (method: string, args: Record<string, unknown>) => clientOf(slack).apiCall(method, args);
const events = () => bot.requests.map((request) => objectAt(request.body, 'event') ?? {});
const types = () => events().map((event) => event.type);
const texts = () => events().map((event) => event.text);

async function errorOf(answer: Promise<unknown>): Promise<unknown> {
  return answer.then(
    () => 'accepted',
    (error: unknown) => (error as { data: JsonObject }).data.error,
  );
}

describe('the bot hears', () => {
  test('what is said where it is a member, and nothing elsewhere', async () => {
    await noor().message(SEED.strangeChannel, `<@${SEED.botUser}> hallo`);
    expect(bot.requests).toEqual([]);
    await noor().message(SEED.generalChannel, 'hallo');
    await noor().message(undefined, 'hallo');
    expect(events().map((event) => event.channel_type)).toEqual(['channel', 'im']);
  });

  test('only what the app subscribed to and has the scope for', async () => {
    slack.app.events = ['app_mention', 'message.im'];
    await noor().message(SEED.generalChannel, `<@${SEED.botUser}> hallo`);
    expect(types()).toEqual(['app_mention']);
    slack.tokenOf(slack.team).scopes.delete('app_mentions:read');
    await noor().message(SEED.generalChannel, `<@${SEED.botUser}> hallo`);
    expect(types()).toEqual(['app_mention']);
  });

  test('itself, also through chat.update, unless a test switches that off', async () => {
    const { ts } = (await call('chat.postMessage', { channel: SEED.generalChannel, text: 'x' })) as { ts?: string };
    await call('chat.update', { channel: SEED.generalChannel, ts, text: 'y' });
    await slack.settled();
    expect(events().map((event) => event.subtype)).toEqual([undefined, 'message_changed']);
    slack.events.echo = false;
    await call('chat.postMessage', { channel: SEED.generalChannel, text: 'z' });
    await slack.settled();
    expect(bot.requests).toHaveLength(2);
  });

  test('typed text as Slack writes it: escaped, with links and mentions in signs', async () => {
    await noor().message(SEED.generalChannel, 'a < b & c, zie https://x.example/p?q=1 of <@U0WORKER002>');
    expect(texts()).toEqual(['a &lt; b &amp; c, zie <https://x.example/p?q=1> of <@U0WORKER002>']);
    const elements = JSON.stringify(events()[0]?.blocks);
    expect(elements).toContain('"a < b & c, zie "');
    expect(elements).toContain('"type":"link"');
    expect(elements).toContain('"type":"user"');
  });

  test('a reply with a file, in a thread, with whose thread it is', async () => {
    const { message } = await slack.user(SEED.englishWorker).message(SEED.generalChannel, 'hallo');
    await noor().message(SEED.generalChannel, 'kijk', { thread: message, files: [{ id: 'F1', name: 'foto.jpg' }] });
    expect(events().at(-1)).toMatchObject({
      subtype: 'file_share',
      thread_ts: message.ts,
      parent_user_id: SEED.englishWorker,
      files: [{ id: 'F1' }],
    });
  });

  test('reactions put on and taken away', async () => {
    const { message } = await noor().message(SEED.generalChannel, 'hallo');
    await noor().react(message, ':loudspeaker:');
    await noor().unreact(message, 'loudspeaker');
    expect(types().slice(1)).toEqual(['reaction_added', 'reaction_removed']);
    expect(message.reactions).toEqual([]);
  });

  test('that it was invited, and that it joined', async () => {
    await noor().inviteBot(SEED.strangeChannel);
    expect(events()).toMatchObject([{ type: 'member_joined_channel', user: SEED.botUser, inviter: SEED.worker }]);
    const other = slack.addChannel({ withBot: false });
    await call('conversations.join', { channel: other.id });
    await slack.settled();
    expect(events().at(-1)).not.toHaveProperty('inviter');
  });

  test('which tab of its home was opened, with the view only once there is one', async () => {
    await noor().openHome('messages');
    expect(events().at(-1)).toMatchObject({ tab: 'messages' });
    const blocks = [{ type: 'section', text: { type: 'plain_text', text: 'x' } }];
    await call('views.publish', { user_id: SEED.worker, view: { type: 'home', blocks } });
    await noor().openHome();
    expect(events().at(-1)).toHaveProperty('view.hash', slack.home(SEED.worker)?.wire.hash);
  });
});

describe('Slack repeats', () => {
  test('an event with the same body and event_id, and says so in the headers', async () => {
    const { deliveries } = await noor().message(SEED.generalChannel, 'hallo');
    await deliveries[0]?.retry(2, 'http_error');
    const [first, second] = bot.requests;
    expect(second?.raw).toBe(first?.raw);
    expect(first?.headers).not.toHaveProperty('x-slack-retry-num');
    expect(second?.headers).toMatchObject({ 'x-slack-retry-num': '2', 'x-slack-retry-reason': 'http_error' });
    expect(deliveries[0]?.answers).toHaveLength(2);
  });

  test('an event under a new event_id, without saying so', async () => {
    const { deliveries } = await noor().message(SEED.generalChannel, 'hallo');
    await deliveries[0]?.duplicate();
    const [first, second] = bot.requests;
    expect(second?.body.event).toEqual(first?.body.event);
    expect(second?.body.event_id).not.toBe(first?.body.event_id);
    expect(second?.headers).not.toHaveProperty('x-slack-retry-num');
  });

  test('can come out of order', async () => {
    slack.events.hold();
    for (const text of ['een', 'twee']) await call('chat.postMessage', { channel: SEED.generalChannel, text });
    await noor().message(SEED.generalChannel, 'drie');
    expect(texts()).toEqual(['drie']);
    slack.events.release('reversed');
    await slack.settled();
    expect(texts().slice(1).sort()).toEqual(['een', 'twee']);
  });
});

describe('an event the bot fails at', () => {
  test('throws at the act', async () => {
    bot.answer({ status: 500 });
    await expect(noor().message(SEED.generalChannel, 'hallo')).rejects.toBeInstanceOf(UserSeesError);
  });

  test('of its own message throws when the test settles', async () => {
    bot.answer({ status: 500 });
    await call('chat.postMessage', { channel: SEED.generalChannel, text: 'x' });
    await expect(slack.settled()).rejects.toBeInstanceOf(UserSeesError);
    await slack.settled();
  });
});

describe('links', () => {
  const url = 'https://signalen.example/s/G-2026-0042';
  const unfurls = { [url]: { blocks: [{ type: 'section', text: { type: 'plain_text', text: 'Signaal' } }] } };

  test("give two events, for the app's own domains alone", async () => {
    await noor().message(SEED.generalChannel, `zie ${url} en https://elders.example/x`);
    const shared = events().filter((event) => event.type === 'link_shared');
    expect(shared).toMatchObject([
      { source: 'composer', channel: 'COMPOSER', is_bot_user_member: false },
      { source: 'conversations_history', channel: SEED.generalChannel, is_bot_user_member: true },
    ]);
    expect(shared[0]?.links).toEqual([{ url, domain: 'signalen.example' }]);
  });

  test('can be unfurled by unfurl_id, or by channel and ts', async () => {
    const { message } = await noor().message(SEED.generalChannel, url);
    await call('chat.unfurl', { channel: SEED.generalChannel, ts: message.ts, unfurls });
    expect(message.unfurls.get(url)).toMatchObject({ from_url: url, blocks: [{ type: 'section' }] });
    const composer = events().find((event) => event.source === 'composer');
    await call('chat.unfurl', { unfurl_id: composer?.unfurl_id, source: 'composer', unfurls });
  });

  test('and in no other way', async () => {
    const { message } = await noor().message(SEED.generalChannel, url);
    const place = { channel: SEED.generalChannel, ts: message.ts };
    const refused = (args: Record<string, unknown>) => errorOf(call('chat.unfurl', args));
    const other = { 'https://signalen.example/s/other': { text: 'x' } };
    expect(await refused({ ...place, unfurls: other })).toBe('cannot_unfurl_message');
    expect(await refused({ ...place, unfurls: [] })).toBe('invalid_unfurls_format');
    expect(await refused({ ...place })).toBe('missing_unfurls');
    expect(await refused({ ...place, unfurls: { [url]: { blocks: [{ type: 'x' }] } } })).toBe('invalid_blocks');
    expect(await refused({ ...place, ts: '1.000001', unfurls })).toBe('cannot_find_message');
    expect(await refused({ ts: message.ts, unfurls })).toBe('missing_channel');
    expect(await refused({ channel: SEED.generalChannel, unfurls })).toBe('missing_ts');
    expect(await refused({ unfurl_id: 'x', source: 'composer', unfurls })).toBe('invalid_unfurl_id');
    expect(await refused({ unfurl_id: 'x', unfurls })).toBe('missing_source');
    expect(await refused({ unfurl_id: 'x', source: 'mail', unfurls })).toBe('invalid_source');
    expect(await refused({ ...place, unfurl_id: 'x', unfurls })).toBe('invalid_arguments');
  });
});

describe('what Slack sends of its own accord', () => {
  test('url_verification must bring the challenge back', async () => {
    await expect(slack.verifyUrl()).rejects.toBeInstanceOf(UserSeesError);
    bot.onRequest = (request) => {
      if (request.body.type === 'url_verification') bot.answer({ body: { challenge: request.body.challenge ?? '' } });
      return Promise.resolve();
    };
    const answered = await slack.verifyUrl({ signature: 'wrong' });
    expect(answered.status).toBe(200);
  });

  test('ssl_check comes without signature, app_rate_limited without event', async () => {
    await slack.sslCheck();
    expect(bot.last.body).toEqual({ ssl_check: '1', token: slack.app.verificationToken });
    expect(bot.last.headers).not.toHaveProperty('x-slack-signature');
    await slack.appRateLimited();
    expect(bot.last.body).toMatchObject({ type: 'app_rate_limited' });
    expect(bot.last.body).not.toHaveProperty('event');
  });

  test('any body, well signed: the answer comes back unjudged', async () => {
    bot.answer({ status: 400 });
    expect((await slack.raw({ contentType: 'application/json', body: 'null' })).status).toBe(400);
  });

  test('the removal of the app, in either order; afterwards nothing works or comes any more', async () => {
    const token = slack.botToken;
    await slack.uninstall(slack.team, { order: 'revoked first' });
    expect(types()).toEqual(['tokens_revoked', 'app_uninstalled']);
    expect(await errorOf(clientOf(slack, token).auth.test())).toBe('token_revoked');
    await noor().message(SEED.generalChannel, 'hallo');
    expect(bot.requests).toHaveLength(2);
  });

  test('somebody is deactivated, with what Slack then still tells', async () => {
    await slack.userChange(SEED.worker, { deleted: true });
    expect(events().at(-1)).toHaveProperty('user.deleted', true);
    expect(events().at(-1)).not.toHaveProperty('user.tz');
  });
});
