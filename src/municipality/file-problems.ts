import { closest, distance } from 'fastest-levenshtein';
import type { z } from 'zod';
import type { Variables } from '../chat/texts.js';
import { type TextKey, municipalityTexts } from './texts.js';

export interface Position {
  /** 1-based. */
  line: number;
  /** 1-based. */
  column: number;
}

/** Something wrong, or worth a notice, in a municipality file. */
export interface FileProblem extends Position {
  /** Such as `regisseurs[2].leave[0].from`; empty: the file as a whole. */
  path: string;
  /** Such as `MUNICIPALITY_FILE.UNKNOWN_KEY`. */
  code: string;
  message: { nl: string; en: string };
}

/** A problem before its line is known. `also` is another place in the file, named in the text as `{{line}}`. */
export interface Finding {
  path: readonly PropertyKey[];
  text: TextKey;
  on?: 'key' | 'value';
  variables?: Variables;
  also?: readonly PropertyKey[];
}

/** A list of hundreds helps nobody, and follows from the same few mistakes. */
export const MAX_PROBLEMS = 100;

export function problem(text: TextKey, position: Position, variables: Variables = {}, path = ''): FileProblem {
  return {
    line: position.line,
    column: position.column,
    path,
    code: `MUNICIPALITY_FILE.${text.split('.')[0]}`,
    message: { nl: municipalityTexts('nl')(text, variables), en: municipalityTexts('en')(text, variables) },
  };
}

/** @returns the findings with their places, in the order of the file's lines. */
export function toProblems(
  findings: readonly Finding[],
  source: { positionOf(path: readonly PropertyKey[], on: 'key' | 'value'): Position },
): FileProblem[] {
  const problems = findings.slice(0, MAX_PROBLEMS).map(({ path, text, on = 'value', variables, also }) => {
    const line = also && { line: source.positionOf(also, 'value').line };
    return problem(text, source.positionOf(path, on), { ...variables, ...line }, showPath(path));
  });
  problems.sort((a, b) => a.line - b.line || a.column - b.column);
  const rest = findings.length - MAX_PROBLEMS;
  if (rest > 0) problems.push(problem('MORE', problems.at(-1) ?? { line: 1, column: 1 }, { count: rest }));
  return problems;
}

function showPath(path: readonly PropertyKey[]): string {
  return path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '');
}

/** @returns the known word that `typed` was probably meant to be: a mistake per three letters, or the same letters in disorder. */
export function suggest(typed: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const lower = typed.toLowerCase();
  const nearest = closest(
    lower,
    known.map((word) => word.toLowerCase()),
  );
  if (distance(lower, nearest) <= Math.max(1, Math.floor(nearest.length / 3))) {
    return known.find((word) => word.toLowerCase() === nearest);
  }
  return known.find((word) => lettersOf(word) === lettersOf(typed));
}

function lettersOf(word: string): string {
  return [...word.toLowerCase()].sort().join('');
}

type Issue = z.core.$ZodIssue;

/** Translates the schema's issues; a key that is missing because it was misspelt is told once. */
export function findingsOf(issues: readonly Issue[]): Finding[] {
  const findings = issues.flatMap(findingOf);
  const meant = new Set(
    findings
      .filter((finding) => finding.text === 'UNKNOWN_KEY.suggest')
      .map(({ path, variables }) => showPath([...path.slice(0, -1), String(variables?.['suggestion'])])),
  );
  return findings.filter(
    (finding) => finding.text !== 'MISSING' || !meant.has(showPath([...finding.path, missingKey(finding)])),
  );
}

function missingKey(finding: Finding): string {
  return String(finding.variables?.['key']);
}

function findingOf(issue: Issue): Finding[] {
  const path = issue.path;
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => unknownKey(path, key, issue.message.split(' ')));
  if (issue.input === undefined && issue.code !== 'custom' && path.length > 0) {
    return [{ path: path.slice(0, -1), text: 'MISSING', variables: { key: String(path.at(-1)) } }];
  }
  return [{ path, on: issue.code === 'invalid_key' ? 'key' : 'value', ...reason(issue) }];
}

function unknownKey(path: readonly PropertyKey[], key: string, known: string[]): Finding {
  const suggestion = suggest(key, known);
  const at = { path: [...path, key], on: 'key' } as const;
  if (suggestion) return { ...at, text: 'UNKNOWN_KEY.suggest', variables: { key, suggestion } };
  return { ...at, text: 'UNKNOWN_KEY', variables: { key, known: known.join(', ') } };
}

type Reason = Pick<Finding, 'text' | 'variables'>;

function reason(issue: Issue): Reason {
  if (isText(issue.message)) return issue.message === 'ZONE' ? zone(issue.input) : { text: issue.message };
  switch (issue.code) {
    case 'invalid_type':
      return { text: typeText(issue.expected, issue.input) };
    case 'too_small':
      if (issue.origin === 'string') return { text: 'EMPTY' };
      if (issue.origin === 'array') return { text: 'EMPTY.list' };
      return { text: 'OUT_OF_RANGE', variables: { minimum: Number(issue.minimum) } };
    case 'too_big':
      if (issue.origin === 'string') return { text: 'TOO_LONG', variables: { maximum: Number(issue.maximum) } };
      if (issue.origin === 'array') return { text: 'TOO_LONG.list', variables: { maximum: Number(issue.maximum) } };
      return { text: 'OUT_OF_RANGE.high', variables: { maximum: Number(issue.maximum) } };
    case 'invalid_value': {
      const known = issue.values.map(String);
      const suggestion = suggest(String(issue.input), known);
      return suggestion
        ? { text: 'CHOICE.suggest', variables: { suggestion } }
        : { text: 'CHOICE', variables: { known: known.join(', ') } };
    }
    case 'invalid_key': {
      const inner = issue.issues[0]?.message;
      return { text: isText(inner) ? inner : 'WRONG_TYPE' };
    }
    case 'invalid_format':
    case 'invalid_union':
    case 'invalid_element':
    case 'not_multiple_of':
    case 'unrecognized_keys':
    case 'custom':
      return { text: 'WRONG_TYPE' };
  }
}

function isText(message: string | undefined): message is TextKey {
  return message !== undefined && Object.hasOwn(municipalityTexts.all.nl, message);
}

function typeText(expected: string, input: unknown): TextKey {
  switch (expected) {
    case 'string':
      return typeof input === 'number' || typeof input === 'boolean' ? 'WRONG_TYPE.quote' : 'WRONG_TYPE.text';
    case 'number':
      return 'WRONG_TYPE.number';
    case 'int':
      return 'WRONG_TYPE.whole';
    case 'array':
      return 'WRONG_TYPE.list';
    case 'object':
    case 'record':
      return 'WRONG_TYPE.object';
    case 'boolean':
      return 'WRONG_TYPE.boolean';
    default:
      return 'WRONG_TYPE';
  }
}

function zone(input: unknown): Reason {
  const suggestion = suggest(String(input), Intl.supportedValuesOf('timeZone'));
  return suggestion ? { text: 'ZONE.suggest', variables: { suggestion } } : { text: 'ZONE' };
}
