import { ZodError } from 'zod';
import type { Logger } from '../operations/log.js';
import { isBusy, type Db, type Person } from '../storage/database.js';
import type { Card, Option } from './card.js';
import { chatTexts } from './chat-texts.js';
import type { Context, Feature, MessageView, MunicipalityInfo, Outbox, Reply } from './feature.js';
import type { Field, FormPart, FormValues, FormView, OpenForm } from './form.js';
import { readFormToken, signFormToken } from './form-token.js';
import type { MessageRef, PlatformName } from './platform.js';
import { toLocale, type Locale } from './texts.js';

/** Somebody on a platform, as the platform verified it. */
export interface Caller {
  municipalityId: string;
  platform: PlatformName;
  account: { externalId: string; name?: string; locale?: string };
  /** Given to the user when something goes wrong, and in the log beside it. */
  requestId: string;
}

export type SubmitResult =
  /** Nothing was written; the view carries what was typed. */
  | { kind: 'again'; form: OpenForm; errors: Record<string, string> }
  | { kind: 'done'; card: Card }
  /** Nothing was written, and this form cannot be sent any more (or not now). */
  | { kind: 'refused'; text: string };

/** What a platform may ask of the product. It knows no capability by name. */
export interface Chat {
  command(caller: Caller, name: string, text: string): Promise<Reply>;
  press(caller: Caller, actionId: string, payload: unknown): Promise<Reply>;
  submit(caller: Caller, token: string, values: FormValues): Promise<SubmitResult>;
  suggest(caller: Caller, sourceId: string, query: string): Promise<Option[]>;
  /** A message typed in the thread under one of the bot's own. */
  reply(caller: Caller, root: MessageRef, text: string): Promise<Reply>;
  /** Every command with what it does, for help and for a platform's own list. */
  commands(locale: Locale): { usage: string; does: string }[];
}

export interface ChatDependencies {
  features: Feature[];
  db: Db;
  outbox: Outbox;
  /** Called after each commit, so that what is owed goes out at once. */
  wake(): void;
  now(): Date;
  formKey: Uint8Array;
  publicUrl(): string;
  log: Logger;
  identify(caller: Caller): Promise<Person>;
  municipality(id: string): Promise<MunicipalityInfo>;
}

/** Joins the capabilities and the platforms: finds who speaks, calls the right handler, turns failures into words. */
export function createChat(dependencies: ChatDependencies): Chat {
  const { features, db, log, formKey } = dependencies;
  const commands = features.flatMap((feature) => feature.commands ?? []);
  const actions = indexById(features.flatMap((feature) => feature.actions ?? []));
  const forms = indexById(features.flatMap((feature) => feature.forms ?? []));
  const messages = indexById(features.flatMap((feature) => feature.messages ?? []));
  const sources = indexById(features.flatMap((feature) => feature.sources ?? []));

  async function contextFor(caller: Caller): Promise<Context> {
    const [person, municipality] = await Promise.all([
      dependencies.identify(caller),
      dependencies.municipality(caller.municipalityId),
    ]);
    const context: Context = {
      db,
      now: dependencies.now(),
      municipality,
      person,
      locale: person.locale ? toLocale(person.locale) : municipality.locale,
      platform: caller.platform,
      outbox: dependencies.outbox,
      commands: () => commands.map((command) => command.help(context.locale)),
      url: (path) => new URL(path, dependencies.publicUrl()).href,
      async write(work) {
        const result = await db.$transaction(work);
        dependencies.wake();
        return result;
      },
      openForm: (form, params, values) => openForm(context, form, params, values),
    };
    return context;
  }

  async function openForm(context: Context, ...[form, params, values]: Parameters<Context['openForm']>) {
    const [token, view] = await Promise.all([
      signFormToken(
        formKey,
        { form: form.id, person: context.person.id, municipality: context.municipality.id, params },
        context.now,
      ),
      form.view(context, params),
    ]);
    return { token, view: values ? await withValues(context, view, values) : view };
  }

  /** Runs a handler; an unexpected failure is logged once, with the number the user is given. */
  async function guarded<T>(
    caller: Caller,
    what: string,
    work: (context: Context) => Promise<T>,
    sayFailed: (text: string) => T,
  ): Promise<T> {
    let locale = toLocale(caller.account.locale);
    try {
      const context = await contextFor(caller);
      locale = context.locale;
      return await work(context);
    } catch (error) {
      if (isBusy(error)) return sayFailed(chatTexts(locale)('busy'));
      log.error({ err: error, requestId: caller.requestId, platform: caller.platform, what }, 'handler failed');
      return sayFailed(chatTexts(locale)('failed', { request: caller.requestId }));
    }
  }

  return {
    command: (caller, name, text) =>
      guarded(
        caller,
        `command ${name}`,
        async (context) => {
          const found = findCommand(commands, name, text);
          return found
            ? found.command.run(context, found.text)
            : sayOnlyToYou(chatTexts(context.locale)('command.unknown', { command: `/${name}` }));
        },
        sayOnlyToYou,
      ),

    press: (caller, actionId, payload) =>
      guarded(
        caller,
        `action ${actionId}`,
        async (context) => {
          const gone = () => sayOnlyToYou(chatTexts(context.locale)('action.gone'));
          const action = actions.get(actionId);
          if (!action) return gone();
          try {
            return await action.run(context, payload);
          } catch (error) {
            if (error instanceof ZodError) return gone();
            throw error;
          }
        },
        sayOnlyToYou,
      ),

    submit: (caller, token, values) =>
      guarded<SubmitResult>(
        caller,
        'submit',
        async (context) => {
          const t = chatTexts(context.locale);
          const owner = { person: context.person.id, municipality: context.municipality.id };
          const read = await readFormToken(formKey, token, owner, context.now);
          if (!read.ok) return { kind: 'refused', text: t(`form.${read.code}`) };
          const { form: id, params, formId } = read.claims;
          const form = forms.get(id);
          if (!form) return { kind: 'refused', text: t('form.invalid') };
          const outcome = await form.submit(context, params, values, formId);
          if (outcome.kind !== 'again') return outcome;
          const view = await form.view(context, params);
          const parts: FormPart[] = [...view.parts, ...(outcome.add ?? [])];
          return {
            kind: 'again',
            form: { token, view: await withValues(context, { ...view, parts }, values) },
            errors: outcome.errors,
          };
        },
        (text) => ({ kind: 'refused', text }),
      ),

    suggest: (caller, sourceId, query) =>
      guarded<Option[]>(
        caller,
        `source ${sourceId}`,
        async (context) => (await sources.get(sourceId)?.search(context, query)) ?? [],
        () => [],
      ),

    reply: (caller, root, text) =>
      guarded(
        caller,
        'reply',
        async (context) => {
          const nowhere = () => sayOnlyToYou(chatTexts(context.locale)('reply.nowhere'));
          const delivery = await db.delivery.findFirst({
            where: { municipalityId: caller.municipalityId, platform: caller.platform, ...root },
          });
          const view: MessageView | undefined = delivery ? messages.get(delivery.view) : undefined;
          if (!delivery || !view?.onReply) return nowhere();
          return view.onReply(context, delivery.params, text);
        },
        sayOnlyToYou,
      ),

    commands: (locale) => commands.map((command) => command.help(locale)),
  };

  /** The same form with what was typed in it. Search fields need their options' labels again. */
  async function withValues(context: Context, view: FormView, values: FormValues): Promise<FormView> {
    const fill = async (part: FormPart): Promise<FormPart> =>
      part.kind === 'note' || !(part.id in values) ? part : filled(context, part, values[part.id]);
    return { ...view, parts: await Promise.all(view.parts.map(fill)) };
  }

  async function filled(context: Context, field: Field, value: FormValues[string]): Promise<Field> {
    switch (field.kind) {
      case 'text':
      case 'multiline':
      case 'select':
      case 'date':
        return { ...field, value: typeof value === 'string' ? value : undefined };
      case 'tick':
        return { ...field, value: value === true };
      case 'multiselect':
        return { ...field, value: Array.isArray(value) ? value : [] };
      case 'search': {
        const chosen = typeof value === 'string' ? [value] : Array.isArray(value) ? value : [];
        const known = await Promise.all(
          chosen.map(async (id) => {
            const initial = field.value?.find((option) => option.value === id);
            return initial ?? (await sources.get(field.source)?.find(context, id));
          }),
        );
        return { ...field, value: known.filter((option) => option !== undefined) };
      }
    }
  }
}

/** A subcommand when the first word names one and the rest fits it; otherwise the command's main use with the whole text. */
function findCommand(commands: NonNullable<Feature['commands']>, name: string, text: string) {
  const named = commands.filter((command) => command.name === name.toLowerCase());
  const [, word = '', rest = ''] = /^\s*(\S*)\s*([\s\S]*)$/.exec(text) ?? [];
  const sub = named.find(
    ({ subcommand }) => subcommand?.words.includes(word.toLowerCase()) && (subcommand.accepts?.(rest.trim()) ?? true),
  );
  if (sub) return { command: sub, text: rest.trim() };
  const main = named.find((command) => !command.subcommand);
  return main && { command: main, text: text.trim() };
}

function sayOnlyToYou(text: string): Reply {
  return { kind: 'card', card: { summary: text, parts: [{ kind: 'text', text }] }, visible: 'only-you' };
}

function indexById<T extends { id: string }>(items: T[]): Map<string, T> {
  const index = new Map(items.map((item) => [item.id, item]));
  if (index.size !== items.length) throw new Error('Two of a kind share an id; ids are unique over all features.');
  return index;
}
