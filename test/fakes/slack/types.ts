import type { JsonObject } from './json.js';
import type { ConversationKind, EventName } from './method-scopes.js';

/** The app as it is configured at api.slack.com: what the manifest says, and its secrets. */
export interface AppSettings {
  id: string;
  name: string;
  clientId: string;
  clientSecret: string;
  signingSecret: string;
  /** The old `token` in nearly all bodies. */
  verificationToken: string;
  /** For Socket Mode. */
  appToken: string;
  /** Bot scopes a new token gets. */
  scopes: string[];
  /** Bot events subscribed to. */
  events: EventName[];
  /** Known commands, with the slash; undefined lets all through. */
  commands?: string[];
  /** Known `callback_id`s of shortcuts; undefined lets all through. */
  globalShortcuts?: string[];
  messageShortcuts?: string[];
  /** Domains whose links give `link_shared`; subdomains included. */
  unfurlDomains: string[];
  homeTab: boolean;
  messagesTab: boolean;
  redirectUrls?: string[];
  /** Tokens live twelve hours and come with one that gives the next. */
  tokenRotation?: boolean;
}

export interface Token {
  value: string;
  kind: 'bot' | 'app';
  teamId: string;
  scopes: Set<string>;
  /** In ms since 1970; after it a call is answered `token_expired`. */
  expiresAt?: number;
  /** What a call with it is answered when it no longer works. */
  trouble?: 'token_revoked' | 'account_inactive' | 'invalid_auth';
}

export interface Team {
  id: string;
  name: string;
  domain: string;
  enterprise: { id: string; name: string } | null;
  /** Installed for the whole enterprise: `team` is null in payloads. */
  orgWide: boolean;
  bot: { userId: string; botId: string };
  users: Map<string, User>;
  channels: Map<string, Channel>;
  installed: boolean;
  /** The second part of every trigger_id of this workspace. */
  triggerPart: string;
}

export interface User {
  id: string;
  teamId: string;
  /** Login-like, not for showing. */
  name: string;
  realName: string;
  displayName: string;
  email: string;
  locale: string;
  tz: string;
  tzLabel: string;
  tzOffset: number;
  statusText: string;
  deleted: boolean;
  isBot: boolean;
  isRestricted: boolean;
  isUltraRestricted: boolean;
  isAdmin: boolean;
  updated: number;
}

export interface Channel {
  id: string;
  teamId: string;
  kind: ConversationKind;
  name: string;
  members: Set<string>;
  archived: boolean;
  created: number;
  /** The other person of a direct message. */
  user?: string;
  messages: Message[];
}

export interface Message {
  channel: string;
  ts: string;
  user: string;
  text: string;
  blocks: JsonObject[];
  attachments: JsonObject[];
  metadata?: JsonObject;
  threadTs?: string;
  /** Set when the bot wrote it. */
  byBot: boolean;
  clientMsgId?: string;
  files: JsonObject[];
  reactions: { name: string; users: string[] }[];
  /** What stood there before each `chat.update`, oldest first. */
  edits: { text: string; blocks: JsonObject[]; ts: string }[];
  /** Set when it shows "(edited)": an update of the text alone. */
  edited?: { user: string; ts: string };
  deleted: boolean;
  /** By URL, from `chat.unfurl`. */
  unfurls: Map<string, JsonObject>;
}

export interface Ephemeral {
  user: string;
  channel: string;
  ts: string;
  text: string;
  blocks: JsonObject[];
  threadTs?: string;
  /** How it came. */
  from: 'chat.postEphemeral' | 'response_url' | 'answer';
  /** Taken away, or replaced through its response_url. */
  gone: boolean;
}

/** A view as Slack keeps it; `wire` is the object the bot gets. */
export interface View {
  id: string;
  teamId: string;
  userId: string;
  kind: 'modal' | 'home';
  wire: JsonObject;
  /** The state by block_id and action_id. */
  values: Record<string, Record<string, JsonObject>>;
  open: boolean;
  /** `value` -> the whole option, of external selects: what the bot has offered so far. */
  suggested: Map<string, JsonObject>;
}

/** One call of the Web API. */
export interface Call {
  method: string;
  team: string | undefined;
  args: JsonObject;
  ok: boolean;
  error: string | undefined;
  /** 200, 429, 500, or 0 when the connection was cut. */
  status: number;
  at: number;
}

export interface Trigger {
  id: string;
  teamId: string;
  userId: string;
  madeAt: number;
  used: boolean;
  /** Where it came from: only a modal's interaction can push. */
  fromView?: string;
}

export interface ResponseUrl {
  path: string;
  teamId: string;
  userId: string;
  channel: string;
  madeAt: number;
  uses: number;
  /** The message it stands with, when it came from one. */
  messageTs?: string;
  ephemeral: boolean;
}
