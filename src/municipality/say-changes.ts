import { sayDay } from '../calendar/local-day.js';
import type { Locale, Translate } from '../chat/texts.js';
import type { Refusal } from './apply-municipality.js';
import { changeTexts, type ChangeTextKey } from './change-texts.js';
import type { Change, FieldChange } from './changes.js';
import type { Choice } from './municipality-settings.js';

type Say = Translate<ChangeTextKey>;

/** @returns one line per change, marked + (new), - (gone) or ~ (different), in the order they are made. */
export function sayChanges(changes: readonly Change[], locale: Locale): string[] {
  const say = changeTexts(locale);
  return changes.flatMap((change) => [
    `${markOf(change)} ${sayChange(change, say, locale)}`,
    ...sayFields(change, say),
  ]);
}

/** @returns why a file that is right in itself cannot be applied, and what to do. */
export function sayRefusal(refusal: Refusal, locale: Locale): string {
  const say = changeTexts(locale);
  switch (refusal.code) {
    case 'MUNICIPALITY.NEIGHBOURHOOD_IN_USE':
      return say('refused.neighbourhood', { count: refusal.numbers.length, numbers: refusal.numbers.join(', ') });
    case 'MUNICIPALITY.REFERENCE_TAKEN':
      return say('refused.reference');
  }
}

function markOf({ change }: Change): '+' | '-' | '~' {
  switch (change) {
    case 'added':
    case 'returned':
      return '+';
    case 'removed':
    case 'inactive':
      return '-';
    case 'changed':
    case 'moved':
    case 'worker-again':
      return '~';
  }
}

function sayChange(change: Change, say: Say, locale: Locale): string {
  switch (change.kind) {
    case 'municipality':
      return say(change.change === 'added' ? 'municipality.added' : 'municipality.changed', { name: change.name });
    case 'neighbourhood':
      return say(`neighbourhood.${change.change}`, { number: change.number, name: change.name });
    case 'person':
      return sayPerson(change, say);
    case 'account': {
      const { person, platform, externalId } = change;
      const from = change.change === 'moved' ? change.from : '';
      return say(`account.${change.change}`, { person, platform: sayPlatform(platform), externalId, from });
    }
    case 'channel': {
      const { channel, platform, externalId } = change;
      return say(`channel.${change.change}`, { channel, platform: sayPlatform(platform), externalId });
    }
    case 'assignment': {
      const { number, neighbourhood, person } = change;
      const period = sayPeriod(change, say, locale);
      return `${say(`assignment.${change.change}`, { number, neighbourhood, person })}${period && ` (${period})`}`;
    }
    case 'sector': {
      const { about, person } = change;
      const period = sayPeriod(change, say, locale);
      return `${say(`sector.${change.change}`, { about, person })}${period && ` (${period})`}`;
    }
    case 'leave': {
      const { person, replacement } = change;
      const who = replacement === null ? say('leave.coordinator') : say('leave.replacement', { replacement });
      return `${say(`leave.${change.change}`, { person })} (${sayPeriod(change, say, locale)}; ${who})`;
    }
  }
}

function sayPerson(change: Extract<Change, { kind: 'person' }>, say: Say): string {
  const { name } = change;
  if ('openSignals' in change) {
    const open = change.openSignals > 0 ? ` ${say('person.openSignals', { count: change.openSignals })}` : '';
    return `${say(`person.${change.change}`, { name })}${open}`;
  }
  const roles = change.roles.map((role) => say(`role.${role}`)).join(', ');
  return say(`person.${change.change}`, { name, roles });
}

function sayPeriod({ from, until }: { from: string | null; until: string | null }, say: Say, locale: Locale): string {
  return [
    ...(from === null ? [] : [say('from', { day: sayDay(from, locale) })]),
    ...(until === null ? [] : [say('until', { day: sayDay(until, locale) })]),
  ].join(' ');
}

function sayFields(change: Change, say: Say): string[] {
  const lines = 'fields' in change ? change.fields.flatMap((field) => sayField(field, say)) : [];
  const shown = lines.slice(0, MAX_FIELDS);
  if (lines.length > MAX_FIELDS) shown.push(say('field.more', { count: lines.length - MAX_FIELDS }));
  return shown.map((line) => `    ${line}`);
}

/** More would hide the people and neighbourhoods that follow. */
const MAX_FIELDS = 12;

/** Only what differs: of a list of choices the choice, of a block the key. */
function sayField({ field, from, to }: FieldChange, say: Say): string[] {
  const [before, after] = [valuesIn(field, from), valuesIn(field, to)];
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((path) => before.get(path) !== after.get(path))
    .map((path) => `${path}: ${before.get(path) ?? say('nothing')} → ${after.get(path) ?? say('nothing')}`);
}

/** The values in a setting by their path: `sectors.police.nl` -> "Politie". A plain list is one value. */
function valuesIn(path: string, value: unknown): Map<string, string> {
  if (value === undefined || value === null || value === '') return new Map();
  if (typeof value !== 'object') return new Map([[path, String(value)]]);
  if (!Array.isArray(value)) {
    return new Map(Object.entries(value).flatMap(([key, inner]) => [...valuesIn(`${path}.${key}`, inner)]));
  }
  const items: unknown[] = value;
  if (items.every(isChoice))
    return new Map(items.flatMap(({ key, nl, en }) => [...valuesIn(`${path}.${key}`, { nl, en })]));
  return new Map([[path, items.map(sayItem).join(', ')]]);
}

/** An entry of a list (a newsletter, a reader) with all that stands in it. */
function sayItem(item: unknown): string {
  if (typeof item !== 'object' || item === null) return String(item);
  const said = Object.entries(item).filter(([, value]) => value !== undefined && String(value) !== '');
  return `{ ${said.map(([key, value]) => `${key}: ${String(value)}`).join(', ')} }`;
}

function isChoice(item: unknown): item is Choice {
  return typeof item === 'object' && item !== null && 'key' in item && 'nl' in item;
}

function sayPlatform(platform: string): string {
  return platform.charAt(0).toUpperCase() + platform.slice(1);
}
