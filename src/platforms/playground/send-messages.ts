import { isDeepStrictEqual } from 'node:util';
import type { MessageRef, OutgoingMessage, Platform, SendResult } from '../../chat/platform.js';
import type { Db } from '../../storage/database.js';
import { cardOf, toJson } from './messages.js';
import { channelId, directId } from './people.js';

/** The outbound half: rows in the database are the chat; browsers are told that something changed. */
export function createPlatform({ db, now, changed }: { db: Db; now(): Date; changed(): void }): Platform {
  return {
    name: 'playground',

    async send(message) {
      const conversationId = await findConversationId(db, message);
      if (!conversationId) return rejected('PLAYGROUND.NO_SUCH_ADDRESS');
      const parentId = message.thread && (await findThread(db, message, message.thread));
      // A delivery stands in the chat once: of two sends of one delivery the second finds the first one's row.
      await db.playgroundMessage.createMany({
        data: {
          municipalityId: message.municipalityId,
          conversationId,
          deliveryId: message.deliveryId,
          card: toJson(message.card),
          at: now(),
          ...(parentId && { parentId }),
        },
        skipDuplicates: true,
      });
      const ref = await findDelivered(db, message);
      if (!ref) return rejected('PLAYGROUND.MESSAGE_GONE');
      changed();
      return { ok: true, ref };
    },

    async update(ref, message) {
      const id = { municipalityId_id: { municipalityId: message.municipalityId, id: ref.messageId } };
      const row = await db.playgroundMessage.findUnique({ where: id });
      if (!row || row.conversationId !== ref.conversationId) return rejected('PLAYGROUND.MESSAGE_GONE');
      // "Bewerkt" on a message that reads the same would make people look for what changed.
      if (!isDeepStrictEqual(cardOf(row), JSON.parse(JSON.stringify(message.card)))) {
        await db.playgroundMessage.update({ where: id, data: { card: toJson(message.card), editedAt: now() } });
        changed();
      }
      return { ok: true, ref };
    },

    async find(message) {
      return (await findDelivered(db, message)) ?? 'not-found';
    },
  };
}

function rejected(reason: string): SendResult {
  return { ok: false, kind: 'rejected', reason };
}

async function findDelivered(db: Db, message: OutgoingMessage): Promise<MessageRef | undefined> {
  const row = await db.playgroundMessage.findUnique({
    where: {
      municipalityId_deliveryId: { municipalityId: message.municipalityId, deliveryId: message.deliveryId },
    },
  });
  return row ? { conversationId: row.conversationId, messageId: row.id } : undefined;
}

async function findConversationId(db: Db, { municipalityId, to }: OutgoingMessage): Promise<string | undefined> {
  const address = { municipalityId, platform: 'playground', externalId: to.externalId };
  const key = { municipalityId_platform_externalId: address };
  if (to.kind === 'person') {
    const account = await db.account.findUnique({ where: key });
    return account ? directId(to.externalId) : undefined;
  }
  const channel = await db.channelAddress.findUnique({ where: key });
  return channel ? channelId(channel.channelId) : undefined;
}

/** Threads are one level deep: an answer to a reply belongs under the thread's first message. */
async function findThread(db: Db, message: OutgoingMessage, thread: MessageRef): Promise<string | undefined> {
  const root = await db.playgroundMessage.findUnique({
    where: { municipalityId_id: { municipalityId: message.municipalityId, id: thread.messageId } },
  });
  return root ? (root.parentId ?? root.id) : undefined;
}
