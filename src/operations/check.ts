import type { Locale } from '../chat/texts.js';

/** What an operator can be told of one part of the installation, in their language. Never holds a secret. */
export interface Finding {
  status: 'good' | 'wrong';
  /** The part, in a word or two. */
  part: string;
  says: string;
  /** What to do about it, when it is wrong. */
  todo?: string;
}

/** One part of the installation that can look at itself. Platforms bring their own. */
export type Check = (locale: Locale) => Promise<Finding[]>;
