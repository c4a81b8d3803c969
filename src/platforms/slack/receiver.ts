import { randomUUID } from 'node:crypto';
import express, { Router } from 'express';
import { verifySlackRequest, type App, type Receiver } from '@slack/bolt';
import { chatTexts } from '../../chat/chat-texts.js';
import type { Logger } from '../../operations/log.js';
import { requestIdOf } from '../../web/access-log.js';
import { parseJson, storable } from '../../web/parse-json.js';
import { onceKey, readEnvelope, teamOf, userOf, type Envelope } from './envelope.js';
import type { People } from './people.js';
import { withAlert } from './render/read-modal.js';
import { notification } from './render/text.js';
import { slackTexts } from './texts.js';
import { respond } from './web-api.js';
import type { Workspace, Workspaces } from './workspaces.js';

/** Slack gives up after three seconds; half a second is for the way back. */
const DEADLINE_MS = 2_500;
/** https://docs.slack.dev/authentication/verifying-requests-from-slack: five minutes; here in both directions. */
const SIGNATURE_WINDOW_MS = 5 * 60_000;
const BODY_LIMIT = '1mb';

/** What goes back to Slack. */
export interface Answer {
  status: 200 | 400 | 401 | 500 | 503;
  body?: object | undefined;
}

/** What a listener finds in Bolt's context under `request`. */
export interface RequestContext {
  requestId: string;
  workspace: Workspace;
  /** Key of this request's repeats; events alone are repeated by Slack. */
  once: string | undefined;
}

interface Repeat {
  retryNum?: number | undefined;
  retryReason?: string | undefined;
}

export interface ReceiverOptions {
  /** Undefined with Socket Mode: nothing comes over HTTP then. */
  signingSecret: string | undefined;
  workspaces: Workspaces;
  people: People;
  log: Logger;
  now(): Date;
  /** In milliseconds; well within the 3 s that Slack waits when left out. */
  deadlineMs?: number | undefined;
}

/**
 * Brings what Slack sends to Bolt's listeners, over HTTP and Socket Mode alike, and answers when they are done: after the
 * commit, or in words when the deadline comes first. Bolt's own receivers acknowledge events before anything is stored,
 * answer 500 to nonsense and let timestamps of the future pass.
 */
export class SlackReceiver implements Receiver {
  readonly #options: ReceiverOptions;
  readonly #underWay = new Map<string, Promise<Answer>>();
  #app: App | undefined;

  constructor(options: ReceiverOptions) {
    this.#options = options;
  }

  init(app: App): void {
    this.#app = app;
  }

  start(): Promise<void> {
    return Promise.resolve();
  }

  stop(): Promise<void> {
    return Promise.resolve();
  }

  /** `POST /slack/events`, for the `platforms` of `createServer`. */
  router(): Router {
    const router = Router();
    router.post('/slack/events', express.raw({ type: () => true, limit: BODY_LIMIT }), async (request, response) => {
      const raw = Buffer.isBuffer(request.body) ? request.body.toString('utf8') : '';
      const answer = await this.#takeHttp(raw, {
        contentType: request.get('content-type') ?? '',
        timestamp: request.get('x-slack-request-timestamp'),
        signature: request.get('x-slack-signature'),
        retryNum: Number(request.get('x-slack-retry-num')) || undefined,
        retryReason: request.get('x-slack-retry-reason'),
        requestId: requestIdOf(response),
      });
      response.status(answer.status).set('Cache-Control', 'no-store');
      if (answer.body === undefined) response.end();
      else response.json(answer.body);
    });
    return router;
  }

  async #takeHttp(
    raw: string,
    head: Repeat & {
      contentType: string;
      timestamp: string | undefined;
      signature: string | undefined;
      requestId: string;
    },
  ): Promise<Answer> {
    const body = readBody(raw, head.contentType);
    // Slack's own probe of the certificate: unsigned, and nothing else in it counts.
    if (isRecord(body) && body['ssl_check'] !== undefined) return { status: 200 };
    if (!this.#isSigned(raw, head.timestamp, head.signature)) return { status: 401 };
    return this.take(body, head);
  }

  /**
   * @param body what Slack sent, parsed; its origin is certain.
   * @returns the answer, within the deadline. Never throws.
   */
  async take(body: unknown, { requestId = randomUUID(), ...repeat }: Repeat & { requestId?: string }): Promise<Answer> {
    const envelope = readEnvelope(body);
    if (!envelope) return { status: 400 };
    switch (envelope.kind) {
      case 'verification':
        return { status: 200, body: { challenge: envelope.challenge } };
      case 'notice':
        this.#options.log.warn({ requestId }, 'slack holds back events: too many in a minute');
        return { status: 200 };
      case 'event': {
        // The same event again while the first is under way: one effect, one answer.
        const { event_id } = envelope.body;
        const first = this.#underWay.get(event_id);
        if (first) return first;
        const answer = this.#inTime(envelope, requestId, repeat).finally(() => this.#underWay.delete(event_id));
        this.#underWay.set(event_id, answer);
        return answer;
      }
      case 'command':
      case 'interaction':
        return this.#inTime(envelope, requestId, repeat);
    }
  }

  async #inTime(envelope: Envelope, requestId: string, repeat: Repeat): Promise<Answer> {
    const work = this.#process(envelope, requestId, repeat);
    let timer: NodeJS.Timeout | undefined;
    const deadline = new Promise<'late'>((resolve) => {
      timer = setTimeout(() => resolve('late'), this.#options.deadlineMs ?? DEADLINE_MS);
    });
    const first = await Promise.race([work, deadline]);
    clearTimeout(timer);
    if (first !== 'late') return first;
    this.#options.log.warn({ requestId, kind: envelope.kind }, 'slack was answered before the work was done');
    void work.then((answer) => this.#sayLater(envelope, answer, requestId));
    return this.#tooLate(envelope);
  }

  async #process(envelope: Envelope, requestId: string, repeat: Repeat): Promise<Answer> {
    const { log, workspaces } = this.#options;
    try {
      const workspace = await workspaces.from(teamOf(envelope));
      if (!workspace) return this.#strange(envelope);
      let answer: Answer = { status: 200 };
      const once = envelope.kind === 'event' ? onceKey(envelope.body) : undefined;
      await this.#app?.processEvent({
        body: 'body' in envelope ? envelope.body : {},
        ack: (body?: unknown) => {
          answer = { status: 200, body: isRecord(body) ? body : undefined };
          return Promise.resolve();
        },
        ...(repeat.retryNum !== undefined && { retryNum: repeat.retryNum }),
        ...(repeat.retryReason !== undefined && { retryReason: repeat.retryReason }),
        customProperties: { request: { requestId, workspace, once } satisfies RequestContext },
      });
      return answer;
    } catch (error) {
      log.error({ err: error, requestId, kind: envelope.kind }, 'slack request failed');
      return this.#failed(envelope, requestId);
    }
  }

  #isSigned(body: string, timestamp: string | undefined, signature: string | undefined): boolean {
    const { signingSecret } = this.#options;
    const seconds = Number(timestamp);
    if (!signingSecret || !signature || !timestamp || !Number.isInteger(seconds)) return false;
    const now = this.#options.now().getTime();
    if (Math.abs(now - seconds * 1_000) > SIGNATURE_WINDOW_MS) return false;
    try {
      const headers = { 'x-slack-signature': signature, 'x-slack-request-timestamp': seconds };
      verifySlackRequest({ signingSecret, body, headers, nowMilliseconds: now });
      return true;
    } catch (error) {
      // The library says "no" by throwing a plain Error.
      if (error instanceof Error) return false;
      throw error;
    }
  }

  /** It goes on; what was committed stays, and sending again does nothing twice. */
  #tooLate(envelope: Envelope): Answer {
    const t = slackTexts(this.#options.people.localeOf(userOf(envelope)));
    switch (envelope.kind) {
      case 'command':
        return ephemeral(t('late.command'));
      case 'event':
        return { status: 503 };
      case 'interaction':
        if (envelope.body.type === 'block_suggestion') return { status: 200, body: { options: [] } };
        return alertOn(envelope, t('late.form')) ?? { status: 200 };
      case 'verification':
      case 'notice':
        return { status: 200 };
    }
  }

  #failed(envelope: Envelope, requestId: string): Answer {
    const text = chatTexts(this.#options.people.localeOf(userOf(envelope)))('failed', { request: requestId });
    switch (envelope.kind) {
      case 'command':
        return ephemeral(text);
      case 'event':
        return { status: 500 };
      case 'interaction': {
        const { body } = envelope;
        if (body.type === 'block_suggestion') return { status: 200, body: { options: [] } };
        if ('response_url' in body && typeof body.response_url === 'string') {
          this.#respond(body.response_url, { ...ephemeral(text).body, replace_original: false }, requestId);
        }
        return alertOn(envelope, text) ?? { status: 200 };
      }
      case 'verification':
      case 'notice':
        return { status: 200 };
    }
  }

  /** A workspace that is not connected: the person is told, nothing is done. */
  #strange(envelope: Envelope): Answer {
    const text = slackTexts('nl')('workspace.unknown');
    if (envelope.kind === 'command') return ephemeral(text);
    return (envelope.kind === 'interaction' && alertOn(envelope, text)) || { status: 200 };
  }

  /** The answer to a command that took too long still reaches its person. */
  #sayLater(envelope: Envelope, answer: Answer, requestId: string): void {
    if (envelope.kind !== 'command' || !answer.body) return;
    this.#respond(envelope.body.response_url, answer.body, requestId);
  }

  #respond(url: string, answer: object, requestId: string): void {
    respond(url, answer).catch((error: unknown) => {
      this.#options.log.warn({ err: error, requestId }, 'slack took no later answer');
    });
  }
}

function readBody(raw: string, contentType: string): unknown {
  if (contentType.toLowerCase().startsWith('application/json')) return parseJson(raw);
  const fields = new URLSearchParams(raw);
  const payload = fields.get('payload');
  if (payload !== null) return parseJson(payload);
  return Object.fromEntries([...fields].map(([name, value]) => [name, storable(value)]));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function ephemeral(text: string): Answer & { body: object } {
  return { status: 200, body: { response_type: 'ephemeral', text: notification(text) } };
}

/** The sentence at the top of the form that was sent, with all that was typed kept. */
function alertOn(envelope: Envelope & { kind: 'interaction' }, text: string): Answer | undefined {
  if (envelope.body.type !== 'view_submission') return undefined;
  const view = withAlert(envelope.body.view, text);
  return view && { status: 200, body: { response_action: 'update', view } };
}
