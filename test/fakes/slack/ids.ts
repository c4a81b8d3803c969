import { randomInt, randomUUID } from 'node:crypto';

const CAPITALS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
const GENERATED = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

function pick(alphabet: string, length: number): string {
  return Array.from({ length }, () => alphabet.charAt(randomInt(alphabet.length))).join('');
}

/** `U0…`, `C0…`, `V0…`: eleven capitals and digits, as Slack's. */
export function newId(prefix: string): string {
  return `${prefix}0${pick(CAPITALS, 9)}`;
}

/** What Slack gives a block or an action without an id: five characters, one of which no code expects. */
export function generatedId(): string {
  const letters = pick(GENERATED, 4);
  const at = randomInt(5);
  return letters.slice(0, at) + pick('/+=', 1) + letters.slice(at);
}

export function newHash(seconds: number): string {
  return `${String(seconds)}.${pick(GENERATED, 8)}`;
}

export function newSecret(length: number): string {
  return pick(GENERATED, length);
}

export function newUuid(): string {
  return randomUUID();
}

/** Digits only, the first no zero. */
export function digits(length: number): string {
  return String(randomInt(1, 10)) + pick('0123456789', length - 1);
}
