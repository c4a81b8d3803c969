import type { Card } from '../../chat/card.js';
import type { Caller, Chat } from '../../chat/chat.js';
import type { Reply } from '../../chat/feature.js';
import type { OpenForm } from '../../chat/form.js';
import type { Db } from '../../storage/database.js';
import { findMessage, writeMessage } from './messages.js';
import type { Town, Viewer } from './people.js';
import { commandHints, mainCommand } from './read-chat.js';
import { playgroundTexts } from './texts.js';

export interface Means {
  db: Db;
  chat: Chat;
  town: Town;
  now(): Date;
  changed(): void;
}

/** Somebody doing something in a conversation, possibly in one of its threads. */
export interface Scene {
  viewer: Viewer;
  caller: Caller;
  conversationId: string;
  threadId: string | undefined;
}

export type Said =
  | { kind: 'form'; form: OpenForm }
  /** `before`: the typed text stays in the box with this in front of it; absent: the box is emptied. */
  | { kind: 'said'; before?: string };

/** What was typed in the box: a command, an answer in a thread, words for colleagues, or words for a bot that reads commands. */
export async function say(means: Means, scene: Scene, text: string): Promise<Said> {
  const { chat } = means;
  const command = /^\/(\S*)\s*([\s\S]*)$/.exec(text.trim());
  // In a thread an answer may start with a slash too; only what is a command counts as one.
  if (command && (!scene.threadId || isCommand(means, command[1] ?? ''))) {
    return show(means, scene, await chat.command(scene.caller, command[1] ?? '', command[2] ?? ''));
  }
  if (text.trim() === '') return { kind: 'said' };
  await writeMessage(means.db, {
    municipalityId: means.town.id,
    conversationId: scene.conversationId,
    parentId: scene.threadId,
    authorId: scene.viewer.id,
    card: plain(text.trim()),
    at: means.now(),
  });
  means.changed();
  if (scene.threadId) return answer(means, scene, scene.threadId, text.trim());
  if (!scene.conversationId.startsWith('dm:')) return { kind: 'said' };
  return hint(means, scene);
}

/** Shows what the product answered: a form to fill in, a message, or nothing (the change itself is the answer). */
export async function show(means: Means, scene: Scene, reply: Reply): Promise<Said> {
  switch (reply.kind) {
    case 'form':
      return { kind: 'form', form: reply.form };
    case 'card':
      await post(means, scene, reply.card, reply.visible === 'only-you');
      return { kind: 'said' };
    case 'none':
      return { kind: 'said' };
  }
}

export async function post(means: Means, scene: Scene, card: Card, onlyForYou: boolean): Promise<void> {
  await writeMessage(means.db, {
    municipalityId: means.town.id,
    conversationId: scene.conversationId,
    parentId: scene.threadId,
    ...(onlyForYou && { onlyForId: scene.viewer.id }),
    card,
    at: means.now(),
  });
  means.changed();
}

/** Under a message of the bot it is an answer to the bot; under a colleague's it is between the two of them. */
async function answer(means: Means, scene: Scene, threadId: string, text: string): Promise<Said> {
  const root = await findMessage(means.db, { municipalityId: means.town.id, viewerId: scene.viewer.id }, threadId);
  if (!root || root.authorId !== null) return { kind: 'said' };
  const ref = { conversationId: scene.conversationId, messageId: threadId };
  return show(means, scene, await means.chat.reply(scene.caller, ref, text));
}

/** The bot reads commands only; who just starts talking is told so, and goes on with one key. */
async function hint(means: Means, scene: Scene): Promise<Said> {
  const { locale } = scene.viewer;
  const t = playgroundTexts(locale);
  const command = mainCommand(means.chat, locale);
  const card: Card = {
    summary: t('hint.text', { command }),
    parts: [
      { kind: 'text', text: t('hint.text', { command }) },
      { kind: 'text', text: t('hint.reply'), style: 'subtle' },
      { kind: 'text', text: t('hint.all'), style: 'subtle' },
      {
        kind: 'facts',
        facts: commandHints(means, scene.viewer).map(({ usage, does }) => ({ label: usage, value: does })),
      },
    ],
  };
  await post(means, scene, card, true);
  return { kind: 'said', before: `${command} ` };
}

function isCommand(means: Means, name: string): boolean {
  const first = `/${name.toLowerCase()}`;
  return means.chat.commandNames().some((known) => `/${known}` === first);
}

function plain(text: string): Card {
  return { summary: text, parts: [{ kind: 'text', text }] };
}
