import type { Card } from '../../../src/chat/card.js';
import type { Chat, SubmitResult } from '../../../src/chat/chat.js';
import type { Reply } from '../../../src/chat/feature.js';
import type { OpenForm } from '../../../src/chat/form.js';
import { features } from '../../../src/features.js';
import type { Db } from '../../../src/storage/database.js';
import { deliverAll } from '../../support/deliver-all.js';
import type { Town } from '../../support/town.js';

/** Something that people see, as plain data: what a platform has to draw. */
export type SeenView =
  | { as: 'form'; form: OpenForm; errors: Record<string, string> }
  /** What stands where the form was. */
  | { as: 'confirmation'; card: Card; title: string }
  /** For who asked alone, never edited. */
  | { as: 'answer'; card: Card }
  /** Owed, delivered, edited later; `mail`: where its reader has no chat. */
  | { as: 'message'; card: Card; readerId: string | undefined }
  | { as: 'home'; card: Card }
  | { as: 'preview'; card: Card };

/** The first of each kind of view that appears, under a name that is the same in every run, by capability. */
export interface SeenViews {
  byFeature: Map<string, Map<string, SeenView>>;
  /** Ids of what was opened, shown, pressed and said. */
  used: Record<'forms' | 'messages' | 'actions', Set<string>>;
  commands: string[];
  /** Sends what is owed and looks at it. */
  deliver(): Promise<void>;
  /** Looks at the same under another name: as another kind of person sees it. */
  as<T>(who: string, work: () => Promise<T>): Promise<T>;
}

const OWNERS = new Map(
  features.flatMap(({ name, forms = [], messages = [], actions = [] }) => [
    ...forms.map(({ id }): [string, string] => [`form ${id}`, name]),
    ...messages.map(({ id }): [string, string] => [`message ${id}`, name]),
    ...actions.map(({ id }): [string, string] => [`action ${id}`, name]),
  ]),
);

/** Short words in what something was opened with: which step, which kind. Ids and numbers tell no views apart. */
function wordsIn(params: unknown): string {
  const words = Object.entries(params ?? {})
    .filter(([, value]) => typeof value === 'boolean' || /^[a-z_]{1,20}$/.test(String(value)))
    .map(([key, value]) => `${key} ${String(value)}`);
  return words.length > 0 ? `, ${words.join(', ')}` : '';
}

const said = (card: Card) => JSON.stringify(card).replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '');

/** Watches a town's chat: whatever it shows anybody is kept. */
export function watchViews(db: Db, town: Town): SeenViews {
  const { municipalityId } = town;
  const byFeature: SeenViews['byFeature'] = new Map();
  const used: SeenViews['used'] = { forms: new Set(), messages: new Set(), actions: new Set() };
  const commands: string[] = [];
  const titles = new Map<string, string>();
  let who = '';
  const keep = (feature: string, name: string, view: SeenView) => {
    const views = byFeature.get(feature) ?? new Map<string, SeenView>();
    byFeature.set(feature, views);
    const whole = who ? `${name}, ${who}` : name;
    if (!views.has(whole)) views.set(whole, view);
  };
  const formOf = (token: string) => {
    const [claims = ''] = token.split('.');
    const { form, params } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as {
      form: string;
      params: object;
    };
    return { id: form, name: `form ${form}${wordsIn(params)}`, feature: OWNERS.get(`form ${form}`) ?? 'chat' };
  };
  const keepForm = (form: OpenForm, errors?: Record<string, string>) => {
    const { id, name, feature } = formOf(form.token);
    used.forms.add(id);
    titles.set(form.token, form.view.title);
    keep(feature, errors ? `${name}, again${wordsOf(errors)}` : name, { as: 'form', form, errors: errors ?? {} });
  };
  const keepReply = (feature: string, name: string, reply: Reply) => {
    if (reply.kind === 'form') keepForm(reply.form);
    if (reply.kind === 'card') keep(feature, name, { as: 'answer', card: reply.card });
    return reply;
  };
  const keepResult = (token: string, result: SubmitResult) => {
    if (result.kind === 'again') keepForm(result.form, result.errors);
    if (result.kind === 'done') {
      const { name, feature } = formOf(token);
      keep(feature, `${name}, done`, { as: 'confirmation', card: result.card, title: titles.get(token) ?? '' });
    }
    return result;
  };
  const chat: Chat = { ...town.chat };
  const watched: Partial<Chat> = {
    async command(caller, name, text) {
      const [word = ''] = text.split(' ');
      commands.push(`${name} ${word}`.trim());
      return keepReply('commands', `${name} ${text}`.trim(), await chat.command(caller, name, text));
    },
    async press(caller, id, payload) {
      used.actions.add(id);
      const feature = OWNERS.get(`action ${id}`) ?? 'chat';
      return keepReply(feature, `action ${id}${wordsIn(payload)}`, await chat.press(caller, id, payload));
    },
    submit: async (caller, token, values) => keepResult(token, await chat.submit(caller, token, values)),
    reply: async (caller, root, text) => keepReply('chat', 'reply', await chat.reply(caller, root, text)),
    fromMessage: async (caller, message) =>
      keepReply('chat', 'from a message', await chat.fromMessage(caller, message)),
    async mention(caller, text, root) {
      return keepReply('chat', `mention ${text}`, await chat.mention(caller, text, root));
    },
    async welcome(caller, said) {
      const card = await chat.welcome(caller, said);
      keep('chat', said ? 'not understood' : 'welcome', { as: 'answer', card });
      return card;
    },
    async home(caller) {
      const card = await chat.home(caller);
      keep('chat', 'home', { as: 'home', card });
      return card;
    },
    async preview(caller, url) {
      const card = await chat.preview(caller, url);
      if (card) keep('chat', `preview of ${new URL(url).pathname}`, { as: 'preview', card });
      return card;
    },
  };
  Object.assign(town.chat, watched);
  return {
    byFeature,
    used,
    commands,
    async as(name, work) {
      who = name;
      try {
        return await work();
      } finally {
        who = '';
      }
    },
    async deliver() {
      const arrived = await deliverAll({ db }, town);
      // What is due at one moment has no order: the same one is kept in every run.
      for (const { card, deliveryId } of arrived.toSorted((one, other) =>
        said(one.card) < said(other.card) ? -1 : 1,
      )) {
        const key = { municipalityId_id: { municipalityId, id: deliveryId } };
        const { view, params, personId } = await db.delivery.findUniqueOrThrow({ where: key });
        used.messages.add(view);
        const name = `message ${view}${wordsIn(params)}${await subjectOf(params)}`;
        keep(OWNERS.get(`message ${view}`) ?? 'chat', name, { as: 'message', card, readerId: personId ?? undefined });
      }
    },
  };

  /** What a message is about tells one notice from another: which step, or how the signal stands. */
  async function subjectOf(params: unknown): Promise<string> {
    const { entryId, signalId } = params as { entryId?: string; signalId?: string };
    if (entryId) {
      const entry = await db.timelineEntry.findUnique({
        where: { municipalityId_id: { municipalityId, id: entryId } },
      });
      return entry ? `, ${entry.toStatus ?? entry.kind}` : '';
    }
    const signal = signalId && (await town.signal(signalId));
    return signal ? `, ${signal.status}` : '';
  }
}

function wordsOf(errors: Record<string, string>): string {
  const fields = Object.keys(errors);
  return fields.length > 0 ? ` at ${fields.toSorted().join(' and ')}` : '';
}
