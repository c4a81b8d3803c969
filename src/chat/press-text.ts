import { z } from 'zod';
import type { ButtonPayload } from './card.js';

export const Payload = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));

/** What is pressed as one text, for platforms whose buttons or options carry no more: the action, and its payload. */
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
