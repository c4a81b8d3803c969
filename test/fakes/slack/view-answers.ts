import { wordsOf } from './block-kit/checks.js';
import { problemsInErrors, problemsInView } from './block-kit/views.js';
import type { BotAnswer } from './delivery.js';
import { RefusedCall, UserSeesError } from './errors.js';
import { isObject, type JsonObject } from './json.js';
import type { Team, View } from './types.js';
import { closeAll, closeTop, openView, replaceView } from './view-store.js';
import type { World } from './world.js';

/** What Slack's client did with the answer to a form. */
export interface ViewOutcome {
  action: 'close' | 'clear' | 'errors' | 'update' | 'push' | 'none';
  /** By block_id, as shown at the fields. */
  errors: Record<string, string>;
  /** The view on top afterwards. */
  view: View | undefined;
}

/**
 * Does what Slack's client does with the answer to a `view_submission`
 * (docs.slack.dev/surfaces/modals#response_actions). Throws `UserSeesError` for an answer it cannot use, for which the
 * person would read "We had some trouble connecting".
 */
export function applyViewAnswer(world: World, team: Team, view: View, answered: BotAnswer): ViewOutcome {
  const outcome = (action: ViewOutcome['action'], errors: Record<string, string> = {}): ViewOutcome => ({
    action,
    errors,
    view: world.stackOf(view.userId).at(-1),
  });
  if (answered.body.trim() === '') {
    closeTop(world, view.userId);
    return outcome('close');
  }
  const said = answered.json;
  if (!answered.contentType.startsWith('application/json') || !isObject(said)) {
    throw invalid(`the answer to a form must be JSON, got ${answered.contentType}: ${answered.body.slice(0, 200)}`);
  }
  refuseUnknown(said);
  switch (String(said.response_action)) {
    case 'errors': {
      const problems = problemsInErrors(said.errors, view.wire);
      if (problems.length > 0) throw invalid(problems.map(wordsOf).join('; '));
      return outcome('errors', said.errors as Record<string, string>);
    }
    case 'clear':
      closeAll(world, view.userId);
      return outcome('clear');
    case 'update':
      replaceView(world, view, checkedView(said.view));
      return outcome('update');
    case 'push':
      pushed(world, team, view, checkedView(said.view));
      return outcome('push');
    default:
      throw invalid(`unknown response_action ${JSON.stringify(said.response_action)}`);
  }
}

function pushed(world: World, team: Team, below: View, given: JsonObject): void {
  try {
    openView(world, team, below.userId, given, 'stack');
  } catch (error) {
    if (error instanceof RefusedCall) throw invalid(error.error);
    throw error;
  }
}

function checkedView(given: unknown): JsonObject {
  const problems = problemsInView(given, 'modal');
  if (problems.length > 0) throw invalid(problems.map(wordsOf).join('; '));
  if (!isObject(given)) throw invalid('no view');
  return given;
}

function refuseUnknown(said: JsonObject): void {
  const known = ['response_action', 'errors', 'view'];
  const unknown = Object.keys(said).filter((key) => !known.includes(key));
  if (unknown.length > 0) throw invalid(`unknown property: ${unknown.join(', ')}`);
}

function invalid(message: string): UserSeesError {
  return new UserSeesError('app_answer_invalid', message);
}
