import type { MunicipalityFile, OwnerEntry, RegisseurEntry } from './file-schema.js';

/** Start of an assignment without `from`: before any signal can have been filed. */
export const SINCE_ALWAYS = '2000-01-01';

/** End of what has no `until`, for comparing days as text. */
export const FOR_GOOD = '9999-12-31';

export type FileRole = 'regisseur' | 'coordinator' | 'administrator';

/** One mention of a person, and where in the file it stands. */
export interface Mention {
  role: FileRole;
  entry: MunicipalityFile['administrators'][number] | OwnerEntry | RegisseurEntry;
  path: readonly PropertyKey[];
}

/** Everyone the file names, owners of signals first. Somebody in two lists is mentioned twice. */
export function mentionsIn(file: MunicipalityFile): Mention[] {
  return [
    ...file.regisseurs.map((entry, index): Mention => ({ role: 'regisseur', entry, path: ['regisseurs', index] })),
    { role: 'coordinator', entry: file.coordinator, path: ['coordinator'] },
    ...file.administrators.map((entry, index): Mention => ({
      role: 'administrator',
      entry,
      path: ['administrators', index],
    })),
  ];
}

/** What the database knows a person of the file by: the explicit `key`, or the name. Empty when the name gives none. */
export function personKey(entry: { key?: string | undefined; name: string }): string {
  return entry.key ?? slug(entry.name);
}

/** "Regisseur Rabot en Brugse Poort" -> "regisseur-rabot-en-brugse-poort". */
export function slug(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

export interface DatedNumber {
  number: number;
  /** First day, YYYY-MM-DD. */
  from: string;
  /** Last day, or `FOR_GOOD`. */
  until: string;
}

/** A regisseur's neighbourhoods in the order of the file; a neighbourhood's own days go before the regisseur's. */
export function datedNeighbourhoods(regisseur: RegisseurEntry): DatedNumber[] {
  return regisseur.neighbourhoods.map((item) => ({
    number: item.number,
    from: item.from ?? regisseur.from ?? SINCE_ALWAYS,
    until: item.until ?? regisseur.until ?? FOR_GOOD,
  }));
}

/** Owners (regisseurs and the coordinator) whom this name or key can mean. */
export function ownersCalled(file: MunicipalityFile, typed: string): Mention[] {
  const owners = mentionsIn(file).filter(({ role }) => role !== 'administrator');
  const byKey = owners.filter(({ entry }) => personKey(entry) === typed);
  return byKey.length > 0 ? byKey : owners.filter(({ entry }) => slug(entry.name) === slug(typed));
}
