import type { FileRole } from './file-people.js';

export interface FieldChange {
  field: string;
  from: unknown;
  to: unknown;
}

/** One thing that applying a file changes, for people to read. Names people: for the operator's screen, not for a log. */
export type Change =
  | { kind: 'municipality'; change: 'added' | 'changed'; name: string; fields: FieldChange[] }
  | {
      kind: 'neighbourhood';
      change: 'added' | 'changed' | 'removed';
      number: number;
      name: string;
      fields: FieldChange[];
    }
  | { kind: 'person'; change: 'added' | 'changed' | 'returned'; name: string; roles: FileRole[]; fields: FieldChange[] }
  /** No longer in the file: inactive, or a worker again when they were one before. */
  | { kind: 'person'; change: 'inactive' | 'worker-again'; name: string; openSignals: number }
  | { kind: 'account'; change: 'added' | 'removed'; person: string; platform: string; externalId: string }
  /** Belonged to somebody who first wrote to the bot, or to another person of the file. */
  | { kind: 'account'; change: 'moved'; person: string; from: string; platform: string; externalId: string }
  | { kind: 'channel'; change: 'added' | 'removed'; channel: string; platform: string; externalId: string }
  | {
      kind: 'assignment';
      change: 'added' | 'removed';
      number: number;
      neighbourhood: string;
      person: string;
      /** YYYY-MM-DD; null: always. */
      from: string | null;
      /** The last day; null: until further notice. */
      until: string | null;
    }
  | {
      kind: 'sector';
      change: 'added' | 'removed';
      /** A sector's key, or an organisation. */
      about: string;
      person: string;
      from: string | null;
      until: string | null;
    }
  | {
      kind: 'leave';
      change: 'added' | 'removed';
      person: string;
      from: string;
      until: string;
      replacement: string | null;
    };
