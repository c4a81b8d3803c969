import { isDeepStrictEqual } from 'node:util';
import { isObject, objectsAt, without, type JsonObject } from '../json.js';
import {
  boolean,
  byType,
  list,
  object,
  oneOf,
  string,
  url,
  type Check,
  type ObjectCheck,
  type Report,
} from './checks.js';

// The composition objects of docs.slack.dev/reference/block-kit/composition-objects.

/** `plain_text` only: titles, buttons, labels, placeholders, options. */
export function plainText(max: number): Check {
  return byType({ plain_text: object({ text: string({ max }) }, { emoji: boolean }) });
}

/** `plain_text` or `mrkdwn`; `emoji` belongs to the first alone and `verbatim` to the second. */
export function anyText(max: number): Check {
  return byType({
    plain_text: object({ text: string({ max }) }, { emoji: boolean }),
    mrkdwn: object({ text: string({ max }) }, { verbatim: boolean }),
  });
}

export const actionId = string({ max: 255 });
export const placeholder = plainText(150);

/** All four texts are required by the reference page, although the SDK's types are milder. */
export const confirm = object(
  { title: plainText(100), text: anyText(300), confirm: plainText(30), deny: plainText(30) },
  { style: oneOf('primary', 'danger') },
);

/** The choice's `value` holds 150 characters (the reference page; the SDK's types still say 75). */
function option(text: Check, withUrl: boolean): Check {
  return object({ text, value: string({ max: 150 }) }, { description: plainText(75), ...(withUrl ? { url } : {}) });
}

export const plainOption = option(plainText(75), false);
export const overflowOption = option(plainText(75), true);
/** Radio buttons and checkboxes take formatted text. */
export const markedOption = object({ text: anyText(75), value: string({ max: 150 }) }, { description: anyText(75) });

export const options = list(plainOption, { max: 100 });
export const optionGroups = list(object({ label: plainText(75), options }), { max: 100 });

/** The answer to a `block_suggestion`: options or groups, at most 100, possibly none at all. */
export const suggestionAnswer = object(
  {},
  {
    options: list(plainOption, { min: 0, max: 100 }),
    option_groups: list(object({ label: plainText(75), options }), { min: 0, max: 100 }),
  },
  exactlyOneOf('options', 'option_groups'),
);

export const dispatchActionConfig = object({
  trigger_actions_on: list(oneOf('on_enter_pressed', 'on_character_entered'), { max: 2 }),
});

export function exactlyOneOf(first: string, second: string): ObjectCheck {
  return (value, pointer, report) => {
    const given = [first, second].filter((name) => value[name] !== undefined);
    if (given.length === 0) report(pointer, `missing required field: ${first}`);
    if (given.length === 2) report(pointer, `only one of ${first} and ${second} may be given`);
  };
}

/** Every option of a select, also those inside groups. */
export function optionsOf(element: JsonObject): JsonObject[] {
  return [
    ...objectsAt(element, 'options'),
    ...objectsAt(element, 'option_groups').flatMap((g) => objectsAt(g, 'options')),
  ];
}

/** `initial_option(s)` must repeat an option exactly, as Slack compares them. */
export function checkInitial(element: JsonObject, pointer: string, report: Report): void {
  const offered = optionsOf(element).map(withoutDefaults);
  const offers = (choice: JsonObject) => offered.some((one) => isDeepStrictEqual(one, withoutDefaults(choice)));
  const single = element.initial_option;
  if (isObject(single) && !offers(single)) {
    report(`${pointer}/initial_option`, 'initial_option must match one of the options');
  }
  objectsAt(element, 'initial_options').forEach((choice, index) => {
    if (!offers(choice)) {
      report(`${pointer}/initial_options/${String(index)}`, 'initial_options must match the options');
    }
  });
}

/** `emoji: true` is what Slack fills in, so giving it or not makes no difference between two options. */
function withoutDefaults(choice: JsonObject): JsonObject {
  return isObject(choice.text) ? { ...choice, text: without(choice.text, 'emoji', 'verbatim') } : choice;
}
