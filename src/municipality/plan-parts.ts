import { isDeepStrictEqual } from 'node:util';
import type { FieldChange } from './changes.js';
import type { FilePerson } from './file-people.js';
import type { MunicipalityState } from './municipality-state.js';

export interface Address {
  platform: string;
  externalId: string;
}

/** The rows that are wanted and not there, and those that are there and not wanted. */
export function compare<Wanted extends Pick<Row, Key>, Row, Key extends keyof Row>(
  wanted: Wanted[],
  rows: Row[],
  keys: Key[],
): { missing: Wanted[]; surplus: Row[] } {
  const identity = (row: Pick<Row, Key>) => JSON.stringify(keys.map((key) => row[key]));
  const wantedNow = new Set(wanted.map(identity));
  const thereNow = new Set(rows.map(identity));
  return {
    missing: wanted.filter((row) => !thereNow.has(identity(row))),
    surplus: rows.filter((row) => !wantedNow.has(identity(row))),
  };
}

export function fieldChanges(before: object, after: object): FieldChange[] {
  const old = new Map<string, unknown>(Object.entries(before));
  return Object.entries(after)
    .map(([field, to]: [string, unknown]) => ({ field, from: old.get(field), to }))
    .filter(({ from, to }) => !isDeepStrictEqual(from, to));
}

export function namesById(
  people: FilePerson[],
  ids: Map<string, string>,
  state: MunicipalityState,
): (id: string) => string {
  const names = new Map(state.people.map(({ id, name }) => [id, name]));
  for (const { key, name } of people) names.set(idOf(ids, key), name);
  return (id) => names.get(id) ?? '';
}

export function isSame(address: Address): (other: Address) => boolean {
  return ({ platform, externalId }) => platform === address.platform && externalId === address.externalId;
}

export function idOf<K>(ids: Map<K, string>, key: K): string {
  const id = ids.get(key);
  if (id === undefined) throw new Error('The file names something that is not in its own lists: it was not checked.');
  return id;
}

/** A day as the database's dates are: midnight UTC. */
export function day(iso: string): Date {
  return new Date(`${iso}T00:00:00.000Z`);
}

export function isoDay(date: Date): string {
  return date.toISOString().slice(0, 10);
}
