import { createHmac } from 'node:crypto';
import { UserSeesError } from './errors.js';
import { isObject, type Json, type JsonObject } from './json.js';
import type { SocketHub } from './socket-hub.js';
import type { World } from './world.js';

const MINUTE_MS = 60_000;

export interface DeliveryOptions {
  /**
   * How the request is signed. `wrong` with another secret, `tampered` for another body, `old` ten minutes ago,
   * `future` ten minutes ahead, `none` without headers. Only HTTP has signatures.
   */
  signature?: 'good' | 'wrong' | 'tampered' | 'old' | 'future' | 'none';
  /** A repeat of an earlier delivery: `x-slack-retry-num` and `-reason`, or `retry_attempt` over Socket Mode. */
  retry?: { num: number; reason: string };
  /** Leaves it to the test to judge the bot's answer. Implied by a signature that is not good. */
  unchecked?: boolean;
}

/** What the bot answered. `status` 0: it could not be reached, or was too late (`timedOut`). */
export interface BotAnswer {
  status: number;
  contentType: string;
  body: string;
  /** The body as JSON; undefined when it is empty or no JSON. */
  json: Json | undefined;
  ms: number;
  timedOut: boolean;
}

type Outgoing =
  | { kind: 'command'; fields: Record<string, string> }
  | { kind: 'interaction'; payload: JsonObject }
  | { kind: 'event'; payload: JsonObject };

export interface RawRequest {
  contentType: string;
  body: string;
}

/** Takes what a person did to the bot: signed HTTP, or an envelope over Socket Mode. */
export class Delivery {
  readonly #world: World;
  readonly #sockets: SocketHub;
  #requestUrl: string | undefined;
  #socketMode = false;

  constructor(world: World, sockets: SocketHub) {
    this.#world = world;
    this.#sockets = sockets;
  }

  connectHttp(requestUrl: string): void {
    this.#requestUrl = requestUrl;
    this.#socketMode = false;
  }

  useSocketMode(): void {
    this.#socketMode = true;
  }

  /** Every body that went to the bot over HTTP, in order. */
  readonly sent: RawRequest[] = [];

  get connected(): boolean {
    return this.#socketMode ? this.#sockets.connections > 0 : this.#requestUrl !== undefined;
  }

  async send(outgoing: Outgoing, options: DeliveryOptions = {}): Promise<BotAnswer> {
    return this.#socketMode ? this.#overSocket(outgoing, options) : this.raw(requestOf(outgoing), options);
  }

  /** Any request at all, signed like the others: for bodies no well-behaved Slack would send. */
  async raw(request: RawRequest, options: DeliveryOptions = {}): Promise<BotAnswer> {
    this.sent.push(request);
    if (this.#requestUrl === undefined) throw new Error('Call connectHttp(requestUrl) or useSocketMode() first');
    const started = performance.now();
    const headers = {
      'content-type': request.contentType,
      ...this.#signed(request.body, options),
      ...retried(options),
    };
    try {
      const response = await fetch(this.#requestUrl, {
        method: 'POST',
        headers,
        body: request.body,
        signal: AbortSignal.timeout(this.#world.patienceMs),
        redirect: 'manual',
      });
      const body = await response.text();
      const contentType = response.headers.get('content-type') ?? '';
      return { ...answer(response.status, body, started), contentType };
    } catch (error) {
      const timedOut = error instanceof Error && error.name === 'TimeoutError';
      return { ...answer(0, '', started), timedOut };
    }
  }

  async #overSocket(outgoing: Outgoing, { retry }: DeliveryOptions): Promise<BotAnswer> {
    const started = performance.now();
    if (this.#sockets.connections === 0) return answer(0, '', started);
    const types = { command: 'slash_commands', interaction: 'interactive', event: 'events_api' } as const;
    const acknowledged = await this.#sockets.send(
      {
        type: types[outgoing.kind],
        payload: outgoing.kind === 'command' ? outgoing.fields : outgoing.payload,
        acceptsResponse: outgoing.kind !== 'event',
        retry: { attempt: retry?.num ?? 0, reason: retry?.reason ?? '' },
      },
      this.#world.patienceMs,
    );
    if (acknowledged === undefined) return { ...answer(0, '', started), timedOut: true };
    const { payload } = acknowledged;
    // An empty object is how the SDK acknowledges without an answer.
    const empty = payload === undefined || (isObject(payload) && Object.keys(payload).length === 0);
    if (outgoing.kind === 'event' && !empty) throw new UserSeesError('app_answer_invalid', 'an event takes no payload');
    return { ...answer(200, empty ? '' : JSON.stringify(payload), started), contentType: 'application/json' };
  }

  #signed(body: string, { signature = 'good' }: DeliveryOptions): Record<string, string> {
    if (signature === 'none') return {};
    const shift = signature === 'old' ? -10 * MINUTE_MS : signature === 'future' ? 10 * MINUTE_MS : 0;
    const timestamp = String(Math.floor((this.#world.signingTime() + shift) / 1000));
    const secret = signature === 'wrong' ? 'not-the-secret' : this.#world.app.signingSecret;
    const signedBody = signature === 'tampered' ? `${body} ` : body;
    const hash = createHmac('sha256', secret).update(`v0:${timestamp}:${signedBody}`).digest('hex');
    return { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': `v0=${hash}` };
  }
}

/** The raw body of a delivery over HTTP, exactly as Slack encodes each kind. */
function requestOf(outgoing: Outgoing): RawRequest {
  switch (outgoing.kind) {
    case 'command':
      return { contentType: FORM, body: new URLSearchParams(outgoing.fields).toString() };
    case 'interaction':
      return { contentType: FORM, body: new URLSearchParams({ payload: JSON.stringify(outgoing.payload) }).toString() };
    case 'event':
      return { contentType: 'application/json', body: JSON.stringify(outgoing.payload) };
  }
}

const FORM = 'application/x-www-form-urlencoded';

function retried({ retry }: DeliveryOptions): Record<string, string> {
  if (retry === undefined) return {};
  return { 'x-slack-retry-num': String(retry.num), 'x-slack-retry-reason': retry.reason };
}

function answer(status: number, body: string, started: number): BotAnswer {
  const ms = performance.now() - started;
  return { status, contentType: '', body, json: parse(body), ms, timedOut: false };
}

function parse(body: string): Json | undefined {
  try {
    return body === '' ? undefined : (JSON.parse(body) as Json);
  } catch {
    return undefined;
  }
}

/** Whether the fake itself should judge the answer. */
export function isChecked(options: DeliveryOptions): boolean {
  return options.unchecked !== true && (options.signature ?? 'good') === 'good';
}

/** Throws what a person would see unless the bot answered 200 in time. */
export function requireAnswer(answered: BotAnswer, what: string): void {
  if (answered.timedOut) throw new UserSeesError('operation_timeout', `${what} was not acknowledged within 3 s`);
  if (answered.status === 200) return;
  const reason = answered.status === 0 ? 'could not reach the bot' : `was answered ${String(answered.status)}`;
  throw new UserSeesError('dispatch_failed', `${what} ${reason}: ${answered.body.slice(0, 300)}`);
}

/** For interactions whose answer must be empty: anything in it would be lost on the user. */
export function requireEmpty(answered: BotAnswer, what: string): void {
  if (answered.body.trim() !== '') {
    throw new UserSeesError('app_answer_invalid', `${what} takes no answer, got: ${answered.body.slice(0, 300)}`);
  }
}
