import { DateTime } from 'luxon';
import type { MunicipalityInfo } from '../../chat/feature.js';
import { toLocale, type Locale } from '../../chat/texts.js';
import type { Db, Person } from '../../storage/database.js';

export type Town = Pick<MunicipalityInfo, 'id' | 'name' | 'zone' | 'locale' | 'settings'>;

/** Most telling role first: somebody with two roles is listed under the first of these. */
export const ROLES = ['worker', 'signal_coordinator', 'regisseur', 'coordinator', 'administrator'] as const;
export type PickRole = (typeof ROLES)[number];
const PRECEDENCE: PickRole[] = ['coordinator', 'regisseur', 'administrator', 'signal_coordinator', 'worker'];

/** Somebody the visitor may be. */
export interface Viewer {
  id: string;
  name: string;
  role: PickRole;
  organisation: string | undefined;
  locale: Locale;
  /** Their account's name on this platform. */
  externalId: string;
  /** Decides which commands they are told of. */
  person: Pick<Person, 'roles' | 'active'>;
}

/** Everybody with an account in the playground, by name. */
export async function findViewers(db: Db, town: Town): Promise<Viewer[]> {
  const people = await db.person.findMany({
    where: { municipalityId: town.id, active: true, accounts: { some: { platform: 'playground' } } },
    include: { accounts: { where: { platform: 'playground' }, orderBy: { id: 'asc' }, take: 1 } },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
  });
  return people.flatMap((person) =>
    person.accounts.map(({ externalId }) => ({
      id: person.id,
      name: person.name,
      role: PRECEDENCE.find((role) => person.roles.includes(role)) ?? 'worker',
      organisation: person.organisation ?? undefined,
      locale: person.locale ? toLocale(person.locale) : town.locale,
      externalId,
      person,
    })),
  );
}

export interface Conversation {
  /** `dm:<personId>` or `channel:<channelId>`. */
  id: string;
  kind: 'direct' | 'channel';
  /** A channel's name; absent for the direct messages with the bot. */
  name: string | undefined;
  owner: { id: string; name: string } | undefined;
}

export const directId = (personId: string) => `dm:${personId}`;
export const channelId = (id: string) => `channel:${id}`;

/**
 * What this person sees: the direct messages with the bot, the own channel, those of the people they replace today,
 * and, for the coordinator, every channel.
 */
export async function findConversations(db: Db, town: Town, viewer: Viewer, now: Date): Promise<Conversation[]> {
  // Leaves hold whole days, stored as midnight UTC; which day it is depends on the town's zone.
  const today = new Date(`${DateTime.fromJSDate(now, { zone: town.zone }).toISODate()}T00:00:00Z`);
  const replaced = { from: { lte: today }, until: { gte: today }, replacementId: viewer.id };
  const channels = await db.channel.findMany({
    where: {
      municipalityId: town.id,
      addresses: { some: { platform: 'playground' } },
      ...(viewer.role !== 'coordinator' && {
        OR: [{ ownerId: viewer.id }, { owner: { is: { leaves: { some: replaced } } } }],
      }),
    },
    include: { owner: { select: { id: true, name: true } } },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
  });
  const own = (channel: { ownerId: string }) => channel.ownerId === viewer.id;
  return [
    ...[...channels.filter(own), ...channels.filter((channel) => !own(channel))].map((channel): Conversation => ({
      id: channelId(channel.id),
      kind: 'channel',
      name: channel.name,
      owner: channel.owner,
    })),
    { id: directId(viewer.externalId), kind: 'direct', name: undefined, owner: undefined },
  ];
}
