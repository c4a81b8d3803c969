import { RefusedCall, invalidArguments, invalidBlocks } from '../errors.js';
import { problemsInBlocks } from '../block-kit/blocks.js';
import { isObject, type JsonObject } from '../json.js';
import type { Channel, Message } from '../types.js';
import { messageOnWire } from '../wire.js';
import { argument, channelOf, isMember, required, userOf, type CallContext, type Method } from './context.js';
import { readAttachment, readContent, readMetadata } from './message-content.js';

export const postMessage: Method = (call) => {
  const channel = channelToPostIn(call);
  if (channel.archived) throw new RefusedCall('is_archived');
  const mayStandOutside = channel.kind === 'channel' && call.token.scopes.has('chat:write.public');
  if (!isMember(call, channel) && !mayStandOutside) throw new RefusedCall('not_in_channel');
  if (channel.kind === 'im' && !call.world.app.messagesTab) throw new RefusedCall('messages_tab_disabled');
  requireOwnName(call);
  const metadata = readMetadata(call.args.metadata);
  const threadTs = readThread(call, channel);
  const content = readContent(call.args);
  const message: Message = {
    ...content,
    channel: channel.id,
    ts: call.world.nextTs(),
    user: call.team.bot.userId,
    ...(metadata === undefined ? {} : { metadata }),
    ...(threadTs === undefined ? {} : { threadTs }),
    byBot: true,
    files: [],
    reactions: [],
    edits: [],
    deleted: false,
    unfurls: new Map(),
  };
  channel.messages.push(message);
  call.world.hooks.posted(message);
  return { channel: channel.id, ts: message.ts, message: messageOnWire(call.world, message, true) };
};

/** A user's id stands for the direct message with that person. */
function channelToPostIn(call: CallContext): Channel {
  const id = required(call, 'channel');
  if (!/^[UW]/.test(id)) {
    const channel = channelOf(call, id);
    if (channel.user !== undefined && call.team.users.get(channel.user)?.deleted) throw new RefusedCall('is_archived');
    return channel;
  }
  const user = userOf(call, id, 'channel_not_found');
  if (user.deleted || user.isBot) throw new RefusedCall('channel_not_found');
  return call.world.directMessage(call.team, user.id);
}

/** Another name or icon needs `chat:write.customize`; Slack passes over it without, the fake says so. */
function requireOwnName(call: CallContext): void {
  const asked = ['username', 'icon_emoji', 'icon_url'].some((name) => call.args[name] !== undefined);
  if (asked && !call.token.scopes.has('chat:write.customize')) {
    throw new RefusedCall('missing_scope', {
      needed: 'chat:write.customize',
      provided: [...call.token.scopes].join(','),
    });
  }
}

/** Only the root of a thread will do; Slack puts an answer to an answer in strange places. */
function readThread(call: CallContext, channel: Channel): string | undefined {
  const ts = argument(call, 'thread_ts');
  if (ts === undefined) return undefined;
  if (!/^\d+\.\d{6}$/.test(ts)) throw new RefusedCall('invalid_thread_ts');
  const root = channel.messages.find((message) => message.ts === ts);
  if (root === undefined) throw new RefusedCall('thread_not_found');
  if (root.threadTs !== undefined) throw new RefusedCall('cannot_reply_to_message');
  return ts;
}

export const postEphemeral: Method = (call) => {
  const channel = channelOf(call, required(call, 'channel'));
  if (channel.archived) throw new RefusedCall('is_archived');
  if (!isMember(call, channel)) throw new RefusedCall('not_in_channel');
  const user = userOf(call, required(call, 'user'), 'user_not_in_channel');
  if (!channel.members.has(user.id)) throw new RefusedCall('user_not_in_channel');
  requireOwnName(call);
  const threadTs = readThread(call, channel);
  const { text, blocks } = readContent(call.args);
  const ts = call.world.nextTs();
  call.world.ephemerals.push({
    user: user.id,
    channel: channel.id,
    ts,
    text,
    blocks,
    ...(threadTs === undefined ? {} : { threadTs }),
    from: 'chat.postEphemeral',
    gone: false,
  });
  return { message_ts: ts };
};

export const update: Method = (call) => {
  const channel = channelOf(call, required(call, 'channel'));
  const message = messageIn(channel, required(call, 'ts'), 'message_not_found');
  if (channel.archived) throw new RefusedCall('is_inactive');
  if (!message.byBot) throw new RefusedCall('cant_update_message');
  const metadata = readMetadata(call.args.metadata);
  const { text, blocks, attachments } = readContent(call.args, { update: true });
  const before = messageOnWire(call.world, message);
  message.edits.push({ text: message.text, blocks: message.blocks, ts: call.world.nextTs() });
  // Without new text the old blocks stay; with a text alone they go, and "(edited)" shows.
  const keepsBlocks = call.args.blocks === undefined && call.args.text === undefined;
  if (!keepsBlocks) message.blocks = blocks;
  if (call.args.text !== undefined) message.text = text;
  if (call.args.attachments !== undefined) message.attachments = attachments;
  if (metadata !== undefined) setMetadata(message, metadata);
  if (blocks.length === 0) message.edited = { user: call.team.bot.botId, ts: call.world.nextTs() };
  call.world.hooks.changed(message, before);
  return {
    channel: channel.id,
    ts: message.ts,
    text: message.text,
    message: messageOnWire(call.world, message, true),
  };
};

function setMetadata(message: Message, metadata: JsonObject): void {
  if (Object.keys(metadata).length === 0) delete message.metadata;
  else message.metadata = metadata;
}

export const remove: Method = (call) => {
  const channel = channelOf(call, required(call, 'channel'));
  const message = messageIn(channel, required(call, 'ts'), 'message_not_found');
  if (!message.byBot) throw new RefusedCall('cant_delete_message');
  const before = messageOnWire(call.world, message);
  message.deleted = true;
  call.world.hooks.deleted(message, before);
  return { channel: channel.id, ts: message.ts };
};

export const getPermalink: Method = (call) => {
  const channel = channelOf(call, required(call, 'channel'));
  if (!isMember(call, channel)) throw new RefusedCall('channel_not_found');
  const message = messageIn(channel, required(call, 'message_ts'), 'message_not_found');
  return { channel: channel.id, permalink: permalinkOf(call, message) };
};

function permalinkOf(call: CallContext, message: Message): string {
  const base = `https://${call.team.domain}.slack.com/archives/${message.channel}/p${message.ts.replace('.', '')}`;
  return message.threadTs === undefined ? base : `${base}?thread_ts=${message.threadTs}&cid=${message.channel}`;
}

function messageIn(channel: Channel, ts: string, error: string): Message {
  const message = channel.messages.find((one) => one.ts === ts && !one.deleted);
  if (message === undefined) throw new RefusedCall(error);
  return message;
}

export const unfurl: Method = (call) => {
  const { args } = call;
  if (args.user_auth_blocks !== undefined) {
    const problems = problemsInBlocks(args.user_auth_blocks, 'message', '/user_auth_blocks');
    if (problems.length > 0) throw invalidBlocks(problems);
  }
  if (args.unfurls === undefined) throw new RefusedCall('missing_unfurls');
  if (!isObject(args.unfurls)) throw new RefusedCall('invalid_unfurls_format');
  const unfurls = Object.entries(args.unfurls).map(
    ([url, content]) => [url, readAttachment(content, `/unfurls/${url}`)] as const,
  );
  const target = unfurlTarget(call);
  const strange = unfurls.find(([url]) => !target.urls.includes(url));
  if (strange !== undefined) throw new RefusedCall('cannot_unfurl_message');
  target.unfurls = Object.fromEntries(unfurls);
  // A link in the composer has no message yet.
  const message = call.team.channels.get(target.channel)?.messages.find((one) => one.ts === target.ts);
  for (const [url, content] of unfurls) message?.unfurls.set(url, { ...content, from_url: url });
  return {};
};

/** Either `unfurl_id` with `source`, or `channel` with `ts`; only for links the bot was told of. */
function unfurlTarget(call: CallContext): { channel: string; ts: string; urls: string[]; unfurls?: JsonObject } {
  const { channel, ts, unfurl_id: unfurlId, source } = call.args;
  const byId = unfurlId !== undefined || source !== undefined;
  if (byId && (channel !== undefined || ts !== undefined)) {
    throw invalidArguments({ pointer: '', message: 'give channel and ts, or unfurl_id and source' });
  }
  if (byId) {
    if (unfurlId === undefined) throw new RefusedCall('missing_unfurl_id');
    if (source === undefined) throw new RefusedCall('missing_source');
    if (source !== 'composer' && source !== 'conversations_history') throw new RefusedCall('invalid_source');
    const target = call.world.unfurlIds.get(String(unfurlId));
    if (target === undefined) throw new RefusedCall('invalid_unfurl_id');
    return target;
  }
  if (channel === undefined) throw new RefusedCall('missing_channel');
  if (ts === undefined) throw new RefusedCall('missing_ts');
  if (!call.team.channels.has(String(channel))) throw new RefusedCall('cannot_find_channel');
  const found = [...call.world.unfurlIds.values()].find((one) => one.channel === channel && one.ts === ts);
  if (found === undefined) throw new RefusedCall('cannot_find_message');
  return found;
}
