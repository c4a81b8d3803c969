import { v7 as uuidv7 } from 'uuid';
import type { Context, Post } from '../chat/feature.js';
import { may } from '../people/roles.js';
import { toIso } from '../signals/clock.js';
import type { Leave, Person, Tx } from '../storage/database.js';
import { meets, type Period } from './rules.js';
import { LEAVE_CHANGED } from './refresh-cards.js';

/** Why a leave was not written; the words stand in `texts.ts` under `refused.<code>`. */
export type LeaveRefusal =
  | { code: 'LEAVE.NOT_YOURS' }
  | { code: 'LEAVE.GONE' }
  /** It is in the municipality's file, which would bring it back. */
  | { code: 'LEAVE.FROM_FILE' }
  | ({ code: 'LEAVE.OVERLAPS' } & Period)
  | { code: 'LEAVE.UNFIT' }
  | { code: 'LEAVE.ITSELF' }
  | ({ code: 'LEAVE.REPLACEMENT_AWAY'; name: string } & Period)
  | { code: 'LEAVE.REPLACEMENT_UNFIT' }
  /** Nobody stands behind a coordinator. */
  | { code: 'LEAVE.COORDINATOR_ALONE' };

export type LeaveResult = { ok: true; leave: Leave; person: Person } | ({ ok: false } & LeaveRefusal);

export type Arranging = Pick<Context, 'write' | 'outbox' | 'municipality' | 'person' | 'now'>;

/** One's own leave, or as coordinator anybody's. */
export function mayArrangeLeave(person: Context['person'], ofId: string): boolean {
  return may(person, 'arrange leave', person.id === ofId && may(person, 'follow up signals') ? ['owner'] : []);
}

export interface NewLeave extends Period {
  personId: string;
  /** Absent: the coordinator stands in. */
  replacementId: string | undefined;
  note: string | undefined;
}

/** Somebody will be away: who stands in, the coordinators and whoever it is about are told, each once. */
export function takeLeave(context: Arranging, given: NewLeave): Promise<LeaveResult> {
  const municipalityId = context.municipality.id;
  return context.write(async (tx): Promise<LeaveResult> => {
    const checked = await checkLeave(tx, context, given);
    if ('code' in checked) return { ok: false, ...checked };
    const leave = await tx.leave.create({
      data: {
        municipalityId,
        id: uuidv7(),
        personId: given.personId,
        from: new Date(given.from),
        until: new Date(given.until),
        replacementId: given.replacementId ?? null,
        note: given.note ?? null,
        source: 'chat',
      },
    });
    await tell(tx, context, leave, 'taken', [given.replacementId]);
    return { ok: true, leave, person: checked };
  });
}

/** Another last day, another replacement. Who stood in until now is told too. */
export function changeLeave(
  context: Arranging,
  change: { leaveId: string; until: string; replacementId: string | undefined },
): Promise<LeaveResult> {
  const municipalityId = context.municipality.id;
  return context.write(async (tx): Promise<LeaveResult> => {
    const found = await findOwn(tx, context, change.leaveId);
    if ('code' in found) return { ok: false, ...found };
    const { until, replacementId } = change;
    const checked = await checkLeave(
      tx,
      context,
      { personId: found.personId, from: toIso(found.from), until, replacementId },
      found.id,
    );
    if ('code' in checked) return { ok: false, ...checked };
    const same = toIso(found.until) === until && (found.replacementId ?? undefined) === replacementId;
    if (same) return { ok: true, leave: found, person: checked };
    const leave = await tx.leave.update({
      where: { municipalityId_id: { municipalityId, id: found.id } },
      data: { until: new Date(until), replacementId: replacementId ?? null, changes: { increment: 1 } },
    });
    await tell(tx, context, leave, 'changed', [replacementId, found.replacementId]);
    return { ok: true, leave, person: checked };
  });
}

/** The leave does not go through. */
export function cancelLeave(context: Arranging, leaveId: string): Promise<LeaveResult> {
  const municipalityId = context.municipality.id;
  return context.write(async (tx): Promise<LeaveResult> => {
    const leave = await findOwn(tx, context, leaveId);
    if ('code' in leave) return { ok: false, ...leave };
    const person = await tx.person.findUniqueOrThrow({
      where: { municipalityId_id: { municipalityId, id: leave.personId } },
    });
    await tx.leave.delete({ where: { municipalityId_id: { municipalityId, id: leave.id } } });
    await tell(tx, context, leave, 'cancelled', [leave.replacementId]);
    return { ok: true, leave, person };
  });
}

async function findOwn(tx: Tx, { municipality, person }: Arranging, id: string): Promise<Leave | LeaveRefusal> {
  const found = await tx.leave.findUnique({ where: { municipalityId_id: { municipalityId: municipality.id, id } } });
  if (!found) return { code: 'LEAVE.GONE' };
  if (!mayArrangeLeave(person, found.personId)) return { code: 'LEAVE.NOT_YOURS' };
  // Of two people at once the second one sees what the first did.
  await lockPeople(tx, municipality.id, [found.personId, found.replacementId]);
  const leave = await tx.leave.findUnique({ where: { municipalityId_id: { municipalityId: municipality.id, id } } });
  if (!leave) return { code: 'LEAVE.GONE' };
  return leave.source === 'file' ? { code: 'LEAVE.FROM_FILE' } : leave;
}

/** Who goes on leave, or why they cannot like this. Their rows stay locked: of two leaves at once the second one waits. */
async function checkLeave(
  tx: Tx,
  { municipality, person }: Arranging,
  { personId, from, until, replacementId }: Omit<NewLeave, 'note'>,
  except?: string,
): Promise<Person | LeaveRefusal> {
  const municipalityId = municipality.id;
  if (!mayArrangeLeave(person, personId)) return { code: 'LEAVE.NOT_YOURS' };
  await lockPeople(tx, municipalityId, [personId, replacementId]);
  const find = (id: string) => tx.person.findUnique({ where: { municipalityId_id: { municipalityId, id } } });
  const away = await find(personId);
  if (!away || !may(away, 'follow up signals')) return { code: 'LEAVE.UNFIT' };
  const period = meets({ from, until });
  const other = await tx.leave.findFirst({
    where: { municipalityId, personId, ...period, ...(except && { id: { not: except } }) },
    orderBy: { from: 'asc' },
  });
  if (other) return { code: 'LEAVE.OVERLAPS', from: toIso(other.from), until: toIso(other.until) };
  if (!replacementId) return away.roles.includes('coordinator') ? { code: 'LEAVE.COORDINATOR_ALONE' } : away;
  if (replacementId === personId) return { code: 'LEAVE.ITSELF' };
  const replacement = await find(replacementId);
  if (!replacement || !may(replacement, 'follow up signals')) return { code: 'LEAVE.REPLACEMENT_UNFIT' };
  const theirs = await tx.leave.findFirst({
    where: { municipalityId, personId: replacementId, ...period },
    orderBy: { from: 'asc' },
  });
  if (!theirs) return away;
  const { name } = replacement;
  return { code: 'LEAVE.REPLACEMENT_AWAY', name, from: toIso(theirs.from), until: toIso(theirs.until) };
}

/** Weaker than a signal's lock: who writes an entry or a message that names these people does not wait for it, nor it for them. */
async function lockPeople(tx: Tx, municipalityId: string, ids: (string | null | undefined)[]): Promise<void> {
  const known = ids.filter((id): id is string => Boolean(id));
  await tx.$queryRaw`
    SELECT "id" FROM "Person" WHERE "municipalityId" = ${municipalityId}::uuid AND "id" = ANY(${known}::uuid[])
    ORDER BY "id" FOR NO KEY UPDATE`;
}

/** Whoever it concerns, but for who did it: they read it in the answer. */
async function tell(
  tx: Tx,
  { municipality, person, outbox }: Arranging,
  leave: Leave,
  what: 'taken' | 'changed' | 'cancelled',
  replacements: (string | null | undefined)[],
): Promise<void> {
  const coordinators = await tx.person.findMany({
    where: { municipalityId: municipality.id, roles: { has: 'coordinator' }, active: true },
    select: { id: true },
  });
  const readers = new Set([leave.personId, ...replacements, ...coordinators.map(({ id }) => id)]);
  readers.delete(person.id);
  const posts = [...readers]
    .filter((personId): personId is string => Boolean(personId))
    .map((personId): Post => ({
      key: `leave:${leave.id}:${what}:${leave.changes}:${personId}`,
      to: { personId },
      view: 'leave.told',
      params: {
        what,
        personId: leave.personId,
        byId: person.id,
        readerId: personId,
        replacementId: leave.replacementId ?? '',
        from: toIso(leave.from),
        until: toIso(leave.until),
        leaveId: leave.id,
      },
    }));
  await outbox.post(tx, municipality.id, posts, [{ event: LEAVE_CHANGED, params: { personId: leave.personId } }]);
}
