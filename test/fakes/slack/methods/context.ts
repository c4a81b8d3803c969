import { RefusedCall } from '../errors.js';
import type { JsonObject } from '../json.js';
import { factsOf, type ConversationKind, type MethodName } from '../method-scopes.js';
import type { Channel, Team, Token, User } from '../types.js';
import type { World } from '../world.js';

/** A call that has passed the token check, with what its method needs to answer. */
export interface CallContext {
  world: World;
  method: MethodName;
  token: Token;
  team: Team;
  args: JsonObject;
  /** Address of this fake, without a slash at the end. */
  url: string;
}

/** Carries a call out and gives the answer without `ok`. Throws `RefusedCall`. */
export type Method = (call: CallContext) => JsonObject;

/** Throws `missing_scope` as Slack words it. */
export function requireScopes(token: Token, needed: readonly string[]): void {
  if (needed.every((scope) => token.scopes.has(scope))) return;
  throw new RefusedCall('missing_scope', { needed: needed.join(','), provided: [...token.scopes].join(',') });
}

/** The scope this method needs for this kind of conversation. */
export function requireConversationScope(call: CallContext, kind: ConversationKind): void {
  const scope = factsOf(call.method).byConversation?.[kind];
  if (scope !== undefined) requireScopes(call.token, [scope]);
}

/**
 * The conversation with this id, as far as the bot may know of it: private ones only as a member. Throws
 * `channel_not_found`. Names are not taken, although Slack takes some: an id is what a bot should keep.
 */
export function channelOf(call: CallContext, id: string): Channel {
  const channel = call.team.channels.get(id);
  const visible = channel !== undefined && (channel.kind === 'channel' || isMember(call, channel));
  if (!visible) throw new RefusedCall('channel_not_found');
  return channel;
}

export function isMember(call: CallContext, channel: Channel): boolean {
  return channel.members.has(call.team.bot.userId);
}

export function userOf(call: CallContext, id: string, error = 'user_not_found'): User {
  const user = call.team.users.get(id);
  if (user === undefined) throw new RefusedCall(error);
  return user;
}

export function argument(call: CallContext, name: string): string | undefined {
  const value = call.args[name];
  return typeof value === 'string' ? value : undefined;
}

/** An argument that the table marks as required, so that it is there. */
export function required(call: CallContext, name: string): string {
  const value = argument(call, name);
  if (value === undefined) throw new RefusedCall('invalid_arguments');
  return value;
}

/** One page of a list by Slack's cursors, which say nothing to the caller. */
export function pageOf<T>(call: CallContext, all: T[], most: number): { page: T[]; next: string } {
  const cursor = argument(call, 'cursor');
  const start = cursor === undefined || cursor === '' ? 0 : startOf(cursor);
  const asked = call.args.limit;
  const limit = typeof asked === 'number' && asked > 0 ? asked : most;
  if (limit > most) throw new RefusedCall('invalid_limit');
  const end = start + limit;
  return { page: all.slice(start, end), next: end < all.length ? cursorAt(end) : '' };
}

function cursorAt(start: number): string {
  return Buffer.from(`next:${String(start)}`).toString('base64');
}

function startOf(cursor: string): number {
  const start = /^next:(\d+)$/.exec(Buffer.from(cursor, 'base64').toString())?.[1];
  if (start === undefined) throw new RefusedCall('invalid_cursor');
  return Number(start);
}
