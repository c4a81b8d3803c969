import { isTooLarge, problemsInView } from '../block-kit/views.js';
import { RefusedCall, invalidArguments } from '../errors.js';
import { isObject, type JsonObject } from '../json.js';
import { exchangeTrigger } from '../triggers.js';
import type { View } from '../types.js';
import { openView, publishHome, replaceView } from '../view-store.js';
import { viewOnWire } from '../wire.js';
import { argument, required, userOf, type CallContext, type Method } from './context.js';

export const open: Method = (call) => {
  const given = checkedView(call, 'modal');
  const trigger = exchangeTrigger(call.world, call.team, argument(call, 'trigger_id'));
  return { view: viewOnWire(openView(call.world, call.team, trigger.userId, given, 'empty')) };
};

export const push: Method = (call) => {
  const given = checkedView(call, 'modal');
  const trigger = exchangeTrigger(call.world, call.team, argument(call, 'trigger_id'));
  // Only from inside a modal that is still there.
  const stack = call.world.stackOf(trigger.userId);
  if (!stack.some((view) => view.id === trigger.fromView)) throw new RefusedCall('not_found');
  return { view: viewOnWire(openView(call.world, call.team, trigger.userId, given, 'stack')) };
};

export const update: Method = (call) => {
  const view = findView(call);
  const given = checkedView(call, view.kind);
  checkHash(call, view);
  replaceView(call.world, view, given);
  return { view: viewOnWire(view) };
};

export const publish: Method = (call) => {
  if (!call.world.app.homeTab) throw new RefusedCall('not_enabled');
  const given = checkedView(call, 'home');
  const user = userOf(call, required(call, 'user_id'));
  const home = call.world.homes.get(user.id);
  checkHash(call, home);
  return { view: viewOnWire(publishHome(call.world, call.team, user.id, given)) };
};

function checkedView(call: CallContext, kind: 'modal' | 'home'): JsonObject {
  const { view } = call.args;
  const problems = problemsInView(view, kind);
  if (problems.length > 0) throw invalidArguments(...problems);
  if (!isObject(view)) throw new RefusedCall('invalid_arguments');
  if (isTooLarge(view)) throw new RefusedCall('view_too_large');
  return view;
}

function findView(call: CallContext): View {
  const id = argument(call, 'view_id');
  const externalId = argument(call, 'external_id');
  if (id === undefined && externalId === undefined) {
    throw invalidArguments({ pointer: '', message: 'missing required field: view_id' });
  }
  const view = [...call.world.views.values()].find(
    (one) => one.open && (id === undefined ? one.wire.external_id === externalId : one.id === id),
  );
  if (view === undefined || view.teamId !== call.team.id) throw new RefusedCall('not_found');
  return view;
}

/** A `hash` that is given must be the one of the view as it stands. */
function checkHash(call: CallContext, view: View | undefined): void {
  const hash = argument(call, 'hash');
  if (hash !== undefined && hash !== view?.wire.hash) throw new RefusedCall('hash_conflict');
}
