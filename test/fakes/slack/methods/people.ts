import { RefusedCall } from '../errors.js';
import { messageOnWire, userOnWire } from '../wire.js';
import { argument, channelOf, isMember, pageOf, required, userOf, type CallContext, type Method } from './context.js';

const MOST_USERS = 1000;

function wireOptions(call: CallContext): { email: boolean; locale: boolean } {
  return { email: call.token.scopes.has('users:read.email'), locale: call.args.include_locale === true };
}

export const info: Method = (call) => {
  const user = userOf(call, required(call, 'user'));
  return { user: userOnWire(user, wireOptions(call)) };
};

export const list: Method = (call) => {
  const { page, next } = pageOf(call, [...call.team.users.values()], MOST_USERS);
  return {
    members: page.map((user) => userOnWire(user, wireOptions(call))),
    cache_ts: call.world.nowSeconds(),
    response_metadata: { next_cursor: next },
  };
};

export const lookupByEmail: Method = (call) => {
  const email = required(call, 'email').toLowerCase();
  const user = [...call.team.users.values()].find((one) => !one.deleted && one.email.toLowerCase() === email);
  if (user === undefined) throw new RefusedCall('users_not_found');
  return { user: userOnWire(user, { email: true, locale: false }) };
};

export const botInfo: Method = (call) => {
  const id = argument(call, 'bot') ?? call.team.bot.botId;
  if (id !== call.team.bot.botId) throw new RefusedCall('bot_not_found');
  const { app } = call.world;
  return {
    bot: {
      id,
      deleted: false,
      name: app.name,
      updated: 1_700_000_000,
      app_id: app.id,
      user_id: call.team.bot.userId,
      icons: { image_36: 'https://avatars.example/36.png' },
    },
  };
};

export const reactions: Method = (call) => {
  const channelId = argument(call, 'channel');
  const timestamp = argument(call, 'timestamp');
  if (channelId === undefined || timestamp === undefined) throw new RefusedCall('no_item_specified');
  const channel = channelOf(call, channelId);
  if (!isMember(call, channel)) throw new RefusedCall('channel_not_found');
  const message = channel.messages.find((one) => one.ts === timestamp && !one.deleted);
  if (message === undefined) throw new RefusedCall('message_not_found');
  return { type: 'message', channel: channel.id, message: messageOnWire(call.world, message) };
};
