import type { Json, JsonObject } from '../json.js';
import { problemsInBlocks, type Surface } from './blocks.js';
import { wordsOf } from './checks.js';

// Blocks for the tests of the checks: each valid by itself, and changed by what is given.

export const long = (length: number) => 'x'.repeat(length);
export const plain = (text: string): JsonObject => ({ type: 'plain_text', text });
export const mrkdwn = (text: string): JsonObject => ({ type: 'mrkdwn', text });
export const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i));
export const option = (label = 'Rabot', value = 'rabot'): JsonObject => ({ text: plain(label), value });
export const options = (count: number) => times(count, (i) => option(`Wijk ${String(i)}`, String(i)));

export const button = (given: JsonObject = {}): JsonObject => ({
  type: 'button',
  action_id: 'a',
  text: plain('Ok'),
  ...given,
});
export const section = (given: JsonObject = {}): JsonObject => ({ type: 'section', text: mrkdwn('tekst'), ...given });
export const actions = (...elements: JsonObject[]): JsonObject => ({ type: 'actions', elements });
export const input = (element: JsonObject, given: JsonObject = {}): JsonObject => ({
  type: 'input',
  label: plain('Wat zie je?'),
  element,
  ...given,
});
export const typed = (given: JsonObject = {}): JsonObject => ({ type: 'plain_text_input', action_id: 'a', ...given });
export const select = (given: JsonObject = {}): JsonObject => ({
  type: 'static_select',
  action_id: 'a',
  options: options(2),
  ...given,
});
export const external = (given: JsonObject = {}): JsonObject => ({ type: 'external_select', action_id: 'a', ...given });

/** What Slack would say, in its own words. */
export function said(blocks: Json, surface: Surface = 'message'): string[] {
  return problemsInBlocks(blocks, surface).map(wordsOf);
}
