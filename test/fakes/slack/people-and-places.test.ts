import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { clientOf, refusal } from './api-client.js';
import { SEED, startFakeSlack, type FakeSlack } from './fake-slack.js';

let slack: FakeSlack;
beforeEach(async () => {
  slack = await startFakeSlack();
});
afterEach(async () => {
  await slack.close();
});

const client = (token?: string) => clientOf(slack, token);

async function errorOf(call: Promise<unknown>): Promise<unknown> {
  return (await refusal(call)).error;
}

describe('people', () => {
  test('come with a time zone, a locale only when asked for, and an address only with its scope', async () => {
    const plain = await client().users.info({ user: SEED.englishWorker });
    expect(plain.user).toMatchObject({ tz: 'Europe/Brussels', deleted: false, is_bot: false, is_restricted: false });
    expect(plain.user).not.toHaveProperty('locale');
    expect(plain.user?.profile).toHaveProperty('email', 'sam.example@voorbeeld.example');
    const asked = await client().users.info({ user: SEED.englishWorker, include_locale: true });
    expect(asked.user).toHaveProperty('locale', 'en-GB');
    slack.world.install(slack.team, 'xoxb-shy', ['users:read']);
    const shy = await client('xoxb-shy').users.info({ user: SEED.englishWorker });
    expect(shy.user?.profile).not.toHaveProperty('email');
  });

  test('who are deactivated, guests or bots say so', async () => {
    const guest = slack.addUser({ isRestricted: true, isUltraRestricted: true });
    const gone = slack.addUser({ deleted: true });
    const seen = (id: string) => client().users.info({ user: id });
    expect((await seen(guest.id)).user).toMatchObject({ is_restricted: true, is_ultra_restricted: true });
    expect((await seen(gone.id)).user).toMatchObject({ deleted: true });
    expect((await seen(SEED.botUser)).user).toMatchObject({ is_bot: true });
    expect(await errorOf(seen('U0NOBODY'))).toBe('user_not_found');
  });

  test('can be listed in pages and found by address, unless deactivated', async () => {
    const first = await client().users.list({ limit: 4 });
    expect(first.members).toHaveLength(4);
    const rest = await client().users.list({ limit: 4, cursor: first.response_metadata?.next_cursor ?? '' });
    expect(rest.members).toHaveLength(2);
    const email = 'Noor.Testmans@voorbeeld.example';
    expect((await client().users.lookupByEmail({ email })).user?.id).toBe(SEED.worker);
    slack.world.user(SEED.worker).deleted = true;
    expect(await errorOf(client().users.lookupByEmail({ email }))).toBe('users_not_found');
  });

  test('the bot and the workspace have names', async () => {
    expect((await client().bots.info({ bot: SEED.bot })).bot).toMatchObject({
      app_id: slack.app.id,
      name: 'Wijksignaal',
    });
    expect(await errorOf(client().bots.info({ bot: 'B0OTHER' }))).toBe('bot_not_found');
    expect((await client().team.info()).team).toMatchObject({ id: SEED.team, name: 'Stad Voorbeeld' });
    expect(await errorOf(client().team.info({ team: 'T0OTHER' }))).toBe('team_not_found');
  });
});

describe('conversations', () => {
  test('tell whether the bot is in them', async () => {
    const info = (channel: string) => client().conversations.info({ channel, include_num_members: true });
    expect((await info(SEED.generalChannel)).channel).toMatchObject({ is_member: true, num_members: 6 });
    expect((await info(SEED.strangeChannel)).channel).toMatchObject({ is_member: false });
    expect((await info(SEED.regisseurChannel)).channel).toMatchObject({ is_private: true });
    const hidden = slack.addChannel({ private: true, withBot: false });
    expect(await errorOf(info(hidden.id))).toBe('channel_not_found');
  });

  test('list their members in pages', async () => {
    const first = await client().conversations.members({ channel: SEED.generalChannel, limit: 4 });
    expect(first.members).toHaveLength(4);
    expect(first.response_metadata?.next_cursor).not.toBe('');
  });

  test('can be joined when public, once with effect', async () => {
    const join = (channel: string) => client().conversations.join({ channel });
    await join(SEED.strangeChannel);
    expect(await join(SEED.strangeChannel)).toMatchObject({ warning: 'already_in_channel' });
    expect(slack.world.channel(SEED.strangeChannel).members.has(SEED.botUser)).toBe(true);
    expect(await errorOf(join(SEED.regisseurChannel))).toBe('method_not_supported_for_channel_type');
    expect(await errorOf(join(slack.addChannel({ archived: true }).id))).toBe('is_archived');
  });

  test('between the bot and a person are opened once, and not with the deactivated', async () => {
    const open = (users: string) => client().conversations.open({ users });
    const first = await open(SEED.worker);
    expect((await open(SEED.worker)).channel?.id).toBe(first.channel?.id);
    expect((await open(`${SEED.worker},${SEED.regisseur}`)).channel?.id).toMatch(/^G/);
    expect(await errorOf(open('U0NOBODY'))).toBe('user_not_found');
    expect(await errorOf(open(SEED.botUser))).toBe('cannot_dm_bot');
    expect(await errorOf(client().apiCall('conversations.open'))).toBe('users_list_not_supplied');
    expect(await errorOf(open(Array.from({ length: 9 }, () => SEED.worker).join(',')))).toBe('too_many_users');
    expect(await errorOf(client().conversations.open({ channel: SEED.generalChannel }))).toBe(
      'method_not_supported_for_channel_type',
    );
    slack.world.user(SEED.worker).deleted = true;
    expect(await errorOf(open(SEED.worker))).toBe('user_disabled');
  });

  test('opening one with a single person needs im:write alone', async () => {
    slack.world.install(slack.team, 'xoxb-im', ['im:write']);
    await client('xoxb-im').conversations.open({ users: SEED.worker });
    const group = client('xoxb-im').conversations.open({ users: `${SEED.worker},${SEED.regisseur}` });
    expect(await refusal(group)).toMatchObject({ error: 'missing_scope', needed: 'mpim:write' });
  });
});

test('reactions can be read where the bot is', async () => {
  slack.app.events = [];
  const { message } = await slack.user(SEED.worker).message(SEED.generalChannel, 'hallo');
  await slack.user(SEED.englishWorker).react(message, ':loudspeaker:');
  const get = (args: Record<string, string>) => client().reactions.get(args as never);
  const seen = await get({ channel: SEED.generalChannel, timestamp: message.ts });
  expect(seen.message).toMatchObject({ reactions: [{ name: 'loudspeaker', users: [SEED.englishWorker], count: 1 }] });
  expect(await errorOf(get({}))).toBe('no_item_specified');
  expect(await errorOf(get({ channel: SEED.strangeChannel, timestamp: message.ts }))).toBe('channel_not_found');
  expect(await errorOf(get({ channel: SEED.generalChannel, timestamp: '1.000001' }))).toBe('message_not_found');
});
