import { DateTime } from 'luxon';
import {
  type DatedNumber,
  FOR_GOOD,
  OWNING_ROLES,
  type Mention,
  SINCE_ALWAYS,
  datedNeighbourhoods,
  mentionsIn,
  ownersCalled,
  personKey,
  slug,
} from './file-people.js';
import { checkNewsletters } from './check-newsletters.js';
import { type Finding, suggest } from './file-problems.js';
import type { MunicipalityFile } from './file-schema.js';
import { checkOwnTexts } from './own-texts.js';

type Path = readonly PropertyKey[];

/**
 * What a schema cannot see: things that contradict each other (problems) or leave signals to the coordinator (notices).
 *
 * @param today see `parseMunicipalityFile`.
 */
export function checkMunicipalityFile(
  file: MunicipalityFile,
  today?: string,
): { problems: Finding[]; notices: Finding[] } {
  return {
    problems: [
      ...checkNeighbourhoods(file),
      ...checkChoices(file),
      ...checkPeople(file),
      ...checkAccounts(file),
      ...checkAssignments(file),
      ...checkLeaves(file),
      ...checkOwnTexts(file.texts),
      ...checkNewsletters(file, today),
      ...checkSignalCoordinators(file),
    ],
    notices: [...findGaps(file, today), ...findAbsences(file, today), ...findMissingAdministrator(file)],
  };
}

function checkNeighbourhoods(file: MunicipalityFile): Finding[] {
  const numbers = new FirstSeen<number>();
  const names = new FirstSeen<string>();
  return file.neighbourhoods.flatMap(({ number, name }, index): Finding[] => {
    const path = ['neighbourhoods', index];
    const sameNumber = numbers.see(number, [...path, 'number']);
    const sameName = names.see(slug(name), [...path, 'name']);
    return [
      ...(sameNumber
        ? [{ path: [...path, 'number'], text: 'DUPLICATE_NUMBER', variables: { number }, also: sameNumber } as const]
        : []),
      ...(sameName ? [{ path: [...path, 'name'], text: 'DUPLICATE_NAME', also: sameName } as const] : []),
    ];
  });
}

function checkChoices(file: MunicipalityFile): Finding[] {
  return (['lifeDomains', 'fundamentalRights', 'sectors', 'declineReasons'] as const).flatMap((list) => {
    const keys = new FirstSeen<string>();
    return file[list].flatMap(({ key }, index): Finding[] => {
      const path = [list, index, 'key'];
      const also = keys.see(key, path);
      return also ? [{ path, text: 'DUPLICATE_CHOICE', variables: { key }, also }] : [];
    });
  });
}

/** Somebody may be administrator or coordinator and regisseur, but stands in each list once. */
function checkPeople(file: MunicipalityFile): Finding[] {
  const keys = new FirstSeen<string>();
  return mentionsIn(file).flatMap(({ role, entry, path }): Finding[] => {
    const key = personKey(entry);
    const at = { path: [...path, entry.key === undefined ? 'name' : 'key'] };
    if (key === '') return [{ ...at, text: 'KEY_NEEDED' }];
    const also = keys.see(`${role} ${key}`, at.path);
    return also ? [{ ...at, text: 'DUPLICATE_PERSON', also }] : [];
  });
}

/** An account or channel belongs to one person, and a person has one of each per platform. */
function checkAccounts(file: MunicipalityFile): Finding[] {
  const owners = new Map<string, { person: string; path: Path }>();
  const accounts = new Map<string, { id: string; path: Path }>();
  return mentionsIn(file).flatMap((mention) =>
    accountsOf(mention).flatMap(({ kind, id, path }): Finding[] => {
      const person = personKey(mention.entry);
      const owner = owners.get(`${kind} ${id}`);
      owners.set(`${kind} ${id}`, owner ?? { person, path });
      if (owner && owner.person !== person) {
        const text = kind.endsWith('user') ? 'DUPLICATE_ACCOUNT' : 'DUPLICATE_CHANNEL';
        return [{ path, text, also: owner.path }];
      }
      const account = accounts.get(`${person} ${kind}`);
      accounts.set(`${person} ${kind}`, account ?? { id, path });
      return account && account.id !== id ? [{ path, text: 'OTHER_ACCOUNT', also: account.path }] : [];
    }),
  );
}

function accountsOf({ entry, path }: Mention): { kind: string; id: string; path: Path }[] {
  return (['slack', 'teams'] as const).flatMap((platform) => {
    const ids: { user?: string; channel?: string | undefined } = entry[platform] ?? {};
    return (['user', 'channel'] as const).flatMap((what) => {
      const id = ids[what];
      return id === undefined ? [] : [{ kind: `${platform} ${what}`, id, path: [...path, platform, what] }];
    });
  });
}

type PlacedAssignment = DatedNumber & { regisseur: number; path: Path };

function assignmentsOf(file: MunicipalityFile): PlacedAssignment[] {
  return file.regisseurs.flatMap((entry, regisseur) =>
    datedNeighbourhoods(entry).map((dated, index) => ({
      ...dated,
      regisseur,
      path: ['regisseurs', regisseur, 'neighbourhoods', index],
    })),
  );
}

function checkAssignments(file: MunicipalityFile): Finding[] {
  const numbers = new Set(file.neighbourhoods.map(({ number }) => number));
  const assignments = assignmentsOf(file);
  const backwards = file.regisseurs.flatMap((entry, index): Finding[] =>
    entry.from !== undefined && entry.until !== undefined && entry.until < entry.from
      ? [{ path: ['regisseurs', index, 'until'], text: 'UNTIL_BEFORE_FROM' }]
      : [],
  );
  const alone = assignments.flatMap(({ number, from, until, regisseur, path }): Finding[] => {
    if (!numbers.has(number)) return [{ path, text: 'UNKNOWN_NEIGHBOURHOOD', variables: { number } }];
    const told = backwards.some((finding) => finding.path[1] === regisseur);
    return until < from && !told ? [{ path, text: 'UNTIL_BEFORE_FROM' }] : [];
  });
  return [...backwards, ...alone, ...[...byNumber(assignments).values()].flatMap(overlaps)];
}

/** Two of one neighbourhood on one day: the later line in the file is the one to look at. */
function overlaps(assignments: PlacedAssignment[]): Finding[] {
  return assignments.flatMap((later, index): Finding[] => {
    const earlier = assignments.slice(0, index).find((other) => meet(other, later));
    if (!earlier) return [];
    const day = earlier.from > later.from ? earlier.from : later.from;
    const text = earlier.regisseur === later.regisseur ? 'DUPLICATE_ASSIGNMENT' : 'TWO_OWNERS';
    return [{ path: later.path, text, variables: { number: later.number, day }, also: earlier.path }];
  });
}

/** Somebody without sector or organisation would never be told of anything. */
function checkSignalCoordinators(file: MunicipalityFile): Finding[] {
  const keys = new Set(file.sectors.map(({ key }) => key));
  return file.signalCoordinators.flatMap(({ sectors, organisations, from, until }, index): Finding[] => {
    const path = ['signalCoordinators', index];
    return [
      ...(sectors.length + organisations.length === 0 ? [{ path, text: 'NO_SECTOR' } as const] : []),
      ...(from !== undefined && until !== undefined && until < from
        ? [{ path: [...path, 'until'], text: 'UNTIL_BEFORE_FROM' } as const]
        : []),
      ...sectors.flatMap((sector, at): Finding[] => {
        if (keys.has(sector)) return [];
        const suggestion = suggest(sector, [...keys]);
        return [
          {
            path: [...path, 'sectors', at],
            text: suggestion ? 'UNKNOWN_SECTOR.suggest' : 'UNKNOWN_SECTOR',
            variables: { sector, suggestion: suggestion ?? '' },
          },
        ];
      }),
    ];
  });
}

interface PlacedLeave {
  from: string;
  until: string;
  person: string;
  role: Mention['role'];
  replacement: string | undefined;
  path: Path;
}

function leavesOf(file: MunicipalityFile): PlacedLeave[] {
  return mentionsIn(file).flatMap(({ role, entry, path }) =>
    ('leave' in entry ? entry.leave : []).map(({ from, until, replacement }, index) => ({
      from,
      until,
      replacement,
      role,
      person: personKey(entry),
      path: [...path, 'leave', index],
    })),
  );
}

function checkLeaves(file: MunicipalityFile): Finding[] {
  const leaves = leavesOf(file);
  return leaves.flatMap((leave, index): Finding[] => {
    const overlapping = leaves.slice(0, index).find((other) => other.person === leave.person && meet(other, leave));
    return [
      ...(leave.until < leave.from ? [{ path: [...leave.path, 'until'], text: 'UNTIL_BEFORE_FROM' } as const] : []),
      ...(overlapping ? [{ path: leave.path, text: 'OVERLAPPING_LEAVE', also: overlapping.path } as const] : []),
      ...(leave.replacement === undefined ? [] : checkReplacement(file, leave, leave.replacement)),
    ];
  });
}

function checkReplacement(file: MunicipalityFile, leave: PlacedLeave, typed: string): Finding[] {
  const path = [...leave.path, 'replacement'];
  const found = ownersCalled(file, typed);
  const keys = new Set(found.map(({ entry }) => personKey(entry)));
  if (keys.size > 1) return [{ path, text: 'AMBIGUOUS_REPLACEMENT' }];
  if (keys.has(leave.person)) return [{ path, text: 'OWN_REPLACEMENT' }];
  if (keys.size === 1) return [];
  const owners = mentionsIn(file).filter(({ role }) => OWNING_ROLES.includes(role));
  const name = suggest(
    typed,
    owners.map(({ entry }) => entry.name),
  );
  const meant = owners.find(({ entry }) => entry.name === name);
  return meant
    ? [{ path, text: 'UNKNOWN_REPLACEMENT.suggest', also: [...meant.path, 'name'] }]
    : [{ path, text: 'UNKNOWN_REPLACEMENT' }];
}

/** Neighbourhoods without a regisseur, from `today` or the first day the file speaks of. */
function findGaps(file: MunicipalityFile, today?: string): Finding[] {
  const assignments = byNumber(assignmentsOf(file));
  const start = today ?? firstDay(file);
  return file.neighbourhoods.flatMap(({ number }, index): Finding[] => {
    const path = ['neighbourhoods', index];
    const dated = (assignments.get(number) ?? []).filter(({ until }) => until >= start);
    if (dated.length === 0) return [{ path, text: 'GAP', variables: { number } }];
    return gapsBetween(dated, start).map(({ from, until }) => ({
      path,
      text: until === FOR_GOOD ? 'GAP.from' : 'GAP.between',
      variables: { number, from, until },
    }));
  });
}

function gapsBetween(assignments: DatedNumber[], start: string): { from: string; until: string }[] {
  const gaps = [];
  let uncovered = start;
  for (const { from, until } of assignments.toSorted((a, b) => a.from.localeCompare(b.from))) {
    if (from > uncovered) gaps.push({ from: uncovered, until: addDays(from, -1) });
    if (until === FOR_GOOD) return gaps;
    if (until >= uncovered) uncovered = addDays(until, 1);
  }
  return [...gaps, { from: uncovered, until: FOR_GOOD }];
}

function firstDay(file: MunicipalityFile): string {
  const days = assignmentsOf(file).map(({ from }) => from);
  return days.filter((day) => day !== SINCE_ALWAYS).toSorted()[0] ?? SINCE_ALWAYS;
}

function findAbsences(file: MunicipalityFile, today = SINCE_ALWAYS): Finding[] {
  const leaves = leavesOf(file);
  return leaves
    .filter(({ until }) => until >= today)
    .flatMap((leave): Finding[] => {
      const replacement = leave.replacement && ownersCalled(file, leave.replacement)[0];
      if (!replacement)
        return [{ path: leave.path, text: leave.role === 'coordinator' ? 'COORDINATOR_AWAY' : 'NO_REPLACEMENT' }];
      const key = personKey(replacement.entry);
      const away = leaves.find((other) => other.person === key && meet(other, leave));
      return away ? [{ path: [...leave.path, 'replacement'], text: 'REPLACEMENT_AWAY', also: away.path }] : [];
    });
}

function findMissingAdministrator(file: MunicipalityFile): Finding[] {
  return file.administrators.length > 0 ? [] : [{ path: [], text: 'NO_ADMINISTRATOR' }];
}

function byNumber(assignments: PlacedAssignment[]): Map<number, PlacedAssignment[]> {
  const map = new Map<number, PlacedAssignment[]>();
  for (const assignment of assignments) map.set(assignment.number, [...(map.get(assignment.number) ?? []), assignment]);
  return map;
}

/** Days as YYYY-MM-DD, ends included, so that they compare as text. */
function meet(a: { from: string; until: string }, b: { from: string; until: string }): boolean {
  return a.from <= b.until && b.from <= a.until;
}

function addDays(day: string, days: number): string {
  return DateTime.fromISO(day, { zone: 'utc' }).plus({ days }).toFormat('yyyy-MM-dd');
}

/** Remembers where something stood first. */
class FirstSeen<T> {
  private readonly paths = new Map<T, Path>();

  /** @returns where it was seen before, if it was. */
  see(thing: T, path: Path): Path | undefined {
    const first = this.paths.get(thing);
    if (!first) this.paths.set(thing, path);
    return first;
  }
}
