import { filledIn, stateOf, type Values } from './fill-in.js';
import { newId, newSecret } from './ids.js';
import { copyOf, type Json, type JsonObject } from './json.js';
import type { ResponseUrls } from './response-urls.js';
import { newTrigger } from './triggers.js';
import type { Channel, Ephemeral, Message, Team, User, View } from './types.js';
import { channelNameInPayload, messageOnWire, viewOnWire } from './wire.js';
import type { World } from './world.js';

/** What a person acted on: a message, a message only they see, or a modal or home tab. */
export type Target = Message | Ephemeral | View;

export function isView(target: Target): target is View {
  return 'wire' in target;
}

export function isEphemeral(target: Target): target is Ephemeral {
  return 'from' in target;
}

/** Builds the bodies Slack sends for what people do, in the shapes that real workspaces send. */
export class Payloads {
  readonly #world: World;
  readonly #urls: ResponseUrls;

  constructor(world: World, urls: ResponseUrls) {
    this.#world = world;
    this.#urls = urls;
  }

  /** Thirteen flat fields, all text; two more on Enterprise Grid. */
  command(user: User, channel: Channel, command: string, text: string): Record<string, string> {
    const team = this.#teamOf(user);
    const origin = { teamId: team.id, userId: user.id, channel: channel.id, ephemeral: false };
    return {
      token: this.#world.app.verificationToken,
      team_id: team.id,
      team_domain: team.domain,
      ...(team.enterprise === null ? {} : { enterprise_id: team.enterprise.id, enterprise_name: team.enterprise.name }),
      channel_id: channel.id,
      channel_name: channelNameInPayload(channel),
      user_id: user.id,
      user_name: user.name,
      command,
      text,
      api_app_id: this.#world.app.id,
      // A string, and so true to careless code even when it says "false".
      is_enterprise_install: String(team.orgWide),
      response_url: this.#urls.make('commands', origin),
      trigger_id: newTrigger(this.#world, team, user.id),
    };
  }

  /** A global shortcut: the person has `username` and no `name`, and there is no channel. */
  shortcut(user: User, callbackId: string): JsonObject {
    const team = this.#teamOf(user);
    return {
      type: 'shortcut',
      token: this.#world.app.verificationToken,
      action_ts: this.#world.nextTs(),
      team: team.orgWide ? null : teamObject(team),
      user: { id: user.id, username: user.name, team_id: userTeam(team) },
      ...this.#enterprise(team),
      callback_id: callbackId,
      trigger_id: newTrigger(this.#world, team, user.id),
    };
  }

  /** A shortcut on a message: the person has `name` and no `username`, and the whole message comes along. */
  messageAction(user: User, callbackId: string, message: Message): JsonObject {
    const team = this.#teamOf(user);
    const channel = this.#world.channel(message.channel);
    const origin = { teamId: team.id, userId: user.id, channel: channel.id, messageTs: message.ts, ephemeral: false };
    return {
      type: 'message_action',
      token: this.#world.app.verificationToken,
      action_ts: this.#world.nextTs(),
      team: team.orgWide ? null : teamObject(team),
      user: { id: user.id, name: user.name },
      channel: { id: channel.id, name: channelNameInPayload(channel) },
      ...this.#enterprise(team),
      callback_id: callbackId,
      trigger_id: newTrigger(this.#world, team, user.id),
      response_url: this.#urls.make('actions', origin),
      message_ts: message.ts,
      message: messageOnWire(this.#world, message),
    };
  }

  /** A pressed button or a choice, wherever it stands. */
  blockActions(user: User, target: Target, action: JsonObject, values: Values | undefined): JsonObject {
    const team = this.#teamOf(user);
    const common = {
      type: 'block_actions',
      user: userObject(user, team),
      api_app_id: this.#world.app.id,
      token: this.#world.app.verificationToken,
      container: this.#container(target),
      trigger_id: newTrigger(this.#world, team, user.id, isView(target) ? target.id : undefined),
      team: team.orgWide ? null : teamObject(team),
      ...this.#enterprise(team),
    };
    const actions = [{ ...action, action_ts: this.#world.nextTs() }];
    if (isView(target)) return { ...common, view: viewOnWire(target), actions };
    const channel = this.#world.channel(target.channel);
    const origin = {
      teamId: team.id,
      userId: user.id,
      channel: channel.id,
      messageTs: target.ts,
      ephemeral: isEphemeral(target),
    };
    return {
      ...common,
      channel: { id: channel.id, name: channelNameInPayload(channel) },
      // Of a message that only one person sees, the content does not come along.
      ...(isEphemeral(target) ? {} : { message: messageOnWire(this.#world, target) }),
      state: { values: (values ?? stateOf(target.blocks)) as unknown as Json },
      response_url: this.#urls.make('actions', origin),
      actions,
    };
  }

  /** What is typed into a menu whose options the bot gives. */
  blockSuggestion(user: User, target: Target, blockId: string, actionId: string, typed: string): JsonObject {
    const team = this.#teamOf(user);
    const common = {
      type: 'block_suggestion',
      user: userObject(user, team),
      container: this.#container(target),
      api_app_id: this.#world.app.id,
      token: this.#world.app.verificationToken,
      action_id: actionId,
      block_id: blockId,
      value: typed,
      team: team.orgWide ? null : teamObject(team),
      ...this.#enterprise(team),
    };
    if (isView(target)) return { ...common, view: viewOnWire(target) };
    const channel = this.#world.channel(target.channel);
    const place = { channel: { id: channel.id, name: channelNameInPayload(channel) } };
    if (isEphemeral(target)) return { ...common, ...place };
    return { ...common, ...place, message: messageOnWire(this.#world, target) };
  }

  viewSubmission(user: User, view: View): JsonObject {
    const team = this.#teamOf(user);
    return {
      type: 'view_submission',
      team: team.orgWide ? null : teamObject(team),
      user: userObject(user, team),
      api_app_id: this.#world.app.id,
      token: this.#world.app.verificationToken,
      trigger_id: newTrigger(this.#world, team, user.id, view.id),
      view: viewOnWire(view),
      response_urls: [],
      ...this.#enterprise(team),
    };
  }

  viewClosed(user: User, view: View, isCleared: boolean): JsonObject {
    const team = this.#teamOf(user);
    return {
      type: 'view_closed',
      team: team.orgWide ? null : teamObject(team),
      user: userObject(user, team),
      api_app_id: this.#world.app.id,
      token: this.#world.app.verificationToken,
      view: viewOnWire(view),
      is_cleared: isCleared,
      ...this.#enterprise(team),
    };
  }

  /** The envelope around an event. */
  event(team: Team, event: JsonObject, eventId = newId('Ev')): JsonObject {
    const { enterprise } = team;
    return {
      token: this.#world.app.verificationToken,
      team_id: team.id,
      context_team_id: team.id,
      context_enterprise_id: enterprise?.id ?? null,
      ...(enterprise === null ? {} : { enterprise_id: enterprise.id }),
      api_app_id: this.#world.app.id,
      event: copyOf(event),
      type: 'event_callback',
      event_id: eventId,
      event_time: this.#world.nowSeconds(),
      authorizations: [
        {
          enterprise_id: enterprise?.id ?? null,
          team_id: team.orgWide ? null : team.id,
          user_id: team.bot.userId,
          is_bot: true,
          is_enterprise_install: team.orgWide,
        },
      ],
      is_ext_shared_channel: false,
      event_context: `4-${newSecret(80)}`,
    };
  }

  #container(target: Target): JsonObject {
    if (isView(target)) return { type: 'view', view_id: target.id };
    return {
      type: 'message',
      message_ts: target.ts,
      channel_id: target.channel,
      is_ephemeral: isEphemeral(target),
      ...(target.threadTs === undefined ? {} : { thread_ts: target.threadTs }),
    };
  }

  #teamOf(user: User): Team {
    return this.#world.team(user.teamId);
  }

  #enterprise(team: Team): JsonObject {
    return {
      enterprise: team.enterprise === null ? null : { ...team.enterprise },
      is_enterprise_install: team.orgWide,
    };
  }
}

function userObject(user: User, team: Team): JsonObject {
  return { id: user.id, username: user.name, name: user.name, team_id: userTeam(team) };
}

/** On an org-wide install this can be the enterprise's id, which begins with E. */
function userTeam(team: Team): string {
  return team.orgWide && team.enterprise !== null ? team.enterprise.id : team.id;
}

function teamObject(team: Team): JsonObject {
  const { id, domain, enterprise } = team;
  if (enterprise === null) return { id, domain };
  return { id, domain, enterprise_id: enterprise.id, enterprise_name: enterprise.name };
}

/** The one rich_text block that a person's typed message has; mentions and links are already in Slack's own signs. */
export function richTextOf(text: string): JsonObject[] {
  const elements: JsonObject[] = [];
  let from = 0;
  for (const match of text.matchAll(/<([^>]+)>/g)) {
    if (match.index > from) elements.push({ type: 'text', text: unescaped(text.slice(from, match.index)) });
    elements.push(signElement(match[1] ?? ''));
    from = match.index + match[0].length;
  }
  if (from < text.length) elements.push({ type: 'text', text: unescaped(text.slice(from)) });
  return filledIn([{ type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] }]);
}

function signElement(sign: string): JsonObject {
  const [target = '', label] = sign.split('|');
  if (target.startsWith('@')) return { type: 'user', user_id: target.slice(1) };
  if (target.startsWith('#')) return { type: 'channel', channel_id: target.slice(1) };
  if (target.startsWith('!subteam^')) return { type: 'usergroup', usergroup_id: target.slice(9) };
  if (target.startsWith('!')) return { type: 'broadcast', range: target.slice(1) };
  return { type: 'link', url: target, ...(label === undefined ? {} : { text: label }) };
}

/** What Slack makes of typed text: `&`, `<` and `>` escaped, web addresses in signs; signs typed as such stay. */
export function asTyped(text: string): string {
  const sign = /<(?:@[UW]\w+|#C\w+|!\w+(?:\^\w+)?|https?:[^>|\s]+)(?:\|[^>]*)?>|https?:\/\/[^\s<>]+/g;
  let result = '';
  let from = 0;
  for (const match of text.matchAll(sign)) {
    result += escaped(text.slice(from, match.index));
    result += match[0].startsWith('<') ? match[0] : `<${match[0]}>`;
    from = match.index + match[0].length;
  }
  return result + escaped(text.slice(from));
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
