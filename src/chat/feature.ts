import type { Router } from 'express';
import type { z } from 'zod';
import type { Db, Person, Tx } from '../storage/database.js';
import type { MunicipalitySettings } from '../municipality/municipality-settings.js';
import type { ButtonPayload, Card, CardPart, Option } from './card.js';
import type { FormOutcome, FormValues, FormView, OpenForm } from './form.js';
import type { PlatformName, Surface } from './platform.js';
import type { OwnWords } from './own-words.js';
import type { Subscription } from './subscriptions.js';
import type { MenuItem, Site, Visit } from './site.js';
import type { Locale } from './texts.js';
import { checkValues } from './check-values.js';

export interface MunicipalityInfo {
  id: string;
  name: string;
  reference: string;
  zone: string;
  locale: Locale;
  settings: MunicipalitySettings;
  /** What it says otherwise than we do; absent: nothing. */
  ownWords?: OwnWords;
}

/** A message the bot owes somebody; `key` makes it happen once. */
export interface Post {
  key: string;
  to: { personId: string } | { channelId: string };
  /** Id of a `MessageView`, rendered when it is sent. */
  view: string;
  params: Record<string, string>;
  /** Key of the post in whose thread this one belongs. */
  threadKey?: string;
  /** Only there, wherever else the person can be reached. */
  platform?: PlatformName;
  /** Sent at once, also in somebody's quiet hours: about something acute. */
  urgent?: boolean;
  /**
   * Of a sending to many: messages of one batch wait behind all others, and can be held, released and cancelled together.
   */
  batchId?: string;
}

/** Something that happened and that other capabilities may act on; ids and small values only. */
export interface Happening {
  event: string;
  params: Record<string, string>;
}

/** Acts on what happened: after its commit, in a transaction of its own, once (again when that fails). */
export interface Listener {
  event: string;
  hear(tx: Tx, context: ListenerContext, params: unknown): Promise<void>;
}

export type ListenerContext = Pick<Context, 'municipality' | 'now' | 'outbox'>;

export function defineListener<S extends z.ZodType>(
  event: string,
  params: S,
  hear: (tx: Tx, context: ListenerContext, params: z.output<S>) => Promise<void>,
): Listener {
  return { event, hear: (tx, context, raw) => hear(tx, context, params.parse(raw)) };
}

/** Writes what is owed in the caller's transaction; a queue worker sends it after the commit. */
export interface Outbox {
  /** @param happened told to who listens, after the commit; it costs the transaction no statement of its own. */
  post(tx: Tx, municipalityId: string, posts: Post[], happened?: Happening[]): Promise<void>;
  /** The message with this key shows old facts: render it again and edit it in place. */
  refresh(tx: Tx, municipalityId: string, keys: string[]): Promise<void>;
  /** What waits in this batch stays where it is until it is released. What is on its way goes out. Returns how many. */
  hold(tx: Tx, municipalityId: string, batchId: string): Promise<number>;
  release(tx: Tx, municipalityId: string, batchId: string): Promise<number>;
  /** What was not sent yet of this batch never will be. Returns how many. */
  cancel(tx: Tx, municipalityId: string, batchId: string): Promise<number>;
  /**
   * The message with this key shows something else from now on, under a key of its own; what still waits for its thread
   * stays with it. The old key is free for another message.
   */
  replace(tx: Tx, municipalityId: string, key: string, by: { key: string; view: string }): Promise<void>;
  /** Messages that were given up go back into the queue. Returns how many; those sent meanwhile are left alone. */
  retry(tx: Tx, municipalityId: string, deliveryIds: string[]): Promise<number>;
}

/** What every view gets. */
export interface ViewContext {
  db: Db;
  now: Date;
  municipality: MunicipalityInfo;
  locale: Locale;
  /**
   * Absolute address of a page of ours. A signed one opens without signing in, for exactly that path: pictures in a message,
   * the way out of a mailing.
   */
  url(path: string, signed?: 'signed'): string;
  /** Eight digits for this id, always the same: to be sent in one place and typed in another. Nothing is stored. */
  oneTimeCode(id: string): string;
}

/** What every handler gets: who does it, where, and the means to write. */
export interface Context extends ViewContext {
  person: Person;
  platform: Surface;
  outbox: Outbox;
  /** What somebody can do about a failed delivery's reason, in the platform's words; undefined where it has none. */
  explain(reason: string): string | undefined;
  /** Every command of every capability that is for this person, in their language. */
  commands(): { usage: string; does: string }[];
  /** Every kind of message this person may do without. */
  subscriptions(): Subscription[];
  /** What a schedule does, in the reader's language; undefined: there is none with this id any more. */
  plannedWork(scheduleId: string): string | undefined;
  /** Runs another action as if its button had been pressed: for a menu that stands for buttons. */
  press(actionId: string, payload: ButtonPayload): Promise<Answer>;
  /** One transaction; wakes the queue after the commit. */
  write<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** @param values what is filled in already; not signed, so it may be long. */
  openForm(
    form: FormDefinition,
    params: Record<string, string | number | boolean>,
    values?: FormValues,
  ): Promise<OpenForm>;
}

export type Reply =
  | {
      kind: 'card';
      card: Card;
      visible: 'only-you' | 'everyone';
      /** What was pressed has had its use: where its reader alone sees it, this comes in its place. */
      instead?: true;
    }
  | { kind: 'form'; form: OpenForm }
  /** The change itself is the answer (the card was edited). */
  | { kind: 'none' };

/** What a button answers. */
export type Answer =
  | Reply
  /**
   * Done, and the messages with these keys show it: they are edited. Whoever pressed on one of them sees it happen; who
   * pressed elsewhere (an old list, a menu) is told in words.
   */
  | { kind: 'shown'; on: string[]; text: string };

export interface Command {
  name: string;
  /** Other words for its name in a conversation; a slash command has one name, which the platform knows. */
  saidAs?: string[];
  /** First word after the command; absent for the command's main use. */
  subcommand?: { words: string[]; accepts?: (rest: string) => boolean };
  /** One line for the help: what to type, and what it does. */
  help(locale: Locale): { usage: string; does: string };
  /** Who is told of it; absent: everybody. Others who type it all the same hear whose it is. */
  isFor?(who: CommandReader): boolean;
  run(context: Context, text: string): Promise<Reply>;
  /** Its answer where others read along (a mention in a channel): what everybody there may see. Absent: not for there. */
  inPublic?(context: Context, text: string): Promise<Card>;
}

/** What decides which commands somebody is told of. */
export interface CommandReader {
  person: Pick<Person, 'roles' | 'active'>;
  municipality: Pick<MunicipalityInfo, 'settings'>;
}

export interface Action {
  id: string;
  run(context: Context, payload: unknown): Promise<Answer>;
}

/** @throws ZodError when a platform hands back a payload that no button of ours carries. */
export function defineAction<S extends z.ZodType>(
  id: string,
  payload: S,
  run: (context: Context, payload: z.output<S>) => Promise<Answer>,
): Action {
  return { id, run: (context, raw) => run(context, payload.parse(raw)) };
}

export interface FormDefinition {
  id: string;
  /** Its handler writes the form's id itself: sent twice it gives the same answer, and nothing else guards it. */
  repeatable?: boolean;
  view(context: Context, params: unknown): Promise<FormView>;
  submit(context: Context, params: unknown, values: FormValues, formId: string): Promise<FormOutcome>;
}

/**
 * Binds a form's view and handler to one schema for its values and one for what it was opened with.
 * Values that do not fit the schema come back as errors at their fields; the handler sees fitting ones only.
 */
export function defineForm<P extends z.ZodType, V extends z.ZodType>(definition: {
  id: string;
  params: P;
  values: V;
  view(context: Context, params: z.output<P>): Promise<FormView>;
  submit(
    context: Context,
    submission: { params: z.output<P>; values: z.output<V>; raw: FormValues; formId: string },
  ): Promise<FormOutcome>;
}): FormDefinition {
  return {
    id: definition.id,
    view: (context, params) => definition.view(context, definition.params.parse(params)),
    async submit(context, params, raw, formId) {
      const checked = checkValues(definition.values, raw, context.locale);
      if (!checked.ok) return { kind: 'again', errors: checked.errors };
      return definition.submit(context, {
        params: definition.params.parse(params),
        values: checked.values,
        raw,
        formId,
      });
    },
  };
}

export interface MessageView {
  id: string;
  /** The kind of message it is, when people may do without it: who does is not sent it, the others get a button to stop it. */
  subscription?: Subscription;
  /** Null: what it was about is gone; nothing is sent. */
  render(context: ViewContext, params: unknown): Promise<Card | null>;
  /** Somebody answered in the thread under this message. */
  onReply?(context: Context, params: unknown, text: string): Promise<Reply>;
}

export function defineMessage<S extends z.ZodType>(definition: {
  id: string;
  params: S;
  subscription?: Subscription;
  render(context: ViewContext, params: z.output<S>): Promise<Card | null>;
  onReply?(context: Context, params: z.output<S>, text: string): Promise<Reply>;
}): MessageView {
  const { onReply, subscription } = definition;
  return {
    id: definition.id,
    ...(subscription && { subscription }),
    render: (context, params) => definition.render(context, definition.params.parse(params)),
    ...(onReply && {
      onReply: (context: Context, params: unknown, text: string) =>
        onReply(context, definition.params.parse(params), text),
    }),
  };
}

/** Type-ahead for a form's search field. At most 20 options, best first. */
export interface Source {
  id: string;
  search(context: Context, query: string): Promise<Option[]>;
  /** The option with this value, to show a choice again. */
  find(context: Context, value: string): Promise<Option | undefined>;
}

/** Somebody else's or one's own message in the chat, to make something of. */
export interface SourceMessage {
  text: string;
  /** Where it stands; only those who may read it there can open it. */
  url?: string;
}

/** A part of the page that a platform shows each person (Slack's home tab, a tab in Teams). */
export interface HomeSection {
  /** Lower comes first. */
  order: number;
  /** Empty: this person has nothing there. */
  render(context: Context): Promise<CardPart[]>;
}

/** One moment of a schedule. */
export interface Occasion {
  /** Whom or what it is about: an id, or several joined by a colon. Of one subject and moment there is one occasion, ever. */
  subject: string;
  /** When its time comes. */
  at: Date;
  /** What tells it from the subject's other occasions; default: `at` on the municipality's wall clock. */
  moment?: string;
}

/** What a schedule looks at to say what is due. */
export interface ScheduleView {
  db: Db;
  municipality: MunicipalityInfo;
  /** After `from`, up to and with `until`, which is now. After an outage it spans the outage. */
  window: { from: Date; until: Date };
}

/** What an occasion's work gets; it writes in `tx` and sends through `outbox`, nothing else. */
export interface OccasionContext {
  tx: Tx;
  municipality: MunicipalityInfo;
  now: Date;
  outbox: Outbox;
}

/** Work that time brings about. See docs/decisions/0008-occurrences-are-rows.md. */
export interface Schedule {
  id: string;
  /** What it does, for the administrator's list of what failed. Names nobody. */
  says(locale: Locale): string;
  /** Of several occasions of one subject that were missed: only the latest, or each. */
  missed: 'latest' | 'each';
  /**
   * What is due in the window. One that has run may be given again: it is left alone. What follows from rows instead of the
   * clock (a deadline) may lie before the window.
   */
  occasions(view: ScheduleView): Promise<Occasion[]>;
  /**
   * Does the work of one occasion, in the transaction that marks it done. When it throws, nothing was written and it is tried
   * again later.
   *
   * @param how.late it comes well after its time: what is sent says so (`src/scheduling/say-late.ts`).
   */
  run(context: OccasionContext, occasion: Occasion, how: { late: boolean }): Promise<void>;
}

/** Something to come that a newsletter can announce: a forum, an action. */
export interface NewsletterItem {
  /** YYYY-MM-DD; absent: no day is fixed. */
  day?: string;
  /** One line, in the municipality's language. */
  text: string;
}

/** What a newsletter asks of the capabilities when its draft is made. */
export interface NewsletterView {
  db: Db | Tx;
  municipality: MunicipalityInfo;
  /** First and last day (YYYY-MM-DD) that the issue looks ahead to. */
  from: string;
  until: string;
}

/** Something a search found; `Feature.preview` gives the card of its address. */
export interface SearchHit {
  title: string;
  /** One line about it. */
  text: string;
  /** One of our pages. */
  url: string;
}

/** A capability: one folder, one of these, one line in `features.ts`. */
export interface Feature {
  name: string;
  commands?: Command[];
  actions?: Action[];
  forms?: FormDefinition[];
  messages?: MessageView[];
  sources?: Source[];
  home?: HomeSection[];
  listeners?: Listener[];
  /** Kinds of messages that people may do without; each is a tick on the settings screen. */
  subscriptions?: Subscription[];
  schedules?: Schedule[];
  /** Dates and actions to come, for the newsletter. At most some ten, soonest first. */
  newsletterItems?(view: NewsletterView): Promise<NewsletterItem[]>;
  /** Makes something of a message in the chat. At most one capability does. */
  fromMessage?(context: Context, message: SourceMessage): Promise<Reply>;
  /** Pages for people in a browser, at addresses that are this capability's own; see `site.ts`. */
  pages?(site: Site): Router;
  /** Its entries in the menu of every page, as this visitor sees them. */
  menu?(visit: Visit): MenuItem[];
  /** What everybody may see who reads along where a link to one of our pages was put. Undefined: not ours, or nothing. */
  preview?(context: Context, path: string): Promise<Card | undefined>;
  /** What to put in a conversation, best first, ten at most; without words the newest. */
  search?(context: Context, query: string): Promise<SearchHit[]>;
  /**
   * Says hello, and what the bot can do for this person; `said` is what they typed when the bot understood no command in it,
   * empty when they typed nothing. At most one capability does.
   */
  welcome?(context: Context, said: string): Promise<Card>;
}
