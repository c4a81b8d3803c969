import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { clientOf, refusal } from './api-client.js';
import { SEED, signsIn, startFakeSlack, type FakeSlack } from './fake-slack.js';

let slack: FakeSlack;
beforeEach(async () => {
  slack = await startFakeSlack();
});
afterEach(async () => {
  await slack.close();
});

const client = (token?: string) => clientOf(slack, token);
const section = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text } });
const post = (args: Record<string, unknown>, token?: string) =>
  client(token).chat.postMessage({ channel: SEED.generalChannel, text: 'x', ...args } as never);

async function errorOf(call: Promise<unknown>): Promise<unknown> {
  return (await refusal(call)).error;
}

describe('posting', () => {
  test('stores the message with everything Slack fills in, and gives it back', async () => {
    const metadata = { event_type: 'delivery', event_payload: { id: 'd-1' } };
    const answer = await post({ text: 'Nieuw signaal', blocks: [section('*Nieuw*')], metadata });
    const [message] = slack.messages(SEED.generalChannel);
    expect(message).toMatchObject({ ts: answer.ts, text: 'Nieuw signaal', metadata, byBot: true });
    expect(message?.blocks[0]).toMatchObject({ text: { type: 'mrkdwn', text: '*Nieuw*', verbatim: false } });
    expect(String(message?.blocks[0]?.block_id)).toMatch(/^(?=.*[/+=]).{5}$/);
    expect(answer.message).toMatchObject({ bot_id: SEED.bot, user: SEED.botUser, team: SEED.team });
  });

  test('gives every message its own, later ts', async () => {
    const all = await Promise.all(Array.from({ length: 20 }, () => post({})));
    const order = all.map((one) => String(one.ts)).sort();
    expect(new Set(order).size).toBe(20);
    expect(slack.messages(SEED.generalChannel).map((one) => one.ts)).toEqual(order);
  });

  test('is refused where the bot is no member, in an archived channel, by name and in the void', async () => {
    const hidden = slack.addChannel({ private: true, withBot: false });
    const archived = slack.addChannel({ archived: true });
    expect(await errorOf(post({ channel: SEED.strangeChannel }))).toBe('not_in_channel');
    expect(await errorOf(post({ channel: hidden.id }))).toBe('channel_not_found');
    expect(await errorOf(post({ channel: archived.id }))).toBe('is_archived');
    expect(await errorOf(post({ channel: '#algemeen' }))).toBe('channel_not_found');
    expect(await errorOf(post({ channel: 'C0NOWHERE00' }))).toBe('channel_not_found');
  });

  test('works in public channels outside with chat:write.public', async () => {
    slack.world.install(slack.team, 'xoxb-public', ['chat:write', 'chat:write.public']);
    await post({ channel: SEED.strangeChannel }, 'xoxb-public');
    expect(slack.messages(SEED.strangeChannel)).toHaveLength(1);
  });

  test('under another name needs a scope of its own', async () => {
    expect(await refusal(post({ username: 'Iemand' }))).toMatchObject({ needed: 'chat:write.customize' });
  });

  test('to a person opens their direct message; deactivated people and bots get nothing', async () => {
    const answer = await post({ channel: SEED.worker });
    expect(answer.channel).toMatch(/^D/);
    expect(slack.direct(SEED.worker)).toHaveLength(1);
    slack.world.user(SEED.worker).deleted = true;
    expect(await errorOf(post({ channel: SEED.worker }))).toBe('channel_not_found');
    expect(await errorOf(post({ channel: answer.channel }))).toBe('is_archived');
    expect(await errorOf(post({ channel: SEED.botUser }))).toBe('channel_not_found');
  });

  test('to a person is refused while the messages tab is off', async () => {
    slack.app.messagesTab = false;
    expect(await errorOf(post({ channel: SEED.worker }))).toBe('messages_tab_disabled');
  });

  test('without text, or with too much of it, is refused', async () => {
    expect(await errorOf(post({ text: '' }))).toBe('no_text');
    expect(await errorOf(post({ text: 'x'.repeat(40_001) }))).toBe('msg_too_long');
    await post({ text: 'x'.repeat(40_000) });
  });

  test('invalid blocks come back with the place and reason, twice', async () => {
    const refused = await refusal(post({ blocks: [{ type: 'section' }] }));
    expect(refused).toMatchObject({
      error: 'invalid_blocks',
      errors: ['missing required field: text [json-pointer:/blocks/0]'],
      response_metadata: { messages: ['[ERROR] missing required field: text [json-pointer:/blocks/0]'] },
    });
    expect(slack.messages(SEED.generalChannel)).toEqual([]);
  });

  test('blocks that are too long together are refused', async () => {
    const blocks = Array.from({ length: 5 }, () => section('x'.repeat(3000)));
    expect(await errorOf(post({ blocks }))).toBe('msg_blocks_too_long');
  });

  test('metadata must be a type and a flat payload, and not too big', async () => {
    const refused = async (metadata: unknown) => errorOf(post({ metadata }));
    expect(await refused({ event_type: 'x' })).toBe('invalid_metadata_format');
    expect(await refused({ event_type: 'x y', event_payload: {} })).toBe('invalid_metadata_format');
    expect(await refused({ event_type: 'x', event_payload: {}, more: 1 })).toBe('invalid_metadata_format');
    expect(await refused({ event_type: 'x', event_payload: { deep: { er: 1 } } })).toBe('invalid_metadata_schema');
    expect(await refused({ event_type: 'x', event_payload: { a: 'x'.repeat(8000) } })).toBe('metadata_too_large');
  });

  test('in a thread needs the ts of its root', async () => {
    const root = String((await post({})).ts);
    const reply = String((await post({ thread_ts: root })).ts);
    expect(slack.messages(SEED.generalChannel, { thread: root })).toHaveLength(1);
    expect(await errorOf(post({ thread_ts: '' }))).toBe('invalid_thread_ts');
    expect(await errorOf(post({ thread_ts: '12' }))).toBe('invalid_thread_ts');
    expect(await errorOf(post({ thread_ts: '1234567890.123456' }))).toBe('thread_not_found');
    expect(await errorOf(post({ thread_ts: reply }))).toBe('cannot_reply_to_message');
  });

  test('attachments know what they may hold', async () => {
    expect(await errorOf(post({ attachments: [{ colour: 'red' }] }))).toBe('invalid_attachments');
    expect(await errorOf(post({ attachments: [{ blocks: [{ type: 'x' }] }] }))).toBe('invalid_blocks');
    expect(await errorOf(post({ attachments: Array.from({ length: 101 }, () => ({ text: 'x' })) }))).toBe(
      'too_many_attachments',
    );
  });
});

describe('changing and deleting', () => {
  const update = (args: Record<string, unknown>) =>
    client().chat.update({ channel: SEED.generalChannel, text: 'y', ...args } as never);

  test('keeps what stood there before, and the metadata', async () => {
    const metadata = { event_type: 'delivery', event_payload: { id: 'd-1' } };
    const { ts } = await post({ blocks: [section('oud')], metadata });
    await update({ ts, blocks: [section('nieuw')] });
    const [message] = slack.messages(SEED.generalChannel);
    expect(message?.edits).toMatchObject([{ text: 'x', blocks: [section('oud')] }]);
    expect(message).toMatchObject({ text: 'y', blocks: [section('nieuw')], metadata });
  });

  test('with a text alone takes the blocks away and shows as edited', async () => {
    const { ts } = await post({ blocks: [section('oud')] });
    await update({ ts });
    expect(slack.messages(SEED.generalChannel)[0]).toMatchObject({ blocks: [], edited: { user: SEED.bot } });
  });

  test('takes metadata away when it is given empty', async () => {
    const { ts } = await post({ metadata: { event_type: 'x', event_payload: {} } });
    await update({ ts, metadata: {} });
    expect(slack.messages(SEED.generalChannel)[0]?.metadata).toBeUndefined();
  });

  test("is refused for other people's messages, unknown ones, and texts over 4,000", async () => {
    const { message } = await silently(() => slack.user(SEED.worker).message(SEED.generalChannel, 'van mij'));
    expect(await errorOf(update({ ts: message.ts }))).toBe('cant_update_message');
    expect(await errorOf(client().chat.delete({ channel: SEED.generalChannel, ts: message.ts }))).toBe(
      'cant_delete_message',
    );
    expect(await errorOf(update({ ts: '1234567890.123456' }))).toBe('message_not_found');
    const { ts } = await post({});
    expect(await errorOf(update({ ts, text: 'x'.repeat(4_001) }))).toBe('msg_too_long');
    expect(await errorOf(update({ ts, channel: SEED.worker }))).toBe('channel_not_found');
  });

  test('is over once the channel is archived', async () => {
    const { ts } = await post({});
    slack.world.channel(SEED.generalChannel).archived = true;
    expect(await errorOf(update({ ts }))).toBe('is_inactive');
    const whisper = client().chat.postEphemeral({ channel: SEED.generalChannel, user: SEED.worker, text: 'x' });
    expect(await errorOf(whisper)).toBe('is_archived');
  });

  test('a deleted message is gone', async () => {
    const { ts } = await post({});
    await client().chat.delete({ channel: SEED.generalChannel, ts: String(ts) });
    expect(slack.messages(SEED.generalChannel)).toEqual([]);
    expect(await errorOf(update({ ts }))).toBe('message_not_found');
  });
});

describe('messages for one person', () => {
  const whisper = (args: Record<string, unknown> = {}) =>
    client().chat.postEphemeral({ channel: SEED.generalChannel, user: SEED.worker, text: 'psst', ...args } as never);

  test('are seen by that person alone, and cannot be changed by chat.update', async () => {
    const { message_ts: ts } = await whisper();
    expect(slack.ephemerals(SEED.worker)).toMatchObject([{ text: 'psst', ts, from: 'chat.postEphemeral' }]);
    expect(slack.ephemerals(SEED.englishWorker)).toEqual([]);
    expect(slack.messages(SEED.generalChannel)).toEqual([]);
    const update = client().chat.update({ channel: SEED.generalChannel, ts: String(ts), text: 'y' });
    expect(await errorOf(update)).toBe('message_not_found');
  });

  test('are refused where the bot or the person is no member', async () => {
    expect(await errorOf(whisper({ channel: SEED.regisseurChannel }))).toBe('user_not_in_channel');
    expect(await errorOf(whisper({ channel: SEED.strangeChannel }))).toBe('not_in_channel');
    expect(await errorOf(whisper({ user: 'U0NOBODY' }))).toBe('user_not_in_channel');
    expect(await errorOf(whisper({ text: '' }))).toBe('no_text');
  });
});

describe('reading back', () => {
  const history = (args: Record<string, unknown> = {}) =>
    client().conversations.history({ channel: SEED.generalChannel, ...args } as never);

  test('gives the newest first, without threads, and metadata only when asked for', async () => {
    const first = await post({ text: 'een', metadata: { event_type: 'x', event_payload: {} } });
    await post({ text: 'antwoord', thread_ts: first.ts });
    await post({ text: 'twee' });
    expect((await history()).messages?.map((one) => one.text)).toEqual(['twee', 'een']);
    expect((await history()).messages?.at(-1)).not.toHaveProperty('metadata');
    expect((await history({ include_all_metadata: true })).messages?.at(-1)).toMatchObject({
      metadata: { event_type: 'x' },
      reply_count: 1,
    });
    const replies = await client().conversations.replies({ channel: SEED.generalChannel, ts: String(first.ts) });
    expect(replies.messages?.map((one) => one.text)).toEqual(['een', 'antwoord']);
  });

  test('goes from oldest to latest, the ends only when inclusive', async () => {
    const ts = [];
    for (const text of ['een', 'twee', 'drie']) ts.push(String((await post({ text })).ts));
    const between = { oldest: ts[0], latest: ts[2] };
    expect((await history(between)).messages?.map((one) => one.text)).toEqual(['twee']);
    expect((await history({ ...between, inclusive: true })).messages).toHaveLength(3);
    expect(await errorOf(history({ oldest: 'gisteren' }))).toBe('invalid_ts_oldest');
  });

  test('comes in pages', async () => {
    for (let i = 0; i < 3; i += 1) await post({ text: String(i) });
    const first = await history({ limit: 2 });
    expect(first).toMatchObject({ has_more: true });
    const second = await history({ limit: 2, cursor: first.response_metadata?.next_cursor });
    expect(second.messages?.map((one) => one.text)).toEqual(['0']);
    expect(await errorOf(history({ cursor: 'verzonnen' }))).toBe('invalid_cursor');
    expect(await errorOf(history({ limit: 1000 }))).toBe('invalid_limit');
  });

  test('is refused where the bot is no member', async () => {
    expect(await errorOf(history({ channel: SEED.strangeChannel }))).toBe('not_in_channel');
    const replies = client().conversations.replies({ channel: SEED.generalChannel, ts: '1234567890.123456' });
    expect(await errorOf(replies)).toBe('thread_not_found');
  });

  test('a permalink exists for messages that exist, where the bot is', async () => {
    const { ts } = await post({});
    const link = (channel: string, messageTs: unknown) =>
      client().chat.getPermalink({ channel, message_ts: String(messageTs) });
    expect((await link(SEED.generalChannel, ts)).permalink).toContain(`/archives/${SEED.generalChannel}/p`);
    expect(await errorOf(link(SEED.generalChannel, '1234567890.123456'))).toBe('message_not_found');
    expect(await errorOf(link(SEED.strangeChannel, ts))).toBe('channel_not_found');
  });
});

test('what Slack would make of a text: mentions and links, also bare ones unless verbatim', () => {
  const text =
    'Hallo <!channel>, <@U0WORKER001> en <!subteam^S1|groep>: kijk op www.kwaad.example of <https://x.example|hier>';
  expect(signsIn({ text, blocks: [] }).map((sign) => sign.kind)).toEqual([
    'broadcast',
    'person',
    'group',
    'link',
    'link',
  ]);
  const bare = 'https://kwaad.example en ik@kwaad.example';
  expect(signsIn({ text: '', blocks: [section(bare)] })).toHaveLength(2);
  const verbatim = { type: 'section', text: { type: 'mrkdwn', text: bare, verbatim: true } };
  expect(signsIn({ text: '', blocks: [verbatim] })).toEqual([]);
  expect(
    signsIn({
      text: 'a &lt;!channel&gt; b',
      blocks: [{ type: 'header', text: { type: 'plain_text', text: '<!here>' } }],
    }),
  ).toEqual([]);
});

/** A person acts while no bot listens. */
async function silently<T>(act: () => Promise<T>): Promise<T> {
  slack.app.events = [];
  return act();
}
