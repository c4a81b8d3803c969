import type { InputBlock, KnownBlock, ModalView } from '@slack/web-api';
import { chatTexts } from '../../../chat/chat-texts.js';
import type { Card, Option } from '../../../chat/card.js';
import type { Field, FormPart, OpenForm } from '../../../chat/form.js';
import type { Locale } from '../../../chat/texts.js';
import { slackTexts } from '../texts.js';
import { cardToBlocks, type Drawing } from './card-to-block-kit.js';
import { ERROR_NOTE, FORM_CALLBACK, searchAction, VALUE_ACTION, type ModalMetadata } from './read-modal.js';
import { LIMITS, pieces, plain, shorten } from './text.js';

/** `action_id` of the button that unfolds the rest of a form. */
export const MORE_ACTION = 'form.more';

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
  const freed = view.parts.some((part) => part.kind === 'select' && part.frees?.includes(part.value ?? ''));
  const draw = (parts: FormPart[]) =>
    parts.flatMap((part) => [...errorOf(part, errors), ...partToBlocks(part, locale, freed)]);
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
export function cardToModal(card: Card, drawing: Drawing & { title: string }): ModalView {
  return {
    type: 'modal',
    callback_id: 'card',
    title: plain(drawing.title, LIMITS.viewTitle),
    close: plain(slackTexts(drawing.locale)('close'), LIMITS.viewTitle),
    blocks: cardToBlocks(card.parts, drawing).slice(0, LIMITS.blocksInView),
  };
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
  return Object.fromEntries(
    parts.flatMap((part) => {
      if (part.kind === 'note' || part.section !== 'more' || part.value === undefined) return [];
      return [[part.id, part.kind === 'search' ? chosenIn(part) : part.value]];
    }),
  );
}

function chosenIn(field: Field & { kind: 'search' }): string | string[] {
  const values = (field.value ?? []).map(({ value }) => value);
  return field.multiple ? values : (values[0] ?? '');
}

function errorOf(part: FormPart, errors: Record<string, string>): KnownBlock[] {
  const error = part.kind === 'note' ? undefined : errors[part.id];
  return error === undefined || part.kind === 'note'
    ? []
    : warning(error).map((block, index) => ({ ...block, block_id: `${ERROR_NOTE}${part.id}:${index}` }));
}

function warning(text: string): KnownBlock[] {
  return pieces(`⚠️ ${text}`, LIMITS.sectionText).map((piece) => ({
    type: 'section',
    text: plain(piece, LIMITS.sectionText),
  }));
}

function partToBlocks(part: FormPart, locale: Locale, freed: boolean): KnownBlock[] {
  if (part.kind !== 'note') return [fieldToInput(part, locale, freed)];
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

/** @param freed nothing need be filled in: Slack itself keeps people from sending a form with an empty required field. */
function fieldToInput(field: Field, locale: Locale, freed: boolean): InputBlock {
  const { label, element } = fieldToElement(field, locale);
  return {
    type: 'input',
    block_id: field.id,
    optional: freed || field.required !== true,
    // We hear of the choice at once, and draw the form anew.
    ...(field.kind === 'select' && field.frees && { dispatch_action: true }),
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
      const common = { action_id: searchAction(field.source), min_query_length: 0 };
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
