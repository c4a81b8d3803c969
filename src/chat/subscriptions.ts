import type { Person, Prisma } from '../storage/database.js';
import type { ButtonsPart, Card } from './card.js';
import { chatTexts } from './chat-texts.js';
import type { Locale } from './texts.js';

/**
 * A kind of message that people may do without: what they follow, a digest, a newsletter. A receipt, a question or an answer
 * about somebody's own signal is none: those cannot be stopped.
 */
export interface Subscription {
  /** Kept with the people's choices, so it never changes. */
  id: string;
  /** What it is, as a tick on the settings screen: "Nieuwsbrief". */
  label(locale: Locale): string;
  /** What somebody gets who never chose. */
  default: boolean;
  /** Who is offered the choice; absent: everyone. */
  isFor?(person: Pick<Person, 'roles' | 'active'>): boolean;
}

/** The button that stops a kind of message; the settings answer it. */
export const STOP_ACTION = 'settings.stop';

/** The page that stops a kind of message for one person; signed, it needs no signing in. */
export function stopPath(of: { municipalityId: string; id: string; kind: string }): string {
  return `/afmelden/${of.municipalityId}/${of.id}/${encodeURIComponent(of.kind)}`;
}

/** Whether somebody wants this kind of message. */
export function mayTell(
  person: { choices: readonly { kind: string; wanted: boolean }[] },
  { id, default: byDefault }: Subscription,
): boolean {
  return person.choices.find(({ kind }) => kind === id)?.wanted ?? byDefault;
}

/** The same as a condition on people, for who is to be told out of many. */
export function whereMayTell({ id, default: byDefault }: Subscription): Prisma.PersonWhereInput {
  return byDefault
    ? { choices: { none: { kind: id, wanted: false } } }
    : { choices: { some: { kind: id, wanted: true } } };
}

/** The card with a button under it that stops this kind of message. It counts among a card's six. */
export function withStopButton(card: Card, { id }: Subscription, locale: Locale): Card {
  const stop: ButtonsPart = {
    kind: 'buttons',
    buttons: [{ label: chatTexts(locale)('message.stop'), action: STOP_ACTION, payload: { kind: id } }],
  };
  return { ...card, parts: [...card.parts, stop] };
}
