import type { FormValues } from '../../src/chat/form.js';
import type { Platform } from '../../src/chat/platform.js';
import type { Locale } from '../../src/chat/texts.js';
import type { PersonKey } from './contract-town.js';

export type Where = 'direct' | 'channel' | { thread: SeenMessage };

/** A message as one person sees it. */
export interface SeenMessage {
  id: string;
  where: 'direct' | 'channel';
  /** All that can be read in it, parts under each other. */
  text: string;
  /** Labels of what can be pressed, the overflow menu included. */
  buttons: string[];
  onlyForYou: boolean;
  edited: boolean;
}

export interface SeenField {
  id: string;
  label: string;
  /** What stands in it now. */
  value: string | string[] | boolean;
  error: string | undefined;
  /** Folded away and not to be seen. */
  hidden: boolean;
}

export interface SeenForm {
  title: string;
  fields: SeenField[];
  notes: string[];
  /** What is said about the whole form: refused, too large. */
  alert: string | undefined;
  submitLabel: string;
}

export interface Actor {
  /** Types a command, in the direct messages unless said otherwise. */
  command(text: string, where?: 'direct' | 'channel'): Promise<SeenForm | undefined>;
  read(where: Where): Promise<SeenMessage[]>;
  /** Presses the button with this label; a form may open. */
  press(message: SeenMessage, label: string): Promise<SeenForm | undefined>;
  /** Chooses in the card's select with this label. */
  choose(message: SeenMessage, label: string, option: string): Promise<void>;
  reply(message: SeenMessage, text: string): Promise<void>;
  /** What a search field of the open form suggests. */
  search(form: SeenForm, fieldId: string, text: string): Promise<{ value: string; label: string }[]>;
  /** Sends the open form with these values changed; gives the form when it comes back, undefined when it is done. */
  submit(form: SeenForm, values: FormValues): Promise<SeenForm | undefined>;
  switchLanguage(locale: Locale): Promise<void>;
}

export interface Driver {
  platform: Platform;
  as(person: PersonKey): Actor;
  /** Whether the platform can show buttons to some of a channel's people only. */
  showsButtonsByViewer: boolean;
  /** What is for one person alone cannot be shown among others: it goes to their own chat. */
  answersApart?: boolean;
  /** Where messages of the bot can be answered in a thread; in the direct messages unless said otherwise. */
  threadsIn?: 'direct' | 'channel';
  stop(): Promise<void>;
}
