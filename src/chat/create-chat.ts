import { ZodError } from 'zod';
import type { Logger } from '../operations/log.js';
import { isBusy, type Db, type Person } from '../storage/database.js';
import type { Card, CardPart, Option } from './card.js';
import type { AccountChange, Caller, Chat, ShownMessage, SubmitResult } from './chat.js';
import { chatTexts } from './chat-texts.js';
import type { Answer, Context, Feature, MessageView, MunicipalityInfo, Outbox, Reply, SearchHit } from './feature.js';
import { fillForm } from './fill-form.js';
import { findCommand, findPublicCommand, findSaidCommand, listCommands } from './find-command.js';
import type { FormPart } from './form.js';
import { readFormToken, signFormToken } from './form-token.js';
import { AlreadyHandled, claimRequest, markHandled, wasHandled } from './handled.js';
import { createOneTimeCodes } from './one-time-code.js';
import { inOwnWords } from './own-words.js';
import type { MessageRef } from './platform.js';
import { sayOnlyToYou, textCard } from './say-text.js';
import { createAddressSigner, createUrls } from './signed-address.js';
import { toLocale, type Locale } from './texts.js';

export interface ChatDependencies {
  features: Feature[];
  db: Db;
  outbox: Outbox;
  /** Called after each commit, so that what is owed goes out at once. */
  wake(): void;
  /** Around all that somebody waits for: what nobody waits for may step back meanwhile. */
  serve?<T>(work: () => Promise<T>): Promise<T>;
  now(): Date;
  formKey: Uint8Array;
  publicUrl(): string;
  log: Logger;
  identify(caller: Caller): Promise<Person>;
  followAccount?(change: AccountChange): Promise<void>;
  /** A platform's words for the reason of a failed delivery. */
  explain?(reason: string, locale: Locale): string | undefined;
  municipality(id: string): Promise<MunicipalityInfo>;
}

/** Joins the capabilities and the platforms: finds who speaks, calls the right handler, turns failures into words. */
export function createChat(dependencies: ChatDependencies): Chat {
  const { features, db, log, formKey } = dependencies;
  const url = createUrls(dependencies.publicUrl, createAddressSigner(formKey));
  const oneTimeCode = createOneTimeCodes(formKey);
  const commands = features.flatMap((feature) => feature.commands ?? []);
  const actions = indexById(features.flatMap((feature) => feature.actions ?? []));
  const forms = indexById(features.flatMap((feature) => feature.forms ?? []));
  const messages = indexById(features.flatMap((feature) => feature.messages ?? []));
  const sources = indexById(features.flatMap((feature) => feature.sources ?? []));
  const subscriptions = [...indexById(features.flatMap((feature) => feature.subscriptions ?? [])).values()];
  const schedules = indexById(features.flatMap((feature) => feature.schedules ?? []));
  const homeSections = features.flatMap((feature) => feature.home ?? []).sort((a, b) => a.order - b.order);

  async function contextFor(caller: Caller, request: Request): Promise<Context> {
    const [person, municipality] = await Promise.all([
      dependencies.identify(caller),
      dependencies.municipality(caller.municipalityId),
    ]);
    const locale = person.locale ? toLocale(person.locale) : municipality.locale;
    return makeContext({ municipality, person, locale, platform: caller.platform }, request);
  }

  function makeContext(
    who: Pick<Context, 'municipality' | 'person' | 'locale' | 'platform'>,
    request: Request,
  ): Context {
    const context: Context = {
      ...who,
      db,
      now: dependencies.now(),
      outbox: dependencies.outbox,
      explain: (reason) => dependencies.explain?.(reason, context.locale),
      plannedWork: (id) => schedules.get(id)?.says(context.locale),
      commands: () => listCommands(commands, context.locale, context),
      subscriptions: () => subscriptions.filter((subscription) => subscription.isFor?.(context.person) ?? true),
      url,
      oneTimeCode,
      async write(work) {
        const key = request.claimed ? undefined : request.once;
        const result = await db.$transaction(async (tx) => {
          const done = await work(tx);
          // A refusal wrote nothing: the same request may come again and succeed.
          if (key && !isRefusal(done)) {
            await claimRequest(tx, context.municipality.id, key, context.now);
            request.claimed = true;
          }
          return done;
        });
        dependencies.wake();
        return result;
      },
      press: (actionId, payload) => runAction(context, actionId, payload),
      openForm: (form, params, values) => openForm(context, form, params, values),
    };
    return context;
  }

  async function runAction(context: Context, actionId: string, payload: unknown): Promise<Answer> {
    const gone = () => sayOnlyToYou(chatTexts(context.locale)('action.gone'));
    const action = actions.get(actionId);
    if (!action) return gone();
    try {
      return await action.run(context, payload);
    } catch (error) {
      if (error instanceof ZodError) return gone();
      throw error;
    }
  }

  async function openForm(context: Context, ...[form, params, values]: Parameters<Context['openForm']>) {
    const view = await form.view(context, params);
    const claims = { form: form.id, person: context.person.id, municipality: context.municipality.id, params };
    const token = signFormToken(formKey, claims, context.now);
    return { token, view: values ? await fillForm(context, sources, view, values) : view };
  }

  /**
   * Runs a handler. A repeat of a request is not answered again; an unexpected failure is logged once, with the number
   * the user is given.
   */
  function guarded<T>(...request: Parameters<typeof handle<T>>): Promise<T> {
    return dependencies.serve ? dependencies.serve(() => handle(...request)) : handle(...request);
  }

  async function handle<T>(
    caller: Caller,
    what: string,
    work: (context: Context, request: Request) => Promise<T>,
    say: { failed(text: string): T; again(t: ReturnType<typeof chatTexts>): T },
  ): Promise<T> {
    let locale = toLocale(caller.account.locale);
    const request: Request = { once: caller.once, claimed: false };
    try {
      if (caller.once && (await wasHandled(db, caller.municipalityId, caller.once))) {
        return say.again(chatTexts(locale));
      }
      const context = await contextFor(caller, request);
      locale = context.locale;
      const result = await inOwnWords(context.municipality.ownWords, () => work(context, request));
      if (caller.once && !request.claimed) await markHandled(db, caller.municipalityId, caller.once, context.now);
      return result;
    } catch (error) {
      const t = chatTexts(locale);
      if (error instanceof AlreadyHandled) return say.again(t);
      if (isBusy(error)) return say.failed(t('busy'));
      log.error({ err: error, requestId: caller.requestId, platform: caller.platform, what }, 'handler failed');
      return say.failed(t('failed', { request: caller.requestId }));
    }
  }

  /** The form behind a token, or why there is none any more. */
  async function readForm(context: Context, token: string) {
    const t = chatTexts(context.locale);
    const owner = { person: context.person.id, municipality: context.municipality.id };
    const read = readFormToken(formKey, token, owner, context.now);
    if (!read.ok) return { ok: false as const, text: t(`form.${read.code}`) };
    const form = forms.get(read.claims.form);
    return form ? { ok: true as const, ...read.claims, form } : { ok: false as const, text: t('form.invalid') };
  }

  const nothingMore = { failed: sayOnlyToYou, again: (): Reply => ({ kind: 'none' }) };
  const onSubmit = {
    failed: (text: string): SubmitResult => ({ kind: 'refused', text }),
    again: (t: ReturnType<typeof chatTexts>): SubmitResult => ({ kind: 'done', card: textCard(t('form.done')) }),
  };

  const findDelivery = ({ municipalityId, platform }: Caller, ref: MessageRef) =>
    db.delivery.findFirst({ where: { municipalityId, platform, ...ref } });

  /** In a channel a sentence after every step is one too many: the card beside it says the same. */
  async function sayUnlessShown(caller: Caller, answer: Answer): Promise<Reply> {
    if (answer.kind !== 'shown') return answer;
    const pressed = caller.on && (await findDelivery(caller, caller.on));
    return pressed && answer.on.includes(pressed.key)
      ? { kind: 'none' }
      : { ...sayOnlyToYou(answer.text), instead: true };
  }

  async function replyTo(caller: Caller, context: Context, root: MessageRef, text: string): Promise<Reply | undefined> {
    const delivery = await findDelivery(caller, root);
    const view: MessageView | undefined = delivery ? messages.get(delivery.view) : undefined;
    return delivery && view?.onReply ? view.onReply(context, delivery.params, text) : undefined;
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
        nothingMore,
      ),

    press: (caller, actionId, payload) =>
      guarded(
        caller,
        `action ${actionId}`,
        async (context) => sayUnlessShown(caller, await runAction(context, actionId, payload)),
        nothingMore,
      ),

    submit: (caller, token, values) =>
      guarded<SubmitResult>(
        caller,
        'submit',
        async (context, request) => {
          const read = await readForm(context, token);
          if (!read.ok) return { kind: 'refused', text: read.text };
          const { form, params, formId } = read;
          if (!form.repeatable) request.once ??= `form:${formId}`;
          const outcome = await form.submit(context, params, values, formId);
          if (outcome.kind === 'done') return outcome;
          // A copy of what was just sent finds everything changed: by itself.
          if (await wasHandled(db, context.municipality.id, `form:${formId}`)) throw new AlreadyHandled();
          if (outcome.kind === 'refused') return outcome;
          const view = await form.view(context, params);
          const parts: FormPart[] = [...view.parts, ...(outcome.add ?? [])];
          return {
            kind: 'again',
            form: { token, view: await fillForm(context, sources, { ...view, parts }, values) },
            errors: outcome.errors,
          };
        },
        onSubmit,
      ),

    reopen: (caller, token, values) =>
      guarded<SubmitResult>(
        caller,
        'reopen',
        async (context) => {
          const read = await readForm(context, token);
          if (!read.ok) return { kind: 'refused', text: read.text };
          const view = await read.form.view(context, read.params);
          return { kind: 'again', form: { token, view: await fillForm(context, sources, view, values) }, errors: {} };
        },
        onSubmit,
      ),

    suggest: (caller, sourceId, query) =>
      guarded<Option[]>(
        caller,
        `source ${sourceId}`,
        async (context) => (await sources.get(sourceId)?.search(context, query)) ?? [],
        { failed: () => [], again: () => [] },
      ),

    reply: (caller, root, text) =>
      guarded(
        caller,
        'reply',
        async (context) =>
          (await replyTo(caller, context, root, text)) ?? sayOnlyToYou(chatTexts(context.locale)('reply.nowhere')),
        nothingMore,
      ),

    mention: (caller, text, root) =>
      guarded(
        caller,
        'mention',
        async (context) => {
          const found = findPublicCommand(commands, text);
          // Under one of the bot's own messages, what is no command is an answer to that message.
          const reply = found || !root ? undefined : await replyTo(caller, context, root, text);
          if (reply) return reply;
          const { command, text: rest } = found ?? findPublicCommand(commands, 'help') ?? {};
          return command?.inPublic
            ? { kind: 'card', card: await command.inPublic(context, rest ?? ''), visible: 'everyone' }
            : { kind: 'none' };
        },
        nothingMore,
      ),

    commandIn(said) {
      const found = findSaidCommand(commands, said);
      return found && { name: found.command.name, text: found.rest, isPublic: found.command.inPublic !== undefined };
    },

    welcome: (caller, said) =>
      guarded<Card>(
        caller,
        'welcome',
        async (context) => {
          const host = features.find((feature) => feature.welcome);
          return (await host?.welcome?.(context, said)) ?? textCard(chatTexts(context.locale)('home.heading'));
        },
        { failed: textCard, again: (t) => textCard(t('home.heading')) },
      ),

    show: (caller, ref) =>
      guarded<ShownMessage | undefined>(
        caller,
        'show',
        async (context) => {
          const delivery = await findDelivery(caller, ref);
          const card = delivery && (await messages.get(delivery.view)?.render(context, delivery.params));
          return card ? { card, readerId: context.person.id } : undefined;
        },
        { failed: () => undefined, again: () => undefined },
      ),

    search: (caller, query) =>
      guarded<SearchHit[]>(
        caller,
        'search',
        async (context) => {
          const searches = features.flatMap((feature) => (feature.search ? [feature.search(context, query)] : []));
          return (await Promise.all(searches)).flat();
        },
        { failed: () => [], again: () => [] },
      ),

    fromMessage: (caller, message) =>
      guarded(
        caller,
        'from message',
        async (context) => {
          const maker = features.find((feature) => feature.fromMessage);
          const reply = await maker?.fromMessage?.(context, message);
          return reply ?? sayOnlyToYou(chatTexts(context.locale)('message.nowhere'));
        },
        nothingMore,
      ),

    home: (caller) =>
      guarded<Card>(
        caller,
        'home',
        async (context) => {
          const sections = await Promise.all(homeSections.map((section) => section.render(context)));
          const parts = sections
            .filter((section) => section.length > 0)
            .flatMap((section, index): CardPart[] => [
              ...(index > 0 ? [{ kind: 'divider' as const }] : []),
              ...section,
            ]);
          return { summary: chatTexts(context.locale)('home.heading'), parts };
        },
        { failed: textCard, again: (t) => textCard(t('home.heading')) },
      ),

    preview: (caller, url) =>
      guarded<Card | undefined>(
        caller,
        'preview',
        async (context) => {
          const page = URL.canParse(url) ? new URL(url) : undefined;
          if (page?.origin !== new URL(dependencies.publicUrl()).origin) return undefined;
          for (const feature of features) {
            const card = await feature.preview?.(context, page.pathname);
            if (card) return card;
          }
          return undefined;
        },
        { failed: () => undefined, again: () => undefined },
      ),

    accountChanged: async (change) => dependencies.followAccount?.(change),

    visit: (visitor) => makeContext({ ...visitor, platform: 'web' }, { once: undefined, claimed: false }),

    commands: (locale, who) => listCommands(commands, locale, who),
    commandNames: () => [...new Set(commands.map(({ name }) => name))],
  };
}

/** One request on its way: `once` is written with its first write. */
interface Request {
  once: string | undefined;
  claimed: boolean;
}

/** Expected failures are values: `{ ok: false, code }`. */
function isRefusal(result: unknown): boolean {
  return typeof result === 'object' && result !== null && 'ok' in result && result.ok === false;
}

function indexById<T extends { id: string }>(items: T[]): Map<string, T> {
  const index = new Map(items.map((item) => [item.id, item]));
  if (index.size !== items.length) throw new Error('Two of a kind share an id; ids are unique over all features.');
  return index;
}
