import type { Caller, Chat } from '../../chat/chat.js';
import type { MunicipalityInfo } from '../../chat/feature.js';
import { toLocale, type Locale } from '../../chat/texts.js';
import type { Logger } from '../../operations/log.js';
import type { Db } from '../../storage/database.js';
import { SlackUser } from './envelope.js';
import { isTransient, platformError } from './slack-errors.js';
import type { Workspace, Workspaces } from './workspaces.js';

/** After this a person's account is looked at again. */
const KNOWN_MS = 3_600_000;
/** More people than one process sees in an hour; the oldest make room. */
const KNOWN_LIMIT = 20_000;

export interface Speaker {
  caller: Caller;
  locale: Locale;
}

export interface People {
  /**
   * Who speaks, as the product knows them; Slack is asked on first contact alone. Undefined for bots, and for people of
   * another organisation in a shared channel: they are no colleagues.
   */
  find(
    workspace: Workspace,
    user: { id: string; name?: string | undefined },
    request: { requestId: string; once?: string },
  ): Promise<Speaker | undefined>;
  /** The language of somebody seen before, without asking anybody. */
  localeOf(userId: string | undefined): Locale;
  nameOf(municipalityId: string, userIds: string[]): Promise<Map<string, string>>;
  /** `user_change` and `team_join`. */
  changed(workspace: Workspace, user: SlackUser): Promise<void>;
}

interface Known {
  at: number;
  locale: Locale;
  account: Caller['account'];
}

export function createPeople(options: {
  db: Db;
  chat: Chat;
  workspaces: Workspaces;
  municipality(id: string): Promise<MunicipalityInfo>;
  log: Logger;
  now(): Date;
}): People {
  const { db, chat, workspaces, municipality, log, now } = options;
  const known = new Map<string, Known>();

  function keep(userId: string, entry: Omit<Known, 'at'>): Known {
    const oldest = known.size >= KNOWN_LIMIT ? known.keys().next().value : undefined;
    if (oldest !== undefined) known.delete(oldest);
    const full = { ...entry, at: now().getTime() };
    known.set(userId, full);
    return full;
  }

  async function look(
    workspace: Workspace,
    user: { id: string; name?: string | undefined },
  ): Promise<Known | undefined> {
    const { municipalityId } = workspace;
    const account = await db.account.findUnique({
      where: { municipalityId_platform_externalId: { municipalityId, platform: 'slack', externalId: user.id } },
      select: { email: true, person: { select: { locale: true } } },
    });
    const fallback = async () => (await municipality(municipalityId)).locale;
    if (account) {
      // Who the municipality file named: their address was never asked. Nobody waits for it.
      if (account.email === null) void learnAddress(workspace, user.id);
      const locale = account.person.locale ? toLocale(account.person.locale) : await fallback();
      return keep(user.id, { locale, account: { externalId: user.id } });
    }
    const asked = await ask(workspace, user.id);
    if (asked === 'unreachable') {
      // Slack does not say who this is now; their own wish goes on, and the name follows at the next change.
      const name = user.name && { name: user.name };
      return { at: 0, locale: await fallback(), account: { externalId: user.id, ...name } };
    }
    if (!asked || asked.is_bot || asked.is_stranger) return undefined;
    await workspaces.remember(workspace, user.id);
    const described = describeUser(asked, user.name);
    return keep(user.id, {
      locale: described.locale ? toLocale(described.locale) : await fallback(),
      account: described,
    });
  }

  /** Where people may link their accounts, the confirmed address of somebody known by their id alone. */
  async function learnAddress(workspace: Workspace, userId: string): Promise<void> {
    const { municipalityId } = workspace;
    try {
      const { settings } = await municipality(municipalityId);
      if (settings.linking.domains.length === 0) return;
      const asked = await ask(workspace, userId);
      if (!asked || asked === 'unreachable') return;
      const account = describeUser(asked, undefined);
      await chat.accountChanged({ municipalityId, platform: 'slack', account, active: asked.deleted !== true });
    } catch (error) {
      log.warn({ err: error }, 'slack gave no address');
    }
  }

  return {
    async find(workspace, user, request) {
      const seen = known.get(user.id);
      const fresh = seen && now().getTime() - seen.at < KNOWN_MS ? seen : await look(workspace, user);
      if (!fresh) return undefined;
      const { municipalityId } = workspace;
      return {
        caller: { municipalityId, platform: 'slack', account: fresh.account, ...request },
        locale: fresh.locale,
      };
    },

    localeOf: (userId) => (userId ? known.get(userId)?.locale : undefined) ?? 'nl',

    async nameOf(municipalityId, userIds) {
      if (userIds.length === 0) return new Map();
      const accounts = await db.account.findMany({
        where: { municipalityId, platform: 'slack', externalId: { in: userIds } },
        select: { externalId: true, person: { select: { name: true } } },
      });
      return new Map(accounts.map(({ externalId, person }) => [externalId, person.name]));
    },

    async changed({ municipalityId }, user) {
      known.delete(user.id);
      await chat.accountChanged({
        municipalityId,
        platform: 'slack',
        account: describeUser(user, undefined),
        active: user.deleted !== true,
      });
    },
  };
}

async function ask({ api }: Workspace, userId: string): Promise<SlackUser | undefined | 'unreachable'> {
  try {
    const read = SlackUser.safeParse(await api.readUser(userId));
    return read.success ? read.data : undefined;
  } catch (error) {
    const code = platformError(error);
    if (code === 'user_not_found' || code === 'user_not_visible') return undefined;
    if (code !== undefined || isTransient(error)) return 'unreachable';
    throw error;
  }
}

/** The address counts only when Slack itself confirmed it: it may link accounts. */
function describeUser(user: SlackUser, loginName: string | undefined): Caller['account'] {
  const name = user.profile?.real_name || user.real_name || user.name || loginName;
  const email = user.is_email_confirmed ? user.profile?.email : undefined;
  return {
    externalId: user.id,
    ...(name && { name }),
    ...(user.locale && { locale: languageOf(user.locale) }),
    ...(email && { email }),
  };
}

/**
 * What somebody's Slack says of their language: null when it says nothing. Slack begins in American English and cannot be set
 * to Dutch, so most people in Flanders have `en-US` without ever having chosen it (docs/decisions/0013).
 */
function languageOf(locale: string): string | null {
  const [language] = locale.toLowerCase().split('-');
  if (language === 'nl') return 'nl';
  return language === 'en' && locale.toLowerCase() !== 'en-us' ? 'en' : null;
}
