import { v7 as uuidv7 } from 'uuid';
import type { Prisma, Role } from '../storage/database.js';
import type { Change } from './changes.js';
import { FOR_GOOD, type FilePerson, SINCE_ALWAYS, peopleOf, slug } from './file-people.js';
import type { MunicipalityFile } from './file-schema.js';
import { MunicipalitySettings } from './municipality-settings.js';
import type { MunicipalityState } from './municipality-state.js';
import { type Address, compare, fieldChanges, namesById, isSame, idOf, day, isoDay } from './plan-parts.js';

type PersonRow = MunicipalityState['people'][number];

/** What to write, table by table, and the same for people to read. */
export interface Plan {
  municipalityId: string;
  changes: Change[];
  municipality: { create?: Prisma.MunicipalityCreateManyInput; update?: Prisma.MunicipalityUpdateManyMutationInput };
  neighbourhoods: Writes<Prisma.NeighbourhoodCreateManyInput, { name: string; aliases: string[] }>;
  people: Omit<Writes<Prisma.PersonCreateManyInput, PersonUpdate>, 'remove'>;
  accounts: Writes<Prisma.AccountCreateManyInput, { personId: string }>;
  channels: Omit<Writes<Prisma.ChannelCreateManyInput, { name: string }>, 'remove'>;
  addresses: {
    create: Prisma.ChannelAddressCreateManyInput[];
    update: { channelId: string; platform: string; data: { groupId: string | null } }[];
    remove: { channelId: string; platform: string }[];
  };
  assignments: Omit<Writes<Prisma.AssignmentCreateManyInput, never>, 'update'>;
  sectors: Omit<Writes<Prisma.SectorAssignmentCreateManyInput, never>, 'update'>;
  leaves: Omit<Writes<Prisma.LeaveCreateManyInput, never>, 'update'>;
}

interface Writes<Row, Update> {
  create: Row[];
  update: { id: string; data: Update }[];
  /** Ids. */
  remove: string[];
}

interface PersonUpdate {
  name: string;
  roles: Role[];
  fileKey: string | null;
  active: boolean;
}

/** Roles that somebody has by working here, not by a file. */
const OWN_ROLES: readonly Role[] = ['worker', 'signal_coordinator'];

/**
 * What must be written so that the database says what the file says. Pure; the same file on what it made plans nothing.
 *
 * A person is the one with the same key; else, because people are renamed and because a worker can become a regisseur,
 * the one who has an account that the file names, unless the file has another entry for them.
 */
export function planMunicipality(file: MunicipalityFile, state: MunicipalityState): Plan {
  const municipalityId = state.municipality?.id ?? uuidv7();
  const plan: Plan = {
    municipalityId,
    changes: [],
    municipality: {},
    neighbourhoods: { create: [], update: [], remove: [] },
    people: { create: [], update: [] },
    accounts: { create: [], update: [], remove: [] },
    channels: { create: [], update: [] },
    addresses: { create: [], update: [], remove: [] },
    assignments: { create: [], remove: [] },
    sectors: { create: [], remove: [] },
    leaves: { create: [], remove: [] },
  };
  planSettings(plan, file, state);
  const neighbourhoodIds = planNeighbourhoods(plan, file, state);
  const people = peopleOf(file);
  const personIds = planPeople(plan, people, state);
  planAccounts(plan, people, personIds, state);
  planChannels(plan, people, personIds, state);
  planAssignments(plan, people, { personIds, neighbourhoodIds }, file, state);
  planSectors(plan, people, personIds, state);
  planLeaves(plan, people, personIds, state);
  return plan;
}

function planSettings(plan: Plan, file: MunicipalityFile, { municipality }: MunicipalityState): void {
  const row = { name: file.name, reference: file.reference, zone: file.zone, locale: file.locale };
  const settings = MunicipalitySettings.parse(file);
  // Through JSON, as the column keeps it.
  const json = JSON.parse(JSON.stringify(settings)) as Prisma.InputJsonObject;
  if (!municipality) {
    plan.municipality.create = { id: plan.municipalityId, ...row, settings: json };
    plan.changes.push({ kind: 'municipality', change: 'added', name: file.name, fields: [] });
    return;
  }
  const before = MunicipalitySettings.safeParse(municipality.settings).data ?? {};
  const fields = [...fieldChanges(municipality, row), ...fieldChanges(before, settings)];
  if (fields.length === 0) return;
  plan.municipality.update = { ...row, settings: json };
  plan.changes.push({ kind: 'municipality', change: 'changed', name: file.name, fields });
}

function planNeighbourhoods(plan: Plan, file: MunicipalityFile, state: MunicipalityState): Map<number, string> {
  const { municipalityId } = plan;
  const ids = new Map(state.neighbourhoods.map(({ number, id }) => [number, id]));
  for (const wanted of file.neighbourhoods) {
    const { number, name, aliases } = wanted;
    const row = state.neighbourhoods.find((candidate) => candidate.number === number);
    const about = { kind: 'neighbourhood', number, name } as const;
    if (!row) {
      const id = uuidv7();
      ids.set(number, id);
      plan.neighbourhoods.create.push({ municipalityId, id, ...wanted });
      plan.changes.push({ ...about, change: 'added', fields: [] });
      continue;
    }
    const fields = fieldChanges(row, { name, aliases });
    if (fields.length === 0) continue;
    plan.neighbourhoods.update.push({ id: row.id, data: { name, aliases } });
    plan.changes.push({ ...about, change: 'changed', fields });
  }
  const numbers = new Set(file.neighbourhoods.map(({ number }) => number));
  for (const { id, number, name } of state.neighbourhoods.filter((row) => !numbers.has(row.number))) {
    plan.neighbourhoods.remove.push(id);
    plan.changes.push({ kind: 'neighbourhood', change: 'removed', number, name, fields: [] });
  }
  return ids;
}

/** @returns person ids by key of the file. */
function planPeople(plan: Plan, people: FilePerson[], state: MunicipalityState): Map<string, string> {
  const ids = new Map<string, string>();
  for (const [person, row] of matchPeople(people, state.people)) {
    const { key, name, roles } = person;
    if (!row) {
      const id = uuidv7();
      ids.set(key, id);
      plan.people.create.push({ municipalityId: plan.municipalityId, id, name, roles, fileKey: key });
      plan.changes.push({ kind: 'person', change: 'added', name, roles, fields: [] });
      continue;
    }
    ids.set(key, row.id);
    const wanted = {
      name,
      roles: [...new Set<Role>([...OWN_ROLES.filter((role) => row.roles.includes(role)), ...roles])],
    };
    const fields = fieldChanges(row, wanted);
    if (fields.length === 0 && row.active && row.fileKey === key) continue;
    plan.people.update.push({ id: row.id, data: { ...wanted, fileKey: key, active: true } });
    const change = row.active ? 'changed' : 'returned';
    plan.changes.push({ kind: 'person', change, name, roles, fields });
  }
  planDepartures(plan, new Set(ids.values()), state);
  return ids;
}

function matchPeople(people: FilePerson[], rows: PersonRow[]): Map<FilePerson, PersonRow | undefined> {
  const keys = new Set(people.map(({ key }) => key));
  const free = new Set(rows.filter(({ fileKey }) => fileKey === null || !keys.has(fileKey)));
  return new Map(
    people.map((person) => {
      const known = rows.find(({ fileKey }) => fileKey === person.key);
      const holder =
        known ?? [...free].find((row) => row.accounts.some((account) => person.accounts.some(isSame(account))));
      if (holder) free.delete(holder);
      return [person, holder];
    }),
  );
}

/** Whoever left the file: inactive, unless they worked here before the file named them. */
function planDepartures(plan: Plan, staying: Set<string>, state: MunicipalityState): void {
  for (const row of state.people) {
    if (row.fileKey === null || staying.has(row.id) || !row.active) continue;
    const own = OWN_ROLES.filter((role) => row.roles.includes(role));
    const working = own.length > 0;
    const data = {
      name: row.name,
      roles: working ? own : row.roles,
      fileKey: working ? null : row.fileKey,
      active: working,
    };
    plan.people.update.push({ id: row.id, data });
    plan.changes.push({
      kind: 'person',
      change: working ? 'worker-again' : 'inactive',
      name: row.name,
      openSignals: state.openSignals.get(row.id) ?? 0,
    });
  }
}

/** Slack and Teams accounts as named; one that is not named in the file stays, because people link accounts themselves. */
function planAccounts(plan: Plan, people: FilePerson[], ids: Map<string, string>, state: MunicipalityState): void {
  const { municipalityId } = plan;
  const rows = state.people.flatMap((owner) =>
    owner.accounts.map((account) => ({ ...account, ownerName: owner.name })),
  );
  const wantedAnywhere = people.flatMap(({ accounts }) => accounts);
  for (const person of people) {
    const personId = idOf(ids, person.key);
    for (const wanted of person.accounts) {
      const about = { kind: 'account', person: person.name, ...wanted } as const;
      const row = rows.find(isSame(wanted));
      if (!row) {
        plan.accounts.create.push({ municipalityId, personId, ...wanted });
        plan.changes.push({ ...about, change: 'added' });
      } else if (row.personId !== personId) {
        plan.accounts.update.push({ id: row.id, data: { personId } });
        plan.changes.push({ ...about, change: 'moved', from: row.ownerName });
      }
      const former = rows.filter((other) => other.personId === personId && other.platform === wanted.platform);
      for (const { id, platform, externalId } of former.filter((account) => !wantedAnywhere.some(isSame(account)))) {
        plan.accounts.remove.push(id);
        plan.changes.push({ kind: 'account', change: 'removed', person: person.name, platform, externalId });
      }
    }
    // In the playground a person's account is the person: nothing to tell.
    const playground = { platform: 'playground', externalId: personId };
    if (!rows.some(isSame(playground))) plan.accounts.create.push({ municipalityId, personId, ...playground });
  }
}

/**
 * One channel for each who triages. A channel that is nobody's any more keeps its row, because cards were sent there, but
 * loses its Slack and Teams address, which may be the successor's.
 */
function planChannels(plan: Plan, people: FilePerson[], ids: Map<string, string>, state: MunicipalityState): void {
  const { municipalityId } = plan;
  const owners = people.filter(({ ownsSignals }) => ownsSignals);
  const left = new Set(state.channels);
  for (const person of owners) {
    const ownerId = idOf(ids, person.key);
    const name = slug(person.name) || person.key;
    const row = state.channels.find((channel) => channel.ownerId === ownerId);
    const channelId = row?.id ?? uuidv7();
    if (row) left.delete(row);
    if (!row) plan.channels.create.push({ municipalityId, id: channelId, name, ownerId });
    else if (row.name !== name) plan.channels.update.push({ id: channelId, data: { name } });
    const wanted = [...person.channels, { platform: 'playground', externalId: channelId, groupId: null }];
    planAddresses(plan, { channelId, name, wanted, rows: row?.addresses ?? [] });
  }
  for (const { id, name, addresses } of left) {
    const wanted = addresses.filter(({ platform }) => platform === 'playground');
    planAddresses(plan, { channelId: id, name, wanted, rows: addresses });
  }
}

type ChannelAddress = Address & { groupId: string | null };

function planAddresses(
  plan: Plan,
  channel: { channelId: string; name: string; wanted: ChannelAddress[]; rows: ChannelAddress[] },
): void {
  const { municipalityId } = plan;
  const { channelId, name, wanted, rows } = channel;
  const tell = (change: 'added' | 'removed', { platform, externalId }: Address) => {
    if (platform !== 'playground') plan.changes.push({ kind: 'channel', change, channel: name, platform, externalId });
  };
  for (const row of rows.filter((candidate) => !wanted.some(isSame(candidate)))) {
    plan.addresses.remove.push({ channelId, platform: row.platform });
    tell('removed', row);
  }
  for (const address of wanted) {
    const { platform, externalId, groupId } = address;
    const row = rows.find(isSame(address));
    if (!row) {
      plan.addresses.create.push({ municipalityId, channelId, platform, externalId, groupId });
      tell('added', address);
    } else if (row.groupId !== groupId) {
      // The channel is the same one: nothing to tell.
      plan.addresses.update.push({ channelId, platform, data: { groupId } });
    }
  }
}

/** The database has exactly the file's assignments: who answered when is the file's to say, for the past as well. */
function planAssignments(
  plan: Plan,
  people: FilePerson[],
  ids: { personIds: Map<string, string>; neighbourhoodIds: Map<number, string> },
  file: MunicipalityFile,
  state: MunicipalityState,
): void {
  const { municipalityId } = plan;
  const wanted = people.flatMap((person) =>
    person.assignments.map(({ number, from, until }) => ({
      neighbourhoodId: idOf(ids.neighbourhoodIds, number),
      personId: idOf(ids.personIds, person.key),
      from: day(from),
      until: until === FOR_GOOD ? null : day(until),
    })),
  );
  const nameOfPerson = namesById(people, ids.personIds, state);
  const describe = (change: 'added' | 'removed', row: (typeof wanted)[number]) => {
    const place = [...file.neighbourhoods, ...state.neighbourhoods].find(
      ({ number }) => ids.neighbourhoodIds.get(number) === row.neighbourhoodId,
    );
    plan.changes.push({
      kind: 'assignment',
      change,
      number: place?.number ?? 0,
      neighbourhood: place?.name ?? '',
      person: nameOfPerson(row.personId),
      from: isoDay(row.from) === SINCE_ALWAYS ? null : isoDay(row.from),
      until: row.until && isoDay(row.until),
    });
  };
  const { missing, surplus } = compare(wanted, state.assignments, ['neighbourhoodId', 'personId', 'from', 'until']);
  for (const row of surplus) {
    plan.assignments.remove.push(row.id);
    describe('removed', row);
  }
  for (const row of missing) {
    plan.assignments.create.push({ municipalityId, ...row });
    describe('added', row);
  }
}

/** Who is told of a sector's or an organisation's signals, exactly as the file has it. */
function planSectors(plan: Plan, people: FilePerson[], ids: Map<string, string>, state: MunicipalityState): void {
  const { municipalityId } = plan;
  const wanted = people.flatMap((person) =>
    person.sectors.map(({ sector, organisation, from, until }) => ({
      sector,
      organisation,
      personId: idOf(ids, person.key),
      from: day(from),
      until: until === FOR_GOOD ? null : day(until),
    })),
  );
  const nameOf = namesById(people, ids, state);
  const describe = (change: 'added' | 'removed', row: (typeof wanted)[number]) => {
    plan.changes.push({
      kind: 'sector',
      change,
      about: row.sector ?? row.organisation ?? '',
      person: nameOf(row.personId),
      from: isoDay(row.from) === SINCE_ALWAYS ? null : isoDay(row.from),
      until: row.until && isoDay(row.until),
    });
  };
  const keys = ['sector', 'organisation', 'personId', 'from', 'until'] as const;
  const { missing, surplus } = compare(wanted, state.sectors, [...keys]);
  for (const row of surplus) {
    plan.sectors.remove.push(row.id);
    describe('removed', row);
  }
  for (const row of missing) {
    plan.sectors.create.push({ municipalityId, ...row });
    describe('added', row);
  }
}

function planLeaves(plan: Plan, people: FilePerson[], ids: Map<string, string>, state: MunicipalityState): void {
  const { municipalityId } = plan;
  const wanted = people.flatMap((person) =>
    person.leaves.map(({ from, until, replacement }) => ({
      personId: idOf(ids, person.key),
      from: day(from),
      until: day(until),
      replacementId: replacement === null ? null : idOf(ids, replacement),
    })),
  );
  const nameOf = namesById(people, ids, state);
  const describe = (change: 'added' | 'removed', row: (typeof wanted)[number]) => {
    const replacement = row.replacementId && nameOf(row.replacementId);
    const period = { from: isoDay(row.from), until: isoDay(row.until) };
    plan.changes.push({ kind: 'leave', change, person: nameOf(row.personId), ...period, replacement });
  };
  const { missing, surplus } = compare(wanted, state.leaves, ['personId', 'from', 'until', 'replacementId']);
  for (const row of surplus) {
    plan.leaves.remove.push(row.id);
    describe('removed', row);
  }
  for (const row of missing) {
    plan.leaves.create.push({ municipalityId, ...row });
    describe('added', row);
  }
}
