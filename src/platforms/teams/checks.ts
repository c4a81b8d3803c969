import { z } from 'zod';
import { defineTexts, type Locale } from '../../chat/texts.js';
import type { TeamsConfig } from '../../config.js';
import type { Check, Finding } from '../../operations/check.js';
import type { Db } from '../../storage/database.js';
import { createConversations } from './conversations.js';
import { createBotToken, TokenError, type BotToken } from './credentials.js';
import { MESSAGES_PATH } from './surface.js';

const TIMEOUT_MS = 10_000;

const texts = defineTexts(
  {
    part: 'Teams',
    'token.good': 'Entra geeft de bot een token',
    'token.refused': 'Entra weigert de bot een token',
    'token.refused.todo':
      'Kijk TEAMS_APP_ID, TEAMS_TENANT_ID en TEAMS_APP_PASSWORD na: van het geheim de waarde (Value), niet het id (Secret ID), en niet vervallen.',
    'token.none': 'Entra antwoordt niet ({{url}})',
    'token.none.todo': 'De server moet {{url}} over https bereiken: kijk de firewall en de proxy na.',
    'anonymous.good': 'alleen voor het proefprogramma op deze machine (TEAMS_ALLOW_ANONYMOUS)',
    'address.good': 'de bot luistert op {{url}}: dat is het Messaging endpoint in Azure Bot',
    'address.http': 'PUBLIC_URL is geen https-adres: Teams stuurt niets',
    'address.http.todo': 'Zet PUBLIC_URL op het adres dat mensen gebruiken, zoals https://signalen.example.be',
    'address.wrong': '{{url}} antwoordt niet zoals de bot ({{status}})',
    'address.wrong.todo':
      'Start het programma. Draait het, laat de proxy dan ook {{path}} doorgeven, met de Authorization-header.',
    'channel.good': 'de bot ziet het kanaal van {{name}}',
    'channel.unseen': 'de bot is nog niet gezien in het team van {{name}}',
    'channel.unseen.todo': 'Voeg de app in Teams toe aan dat team, en vermeld de bot er één keer: @Wijksignaal help',
    'channel.gone': 'de bot kan niet in het kanaal van {{name}} ({{status}})',
    'channel.gone.todo':
      'Voeg de app toe aan dat team, en kijk in het gemeentebestand na of de kanaalcode klopt (19:…@thread.tacv2).',
    'channel.unasked': 'het kanaal van {{name}} kon niet gevraagd worden ({{status}})',
    'channel.unasked.todo': 'Probeer het later opnieuw.',
  },
  {
    part: 'Teams',
    'token.good': 'Entra gives the bot a token',
    'token.refused': 'Entra refuses the bot a token',
    'token.refused.todo':
      'Check TEAMS_APP_ID, TEAMS_TENANT_ID and TEAMS_APP_PASSWORD: of the secret its Value, not its Secret ID, and not expired.',
    'token.none': 'Entra does not answer ({{url}})',
    'token.none.todo': 'The server has to reach {{url}} over https: check the firewall and the proxy.',
    'anonymous.good': 'for the emulator on this machine only (TEAMS_ALLOW_ANONYMOUS)',
    'address.good': 'the bot listens at {{url}}: that is the Messaging endpoint in Azure Bot',
    'address.http': 'PUBLIC_URL is no https address: Teams sends nothing',
    'address.http.todo': 'Set PUBLIC_URL to the address people use, such as https://signalen.example.be',
    'address.wrong': '{{url}} does not answer as the bot does ({{status}})',
    'address.wrong.todo':
      'Start the program. If it runs, let the proxy pass {{path}} on too, with the Authorization header.',
    'channel.good': 'the bot sees the channel of {{name}}',
    'channel.unseen': 'the bot has not been seen in the team of {{name}} yet',
    'channel.unseen.todo': 'Add the app to that team in Teams, and mention the bot there once: @Wijksignaal help',
    'channel.gone': 'the bot cannot speak in the channel of {{name}} ({{status}})',
    'channel.gone.todo':
      'Add the app to that team, and check the channel’s code in the municipality file (19:…@thread.tacv2).',
    'channel.unasked': 'the channel of {{name}} could not be asked about ({{status}})',
    'channel.unasked.todo': 'Try again later.',
  },
);

export interface TeamsChecksOptions {
  config: TeamsConfig;
  publicUrl: string | undefined;
  /** Undefined: the database cannot be used; its channels are not asked about then. */
  db: Db | undefined;
  now(): Date;
}

/** What can be wrong with a connection to Teams: the credentials, the address Teams sends to, the channels. */
export function teamsChecks({ config, publicUrl, db, now }: TeamsChecksOptions): Check[] {
  const { bot, loginUrl } = config;
  if (!bot) return [(locale) => Promise.resolve([good(locale, texts(locale)('anonymous.good'))])];
  const token = createBotToken(bot, config, now);
  return [
    (locale) => checkToken(token, loginUrl, locale),
    (locale) => checkAddress(publicUrl, locale),
    ...(db ? [(locale: Locale) => checkChannels(db, token, now, locale)] : []),
  ];
}

function good(locale: Locale, says: string): Finding {
  return { status: 'good', part: texts(locale)('part'), says };
}

function wrong(locale: Locale, says: string, todo: string): Finding {
  return { status: 'wrong', part: texts(locale)('part'), says, todo };
}

async function checkToken(token: BotToken, url: string, locale: Locale): Promise<Finding[]> {
  const t = texts(locale);
  try {
    await token.get();
    return [good(locale, t('token.good'))];
  } catch (error) {
    if (!(error instanceof TokenError)) throw error;
    return error.code === 'TEAMS.INVALID_CREDENTIALS'
      ? [wrong(locale, t('token.refused'), t('token.refused.todo'))]
      : [wrong(locale, t('token.none', { url }), t('token.none.todo', { url }))];
  }
}

/** Asked without a token, our own endpoint refuses; anything else is somebody else's answer, or none. */
async function checkAddress(publicUrl: string | undefined, locale: Locale): Promise<Finding[]> {
  const t = texts(locale);
  if (!publicUrl?.startsWith('https:')) return [wrong(locale, t('address.http'), t('address.http.todo'))];
  const url = new URL(MESSAGES_PATH, new URL(publicUrl).origin).href;
  const status = await statusOf(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' });
  if (status === 401 || status === 400) return [good(locale, t('address.good', { url }))];
  const todo = t('address.wrong.todo', { path: MESSAGES_PATH });
  return [wrong(locale, t('address.wrong', { url, status }), todo)];
}

const Channels = z.object({ conversations: z.array(z.object({ id: z.string() })) });

/** Asks Teams for each team's channels: whether the bot is in there, and the channel is; no names are read. */
async function checkChannels(db: Db, token: BotToken, now: () => Date, locale: Locale): Promise<Finding[]> {
  const t = texts(locale);
  const conversations = createConversations(db, now);
  const municipalityIds = (await db.municipality.findMany({ select: { id: true } })).map(({ id }) => id);
  if (municipalityIds.length === 0) return [];
  const addresses = await db.channelAddress.findMany({
    where: { municipalityId: { in: municipalityIds }, platform: 'teams' },
    include: { channel: { select: { name: true } } },
  });
  return Promise.all(
    addresses.map(async ({ municipalityId, externalId, channel: { name } }) => {
      const seen = await db.teamsConversation.findUnique({
        where: { municipalityId_kind_externalId: { municipalityId, kind: 'channel', externalId } },
        select: { teamId: true },
      });
      const place = await conversations.find(municipalityId, 'channel', externalId);
      if (!place || !seen?.teamId) return wrong(locale, t('channel.unseen', { name }), t('channel.unseen.todo'));
      const answer = await channelsOf(place.serviceUrl, seen.teamId, token);
      if (typeof answer === 'object') {
        return answer.includes(externalId)
          ? good(locale, t('channel.good', { name }))
          : wrong(locale, t('channel.gone', { name, status: 404 }), t('channel.gone.todo'));
      }
      const gone = answer === 403 || answer === 404;
      const key = gone ? 'channel.gone' : 'channel.unasked';
      return wrong(locale, t(key, { name, status: answer }), t(`${key}.todo`));
    }),
  );
}

/** @returns the channels' ids, or why not. https://learn.microsoft.com/microsoftteams/platform/bots/how-to/get-teams-context */
async function channelsOf(serviceUrl: string, teamId: string, token: BotToken): Promise<string[] | number | string> {
  try {
    const response = await fetch(new URL(`v3/teams/${encodeURIComponent(teamId)}/conversations`, serviceUrl), {
      headers: { authorization: `Bearer ${await token.get()}` },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (!response.ok) return response.status;
    const channels = Channels.safeParse(await response.json());
    return channels.success ? channels.data.conversations.map(({ id }) => id) : response.status;
  } catch (error) {
    return error instanceof TokenError ? error.code : codeOf(error);
  }
}

async function statusOf(url: string, request: RequestInit): Promise<number | string> {
  try {
    const response = await fetch(url, { ...request, redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MS) });
    return response.status;
  } catch (error) {
    return codeOf(error);
  }
}

/** `ENOTFOUND`, `CERT_HAS_EXPIRED` ...; never the message, which may hold an address with a name and password. */
function codeOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error && 'code' in cause ? String(cause.code) : 'timeout';
}
