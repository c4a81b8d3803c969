import { problemsInBlocks } from './block-kit/blocks.js';
import { wordsOf } from './block-kit/checks.js';
import { filledIn } from './fill-in.js';
import { newSecret } from './ids.js';
import { isObject, type Json, type JsonObject } from './json.js';
import type { Ephemeral, Message, ResponseUrl } from './types.js';
import { messageOnWire } from './wire.js';
import type { World } from './world.js';

/** docs.slack.dev/interactivity/handling-user-interaction: five times within thirty minutes. */
const MOST_USES = 5;
const RESPONSE_URL_TTL_MS = 30 * 60_000;

const KNOWN = new Set(
  'text blocks attachments response_type replace_original delete_original thread_ts mrkdwn unfurl_links unfurl_media metadata'.split(
    ' ',
  ),
);

interface Answer {
  status: number;
  body: string;
}

type Origin = Pick<ResponseUrl, 'teamId' | 'userId' | 'channel' | 'messageTs' | 'ephemeral'>;

export class ResponseUrls {
  readonly #world: World;
  readonly #base: () => string;

  constructor(world: World, base: () => string) {
    this.#world = world;
    this.#base = base;
  }

  /** A new address on this fake, as commands and interactions carry it. */
  make(kind: 'commands' | 'actions', origin: Origin): string {
    const path = `/${kind}/${origin.teamId}/${newSecret(12)}/${newSecret(24)}`;
    this.#world.responseUrls.set(path, { ...origin, path, madeAt: this.#world.now(), uses: 0 });
    return this.#base() + path;
  }

  knows(path: string): boolean {
    return this.#world.responseUrls.has(path);
  }

  /** Answers a POST to a response_url. */
  post(path: string, contentType: string | undefined, body: string): Answer {
    const url = this.#world.responseUrls.get(path);
    if (url === undefined) return refused(404, 'no_such_url');
    if (this.#world.now() - url.madeAt > RESPONSE_URL_TTL_MS) return refused(404, 'expired_url');
    if (url.uses >= MOST_USES) return refused(404, 'used_url');
    if (!(contentType ?? '').startsWith('application/json')) return refused(400, 'invalid_payload');
    const payload = parse(body);
    const complaint = complaintAbout(payload);
    if (complaint !== undefined) return refused(400, complaint.error, complaint.details);
    url.uses += 1;
    return isObject(payload) ? this.#carryOut(url, payload) : refused(400, 'invalid_payload');
  }

  #carryOut(url: ResponseUrl, payload: JsonObject): Answer {
    const original = this.#original(url);
    if (payload.delete_original === true || payload.replace_original === true) {
      if (original === undefined) return refused(404, 'message_not_found');
      if ('gone' in original) replaceEphemeral(original, payload);
      else this.#replaceMessage(original, payload);
      return { status: 200, body: 'ok' };
    }
    storeAnswer(this.#world, url, payload, 'response_url');
    return { status: 200, body: 'ok' };
  }

  #original(url: ResponseUrl): Message | Ephemeral | undefined {
    if (url.messageTs === undefined) return undefined;
    if (url.ephemeral) return this.#world.ephemerals.find((one) => one.ts === url.messageTs && !one.gone);
    return this.#world.channel(url.channel).messages.find((one) => one.ts === url.messageTs && !one.deleted);
  }

  #replaceMessage(message: Message, payload: JsonObject): void {
    const before = messageOnWire(this.#world, message);
    if (payload.delete_original === true) {
      message.deleted = true;
      this.#world.hooks.deleted(message, before);
      return;
    }
    message.edits.push({ text: message.text, blocks: message.blocks, ts: this.#world.nextTs() });
    message.text = textOf(payload);
    message.blocks = blocksOf(payload);
    this.#world.hooks.changed(message, before);
  }
}

function replaceEphemeral(ephemeral: Ephemeral, payload: JsonObject): void {
  if (payload.delete_original === true) {
    ephemeral.gone = true;
    return;
  }
  ephemeral.text = textOf(payload);
  ephemeral.blocks = blocksOf(payload);
}

/** Stores a message that came as an answer: to one person, unless `response_type` is `in_channel`. */
export function storeAnswer(
  world: World,
  to: { teamId: string; userId: string; channel: string },
  payload: JsonObject,
  from: Ephemeral['from'],
): void {
  const common = { channel: to.channel, ts: world.nextTs(), text: textOf(payload), blocks: blocksOf(payload) };
  const threadTs = typeof payload.thread_ts === 'string' ? { threadTs: payload.thread_ts } : {};
  if (payload.response_type !== 'in_channel') {
    world.ephemerals.push({ ...common, ...threadTs, user: to.userId, from, gone: false });
    return;
  }
  const message: Message = {
    ...common,
    ...threadTs,
    user: world.team(to.teamId).bot.userId,
    attachments: [],
    byBot: true,
    files: [],
    reactions: [],
    edits: [],
    deleted: false,
    unfurls: new Map(),
  };
  world.channel(to.channel).messages.push(message);
  world.hooks.posted(message);
}

/** What is wrong with a message given as an answer; undefined when Slack can show it. */
export function complaintAbout(payload: Json | undefined): { error: string; details?: string[] } | undefined {
  if (!isObject(payload)) return { error: 'invalid_payload' };
  const unknown = Object.keys(payload).filter((key) => !KNOWN.has(key));
  if (unknown.length > 0)
    return { error: 'invalid_payload', details: unknown.map((key) => `unknown property: ${key}`) };
  if (payload.delete_original === true) return undefined;
  const type = payload.response_type;
  if (type !== undefined && type !== 'ephemeral' && type !== 'in_channel') return { error: 'invalid_response_type' };
  if (payload.text !== undefined && typeof payload.text !== 'string') return { error: 'invalid_payload' };
  if (payload.thread_ts === '') return { error: 'invalid_thread_ts' };
  if (payload.blocks !== undefined) {
    const problems = problemsInBlocks(payload.blocks);
    if (problems.length > 0) return { error: 'invalid_blocks', details: problems.map(wordsOf) };
  }
  if (textOf(payload) === '' && blocksOf(payload).length === 0) return { error: 'no_text' };
  return undefined;
}

function textOf(payload: JsonObject): string {
  return typeof payload.text === 'string' ? payload.text : '';
}

function blocksOf(payload: JsonObject): JsonObject[] {
  return Array.isArray(payload.blocks) ? filledIn(payload.blocks.filter(isObject)) : [];
}

function refused(status: number, error: string, details?: string[]): Answer {
  return { status, body: JSON.stringify({ ok: false, error, ...(details === undefined ? {} : { errors: details }) }) };
}

function parse(body: string): Json | undefined {
  try {
    return JSON.parse(body) as Json;
  } catch {
    return undefined;
  }
}
