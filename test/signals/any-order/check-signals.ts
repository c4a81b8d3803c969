import { expect } from 'vitest';
import type { Person, SignalStatus } from '../../../src/storage/database.js';
import { ALLOWED } from './allowed-steps.js';
import type { Lane } from './lane.js';
import { readWhatStands, type Entry, type WhatStands } from './read-what-stands.js';
import { HAND_OVER_WHY } from './try-it.js';

/** Kinds of entries that every filer hears of; the others nobody does. */
const TOLD = new Set([
  'status',
  'reopened',
  'corrected',
  'question',
  'feedback',
  'transferred',
  'split',
  'lead_chosen',
]);

/** Kinds that a platform's users cause; a partner has none. */
const BY_OWNER = new Set([
  'status',
  'question',
  'corrected',
  'reopened',
  'feedback',
  'note',
  'transferred',
  'split',
  'lead_chosen',
  'task_given',
  'partner_asked',
  'partner_ended',
  'snoozed',
]);

/** A signal as its timeline tells it, up to an entry. */
interface Walked {
  status: SignalStatus;
  before: SignalStatus | undefined;
  ownerName: string;
  version: number;
  mergedInto: string | undefined;
  leadName: string;
  /** Who answers for what they saw too, at this moment. */
  endorsers: Set<string>;
  last: Entry;
}

/**
 * Walks the timelines of one sequence's signals again, entry by entry, with nothing of the code that wrote them, and
 * holds what stands in the database against it.
 *
 * @param done how many attempts were said to be done.
 * @returns how many messages to filers were looked at.
 */
export async function checkSignals(lane: Lane, done: number, label: string): Promise<number> {
  const stands = await readWhatStands(lane);
  const walk = new Walk(lane, stands, label);
  for (const entry of stands.entries) walk.step(entry);

  for (const row of stands.signals) {
    const signal = walk.signals.get(row.id);
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
  const told = stands.told.filter((key) => !walk.mayBeTold.has(key));
  const must = walk.told.filter((key) => !walk.mayBeTold.has(key));
  expect(told.toSorted(), `${label}: who was told`).toEqual(must.toSorted());
  expect(new Set(stands.told).size, `${label}: told twice`).toBe(stands.told.length);
  expect(walk.written, `${label}: what was said to be done, and what stands there`).toBe(done);
  return stands.told.length;
}

class Walk {
  readonly signals = new Map<string, Walked>();
  /** "<entry> <person>": who had to hear of what. */
  readonly told: string[] = [];
  /** The same, where it depends on who was first of two who touched different signals of one family at the same moment. */
  readonly mayBeTold = new Set<string>();
  /** Entries that somebody was told of as done. */
  written = 0;
  private readonly idOf: Map<string, string>;

  constructor(
    private readonly lane: Lane,
    private readonly stands: WhatStands,
    private readonly label: string,
  ) {
    this.idOf = new Map(stands.signals.map(({ reference, id }) => [reference, id]));
  }

  step(entry: Entry): void {
    const at = `${this.label}: ${entry.kind} ${entry.fromStatus} > ${entry.toStatus} by ${entry.person?.name}`;
    const part = entry.kind === 'split' && entry.data.splitFrom !== undefined;
    if (entry.kind === 'filed' || part) return this.begin(entry, part, at);
    const signal = this.signals.get(entry.signalId);
    if (!signal) throw new Error(`${at}: before it was filed`);
    const platforms = entry.kind === 'partner_answered' ? ['web'] : ['playground', 'slack', 'teams'];
    expect(platforms, at).toContain(entry.platform);
    this.expectMay(entry, signal, at);
    if (TOLD.has(entry.kind)) this.expectTold(entry);
    this.written += countOf(entry, signal);
    if (entry.kind === 'transferred') {
      signal.ownerName = entry.data.owner ?? '';
      signal.version += 1;
    }
    if (entry.data.lead !== undefined) signal.leadName = entry.data.lead;
    if (entry.kind === 'endorsed') signal.endorsers.add(entry.person?.id ?? '');
    if (entry.kind === 'endorsement_undone') signal.endorsers.delete(entry.person?.id ?? '');
    if (entry.toStatus) {
      expect(entry.fromStatus, at).toBe(signal.status);
      if (entry.kind === 'corrected') expect(entry.toStatus, at).toBe(signal.before);
      else expect([...ALLOWED.keys()], at).toContain(`${entry.fromStatus} > ${entry.toStatus}`);
      signal.before = signal.status;
      signal.status = entry.toStatus;
      signal.version += 1;
      signal.mergedInto = entry.toStatus === 'merged' ? this.idOf.get(entry.data.mergedInto ?? '') : undefined;
    }
    signal.last = entry;
  }

  /** A signal that was filed is the coordinator's (city-wide) or was put with the regisseur; a part is its whole's owner's. */
  private begin(entry: Entry, part: boolean, at: string): void {
    const wholeId = this.idOf.get(entry.data.splitFrom ?? '');
    const whole = wholeId ? this.signals.get(wholeId) : undefined;
    const given = this.lane.given.has(entry.signalId);
    this.signals.set(entry.signalId, {
      status: 'received',
      before: undefined,
      ownerName: part ? (whole?.ownerName ?? '') : given ? 'Regisseur Een' : 'Coördinator',
      version: 1,
      mergedInto: undefined,
      leadName: '',
      endorsers: new Set(),
      last: entry,
    });
    if (!part || !wholeId || !whole) {
      if (!given) this.written += 1;
      return;
    }
    this.expectOwner(entry, whole, at);
    const filers = this.direct(entry.signalId);
    if (!this.shaken(entry, wholeId)) expect(filers, at).toEqual(this.family(wholeId));
    for (const id of filers) if (id !== entry.person?.id) this.told.push(`${entry.id} ${id}`);
  }

  private direct(signalId: string): Set<string> {
    const filers = this.stands.signals.find(({ id }) => id === signalId)?.filers ?? [];
    return new Set([...filers.map(({ personId }) => personId), ...(this.signals.get(signalId)?.endorsers ?? [])]);
  }

  private joined(signalId: string): string[] {
    return [...this.signals].filter(([, other]) => other.mergedInto === signalId).map(([id]) => id);
  }

  /** Who filed or confirmed it, or a signal that was merged into it, by way of others too. */
  private family(signalId: string): Set<string> {
    return new Set([...this.direct(signalId), ...this.joined(signalId).flatMap((id) => [...this.family(id)])]);
  }

  /** At the same moment somebody left the family by way of another signal: who was first shows nowhere. */
  private shaken(entry: Entry, signalId: string): boolean {
    return this.stands.entries.some(
      (other) =>
        other.signalId !== signalId &&
        other.at.getTime() === entry.at.getTime() &&
        (other.fromStatus === 'merged' || other.kind === 'endorsement_undone'),
    );
  }

  private expectTold(entry: Entry): void {
    const heard = entry.text === HAND_OVER_WHY ? `hand-over:${entry.signalId}` : entry.id;
    const all = this.shaken(entry, entry.signalId)
      ? Object.values(this.lane.people).map(({ id }) => id)
      : [...this.family(entry.signalId)];
    for (const id of all) {
      if (id === entry.person?.id) continue;
      const key = `${heard} ${id}`;
      if (this.shaken(entry, entry.signalId) && !this.direct(entry.signalId).has(id)) this.mayBeTold.add(key);
      else this.told.push(key);
    }
  }

  /** The owner, who stands in for them, or the coordinator. */
  private expectOwner(entry: Entry, signal: Walked, at: string): void {
    const { person } = entry;
    if (!person) throw new Error(`${at}: nobody did it`);
    expect(this.isOwner(entry, person, signal), at).toBe(true);
  }

  private isOwner({ at }: Entry, person: Pick<Person, 'id' | 'name' | 'roles'>, signal: Walked): boolean {
    if (person.name === signal.ownerName || person.roles.includes('coordinator')) return true;
    return this.lane.leaves.some(
      (leave) =>
        leave.of === signal.ownerName && leave.replacement === person.name && at >= leave.from && at <= leave.to,
    );
  }

  /** Who the status table and the role matrix name; nobody else wrote anything. */
  private expectMay(entry: Entry, signal: Walked, at: string): void {
    const { person } = entry;
    const kind: string = entry.kind;
    if (kind === 'partner_answered') return expect(person, at).toBeNull();
    if (!person) throw new Error(`${at}: nobody did it`);
    const family = this.family(entry.signalId);
    const shaken = this.shaken(entry, entry.signalId);
    const isSector = person.name === 'Signaalcoördinator';
    switch (kind) {
      // Written with the step on the other signal, whose owner did it.
      case 'joined':
      case 'linked':
        return;
      case 'answer':
      case 'helps':
      case 'helps_not':
        return expect(shaken || family.has(person.id), at).toBe(true);
      case 'tested':
      case 'enriched':
        return expect(isSector, at).toBe(true);
      case 'endorsed':
        return expect(person.roles, at).not.toContain('administrator');
      case 'endorsement_undone':
        return expect(signal.endorsers.has(person.id), at).toBe(true);
      // Who leads it gives actions to their own colleagues.
      case 'task_given':
        if (person.name === signal.leadName) return;
        break;
      case 'task_done': {
        const may = [entry.data.assignee, signal.leadName].includes(person.name);
        return expect(may || this.isOwner(entry, person, signal), at).toBe(true);
      }
      case 'reopened':
        if (signal.last.kind === 'helps_not' && signal.last.person?.id === person.id && this.lane.filersMayReopen)
          return;
        break;
      case 'status':
        if (isSector && signal.status === 'received' && entry.toStatus === 'in_review') return;
        if (ALLOWED.get(`${entry.fromStatus} > ${entry.toStatus}`) === 'filer') {
          const alone = [...this.direct(entry.signalId)].every((id) => id === person.id);
          return expect([family.has(person.id), alone, this.joined(entry.signalId)], at).toEqual([true, true, []]);
        }
        break;
      default:
    }
    expect(BY_OWNER, at).toContain(kind);
    this.expectOwner(entry, signal, at);
  }
}

/** How many attempts an entry stands for. */
function countOf(entry: Entry, signal: Walked): number {
  const kind: string = entry.kind;
  switch (kind) {
    // Beside the entry of the signal that was merged; or a word said twice, which is there once.
    case 'joined':
    case 'tested':
      return 0;
    // On both signals.
    case 'linked':
      return 0.5;
    // A filer's answer brought it about, and is an entry itself.
    case 'reopened':
      return signal.last.kind === 'helps_not' && signal.last.person?.id === entry.person?.id ? 0 : 1;
    default:
      return 1;
  }
}
