import { RefusedCall } from '../errors.js';
import type { JsonObject } from '../json.js';
import type { Channel, Message } from '../types.js';
import { channelOnWire, messageOnWire } from '../wire.js';
import {
  argument,
  channelOf,
  isMember,
  pageOf,
  required,
  requireConversationScope,
  userOf,
  type CallContext,
  type Method,
} from './context.js';

/** docs.slack.dev/reference/methods/conversations.history */
const MOST_MESSAGES = 999;
const MOST_MEMBERS = 1000;
const MOST_PEOPLE_IN_A_GROUP_MESSAGE = 8;

export const info: Method = (call) => {
  const channel = channelOf(call, required(call, 'channel'));
  requireConversationScope(call, channel.kind);
  const wire = channelOnWire(channel, call.team, call.team.bot.userId);
  if (call.args.include_num_members === true) wire.num_members = channel.members.size;
  if (call.args.include_locale === true) wire.locale = 'nl-NL';
  return { channel: wire };
};

export const members: Method = (call) => {
  const channel = channelOf(call, required(call, 'channel'));
  requireConversationScope(call, channel.kind);
  const { page, next } = pageOf(call, [...channel.members], MOST_MEMBERS);
  return { members: page, response_metadata: { next_cursor: next } };
};

export const join: Method = (call) => {
  const channel = channelOf(call, required(call, 'channel'));
  if (channel.kind !== 'channel') throw new RefusedCall('method_not_supported_for_channel_type');
  if (channel.archived) throw new RefusedCall('is_archived');
  const already = isMember(call, channel);
  if (!already) {
    channel.members.add(call.team.bot.userId);
    call.world.hooks.joined(channel, call.team.bot.userId);
  }
  const wire = { channel: channelOnWire(channel, call.team, call.team.bot.userId) };
  return already ? { ...wire, warning: 'already_in_channel' } : wire;
};

export const open: Method = (call) => {
  const channel = conversationToOpen(call);
  const wire = call.args.return_im === true ? channelOnWire(channel, call.team, call.team.bot.userId) : {};
  return { channel: { ...wire, id: channel.id } };
};

function conversationToOpen(call: CallContext): Channel {
  const id = argument(call, 'channel');
  if (id !== undefined) {
    const channel = channelOf(call, id);
    requireConversationScope(call, channel.kind);
    if (channel.kind !== 'im' && channel.kind !== 'mpim') {
      throw new RefusedCall('method_not_supported_for_channel_type');
    }
    return channel;
  }
  const ids = (argument(call, 'users') ?? '').split(',').filter((one) => one !== '');
  const [first] = ids;
  if (first === undefined) throw new RefusedCall('users_list_not_supplied');
  if (ids.length > MOST_PEOPLE_IN_A_GROUP_MESSAGE) throw new RefusedCall('too_many_users');
  requireConversationScope(call, ids.length === 1 ? 'im' : 'mpim');
  const users = ids.map((one) => userOf(call, one));
  if (users.some((user) => user.deleted)) throw new RefusedCall('user_disabled');
  if (users.some((user) => user.isBot)) throw new RefusedCall('cannot_dm_bot');
  return ids.length === 1 ? call.world.directMessage(call.team, first) : call.world.groupMessage(call.team, ids);
}

export const history: Method = (call) => {
  const channel = channelToRead(call);
  // Answers in a thread stand in the thread alone. The newest comes first.
  const all = channel.messages.filter((message) => message.threadTs === undefined && !message.deleted).reverse();
  return messagesAnswer(call, all.filter(inPeriod(call)));
};

export const replies: Method = (call) => {
  const channel = channelToRead(call);
  const ts = required(call, 'ts');
  const asked = channel.messages.find((message) => message.ts === ts && !message.deleted);
  if (asked === undefined) throw new RefusedCall('thread_not_found');
  const root = asked.threadTs ?? asked.ts;
  const thread = channel.messages.filter((one) => !one.deleted && (one.ts === root || one.threadTs === root));
  return messagesAnswer(
    call,
    thread.filter((one) => one.ts === root || inPeriod(call)(one)),
  );
};

function channelToRead(call: CallContext): Channel {
  const channel = channelOf(call, required(call, 'channel'));
  requireConversationScope(call, channel.kind);
  if (!isMember(call, channel)) throw new RefusedCall('not_in_channel');
  return channel;
}

function messagesAnswer(call: CallContext, messages: Message[]): JsonObject {
  const { page, next } = pageOf(call, messages, MOST_MESSAGES);
  const withMetadata = call.args.include_all_metadata === true;
  const wire: JsonObject = {
    messages: page.map((message) => messageOnWire(call.world, message, withMetadata)),
    has_more: next !== '',
    pin_count: 0,
    channel_actions_ts: null,
    channel_actions_count: 0,
  };
  if (next !== '') wire.response_metadata = { next_cursor: next };
  return wire;
}

/** Whether a message stands between `oldest` and `latest`, with the ends only when `inclusive`. */
function inPeriod(call: CallContext): (message: Message) => boolean {
  const oldest = moment(call, 'oldest');
  const latest = moment(call, 'latest');
  const inclusive = call.args.inclusive === true;
  return ({ ts }) => {
    const at = Number(ts);
    const afterStart = oldest === undefined || at > oldest || (inclusive && at === oldest);
    const beforeEnd = latest === undefined || at < latest || (inclusive && at === latest);
    return afterStart && beforeEnd;
  };
}

function moment(call: CallContext, name: 'oldest' | 'latest'): number | undefined {
  const value = argument(call, name);
  if (value === undefined) return undefined;
  if (!/^\d+(\.\d{1,6})?$/.test(value)) throw new RefusedCall(`invalid_ts_${name}`);
  return Number(value);
}
