import { z } from 'zod';
import type { SendResult } from '../../chat/platform.js';
import { TokenError } from './credentials.js';

/**
 * What the Bot Connector's errors mean for a message that has to arrive.
 * https://learn.microsoft.com/microsoftteams/platform/bots/build-conversational-capability#status-codes-from-bot-conversational-apis
 */

/** As the Azure client throws them; it does not export one class that all its copies share. */
const RestFailure = z.object({
  name: z.literal('RestError'),
  code: z.string().nullish(),
  statusCode: z.number().nullish(),
  response: z
    .object({
      bodyAsText: z.string().nullish(),
      headers: z.custom<{ get(name: string): string | undefined }>((value) => typeof value === 'object'),
    })
    .nullish(),
});

const ErrorBody = z.object({
  error: z.object({
    code: z.string(),
    innerHttpError: z.object({ body: z.object({ code: z.string().optional() }).nullish() }).nullish(),
  }),
});

/** Nobody was there to take it: nothing can have arrived. What a certificate says is wrong is seen before anything is sent. */
const NOT_SENT =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ENETDOWN|CERT_.+|ERR_TLS_.+|.+_CERT|.+_SIGNATURE)$/;
/** The connection ended before an answer came: it may have arrived. */
const CUT = new Set(['ECONNRESET', 'EPIPE']);

/** Of a 429 without `Retry-After`. */
const DEFAULT_PAUSE_MS = 5_000;

export interface ConnectorFailure {
  /** Undefined: no answer came. */
  status: number | undefined;
  /** Teams' own name for it. */
  code: string | undefined;
  retryAfterMs: number | undefined;
  /** Why no answer came, where that is known. */
  lost: 'not-sent' | 'cut' | undefined;
}

/** Undefined when it was something else: a fault of ours. */
export function connectorFailure(error: unknown): ConnectorFailure | undefined {
  const aborted = error instanceof Error && error.name === 'AbortError';
  const read = RestFailure.safeParse(error);
  if (aborted) return { status: undefined, code: undefined, retryAfterMs: undefined, lost: undefined };
  if (!read.success) return undefined;
  const { statusCode, response, code } = read.data;
  const status = statusCode ?? undefined;
  return {
    status,
    code: codeIn(response?.bodyAsText),
    retryAfterMs: retryAfter(response?.headers.get('retry-after')),
    lost: status === undefined ? lostBy(code ?? '') : undefined,
  };
}

function lostBy(code: string): ConnectorFailure['lost'] {
  if (NOT_SENT.test(code)) return 'not-sent';
  return CUT.has(code) ? 'cut' : undefined;
}

function codeIn(body: string | null | undefined): string | undefined {
  try {
    const read = ErrorBody.safeParse(JSON.parse(body ?? ''));
    // A proxy's page is no code.
    return read.success && /^[A-Za-z0-9_]{1,80}$/.test(read.data.error.code) ? read.data.error.code : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function retryAfter(value: string | undefined): number | undefined {
  const seconds = Number(value);
  return value !== undefined && Number.isFinite(seconds) ? seconds * 1_000 : undefined;
}

/** @throws what no platform's answer explains. */
export function toSendResult(error: unknown): SendResult & { ok: false } {
  if (error instanceof TokenError) {
    // Without a token nothing was sent.
    return error.code === 'TEAMS.INVALID_CREDENTIALS'
      ? { ok: false, kind: 'rejected', reason: error.code, unreachable: true }
      : { ok: false, kind: 'rate-limited', retryAfterMs: DEFAULT_PAUSE_MS };
  }
  const failure = connectorFailure(error);
  if (!failure) throw error;
  const { status, code, retryAfterMs, lost } = failure;
  if (lost === 'not-sent') return { ok: false, kind: 'refused-now', reason: 'TEAMS.UNREACHABLE' };
  if (status === undefined) return { ok: false, kind: 'ambiguous', reason: 'TEAMS.NO_ANSWER' };
  if (status === 429) return { ok: false, kind: 'rate-limited', retryAfterMs: retryAfterMs ?? DEFAULT_PAUSE_MS };
  // Refused before anything was done: the precondition, or a conversation somebody else changes now.
  if (status === 412) return { ok: false, kind: 'rate-limited', retryAfterMs: DEFAULT_PAUSE_MS };
  if (status >= 500) return { ok: false, kind: 'ambiguous', reason: 'TEAMS.SERVER_ERROR' };
  const reason = `TEAMS.${REASONS[code ?? ''] ?? STATUS_REASONS[status] ?? `HTTP_${status}`}`;
  const gone = code === 'ActivityNotFoundInConversation' || code === 'MessageNotFound';
  const unreachable = !gone && (status === 401 || status === 403 || status === 404);
  return { ok: false, kind: 'rejected', reason, ...(unreachable && { unreachable }), ...(gone && { gone }) };
}

/** Teams' names for why it refuses, as ours. */
const REASONS: Record<string, string> = {
  BotDisabledByAdmin: 'DISABLED_BY_ADMIN',
  BotNotInConversationRoster: 'NOT_INSTALLED',
  ConversationBlockedByUser: 'BLOCKED',
  ConversationNotFound: 'CONVERSATION_NOT_FOUND',
  ForbiddenOperationException: 'NOT_INSTALLED',
  InvalidBotApiHost: 'INVALID_SERVICE_URL',
  MessageSizeTooBig: 'TOO_BIG',
  MessageWritesBlocked: 'BLOCKED',
  NotEnoughPermissions: 'NOT_INSTALLED',
};
const STATUS_REASONS: Record<number, string> = {
  401: 'UNAUTHORIZED',
  403: 'NOT_INSTALLED',
  404: 'CONVERSATION_NOT_FOUND',
  413: 'TOO_BIG',
};

/** The bot has no place there any more: the address is worth nothing until somebody installs it again. */
export function isGoneForGood(result: SendResult): boolean {
  return (
    !result.ok &&
    result.kind === 'rejected' &&
    ['TEAMS.BLOCKED', 'TEAMS.NOT_INSTALLED', 'TEAMS.CONVERSATION_NOT_FOUND'].includes(result.reason)
  );
}
