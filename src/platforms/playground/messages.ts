import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Button, ButtonPayload, Card } from '../../chat/card.js';
import type { Db, Prisma } from '../../storage/database.js';

/** A stored message as one viewer sees it. */
export interface Message {
  id: string;
  conversationId: string;
  parentId: string | null;
  /** Null: the bot. */
  author: { id: string; name: string } | null;
  onlyForYou: boolean;
  card: Card;
  at: Date;
  edited: boolean;
  /** Replies in its thread that the viewer may see. */
  replies: number;
}

/** Where a viewer looks. */
export interface Place {
  municipalityId: string;
  viewerId: string;
  conversationId: string;
}

type Row = Prisma.PlaygroundMessageGetPayload<object>;

/**
 * The latest messages outside threads, oldest first.
 *
 * @param limit at most this many.
 */
export async function readMessages(
  db: Db,
  place: Place,
  limit: number,
): Promise<{ messages: Message[]; older: boolean }> {
  const rows = await db.playgroundMessage.findMany({
    where: { ...visibleIn(place), parentId: null },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take: limit + 1,
  });
  const shown = rows.slice(0, limit).reverse();
  return { messages: await describe(db, place, shown), older: rows.length > limit };
}

/** A thread: its first message and the replies; undefined when the viewer cannot see it or it is no first message. */
export async function readThread(
  db: Db,
  place: Place,
  rootId: string,
): Promise<{ root: Message; replies: Message[] } | undefined> {
  const rows = await db.playgroundMessage.findMany({
    where: {
      ...visibleIn(place),
      AND: [{ OR: [{ id: rootId, parentId: null, onlyForId: null }, { parentId: rootId }] }],
    },
    orderBy: [{ at: 'asc' }, { id: 'asc' }],
  });
  const [root, ...replies] = await describe(db, place, [
    ...rows.filter((row) => row.id === rootId),
    ...rows.filter((row) => row.id !== rootId),
  ]);
  return root?.id === rootId ? { root, replies } : undefined;
}

/** One message the viewer may see, as it is stored. */
export async function findMessage(
  db: Db,
  viewer: { municipalityId: string; viewerId: string },
  id: string,
): Promise<{ conversationId: string; parentId: string | null; authorId: string | null; card: Card } | undefined> {
  const row = await db.playgroundMessage.findUnique({
    where: { municipalityId_id: { municipalityId: viewer.municipalityId, id } },
  });
  if (!row || (row.onlyForId && row.onlyForId !== viewer.viewerId)) return undefined;
  return { ...row, card: cardOf(row) };
}

export async function writeMessage(
  db: Db,
  message: {
    municipalityId: string;
    conversationId: string;
    parentId?: string | undefined;
    authorId?: string;
    onlyForId?: string;
    card: Card;
    at: Date;
  },
): Promise<void> {
  await db.playgroundMessage.create({ data: { ...message, card: toJson(message.card) } });
}

/** Takes away a message that only this viewer sees. Others' messages stay. */
export async function hideMessage(db: Db, municipalityId: string, viewerId: string, id: string): Promise<void> {
  await db.playgroundMessage.deleteMany({ where: { municipalityId, id, onlyForId: viewerId } });
}

/** Messages in a conversation after a moment, by others, that the viewer may see. */
export async function countUnread(db: Db, place: Place, since: Date): Promise<number> {
  return db.playgroundMessage.count({
    where: {
      ...visibleIn(place),
      at: { gt: since },
      AND: [{ OR: [{ authorId: null }, { authorId: { not: place.viewerId } }] }],
    },
  });
}

function visibleIn(place: Place) {
  return {
    municipalityId: place.municipalityId,
    conversationId: place.conversationId,
    OR: [{ onlyForId: null }, { onlyForId: place.viewerId }],
  } satisfies Prisma.PlaygroundMessageWhereInput;
}

async function describe(db: Db, place: Place, rows: Row[]): Promise<Message[]> {
  const authorIds = [...new Set(rows.map((row) => row.authorId).filter((id) => id !== null))];
  const [authors, threads] = await Promise.all([
    db.person.findMany({
      where: { municipalityId: place.municipalityId, id: { in: authorIds } },
      select: { id: true, name: true },
    }),
    db.playgroundMessage.groupBy({
      by: ['parentId'],
      where: { ...visibleIn(place), parentId: { in: rows.map((row) => row.id) } },
      _count: true,
    }),
  ]);
  const nameOf = new Map(authors.map((author) => [author.id, author.name]));
  const repliesTo = new Map(threads.map((thread) => [thread.parentId, thread._count]));
  return rows.map((row) => ({
    id: row.id,
    conversationId: row.conversationId,
    parentId: row.parentId,
    author: row.authorId === null ? null : { id: row.authorId, name: nameOf.get(row.authorId) ?? '' },
    onlyForYou: row.onlyForId !== null,
    card: cardOf(row),
    at: row.at,
    edited: row.editedAt !== null,
    replies: repliesTo.get(row.id) ?? 0,
  }));
}

/** Only this file and `send-messages.ts` write the column, and they write cards. */
export function cardOf(row: { card: Prisma.JsonValue }): Card {
  return row.card as unknown as Card;
}

export function toJson(card: Card): Prisma.InputJsonObject {
  return card as unknown as Prisma.InputJsonObject;
}

/**
 * Names one button or select of a stored card: where it stands and a fingerprint of what it does. A card can change
 * between being read and being pressed; then the fingerprint fits no longer and nobody presses something unseen.
 */
export const ControlName = z.string().regex(/^\d{1,3}(\.[bm]\d{1,3})?-[\w-]{10}$/);

export function controlName(position: string, control: { action: string; payload: ButtonPayload }): string {
  const fingerprint = createHash('sha256')
    .update(JSON.stringify([control.action, Object.entries(control.payload).sort()]))
    .digest('base64url')
    .slice(0, 10);
  return `${position}-${fingerprint}`;
}

/** Position of a button: index of its part, `b` or `m` (overflow menu), its index there. */
export function buttonPosition(part: number, list: 'b' | 'm', index: number): string {
  return `${part}.${list}${index}`;
}

/**
 * What the viewer pressed, from the stored card.
 *
 * @returns undefined when the card has no such control (any more), or not for this viewer.
 */
export function findControl(
  card: Card,
  name: string,
  viewerId: string,
  choice: string | undefined,
): { action: string; payload: ButtonPayload } | undefined {
  for (const [index, part] of card.parts.entries()) {
    if (part.kind === 'select' && controlName(String(index), part) === name) {
      const chosen = part.options.find((option) => option.value === choice);
      return chosen && { action: part.action, payload: { ...part.payload, value: chosen.value } };
    }
    if (part.kind === 'buttons' && maySee(part, viewerId)) {
      const named = (buttons: Button[], list: 'b' | 'm') =>
        buttons.find((button, at) => controlName(buttonPosition(index, list, at), button) === name);
      const found = named(part.buttons, 'b') ?? named(part.more ?? [], 'm');
      if (found) return found;
    }
  }
  return undefined;
}

export function maySee(part: { onlyFor?: string[] }, viewerId: string): boolean {
  return !part.onlyFor || part.onlyFor.includes(viewerId);
}
