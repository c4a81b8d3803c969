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
});

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
};

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
  const platforms: Config['platforms'] = [];
  const loopback = isLoopbackHost(values.HOST);
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
    playground: loopback && (values.PLAYGROUND || platforms.length === 0),
    openSite: loopback && platforms.length === 0,
  };
}

/** Takes a host name or address without port; true when only this machine reaches it. */
export function isLoopbackHost(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, '').toLowerCase();
  if (bare === 'localhost' || bare === '::1') return true;
  return isIP(bare) === 4 && bare.startsWith('127.');
}
