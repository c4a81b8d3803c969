import type { Option } from '../../../chat/card.js';
import { chatTexts } from '../../../chat/chat-texts.js';
import type { Field, FormPart, FormValues, OpenForm } from '../../../chat/form.js';
import type { Locale } from '../../../chat/texts.js';
import { teamsTexts } from '../texts.js';
import { execute, siteLink } from './card-to-adaptive.js';
import { adaptiveCard, container, LIMITS, plainLines, shorten, type AdaptiveCard, type Element } from './elements.js';
import { pressData, type FieldKinds, type Press } from './press.js';

const MORE = 'form.more';
/** Teams shows fifteen of a list that is searched. https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/dynamic-search */
export const SUGGESTIONS = 15;

export interface FormDrawing {
  locale: Locale;
  baseUrl: string;
  /** Shown above their fields: an Adaptive Card cannot mark an input from our side. */
  errors?: Record<string, string>;
  /** In a window of its own, in the viewer's copy of a card, or in a message. */
  stands: 'dialog' | 'card' | 'message';
  /** What each search field offers before anything is typed, by its source. */
  suggestions: Map<string, Option[]>;
}

/** A neutral form as an Adaptive Card. Folded fields stay folded without asking us: Teams keeps what was typed in them. */
export function formToCard({ token, view }: OpenForm, drawing: FormDrawing): AdaptiveCard {
  const { locale, errors = {}, stands } = drawing;
  const t = chatTexts(locale);
  const folded = view.parts.filter((part) => part.section === 'more');
  const firstFolded = view.parts.findIndex((part) => part.section === 'more');
  const main = view.parts.filter((part) => part.section !== 'more');
  const before = firstFolded < 0 ? main.length : view.parts.slice(0, firstFolded).length;
  // Teams itself keeps people from sending a card with an empty required input, whatever else they chose.
  const freeing = view.parts.some((part) => part.kind === 'select' && part.frees !== undefined);
  const draw = (parts: FormPart[]) => parts.flatMap((part) => partToElements(part, drawing, freeing));
  const open = folded.some((part) => part.kind !== 'note' && part.id in errors);
  const known = new Set(view.parts.flatMap((part) => (part.kind === 'note' ? [] : [part.id])));
  const loose = Object.entries(errors).filter(([id]) => !known.has(id));
  const more: Element[] =
    folded.length === 0
      ? []
      : [
          {
            type: 'ActionSet',
            actions: [{ type: 'Action.ToggleVisibility', title: t('form.more'), targetElements: [MORE] }],
          },
          container(draw(folded), { id: MORE, isVisible: open }),
        ];
  const submit: Press = { do: 'submit', token, kinds: kindsOf(view.parts) };
  const label = shorten(view.submitLabel, LIMITS.title);
  const send: Element =
    stands === 'card'
      ? execute(label, submit, { associatedInputs: 'auto', style: 'positive' })
      : { type: 'Action.Submit', title: label, data: pressData(submit), style: 'positive' };
  return adaptiveCard(
    [
      ...(stands === 'dialog' ? [] : plainLines(view.title, 'heading')),
      ...loose.flatMap(([, text]) => plainLines(text, 'error')),
      ...draw(main.slice(0, before)),
      ...more,
      ...draw(main.slice(before)),
    ],
    [
      send,
      ...(stands === 'card' ? [execute(t('form.cancel'), { do: 'refresh' })] : []),
      ...(stands === 'dialog' ? [] : [siteLink(drawing)]),
    ],
  );
}

/** Where a card stands that is no message: in a window, or in place of the card that was pressed. */
export type Stand = Pick<FormDrawing, 'locale' | 'baseUrl'> & { stands: 'dialog' | 'card' };

/** A form that cannot be sent (any more), with what was typed, to copy; and from a card a way back to what it shows now. */
export function refusedToCard(text: string, typed: FormValues, stand: Stand): AdaptiveCard {
  const { locale } = stand;
  const words = typedWords(typed);
  return adaptiveCard(
    [
      container(plainLines(text, 'error'), { id: 'alert' }),
      ...(words.length > 0 ? plainLines(teamsTexts(locale)('typed.keep')) : []),
      ...words.map((word) => container(plainLines(word), { style: 'emphasis' })),
    ],
    stand.stands === 'dialog' ? [] : backAndLink(stand),
  );
}

/** Words in place of a card. */
export function wordsToCard(text: string, stand: Stand): AdaptiveCard {
  return adaptiveCard(plainLines(text), backAndLink(stand));
}

function backAndLink(stand: Stand): Element[] {
  return [execute(teamsTexts(stand.locale)('card.back'), { do: 'refresh' }), siteLink(stand)];
}

/** What is worth copying of a form: sentences, not choices. */
export function typedWords(typed: FormValues): string[] {
  return Object.values(typed).filter((value): value is string => typeof value === 'string' && value.includes(' '));
}

/** Everything that was typed, ready to be sent once more with one press: the form itself is not at hand now. */
export function againToCard(press: Press & { do: 'submit' }, typed: FormValues, stand: Stand): AdaptiveCard {
  const t = teamsTexts(stand.locale);
  const values = Object.fromEntries(
    Object.entries(typed).flatMap(([id, value]) => (value === undefined ? [] : [[id, value]])),
  );
  const again: Press = { ...press, values };
  const title = t('form.again');
  return adaptiveCard(
    plainLines(t('late.form')),
    stand.stands === 'card'
      ? [execute(title, again), siteLink(stand)]
      : [{ type: 'Action.Submit', title, data: pressData(again) }],
  );
}

/** The sources whose first options a form shows. */
export function sourcesIn(parts: FormPart[]): string[] {
  return [...new Set(parts.flatMap((part) => (part.kind === 'search' ? [part.source] : [])))];
}

function kindsOf(parts: FormPart[]): FieldKinds {
  return Object.fromEntries(
    parts.flatMap((part): [string, FieldKinds[string]][] => {
      if (part.kind === 'note') return [];
      if (part.kind === 'tick') return [[part.id, 'tick']];
      const many = part.kind === 'multiselect' || (part.kind === 'search' && part.multiple);
      return [[part.id, many ? 'many' : 'one']];
    }),
  );
}

/** What Teams hands back, as the form takes it. https://learn.microsoft.com/adaptive-cards/authoring-cards/input-validation */
export function readInputs(data: Record<string, unknown>, kinds: FieldKinds): FormValues {
  const read = (id: string, kind: FieldKinds[string]): FormValues[string] => {
    const value = data[id];
    switch (kind) {
      case 'tick':
        return value === true || value === 'true';
      case 'many':
        return typeof value === 'string' ? value.split(',').filter((each) => each !== '') : [];
      case 'one':
        if (typeof value === 'number') return String(value);
        return typeof value === 'string' && value !== '' ? value : undefined;
    }
  };
  return Object.fromEntries(Object.entries(kinds).map(([id, kind]) => [id, read(id, kind)]));
}

function partToElements(part: FormPart, drawing: FormDrawing, freeing: boolean): Element[] {
  if (part.kind !== 'note') return fieldToElements(part, drawing, freeing);
  switch (part.tone) {
    case 'warning':
      return [container(plainLines(part.text), { style: 'warning' })];
    case 'info':
      return [container(plainLines(part.text))];
  }
}

/** @param freeing a choice in this form makes the rest optional: we look ourselves, with an asterisk as Teams has it. */
function fieldToElements(field: Field, drawing: FormDrawing, freeing: boolean): Element[] {
  const error = drawing.errors?.[field.id];
  return [
    ...(error === undefined ? [] : [container(plainLines(error, 'error'), { id: `error:${field.id}` })]),
    { ...common(field, drawing.locale, freeing), ...fieldToInput(field, drawing) },
    ...(field.hint ? plainLines(field.hint, 'subtle').map((line) => ({ ...line, spacing: 'None' })) : []),
  ];
}

function common(field: Field, locale: Locale, freeing: boolean): object {
  const t = chatTexts(locale);
  if (freeing) return { id: field.id, label: field.required ? `${field.label} *` : field.label };
  const required = field.required
    ? { isRequired: true, errorMessage: t(field.kind === 'tick' ? 'field.tick' : 'field.required') }
    : {};
  return { id: field.id, label: field.label, ...required };
}

function fieldToInput(field: Field, { suggestions }: FormDrawing): Element {
  switch (field.kind) {
    case 'text':
    case 'multiline':
      return {
        type: 'Input.Text',
        ...(field.kind === 'multiline' && { isMultiline: true }),
        ...(field.value && { value: field.value }),
        ...(field.placeholder && { placeholder: field.placeholder }),
      };
    case 'select':
      return {
        type: 'Input.ChoiceSet',
        style: 'compact',
        choices: toChoices(field.options),
        ...(field.value && { value: field.value }),
      };
    case 'multiselect':
      return {
        type: 'Input.ChoiceSet',
        style: 'expanded',
        isMultiSelect: true,
        choices: toChoices(field.options),
        ...(field.value && field.value.length > 0 && { value: field.value.join(',') }),
      };
    case 'search': {
      const chosen = field.value ?? [];
      const offered = suggestions.get(field.source) ?? [];
      const others = offered.filter(({ value }) => !chosen.some((option) => option.value === value));
      return {
        type: 'Input.ChoiceSet',
        style: 'filtered',
        isMultiSelect: field.multiple,
        choices: toChoices([...chosen, ...others]),
        'choices.data': { type: 'Data.Query', dataset: field.source, count: SUGGESTIONS },
        ...(chosen.length > 0 && { value: chosen.map(({ value }) => value).join(',') }),
      };
    }
    case 'date':
      return { type: 'Input.Date', ...(field.value && { value: field.value }) };
    case 'tick':
      return {
        type: 'Input.Toggle',
        title: field.statement,
        valueOn: 'true',
        valueOff: 'false',
        value: field.value ? 'true' : 'false',
      };
  }
}

export function toChoices(options: Option[]): { title: string; value: string }[] {
  return options.map(({ value, label }) => ({ title: label, value }));
}
