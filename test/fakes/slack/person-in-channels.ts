import type { Delivery, DeliveryOptions } from './delivery.js';
import { UserSeesError } from './errors.js';
import { messageEvent, type EventDelivery, type EventSender } from './events.js';
import { newUuid } from './ids.js';
import { without, type JsonObject } from './json.js';
import { asTyped, richTextOf, type Payloads } from './payloads.js';
import type { Channel, Message, Team, User } from './types.js';
import { viewOnWire } from './wire.js';
import type { World } from './world.js';

interface UserParts {
  world: World;
  payloads: Payloads;
  delivery: Delivery;
  events: EventSender;
}

/** What a person does in conversations: each act is one or more events for the bot. */
export class PersonInChannels {
  protected readonly parts: UserParts;
  readonly id: string;

  constructor(parts: UserParts, id: string) {
    this.parts = parts;
    this.id = id;
  }

  get user(): User {
    return this.parts.world.user(this.id);
  }

  get team(): Team {
    return this.parts.world.team(this.user.teamId);
  }

  /** Says something in a channel (or, without one, to the bot). All events about it have been answered when this returns. */
  async message(
    channel: string | undefined,
    text: string,
    { thread, files = [], ...options }: DeliveryOptions & { thread?: Message; files?: JsonObject[] } = {},
  ): Promise<{ message: Message; deliveries: EventDelivery[] }> {
    const { world, events } = this.parts;
    const place = this.place(channel);
    if (!place.members.has(this.id)) throw refuses(`${this.id} is not in ${place.name}`);
    const typed = asTyped(text);
    const root = thread === undefined ? {} : { threadTs: thread.threadTs ?? thread.ts };
    const message: Message = {
      ...root,
      channel: place.id,
      ts: world.nextTs(),
      user: this.id,
      text: typed,
      blocks: typed === '' ? [] : richTextOf(typed),
      attachments: [],
      byBot: false,
      clientMsgId: newUuid(),
      files,
      reactions: [],
      edits: [],
      deleted: false,
      unfurls: new Map(),
    };
    const links = this.#ownLinks(typed);
    const early = links.length === 0 ? [] : [this.typeLinks(links, options)];
    place.messages.push(message);
    const sent = [...early, ...this.#announce(place, message, links, options)];
    const deliveries = (await Promise.all(sent)).filter((one) => one !== undefined);
    await events.settled();
    return { message, deliveries };
  }

  /** Every event that one message gives: a mention comes twice, under two event_ids. */
  #announce(
    place: Channel,
    message: Message,
    links: string[],
    options: DeliveryOptions,
  ): Promise<EventDelivery | undefined>[] {
    const { world, events } = this.parts;
    const { team } = this;
    const more: JsonObject = message.files.length > 0 ? { subtype: 'file_share', upload: false } : {};
    const event = messageEvent(world, message, more);
    const sent: Promise<EventDelivery | undefined>[] = [];
    const subscription = events.messageSubscription(place);
    if (subscription !== undefined) sent.push(events.send(team, event, subscription, options));
    const mentioned = message.text.includes(`<@${team.bot.userId}`);
    if (mentioned && subscription !== undefined && place.kind !== 'im') {
      const mention = { ...without(event, 'channel_type'), type: 'app_mention' };
      sent.push(events.send(team, mention, 'app_mention', options));
    }
    if (links.length > 0) {
      const where = { channel: place, message };
      sent.push(events.send(team, events.linkEvent(team, this.id, named(links), where), 'link_shared', options));
    }
    return sent;
  }

  /** Types links in the composer, without posting anything yet. */
  async typeLinks(urls: string[], options: DeliveryOptions = {}): Promise<EventDelivery | undefined> {
    const { events } = this.parts;
    const event = events.linkEvent(this.team, this.id, named(urls), 'composer');
    return events.send(this.team, event, 'link_shared', options);
  }

  async react(message: Message, emoji: string, options: DeliveryOptions = {}): Promise<EventDelivery | undefined> {
    const name = emoji.replaceAll(':', '');
    const there = message.reactions.find((one) => one.name === name);
    if (there === undefined) message.reactions.push({ name, users: [this.id] });
    else if (!there.users.includes(this.id)) there.users.push(this.id);
    return this.#reaction('reaction_added', message, name, options);
  }

  async unreact(message: Message, emoji: string, options: DeliveryOptions = {}): Promise<EventDelivery | undefined> {
    const name = emoji.replaceAll(':', '');
    for (const one of message.reactions) {
      if (one.name === name) one.users = one.users.filter((user) => user !== this.id);
    }
    message.reactions = message.reactions.filter((one) => one.users.length > 0);
    return this.#reaction('reaction_removed', message, name, options);
  }

  /** Opens the app's home (or its messages tab, which gives the same event). */
  async openHome(tab: 'home' | 'messages' = 'home', options: DeliveryOptions = {}): Promise<EventDelivery | undefined> {
    const { world, events } = this.parts;
    const { team } = this;
    const home = world.homes.get(this.id);
    const event: JsonObject = {
      type: 'app_home_opened',
      user: this.id,
      channel: world.directMessage(team, this.id).id,
      tab,
      // Only after something was published.
      ...(home !== undefined && tab === 'home' ? { view: viewOnWire(home) } : {}),
      event_ts: world.nextTs(),
    };
    return events.send(team, event, 'app_home_opened', options);
  }

  /** Invites the bot into a channel: the join message, and `member_joined_channel` for the bot itself. */
  async inviteBot(channelId: string, options: DeliveryOptions = {}): Promise<EventDelivery | undefined> {
    const { world, events } = this.parts;
    const { team } = this;
    const channel = world.channel(channelId);
    channel.members.add(team.bot.userId);
    const event = events.joinedEvent(channel, team.bot.userId, this.id);
    return events.send(team, event, 'member_joined_channel', options);
  }

  async #reaction(
    type: 'reaction_added' | 'reaction_removed',
    message: Message,
    reaction: string,
    options: DeliveryOptions,
  ): Promise<EventDelivery | undefined> {
    const { world, events } = this.parts;
    if (events.messageSubscription(world.channel(message.channel)) === undefined) return undefined;
    const event = {
      type,
      user: this.id,
      reaction,
      item: { type: 'message', channel: message.channel, ts: message.ts },
      item_user: message.user,
      event_ts: world.nextTs(),
    };
    return events.send(this.team, event, type, options);
  }

  /** The conversation with this id or name; the direct message with the bot when none is given. */
  protected place(id: string | undefined): Channel {
    const { world } = this.parts;
    return id === undefined ? world.directMessage(this.team, this.id) : world.channel(id);
  }

  #ownLinks(typed: string): string[] {
    const domains = this.parts.world.app.unfurlDomains;
    const urls = [...typed.matchAll(/<(https?:[^|>]+)/g)].map((match) => match[1] ?? '');
    return urls.filter((url) => domains.some((one) => hostOf(url) === one || hostOf(url).endsWith(`.${one}`)));
  }
}

function named(urls: string[]): { url: string; domain: string }[] {
  return urls.map((url) => ({ url, domain: hostOf(url) }));
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname : '';
}

/** What Slack's own client does not let a person do. */
export function refuses(message: string): UserSeesError {
  return new UserSeesError('client_refused', message);
}
