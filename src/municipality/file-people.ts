import { organisationKey } from '../endorsements/organisations.js';
import type { MunicipalityFile, OwnerEntry, RegisseurEntry, SignalCoordinatorEntry } from './file-schema.js';

/** Start of an assignment without `from`: before any signal can have been filed. */
export const SINCE_ALWAYS = '2000-01-01';

/** End of what has no `until`, for comparing days as text. */
export const FOR_GOOD = '9999-12-31';

/** Keys of the demo's invented people, who come from no municipality file: no key of a file holds a colon. */
export const DEMO_KEY_PREFIX = 'demo:';

export type FileRole = 'regisseur' | 'coordinator' | 'signal_coordinator' | 'administrator';

/** Roles that answer for signals: they have a channel, and can stand in for each other. */
export const OWNING_ROLES: readonly FileRole[] = ['regisseur', 'coordinator'];

/** One mention of a person, and where in the file it stands. */
export interface Mention {
  role: FileRole;
  entry: MunicipalityFile['administrators'][number] | OwnerEntry | RegisseurEntry | SignalCoordinatorEntry;
  path: readonly PropertyKey[];
}

/** Everyone the file names, owners of signals first. Somebody in two lists is mentioned twice. */
export function mentionsIn(file: MunicipalityFile): Mention[] {
  return [
    ...file.regisseurs.map((entry, index): Mention => ({ role: 'regisseur', entry, path: ['regisseurs', index] })),
    { role: 'coordinator', entry: file.coordinator, path: ['coordinator'] },
    ...file.signalCoordinators.map((entry, index): Mention => ({
      role: 'signal_coordinator',
      entry,
      path: ['signalCoordinators', index],
    })),
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
  const owners = mentionsIn(file).filter(({ role }) => OWNING_ROLES.includes(role));
  const byKey = owners.filter(({ entry }) => personKey(entry) === typed);
  return byKey.length > 0 ? byKey : owners.filter(({ entry }) => slug(entry.name) === slug(typed));
}

/** A platform with its ids, as the database keeps them. */
export interface PlatformId {
  platform: 'slack' | 'teams';
  externalId: string;
}

/** A channel, in Teams with the team it is of. */
export interface ChannelId extends PlatformId {
  groupId: string | null;
}

/** Everything the file says of one person, from every list the person stands in. */
export interface FilePerson {
  key: string;
  name: string;
  roles: FileRole[];
  accounts: PlatformId[];
  /** Triages: has a channel, whether or not a platform has one too. */
  ownsSignals: boolean;
  channels: ChannelId[];
  assignments: DatedNumber[];
  leaves: { from: string; until: string; /** Key of a person. */ replacement: string | null }[];
  /** Each a sector's key or an organisation. */
  sectors: { sector: string | null; organisation: string | null; from: string; until: string }[];
}

/** The people of a file that was found right, each once, in the order of `mentionsIn`. */
export function peopleOf(file: MunicipalityFile): FilePerson[] {
  const people = new Map<string, FilePerson>();
  for (const { role, entry } of mentionsIn(file)) {
    const key = personKey(entry);
    const person = people.get(key) ?? newPerson(key, entry.name);
    people.set(key, person);
    person.roles.push(role);
    person.ownsSignals ||= OWNING_ROLES.includes(role);
    for (const platform of ['slack', 'teams'] as const) {
      const { user, channel, team }: PlatformEntry = entry[platform] ?? {};
      if (user !== undefined) addOnce(person.accounts, { platform, externalId: user });
      if (channel !== undefined) addOnce(person.channels, { platform, externalId: channel, groupId: team ?? null });
    }
    if ('sectors' in entry) {
      const days = { from: entry.from ?? SINCE_ALWAYS, until: entry.until ?? FOR_GOOD };
      person.sectors.push(
        ...entry.sectors.map((sector) => ({ sector, organisation: null, ...days })),
        ...entry.organisations.map((name) => ({ sector: null, organisation: organisationKey(name), ...days })),
      );
    }
    if ('neighbourhoods' in entry) person.assignments.push(...datedNeighbourhoods(entry));
    if ('leave' in entry) {
      person.leaves.push(
        ...entry.leave.map(({ from, until, replacement }) => ({ from, until, replacement: keyOf(file, replacement) })),
      );
    }
  }
  return [...people.values()];
}

function newPerson(key: string, name: string): FilePerson {
  return {
    key,
    name,
    roles: [],
    accounts: [],
    ownsSignals: false,
    channels: [],
    assignments: [],
    leaves: [],
    sectors: [],
  };
}

/** As the file says it; not every role has a channel. */
interface PlatformEntry {
  user?: string;
  channel?: string | undefined;
  team?: string | undefined;
}

function addOnce<Id extends PlatformId>(ids: Id[], added: Id): void {
  if (!ids.some(({ platform }) => platform === added.platform)) ids.push(added);
}

function keyOf(file: MunicipalityFile, replacement: string | undefined): string | null {
  const owner = replacement === undefined ? undefined : ownersCalled(file, replacement)[0];
  return owner ? personKey(owner.entry) : null;
}
