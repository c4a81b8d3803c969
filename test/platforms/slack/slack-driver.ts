import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FormValues } from '../../../src/chat/form.js';
import { createLog } from '../../../src/operations/log.js';
import { createMetrics } from '../../../src/operations/metrics.js';
import { createReadiness } from '../../../src/operations/readiness.js';
import { createSlack } from '../../../src/platforms/slack/slack.js';
import { createServer } from '../../../src/web/server.js';
import { messageEvent } from '../../fakes/slack/events.js';
import { SEED, startFakeSlack, type FakeSlack } from '../../fakes/slack/fake-slack.js';
import { isObject, objectsAt, textAt, type JsonObject } from '../../fakes/slack/json.js';
import { richTextOf } from '../../fakes/slack/payloads.js';
import type { Ephemeral, Message, View } from '../../fakes/slack/types.js';
import { applyViewAnswer } from '../../fakes/slack/view-answers.js';
import { viewOnWire } from '../../fakes/slack/wire.js';
import type { Actor, Driver, SeenField, SeenForm, SeenMessage } from '../contract-driver.js';
import type { ContractTown, PersonKey } from '../contract-town.js';

const ADDRESSES: Record<PersonKey | 'channel', string> = {
  worker: SEED.worker,
  colleague: SEED.englishWorker,
  owner: SEED.regisseur,
  coordinator: SEED.coordinator,
  channel: SEED.regisseurChannel,
};

export const slackAddressOf = (key: PersonKey | 'channel'): string => ADDRESSES[key];

/** Uses Slack as its client does: signed requests to the real routes, and what the fake Slack then shows. */
export async function createSlackDriver(town: ContractTown): Promise<Driver> {
  const fake = await startFakeSlack();
  const log = createLog('silent');
  const slack = createSlack({
    config: {
      apiUrl: fake.apiUrl,
      inbound: { kind: 'http', signingSecret: fake.app.signingSecret },
      workspaces: { kind: 'one', botToken: fake.botToken },
    },
    encryptionKeys: [],
    db: town.db,
    chat: town.chat,
    log,
    now: town.now,
    municipalityId: town.municipality.id,
    municipality: () => Promise.resolve(town.municipality),
    baseUrl: () => 'http://127.0.0.1:3000',
  });
  const app = createServer({
    config: { host: '127.0.0.1', publicUrl: undefined, trustProxy: undefined, metricsToken: undefined },
    log,
    metrics: createMetrics({ process: false }),
    readiness: createReadiness({}),
    platforms: [slack.router],
  });
  const server = await new Promise<Server>((resolve) => {
    const listening: Server = app.listen(0, '127.0.0.1', () => resolve(listening));
  });
  fake.connectHttp(`http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`);
  const windows: Windows = new Map();
  return {
    platform: slack.platform,
    showsButtonsByViewer: false,
    as: (key) => actor(fake, ADDRESSES[key], windows),
    async stop() {
      await fake.settled();
      await slack.stop();
      await fake.close();
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      });
    },
  };
}

/** Cards that were shown in a window, which was then closed. */
type Windows = Map<string, SeenMessage[]>;

const views = new WeakMap<SeenForm, View>();
const targets = new WeakMap<SeenMessage, Message | Ephemeral>();

function actor(fake: FakeSlack, userId: string, windows: Windows): Actor {
  const user = fake.user(userId);
  const { world } = fake;
  const conversation = (where: 'direct' | 'channel') =>
    where === 'direct' ? world.directMessage(fake.team, userId).id : SEED.regisseurChannel;

  /** What an act put on the screen: a form, unfolded to see all of it, or a card in a window. */
  async function onScreen(): Promise<SeenForm | undefined> {
    await fake.settled();
    const view = fake.openView(userId);
    if (!view) return undefined;
    if (view.wire.submit === null) {
      windows.set(userId, [...(windows.get(userId) ?? []), seen(readView(view), world.nextTs(), 'direct', true)]);
      await user.closeView();
      return undefined;
    }
    const shown = new Set(inputsOf(view).map((block) => block.block_id));
    if (objectsAt(view.wire, 'blocks').some((block) => block.block_id === 'form.more')) {
      await user.press(view, 'form.more');
    }
    return readForm(view, {}, shown);
  }

  return {
    async command(text, where = 'direct') {
      const [, name = '', rest = ''] = /^(\S+)\s*([\s\S]*)$/.exec(text) ?? [];
      await user.command(name, escaped(rest), { channel: conversation(where) });
      return onScreen();
    },

    async read(where) {
      await fake.settled();
      const place = typeof where === 'string' ? where : where.thread.where;
      const thread = typeof where === 'string' ? undefined : where.thread.id;
      const channel = conversation(place);
      const messages = [
        ...fake.messages(channel).filter((message) => message.threadTs === thread),
        ...fake.ephemerals(userId).filter((one) => one.channel === channel && one.threadTs === thread),
      ];
      const found = messages.map((message) => {
        const one = { ...seen(readMessage(message), message.ts, place, 'from' in message), edited: isEdited(message) };
        targets.set(one, message);
        return one;
      });
      const cards = thread === undefined && place === 'direct' ? (windows.get(userId) ?? []) : [];
      return [...found, ...cards].sort((a, b) => Number(a.id) - Number(b.id));
    },

    async press(message, label) {
      const target = targetOf(message);
      const entry = entryOf(target, label);
      if (entry) await user.choose(target, String(entry.action_id), label);
      else await user.press(target, { label });
      return onScreen();
    },

    async choose(message, label, option) {
      const target = targetOf(message);
      const menu = elementsOf(target.blocks).find((element) => words(element.placeholder) === label);
      await user.choose(target, String(menu?.action_id), option);
      await onScreen();
    },

    async reply(message, text) {
      const place = world.channel(conversation(message.where));
      // As Slack writes down what is typed letter for letter.
      const typed = escaped(text);
      const reply: Message = {
        channel: place.id,
        ts: world.nextTs(),
        threadTs: message.id,
        user: userId,
        text: typed,
        blocks: richTextOf(typed),
        attachments: [],
        byBot: false,
        files: [],
        reactions: [],
        edits: [],
        deleted: false,
        unfurls: new Map(),
      };
      place.messages.push(reply);
      await fake.sendEvent(messageEvent(world, reply));
    },

    async search(form, fieldId, text) {
      const options = await user.typeSuggestion(viewOf(form), fieldId, text);
      return options.map((option) => ({ value: String(option.value), label: words(option.text) }));
    },

    async submit(form, values) {
      const view = viewOf(form);
      fill(view, values);
      const payload = {
        type: 'view_submission',
        team: { id: fake.team.id, domain: fake.team.domain },
        user: { id: userId, username: user.user.name, name: user.user.name, team_id: fake.team.id },
        api_app_id: fake.app.id,
        token: fake.app.verificationToken,
        trigger_id: '1.2.3',
        view: viewOnWire(view),
        response_urls: [],
        enterprise: null,
        is_enterprise_install: false,
      };
      // Past Slack's own client, which would not even send a form with an empty field.
      const answered = await fake.raw({
        contentType: 'application/x-www-form-urlencoded',
        body: new URLSearchParams({ payload: JSON.stringify(payload) }).toString(),
      });
      if (answered.status !== 200) throw new Error(`The form was answered ${answered.status}.`);
      const { action, errors } = applyViewAnswer(world, fake.team, view, answered);
      if (action !== 'errors' && view.wire.submit === null) return onScreen();
      return readForm(view, errors, new Set(inputsOf(view).map((block) => block.block_id)));
    },

    async switchLanguage(locale) {
      await fake.userChange(userId, { locale: locale === 'en' ? 'en-GB' : 'nl-NL' });
    },
  };
}

function seen(text: string, id: string, where: 'direct' | 'channel', onlyForYou: boolean): SeenMessage {
  const [words = '', buttons = ''] = text.split('\u0000');
  return { id, where, text: words, buttons: buttons ? buttons.split('\u0001') : [], onlyForYou, edited: false };
}

function targetOf(message: SeenMessage): Message | Ephemeral {
  const target = targets.get(message);
  if (!target) throw new Error('This message was not read by this driver.');
  return target;
}

function viewOf(form: SeenForm): View {
  const view = views.get(form);
  if (!view) throw new Error('This form was not opened by this driver.');
  return view;
}

/** Changed to the eye: Slack marks nothing when blocks are replaced. */
function isEdited(message: Message | Ephemeral): boolean {
  return 'edits' in message && message.edits.some(({ blocks }) => linesOf(blocks) !== linesOf(message.blocks));
}

function readMessage(message: Message | Ephemeral): string {
  if ('byBot' in message && !message.byBot) return unescaped(message.text);
  const { blocks, text } = message;
  return `${blocks.length > 0 ? linesOf(blocks) : unescaped(text)}\u0000${labelsOf(blocks).join('\u0001')}`;
}

function readView(view: View): string {
  return linesOf(objectsAt(view.wire, 'blocks'));
}

function labelsOf(blocks: JsonObject[]): string[] {
  return elementsOf(blocks).flatMap((element) => {
    if (element.type === 'button') return [words(element.text)];
    return element.type === 'overflow' ? objectsAt(element, 'options').map((option) => words(option.text)) : [];
  });
}

function entryOf({ blocks }: Message | Ephemeral, label: string): JsonObject | undefined {
  return elementsOf(blocks).find(
    (element) =>
      element.type !== 'button' && objectsAt(element, 'options').some((option) => words(option.text) === label),
  );
}

function elementsOf(blocks: JsonObject[]): JsonObject[] {
  return blocks.filter((block) => block.type === 'actions').flatMap((block) => objectsAt(block, 'elements'));
}

/** What can be read, parts under each other; a fact's name and value each on their own line. */
function linesOf(blocks: JsonObject[]): string {
  return blocks.flatMap(linesIn).join('\n');
}

function linesIn(block: JsonObject): string[] {
  switch (String(block.type)) {
    case 'header':
    case 'section':
      return [words(block.text)];
    case 'context':
      return objectsAt(block, 'elements').map((element) => textAt(element, 'text') ?? '');
    case 'image':
      return [textAt(block, 'alt_text') ?? ''];
    case 'actions':
      return elementsOf([block]).flatMap((element) =>
        element.type === 'static_select' ? [words(element.placeholder)] : [],
      );
    case 'rich_text':
      return objectsAt(block, 'elements').map((part) =>
        objectsAt(part, 'elements')
          .map((piece) => {
            const text = textAt(piece, 'text') ?? textAt(piece, 'url') ?? '';
            const isName = isObject(piece.style) && piece.style.bold === true;
            return isName ? text.replace(/: $/, '\n') : text;
          })
          .join(''),
      );
    default:
      return [];
  }
}

function inputsOf(view: View): JsonObject[] {
  return objectsAt(view.wire, 'blocks').filter((block) => block.type === 'input');
}

function readForm(view: View, errors: Record<string, string>, shown: Set<unknown>): SeenForm {
  const blocks = objectsAt(view.wire, 'blocks');
  const noteOf = (id: string) => blocks.find((block) => block.block_id === id);
  const said = (block: JsonObject | undefined) => (block ? words(block.text).replace('⚠️ ', '') : undefined);
  const fields = inputsOf(view).map((block): SeenField => {
    const id = String(block.block_id);
    return {
      id,
      label: words(block.label),
      value: valueOf(view, block),
      error: errors[id] ?? said(noteOf(`error:${id}:0`)),
      hidden: !shown.has(id),
    };
  });
  const form: SeenForm = {
    title: words(view.wire.title),
    fields,
    notes: blocks
      .filter((block) => block.type === 'section' && !/^(form\.alert|error:)/.test(String(block.block_id)))
      .map((block) => said(block) ?? ''),
    alert: said(noteOf('form.alert')),
    submitLabel: words(view.wire.submit),
  };
  views.set(form, view);
  return form;
}

function stateIn(view: View, block: JsonObject): { element: JsonObject; actionId: string; state: JsonObject } {
  const element = isObject(block.element) ? block.element : {};
  const actionId = String(element.action_id);
  return { element, actionId, state: view.values[String(block.block_id)]?.[actionId] ?? {} };
}

function valueOf(view: View, block: JsonObject): SeenField['value'] {
  const { element, state } = stateIn(view, block);
  const chosen = objectsAt(state, 'selected_options').map((option) => String(option.value));
  if (element.type === 'checkboxes') return chosen.length > 0;
  if (String(element.type).startsWith('multi_')) return chosen;
  if (isObject(state.selected_option)) return String(state.selected_option.value);
  return textAt(state, 'value') ?? textAt(state, 'selected_date') ?? '';
}

/** Puts values in the fields, whatever Slack's client would say of them. */
function fill(view: View, values: FormValues): void {
  for (const block of inputsOf(view)) {
    const id = String(block.block_id);
    if (!(id in values)) continue;
    const { element, actionId } = stateIn(view, block);
    (view.values[id] ??= {})[actionId] = stateFor(String(element.type), values[id]);
  }
}

function stateFor(type: string, value: FormValues[string]): JsonObject {
  const option = (chosen: string) => ({ text: { type: 'plain_text', text: chosen, emoji: true }, value: chosen });
  const list = Array.isArray(value) ? value : [];
  switch (type) {
    case 'checkboxes':
      return { type, selected_options: value === true ? [option('yes')] : [] };
    case 'multi_static_select':
    case 'multi_external_select':
      return { type, selected_options: list.map(option) };
    case 'static_select':
    case 'external_select':
      return { type, selected_option: typeof value === 'string' ? option(value) : null };
    case 'datepicker':
      return { type, selected_date: typeof value === 'string' ? value : null };
    default:
      return { type, value: typeof value === 'string' ? value : null };
  }
}

function words(value: unknown): string {
  return isObject(value) ? (textAt(value, 'text') ?? '') : '';
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&').replaceAll('\u200B', '');
}
