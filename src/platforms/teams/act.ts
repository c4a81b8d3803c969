import type { SubmitResult } from '../../chat/chat.js';
import type { Card, Option } from '../../chat/card.js';
import type { Reply } from '../../chat/feature.js';
import type { FormValues, OpenForm } from '../../chat/form.js';
import { decodePress } from '../../chat/press-text.js';
import type { Means } from './means.js';
import type { Speaker } from './people.js';
import { readInputs, SUGGESTIONS, sourcesIn } from './render/form-to-card.js';
import type { Press } from './render/press.js';

/** What came of something pressed, opened or sent; each surface shows it in its own way. */
export type Outcome =
  | { kind: 'form'; form: OpenForm; errors: Record<string, string> }
  | { kind: 'card'; card: Card; visible: 'only-you' | 'everyone' }
  /** A form that was taken. */
  | { kind: 'done'; card: Card }
  /** A form that cannot be sent, with what was typed in it. */
  | { kind: 'refused'; text: string; typed: FormValues }
  /** The change itself is the answer. */
  | { kind: 'none' };

/** Does what a card's data says. @param data the whole of it: inputs stand beside the press. */
export async function act(
  { chat }: Means,
  { caller }: Speaker,
  press: Press | undefined,
  data: Record<string, unknown>,
): Promise<Outcome> {
  switch (press?.do) {
    case 'press':
      return fromReply(await chat.press(caller, press.action, press.payload));
    case 'chosen': {
      const chosen = decodePress(String(data[press.input]));
      // Nothing was chosen: the card stays as it is.
      return chosen ? fromReply(await chat.press(caller, chosen.action, chosen.payload)) : { kind: 'none' };
    }
    case 'open':
      return fromSubmit(await chat.reopen(caller, press.token, press.values), press.values);
    case 'submit': {
      const typed = valuesOf(press, data);
      // A form has a key of its own: sent twice, in two activities, it is one submission all the same.
      const { once: _, ...sender } = caller;
      return fromSubmit(await chat.submit(sender, press.token, typed), typed);
    }
    case 'refresh':
      return { kind: 'none' };
    case undefined:
      // Of another version's card: it is answered in words.
      return fromReply(await chat.press(caller, '', {}));
  }
}

/** What was typed: in the inputs, or kept by us for a second try. */
export function valuesOf(press: Press & { do: 'submit' }, data: Record<string, unknown>): FormValues {
  return press.values ?? readInputs(data, press.kinds);
}

export function fromReply(reply: Reply): Outcome {
  return reply.kind === 'form' ? { kind: 'form', form: reply.form, errors: {} } : reply;
}

function fromSubmit(result: SubmitResult, typed: FormValues): Outcome {
  switch (result.kind) {
    case 'again':
      return { kind: 'form', form: result.form, errors: result.errors };
    case 'done':
      return result;
    case 'refused':
      return { kind: 'refused', text: result.text, typed };
  }
}

/** What the form's search fields offer before anything is typed. */
export async function suggestionsFor(
  { chat }: Means,
  { caller }: Speaker,
  { view }: OpenForm,
): Promise<Map<string, Option[]>> {
  const { once: _, ...asker } = caller;
  const found = sourcesIn(view.parts).map(
    async (source) => [source, (await chat.suggest(asker, source, '')).slice(0, SUGGESTIONS)] as const,
  );
  return new Map(await Promise.all(found));
}

/** What a form starts with, small enough for a button; the token alone cannot carry it. */
export function startingValues({ view }: OpenForm): Record<string, string | string[] | boolean> {
  return Object.fromEntries(
    view.parts.flatMap((part): [string, string | string[] | boolean][] => {
      if (part.kind === 'note' || part.value === undefined) return [];
      if (part.kind !== 'search') return [[part.id, part.value]];
      const values = part.value.map(({ value }) => value);
      return [[part.id, part.multiple ? values : (values[0] ?? '')]];
    }),
  );
}
