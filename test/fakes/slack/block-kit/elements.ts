import { isObject, without } from '../json.js';
import { boolean, date, integer, list, object, oneOf, string, url, type Check, type ObjectCheck } from './checks.js';
import {
  actionId,
  checkInitial,
  confirm,
  dispatchActionConfig,
  exactlyOneOf,
  markedOption,
  optionGroups,
  options,
  overflowOption,
  placeholder,
  plainOption,
  plainText,
} from './composition.js';
import { richTextBody } from './rich-text.js';

// The elements of docs.slack.dev/reference/block-kit/block-elements, each with every property it knows.

const actionable = { action_id: actionId };
const confirmable = { ...actionable, confirm };
const focusable = { ...confirmable, focus_on_load: boolean };
const menu = { ...focusable, placeholder };
const typed = { ...actionable, placeholder, focus_on_load: boolean, dispatch_action_config: dispatchActionConfig };
const maxSelected = { max_selected_items: integer({ min: 1, max: 1000 }) };
const userId = string({ max: 255 });

function both(...checks: ObjectCheck[]): ObjectCheck {
  return (value, pointer, report) => checks.forEach((check) => check(value, pointer, report));
}

const choices = { options, option_groups: optionGroups };
const oneListOfChoices = both(exactlyOneOf('options', 'option_groups'), checkInitial);
const conversationFilter = object(
  {},
  {
    include: list(oneOf('im', 'mpim', 'private', 'public'), { max: 4 }),
    exclude_external_shared_channels: boolean,
    exclude_bot_users: boolean,
  },
);
const conversations = { default_to_current_conversation: boolean, filter: conversationFilter };

const button = object(
  { text: plainText(75) },
  {
    ...confirmable,
    url,
    value: string({ max: 2000 }),
    style: oneOf('primary', 'danger'),
    accessibility_label: string({ max: 75 }),
  },
);

/** The page says up to five and, since 2022, names no minimum above one. */
const overflow = object({ options: list(overflowOption, { min: 1, max: 5 }) }, confirmable);

const image = object(
  { alt_text: string({ max: 2000 }) },
  { image_url: url, slack_file: object({}, { id: string({ max: 255 }), url }) },
  exactlyOneOf('image_url', 'slack_file'),
);

const selects: Record<string, Check> = {
  static_select: object({}, { ...menu, ...choices, initial_option: plainOption }, oneListOfChoices),
  external_select: object(
    {},
    { ...menu, initial_option: plainOption, min_query_length: integer({ min: 0, max: 1000 }) },
  ),
  users_select: object({}, { ...menu, initial_user: userId }),
  conversations_select: object(
    {},
    { ...menu, ...conversations, initial_conversation: userId, response_url_enabled: boolean },
  ),
  channels_select: object({}, { ...menu, initial_channel: userId, response_url_enabled: boolean }),
};

const initialOptions = list(plainOption, { max: 100 });
const ids = list(userId, { max: 1000 });
const multiSelects: Record<string, Check> = {
  multi_static_select: object(
    {},
    { ...menu, ...maxSelected, ...choices, initial_options: initialOptions },
    oneListOfChoices,
  ),
  multi_external_select: object(
    {},
    { ...menu, ...maxSelected, initial_options: initialOptions, min_query_length: integer({ min: 0, max: 1000 }) },
  ),
  multi_users_select: object({}, { ...menu, ...maxSelected, initial_users: ids }),
  multi_conversations_select: object({}, { ...menu, ...maxSelected, ...conversations, initial_conversations: ids }),
  multi_channels_select: object({}, { ...menu, ...maxSelected, initial_channels: ids }),
};

const time = string({ max: 5 }, (value) => (/^([01]\d|2[0-3]):[0-5]\d$/.test(value) ? undefined : 'invalid time'));
const tenDigits = integer({ min: 1_000_000_000, max: 9_999_999_999 });
const pickers: Record<string, Check> = {
  datepicker: object({}, { ...menu, initial_date: date }),
  timepicker: object({}, { ...menu, initial_time: time, timezone: string({ max: 255 }) }),
  datetimepicker: object({}, { ...focusable, initial_date_time: tenDigits }),
};

const checkboxes = object(
  { options: list(markedOption, { max: 10 }) },
  { ...focusable, initial_options: list(markedOption, { max: 10 }) },
  checkInitial,
);
const radioButtons = object(
  { options: list(markedOption, { max: 10 }) },
  { ...focusable, initial_option: markedOption },
  checkInitial,
);

/** Slack refuses a view whose limits contradict each other or its own first value. */
const limitsAgree: ObjectCheck = (value, pointer, report) => {
  const { min_length: least, max_length: most, initial_value: first } = value;
  if (typeof least === 'number' && typeof most === 'number' && least > most) {
    report(`${pointer}/min_length`, 'must be less than or equal to max_length');
  }
  if (typeof first === 'string' && typeof most === 'number' && first.length > most) {
    report(`${pointer}/initial_value`, 'must be less than or equal to max_length');
  }
};

const plainTextInput = object(
  {},
  {
    ...typed,
    multiline: boolean,
    initial_value: string({ min: 0, max: 3000 }),
    min_length: integer({ min: 0, max: 3000 }),
    max_length: integer({ min: 1, max: 3000 }),
  },
  limitsAgree,
);

const numeral = string({ max: 255 }, (value) => (Number.isNaN(Number(value)) ? 'must be a number' : undefined));
const numberInput = object(
  { is_decimal_allowed: boolean },
  { ...typed, initial_value: numeral, min_value: numeral, max_value: numeral },
);
const emailInput = object({}, { ...typed, initial_value: string({ max: 3000 }) });
const urlInput = object({}, { ...typed, initial_value: url });
const richTextInput = object(
  {},
  {
    ...typed,
    initial_value: (value, pointer, report) => {
      if (!isObject(value) || value.type !== 'rich_text') return report(pointer, 'must provide a rich_text block');
      richTextBody(without(value, 'type'), pointer, report);
    },
    min_lines: integer({ min: 1, max: 100 }),
    max_lines: integer({ min: 1, max: 100 }),
  },
);
const fileInput = object(
  {},
  { ...actionable, filetypes: list(string({ max: 255 }), { max: 100 }), max_files: integer({ min: 1, max: 10 }) },
);

const menus = { ...selects, ...multiSelects, ...pickers, checkboxes, radio_buttons: radioButtons };

/** Beside a section's text. */
export const accessories: Record<string, Check> = { button, image, overflow, ...menus };
/** In an actions block. */
export const actions: Record<string, Check> = { button, overflow, ...menus };
/** In an input block; `number_input`, `email`, `url` and `file` only where a form can be submitted. */
export const inputs: Record<string, Check> = {
  plain_text_input: plainTextInput,
  rich_text_input: richTextInput,
  ...menus,
};
export const modalInputs: Record<string, Check> = {
  ...inputs,
  number_input: numberInput,
  email_text_input: emailInput,
  url_text_input: urlInput,
  file_input: fileInput,
};
export const contextImage = image;
