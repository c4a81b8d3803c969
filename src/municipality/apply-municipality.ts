import { endAllSessions } from '../sign-in/sessions.js';
import type { Db, Tx } from '../storage/database.js';
import type { Change } from './changes.js';
import type { FileProblem } from './file-problems.js';
import type { MunicipalityFile } from './file-schema.js';
import { parseMunicipalityFile } from './municipality-file.js';
import { readState, type MunicipalityState } from './municipality-state.js';
import { type Plan, planMunicipality } from './plan-municipality.js';

export type { Change } from './changes.js';

/** A file that is right in itself, but not for this database. Nothing was written. */
export type Refusal =
  /** Neighbourhoods that are not in the file any more, but in signals. */
  | { ok: false; code: 'MUNICIPALITY.NEIGHBOURHOOD_IN_USE'; numbers: number[] }
  | { ok: false; code: 'MUNICIPALITY.REFERENCE_TAKEN' };

type Applied = { ok: true; municipalityId: string; changes: Change[] };

/**
 * Makes the database say what the file says: settings, neighbourhoods, people with their roles and accounts, channels,
 * assignments, leaves. Whole or not at all, when the caller's transaction is; a second time it changes nothing.
 *
 * @param text the file as it was written; kept, so that `undoMunicipality` can go back to it.
 */
export async function applyMunicipality(
  tx: Tx,
  file: MunicipalityFile,
  now: Date,
  text?: string,
): Promise<Applied | Refusal> {
  await waitForTurn(tx);
  const result = await applyPlan(tx, file);
  if (result.ok && text !== undefined) await keepVersion(tx, result.municipalityId, text, now);
  return result;
}

/** What `applyMunicipality` would change. Writes nothing. */
export async function diffMunicipality(
  db: Db | Tx,
  file: MunicipalityFile,
): Promise<{ ok: true; changes: Change[] } | Refusal> {
  const state = await readState(db, file);
  return refusalOf(state) ?? { ok: true, changes: planMunicipality(file, state).changes };
}

type Undone =
  | (Applied & { /** The version it went back to. */ appliedAt: Date })
  | Refusal
  | { ok: false; code: 'MUNICIPALITY.NOTHING_TO_UNDO' }
  /** This version of the program reads the former file no longer. */
  | { ok: false; code: 'MUNICIPALITY.FORMER_FILE'; problems: FileProblem[] };

/** Goes back to the file that was applied before the last one; again, to the one before that. */
export async function undoMunicipality(tx: Tx, municipalityId: string, now: Date): Promise<Undone> {
  await waitForTurn(tx);
  const [last, former] = await tx.municipalityFileVersion.findMany({
    where: { municipalityId, undoneAt: null },
    orderBy: { number: 'desc' },
    take: 2,
  });
  if (!last || !former) return { ok: false, code: 'MUNICIPALITY.NOTHING_TO_UNDO' };
  const parsed = parseMunicipalityFile(former.text);
  if (!parsed.ok) return { ok: false, code: 'MUNICIPALITY.FORMER_FILE', problems: parsed.problems };
  const result = await applyPlan(tx, parsed.file, municipalityId);
  if (!result.ok) return result;
  await tx.municipalityFileVersion.update({
    where: { municipalityId_number: { municipalityId, number: last.number } },
    data: { undoneAt: now },
  });
  return { ...result, appliedAt: former.appliedAt };
}

/** Two applied at once (replicas that start together) take turns; the second then finds nothing to change. */
async function waitForTurn(tx: Tx): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${APPLY_LOCK})`;
}

/** Any number that no other lock of this program has. */
const APPLY_LOCK = 7_304_001n;

async function applyPlan(tx: Tx, file: MunicipalityFile, municipalityId?: string): Promise<Applied | Refusal> {
  const state = await readState(tx, file, municipalityId);
  const refusal = refusalOf(state);
  if (refusal) return refusal;
  const plan = planMunicipality(file, state);
  await execute(tx, plan);
  return { ok: true, municipalityId: plan.municipalityId, changes: plan.changes };
}

function refusalOf({ referenceTaken, neededNumbers }: MunicipalityState): Refusal | undefined {
  if (referenceTaken) return { ok: false, code: 'MUNICIPALITY.REFERENCE_TAKEN' };
  if (neededNumbers.length > 0) return { ok: false, code: 'MUNICIPALITY.NEIGHBOURHOOD_IN_USE', numbers: neededNumbers };
  return undefined;
}

/** Rows that others refer to come first and go last; what is unique (an address) is given up before it is taken. */
async function execute(tx: Tx, plan: Plan): Promise<void> {
  const { municipalityId } = plan;
  const key = (id: string) => ({ municipalityId_id: { municipalityId, id } });

  if (plan.municipality.create) await tx.municipality.create({ data: plan.municipality.create });
  if (plan.municipality.update) {
    await tx.municipality.update({ where: { id: municipalityId }, data: plan.municipality.update });
  }
  await tx.neighbourhood.createMany({ data: plan.neighbourhoods.create });
  for (const { id, data } of plan.neighbourhoods.update) await tx.neighbourhood.update({ where: key(id), data });
  // Keys of the file may change hands; nobody keeps one while another takes it.
  const rekeyed = plan.people.update.map(({ id }) => id);
  await tx.person.updateMany({ where: { municipalityId, id: { in: rekeyed } }, data: { fileKey: null } });
  for (const { id, data } of plan.people.update) await tx.person.update({ where: key(id), data });
  const left = plan.people.update.filter(({ data }) => data.active === false).map(({ id }) => id);
  await endAllSessions(tx, municipalityId, left);
  await tx.person.createMany({ data: plan.people.create });
  await tx.account.deleteMany({ where: { municipalityId, id: { in: plan.accounts.remove } } });
  for (const { id, data } of plan.accounts.update) await tx.account.update({ where: key(id), data });
  await tx.account.createMany({ data: plan.accounts.create });
  await tx.channel.createMany({ data: plan.channels.create });
  for (const { id, data } of plan.channels.update) await tx.channel.update({ where: key(id), data });
  for (const { channelId, platform } of plan.addresses.remove) {
    await tx.channelAddress.delete({
      where: { municipalityId_channelId_platform: { municipalityId, channelId, platform } },
    });
  }
  for (const { channelId, platform, data } of plan.addresses.update) {
    await tx.channelAddress.update({
      where: { municipalityId_channelId_platform: { municipalityId, channelId, platform } },
      data,
    });
  }
  await tx.channelAddress.createMany({ data: plan.addresses.create });
  await tx.sectorAssignment.deleteMany({ where: { municipalityId, id: { in: plan.sectors.remove } } });
  await tx.sectorAssignment.createMany({ data: plan.sectors.create });
  await tx.leave.deleteMany({ where: { municipalityId, id: { in: plan.leaves.remove } } });
  await tx.leave.createMany({ data: plan.leaves.create });
  await tx.assignment.deleteMany({ where: { municipalityId, id: { in: plan.assignments.remove } } });
  await tx.assignment.createMany({ data: plan.assignments.create });
  const gone = plan.neighbourhoods.remove;
  await tx.person.updateMany({
    where: { municipalityId, lastNeighbourhoodId: { in: gone } },
    data: { lastNeighbourhoodId: null },
  });
  await tx.neighbourhood.deleteMany({ where: { municipalityId, id: { in: gone } } });
}

/** A file that is the one in force already is not a new version: a restart with the same file leaves nothing to undo. */
async function keepVersion(tx: Tx, municipalityId: string, text: string, now: Date): Promise<void> {
  const versions = await tx.municipalityFileVersion.findMany({
    where: { municipalityId },
    orderBy: { number: 'desc' },
    select: { number: true, undoneAt: true },
  });
  const inForce = versions.find(({ undoneAt }) => undoneAt === null);
  const current =
    inForce &&
    (await tx.municipalityFileVersion.findUniqueOrThrow({
      where: { municipalityId_number: { municipalityId, number: inForce.number } },
    }));
  if (current?.text === text) return;
  const number = (versions[0]?.number ?? 0) + 1;
  await tx.municipalityFileVersion.create({ data: { municipalityId, number, text, appliedAt: now } });
}
