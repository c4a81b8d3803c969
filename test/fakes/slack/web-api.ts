import { readArguments, type ApiRequest } from './arguments.js';
import { RefusedCall } from './errors.js';
import type { JsonObject } from './json.js';
import { factsOf, isMethodName, type MethodFacts, type MethodName } from './method-scopes.js';
import { requireScopes, type Method } from './methods/context.js';
import * as app from './methods/app.js';
import * as chat from './methods/chat.js';
import * as conversations from './methods/conversations.js';
import * as people from './methods/people.js';
import * as views from './methods/views.js';
import type { OAuth } from './oauth.js';
import type { Failure, Failures, RateLimits } from './trouble.js';
import type { Call, Token } from './types.js';
import type { World } from './world.js';

/** What goes back over the wire: an answer, or nothing at all. */
export type ApiAnswer =
  | { kind: 'answer'; status: number; headers: Record<string, string>; body: string }
  | { kind: 'silence' }
  | { kind: 'reset' }
  | { kind: 'cut' };

/** The methods that need nothing but the world; the two that hand out tokens and sockets stand in `WebApi`. */
const METHODS: Partial<Record<MethodName, Method>> = {
  'auth.revoke': app.authRevoke,
  'auth.test': app.authTest,
  'bots.info': people.botInfo,
  'chat.delete': chat.remove,
  'chat.getPermalink': chat.getPermalink,
  'chat.postEphemeral': chat.postEphemeral,
  'chat.postMessage': chat.postMessage,
  'chat.unfurl': chat.unfurl,
  'chat.update': chat.update,
  'conversations.history': conversations.history,
  'conversations.info': conversations.info,
  'conversations.join': conversations.join,
  'conversations.members': conversations.members,
  'conversations.open': conversations.open,
  'conversations.replies': conversations.replies,
  'reactions.get': people.reactions,
  'team.info': app.teamInfo,
  'users.info': people.info,
  'users.list': people.list,
  'users.lookupByEmail': people.lookupByEmail,
  'views.open': views.open,
  'views.publish': views.publish,
  'views.push': views.push,
  'views.update': views.update,
};

interface WebApiParts {
  world: World;
  failures: Failures;
  limits: RateLimits;
  oauth: OAuth;
  /** Makes the address of a new Socket Mode connection. */
  openSocket: () => string;
  url: () => string;
}

/** Slack's Web API: checks a call as Slack does, carries it out, and keeps a record of it. */
export class WebApi {
  readonly #parts: WebApiParts;

  constructor(parts: WebApiParts) {
    this.#parts = parts;
  }

  handle(method: string, request: ApiRequest): ApiAnswer {
    const { world, failures } = this.#parts;
    const call: Call = { method, team: undefined, args: {}, ok: false, error: undefined, status: 200, at: world.now() };
    world.calls.push(call);
    if (!isMethodName(method)) return settle(call, { ok: false, error: 'unknown_method', req_method: method });
    const facts = factsOf(method);
    const headers = { 'x-accepted-oauth-scopes': accepted(facts) };
    try {
      const read = readArguments(request, facts);
      call.args = read.args;
      if (facts.token === 'none') {
        const failure = failures.take(method, undefined);
        if (failure !== undefined && !isAfterStoring(failure)) return fail(call, failure);
        const access = this.#parts.oauth.access(read.args, read.basic);
        return failure === undefined ? settle(call, { ok: true, ...access }) : fail(call, failure);
      }
      const token = this.#tokenFor(facts, read.token);
      call.team = token.teamId;
      if (read.args.team_id !== undefined && read.args.team_id !== token.teamId) {
        throw new RefusedCall('team_access_not_granted');
      }
      Object.assign(headers, { 'x-oauth-scopes': [...token.scopes].join(',') });
      requireScopes(token, facts.scopes);
      requireOneOf(token, facts);
      const failure = failures.take(method, channelIn(read.args));
      if (failure !== undefined && !isAfterStoring(failure)) return fail(call, failure);
      const wait = this.#waitFor(call);
      if (wait !== undefined) return fail(call, { kind: 'ratelimited', retryAfter: wait });
      const result = this.#carryOut(method, token, read.args);
      if (failure !== undefined) return fail(call, failure);
      const warned = read.warnings.length === 0 ? {} : { warning: read.warnings.join(',') };
      return settle(call, { ok: true, ...result, ...warned }, headers);
    } catch (error) {
      if (error instanceof RefusedCall) return settle(call, { ok: false, error: error.error, ...error.extra }, headers);
      throw error;
    }
  }

  #carryOut(method: MethodName, token: Token, args: JsonObject): JsonObject {
    if (method === 'apps.connections.open') return { url: this.#parts.openSocket() };
    const run = METHODS[method];
    if (run === undefined) throw new Error(`The fake Slack has no ${method}`);
    const { world, url } = this.#parts;
    return run({ world, method, token, team: world.team(token.teamId), args, url: url() });
  }

  #tokenFor(facts: MethodFacts, value: string | undefined): Token {
    if (value === undefined) throw new RefusedCall('not_authed');
    const token = this.#parts.world.tokens.get(value);
    if (token === undefined) throw new RefusedCall('invalid_auth');
    if (token.trouble !== undefined) throw new RefusedCall(token.trouble);
    if (token.expiresAt !== undefined && this.#parts.world.now() >= token.expiresAt) {
      throw new RefusedCall('token_expired');
    }
    if (token.kind !== facts.token) throw new RefusedCall('not_allowed_token_type');
    return token;
  }

  #waitFor(call: Call): number | undefined {
    const { limits, world } = this.#parts;
    return limits.waitFor(call.method, call.team ?? '', channelIn(call.args), world.now());
  }
}

/** With none of the scopes for any kind of conversation the call is refused before the channel is looked at. */
function requireOneOf(token: Token, facts: MethodFacts): void {
  const any = Object.values(facts.byConversation ?? {});
  if (any.length > 0 && !any.some((scope) => token.scopes.has(scope))) requireScopes(token, any);
}

function accepted(facts: MethodFacts): string {
  return [...facts.scopes, ...Object.values(facts.byConversation ?? {})].join(',');
}

/** The conversation a call is about, or the person it is opened with. */
function channelIn({ channel, users }: JsonObject): string | undefined {
  const place = channel ?? users;
  return typeof place === 'string' ? place : undefined;
}

export function isAfterStoring(failure: Failure): boolean {
  switch (failure.kind) {
    case 'silence':
      return failure.afterStoring ?? true;
    case 'cut':
      return true;
    case 'status':
    case 'reset':
    case 'error':
      return failure.afterStoring ?? false;
    case 'ratelimited':
    case 'not_json':
      return false;
  }
}

/** How a planned failure of a call looks to the caller. */
export function fail(call: Pick<Call, 'ok' | 'error' | 'status'>, failure: Failure): ApiAnswer {
  switch (failure.kind) {
    case 'silence':
      call.error = 'silence';
      call.status = 0;
      return { kind: 'silence' };
    case 'cut':
      call.error = 'cut';
      call.status = 0;
      return { kind: 'cut' };
    case 'reset':
      call.error = 'reset';
      call.status = 0;
      return { kind: 'reset' };
    case 'status':
      call.error = `http_${String(failure.status)}`;
      call.status = failure.status;
      return page(failure.status, 'The server could not complete your request');
    case 'not_json':
      call.error = 'not_json';
      return page(200, 'Please sign in to the network');
    case 'ratelimited': {
      const answer = settle(call, { ok: false, error: 'ratelimited' }, { 'retry-after': String(failure.retryAfter) });
      call.status = 429;
      return { ...answer, status: 429 };
    }
    case 'error':
      return settle(call, { ok: false, error: failure.error });
  }
}

function page(status: number, words: string): ApiAnswer {
  return { kind: 'answer', status, headers: { 'content-type': 'text/html' }, body: `<html>${words}</html>` };
}

function settle(
  call: Pick<Call, 'ok' | 'error' | 'status'>,
  body: JsonObject,
  headers: Record<string, string> = {},
): ApiAnswer & { kind: 'answer' } {
  call.ok = body.ok === true;
  call.error = typeof body.error === 'string' ? body.error : undefined;
  const type = { 'content-type': 'application/json; charset=utf-8' };
  return { kind: 'answer', status: 200, headers: { ...type, ...headers }, body: JSON.stringify(body) };
}
