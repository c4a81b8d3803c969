import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FormValues } from '../../../src/chat/form.js';
import { createLog } from '../../../src/operations/log.js';
import { createMetrics } from '../../../src/operations/metrics.js';
import { createReadiness } from '../../../src/operations/readiness.js';
import { createTeams } from '../../../src/platforms/teams/teams.js';
import { createServer } from '../../../src/web/server.js';
import { FakeTeams, SEED } from '../../fakes/teams/fake-teams.js';
import { titlesIn, wordsIn, type Dialog, type FakeTeamsUser } from '../../fakes/teams/fake-user.js';
import { at, elementsIn, listAt, textAt, type Json } from '../../fakes/teams/json.js';
import type { FakeMessage } from '../../fakes/teams/world.js';
import type { Actor, Driver, SeenField, SeenForm, SeenMessage } from '../contract-driver.js';
import type { ContractTown, PersonKey } from '../contract-town.js';

const ADDRESSES: Record<PersonKey | 'channel', string> = {
  worker: SEED.worker,
  colleague: SEED.englishWorker,
  owner: SEED.regisseur,
  coordinator: SEED.coordinator,
  channel: SEED.regisseurChannel,
};

export const teamsAddressOf = (key: PersonKey | 'channel'): string => ADDRESSES[key];

/** Uses Teams as its client does: signed activities to the real route, and what the fake Teams then shows. */
export async function createTeamsDriver(town: ContractTown): Promise<Driver> {
  const fake = await FakeTeams.start();
  fake.pace.limits = [];
  const log = createLog('silent');
  const { appId, password, tenantId } = fake.bot;
  const teams = createTeams({
    config: {
      bot: { appId, password, tenantId },
      openIdMetadataUrl: `${fake.url}/openid`,
      loginUrl: `${fake.url}/login`,
      allowAnonymous: false,
    },
    host: { host: '127.0.0.1' },
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
    platforms: [teams.router],
  });
  const server = await new Promise<Server>((resolve) => {
    const listening: Server = app.listen(0, '127.0.0.1', () => resolve(listening));
  });
  fake.connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const users = new Map<string, FakeTeamsUser>();
  const userOf = (key: PersonKey) => {
    const known = users.get(key) ?? fake.user(ADDRESSES[key]);
    users.set(key, known);
    return known;
  };
  fake.world.person(SEED.englishWorker).locale = 'nl-BE';
  // Everybody has used the bot before: it can write to them, and knows whose cards to draw.
  for (const key of ['worker', 'colleague', 'owner', 'coordinator'] as const) await userOf(key).say('help');
  fake.world.messages.splice(0);
  return {
    platform: teams.platform,
    showsButtonsByViewer: true,
    answersApart: true,
    threadsIn: 'channel',
    as: (key) => actor(fake, userOf(key)),
    async stop() {
      await fake.settled();
      teams.stop();
      await fake.close();
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      });
      if (fake.complaints.length > 0) throw new Error(`Teams would not have shown this: ${fake.complaints.join(' ')}`);
    },
  };
}

const forms = new WeakMap<SeenForm, Open>();
const targets = new WeakMap<SeenMessage, FakeMessage>();
/** Cards that were shown in a window, which was then closed. */
const windows = new WeakMap<FakeTeamsUser, SeenMessage[]>();

/** A form on the screen: in a window, or in the viewer's own copy of a card. */
type Open = { dialog: Dialog } | { message: FakeMessage; card: Json };

function actor(fake: FakeTeams, user: FakeTeamsUser): Actor {
  const channel = SEED.regisseurChannel;

  function onScreen(): SeenForm | undefined {
    const { dialog } = user;
    if (!dialog) return undefined;
    if (!isForm(dialog.card) && !hasAlert(dialog.card)) {
      const seen: SeenMessage = {
        ...seenCard(dialog.card),
        id: fake.world.nextId(),
        where: 'direct',
        onlyForYou: true,
        edited: false,
      };
      windows.set(user, [...(windows.get(user) ?? []), seen]);
      user.dialog = undefined;
      return undefined;
    }
    return readForm(dialog.card, dialog.title, { dialog });
  }

  /** Opens the form that a message offers, as typing a command leads to. */
  async function openOffered(before: number): Promise<SeenForm | undefined> {
    const offer = fake.world.messages
      .slice(before)
      .findLast(({ card }) => card && titlesIn(card).includes('Open het formulier'));
    const english = fake.world.messages
      .slice(before)
      .findLast(({ card }) => card && titlesIn(card).includes('Open the form'));
    const message = offer ?? english;
    if (!message) return undefined;
    await user.press(message, offer ? 'Open het formulier' : 'Open the form');
    return onScreen();
  }

  return {
    async command(text, where = 'direct') {
      const before = fake.world.messages.length;
      if (where === 'direct') await user.say(text);
      else await user.post(channel, text.replace(/^\//, ''), { mention: true });
      return openOffered(before);
    },

    async read(where) {
      await fake.settled();
      const place = typeof where === 'string' ? where : where.thread.where;
      const thread = typeof where === 'string' ? undefined : targetOf(where.thread);
      const all = fake.messages(place === 'direct' ? user.chat : channel);
      const inThread = (message: FakeMessage) =>
        thread && message !== thread && message.conversationId === thread.conversationId;
      // Answers under what people wrote stand in the channel; those under our own cards in their thread.
      const underOurs = (message: FakeMessage) => {
        const root = fake.world.message(message.conversationId, message.conversationId.split(';messageid=')[1] ?? '');
        return root !== undefined && root !== message && root.from === 'bot';
      };
      const shown = thread ? all.filter(inThread) : all.filter((message) => place === 'direct' || !underOurs(message));
      const found: SeenMessage[] = [];
      for (const message of shown) {
        const card = message.card && (await user.view(message));
        const one: SeenMessage = {
          ...(card ? seenCard(card) : { text: message.text, buttons: [] }),
          id: message.id,
          where: place,
          onlyForYou: place === 'direct',
          edited: message.edits.some((before) => JSON.stringify(before) !== JSON.stringify(message.card)),
        };
        targets.set(one, message);
        found.push(one);
      }
      const cards = !thread && place === 'direct' ? (windows.get(user) ?? []) : [];
      return [...found, ...cards].sort((a, b) => Number(a.id) - Number(b.id));
    },

    async press(message, label) {
      const target = targetOf(message);
      const card = await user.view(target);
      if (titlesIn(card).includes(label)) await user.press(target, label);
      else await user.choose(target, label);
      if (user.dialog) return onScreen();
      const own = await shownTo(user, target);
      return own && isForm(own) ? readForm(own, '', { message: target, card: own }) : undefined;
    },

    async choose(message, _label, option) {
      await user.choose(targetOf(message), option);
    },

    async reply(message, text) {
      const target = targetOf(message);
      if (message.where === 'direct') await user.quote(target, text);
      else await user.post(channel, text, { root: target.conversationId.split(';messageid=')[1] ?? target.id });
    },

    async search(form, fieldId, text) {
      const field = inputsOf(cardOf(form)).find(({ id }) => id === fieldId);
      const found = await user.typeahead(String(at(field, 'choices.data', 'dataset')), text);
      return found.map(({ title, value }) => ({ value, label: title }));
    },

    async submit(form, values) {
      const open = openOf(form);
      const typed = toTeams(values);
      if ('dialog' in open) {
        user.dialog = open.dialog;
        await user.submit(typed);
        return onScreen();
      }
      const [send] = listAt(open.card, 'actions');
      await user.press(open.message, String(send?.['title']), { ...startingValues(open.card), ...typed });
      const own = await shownTo(user, open.message);
      return own && (isForm(own) || hasAlert(own))
        ? readForm(own, '', { message: open.message, card: own })
        : undefined;
    },

    switchLanguage(locale) {
      user.person.locale = locale === 'en' ? 'en-GB' : 'nl-NL';
      return Promise.resolve();
    },
  };
}

/** What stands in place of the message for this viewer now, without Teams asking anew. */
function shownTo(user: FakeTeamsUser, message: FakeMessage): Promise<Json | undefined> {
  return Promise.resolve(user.own(message));
}

function seenCard(card: Json): Pick<SeenMessage, 'text' | 'buttons'> {
  const presses = elementsIn(listAt(card, 'body'))
    .filter(({ type }) => type === 'Action.Execute' || type === 'Action.Submit')
    .filter((action) => at(action, 'data', 'wijk', 'do') === 'press');
  const menu = listAt(card, 'body').filter(({ id }) => String(id).startsWith('more:'));
  const folded = menu.flatMap((each) => listAt(each, 'choices'));
  const text = wordsIn({ ...card, actions: [] }, '\n').split('\n');
  const links = listAt(card, 'actions').map(({ title }) => String(title));
  const words = text.filter((line) => !menu.some(({ label }) => label === line));
  return {
    text: [...words, ...links.filter((title) => title !== 'Alle signalen' && title !== 'All signals')].join('\n'),
    buttons: [...presses, ...folded].map(({ title }) => String(title)),
  };
}

const inputsOf = (card: Json): Json[] => elementsIn(card).filter(({ type }) => String(type).startsWith('Input.'));
const isForm = (card: Json): boolean => at(listAt(card, 'actions')[0], 'data', 'wijk', 'do') === 'submit';
const hasAlert = (card: Json): boolean => elementsIn(card).some(({ id }) => id === 'alert');

function readForm(card: Json, dialogTitle: string, open: Open): SeenForm {
  const hidden = new Set(
    elementsIn(card)
      .filter(({ isVisible }) => isVisible === false)
      .flatMap(inputsOf),
  );
  const fields = inputsOf(card).map((input): SeenField => {
    const error = elementsIn(card).find(({ id }) => id === `error:${String(input['id'])}`);
    return {
      id: String(input['id']),
      label: textAt(input, 'label') ?? '',
      value: valueOf(input),
      error: error && wordsIn({ body: [error] }),
      hidden: hidden.has(input),
    };
  });
  const alert = elementsIn(card).find(({ id }) => id === 'alert');
  const notes = listAt(card, 'body').filter(
    ({ type, id, style }) => type === 'Container' && id === undefined && style === 'warning',
  );
  const form: SeenForm = {
    title: dialogTitle || wordsIn({ body: listAt(card, 'body').slice(0, 1) }),
    fields,
    notes: notes.map((note) => wordsIn({ body: [note] })),
    alert: alert && wordsIn({ body: [alert] }),
    submitLabel: String(listAt(card, 'actions')[0]?.['title'] ?? ''),
  };
  forms.set(form, open);
  return form;
}

function valueOf(input: Json): SeenField['value'] {
  const value = textAt(input, 'value') ?? '';
  if (input['type'] === 'Input.Toggle') return value === 'true';
  return input['isMultiSelect'] === true ? value.split(',').filter(Boolean) : value;
}

function startingValues(card: Json): Record<string, string> {
  return Object.fromEntries(inputsOf(card).map((input) => [String(input['id']), textAt(input, 'value') ?? '']));
}

/** As Teams writes them down: lists joined by commas, ticks as words, nothing as nothing. */
function toTeams(values: FormValues): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).map(([id, value]) => [id, Array.isArray(value) ? value.join(',') : String(value ?? '')]),
  );
}

function targetOf(message: SeenMessage): FakeMessage {
  const target = targets.get(message);
  if (!target) throw new Error('This message was not read by this driver.');
  return target;
}

function openOf(form: SeenForm): Open {
  const open = forms.get(form);
  if (!open) throw new Error('This form was not opened by this driver.');
  return open;
}

function cardOf(form: SeenForm): Json {
  const open = openOf(form);
  return 'dialog' in open ? open.dialog.card : open.card;
}
