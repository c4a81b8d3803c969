import { copyOf, type Json, type JsonObject } from './json.js';
import type { Channel, Message, Team, User, View } from './types.js';
import type { World } from './world.js';

// How Slack writes its things down for apps. Shapes as recorded in payloads of real workspaces.

export function userOnWire(user: User, include: { email: boolean; locale: boolean }): JsonObject {
  const [firstName = '', ...lastNames] = user.realName.split(' ');
  const profile: JsonObject = {
    title: '',
    phone: '',
    skype: '',
    real_name: user.realName,
    real_name_normalized: user.realName,
    display_name: user.displayName,
    display_name_normalized: user.displayName,
    fields: null,
    status_text: user.statusText,
    status_emoji: '',
    status_emoji_display_info: [],
    status_expiration: 0,
    avatar_hash: 'g0000000000',
    image_72: 'https://avatars.example/72.png',
    first_name: firstName,
    last_name: lastNames.join(' '),
    status_text_canonical: '',
    team: user.teamId,
  };
  if (include.email && !user.isBot) profile.email = user.email;
  const common: JsonObject = {
    id: user.id,
    team_id: user.teamId,
    name: user.name,
    deleted: user.deleted,
    profile,
    is_bot: user.isBot,
    is_app_user: false,
    updated: user.updated,
  };
  // Slack drops most of a deactivated account.
  if (user.deleted) return common;
  const full: JsonObject = {
    ...common,
    color: '9f69e7',
    real_name: user.realName,
    tz: user.tz,
    tz_label: user.tzLabel,
    tz_offset: user.tzOffset,
    is_admin: user.isAdmin,
    is_owner: false,
    is_primary_owner: false,
    is_restricted: user.isRestricted,
    is_ultra_restricted: user.isUltraRestricted,
    is_email_confirmed: true,
    who_can_share_contact_card: 'EVERYONE',
  };
  if (include.locale) full.locale = user.locale;
  return full;
}

export function channelOnWire(channel: Channel, team: Team, forUser: string): JsonObject {
  if (channel.kind === 'im') {
    return {
      id: channel.id,
      created: channel.created,
      is_archived: false,
      is_im: true,
      is_org_shared: false,
      context_team_id: team.id,
      updated: channel.created * 1000,
      user: channel.user,
      is_user_deleted: team.users.get(channel.user ?? '')?.deleted ?? false,
      last_read: '0000000000.000000',
      is_open: true,
      priority: 0,
    };
  }
  return {
    id: channel.id,
    name: channel.name,
    is_channel: channel.kind === 'channel',
    is_group: channel.kind === 'group',
    is_im: false,
    is_mpim: channel.kind === 'mpim',
    is_private: channel.kind !== 'channel',
    created: channel.created,
    is_archived: channel.archived,
    is_general: false,
    unlinked: 0,
    name_normalized: channel.name,
    is_shared: false,
    is_org_shared: false,
    is_pending_ext_shared: false,
    pending_shared: [],
    context_team_id: team.id,
    updated: channel.created * 1000,
    parent_conversation: null,
    creator: 'U0MAKER0000',
    is_ext_shared: false,
    shared_team_ids: [team.id],
    is_member: channel.members.has(forUser),
    topic: { value: '', creator: '', last_set: 0 },
    purpose: { value: '', creator: '', last_set: 0 },
    previous_names: [],
  };
}

/** The name a payload gives a conversation: the real one only for public channels. */
export function channelNameInPayload(channel: Channel): string {
  if (channel.kind === 'im') return 'directmessage';
  return channel.kind === 'channel' ? channel.name : 'privategroup';
}

/** The profile of the bot, repeated in each of its messages. */
function botProfile(world: World, team: Team): JsonObject {
  return {
    id: team.bot.botId,
    app_id: world.app.id,
    user_id: team.bot.userId,
    name: world.app.name,
    icons: { image_36: 'https://avatars.example/36.png' },
    deleted: false,
    updated: 1_700_000_000,
    team_id: team.id,
  };
}

export function messageOnWire(world: World, message: Message, withMetadata = false): JsonObject {
  const channel = world.channel(message.channel);
  const team = world.team(channel.teamId);
  const wire: JsonObject = { user: message.user, type: 'message', ts: message.ts };
  if (message.clientMsgId !== undefined) wire.client_msg_id = message.clientMsgId;
  if (message.byBot) {
    wire.bot_id = team.bot.botId;
    wire.app_id = world.app.id;
    wire.bot_profile = botProfile(world, team);
  }
  wire.text = message.text;
  wire.team = team.id;
  if (message.blocks.length > 0) wire.blocks = copyOf(message.blocks);
  const attachments = [...message.attachments, ...message.unfurls.values()];
  if (attachments.length > 0) wire.attachments = copyOf(attachments);
  if (message.files.length > 0) wire.files = copyOf(message.files);
  if (message.edited !== undefined) wire.edited = { ...message.edited };
  if (message.reactions.length > 0) {
    wire.reactions = message.reactions.map(({ name, users }) => ({ name, users: [...users], count: users.length }));
  }
  if (withMetadata && message.metadata !== undefined) wire.metadata = copyOf(message.metadata);
  addThread(wire, message, channel);
  return wire;
}

function addThread(wire: JsonObject, message: Message, channel: Channel): void {
  if (message.threadTs !== undefined) {
    wire.thread_ts = message.threadTs;
    const root = channel.messages.find((one) => one.ts === message.threadTs);
    if (root !== undefined) wire.parent_user_id = root.user;
    return;
  }
  const replies = channel.messages.filter((one) => one.threadTs === message.ts && !one.deleted);
  if (replies.length === 0) return;
  wire.thread_ts = message.ts;
  wire.reply_count = replies.length;
  wire.reply_users = [...new Set(replies.map((reply) => reply.user))];
  wire.latest_reply = replies.at(-1)?.ts;
}

/** The view with its state, as the bot gets it. */
export function viewOnWire(view: View): JsonObject {
  return { ...copyOf(view.wire), state: { values: copyOf(view.values) as unknown as Json } };
}
