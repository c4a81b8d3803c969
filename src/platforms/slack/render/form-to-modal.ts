import type { InputBlock, KnownBlock, ModalView } from '@slack/web-api';
import { z } from 'zod';
import { chatTexts } from '../../../chat/chat-texts.js';
import type { Card, Option } from '../../../chat/card.js';
import type { Field, FormPart, FormValues, OpenForm } from '../../../chat/form.js';
import type { Locale } from '../../../chat/texts.js';
import { slackTexts } from '../texts.js';
import { cardToBlocks } from './card-to-block-kit.js';
import { LIMITS, pieces, plain, shorten } from './text.js';

/** `callback_id` of every form; which one it is stands in the signed token. */
export const FORM_CALLBACK = 'form';
/** `action_id` of the button that unfolds the rest of a form. */
export const MORE_ACTION = 'form.more';
/** `action_id` of every field but a search; a field's id is its `block_id`. */
const VALUE_ACTION = 'value';
/** `action_id` of a search field, with the source behind it: the options endpoint gets nothing else. */
const SEARCH_ACTION = 'search:';

/** What a modal remembers; Slack keeps it with the view and gives it back. */
const Metadata = z.object({
  token: z.string(),
  /** The folded part is open. */
  open: z.boolean(),
  /** Values of folded fields that were filled in beforehand: they count although they are not shown. */
  folded: z.record(z.string(), z.union([z.string(), z.boolean()])),
});
export type ModalMetadata = z.infer<typeof Metadata>;

/** Undefined when this is no form of ours. */
export function readMetadata(text: string): ModalMetadata | undefined {
  try {
    const read = Metadata.safeParse(JSON.parse(text));
    return read.success ? read.data : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/**
 * A neutral form as a Slack modal.
 *
 * @param open whether the fields behind "meer details" are shown. They stay once shown: Slack forgets what was typed in a
 *   field that leaves the view.
 * @param errors shown above their fields; for when the view has to be replaced, since only then Slack cannot show them itself.
 */
export function formToModal(
  { token, view }: OpenForm,
  { locale, open = false, errors = {} }: { locale: Locale; open?: boolean; errors?: Record<string, string> },
): ModalView {
  const t = chatTexts(locale);
  const firstFolded = view.parts.findIndex((part) => part.section === 'more');
  const shown = view.parts.filter((part) => open || part.section !== 'more');
  const before = firstFolded < 0 || open ? shown.length : view.parts.slice(0, firstFolded).length;
  const draw = (parts: FormPart[]) =>
    parts.flatMap((part) => [...errorOf(part, errors), ...partToBlocks(part, locale)]);
  const toggle: KnownBlock[] =
    firstFolded < 0 || open
      ? []
      : [
          {
            type: 'actions',
            block_id: MORE_ACTION,
            elements: [{ type: 'button', action_id: MORE_ACTION, text: plain(t('form.more'), LIMITS.buttonText) }],
          },
        ];
  const loose = Object.entries(errors).filter(([id]) => !shown.some((part) => part.kind !== 'note' && part.id === id));
  return {
    type: 'modal',
    callback_id: FORM_CALLBACK,
    title: plain(view.title, LIMITS.viewTitle),
    submit: plain(view.submitLabel, LIMITS.viewTitle),
    close: plain(t('form.cancel'), LIMITS.viewTitle),
    private_metadata: writeMetadata({ token, open, folded: open ? {} : foldedValues(view.parts) }),
    blocks: [
      ...loose.flatMap(([, text]) => warning(text)),
      ...draw(shown.slice(0, before)),
      ...toggle,
      ...draw(shown.slice(before)),
    ].slice(0, LIMITS.blocksInView),
  };
}

/** A card in place of a form: the confirmation after sending, or an answer where there is no conversation to answer in. */
export function cardToModal(card: Card, { locale, title }: { locale: Locale; title: string }): ModalView {
  return {
    type: 'modal',
    callback_id: 'card',
    title: plain(title, LIMITS.viewTitle),
    close: plain(slackTexts(locale)('close'), LIMITS.viewTitle),
    blocks: cardToBlocks(card.parts, locale).slice(0, LIMITS.blocksInView),
  };
}

/** The source behind a search field. */
export function readSearchAction(actionId: string): string | undefined {
  return actionId.startsWith(SEARCH_ACTION) ? actionId.slice(SEARCH_ACTION.length) : undefined;
}

const Chosen = z.looseObject({ value: z.string() });

/** One entry of `view.state.values`: which keys it has follows from the element's type. */
export const ElementState = z.looseObject({
  type: z.string(),
  value: z.string().nullish(),
  selected_option: Chosen.nullish(),
  selected_options: z.array(Chosen).nullish(),
  selected_date: z.string().nullish(),
});
export type ViewState = Record<string, Record<string, z.infer<typeof ElementState>>>;

/** What was filled in, by field id. Fields of other apps' or Slack's own blocks are left alone. */
export function readState(state: ViewState, { folded }: Pick<ModalMetadata, 'folded'>): FormValues {
  const values: FormValues = { ...folded };
  for (const [blockId, elements] of Object.entries(state)) {
    const entry = Object.entries(elements).find(([id]) => id === VALUE_ACTION || readSearchAction(id) !== undefined);
    if (entry) values[blockId] = readElement(entry[1]);
  }
  return values;
}

function readElement(state: z.infer<typeof ElementState>): FormValues[string] {
  switch (state.type) {
    case 'plain_text_input':
      return state.value ?? undefined;
    case 'static_select':
    case 'external_select':
      return state.selected_option?.value;
    case 'multi_static_select':
    case 'multi_external_select':
      return (state.selected_options ?? []).map(({ value }) => value);
    case 'datepicker':
      return state.selected_date ?? undefined;
    case 'checkboxes':
      return (state.selected_options ?? []).length > 0;
    default:
      return undefined;
  }
}

export function toOptions(options: Option[]) {
  return options.slice(0, LIMITS.options).map(({ value, label }) => ({ text: plain(label, LIMITS.optionText), value }));
}

function writeMetadata(metadata: ModalMetadata): string {
  const text = JSON.stringify(metadata);
  // What is filled in beforehand is a convenience; the token is what the form cannot do without.
  return text.length <= LIMITS.privateMetadata ? text : JSON.stringify({ ...metadata, folded: {} });
}

function foldedValues(parts: FormPart[]): ModalMetadata['folded'] {
  const filled = parts.flatMap((part) =>
    part.kind !== 'note' &&
    part.section === 'more' &&
    (typeof part.value === 'string' || typeof part.value === 'boolean')
      ? [[part.id, part.value] as const]
      : [],
  );
  return Object.fromEntries(filled);
}

function errorOf(part: FormPart, errors: Record<string, string>): KnownBlock[] {
  const error = part.kind === 'note' ? undefined : errors[part.id];
  return error === undefined ? [] : warning(error);
}

function warning(text: string): KnownBlock[] {
  return pieces(`⚠️ ${text}`, LIMITS.sectionText).map((piece) => ({
    type: 'section',
    text: plain(piece, LIMITS.sectionText),
  }));
}

function partToBlocks(part: FormPart, locale: Locale): KnownBlock[] {
  if (part.kind !== 'note') return [fieldToInput(part, locale)];
  switch (part.tone) {
    case 'warning':
      return warning(part.text);
    case 'info':
      return pieces(part.text, LIMITS.sectionText).map((piece) => ({
        type: 'section',
        text: plain(piece, LIMITS.sectionText),
      }));
  }
}

function fieldToInput(field: Field, locale: Locale): InputBlock {
  const { label, element } = fieldToElement(field, locale);
  return {
    type: 'input',
    block_id: field.id,
    optional: field.required !== true,
    label: plain(label, LIMITS.label),
    ...(field.hint && { hint: plain(field.hint, LIMITS.label) }),
    element,
  };
}

function fieldToElement(field: Field, locale: Locale): { label: string; element: InputBlock['element'] } {
  const { label } = field;
  switch (field.kind) {
    case 'text':
    case 'multiline': {
      const max = Math.min(field.maxLength, LIMITS.input);
      return {
        label,
        element: {
          type: 'plain_text_input',
          action_id: VALUE_ACTION,
          multiline: field.kind === 'multiline',
          max_length: max,
          ...(field.value && { initial_value: shorten(field.value, max) }),
          ...(field.placeholder && { placeholder: plain(field.placeholder, LIMITS.placeholder) }),
        },
      };
    }
    case 'select': {
      const options = toOptions(field.options);
      const chosen = options.find(({ value }) => value === field.value);
      const element = { type: 'static_select' as const, action_id: VALUE_ACTION, options };
      return { label, element: { ...element, ...(chosen && { initial_option: chosen }) } };
    }
    case 'multiselect': {
      const options = toOptions(field.options);
      const chosen = options.filter(({ value }) => field.value?.includes(value));
      const element = { type: 'multi_static_select' as const, action_id: VALUE_ACTION, options };
      return { label, element: { ...element, ...(chosen.length > 0 && { initial_options: chosen }) } };
    }
    case 'search': {
      const chosen = toOptions(field.value ?? []);
      // Zero: the list opens without typing.
      const common = { action_id: `${SEARCH_ACTION}${field.source}`, min_query_length: 0 };
      const [first] = chosen;
      return field.multiple
        ? { label, element: { type: 'multi_external_select', ...common, ...(first && { initial_options: chosen }) } }
        : { label, element: { type: 'external_select', ...common, ...(first && { initial_option: first }) } };
    }
    case 'date': {
      const element = { type: 'datepicker' as const, action_id: VALUE_ACTION };
      return { label, element: { ...element, ...(field.value && { initial_date: field.value }) } };
    }
    case 'tick': {
      // An option holds 75 characters: a longer statement becomes the label of a plain "yes".
      const long = field.statement.length > LIMITS.optionText;
      const text = long ? slackTexts(locale)('tick.yes') : field.statement;
      const options = [{ text: plain(text, LIMITS.optionText), value: 'yes' }];
      const element = { type: 'checkboxes' as const, action_id: VALUE_ACTION, options };
      return {
        label: long ? field.statement : label,
        element: { ...element, ...(field.value && { initial_options: options }) },
      };
    }
  }
}
