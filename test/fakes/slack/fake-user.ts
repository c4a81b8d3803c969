import { elementsOf } from './block-kit/blocks.js';
import { problemsOf, wordsOf } from './block-kit/checks.js';
import { suggestionAnswer } from './block-kit/composition.js';
import { isChecked, requireAnswer, requireEmpty, type BotAnswer, type DeliveryOptions } from './delivery.js';
import { UserSeesError } from './errors.js';
import { stateOf, wordsAt } from './fill-in.js';
import { actionOf, chosen, clientErrors, isSentAtOnce, setField, type Filling } from './form-filling.js';
import { isObject, objectsAt, type Json, type JsonObject } from './json.js';
import { isEphemeral, isView, type Target } from './payloads.js';
import { PersonInChannels, refuses } from './person-in-channels.js';
import { complaintAbout, storeAnswer } from './response-urls.js';
import type { Channel, Message, View } from './types.js';
import { applyViewAnswer, type ViewOutcome } from './view-answers.js';
import { closeAll, closeTop } from './view-store.js';

/** Which of several buttons or menus: by action_id or visible label, or more exactly. */
type Which = string | { action?: string; label?: string; value?: string; block?: string };

/** A form as it was sent: what the bot answered, and what Slack's client made of it. */
interface Submission extends ViewOutcome {
  answers: BotAnswer[];
}

/** docs.slack.dev: what `min_query_length` is when a menu does not say. */
const USUAL_QUERY_LENGTH = 3;

/** A person in front of Slack. Each act sends what Slack sends, and throws `UserSeesError` when it goes wrong for them. */
export class FakeUser extends PersonInChannels {
  /** The modal on top; throws when none is open. */
  get view(): View {
    const view = this.parts.world.stackOf(this.id).at(-1);
    if (view === undefined) throw refuses(`${this.id} has no form open`);
    return view;
  }

  /** Types a slash command; in the direct message with the bot unless a channel is given. An answer in the body is stored. */
  async command(
    command: string,
    text = '',
    { channel, ...options }: DeliveryOptions & { channel?: string } = {},
  ): Promise<BotAnswer> {
    const { world, payloads, delivery } = this.parts;
    const known = world.app.commands;
    if (known !== undefined && !known.includes(command)) throw refuses(`${command} is not a valid command`);
    const place = this.place(channel);
    if (!place.members.has(this.id)) throw refuses(`${this.id} is not in ${place.name}`);
    const fields = payloads.command(this.user, place, command, text);
    const answered = await delivery.send({ kind: 'command', fields }, options);
    if (isChecked(options)) {
      requireAnswer(answered, command);
      this.#storeAnswer(answered, place);
    }
    return answered;
  }

  async shortcut(callbackId: string, options: DeliveryOptions = {}): Promise<BotAnswer> {
    const known = this.parts.world.app.globalShortcuts;
    if (known !== undefined && !known.includes(callbackId)) throw refuses(`there is no shortcut ${callbackId}`);
    return this.#interact(this.parts.payloads.shortcut(this.user, callbackId), `shortcut ${callbackId}`, options);
  }

  async messageShortcut(callbackId: string, message: Message, options: DeliveryOptions = {}): Promise<BotAnswer> {
    const { world, payloads } = this.parts;
    const known = world.app.messageShortcuts;
    if (known !== undefined && !known.includes(callbackId)) throw refuses(`there is no shortcut ${callbackId}`);
    this.#mustSee(message);
    const payload = payloads.messageAction(this.user, callbackId, message);
    return this.#interact(payload, `shortcut ${callbackId}`, options);
  }

  /** Presses a button. `seen` presses it on an older state of the message than the one that stands there now. */
  async press(
    target: Target,
    which: Which,
    { seen, ...options }: DeliveryOptions & { seen?: { blocks: JsonObject[] } } = {},
  ): Promise<BotAnswer> {
    this.#mustSee(target);
    const { block, element } = this.#find(seen?.blocks ?? blocksOf(target), which, ['button']);
    return this.#act(target, actionOf(block, element, undefined), options);
  }

  /** Chooses in a menu, date picker or list of boxes, or an entry of an overflow menu. */
  async choose(
    target: Target,
    which: Which,
    filling: Filling,
    options: DeliveryOptions = {},
  ): Promise<BotAnswer | undefined> {
    this.#mustSee(target);
    const { block, element } = this.#find(blocksOf(target), which);
    const value = chosen(element, filling, isView(target) ? target.suggested : new Map());
    if (isView(target) && element.type !== 'overflow') setField(target, String(element.action_id), filling);
    if (!isSentAtOnce(block, element)) return undefined;
    return this.#act(target, actionOf(block, element, value), options);
  }

  /** Types in a menu whose options the bot gives; the options as shown. Slack asks only from `min_query_length` (3) on. */
  async typeSuggestion(
    target: Target,
    which: Which,
    typed: string,
    options: DeliveryOptions = {},
  ): Promise<JsonObject[]> {
    this.#mustSee(target);
    const { payloads, delivery } = this.parts;
    const { block, element } = this.#find(blocksOf(target), which, ['external_select', 'multi_external_select']);
    const least = element.min_query_length;
    if (typed.length < (typeof least === 'number' ? least : USUAL_QUERY_LENGTH)) return [];
    const blockId = String(block.block_id);
    const payload = payloads.blockSuggestion(this.user, target, blockId, String(element.action_id), typed);
    const answered = await delivery.send({ kind: 'interaction', payload }, options);
    if (!isChecked(options)) return [];
    requireAnswer(answered, 'the options');
    const problems = problemsOf(suggestionAnswer, answered.json, '');
    if (problems.length > 0) throw new UserSeesError('app_answer_invalid', problems.map(wordsOf).join('; '));
    const offered = [...objectsAt(answered.json, 'options'), ...groupedIn(answered.json)];
    if (isView(target)) for (const option of offered) target.suggested.set(String(option.value), option);
    return offered;
  }

  /** Fills in fields of the form on top, by action_id or block_id; what Slack sends at once is sent. */
  async fill(values: Record<string, Filling>): Promise<void> {
    for (const [id, filling] of Object.entries(values)) {
      const { view } = this;
      const { block, element } = setField(view, id, filling);
      const value = chosen(element, filling, view.suggested);
      if (isSentAtOnce(block, element)) await this.#act(view, actionOf(block, element, value), {});
    }
  }

  /** Fills in and sends the form on top. `copies` sends the very same request that many times at once. */
  async submitView(
    values: Record<string, Filling> = {},
    { copies = 1, ...options }: DeliveryOptions & { copies?: number } = {},
  ): Promise<Submission> {
    await this.fill(values);
    const { world, payloads, delivery } = this.parts;
    const { view } = this;
    if (view.wire.submit === null) throw refuses('the form has no button to send it');
    const missing = clientErrors(view);
    if (Object.keys(missing).length > 0) throw refuses(`the form cannot be sent: ${JSON.stringify(missing)}`);
    const payload = payloads.viewSubmission(this.user, view);
    const sending = Array.from({ length: copies }, () => delivery.send({ kind: 'interaction', payload }, options));
    const answers = await Promise.all(sending);
    const [first] = answers;
    if (first === undefined || !isChecked(options)) return { answers, action: 'none', errors: {}, view };
    for (const answered of answers) requireAnswer(answered, 'the form');
    return { answers, ...applyViewAnswer(world, this.team, view, first) };
  }

  /** Presses the close button of the form on top, or with `all` the cross that closes every view. */
  async closeView({ all = false, ...options }: DeliveryOptions & { all?: boolean } = {}): Promise<void> {
    const { world, payloads } = this.parts;
    const { view } = this;
    const clears = all || view.wire.clear_on_close === true;
    const payload = payloads.viewClosed(this.user, view, clears);
    if (clears) closeAll(world, this.id);
    else closeTop(world, this.id);
    if (view.wire.notify_on_close === true) await this.#interact(payload, 'closing the form', options);
  }

  async #act(target: Target, action: JsonObject, options: DeliveryOptions): Promise<BotAnswer> {
    const values = isView(target) ? undefined : stateOf(target.blocks);
    const payload = this.parts.payloads.blockActions(this.user, target, action, values);
    return this.#interact(payload, `action ${String(action.action_id)}`, options);
  }

  async #interact(payload: JsonObject, what: string, options: DeliveryOptions): Promise<BotAnswer> {
    const answered = await this.parts.delivery.send({ kind: 'interaction', payload }, options);
    if (isChecked(options)) {
      requireAnswer(answered, what);
      requireEmpty(answered, what);
    }
    return answered;
  }

  #find(blocks: JsonObject[], which: Which, types?: string[]): { block: JsonObject; element: JsonObject } {
    const all = blocks.flatMap((block) => elementsOf(block).map(({ element }) => ({ block, element })));
    const found = all.filter(({ block, element }) => isIt(block, element, which, types));
    const [first] = found;
    if (first !== undefined && found.length === 1) return first;
    const there = all.map(({ element }) => `${String(element.action_id)} "${wordsAt(element, 'text')}"`).join(', ');
    const count = found.length === 0 ? 'nothing' : 'more than one element';
    throw refuses(`${count} is ${JSON.stringify(which)}; there are: ${there}`);
  }

  #mustSee(target: Target): void {
    const { world } = this.parts;
    if (isView(target)) {
      const mine = target.userId === this.id && target.open;
      if (!mine || (target.kind === 'modal' && target !== this.view)) throw refuses('that view is not on the screen');
    } else if (isEphemeral(target)) {
      if (target.user !== this.id || target.gone) throw refuses('only its reader sees that message, while it is there');
    } else if (target.deleted || !world.channel(target.channel).members.has(this.id)) {
      throw refuses(`${this.id} cannot see that message`);
    }
  }

  #storeAnswer(answered: BotAnswer, place: Channel): void {
    if (answered.body === '') return;
    const isJson = answered.contentType.startsWith('application/json');
    const said: Json | undefined = isJson ? answered.json : { text: answered.body };
    const complaint = complaintAbout(said);
    if (complaint !== undefined) throw new UserSeesError('app_answer_invalid', JSON.stringify(complaint));
    const to = { teamId: this.team.id, userId: this.id, channel: place.id };
    if (isObject(said)) storeAnswer(this.parts.world, to, said, 'answer');
  }
}

function blocksOf(target: Target): JsonObject[] {
  return isView(target) ? objectsAt(target.wire, 'blocks') : target.blocks;
}

function isIt(block: JsonObject, element: JsonObject, which: Which, types: string[] | undefined): boolean {
  if (types !== undefined && !types.includes(String(element.type))) return false;
  const label = wordsAt(element, 'text');
  if (typeof which === 'string') return element.action_id === which || label === which || block.block_id === which;
  return (
    (which.action === undefined || element.action_id === which.action) &&
    (which.label === undefined || label === which.label) &&
    (which.value === undefined || element.value === which.value) &&
    (which.block === undefined || block.block_id === which.block)
  );
}

function groupedIn(answer: Json | undefined): JsonObject[] {
  return objectsAt(answer, 'option_groups').flatMap((group) => objectsAt(group, 'options'));
}
