import { z } from 'zod';
import type { ButtonPayload } from '../../../chat/card.js';

/** Action ids of buttons and menus on cards begin with this; the number makes them unique in their block. */
const PRESS = 'press';

export const pressId = (index: number) => `${PRESS}:${index}`;

const Payload = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));

/** What a button or an option carries: the action, and its payload. */
export function encodePress(action: string, payload: ButtonPayload): string {
  return `${action} ${JSON.stringify(payload)}`;
}

/** Undefined when this is nothing a card of ours carries. The action's own schema checks the payload further. */
export function decodePress(value: string): { action: string; payload: ButtonPayload } | undefined {
  const [, action, json] = /^(\S+) (\{[\s\S]*\})$/.exec(value) ?? [];
  if (!action || !json) return undefined;
  try {
    const payload = Payload.safeParse(JSON.parse(json));
    return payload.success ? { action, payload: payload.data } : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
