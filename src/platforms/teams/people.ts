import type { Caller, Chat } from '../../chat/chat.js';
import type { MunicipalityInfo } from '../../chat/feature.js';
import { toLocale, type Locale } from '../../chat/texts.js';
import type { Logger } from '../../operations/log.js';
import type { Db } from '../../storage/database.js';
import type { Connector } from './connector.js';
import type { Conversations } from './conversations.js';
import type { TeamsActivity } from './envelope.js';
import { connectorFailure } from './teams-errors.js';

/** More people than one process sees in an hour; the oldest make room. */
const KNOWN_LIMIT = 20_000;

export interface Speaker {
  caller: Caller;
  locale: Locale;
}

export interface People {
  /** Who speaks, as the product knows them; the roster is asked on first contact alone. Undefined for bots and for who has no account. */
  find(
    municipalityId: string,
    activity: TeamsActivity,
    request: { requestId: string; once?: string | undefined },
  ): Promise<Speaker | undefined>;
  /** The language of somebody seen before, without asking anybody. */
  localeOf(userId: string): Locale;
  /** Teams' own ids (29:...) of these people of ours, as far as they are members there. */
  userIds(
    municipalityId: string,
    personIds: string[],
    where: { serviceUrl: string; conversationId: string },
  ): Promise<string[]>;
  /** Undefined: never seen. */
  personId(caller: Caller): Promise<string | undefined>;
}

export function createPeople(options: {
  db: Db;
  chat: Chat;
  connector: Connector;
  conversations: Conversations;
  municipality(id: string): Promise<MunicipalityInfo>;
  log: Logger;
  /** The local emulator gives its people no Entra id. */
  emulator: boolean;
}): People {
  const { db, chat, connector, conversations, municipality, log } = options;
  /** Teams' ids by Entra object id, of people in a team who never spoke to the bot. */
  const members = new Map<string, string>();
  /** By Teams' id of a person: the language their client spoke last, and what they read. */
  const known = new Map<string, { tag: string | undefined; locale: Locale }>();

  function keep(userId: string, entry: { tag: string | undefined; locale: Locale }): void {
    const oldest = known.size >= KNOWN_LIMIT ? known.keys().next().value : undefined;
    if (oldest !== undefined) known.delete(oldest);
    known.set(userId, entry);
  }

  const accountOf = (municipalityId: string, externalId: string) =>
    db.account.findUnique({
      where: { municipalityId_platform_externalId: { municipalityId, platform: 'teams', externalId } },
      select: { personId: true, person: { select: { locale: true, name: true, fileKey: true } } },
    });

  async function firstContact(activity: TeamsActivity): Promise<Pick<Caller['account'], 'name' | 'email'>> {
    const { from, serviceUrl, conversation } = activity;
    try {
      const member = await connector.member(serviceUrl, conversation.id, from.id);
      const name = member?.name ?? from.name;
      // A guest's address is another organisation's to confirm.
      const email = member?.userRole === 'guest' ? undefined : member?.email;
      return { ...(name && { name }), ...(email && { email }) };
    } catch (error) {
      const failure = connectorFailure(error);
      if (!failure) throw error;
      log.warn({ status: failure.status, code: failure.code }, 'teams did not tell who somebody is');
      return from.name ? { name: from.name } : {};
    }
  }

  return {
    async find(municipalityId, activity, request) {
      const { from, recipient } = activity;
      if (from.id === recipient.id || from.id.startsWith('28:')) return undefined;
      const externalId = from.aadObjectId ?? (options.emulator ? from.id : undefined);
      // Somebody without an account here, such as a guest in a meeting.
      if (externalId === undefined) return undefined;
      const tag = activity.locale ?? undefined;
      const seen = known.get(from.id);
      const account = await accountOf(municipalityId, externalId);
      const details = account ? {} : await firstContact(activity);
      const caller: Caller = {
        municipalityId,
        platform: 'teams',
        account: { externalId, ...details, ...(tag && { locale: tag }) },
        requestId: request.requestId,
        ...(request.once !== undefined && { once: request.once }),
      };
      // Their Teams speaks another language than the last time; what they read follows it.
      if (account && tag !== undefined && seen?.tag !== tag && (seen || account.person.locale === null)) {
        await chat.accountChanged({
          municipalityId,
          platform: 'teams',
          account: { externalId, locale: tag },
          active: true,
        });
        account.person.locale = toLocale(tag);
      }
      const spoken = account ? account.person.locale : tag;
      const locale = spoken ? toLocale(spoken) : (await municipality(municipalityId)).locale;
      keep(from.id, { tag: tag ?? seen?.tag, locale });
      return { caller, locale };
    },

    localeOf: (userId) => known.get(userId)?.locale ?? 'nl',

    async userIds(municipalityId, personIds, { serviceUrl, conversationId }) {
      const accounts = await db.account.findMany({
        where: { municipalityId, platform: 'teams', personId: { in: personIds }, active: true },
        select: { externalId: true },
      });
      const objectIds = accounts.map(({ externalId }) => externalId);
      const spoke = await conversations.userIds(municipalityId, objectIds);
      const ids = objectIds.map(async (objectId) => {
        const known = spoke.get(objectId) ?? members.get(objectId);
        if (known !== undefined) return known;
        try {
          const member = await connector.member(serviceUrl, conversationId, objectId);
          if (member) members.set(objectId, member.id);
          return member?.id;
        } catch (error) {
          if (!connectorFailure(error)) throw error;
          return undefined;
        }
      });
      return (await Promise.all(ids)).filter((id) => id !== undefined);
    },

    personId: async ({ municipalityId, account }) => (await accountOf(municipalityId, account.externalId))?.personId,
  };
}
