import type { Chat } from '../../chat/chat.js';
import type { Locale } from '../../chat/texts.js';
import type { Db } from '../../storage/database.js';
import { countUnread, readMessages, readThread } from './messages.js';
import { findConversations, findViewers, type Town, type Viewer } from './people.js';
import { markRead, readMarks } from './unread.js';
import type { ChatView, CommandHint } from './views/chat-page.js';

export interface Look {
  als: string;
  gesprek?: string | undefined;
  draad?: string | undefined;
  aantal: number;
  /** The page was opened without a conversation: a narrow screen shows the list of them. */
  lijst?: string | undefined;
}

interface Means {
  db: Db;
  chat: Pick<Chat, 'commands'>;
  town: Town;
  now(): Date;
}

/** Everything one person sees now; undefined when nobody is called that. Seeing a conversation marks it as read. */
export async function readChat(means: Means, look: Look): Promise<ChatView | undefined> {
  const { db, town } = means;
  const now = means.now();
  const viewers = await findViewers(db, town);
  const viewer = viewers.find(({ id }) => id === look.als);
  if (!viewer) return undefined;

  const conversations = await findConversations(db, town, viewer, now);
  const direct = conversations.find(({ kind }) => kind === 'direct');
  const chosen = conversations.find(({ id }) => id === look.gesprek);
  // Workers live in their direct messages, regisseurs in their channel: the first of the list.
  const current = chosen ?? conversations[0] ?? direct;
  if (!current) return undefined;

  const place = { municipalityId: town.id, viewerId: viewer.id };
  const here = { ...place, conversationId: current.id };
  await markRead(db, here, now);
  const marks = await readMarks(db, place);
  const [{ messages, older }, thread, unread] = await Promise.all([
    readMessages(db, here, look.aantal),
    look.draad ? readThread(db, here, look.draad) : undefined,
    Promise.all(
      conversations.map(({ id }) => countUnread(db, { ...place, conversationId: id }, marks.get(id) ?? NEVER)),
    ),
  ]);

  const href: ChatView['scene']['href'] = ({ draad, aantal }) => {
    const query = new URLSearchParams({ als: viewer.id, gesprek: current.id });
    if (draad) query.set('draad', draad);
    const count = aantal ?? look.aantal;
    if (count !== DEFAULT_COUNT) query.set('aantal', String(count));
    return `/speeltuin?${query}`;
  };
  return {
    town,
    viewer,
    viewers,
    conversations: conversations.map((conversation, index) => ({
      ...conversation,
      unread: unread[index] ?? 0,
      current: conversation.id === current.id,
      href: `/speeltuin?${new URLSearchParams({ als: viewer.id, gesprek: conversation.id })}`,
    })),
    current: { ...current, unread: 0, current: true, href: href({}) },
    chosen: chosen !== undefined && !look.lijst,
    messages,
    older,
    count: look.aantal,
    thread,
    commands: commandHints(means, viewer),
    mainCommand: mainCommand(means.chat, viewer.locale),
    scene: { locale: viewer.locale, viewerId: viewer.id, zone: town.zone, now, href },
  };
}

/** Who never opened a conversation has read nothing of it. */
const NEVER = new Date(0);

/** Messages shown before "older" is asked for. */
export const DEFAULT_COUNT = 60;

export async function findViewer(means: Pick<Means, 'db' | 'town'>, id: string): Promise<Viewer | undefined> {
  return (await findViewers(means.db, means.town)).find((viewer) => viewer.id === id);
}

/** The commands that are for this person, with what is typed of each as it stands. */
export function commandHints({ chat, town }: Pick<Means, 'chat' | 'town'>, viewer: Viewer): CommandHint[] {
  const who = { person: viewer.person, municipality: town };
  return chat.commands(viewer.locale, who).map(({ usage, does, typed }) => ({ usage, does, insert: typed }));
}

/** The first command of the product, without what comes after it. */
export function mainCommand(chat: Pick<Chat, 'commands'>, locale: Locale): string {
  return chat.commands(locale)[0]?.usage.split(' ')[0] ?? '/';
}
