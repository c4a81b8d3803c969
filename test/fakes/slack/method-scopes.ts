/**
 * Which scopes each Web API method needs, with the page of the documentation that says so. The fake refuses a call by
 * this table; the manifest's test reads it to tell a missing scope from a superfluous one.
 */

export type ConversationKind = 'channel' | 'group' | 'im' | 'mpim';

export interface MethodFacts {
  page: string;
  /** `bot`: an `xoxb-` token; `app`: an app-level `xapp-` token; `none`: client id and secret instead. */
  token: 'bot' | 'app' | 'none';
  /** Needed whatever the call is about. */
  scopes: readonly string[];
  /** Needed as well, by the kind of conversation the call is about. */
  byConversation?: Record<ConversationKind, string>;
  /** Not needed, but the call does more with it. */
  unlocks?: Record<string, string>;
  /** Whether arguments may come as JSON: the methods that only read take form fields alone (docs.slack.dev/apis/web-api). */
  json: boolean;
  /** Arguments the method knows, with how their value reads; `!` marks the required ones. */
  args: Record<string, ArgumentKind>;
}

export type ArgumentKind = 'text' | 'text!' | 'flag' | 'number' | 'json' | 'json!';

const READ = { channel: 'channels:read', group: 'groups:read', im: 'im:read', mpim: 'mpim:read' };
const HISTORY = { channel: 'channels:history', group: 'groups:history', im: 'im:history', mpim: 'mpim:history' };
const OPEN = { channel: 'channels:manage', group: 'groups:write', im: 'im:write', mpim: 'mpim:write' };

function method(name: string, facts: Partial<MethodFacts>): MethodFacts {
  const page = `https://docs.slack.dev/reference/methods/${name}`;
  return { page, token: 'bot', scopes: [], json: true, args: {}, ...facts };
}

const MESSAGE: Record<string, ArgumentKind> = {
  text: 'text',
  blocks: 'json',
  attachments: 'json',
  thread_ts: 'text',
  parse: 'text',
  link_names: 'flag',
  username: 'text',
  icon_emoji: 'text',
  icon_url: 'text',
  metadata: 'json',
};
const PAGE: Record<string, ArgumentKind> = { cursor: 'text', limit: 'number' };
const PERIOD: Record<string, ArgumentKind> = {
  ...PAGE,
  latest: 'text',
  oldest: 'text',
  inclusive: 'flag',
  include_all_metadata: 'flag',
};

export const METHODS = {
  'apps.connections.open': method('apps.connections.open', { token: 'app', scopes: ['connections:write'] }),
  'auth.revoke': method('auth.revoke', { args: { test: 'flag' } }),
  'auth.test': method('auth.test', {}),
  'bots.info': method('bots.info', { scopes: ['users:read'], json: false, args: { bot: 'text', team_id: 'text' } }),
  'chat.delete': method('chat.delete', { scopes: ['chat:write'], args: { channel: 'text!', ts: 'text!' } }),
  'chat.getPermalink': method('chat.getPermalink', {
    json: false,
    args: { channel: 'text!', message_ts: 'text!' },
  }),
  'chat.postEphemeral': method('chat.postEphemeral', {
    scopes: ['chat:write'],
    args: { ...MESSAGE, channel: 'text!', user: 'text!' },
  }),
  'chat.postMessage': method('chat.postMessage', {
    scopes: ['chat:write'],
    unlocks: {
      'chat:write.public': 'post in public channels the bot is no member of',
      'chat:write.customize': 'post under another name or icon',
    },
    args: {
      ...MESSAGE,
      channel: 'text!',
      mrkdwn: 'flag',
      reply_broadcast: 'flag',
      unfurl_links: 'flag',
      unfurl_media: 'flag',
      unfurl_app_links: 'flag',
    },
  }),
  'chat.unfurl': method('chat.unfurl', {
    scopes: ['links:write'],
    args: {
      channel: 'text',
      ts: 'text',
      unfurls: 'json',
      source: 'text',
      unfurl_id: 'text',
      user_auth_required: 'flag',
      user_auth_message: 'text',
      user_auth_url: 'text',
      user_auth_blocks: 'json',
    },
  }),
  'chat.update': method('chat.update', {
    scopes: ['chat:write'],
    args: {
      channel: 'text!',
      ts: 'text!',
      text: 'text',
      blocks: 'json',
      attachments: 'json',
      parse: 'text',
      link_names: 'flag',
      metadata: 'json',
      reply_broadcast: 'flag',
    },
  }),
  'conversations.history': method('conversations.history', {
    byConversation: HISTORY,
    json: false,
    args: { ...PERIOD, channel: 'text!' },
  }),
  'conversations.info': method('conversations.info', {
    byConversation: READ,
    json: false,
    args: { channel: 'text!', include_locale: 'flag', include_num_members: 'flag' },
  }),
  'conversations.join': method('conversations.join', { scopes: ['channels:join'], args: { channel: 'text!' } }),
  'conversations.members': method('conversations.members', {
    byConversation: READ,
    json: false,
    args: { ...PAGE, channel: 'text!' },
  }),
  'conversations.open': method('conversations.open', {
    byConversation: OPEN,
    args: { channel: 'text', users: 'text', return_im: 'flag', prevent_creation: 'flag' },
  }),
  'conversations.replies': method('conversations.replies', {
    byConversation: HISTORY,
    json: false,
    args: { ...PERIOD, channel: 'text!', ts: 'text!' },
  }),
  'oauth.v2.access': method('oauth.v2.access', {
    token: 'none',
    json: false,
    args: {
      client_id: 'text',
      client_secret: 'text',
      code: 'text',
      redirect_uri: 'text',
      grant_type: 'text',
      refresh_token: 'text',
    },
  }),
  'reactions.get': method('reactions.get', {
    scopes: ['reactions:read'],
    json: false,
    args: { channel: 'text', timestamp: 'text', full: 'flag' },
  }),
  'team.info': method('team.info', { scopes: ['team:read'], json: false, args: { team: 'text', domain: 'text' } }),
  'users.info': method('users.info', {
    scopes: ['users:read'],
    unlocks: { 'users:read.email': 'the e-mail address in the profile' },
    json: false,
    args: { user: 'text!', include_locale: 'flag' },
  }),
  'users.list': method('users.list', {
    scopes: ['users:read'],
    unlocks: { 'users:read.email': 'the e-mail address in the profile' },
    json: false,
    args: { ...PAGE, include_locale: 'flag', team_id: 'text' },
  }),
  'users.lookupByEmail': method('users.lookupByEmail', {
    scopes: ['users:read.email'],
    json: false,
    args: { email: 'text!' },
  }),
  'views.open': method('views.open', { args: { trigger_id: 'text', view: 'json!' } }),
  'views.publish': method('views.publish', { args: { user_id: 'text!', view: 'json!', hash: 'text' } }),
  'views.push': method('views.push', { args: { trigger_id: 'text', view: 'json!' } }),
  'views.update': method('views.update', {
    args: { view: 'json!', view_id: 'text', external_id: 'text', hash: 'text' },
  }),
} satisfies Record<string, MethodFacts>;

export type MethodName = keyof typeof METHODS;

export function isMethodName(name: string): name is MethodName {
  return Object.hasOwn(METHODS, name);
}

export function factsOf(name: MethodName): MethodFacts {
  return METHODS[name];
}

/**
 * The scopes that a set of calls needs, with the methods that need each: for comparing with a manifest.
 * `conversations` names the kinds a method is called for; all four when left out.
 */
export function scopesNeeded(
  calls: { method: MethodName; conversations?: ConversationKind[] }[],
): Map<string, Set<MethodName>> {
  const needed = new Map<string, Set<MethodName>>();
  for (const { method: name, conversations } of calls) {
    const { scopes, byConversation } = factsOf(name);
    const kinds = conversations ?? (['channel', 'group', 'im', 'mpim'] as const);
    const all = [...scopes, ...(byConversation ? kinds.map((kind) => byConversation[kind]) : [])];
    for (const scope of all) needed.set(scope, (needed.get(scope) ?? new Set()).add(name));
  }
  return needed;
}

/** The scope a subscription to a bot event needs; `null` for none. Page: docs.slack.dev/reference/events/<name>. */
export const EVENT_SCOPES = {
  app_home_opened: null,
  app_mention: 'app_mentions:read',
  app_uninstalled: null,
  link_shared: 'links:read',
  member_joined_channel: 'channels:read',
  'message.channels': 'channels:history',
  'message.groups': 'groups:history',
  'message.im': 'im:history',
  'message.mpim': 'mpim:history',
  reaction_added: 'reactions:read',
  reaction_removed: 'reactions:read',
  team_join: 'users:read',
  tokens_revoked: null,
  user_change: 'users:read',
} satisfies Record<string, string | null>;

export type EventName = keyof typeof EVENT_SCOPES;

export function eventPage(name: EventName): string {
  return `https://docs.slack.dev/reference/events/${name}`;
}

/** Slash commands and shortcuts need this one: docs.slack.dev/reference/scopes/commands. */
export const COMMANDS_SCOPE = 'commands';

/** Every bot scope that any method or event of this table can use. */
export const ALL_BOT_SCOPES: readonly string[] = [
  ...new Set(
    (Object.values(METHODS) as MethodFacts[])
      .filter((facts) => facts.token === 'bot')
      .flatMap((facts) => [
        ...facts.scopes,
        ...Object.values(facts.byConversation ?? {}),
        ...Object.keys(facts.unlocks ?? {}),
      ])
      .concat(Object.values(EVENT_SCOPES).filter((scope): scope is NonNullable<typeof scope> => scope !== null))
      .concat(COMMANDS_SCOPE),
  ),
].sort();
