import { isObject, without, type JsonObject } from '../json.js';

/** One thing Slack refuses, with the place as Slack writes it: `[json-pointer:/blocks/0/text]`. */
export interface Problem {
  pointer: string;
  message: string;
}

export type Report = (pointer: string, message: string) => void;
export type Check = (value: unknown, pointer: string, report: Report) => void;
export type ObjectCheck = (value: JsonObject, pointer: string, report: Report) => void;

/** Runs a check and gives back what it found. */
export function problemsOf(check: Check, value: unknown, pointer: string): Problem[] {
  const problems: Problem[] = [];
  check(value, pointer, (at, message) => problems.push({ pointer: at, message }));
  return problems;
}

/** The two ways Slack writes a problem down: in `errors` and in `response_metadata.messages`. */
export function wordsOf(problem: Problem): string {
  return `${problem.message} [json-pointer:${problem.pointer}]`;
}

interface Length {
  min?: number;
  max: number;
}

/** Length is counted in UTF-16 units: never less than what Slack counts, so never milder. */
export function string({ min = 1, max }: Length, alsoCheck?: (value: string) => string | undefined): Check {
  return (value, pointer, report) => {
    if (typeof value !== 'string') return report(pointer, 'must be a string');
    if (value.length < min) return report(pointer, `must be more than ${String(min - 1)} characters`);
    if (value.length > max) return report(pointer, `must be less than ${String(max + 1)} characters`);
    const complaint = alsoCheck?.(value);
    if (complaint !== undefined) report(pointer, complaint);
  };
}

export const boolean: Check = (value, pointer, report) => {
  if (typeof value !== 'boolean') report(pointer, 'must be a boolean');
};

export function integer({ min, max }: { min: number; max: number }): Check {
  return (value, pointer, report) => {
    if (!Number.isInteger(value)) return report(pointer, 'must be an integer');
    const number = Number(value);
    if (number < min || number > max) {
      report(pointer, `must be between ${String(min)} and ${String(max)}`);
    }
  };
}

export function oneOf(...allowed: string[]): Check {
  return (value, pointer, report) => {
    if (typeof value !== 'string' || !allowed.includes(value)) report(pointer, 'must be a valid enum value');
  };
}

export function list(item: Check, { min = 1, max }: Length): Check {
  return (value, pointer, report) => {
    if (!Array.isArray(value)) return report(pointer, 'must provide an array');
    if (value.length < min) report(pointer, `no fewer than ${String(min)} items allowed`);
    if (value.length > max) report(pointer, `no more than ${String(max)} items allowed`);
    value.forEach((entry: unknown, index) => item(entry, `${pointer}/${String(index)}`, report));
  };
}

type Shape = Record<string, Check>;

/** Every required property is there, none is unknown, each passes its own check; then `also`, on the whole. */
export function object(required: Shape, optional: Shape = {}, also?: ObjectCheck): Check {
  return (value, pointer, report) => {
    if (!isObject(value)) return report(pointer, 'must provide an object');
    for (const name of Object.keys(required)) {
      if (value[name] === undefined) report(pointer, `missing required field: ${name}`);
    }
    for (const [name, property] of Object.entries(value)) {
      const check = required[name] ?? optional[name];
      if (check === undefined) report(pointer, `invalid additional property: ${name}`);
      else if (property !== undefined) check(property, `${pointer}/${name}`, report);
    }
    also?.(value, pointer, report);
  };
}

/** Chooses the check by the value's `type`, which the chosen check need not mention. */
export function byType(table: Record<string, Check>): Check {
  return (value, pointer, report) => {
    if (!isObject(value)) return report(pointer, 'must provide an object');
    if (value.type === undefined) return report(pointer, 'missing required field: type');
    const check = typeof value.type === 'string' ? table[value.type] : undefined;
    if (check === undefined) return report(`${pointer}/type`, `unsupported type: ${String(value.type)}`);
    check(without(value, 'type'), pointer, report);
  };
}

/** A web address as Slack takes it in a button or an image. */
function isWebUrl(value: string): boolean {
  if (/\s/.test(value)) return false;
  const parsed = URL.canParse(value) ? new URL(value) : undefined;
  return parsed !== undefined && ['http:', 'https:', 'slack:', 'mailto:'].includes(parsed.protocol);
}

export const url = string({ max: 3000 }, (value) => (isWebUrl(value) ? undefined : 'invalid url'));

/** A day that exists, as YYYY-MM-DD. */
export const date = string({ max: 10 }, (value) => {
  const exists = /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(`${value}T00:00:00Z`));
  return exists && new Date(`${value}T00:00:00Z`).toISOString().startsWith(value) ? undefined : 'invalid date';
});
