import type { ComponentChildren, VNode } from 'preact';
import { chatTexts } from '../chat/chat-texts.js';
import type { FormValues } from '../chat/form.js';
import type { Locale } from '../chat/texts.js';
import { guardTexts } from './guard-texts.js';

/** Words that were not taken: what was typed, why not, and what is to be confirmed. */
export interface Tried {
  text: string;
  error?: string;
  /** A likely name to confirm: the box's name, and the question. */
  confirm?: { id: string; note: string };
}

/**
 * Holds what somebody typed on a page against its length and the client-data guard, as a form in the chat does.
 *
 * @param body the posted form: a ticked confirmation stands in it under a name that depends on what it confirms.
 * @param allow names that are no people.
 * @returns undefined when all is well.
 */
export function checkTypedOnPage(
  text: string,
  body: Record<string, string>,
  { locale, maximum, allow = [] }: { locale: Locale; maximum: number; allow?: string[] },
): Tried | undefined {
  const c = chatTexts(locale);
  if (!text) return { text, error: c('field.required') };
  if (text.length > maximum) return { text, error: c('field.tooLong', { maximum, length: text.length }) };
  const ticked: FormValues = Object.fromEntries(Object.keys(body).map((name) => [name, body[name] === 'on']));
  const guarded = guardTexts({ locale }, { text }, ticked, allow);
  if (guarded?.kind !== 'again') return undefined;
  const { text: error } = guarded.errors;
  if (error) return { text, error };
  const tick = guarded.add?.find((part) => part.kind === 'tick');
  const note = guarded.add?.find((part) => part.kind === 'note');
  return { text, ...(tick && note && { confirm: { id: tick.id, note: note.text } }) };
}

/** A form on a page; above its fields stands that something was not taken. */
export function TypedForm(props: {
  action: string;
  /** Said when something was not taken; undefined: nothing was sent yet, or all was taken. */
  refused: string | undefined;
  submit: string;
  children: ComponentChildren;
}): VNode {
  const { action, refused, submit, children } = props;
  return (
    <form method="post" action={action} class="page-form">
      {refused && (
        <div class="error-summary" role="alert">
          <p>{refused}</p>
        </div>
      )}
      {children}
      <p>
        <button type="submit" class="button">
          {submit}
        </button>
      </p>
    </form>
  );
}

/** A box for some lines of text, with what was wrong with them before and what is to be confirmed; there the reader goes on. */
export function TypedField(props: {
  id: string;
  label: string;
  hint: string;
  maximum: number;
  tried: Tried | undefined;
  /** Beside the box that confirms likely names. */
  confirms: string;
}): VNode {
  const { id, label, hint, maximum, tried, confirms } = props;
  const described = [`${id}-hint`, ...(tried?.error ? [`${id}-error`] : [])].join(' ');
  return (
    <>
      <div class="field">
        <label class="field-label" for={id}>
          {label}
        </label>
        <p class="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
        <textarea
          id={id}
          name={id}
          rows={8}
          required
          maxLength={maximum}
          aria-describedby={described}
          aria-invalid={tried?.error ? 'true' : undefined}
          autofocus={tried?.error !== undefined}
        >
          {tried?.text ?? ''}
        </textarea>
        {tried?.error && (
          <p class="field-error" id={`${id}-error`}>
            {tried.error}
          </p>
        )}
      </div>
      {tried?.confirm && (
        <>
          <p class="note note-warning">{tried.confirm.note}</p>
          <div class="choice">
            <input type="checkbox" id={tried.confirm.id} name={tried.confirm.id} required autofocus />
            <label for={tried.confirm.id}>{confirms}</label>
          </div>
        </>
      )}
    </>
  );
}
