import type { Card, Option } from './card.js';

/** The neutral form: one renderer per platform (modal, dialog, page). Labels and hints are already in the reader's language. */
export interface FormView {
  /** At most 24 characters: Slack's modal title. */
  title: string;
  /** At most 24 characters. */
  submitLabel: string;
  parts: FormPart[];
}

export type FormPart = Field | { kind: 'note'; tone: 'info' | 'warning'; text: string; section?: FormSection };

/** `more` is folded away behind "meer details" until asked for. */
export type FormSection = 'main' | 'more';

interface FieldBase {
  id: string;
  label: string;
  hint?: string;
  required?: boolean;
  section?: FormSection;
}

export type Field = FieldBase &
  (
    | { kind: 'text'; maxLength: number; value?: string; placeholder?: string }
    | { kind: 'multiline'; maxLength: number; value?: string; placeholder?: string }
    /** `frees`: choices with which nothing else in the form need be filled in, whatever it says of itself. */
    | { kind: 'select'; options: Option[]; value?: string; frees?: readonly string[] }
    | { kind: 'multiselect'; options: Option[]; value?: string[] }
    /** Type-ahead over `Feature.sources[source]`. */
    | { kind: 'search'; source: string; multiple: boolean; value?: Option[] }
    | { kind: 'date'; value?: string }
    | { kind: 'tick'; statement: string; value?: boolean }
  );

/** What a platform hands back: by field id; empty means not filled in; dates as YYYY-MM-DD. */
export type FormValues = Record<string, string | string[] | boolean | undefined>;

/** A form ready to be shown: the view, and the signed token that comes back with the values. */
export interface OpenForm {
  token: string;
  view: FormView;
}

/** What a form's handler answers. */
export type FormOutcome =
  /** Nothing was written: errors stand at their fields, what was typed is kept, `add` is shown above the button. */
  | { kind: 'again'; errors: Record<string, string>; add?: FormPart[] }
  /** Nothing was written, and sending again will not help: somebody was first, it is gone, it is not theirs. */
  | { kind: 'refused'; text: string }
  /** Written and committed. */
  | { kind: 'done'; card: Card };
