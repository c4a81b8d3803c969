import type { SlackConfig } from '../../config.js';
import type { Locale } from '../../chat/texts.js';
import type { Check, Finding } from '../../operations/check.js';
import type { Db } from '../../storage/database.js';
import { createSecretBox } from '../../storage/secret-box.js';
import { doctorTexts } from './doctor-texts.js';
import { explainFailure } from './failure-texts.js';
import { platformError, isTransient } from './slack-errors.js';
import { BOT_SCOPES } from './surface.js';
import { openConnection } from './web-api.js';
import { installedWorkspaces, oneWorkspace, type Workspace, type Workspaces } from './workspaces.js';

const PART = 'Slack';
const good = (says: string): Finding => ({ status: 'good', part: PART, says });
const wrong = (says: string, todo: string): Finding => ({ status: 'wrong', part: PART, says, todo });

/**
 * The connection with Slack as Slack itself sees it: the token, its permissions, and whether the bot is in every channel the
 * municipality file names. The signing secret is the one thing that cannot be asked.
 */
export function slackChecks(config: SlackConfig, encryptionKeys: string[], db: Db): Check[] {
  return [(locale) => checkWorkspaces(config, encryptionKeys, db, locale), (locale) => checkInbound(config, locale)];
}

async function checkWorkspaces(
  { workspaces: how, apiUrl }: SlackConfig,
  encryptionKeys: string[],
  db: Db,
  locale: Locale,
): Promise<Finding[]> {
  const t = doctorTexts(locale);
  const municipalityIds = (await db.municipality.findMany({ select: { id: true } })).map(({ id }) => id);
  if (how.kind === 'one') {
    const [municipalityId = ''] = municipalityIds;
    const one = oneWorkspace(how.botToken, apiUrl, municipalityId);
    const workspace = await one.from(undefined);
    if (!workspace) return [];
    const found = await checkToken(workspace, apiUrl, locale);
    return found.works
      ? [...found.findings, ...(await checkChannels(one, db, municipalityId, locale))]
      : found.findings;
  }
  const box = createSecretBox(encryptionKeys);
  const many = installedWorkspaces({ db, apiUrl, app: how, box, now: () => new Date() });
  const rows = await db.workspace.findMany({
    where: { municipalityId: { in: municipalityIds }, platform: 'slack' },
    orderBy: { installedAt: 'asc' },
  });
  if (rows.length === 0) return [wrong(t('workspaces.none'), t('workspaces.todo'))];
  const findings: Finding[] = [];
  const working = new Set<string>();
  for (const { externalId, municipalityId } of rows) {
    const workspace = await many.from(externalId).catch((error: unknown) => {
      findings.push(describe(error, apiUrl, locale, 'token'));
      return 'unasked' as const;
    });
    if (workspace === 'unasked') continue;
    if (!workspace) {
      findings.push(wrong(t('workspaces.locked', { team: externalId }), t('workspaces.locked.todo')));
      continue;
    }
    const found = await checkToken(workspace, apiUrl, locale);
    findings.push(...found.findings);
    if (found.works) working.add(municipalityId);
  }
  for (const id of working) findings.push(...(await checkChannels(many, db, id, locale)));
  return findings;
}

async function checkToken(
  { api }: Workspace,
  apiUrl: string,
  locale: Locale,
): Promise<{ works: boolean; findings: Finding[] }> {
  const t = doctorTexts(locale);
  try {
    const { team = '?', user = '?', response_metadata } = await api.identify();
    const granted = new Set(response_metadata?.scopes ?? []);
    const missing = Object.keys(BOT_SCOPES).filter((scope) => !granted.has(scope));
    return {
      works: true,
      findings: [
        good(t('token.good', { team, bot: user })),
        missing.length > 0
          ? wrong(t('scopes.missing', { team, scopes: missing.join(', ') }), t('scopes.todo'))
          : good(t('scopes.good', { team, count: granted.size })),
      ],
    };
  } catch (error) {
    return { works: false, findings: [describe(error, apiUrl, locale, 'token')] };
  }
}

async function checkChannels(
  workspaces: Workspaces,
  db: Db,
  municipalityId: string,
  locale: Locale,
): Promise<Finding[]> {
  const t = doctorTexts(locale);
  const addresses = await db.channelAddress.findMany({
    where: { municipalityId, platform: 'slack' },
    include: { channel: { select: { name: true } } },
    orderBy: { externalId: 'asc' },
  });
  const findings: Finding[] = [];
  for (const { externalId, channel } of addresses) {
    const reason = await whyNotReached(workspaces, municipalityId, externalId);
    const says = { channel: channel.name, id: externalId, reason: reason ?? '' };
    findings.push(
      reason === undefined
        ? good(t('channel.good', says))
        : wrong(t('channel.wrong', says), explainFailure(reason, locale) ?? t('unreachable')),
    );
  }
  return findings;
}

/** The reason as the failed list would give it; undefined when the bot can post there. */
async function whyNotReached(workspaces: Workspaces, municipalityId: string, id: string): Promise<string | undefined> {
  let reason: string | undefined = 'SLACK.NO_WORKSPACE';
  for (const { api } of await workspaces.where(municipalityId, id)) {
    try {
      const channel = await api.readChannel(id);
      if (channel?.is_archived) return 'SLACK.IS_ARCHIVED';
      return channel?.is_member ? undefined : 'SLACK.NOT_IN_CHANNEL';
    } catch (error) {
      const code = platformError(error);
      if (code === undefined && !isTransient(error)) throw error;
      reason = code === undefined ? 'SLACK.NO_ANSWER' : `SLACK.${code.toUpperCase()}`;
      if (code !== 'channel_not_found') return reason;
    }
  }
  return reason;
}

async function checkInbound({ inbound, apiUrl }: SlackConfig, locale: Locale): Promise<Finding[]> {
  const t = doctorTexts(locale);
  if (inbound.kind === 'http') return [good(t('secret.unknown'))];
  try {
    await openConnection(inbound.appToken, apiUrl);
    return [good(t('socket.good'))];
  } catch (error) {
    return [describe(error, apiUrl, locale, 'socket')];
  }
}

/** Slack's own name for what is wrong; never the token it is about. */
function describe(error: unknown, apiUrl: string, locale: Locale, what: 'token' | 'socket'): Finding {
  const t = doctorTexts(locale);
  const reason = platformError(error);
  if (reason !== undefined) return wrong(t(`${what}.wrong`, { reason }), t(`${what}.todo`));
  if (!isTransient(error)) throw error;
  return wrong(t('unreachable'), t('unreachable.todo', { host: new URL(apiUrl).host }));
}
