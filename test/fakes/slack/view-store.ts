import { RefusedCall } from './errors.js';
import { filledIn, stateOf } from './fill-in.js';
import { newHash, newId } from './ids.js';
import { isObject, objectsAt, textAt, type JsonObject } from './json.js';
import type { Team, View } from './types.js';
import type { World } from './world.js';

/** docs.slack.dev/surfaces/modals: three views at most, one on another. */
const MOST_VIEWS = 3;

/** Puts a checked modal on a person's screen: as the only one, or on top of the others. */
export function openView(world: World, team: Team, userId: string, given: JsonObject, on: 'empty' | 'stack'): View {
  const stack = world.stackOf(userId);
  if (on === 'stack' && stack.length >= MOST_VIEWS) throw new RefusedCall('push_limit_reached');
  refuseSecondExternalId(world, team, given);
  if (on === 'empty') closeAll(world, userId);
  const view = makeView(world, team, userId, given, 'modal', stack.at(-1));
  stack.push(view);
  return view;
}

/** Puts a checked view in the place of another; what was typed in the same fields stays. */
export function replaceView(world: World, view: View, given: JsonObject): void {
  const team = world.team(view.teamId);
  refuseSecondExternalId(world, team, given, view);
  const blocks = filledIn(objectsAt(given, 'blocks'));
  view.values = stateOf(blocks, view.values);
  view.wire = { ...wireOf(world, team, view.kind, given, blocks), ...placeOf(view.wire) };
}

/** The home tab of a person, made or replaced. */
export function publishHome(world: World, team: Team, userId: string, given: JsonObject): View {
  const home = world.homes.get(userId);
  if (home !== undefined) {
    replaceView(world, home, given);
    return home;
  }
  const view = makeView(world, team, userId, given, 'home', undefined);
  world.homes.set(userId, view);
  return view;
}

/** Takes the top view away; the one below shows again. */
export function closeTop(world: World, userId: string): void {
  const view = world.stackOf(userId).pop();
  if (view !== undefined) view.open = false;
}

export function closeAll(world: World, userId: string): void {
  while (world.stackOf(userId).length > 0) closeTop(world, userId);
}

function makeView(
  world: World,
  team: Team,
  userId: string,
  given: JsonObject,
  kind: View['kind'],
  below: View | undefined,
): View {
  const blocks = filledIn(objectsAt(given, 'blocks'));
  const id = newId('V');
  const place = { id, previous_view_id: below?.id ?? null, root_view_id: below?.wire.root_view_id ?? id };
  const view: View = {
    id,
    teamId: team.id,
    userId,
    kind,
    wire: { ...wireOf(world, team, kind, given, blocks), ...place },
    values: stateOf(blocks),
    open: true,
    suggested: new Map(),
  };
  world.views.set(id, view);
  return view;
}

/** What stays the same when a view is updated. */
function placeOf(wire: JsonObject): JsonObject {
  return { id: wire.id, previous_view_id: wire.previous_view_id, root_view_id: wire.root_view_id };
}

function wireOf(world: World, team: Team, kind: View['kind'], given: JsonObject, blocks: JsonObject[]): JsonObject {
  const named = (key: string) => {
    const label = given[key];
    return isObject(label) ? { ...label, emoji: label.emoji ?? true } : null;
  };
  return {
    team_id: team.id,
    type: kind,
    blocks,
    private_metadata: textAt(given, 'private_metadata') ?? '',
    callback_id: textAt(given, 'callback_id') ?? '',
    hash: newHash(world.nowSeconds()),
    // A home tab has no title of its own, and gets this one all the same.
    title: kind === 'home' ? { type: 'plain_text', text: 'View Title', emoji: true } : named('title'),
    clear_on_close: given.clear_on_close ?? false,
    notify_on_close: given.notify_on_close ?? false,
    close: named('close'),
    submit: named('submit'),
    app_id: world.app.id,
    external_id: textAt(given, 'external_id') ?? '',
    app_installed_team_id: team.id,
    bot_id: team.bot.botId,
  };
}

function refuseSecondExternalId(world: World, team: Team, given: JsonObject, except?: View): void {
  const id = textAt(given, 'external_id') ?? '';
  if (id === '') return;
  const taken = [...world.views.values()].some(
    (view) => view !== except && view.open && view.teamId === team.id && view.wire.external_id === id,
  );
  if (taken) throw new RefusedCall('duplicate_external_id');
}
