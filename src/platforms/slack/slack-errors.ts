import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } from '@slack/web-api';
import type { SendResult } from '../../chat/platform.js';

/**
 * What Slack's errors mean for a message that has to arrive.
 * https://docs.slack.dev/reference/methods/chat.postMessage#errors and the pages of the other methods used.
 */

/** The place cannot be reached, whatever the message says: another place may. */
const UNREACHABLE = new Set([
  'account_inactive',
  'cannot_dm_bot',
  'channel_not_found',
  'enterprise_is_restricted',
  'invalid_auth',
  'is_archived',
  'is_inactive',
  'messages_tab_disabled',
  'missing_scope',
  'no_permission',
  'not_allowed_token_type',
  'not_authed',
  'not_in_channel',
  'org_login_required',
  'restricted_action',
  'restricted_action_read_only_channel',
  'team_access_not_granted',
  'token_expired',
  'token_revoked',
  'user_disabled',
  'user_not_found',
  'user_not_visible',
]);

/** The message that was to be changed is not there any more. */
const GONE = new Set(['message_not_found', 'cant_update_message', 'edit_window_closed']);

/** Slack's own trouble: it may have worked all the same. */
const UNSURE = new Set([
  'accesslimited',
  'fatal_error',
  'internal_error',
  'request_timeout',
  'service_unavailable',
  'team_added_to_org',
]);

const RATE_LIMITED = new Set(['ratelimited', 'rate_limited', 'message_limit_exceeded']);
const DEFAULT_PAUSE_MS = 30_000;

/** Of a failed call. */
export function toSendResult(error: unknown): SendResult & { ok: false } {
  if (error instanceof WebAPIRateLimitedError) {
    return { ok: false, kind: 'rate-limited', retryAfterMs: error.retryAfter * 1_000 };
  }
  if (error instanceof WebAPIRequestError) return { ok: false, kind: 'ambiguous', reason: 'SLACK.NO_ANSWER' };
  if (error instanceof WebAPIHTTPError) {
    return error.statusCode >= 500
      ? { ok: false, kind: 'ambiguous', reason: 'SLACK.SERVER_ERROR' }
      : { ok: false, kind: 'rejected', reason: `SLACK.HTTP_${error.statusCode}` };
  }
  const code = platformError(error);
  if (code === undefined) throw error;
  if (RATE_LIMITED.has(code)) return { ok: false, kind: 'rate-limited', retryAfterMs: DEFAULT_PAUSE_MS };
  // A page of some proxy in between, read as Slack's answer.
  if (!/^[a-z0-9_]{1,80}$/.test(code)) return { ok: false, kind: 'ambiguous', reason: 'SLACK.UNREADABLE_ANSWER' };
  const reason = `SLACK.${code.toUpperCase()}`;
  if (UNSURE.has(code)) return { ok: false, kind: 'ambiguous', reason };
  if (GONE.has(code)) return { ok: false, kind: 'rejected', reason, gone: true };
  return { ok: false, kind: 'rejected', reason, ...(UNREACHABLE.has(code) && { unreachable: true }) };
}

/** Slack's own name for what went wrong; undefined when it was something else. */
export function platformError(error: unknown): string | undefined {
  return error instanceof WebAPIPlatformError ? error.data.error : undefined;
}

/** The form could not be opened in time, or was opened already by the first of two clicks. */
export function isLateForm(error: unknown): boolean {
  const code = platformError(error);
  return code === 'expired_trigger_id' || code === 'exchanged_trigger_id' || code === 'invalid_trigger_id';
}

/** Slack cannot be reached now; nothing is wrong with what was asked. */
export function isTransient(error: unknown): boolean {
  return (
    error instanceof WebAPIRequestError || error instanceof WebAPIHTTPError || error instanceof WebAPIRateLimitedError
  );
}
