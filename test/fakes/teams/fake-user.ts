import { activityFrom, type Place } from './activities.js';
import type { BotAnswer, FakeTeams } from './fake-teams.js';
import { wrongWithCard } from './card-rules.js';
import { at, elementsIn, isJson, listAt, textAt, type Json } from './json.js';
import type { FakeMessage, FakePerson } from './world.js';

/** A window of Teams that shows a card. */
export interface Dialog {
  title: string;
  card: Json;
  /** What stands in the inputs. */
  values: Record<string, string>;
  /** Opened from a message extension: then it is sent elsewhere. */
  extension: boolean;
  place: Place;
}

/** Somebody with Teams open. */
export class FakeTeamsUser {
  /** The window that is open. */
  dialog: Dialog | undefined;
  /** Words Teams showed under a card, or in a window without a card. */
  readonly toasts: string[] = [];
  readonly #own = new Map<FakeMessage, Json>();

  constructor(
    readonly teams: FakeTeams,
    readonly person: FakePerson,
  ) {}

  get chat(): string {
    if (this.person.chat === undefined) throw new Error(`${this.person.name} does not have the app.`);
    return this.person.chat;
  }

  /** Types to the bot in their own chat. */
  say(text: string, more: Json = {}): Promise<BotAnswer> {
    this.keep(this.chat, text);
    return this.teams.deliver(
      activityFrom(
        this.teams,
        'message-personal',
        this.person,
        { chat: this.chat },
        { text, ...htmlOf(text), ...more },
      ),
    );
  }

  /** Answers one message in their own chat: Teams has no threads there, it quotes. */
  quote(message: FakeMessage, text: string): Promise<BotAnswer> {
    this.keep(this.chat, text);
    const escaped = escapeHtml(text);
    const content = `<blockquote itemscope="" itemtype="http://schema.skype.com/Reply" itemid="${message.id}"><strong itemprop="mri" itemid="28:bot">Wijksignaal</strong><span itemprop="time" itemid="${message.id}"></span><p itemprop="preview">Card</p></blockquote><p>${escaped}</p>`;
    return this.teams.deliver(
      activityFrom(
        this.teams,
        'message-personal',
        this.person,
        { chat: this.chat },
        {
          text: `Wijksignaal Card ${text}`,
          attachments: [{ contentType: 'text/html', content }],
        },
      ),
    );
  }

  /** Writes in a channel; `mention`: to the bot. In a thread with `root`. */
  async post(channel: string, text: string, { mention = false, root }: { mention?: boolean; root?: string } = {}) {
    const id = this.teams.world.nextId();
    const place: Place = { channel, root: root ?? id };
    const bot = { id: `28:${this.teams.bot.appId}`, name: 'Wijksignaal' };
    const said = mention ? `<at>${bot.name}</at> ${text}` : text;
    this.keep(`${channel};messageid=${root ?? id}`, text, id);
    const answer = await this.teams.deliver(
      activityFrom(this.teams, 'message-channel', this.person, place, {
        id,
        text: said,
        ...htmlOf(said),
        ...(mention && { entities: [{ type: 'mention', mentioned: bot, text: `<at>${bot.name}</at>` }] }),
      }),
    );
    return { answer, id, root: root ?? id };
  }

  /** Writes in a group chat; `mention`: to the bot. */
  async chatIn(group: string, text: string, { mention = false, ...more }: { mention?: boolean } & Json = {}) {
    const bot = { id: `28:${this.teams.bot.appId}`, name: 'Wijksignaal' };
    const said = mention ? `<at>${bot.name}</at> ${text}` : text;
    this.keep(group, text);
    return this.teams.deliver(
      activityFrom(
        this.teams,
        'message-group',
        this.person,
        { group },
        {
          text: said,
          ...htmlOf(said),
          ...(mention && { entities: [{ type: 'mention', mentioned: bot, text: `<at>${bot.name}</at>` }] }),
          ...more,
        },
      ),
    );
  }

  /** The card as this person sees it: Teams asks for their own where the card says so. */
  async view(message: FakeMessage): Promise<Json> {
    const card = message.card;
    if (!card) throw new Error('This message has no card.');
    const viewers = at(card, 'refresh', 'userIds');
    if (Array.isArray(viewers) && viewers.includes(this.person.mri)) {
      await this.execute(message, at(card, 'refresh', 'action') as Json, {}, 'automatic');
    }
    return this.#own.get(message) ?? card;
  }

  /** What stands in place of the message for this viewer, without Teams asking anew. */
  own(message: FakeMessage): Json | undefined {
    return this.#own.get(message);
  }

  /** Puts back what stood in place of the message for this viewer: a screen that was not refreshed. */
  see(message: FakeMessage, card: Json): void {
    this.#own.set(message, card);
  }

  /** Presses the action with this title on a card, and fills in the inputs beside it. */
  async press(message: FakeMessage, title: string, values: Record<string, string> = {}): Promise<void> {
    const card = this.#own.get(message) ?? (await this.view(message));
    const action = actionCalled(card, title);
    if (!action) throw new Error(`There is no "${title}" on this card: ${titlesIn(card).join(', ')}.`);
    await this.doAction(message, action, values);
  }

  /** Chooses in the menu of a card with this label, and confirms. */
  async choose(message: FakeMessage, option: string): Promise<void> {
    const card = this.#own.get(message) ?? (await this.view(message));
    const body = listAt(card, 'body');
    const at = body.findIndex((element) => listAt(element, 'choices').some((choice) => choice['title'] === option));
    const menu = body[at];
    const value = menu && listAt(menu, 'choices').find((choice) => choice['title'] === option)?.['value'];
    const [go] = listAt(body[at + 1], 'actions');
    if (!menu || !go || typeof value !== 'string') throw new Error(`No menu offers "${option}".`);
    await this.doAction(message, go, { [String(menu['id'])]: value });
  }

  /** What a card's submit, execute or link does. */
  private async doAction(message: FakeMessage, action: Json, values: Record<string, string>): Promise<void> {
    switch (action['type']) {
      case 'Action.Execute':
        return this.execute(message, action, values, 'manual');
      case 'Action.Submit':
        if (at(action, 'data', 'msteams', 'type') === 'task/fetch') return this.openDialog(message, action);
        await this.sendCard(message, action, values);
        return;
      default:
        throw new Error(`${String(action['type'])} is not for the bot.`);
    }
  }

  private async sendCard(message: FakeMessage, action: Json, values: Record<string, string>): Promise<void> {
    const place = this.placeOf(message);
    await this.teams.deliver(
      activityFrom(this.teams, 'message-card-submit', this.person, place, {
        value: { ...(action['data'] as Json), ...values },
        replyToId: message.id,
      }),
    );
  }

  private async execute(
    message: FakeMessage,
    action: Json,
    values: Record<string, string>,
    trigger: 'manual' | 'automatic',
  ): Promise<void> {
    const answer = await this.invoke(
      'adaptiveCard/action',
      this.placeOf(message),
      {
        action: {
          type: 'Action.Execute',
          id: '',
          verb: action['verb'],
          data: { ...(action['data'] as Json), ...values },
        },
        trigger,
      },
      { replyToId: message.id },
    );
    if (answer.status !== 200) throw new Error(`A press was answered ${answer.status}.`);
    const kind = textAt(answer.body, 'type') ?? '';
    const value = answer.body['value'];
    if (kind === 'application/vnd.microsoft.activity.message') this.toasts.push(String(value));
    else if (kind === 'application/vnd.microsoft.card.adaptive' && isJson(value)) {
      this.teams.complain(...wrongWithCard(value));
      this.#own.set(message, value);
    } else throw new Error(`A press was answered with ${kind}.`);
  }

  private async openDialog(message: FakeMessage, action: Json): Promise<void> {
    const place = this.placeOf(message);
    const answer = await this.invoke('task/fetch', place, {
      data: { ...(action['data'] as Json) },
      context: { theme: 'default' },
    });
    this.showTask(answer, place, false);
  }

  /** The message extension's action, from the message box or on a message. */
  async openExtension(commandId: string, place: Place, messagePayload?: Json): Promise<void> {
    const answer = await this.invoke('composeExtension/fetchTask', place, {
      commandId,
      commandContext: messagePayload ? 'message' : 'compose',
      requestId: 'request',
      context: { theme: 'default' },
      ...(messagePayload && { messagePayload }),
    });
    this.showTask(answer, place, true);
  }

  /** Sends the open window with these values changed. `copies`: pressed more than once at once. */
  async submit(
    values: Record<string, string> = {},
    { copies = 1, title }: { copies?: number; title?: string } = {},
  ): Promise<BotAnswer[]> {
    const { dialog } = this;
    if (!dialog) throw new Error('No window is open.');
    Object.assign(dialog.values, values);
    const action = title === undefined ? listAt(dialog.card, 'actions')[0] : actionCalled(dialog.card, title);
    if (!action) throw new Error(`This window has nothing to send: ${wordsIn(dialog.card)}`);
    const data = { ...(action['data'] as Json), ...dialog.values };
    const name = dialog.extension ? 'composeExtension/submitAction' : 'task/submit';
    const answers = await Promise.all(
      Array.from({ length: copies }, () =>
        this.invoke(name, dialog.place, {
          data,
          context: { theme: 'default' },
          ...(dialog.extension && { commandId: 'fileSignal' }),
        }),
      ),
    );
    const last = answers.at(-1);
    if (last) this.showTask(last, dialog.place, dialog.extension);
    return answers;
  }

  /** What a search field offers. */
  async typeahead(dataset: string, queryText: string): Promise<{ title: string; value: string }[]> {
    const answer = await this.invoke(
      'application/search',
      { chat: this.chat },
      {
        queryText,
        queryOptions: { skip: 0, top: 15 },
        dataset,
      },
    );
    return listAt(answer.body, 'value', 'results').map(({ title, value }) => ({
      title: String(title),
      value: String(value),
    }));
  }

  invoke(name: string, place: Place, value: unknown, more: Json = {}): Promise<BotAnswer> {
    return this.teams.deliver(activityFrom(this.teams, 'invoke', this.person, place, { name, value, ...more }));
  }

  private showTask(answer: BotAnswer, place: Place, extension: boolean): void {
    if (answer.status !== 200) throw new Error(`A window was answered ${answer.status}.`);
    const type = at(answer.body, 'task', 'type');
    if (type === 'message') {
      this.toasts.push(String(at(answer.body, 'task', 'value')));
      this.dialog = undefined;
      return;
    }
    const card = at(answer.body, 'task', 'value', 'card', 'content');
    if (type !== 'continue' || !isJson(card)) throw new Error('A window without a card.');
    const title = textAt(answer.body, 'task', 'value', 'title') ?? '';
    if (title === '' || title.length > 64) this.teams.complain(`A window is called "${title}".`);
    this.teams.complain(...wrongWithCard(card, 'dialog'));
    this.dialog = { title, card, values: valuesIn(card), extension, place };
  }

  /** Puts the app in their personal chat, or takes it away: two activities with one timestamp, as Teams does. */
  async install(action: 'add' | 'remove' | 'add-upgrade' = 'add'): Promise<void> {
    const { world } = this.teams;
    const chat = this.person.chat ?? `a:1${this.person.name.toLowerCase().replaceAll(/\W+/g, '.')}`;
    world.knownChats.add(chat);
    this.person.chat = action === 'remove' ? undefined : chat;
    const bot = { id: `28:${this.teams.bot.appId}` };
    await this.teams.deliver(activityFrom(this.teams, 'installation-update', this.person, { chat }, { action }));
    if (action !== 'add') return;
    await this.teams.deliver(
      activityFrom(
        this.teams,
        'conversation-update',
        this.person,
        { chat },
        { membersAdded: [bot, { id: this.person.mri }] },
      ),
    );
  }

  private placeOf({ conversationId }: FakeMessage): Place {
    const [channel = '', root] = conversationId.split(';messageid=');
    if (conversationId === this.person.chat) return { chat: conversationId };
    if (this.teams.world.group(conversationId)) return { group: conversationId };
    return root === undefined ? { channel } : { channel, root };
  }

  private keep(conversationId: string, text: string, id = this.teams.world.nextId()): void {
    this.teams.world.messages.push({
      id,
      conversationId,
      from: this.person.mri,
      text,
      summary: '',
      card: undefined,
      edits: [],
    });
  }
}

/**
 * What can be read in a card, its parts under each other, hidden ones left out.
 *
 * @param behindName what stands between a name in bold and its value.
 */
export function wordsIn(card: Json, behindName = ': '): string {
  const lines = (element: Json): string[] => {
    if (element['isVisible'] === false) return [];
    switch (element['type']) {
      case 'RichTextBlock':
        return [
          listAt(element, 'inlines')
            .map((run) =>
              run['weight'] === 'Bolder' ? String(run['text']).replace(/: $/, behindName) : String(run['text']),
            )
            .join('')
            .replaceAll('\u00a0', ''),
        ];
      case 'Container':
        return listAt(element, 'items').flatMap(lines);
      case 'Image':
        return [String(element['altText'])];
      case 'Input.ChoiceSet':
        return [textAt(element, 'label') ?? ''];
      default:
        return [];
    }
  };
  return [...listAt(card, 'body').flatMap(lines), ...listAt(card, 'actions').map(({ title }) => String(title))].join(
    '\n',
  );
}

export function titlesIn(card: Json): string[] {
  return elementsIn(card)
    .filter(({ type }) => String(type).startsWith('Action.'))
    .map(({ title }) => String(title));
}

function actionCalled(card: Json, title: string): Json | undefined {
  return elementsIn(card).find(
    (element) => String(element['type']).startsWith('Action.') && element['title'] === title,
  );
}

function valuesIn(card: Json): Record<string, string> {
  const inputs = elementsIn(card).filter(({ type }) => String(type).startsWith('Input.'));
  return Object.fromEntries(inputs.map((input) => [String(input['id']), textAt(input, 'value') ?? '']));
}

function htmlOf(text: string): Json {
  const content = `<p>${text
    .split('\n')
    .map((line) => escapeHtml(line))
    .join('<br>')}</p>`;
  return { attachments: [{ contentType: 'text/html', content }] };
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
