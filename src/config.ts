import { isIP } from 'node:net';
import { z } from 'zod';

/** The only place that reads the environment. Names and defaults are the operator's contract; see the README. */
const flag = z
  .enum(['true', 'false', '1', '0', ''])
  .optional()
  .transform((value) => value === 'true' || value === '1');

const optionalText = z
  .string()
  .trim()
  .optional()
  .transform((value) => value || undefined);

const Environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  HOST: z.string().trim().min(1).default('127.0.0.1'),
  TRUST_PROXY: optionalText,
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  METRICS_TOKEN: optionalText,
  SESSION_SECRET: z.string().min(32).optional(),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  DATA_DIR: z.string().trim().min(1).default('./data'),
  MUNICIPALITY_FILE: optionalText,
  PLAYGROUND: flag,
  ENCRYPTION_KEY: z.string().min(32).optional(),
  ENCRYPTION_KEY_PREVIOUS: z.string().min(32).optional(),
  SLACK_SIGNING_SECRET: optionalText,
  SLACK_BOT_TOKEN: z.string().trim().startsWith('xoxb-').optional(),
  SLACK_APP_TOKEN: z.string().trim().startsWith('xapp-').optional(),
  SLACK_CLIENT_ID: optionalText,
  SLACK_CLIENT_SECRET: optionalText,
  SLACK_STATE_SECRET: optionalText,
  SLACK_API_URL: z.url({ protocol: /^https?$/ }).default('https://slack.com/api/'),
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  MAIL_FROM: optionalText,
  TEAMS_APP_ID: z.guid().optional(),
  TEAMS_APP_PASSWORD: optionalText,
  TEAMS_TENANT_ID: z.guid().optional(),
  TEAMS_OPENID_METADATA_URL: z
    .url({ protocol: /^https?$/ })
    .default('https://login.botframework.com/v1/.well-known/openidconfiguration'),
  TEAMS_LOGIN_URL: z.url({ protocol: /^https?$/ }).default('https://login.microsoftonline.com'),
  TEAMS_ALLOW_ANONYMOUS: flag,
});
type Values = z.output<typeof Environment>;

/** What each variable should be, for the message when it is not. */
const EXPECTED: Record<keyof z.input<typeof Environment>, string> = {
  PORT: 'a whole number from 0 to 65535',
  HOST: 'an address or host name to listen on, such as 127.0.0.1',
  TRUST_PROXY: 'the proxy’s address, or the number of proxies in front',
  LOG_LEVEL: 'one of fatal, error, warn, info, debug, trace, silent',
  METRICS_TOKEN: 'a token',
  SESSION_SECRET: 'at least 32 characters',
  PUBLIC_URL: 'an address such as https://signalen.example.be',
  DATABASE_URL: 'an address such as postgresql://user:password@host:5432/database',
  DATA_DIR: 'a folder',
  MUNICIPALITY_FILE: 'the path of a municipality file (YAML)',
  PLAYGROUND: 'true or false',
  ENCRYPTION_KEY: 'at least 32 characters',
  ENCRYPTION_KEY_PREVIOUS: 'at least 32 characters: the key that was used before',
  SLACK_SIGNING_SECRET: 'the Signing Secret of the Slack app (Basic Information)',
  SLACK_BOT_TOKEN: 'the Bot User OAuth Token of the Slack app (it begins with xoxb-)',
  SLACK_APP_TOKEN: 'an App-Level Token of the Slack app (it begins with xapp-)',
  SLACK_CLIENT_ID: 'the Client ID of the Slack app (Basic Information)',
  SLACK_CLIENT_SECRET: 'the Client Secret of the Slack app (Basic Information)',
  SLACK_STATE_SECRET: 'a secret of your own, for the installation by OAuth',
  SLACK_API_URL: 'an address such as https://slack.com/api/',
  SMTP_URL: 'an address such as smtps://user:password@mail.example.be:465',
  MAIL_FROM: 'the sender, such as Wijksignaal <signalen@example.be>',
  TEAMS_APP_ID: 'the Application (client) ID of the bot’s app registration in Entra',
  TEAMS_APP_PASSWORD: 'a client secret (its value) of that app registration',
  TEAMS_TENANT_ID: 'the Directory (tenant) ID of that app registration',
  TEAMS_OPENID_METADATA_URL: 'an address such as https://login.botframework.com/v1/.well-known/openidconfiguration',
  TEAMS_LOGIN_URL: 'an address such as https://login.microsoftonline.com',
  TEAMS_ALLOW_ANONYMOUS: 'true or false',
};

/** How Slack is connected: one workspace by its token, or many by OAuth; over HTTP or over Socket Mode. */
export interface SlackConfig {
  /** The Web API's address, with a slash at the end. */
  apiUrl: string;
  inbound: { kind: 'http'; signingSecret: string } | { kind: 'socket'; appToken: string };
  workspaces:
    { kind: 'one'; botToken: string } | { kind: 'oauth'; clientId: string; clientSecret: string; stateSecret: string };
}

/** Where mail goes out, and whom it is from. */
export interface MailConfig {
  smtpUrl: string;
  from: { name: string; address: string };
}

/** How Teams is connected: one bot, registered in one tenant. */
export interface TeamsConfig {
  /** Undefined: only the local emulator, which knows no tokens. */
  bot: { appId: string; password: string; tenantId: string } | undefined;
  /** Where the keys of inbound tokens are published. */
  openIdMetadataUrl: string;
  /** Where the bot's own tokens come from, without a slash at the end. */
  loginUrl: string;
  /** Requests from this machine without a token are let in. */
  allowAnonymous: boolean;
}

export interface Config {
  port: number;
  host: string;
  trustProxy: string | undefined;
  logLevel: z.infer<typeof Environment>['LOG_LEVEL'];
  metricsToken: string | undefined;
  sessionSecret: string | undefined;
  /** Undefined: the address it listens on. */
  publicUrl: string | undefined;
  databaseUrl: string | undefined;
  dataDir: string;
  /** Undefined: the Gent demo preset. */
  municipalityFile: string | undefined;
  /** Real platforms that are configured. */
  platforms: ('slack' | 'teams')[];
  /** Undefined: Slack is off. */
  slack: SlackConfig | undefined;
  /** Undefined: mail is off. */
  mail: MailConfig | undefined;
  /** Undefined: Teams is off. */
  teams: TeamsConfig | undefined;
  /** Secrets at rest: the first encrypts, all decrypt. Empty: nothing is stored that needs it. */
  encryptionKeys: string[];
  playground: boolean;
  /** Pages may be read without signing in: only this machine can reach them, and no platform is configured. */
  openSite: boolean;
}

/** The environment cannot be used; `problems` name the variable and what it should be, never its value. */
export class ConfigError extends Error {
  override name = 'ConfigError';
  readonly code = 'CONFIG.INVALID';
  constructor(readonly problems: string[]) {
    super(problems.join('\n'));
  }
}

/**
 * @param environment normally `process.env`.
 * @throws ConfigError naming each variable that is not what it should be.
 */
export function loadConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const names = Object.keys(EXPECTED) as (keyof typeof EXPECTED)[];
  const given = Object.fromEntries(
    names.map((name) => [name, environment[name]?.trim() === '' ? undefined : environment[name]]),
  );
  const parsed = Environment.safeParse(given);
  if (!parsed.success) {
    const wrong = new Set(parsed.error.issues.map((issue) => String(issue.path[0]) as keyof typeof EXPECTED));
    throw new ConfigError([...wrong].map((name) => `${name} should be ${EXPECTED[name]}.`));
  }
  const values = parsed.data;
  if (values.ENCRYPTION_KEY_PREVIOUS && !values.ENCRYPTION_KEY) {
    throw new ConfigError(['ENCRYPTION_KEY_PREVIOUS is the key of before: ENCRYPTION_KEY is the one of now.']);
  }
  const slack = readSlack(values);
  const loopback = isLoopbackHost(values.HOST);
  const teams = readTeams(values, loopback);
  const platforms: Config['platforms'] = [
    ...(slack ? (['slack'] as const) : []),
    ...(teams ? (['teams'] as const) : []),
  ];
  if (values.PLAYGROUND && !loopback) {
    throw new ConfigError(['PLAYGROUND is for this machine only: it needs HOST to be a loopback address (127.0.0.1).']);
  }
  return {
    port: values.PORT,
    host: values.HOST,
    trustProxy: values.TRUST_PROXY,
    logLevel: values.LOG_LEVEL,
    metricsToken: values.METRICS_TOKEN,
    sessionSecret: values.SESSION_SECRET,
    publicUrl: values.PUBLIC_URL,
    databaseUrl: values.DATABASE_URL,
    dataDir: values.DATA_DIR,
    municipalityFile: values.MUNICIPALITY_FILE,
    platforms,
    slack,
    mail: readMail(values),
    teams,
    encryptionKeys: [values.ENCRYPTION_KEY, values.ENCRYPTION_KEY_PREVIOUS].filter((key) => key !== undefined),
    playground: loopback && (values.PLAYGROUND || platforms.length === 0),
    openSite: loopback && platforms.length === 0,
  };
}

const OAUTH = ['SLACK_CLIENT_ID', 'SLACK_CLIENT_SECRET', 'SLACK_STATE_SECRET'] as const;

/** @throws ConfigError when the variables do not fit together, saying which to add or take away. */
function readSlack(values: Values): SlackConfig | undefined {
  const botToken = values.SLACK_BOT_TOKEN;
  const appToken = values.SLACK_APP_TOKEN;
  const signingSecret = values.SLACK_SIGNING_SECRET;
  const oauth = OAUTH.filter((name) => values[name] !== undefined);
  if (!botToken && !appToken && !signingSecret && oauth.length === 0) return undefined;

  const problems: string[] = [];
  const missing = OAUTH.filter((name) => values[name] === undefined);
  if (botToken && oauth.length > 0) {
    problems.push(
      `SLACK_BOT_TOKEN connects one workspace, ${oauth.join(', ')} many by OAuth: leave one of the two out.`,
    );
  } else if (oauth.length > 0 && missing.length > 0) {
    problems.push(`Connecting Slack by OAuth also needs ${missing.join(' and ')}.`);
  } else if (!botToken && oauth.length === 0) {
    problems.push(
      'Slack also needs SLACK_BOT_TOKEN (one workspace), or SLACK_CLIENT_ID, SLACK_CLIENT_SECRET and SLACK_STATE_SECRET (many workspaces).',
    );
  }
  if (!signingSecret && !appToken) {
    problems.push('Slack also needs SLACK_SIGNING_SECRET (over HTTP), or SLACK_APP_TOKEN (Socket Mode).');
  }
  if (oauth.length > 0) {
    for (const name of ['ENCRYPTION_KEY', 'SESSION_SECRET'] as const) {
      if (!values[name]) problems.push(`Connecting Slack by OAuth also needs ${name}: ${EXPECTED[name]}.`);
    }
  }
  if (problems.length > 0) throw new ConfigError(problems);

  const { SLACK_CLIENT_ID: clientId, SLACK_CLIENT_SECRET: clientSecret, SLACK_STATE_SECRET: stateSecret } = values;
  return {
    apiUrl: values.SLACK_API_URL.replace(/\/*$/, '/'),
    inbound: appToken ? { kind: 'socket', appToken } : { kind: 'http', signingSecret: signingSecret ?? '' },
    workspaces:
      clientId && clientSecret && stateSecret
        ? { kind: 'oauth', clientId, clientSecret, stateSecret }
        : { kind: 'one', botToken: botToken ?? '' },
  };
}

/** `Name <address>` or an address alone. */
const Sender = z
  .string()
  .regex(/^[^\p{Cc}<>]*(<[^<>\s]+>)?$/u)
  .transform((value) => {
    const [, name = '', address = ''] = /^(.*?)\s*<([^<>]+)>$/.exec(value) ?? ['', '', value];
    return { name: name.replace(/^"|"$/g, '').trim(), address: address.trim() };
  })
  .pipe(z.object({ name: z.string().max(100), address: z.email() }));

/** @throws ConfigError when one of the two is missing, or the sender is no address. */
function readMail({ SMTP_URL, MAIL_FROM }: Values): MailConfig | undefined {
  if (!SMTP_URL && !MAIL_FROM) return undefined;
  if (!SMTP_URL) throw new ConfigError([`Mail also needs SMTP_URL: ${EXPECTED.SMTP_URL}.`]);
  const from = Sender.safeParse(MAIL_FROM ?? '');
  if (!from.success) throw new ConfigError([`Mail also needs MAIL_FROM: ${EXPECTED.MAIL_FROM}.`]);
  return { smtpUrl: SMTP_URL, from: from.data };
}

const TEAMS_BOT = ['TEAMS_APP_ID', 'TEAMS_APP_PASSWORD', 'TEAMS_TENANT_ID'] as const;

/** @throws ConfigError when the variables do not fit together, saying which to add or take away. */
function readTeams(values: Values, loopback: boolean): TeamsConfig | undefined {
  const { TEAMS_APP_ID: appId, TEAMS_APP_PASSWORD: password, TEAMS_TENANT_ID: tenantId } = values;
  const missing = TEAMS_BOT.filter((name) => values[name] === undefined);
  const allowAnonymous = values.TEAMS_ALLOW_ANONYMOUS;
  if (missing.length === TEAMS_BOT.length && !allowAnonymous) return undefined;
  const problems: string[] = [];
  if (missing.length > 0 && missing.length < TEAMS_BOT.length) {
    problems.push(...missing.map((name) => `Teams also needs ${name}: ${EXPECTED[name]}.`));
  }
  if (allowAnonymous && !loopback) {
    problems.push(
      'TEAMS_ALLOW_ANONYMOUS lets in anybody who reaches the program: it needs HOST to be a loopback address (127.0.0.1).',
    );
  }
  if (problems.length > 0) throw new ConfigError(problems);
  return {
    bot: appId && password && tenantId ? { appId, password, tenantId } : undefined,
    openIdMetadataUrl: values.TEAMS_OPENID_METADATA_URL,
    loginUrl: values.TEAMS_LOGIN_URL.replace(/\/+$/, ''),
    allowAnonymous,
  };
}

/** Takes a host name or address without port; true when only this machine reaches it. */
export function isLoopbackHost(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, '').toLowerCase();
  if (bare === 'localhost' || bare === '::1') return true;
  return isIP(bare) === 4 && bare.startsWith('127.');
}
