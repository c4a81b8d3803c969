import { elementsOf } from './block-kit/blocks.js';
import { generatedId } from './ids.js';
import { copyOf, isObject, objectsAt, textAt, type Json, type JsonObject } from './json.js';

/**
 * What Slack adds to blocks before it shows or sends them back: `emoji`, `verbatim`, `optional`, `dispatch_action`,
 * `dispatch_action_config`, and a random id where the app gave none.
 */
export function filledIn(blocks: JsonObject[]): JsonObject[] {
  return copyOf(blocks).map((block) => {
    fillTexts(block);
    if (block.block_id === undefined) block.block_id = generatedId();
    if (block.type === 'input') {
      block.optional ??= false;
      block.dispatch_action ??= false;
    }
    for (const { element } of elementsOf(block)) {
      if (element.type === 'image') continue;
      element.action_id ??= generatedId();
      if (element.type === 'plain_text_input') {
        element.dispatch_action_config ??= { trigger_actions_on: ['on_enter_pressed'] };
      }
    }
    return block;
  });
}

function fillTexts(value: Json | undefined): void {
  if (Array.isArray(value)) return value.forEach(fillTexts);
  if (!isObject(value)) return;
  if (value.type === 'plain_text') value.emoji ??= true;
  else if (value.type === 'mrkdwn') value.verbatim ??= false;
  else Object.values(value).forEach(fillTexts);
}

interface StateShape {
  key: string;
  empty: null | [];
  initial: string;
}

const one = (key: string, initial: string): StateShape => ({ key, empty: null, initial });
const many = (key: string, initial: string): StateShape => ({ key, empty: [], initial });

/** How each element stands in `view.state.values`; buttons and menus that only act are not there at all. */
const STATES: Record<string, StateShape> = {
  plain_text_input: one('value', 'initial_value'),
  number_input: one('value', 'initial_value'),
  email_text_input: one('value', 'initial_value'),
  url_text_input: one('value', 'initial_value'),
  rich_text_input: one('rich_text_value', 'initial_value'),
  static_select: one('selected_option', 'initial_option'),
  external_select: one('selected_option', 'initial_option'),
  radio_buttons: one('selected_option', 'initial_option'),
  users_select: one('selected_user', 'initial_user'),
  conversations_select: one('selected_conversation', 'initial_conversation'),
  channels_select: one('selected_channel', 'initial_channel'),
  datepicker: one('selected_date', 'initial_date'),
  timepicker: one('selected_time', 'initial_time'),
  datetimepicker: one('selected_date_time', 'initial_date_time'),
  multi_static_select: many('selected_options', 'initial_options'),
  multi_external_select: many('selected_options', 'initial_options'),
  checkboxes: many('selected_options', 'initial_options'),
  multi_users_select: many('selected_users', 'initial_users'),
  multi_conversations_select: many('selected_conversations', 'initial_conversations'),
  multi_channels_select: many('selected_channels', 'initial_channels'),
  file_input: many('files', ''),
};

/** The key under which an element's value stands in the state, or undefined for one without state. */
export function stateKeyOf(element: JsonObject): string | undefined {
  return STATES[String(element.type)]?.key;
}

/** Whether a state entry holds nothing. */
export function isEmptyState(state: JsonObject): boolean {
  const shape = STATES[String(state.type)];
  if (shape === undefined) return true;
  const value = state[shape.key];
  return value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
}

/** What is chosen before anyone touched the element: its initial value, or null or an empty list. */
function untouched(element: JsonObject): JsonObject | undefined {
  const shape = STATES[String(element.type)];
  if (shape === undefined) return undefined;
  const initial = element[shape.initial];
  const value = initial === '' ? null : (initial ?? shape.empty);
  return { type: element.type, [shape.key]: copyOf(value) as Json };
}

export type Values = Record<string, Record<string, JsonObject>>;

/**
 * The state of blocks, all elements present. What stood in `before` under the same block_id, action_id and type stays:
 * so Slack keeps what was typed when a view is updated, and ignores a new initial value.
 */
export function stateOf(blocks: JsonObject[], before: Values = {}): Values {
  const values: Values = {};
  for (const block of blocks) {
    for (const { element } of elementsOf(block)) {
      const fresh = untouched(element);
      const blockId = textAt(block, 'block_id');
      const actionId = textAt(element, 'action_id');
      if (fresh === undefined || blockId === undefined || actionId === undefined) continue;
      const kept = before[blockId]?.[actionId];
      (values[blockId] ??= {})[actionId] = kept !== undefined && kept.type === fresh.type ? kept : fresh;
    }
  }
  return values;
}

/** The element with this action_id, and its block; undefined when the blocks have none. */
export function findElement(
  blocks: JsonObject[],
  actionId: string,
): { block: JsonObject; element: JsonObject } | undefined {
  for (const block of blocks) {
    for (const { element } of elementsOf(block)) {
      if (element.action_id === actionId) return { block, element };
    }
  }
  return undefined;
}

/** The text of a plain or formatted text object. */
export function wordsAt(value: JsonObject, key: string): string {
  const object = value[key];
  return (isObject(object) ? textAt(object, 'text') : undefined) ?? '';
}

/** The visible texts of blocks, one a line: for tests that ask what a person reads. */
export function readable(blocks: JsonObject[]): string {
  const lines: string[] = [];
  const walk = (value: Json | undefined): void => {
    if (Array.isArray(value)) return value.forEach(walk);
    if (!isObject(value)) return;
    if (typeof value.text === 'string') lines.push(value.text);
    for (const [key, entry] of Object.entries(value)) if (key !== 'text' || isObject(entry)) walk(entry);
  };
  objectsAt({ blocks }, 'blocks').forEach(walk);
  return lines.join('\n');
}
