import { elementsOf } from './block-kit/blocks.js';
import { optionsOf } from './block-kit/composition.js';
import { UserSeesError } from './errors.js';
import { findElement, isEmptyState, stateKeyOf, wordsAt } from './fill-in.js';
import { copyOf, isObject, objectsAt, textAt, type Json, type JsonObject } from './json.js';
import type { View } from './types.js';

/** What a person puts in a field: text, a day, an option by its label or value, several of them, a tick, or nothing. */
export type Filling = string | string[] | boolean | number | null;

function refuses(message: string): UserSeesError {
  return new UserSeesError('client_refused', message);
}

/** The field of a form by its action_id or block_id. Throws when it is not there. */
function fieldIn(view: View, id: string): { block: JsonObject; element: JsonObject } {
  const blocks = objectsAt(view.wire, 'blocks');
  const byBlock = blocks.find((block) => block.block_id === id);
  const inBlock = byBlock === undefined ? undefined : elementsOf(byBlock)[0]?.element;
  if (byBlock !== undefined && inBlock !== undefined) return { block: byBlock, element: inBlock };
  const found = findElement(blocks, id);
  if (found !== undefined) return found;
  const there = blocks.flatMap((block) => elementsOf(block).map(({ element }) => String(element.action_id)));
  throw refuses(`the view has no field "${id}"; it has ${there.join(', ')}`);
}

/** Puts a value in a field as Slack's client would hold it. */
export function setField(view: View, id: string, filling: Filling): { block: JsonObject; element: JsonObject } {
  const { block, element } = fieldIn(view, id);
  const key = stateKeyOf(element);
  if (key === undefined) throw refuses(`"${id}" is a ${String(element.type)}: it can be pressed, not filled in`);
  const blockId = String(block.block_id);
  const actionId = String(element.action_id);
  const state: JsonObject = { type: element.type, [key]: chosen(element, filling, view.suggested) };
  (view.values[blockId] ??= {})[actionId] = state;
  return { block, element };
}

/** The value of an element's state or action for what a person chose. Throws when Slack does not let them. */
export function chosen(element: JsonObject, filling: Filling, suggested: Map<string, JsonObject>): Json {
  const type = String(element.type);
  const isList = type.startsWith('multi_') || type === 'checkboxes';
  if (filling === null) return isList ? [] : null;
  switch (type) {
    case 'checkboxes':
      if (typeof filling === 'boolean') return filling ? objectsAt(element, 'options').map(copyOf) : [];
      return several(filling).map((one) => offered(element, one, suggested));
    case 'multi_static_select':
    case 'multi_external_select':
      return atMost(
        element,
        several(filling).map((one) => offered(element, one, suggested)),
      );
    case 'multi_users_select':
    case 'multi_conversations_select':
    case 'multi_channels_select':
      return atMost(element, several(filling));
    case 'static_select':
    case 'external_select':
    case 'radio_buttons':
    case 'overflow':
      return offered(element, single(filling), suggested);
    case 'datepicker':
      if (!/^\d{4}-\d{2}-\d{2}$/.test(single(filling))) throw refuses('a day is written as YYYY-MM-DD');
      return single(filling);
    case 'datetimepicker':
      return Number(filling);
    default:
      return single(filling);
  }
}

function single(filling: Filling): string {
  if (typeof filling === 'string') return filling;
  throw refuses(`this field takes one text, not ${JSON.stringify(filling)}`);
}

function several(filling: Filling): string[] {
  if (typeof filling === 'string') return [filling];
  if (Array.isArray(filling)) return filling;
  throw refuses(`this field takes a list, not ${JSON.stringify(filling)}`);
}

function atMost(element: JsonObject, choices: Json[]): Json[] {
  const most = element.max_selected_items;
  if (typeof most === 'number' && choices.length > most) throw refuses(`at most ${String(most)} can be chosen`);
  return choices;
}

/** The option with this label or value, among those shown or those the bot suggested before. */
function offered(element: JsonObject, wanted: string, suggested: Map<string, JsonObject>): JsonObject {
  const external = String(element.type).endsWith('external_select');
  const initial = [element.initial_option, ...objectsAt(element, 'initial_options')].filter(isObject);
  const all = external ? [...suggested.values(), ...initial] : optionsOf(element);
  const found = all.find((option) => option.value === wanted || wordsAt(option, 'text') === wanted);
  if (found !== undefined) return copyOf(found);
  const labels = all.map((option) => wordsAt(option, 'text')).join(', ');
  const hint = external ? ' (call typeSuggestion first)' : '';
  throw refuses(`no option "${wanted}" in ${String(element.action_id)}${hint}; there are: ${labels}`);
}

/** What keeps Slack's client from sending the form, by block_id; empty when nothing does. */
export function clientErrors(view: View): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const block of objectsAt(view.wire, 'blocks')) {
    if (block.type !== 'input' || !isObject(block.element)) continue;
    const id = String(block.block_id);
    const state = view.values[id]?.[String(block.element.action_id)];
    const complaint = state === undefined ? undefined : complaintAbout(block, block.element, state);
    if (complaint !== undefined) errors[id] = complaint;
  }
  return errors;
}

function complaintAbout(block: JsonObject, element: JsonObject, state: JsonObject): string | undefined {
  if (isEmptyState(state)) return block.optional === true ? undefined : 'Please complete this required field.';
  const value = textAt(state, 'value') ?? '';
  const { min_length: least, max_length: most } = element;
  if (typeof least === 'number' && value.length < least) return `must be at least ${String(least)} characters`;
  if (typeof most === 'number' && value.length > most) return `must be at most ${String(most)} characters`;
  switch (String(element.type)) {
    case 'number_input':
      return numberComplaint(element, value);
    case 'email_text_input':
      return /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(value) ? undefined : 'must be an e-mail address';
    case 'url_text_input':
      return URL.canParse(value) ? undefined : 'must be a web address';
    default:
      // Slack's own limit for text fields.
      return value.length > 3000 ? 'must be at most 3000 characters' : undefined;
  }
}

function numberComplaint(element: JsonObject, value: string): string | undefined {
  const number = Number(value);
  if (Number.isNaN(number)) return 'must be a number';
  if (element.is_decimal_allowed === false && !Number.isInteger(number)) return 'must be a whole number';
  const { min_value: least, max_value: most } = element;
  if (typeof least === 'string' && number < Number(least)) return `must be at least ${least}`;
  if (typeof most === 'string' && number > Number(most)) return `must be at most ${most}`;
  return undefined;
}

/** Whether a change in this field is sent to the bot at once. */
export function isSentAtOnce(block: JsonObject, element: JsonObject): boolean {
  if (block.type !== 'input') return true;
  if (block.dispatch_action !== true) return false;
  if (!String(element.type).endsWith('_input')) return true;
  const config = element.dispatch_action_config;
  const triggers = isObject(config) ? config.trigger_actions_on : undefined;
  return Array.isArray(triggers) && triggers.includes('on_character_entered');
}

/** The entry in `actions` for a choice: the element's own words repeated, as Slack does. */
export function actionOf(block: JsonObject, element: JsonObject, value: Json | undefined): JsonObject {
  const action: JsonObject = { type: element.type, action_id: element.action_id, block_id: block.block_id };
  for (const key of ['text', 'style', 'placeholder', 'initial_option', 'initial_date']) {
    if (element[key] !== undefined) action[key] = copyOf(element[key]);
  }
  if (element.type === 'button') {
    // A button without a value has no such key at all.
    if (element.value !== undefined) action.value = element.value;
    return action;
  }
  const key = element.type === 'overflow' ? 'selected_option' : stateKeyOf(element);
  if (key !== undefined && value !== undefined) action[key] = value;
  return action;
}
