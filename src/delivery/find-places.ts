import type { MessageRef, OutgoingMessage, Platform } from '../chat/platform.js';
import type { Db } from '../storage/database.js';

/** Where a message can go. */
export interface Place {
  platform: Platform;
  to: OutgoingMessage['to'];
  /** It is not the message's own: the coordinator's channel. */
  detour: boolean;
}

interface Addressed {
  municipalityId: string;
  platform: string | null;
  conversationId: string | null;
  person: {
    tellOn: string | null;
    accounts: { platform: string; externalId: string; active: boolean; lastUsedAt: Date | null }[];
  } | null;
  channel: { id: string; addresses: Address[] } | null;
}

interface Address {
  platform: string;
  externalId: string;
}

/**
 * The message's own places, best first: where it already stands, else the platform the person chose, else the one they used
 * last. One that is meant for a single platform goes nowhere else.
 */
export function findPlaces(delivery: Addressed, platforms: Map<string, Platform>): Place[] {
  const { person, channel, platform: on } = delivery;
  const accounts = (person?.accounts ?? [])
    .filter((account) => account.active)
    .sort(
      (a, b) =>
        Number(b.platform === person?.tellOn) - Number(a.platform === person?.tellOn) ||
        // By mail only who has no chat, or whom the chat cannot reach.
        Number(a.platform === 'mail') - Number(b.platform === 'mail') ||
        (b.lastUsedAt?.getTime() ?? 0) - (a.lastUsedAt?.getTime() ?? 0),
    );
  const addresses: Address[] = person ? accounts : (channel?.addresses ?? []);
  const stands = delivery.conversationId !== null;
  // Of a channel's platforms the one that was put in first: the real ones before the playground.
  const rank = ({ platform }: Address) => [...platforms.keys()].indexOf(platform);
  return addresses
    .filter(({ platform }) => on === null || stands || platform === on)
    .sort((a, b) => Number(b.platform === on) - Number(a.platform === on) || (person ? 0 : rank(a) - rank(b)))
    .flatMap((address) => placeAt(address, person ? 'person' : 'channel', platforms, false));
}

/**
 * The coordinators' channels: what was meant for a channel that cannot be reached must be seen by somebody. What was meant
 * for one person is for nobody else.
 */
export async function findDetours(db: Db, delivery: Addressed, platforms: Map<string, Platform>): Promise<Place[]> {
  if (!delivery.channel) return [];
  const channels = await db.channel.findMany({
    where: {
      municipalityId: delivery.municipalityId,
      id: { not: delivery.channel.id },
      owner: { roles: { has: 'coordinator' }, active: true },
    },
    include: { addresses: true },
    orderBy: { id: 'asc' },
  });
  return channels.flatMap(({ addresses }) =>
    addresses.flatMap((address) => placeAt(address, 'channel', platforms, true)),
  );
}

function placeAt(
  { platform: name, externalId }: Address,
  kind: 'person' | 'channel',
  platforms: Map<string, Platform>,
  detour: boolean,
): Place[] {
  const platform = platforms.get(name);
  return platform ? [{ platform, to: { kind, externalId }, detour }] : [];
}

export function sentRef(
  delivery: { conversationId: string | null; messageId: string | null } | null,
): MessageRef | undefined {
  return delivery?.conversationId && delivery.messageId
    ? { conversationId: delivery.conversationId, messageId: delivery.messageId }
    : undefined;
}
