import { expect } from 'vitest';
import type { Db, Person, SignalStatus } from '../../../src/storage/database.js';
import type { Town } from '../../support/town.js';
import { ALLOWED } from './allowed-steps.js';

/** Kinds of entries that every filer hears of; the others nobody does. */
const TOLD = new Set(['status', 'reopened', 'corrected', 'question', 'feedback', 'transferred']);

interface Walked {
  status: SignalStatus;
  before: SignalStatus | undefined;
  ownerName: string;
  version: number;
  mergedInto: string | undefined;
}

/**
 * Walks the timelines of one sequence's signals again, entry by entry, with nothing of the code that wrote them, and
 * holds what stands in the database against it.
 *
 * @param done how many attempts on these signals were said to be done.
 */
export async function checkSignals(
  db: Db,
  town: Town,
  signals: { id: string; reference: string }[],
  done: number,
  label: string,
): Promise<void> {
  const { municipalityId } = town;
  const ids = signals.map(({ id }) => id);
  const entries = await db.timelineEntry.findMany({
    where: { municipalityId, signalId: { in: ids } },
    orderBy: { id: 'asc' },
    include: { person: true },
  });
  const rows = await db.signal.findMany({
    where: { municipalityId, id: { in: ids } },
    include: { filers: true, owner: true },
  });
  const notices = await db.$queryRaw<{ entryId: string; personId: string }[]>`
    SELECT "params"->>'entryId' AS "entryId", "personId" FROM "Delivery"
    WHERE "municipalityId" = ${municipalityId}::uuid AND "view" = 'signals.notice'
      AND "params"->>'signalId' = ANY(${ids}::text[])`;
  const idOf = new Map(rows.map((row) => [row.reference, row.id]));
  const filersOf = new Map(rows.map((row) => [row.id, row.filers.map(({ personId }) => personId)]));
  const walked = new Map<string, Walked>();
  const expected: string[] = [];

  for (const entry of entries) {
    const at = `${label}: ${entry.kind} ${entry.fromStatus} > ${entry.toStatus} by ${entry.person?.name}`;
    const data = (entry.data ?? {}) as Record<string, string>;
    if (entry.kind === 'filed') {
      walked.set(entry.signalId, {
        status: 'received',
        before: undefined,
        ownerName: 'Regisseur Een',
        version: 1,
        mergedInto: undefined,
      });
      continue;
    }
    const signal = walked.get(entry.signalId);
    if (!signal) throw new Error(`${at}: before it was filed`);
    const direct = filersOf.get(entry.signalId) ?? [];
    const joined = [...walked].filter(([, other]) => other.mergedInto === entry.signalId).map(([id]) => id);
    const family = new Set([...direct, ...joined.flatMap((id) => filersOf.get(id) ?? [])]);
    expect(['playground', 'slack', 'teams'], at).toContain(entry.platform);
    if (entry.kind !== 'joined') expectMay(entry, signal, family, joined.length, at);
    if (TOLD.has(entry.kind)) {
      expected.push(...[...family].filter((id) => id !== entry.personId).map((id) => `${entry.id} ${id}`));
    }
    if (entry.kind === 'transferred') {
      signal.ownerName = data['owner'] ?? '';
      signal.version += 1;
    }
    if (entry.toStatus) {
      expect(entry.fromStatus, at).toBe(signal.status);
      if (entry.kind === 'corrected') expect(entry.toStatus, at).toBe(signal.before);
      else expect([...ALLOWED.keys()], at).toContain(`${entry.fromStatus} > ${entry.toStatus}`);
      signal.before = signal.status;
      signal.status = entry.toStatus;
      signal.version += 1;
      signal.mergedInto = entry.toStatus === 'merged' ? idOf.get(data['mergedInto'] ?? '') : undefined;
    }
  }

  for (const row of rows) {
    const signal = walked.get(row.id);
    expect(
      { status: row.status, owner: row.owner.name, version: row.version, into: row.mergedIntoId ?? undefined },
      label,
    ).toEqual({
      status: signal?.status,
      owner: signal?.ownerName,
      version: signal?.version,
      into: signal?.mergedInto,
    });
  }
  expect(notices.map(({ entryId, personId }) => `${entryId} ${personId}`).toSorted(), `${label}: who was told`).toEqual(
    expected.toSorted(),
  );
  const written = entries.filter(({ kind }) => kind !== 'filed' && kind !== 'joined').length;
  expect(written, `${label}: what was said to be done, and what stands there`).toBe(done);
}

type Entry = { kind: string; fromStatus: SignalStatus | null; toStatus: SignalStatus | null; person: Person | null };

/** Owner or coordinator, or a filer where the table says so; nobody else wrote anything. */
function expectMay(entry: Entry, signal: Walked, family: Set<string>, joined: number, at: string): void {
  const person = entry.person;
  if (!person) throw new Error(`${at}: nobody did it`);
  if (entry.kind === 'answer') return expect(family.has(person.id), at).toBe(true);
  if (entry.kind === 'status' && ALLOWED.get(`${entry.fromStatus} > ${entry.toStatus}`) === 'filer') {
    return expect([family.has(person.id), family.size, joined], at).toEqual([true, 1, 0]);
  }
  expect(person.name === signal.ownerName || person.roles.includes('coordinator'), at).toBe(true);
}
