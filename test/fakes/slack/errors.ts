import { wordsOf, type Problem } from './block-kit/checks.js';
import type { JsonObject } from './json.js';

/** A call that the fake's Web API refuses: answered as `{ ok: false, error, ... }` with status 200, as Slack does. */
export class RefusedCall extends Error {
  readonly error: string;
  readonly extra: JsonObject;

  constructor(error: string, extra: JsonObject = {}) {
    super(error);
    this.error = error;
    this.extra = extra;
  }
}

/** `invalid_arguments`, with the reasons where Slack puts them. */
export function invalidArguments(...problems: Problem[]): RefusedCall {
  const messages = problems.map((problem) => `[ERROR] ${wordsOf(problem)}`);
  return new RefusedCall('invalid_arguments', { response_metadata: { messages } });
}

/** `invalid_blocks`, with the reasons in both places. */
export function invalidBlocks(problems: Problem[]): RefusedCall {
  return new RefusedCall('invalid_blocks', {
    errors: problems.map(wordsOf),
    response_metadata: { messages: problems.map((problem) => `[ERROR] ${wordsOf(problem)}`) },
  });
}

/**
 * What a person would see go wrong in Slack's client because of the bot: a command that timed out, a form that could not
 * be sent. Thrown by the fake's user, so that a test fails with the reason.
 */
export class UserSeesError extends Error {
  readonly code: UserSees;

  constructor(code: UserSees, detail: string) {
    super(`${code}: ${detail}`);
    this.code = code;
  }
}

type UserSees =
  /** The bot did not answer within 3 s. */
  | 'operation_timeout'
  /** The bot could not be reached, or answered with something other than 200. */
  | 'dispatch_failed'
  /** The bot answered 200 with something Slack cannot use. */
  | 'app_answer_invalid'
  /** Slack's own client refused before sending: a required field is empty, a text too long, a button is not there. */
  | 'client_refused';
