import type { Failure } from '../../fakes/slack/trouble.js';

/** One way in which a call of Slack's Web API goes wrong. */
export interface Trouble {
  name: string;
  failure: Failure;
  /** It is Slack's own or the line's: the same call may work in a while. */
  passes: boolean;
  /** Slack did it, and its answer was lost. */
  storesFirst?: true;
}

const REFUSALS = [
  'channel_not_found',
  'not_in_channel',
  'is_archived',
  'user_not_found',
  'account_inactive',
  'token_revoked',
  'invalid_auth',
  'missing_scope',
];

/** Every way in which a call of a method can go wrong: https://docs.slack.dev/reference/methods and what networks do. */
export const TROUBLE: Trouble[] = [
  ...REFUSALS.map((error): Trouble => ({ name: error, failure: { kind: 'error', error }, passes: false })),
  { name: 'ratelimited', failure: { kind: 'ratelimited', retryAfter: 1 }, passes: true },
  { name: 'fatal_error', failure: { kind: 'error', error: 'fatal_error' }, passes: true },
  { name: 'HTTP 500', failure: { kind: 'status', status: 500 }, passes: true },
  { name: 'HTML instead of JSON', failure: { kind: 'not_json' }, passes: true },
  { name: 'the connection is cut', failure: { kind: 'reset' }, passes: true },
  { name: 'the answer breaks off', failure: { kind: 'cut' }, passes: true, storesFirst: true },
  { name: 'no answer', failure: { kind: 'silence' }, passes: true, storesFirst: true },
];
