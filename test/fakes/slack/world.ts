import { digits, newId, newSecret } from './ids.js';
import type { ConversationKind } from './method-scopes.js';
import type {
  AppSettings,
  Call,
  Channel,
  Ephemeral,
  Message,
  ResponseUrl,
  Team,
  Token,
  Trigger,
  User,
  View,
} from './types.js';
import type { JsonObject } from './json.js';

export interface NewTeam {
  id?: string;
  name?: string;
  domain?: string;
  enterprise?: { id: string; name: string };
  /** Installed for the whole enterprise: payloads then carry `team: null`. */
  orgWide?: boolean;
  /** The bot's token; `null` when the app is not installed there yet. */
  botToken?: string | null;
  botUserId?: string;
  botId?: string;
  /** The token's scopes; the app's when left out. */
  scopes?: string[];
}

export type NewUser = Partial<Omit<User, 'teamId'>>;

export interface NewChannel {
  id?: string;
  name?: string;
  private?: boolean;
  archived?: boolean;
  /** User ids. */
  members?: string[];
  /** Whether the bot is a member. True when left out. */
  withBot?: boolean;
}

/** What the rest of Slack does when something is stored: it sends the bot events about it. */
interface WorldHooks {
  posted(message: Message): void;
  changed(message: Message, before: JsonObject): void;
  deleted(message: Message, before: JsonObject): void;
  joined(channel: Channel, userId: string): void;
}

/** docs.slack.dev/interactivity/handling-user-interaction: an answer is due, and a trigger_id good, within three seconds. */
const PATIENCE_MS = 3_000;

/** Everything that Slack knows: workspaces, people, conversations, messages, views. Nothing here speaks HTTP. */
export class World {
  readonly app: AppSettings;
  readonly teams = new Map<string, Team>();
  readonly tokens = new Map<string, Token>();
  readonly triggers = new Map<string, Trigger>();
  readonly responseUrls = new Map<string, ResponseUrl>();
  readonly views = new Map<string, View>();
  /** The open modals of a person, the one on top last. */
  readonly stacks = new Map<string, View[]>();
  readonly homes = new Map<string, View>();
  readonly ephemerals: Ephemeral[] = [];
  readonly calls: Call[] = [];
  /** `link_shared` deliveries that may be answered, by unfurl_id. */
  readonly unfurlIds = new Map<string, { channel: string; ts: string; urls: string[]; unfurls?: JsonObject }>();
  hooks: WorldHooks = { posted: ignore, changed: ignore, deleted: ignore, joined: ignore };
  readonly #clock: () => number;
  #ahead = 0;
  #lastTs = 0n;

  /** How long the bot has to answer, and a trigger is good for, in milliseconds. */
  readonly patienceMs: number;

  constructor(app: AppSettings, clock: () => number, patienceMs = PATIENCE_MS) {
    this.patienceMs = patienceMs;
    this.app = app;
    this.#clock = clock;
  }

  /** Slack's own idea of the time, in ms since 1970. */
  now(): number {
    return this.#clock() + this.#ahead;
  }

  /** The time that signatures carry: not moved by `advance`, because the bot compares it with its own clock. */
  signingTime(): number {
    return this.#clock();
  }

  /** Lets Slack's time pass: trigger_ids and response_urls age, rate limits recover. */
  advance(ms: number): void {
    this.#ahead += ms;
  }

  nowSeconds(): number {
    return Math.floor(this.now() / 1000);
  }

  /** A new message's `ts`: later than any before it. */
  nextTs(): string {
    const now = BigInt(Math.floor(this.now())) * 1000n;
    this.#lastTs = now > this.#lastTs ? now : this.#lastTs + 1n;
    const digits = this.#lastTs.toString();
    return `${digits.slice(0, -6)}.${digits.slice(-6)}`;
  }

  addTeam(given: NewTeam = {}): Team {
    const id = given.id ?? newId('T');
    const bot = { userId: given.botUserId ?? newId('U'), botId: given.botId ?? newId('B') };
    const name = given.name ?? `Gemeente ${id}`;
    const team: Team = {
      id,
      name,
      domain: given.domain ?? name.toLowerCase().replace(/[^a-z0-9]+/g, '-'),
      enterprise: given.enterprise ?? null,
      orgWide: given.orgWide ?? false,
      bot,
      users: new Map(),
      channels: new Map(),
      installed: false,
      triggerPart: digits(12),
    };
    this.teams.set(id, team);
    this.addUser(team, { id: bot.userId, name: 'wijksignaal', realName: this.app.name, isBot: true, email: '' });
    if (given.botToken !== null) this.install(team, given.botToken, given.scopes);
    return team;
  }

  /** Gives the app a token for a team, as the OAuth flow or the "install" button does. */
  install(team: Team, value = `xoxb-${newSecret(24)}`, scopes: string[] = this.app.scopes): Token {
    const token: Token = { value, kind: 'bot', teamId: team.id, scopes: new Set(scopes) };
    this.tokens.set(value, token);
    team.installed = true;
    return token;
  }

  botTokenOf(team: Team): Token | undefined {
    return [...this.tokens.values()].findLast((t) => t.teamId === team.id && t.kind === 'bot' && !t.trouble);
  }

  addUser(team: Team, given: NewUser = {}): User {
    const id = given.id ?? newId('U');
    const realName = given.realName ?? `Collega ${id.slice(-4)}`;
    const name = given.name ?? realName.toLowerCase().replace(/[^a-z]+/g, '.');
    const user: User = {
      name,
      realName,
      displayName: realName.split(' ')[0] ?? realName,
      email: `${name}@voorbeeld.example`,
      locale: 'nl-NL',
      tz: 'Europe/Brussels',
      tzLabel: 'Central European Time',
      tzOffset: 3600,
      statusText: '',
      deleted: false,
      isBot: false,
      isRestricted: false,
      isUltraRestricted: false,
      isAdmin: false,
      updated: this.nowSeconds(),
      ...given,
      id,
      teamId: team.id,
    };
    team.users.set(id, user);
    return user;
  }

  addChannel(team: Team, given: NewChannel = {}): Channel {
    const members = new Set(given.members);
    if (given.withBot !== false) members.add(team.bot.userId);
    const kind: ConversationKind = given.private === true ? 'group' : 'channel';
    const channel = this.#channel(team, kind, given.id ?? newId('C'), members);
    channel.name = given.name ?? channel.id.toLowerCase();
    channel.archived = given.archived ?? false;
    return channel;
  }

  /** The direct message between the bot and a person, made when it is not there yet. */
  directMessage(team: Team, userId: string): Channel {
    const found = this.findDirectMessage(team, userId);
    if (found !== undefined) return found;
    const channel = this.#channel(team, 'im', newId('D'), new Set([userId, team.bot.userId]));
    channel.user = userId;
    return channel;
  }

  findDirectMessage(team: Team, userId: string): Channel | undefined {
    return [...team.channels.values()].find((channel) => channel.kind === 'im' && channel.user === userId);
  }

  groupMessage(team: Team, userIds: string[]): Channel {
    return this.#channel(team, 'mpim', newId('G'), new Set([...userIds, team.bot.userId]));
  }

  #channel(team: Team, kind: ConversationKind, id: string, members: Set<string>): Channel {
    const channel: Channel = {
      id,
      teamId: team.id,
      kind,
      name: id.toLowerCase(),
      members,
      archived: false,
      created: this.nowSeconds(),
      messages: [],
    };
    team.channels.set(id, channel);
    return channel;
  }

  /** Finds a person in any team; throws when there is none, since that is a mistake in the test. */
  user(id: string): User {
    for (const team of this.teams.values()) {
      const user = team.users.get(id);
      if (user !== undefined) return user;
    }
    throw new Error(`The fake Slack knows no user ${id}`);
  }

  team(id: string): Team {
    const team = this.teams.get(id);
    if (team === undefined) throw new Error(`The fake Slack knows no team ${id}`);
    return team;
  }

  /** Finds a conversation in any team by id or name; throws when there is none. */
  channel(idOrName: string): Channel {
    for (const team of this.teams.values()) {
      for (const channel of team.channels.values()) {
        if (channel.id === idOrName || channel.name === idOrName) return channel;
      }
    }
    throw new Error(`The fake Slack knows no channel ${idOrName}`);
  }

  stackOf(userId: string): View[] {
    const stack = this.stacks.get(userId) ?? [];
    this.stacks.set(userId, stack);
    return stack;
  }
}

function ignore(): void {
  // Until somebody listens, nothing happens.
}
