import type { Person } from '../storage/database.js';
import type { Card, Option } from './card.js';
import type { CommandReader, Context, MunicipalityInfo, Reply, SearchHit, SourceMessage } from './feature.js';
import type { ListedCommand } from './find-command.js';
import type { FormValues, OpenForm } from './form.js';
import type { MessageRef, PlatformName } from './platform.js';
import type { Locale } from './texts.js';

/** Somebody on a platform, as the platform verified it. */
export interface Caller {
  municipalityId: string;
  platform: PlatformName;
  /** `email` only when the platform itself confirmed it; `locale` null when it says nothing of the person's language. */
  account: { externalId: string; name?: string; locale?: string | null; email?: string };
  /** The message whose button was pressed. */
  on?: MessageRef;
  /** The platform may deliver this request again under the same key: it has its effect, and its answer, once. */
  once?: string;
  /** Given to the user when something goes wrong, and in the log beside it. */
  requestId: string;
}

export type SubmitResult =
  /** Nothing was written; the view carries what was typed. */
  | { kind: 'again'; form: OpenForm; errors: Record<string, string> }
  | { kind: 'done'; card: Card }
  /** Nothing was written, and this form cannot be sent any more (or not now). */
  | { kind: 'refused'; text: string };

/** What a platform tells about an account that exists. */
export interface AccountChange {
  municipalityId: string;
  platform: PlatformName;
  account: { externalId: string; name?: string; locale?: string | null; email?: string };
  /** False: the platform deactivated it. */
  active: boolean;
}

export interface SaidCommand {
  name: string;
  /** What follows the name. */
  text: string;
  /** Its answer may be read by others. */
  isPublic: boolean;
}

export interface ShownMessage {
  card: Card;
  /** The reader; buttons that are for some only name them by id. */
  readerId: string;
}

/** What a platform may ask of the product. It knows no capability by name. */
export interface Chat {
  command(caller: Caller, name: string, text: string): Promise<Reply>;
  press(caller: Caller, actionId: string, payload: unknown): Promise<Reply>;
  submit(caller: Caller, token: string, values: FormValues): Promise<SubmitResult>;
  suggest(caller: Caller, sourceId: string, query: string): Promise<Option[]>;
  /** A message typed in the thread under one of the bot's own. */
  reply(caller: Caller, root: MessageRef, text: string): Promise<Reply>;
  /** The bot was mentioned where others read along, possibly in the thread under a message. */
  mention(caller: Caller, text: string, root?: MessageRef): Promise<Reply>;
  /**
   * What was typed to the bot, where the platform has no commands of its own: the command in it, in the words `command`
   * takes. Undefined when it is none.
   */
  commandIn(text: string): SaidCommand | undefined;
  /** What the bot can do for this person: at the beginning, and whenever it does not understand. */
  welcome(caller: Caller, said: string): Promise<Card>;
  /** One of the bot's own messages as it is now, for this reader. Undefined: it is none, or it is gone. */
  show(caller: Caller, ref: MessageRef): Promise<ShownMessage | undefined>;
  /** What this person may find with these words, to put in a conversation. */
  search(caller: Caller, query: string): Promise<SearchHit[]>;
  /** Somebody wants to make something of a message. */
  fromMessage(caller: Caller, message: SourceMessage): Promise<Reply>;
  /** A form that is open, with what was typed in it: to show it otherwise. Nothing is written. */
  reopen(caller: Caller, token: string, values: FormValues): Promise<SubmitResult>;
  /** The person's own page. */
  home(caller: Caller): Promise<Card>;
  /** What everybody may see of a link to one of our pages that this person put somewhere; undefined: nothing. */
  preview(caller: Caller, url: string): Promise<Card | undefined>;
  /** A known account got another name or language, or was deactivated. Unknown ones are left alone. */
  accountChanged(change: AccountChange): Promise<void>;
  /** What a page of ours gets for somebody who signed in to it; the failures of what it does are the page's. */
  visit(visitor: { municipality: MunicipalityInfo; person: Person; locale: Locale }): Context;
  /** Names of the commands, without slash. */
  commandNames(): string[];
  /** Every command with what it does, for a platform's own list; with `who` only those that are for them. */
  commands(locale: Locale, who?: CommandReader): ListedCommand[];
}
