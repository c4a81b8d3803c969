/** Kinds that have a checksum or a fixed shape: a text that holds one is refused. */
export const BLOCKED_KINDS = ['national-number', 'phone', 'email', 'iban'] as const;

/** Every kind the guard knows. The kind is also the key under which the lead's texts hold its words. */
export const FINDING_KINDS = [...BLOCKED_KINDS, 'name'] as const;

export type BlockedKind = (typeof BLOCKED_KINDS)[number];
export type FindingKind = (typeof FINDING_KINDS)[number];

/** One piece of client data: `text.slice(start, end) === finding.text`, in UTF-16 units of the text as typed. */
export interface Finding {
  kind: FindingKind;
  start: number;
  end: number;
  text: string;
}

/** A place in the normalised text, before it is led back to the text as typed. */
export interface Span {
  start: number;
  end: number;
}
