/**
 * The neutral card: what the bot says, as plain data. Every text is plain text, shown as it is; platforms escape it.
 * Each platform renders the closed union below with an exhaustive `switch`.
 */
export interface Card {
  /** One line for notifications, list previews and screen readers. */
  summary: string;
  parts: CardPart[];
  /** What it puts in its reader's own calendar, where the platform can (mail). */
  calendar?: CalendarEntry;
}

/** An entry in somebody's calendar, which moves along with what it is about (RFC 5546). */
export interface CalendarEntry {
  /** Stays the same for good. */
  uid: string;
  /** Grows with each change. */
  sequence: number;
  title: string;
  /** ISO text with its offset. */
  startsAt: string;
  endsAt: string;
  place?: string;
  /** Where to join from afar. */
  online?: string;
  url: string;
  /** It is to go away. */
  cancelled: boolean;
  /** When this was so. */
  asOf: string;
}

export type CardPart =
  | { kind: 'heading'; text: string }
  | { kind: 'text'; text: string; style?: 'subtle' | 'quote' }
  | { kind: 'facts'; facts: Fact[] }
  | { kind: 'image'; url: string; alt: string }
  | { kind: 'divider' }
  | ButtonsPart
  /** Choosing an option calls the action with the payload and, as `value`, the chosen option's value. */
  | { kind: 'select'; label: string; action: string; payload: ButtonPayload; options: Option[] }
  | { kind: 'link'; label: string; url: string };

export interface ButtonsPart {
  kind: 'buttons';
  buttons: Button[];
  /** Less used ones: an overflow menu where the platform has it. */
  more?: Button[];
  /** Ids of the people who may press them. Platforms that know their viewer show the buttons to nobody else. */
  onlyFor?: string[];
}

export interface Button {
  label: string;
  /** Id of an `Action`. */
  action: string;
  payload: ButtonPayload;
  style?: 'primary' | 'danger';
  /** Pressing it opens a form: platforms that must know beforehand open a window at once. */
  opensForm?: true;
}

/** Small and flat: Slack gives a button's value 2,000 characters. Validated by the action's schema on the way back. */
export type ButtonPayload = Record<string, string | number | boolean>;

export interface Fact {
  label: string;
  value: string;
}

export interface Option {
  value: string;
  label: string;
}
