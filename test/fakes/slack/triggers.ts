import { RefusedCall } from './errors.js';
import { digits, newSecret } from './ids.js';
import type { Team, Trigger } from './types.js';
import type { World } from './world.js';

/** Three parts with dots; the second is the same for the whole workspace. */
export function newTrigger(world: World, team: Team, userId: string, fromView?: string): string {
  const id = `${digits(13)}.${team.triggerPart}.${newSecret(32).toLowerCase()}`;
  const trigger: Trigger = { id, teamId: team.id, userId, madeAt: world.now(), used: false };
  if (fromView !== undefined) trigger.fromView = fromView;
  world.triggers.set(id, trigger);
  return id;
}

/** Uses a trigger up. Throws what Slack answers for a strange, used or old one. */
export function exchangeTrigger(world: World, team: Team, id: string | undefined): Trigger {
  const trigger = id === undefined ? undefined : world.triggers.get(id);
  if (trigger === undefined || trigger.teamId !== team.id) throw new RefusedCall('invalid_trigger_id');
  if (trigger.used) throw new RefusedCall('exchanged_trigger_id');
  if (world.now() - trigger.madeAt > world.patienceMs) throw new RefusedCall('expired_trigger_id');
  trigger.used = true;
  return trigger;
}
