import { isChecked, requireAnswer, type BotAnswer, type Delivery, type DeliveryOptions } from './delivery.js';
import { newId, newUuid } from './ids.js';
import { copyOf, without, type JsonObject } from './json.js';
import { EVENT_SCOPES, type ConversationKind, type EventName } from './method-scopes.js';
import type { Payloads } from './payloads.js';
import type { Channel, Message, Team } from './types.js';
import { messageOnWire } from './wire.js';
import type { World } from './world.js';

const MESSAGE_EVENTS: Record<ConversationKind, EventName> = {
  channel: 'message.channels',
  group: 'message.groups',
  im: 'message.im',
  mpim: 'message.mpim',
};

/** One event as it went to the bot, with every answer it got; a test can send it again. */
export class EventDelivery {
  readonly payload: JsonObject;
  readonly answers: BotAnswer[] = [];
  readonly #sender: EventSender;

  constructor(sender: EventSender, payload: JsonObject) {
    this.#sender = sender;
    this.payload = payload;
  }

  get event(): JsonObject {
    return this.payload.event as JsonObject;
  }

  /** Slack's repeat: the same body and event_id, with the retry headers. */
  async retry(num = 1, reason = 'http_timeout', options: DeliveryOptions = {}): Promise<BotAnswer> {
    return this.#sender.deliver(this, { ...options, retry: { num, reason } });
  }

  /** A copy that no header gives away: the same event under a new event_id. */
  async duplicate(options: DeliveryOptions = {}): Promise<EventDelivery> {
    const copy = new EventDelivery(this.#sender, { ...copyOf(this.payload), event_id: newId('Ev') });
    await this.#sender.deliver(copy, options);
    return copy;
  }
}

/** Sends events: only those the app subscribed to and has the scope for, about conversations the bot is in. */
export class EventSender {
  readonly #world: World;
  readonly #payloads: Payloads;
  readonly #delivery: Delivery;
  readonly #underWay = new Set<Promise<void>>();
  readonly #failures: unknown[] = [];
  #held: (() => void)[] | undefined;
  /** Whether the bot hears its own messages, as it does in Slack. */
  echo = true;

  constructor(world: World, payloads: Payloads, delivery: Delivery) {
    this.#world = world;
    this.#payloads = payloads;
    this.#delivery = delivery;
    world.hooks = {
      posted: (message) => {
        this.#echo(message, messageEvent(world, message));
      },
      changed: (message, before) => {
        this.#echo(message, this.#changedEvent(message, before));
      },
      deleted: (message, before) => {
        this.#echo(message, this.#deletedEvent(message, before));
      },
      joined: (channel, userId) => {
        const team = world.team(channel.teamId);
        this.inBackground(() => this.send(team, this.joinedEvent(channel, userId), 'member_joined_channel'));
      },
    };
  }

  /** Sends one event and judges the answer; undefined when the app would not get it. */
  async send(
    team: Team,
    event: JsonObject,
    name: EventName,
    options: DeliveryOptions = {},
  ): Promise<EventDelivery | undefined> {
    if (!this.gets(team, name)) return undefined;
    const delivery = new EventDelivery(this, this.#payloads.event(team, event));
    await this.deliver(delivery, options);
    return delivery;
  }

  async deliver(delivery: EventDelivery, options: DeliveryOptions): Promise<BotAnswer> {
    const answered = await this.#delivery.send({ kind: 'event', payload: delivery.payload }, options);
    delivery.answers.push(answered);
    if (isChecked(options)) requireAnswer(answered, `event ${String(delivery.event.type)}`);
    return answered;
  }

  /** Whether this app, with its token of this team, gets this kind of event. */
  gets(team: Team, name: EventName): boolean {
    const needed = EVENT_SCOPES[name];
    if (!this.#world.app.events.includes(name)) return false;
    if (needed === null) return true;
    return this.#world.botTokenOf(team)?.scopes.has(needed) ?? false;
  }

  /** The subscription under which a message in this conversation comes; undefined when the bot is not in it. */
  messageSubscription(channel: Channel): EventName | undefined {
    const bot = this.#world.team(channel.teamId).bot.userId;
    return channel.members.has(bot) ? MESSAGE_EVENTS[channel.kind] : undefined;
  }

  /** Sends without waiting; `settled` waits for it and throws what went wrong. */
  inBackground(work: () => Promise<unknown>): void {
    if (!this.#delivery.connected) return;
    if (this.#held !== undefined) {
      this.#held.push(() => {
        this.inBackground(work);
      });
      return;
    }
    const running: Promise<void> = work()
      .catch((error: unknown) => {
        this.#failures.push(error);
      })
      .then(() => {
        this.#underWay.delete(running);
      });
    this.#underWay.add(running);
  }

  /** Keeps what would be sent in the background until `release`: Slack does not keep the order of events. */
  hold(): void {
    this.#held ??= [];
  }

  release(order: 'in order' | 'reversed' = 'in order'): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const send of order === 'reversed' ? held.reverse() : held) send();
  }

  /** Waits for everything sent in the background. Throws the first thing that went wrong with it. */
  async settled(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay);
    const [failure] = this.#failures.splice(0);
    if (failure !== undefined) throw failure;
  }

  #echo(message: Message, event: JsonObject): void {
    if (!this.echo) return;
    const channel = this.#world.channel(message.channel);
    const name = this.messageSubscription(channel);
    if (name === undefined) return;
    this.inBackground(() => this.send(this.#world.team(channel.teamId), event, name));
  }

  /** Hidden, without a user at the top; `edited.user` inside is the bot's B id. */
  #changedEvent(message: Message, before: JsonObject): JsonObject {
    const { channel, team } = this.#placeOf(message);
    const ts = this.#world.nextTs();
    const now = messageOnWire(this.#world, message);
    return {
      type: 'message',
      subtype: 'message_changed',
      message: { ...now, edited: { user: team.bot.botId, ts }, source_team: team.id, user_team: team.id },
      previous_message: before,
      channel: channel.id,
      hidden: true,
      ts,
      event_ts: ts,
      channel_type: channel.kind,
    };
  }

  #deletedEvent(message: Message, before: JsonObject): JsonObject {
    const { channel } = this.#placeOf(message);
    const ts = this.#world.nextTs();
    return {
      type: 'message',
      subtype: 'message_deleted',
      previous_message: before,
      channel: channel.id,
      hidden: true,
      deleted_ts: message.ts,
      ts,
      event_ts: ts,
      channel_type: channel.kind,
    };
  }

  #placeOf(message: Message): { channel: Channel; team: Team } {
    const channel = this.#world.channel(message.channel);
    return { channel, team: this.#world.team(channel.teamId) };
  }

  joinedEvent(channel: Channel, userId: string, inviter?: string): JsonObject {
    return {
      type: 'member_joined_channel',
      user: userId,
      channel: channel.id,
      channel_type: channel.kind === 'channel' ? 'C' : 'G',
      team: channel.teamId,
      ...(inviter === undefined ? {} : { inviter }),
      event_ts: this.#world.nextTs(),
    };
  }

  /** A link in the composer, or in a message that stands in a channel. */
  linkEvent(
    team: Team,
    userId: string,
    links: { url: string; domain: string }[],
    where: { channel: Channel; message: Message } | 'composer',
  ): JsonObject {
    const inChannel = where !== 'composer';
    const ts = inChannel ? where.message.ts : newUuid();
    const channel = inChannel ? where.channel.id : 'COMPOSER';
    const unfurlId = inChannel ? `${channel}.${ts}.${newUuid()}` : newUuid();
    this.#world.unfurlIds.set(unfurlId, { channel, ts, urls: links.map((link) => link.url) });
    return {
      type: 'link_shared',
      user: userId,
      channel,
      message_ts: ts,
      links,
      source: inChannel ? 'conversations_history' : 'composer',
      unfurl_id: unfurlId,
      is_bot_user_member: inChannel && where.channel.members.has(team.bot.userId),
      ...(inChannel && where.message.threadTs !== undefined ? { thread_ts: where.message.threadTs } : {}),
      event_ts: this.#world.nextTs(),
    };
  }
}

/** A message as its event: with channel, event_ts and channel_type. */
export function messageEvent(world: World, message: Message, more: JsonObject = {}): JsonObject {
  const channel = world.channel(message.channel);
  const wire = without(messageOnWire(world, message), 'reply_count', 'reply_users', 'latest_reply');
  return { ...wire, channel: channel.id, event_ts: message.ts, channel_type: channel.kind, ...more };
}
