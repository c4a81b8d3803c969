import { z } from 'zod';
import type { Db, Prisma } from '../../storage/database.js';
import type { Place } from './connector.js';
import { channelOf, isPersonal, tenantOf, type TeamsActivity } from './envelope.js';

type Kind = 'person' | 'channel' | 'team' | 'group';

/** As the Bot Framework writes it; kept whole, of which this is what we use. */
const Reference = z.looseObject({
  serviceUrl: z.string(),
  conversation: z.looseObject({ id: z.string(), tenantId: z.string().nullish() }),
  bot: z.looseObject({ id: z.string() }),
});
type Reference = z.output<typeof Reference>;

/** References that were written lately, by who or what they are of: most turns change nothing. */
const REMEMBERED = 20_000;

export interface Conversations {
  /** Every turn: where this person, channel, team or group chat can be reached. */
  remember(municipalityId: string, activity: TeamsActivity): Promise<void>;
  /** The bot was taken out, or blocked. */
  forget(municipalityId: string, kind: Kind, externalId: string): Promise<void>;
  /** A team was left: its channels with it. */
  forgetTeam(municipalityId: string, teamId: string): Promise<void>;
  find(municipalityId: string, kind: Kind, externalId: string): Promise<Known | undefined>;
  /** Where to speak to somebody or something never heard of: the address the rest of this tenant has. */
  findPlace(municipalityId: string, teamId?: string): Promise<Place | undefined>;
  /** Teams' own ids of these people (29:...), by Entra object id, as far as they ever spoke to the bot. */
  userIds(municipalityId: string, objectIds: string[]): Promise<Map<string, string>>;
  /** A personal chat that was opened by us. */
  opened(municipalityId: string, objectId: string, place: Place, conversationId: string): Promise<Known>;
}

export interface Known extends Place {
  conversationId: string;
  userId: string | null;
}

export function createConversations(db: Db, now: () => Date): Conversations {
  const written = new Map<string, string>();

  async function write(municipalityId: string, row: Row): Promise<void> {
    const { kind, externalId, ...rest } = row;
    const key = `${municipalityId} ${kind} ${externalId}`;
    const content = JSON.stringify(rest);
    if (written.get(key) === content) return;
    const data = { ...rest, reference: rest.reference as Prisma.InputJsonObject, updatedAt: now() };
    await db.teamsConversation.upsert({
      where: { municipalityId_kind_externalId: { municipalityId, kind, externalId } },
      create: { municipalityId, kind, externalId, ...data },
      update: data,
    });
    const oldest = written.size >= REMEMBERED ? written.keys().next().value : undefined;
    if (oldest !== undefined) written.delete(oldest);
    written.set(key, content);
  }

  async function remove(municipalityId: string, where: Prisma.TeamsConversationWhereInput): Promise<void> {
    written.clear();
    await db.teamsConversation.deleteMany({ where: { municipalityId, ...where } });
  }

  return {
    async remember(municipalityId, activity) {
      for (const row of rowsFrom(activity)) await write(municipalityId, row);
    },

    forget: (municipalityId, kind, externalId) => remove(municipalityId, { kind, externalId }),
    forgetTeam: (municipalityId, teamId) =>
      remove(municipalityId, { OR: [{ kind: 'team', externalId: teamId }, { teamId }] }),

    async find(municipalityId, kind, externalId) {
      const row = await db.teamsConversation.findUnique({
        where: { municipalityId_kind_externalId: { municipalityId, kind, externalId } },
      });
      const reference = Reference.safeParse(row?.reference).data;
      if (!row || !reference) return undefined;
      return { ...placeOf(reference), conversationId: reference.conversation.id, userId: row.userId };
    },

    async findPlace(municipalityId, teamId) {
      const rows = await db.teamsConversation.findMany({
        where: { municipalityId },
        orderBy: { updatedAt: 'desc' },
        take: 20,
      });
      const own =
        teamId === undefined ? undefined : rows.find((row) => row.externalId === teamId || row.teamId === teamId);
      const reference = Reference.safeParse((own ?? rows[0])?.reference).data;
      return reference && placeOf(reference);
    },

    async userIds(municipalityId, objectIds) {
      const rows = await db.teamsConversation.findMany({
        where: { municipalityId, kind: 'person', externalId: { in: objectIds }, userId: { not: null } },
        select: { externalId: true, userId: true },
      });
      return new Map(rows.flatMap(({ externalId, userId }) => (userId ? [[externalId, userId] as const] : [])));
    },

    async opened(municipalityId, objectId, place, conversationId) {
      const reference = {
        serviceUrl: place.serviceUrl,
        channelId: 'msteams',
        bot: { id: place.botId },
        conversation: { id: conversationId, conversationType: 'personal', tenantId: place.tenantId },
      };
      await write(municipalityId, { kind: 'person', externalId: objectId, teamId: null, userId: null, reference });
      return { ...place, conversationId, userId: null };
    },
  };
}

interface Row {
  kind: Kind;
  externalId: string;
  teamId: string | null;
  userId: string | null;
  reference: object;
}

function placeOf({ serviceUrl, bot, conversation }: Reference): Place {
  return { serviceUrl, botId: bot.id, tenantId: conversation.tenantId ?? undefined };
}

/** Of a channel the reference is of the channel itself, not of the thread somebody happened to speak in. */
function rowsFrom(activity: TeamsActivity): Row[] {
  const { conversation, channelData, from } = activity;
  const teamId = channelData?.team?.id ?? null;
  const reference = (id: string) => ({
    activityId: activity.id,
    serviceUrl: activity.serviceUrl,
    channelId: activity.channelId,
    locale: activity.locale ?? undefined,
    bot: activity.recipient,
    user: { id: from.id, aadObjectId: from.aadObjectId ?? undefined },
    conversation: { ...conversation, id, tenantId: tenantOf(activity) },
  });
  // What changes with every message would write a row at every turn.
  const steady = (id: string) => {
    const { activityId: _, ...rest } = reference(id);
    return rest;
  };
  if (isPersonal(activity)) {
    const externalId = from.aadObjectId ?? from.id;
    return [{ kind: 'person', externalId, teamId: null, userId: from.id, reference: steady(conversation.id) }];
  }
  const channelId = channelData?.channel?.id ?? (teamId ? channelOf(conversation.id) : undefined);
  if (channelId && teamId) {
    const ofPlace = (id: string) => ({ ...steady(id), user: undefined, locale: undefined });
    return [
      { kind: 'channel', externalId: channelId, teamId, userId: null, reference: ofPlace(channelId) },
      { kind: 'team', externalId: teamId, teamId, userId: null, reference: ofPlace(teamId) },
    ];
  }
  return [
    {
      kind: 'group',
      externalId: conversation.id,
      teamId: null,
      userId: null,
      reference: { ...steady(conversation.id), user: undefined, locale: undefined },
    },
  ];
}
