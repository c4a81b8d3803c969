import { defineTexts, type Locale } from '../chat/texts.js';
import type { Config } from '../config.js';
import { StorageError, type Db } from '../storage/database.js';
import type { Check, Finding } from './check.js';

/** How long an answer from PUBLIC_URL may take. */
const PUBLIC_URL_TIMEOUT_MS = 5_000;
/** Slack refuses signatures of five minutes off; a minute off is a clock that nobody sets. */
const CLOCK_TOLERANCE_MS = 60_000;

const texts = defineTexts(
  {
    'part.configuration': 'configuratie',
    'part.database': 'databank',
    'part.queue': 'wachtrij',
    'part.address': 'PUBLIC_URL',
    'part.clock': 'klok',
    'part.municipality': 'gemeente',
    'configuration.good': 'de omgevingsvariabelen kloppen',
    'database.good': '{{version}}, {{migrations}} migraties toegepast',
    'database.embedded':
      'ingebouwd (PGlite, {{version}}), {{migrations}} migraties toegepast; voor echt werk: DATABASE_URL',
    'database.running': 'in gebruik door een draaiende Wijksignaal: vraag het haar op /readyz',
    'queue.good': '{{waiting}} berichten te versturen, {{failed}} mislukt',
    'queue.failed': '{{failed}} berichten zijn niet afgeleverd',
    'queue.failed.todo': 'De beheerder ziet ze en probeert ze opnieuw met /signaal beheer',
    'address.none': 'niet ingesteld: links wijzen naar het adres waarop het programma luistert',
    'address.good': '{{url}} antwoordt',
    'address.wrong': '{{url}} antwoordt niet ({{reason}})',
    'address.todo':
      'Start het programma, en kijk DNS, de proxy en het certificaat na: platformen en mensen gebruiken dit adres.',
    'clock.good': 'gelijk met de databank ({{seconds}} s verschil)',
    'clock.wrong': '{{seconds}} s verschil met de databank',
    'clock.todo': 'Zet tijdsynchronisatie (NTP) aan op beide: Slack en Teams weigeren een klok die afwijkt.',
    'municipality.good': '{{name}}: {{neighbourhoods}} wijken, {{regisseurs}} regisseurs',
    'municipality.none': 'nog geen: ze komt er bij de eerste start',
    'municipality.coordinator': '{{name}} heeft geen coördinator: signalen zonder regisseur kunnen nergens heen',
    'municipality.coordinator.todo':
      'Zet een coordinator in het gemeentebestand: npm run municipality -- apply BESTAND',
    'municipality.demo': '{{name}} bevat verzonnen demosignalen en er is een echt platform ingesteld',
    'municipality.demo.todo': 'npm run demo -- clear',
    'municipality.readers':
      'in {{name}} wachten lezers van de nieuwsbrief en gasten zonder chat ({{count}}) op e-mail, maar die staat uit',
    'municipality.readers.todo': 'Stel SMTP_URL en MAIL_FROM in (README, instellingen).',
  },
  {
    'part.configuration': 'configuration',
    'part.database': 'database',
    'part.queue': 'queue',
    'part.address': 'PUBLIC_URL',
    'part.clock': 'clock',
    'part.municipality': 'municipality',
    'configuration.good': 'the environment variables are right',
    'database.good': '{{version}}, {{migrations}} migrations applied',
    'database.embedded':
      'embedded (PGlite, {{version}}), {{migrations}} migrations applied; for real use: DATABASE_URL',
    'database.running': 'in use by a running Wijksignaal: ask it at /readyz',
    'queue.good': '{{waiting}} messages to send, {{failed}} failed',
    'queue.failed': '{{failed}} messages were not delivered',
    'queue.failed.todo': 'The administrator sees them and tries again with /signaal admin',
    'address.none': 'not set: links point to the address the program listens on',
    'address.good': '{{url}} answers',
    'address.wrong': '{{url}} does not answer ({{reason}})',
    'address.todo':
      'Start the program, and check DNS, the proxy and the certificate: platforms and people use this address.',
    'clock.good': 'in step with the database ({{seconds}} s apart)',
    'clock.wrong': '{{seconds}} s apart from the database',
    'clock.todo': 'Switch on time synchronisation (NTP) on both: Slack and Teams refuse a clock that is off.',
    'municipality.good': '{{name}}: {{neighbourhoods}} neighbourhoods, {{regisseurs}} regisseurs',
    'municipality.none': 'none yet: the first start makes it',
    'municipality.coordinator': '{{name}} has no coordinator: signals without a regisseur have nowhere to go',
    'municipality.coordinator.todo': 'Name a coordinator in the municipality file: npm run municipality -- apply FILE',
    'municipality.demo': '{{name}} holds invented demo signals and a real platform is configured',
    'municipality.demo.todo': 'npm run demo -- clear',
    'municipality.readers':
      'in {{name}} newsletter readers and guests without chat ({{count}}) wait for mail, but mail is switched off',
    'municipality.readers.todo': 'Set SMTP_URL and MAIL_FROM (README, settings).',
  },
);

/** What opening the database led to: the open one, or why not. */
export type DatabaseState = { db: Db; engine: 'pglite' | 'postgresql' } | { error: StorageError };

/**
 * The checks every installation has. The configuration was read before: a wrong one never comes this far.
 *
 * @param now the process's clock.
 */
export function installationChecks(config: Config, database: DatabaseState, now: () => Date): Check[] {
  const configuration: Check = (locale) =>
    Promise.resolve([good(locale, 'configuration', texts(locale)('configuration.good'))]);
  const address: Check = (locale) => checkAddress(config.publicUrl, locale);
  if ('error' in database) {
    return [configuration, (locale) => Promise.resolve([describeError(database.error, locale)]), address];
  }
  const { db, engine } = database;
  return [
    configuration,
    (locale) => checkDatabase(db, engine, locale),
    (locale) => checkClock(db, now, locale),
    (locale) => checkMunicipalities(db, config, locale),
    (locale) => checkQueue(db, locale),
    address,
  ];
}

type Part = 'configuration' | 'database' | 'queue' | 'address' | 'clock' | 'municipality';

function good(locale: Locale, part: Part, says: string): Finding {
  return { status: 'good', part: texts(locale)(`part.${part}`), says };
}

function wrong(locale: Locale, part: Part, says: string, todo?: string): Finding {
  return { status: 'wrong', part: texts(locale)(`part.${part}`), says, ...(todo && { todo }) };
}

/** A folder in use is most likely the program itself, running: nothing is wrong with that. */
function describeError(error: StorageError, locale: Locale): Finding {
  if (error.code === 'STORAGE.LOCKED') return good(locale, 'database', texts(locale)('database.running'));
  return wrong(locale, 'database', error.message);
}

async function checkDatabase(db: Db, engine: 'pglite' | 'postgresql', locale: Locale): Promise<Finding[]> {
  const [row] = await db.$queryRaw<{ version: string; migrations: number }[]>`
    SELECT current_setting('server_version') AS "version",
      (SELECT count(*)::int FROM "_prisma_migrations" WHERE "finished_at" IS NOT NULL) AS "migrations"`;
  const { version = '?', migrations = 0 } = row ?? {};
  const t = texts(locale);
  return [
    good(
      locale,
      'database',
      engine === 'pglite'
        ? t('database.embedded', { version, migrations })
        : t('database.good', { version: `PostgreSQL ${version}`, migrations }),
    ),
  ];
}

async function checkClock(db: Db, now: () => Date, locale: Locale): Promise<Finding[]> {
  const [row] = await db.$queryRaw<{ at: Date }[]>`SELECT clock_timestamp() AS "at"`;
  const apart = Math.abs(now().getTime() - (row?.at.getTime() ?? 0));
  const seconds = Math.round(apart / 1_000);
  const t = texts(locale);
  return [
    apart <= CLOCK_TOLERANCE_MS
      ? good(locale, 'clock', t('clock.good', { seconds }))
      : wrong(locale, 'clock', t('clock.wrong', { seconds }), t('clock.todo')),
  ];
}

async function checkMunicipalities(db: Db, config: Config, locale: Locale): Promise<Finding[]> {
  const t = texts(locale);
  const municipalities = await db.municipality.findMany({
    select: {
      name: true,
      demo: true,
      _count: { select: { neighbourhoods: true } },
      people: {
        where: { active: true },
        select: { roles: true, accounts: { select: { platform: true } } },
      },
    },
  });
  if (municipalities.length === 0) return [good(locale, 'municipality', t('municipality.none'))];
  return municipalities.flatMap(({ name, demo, people, _count }) => {
    const withRole = (role: (typeof people)[number]['roles'][number]) =>
      people.filter(({ roles }) => roles.includes(role)).length;
    const findings: Finding[] = [];
    if (withRole('coordinator') === 0) {
      const todo = t('municipality.coordinator.todo');
      findings.push(wrong(locale, 'municipality', t('municipality.coordinator', { name }), todo));
    }
    if (demo && config.platforms.length > 0) {
      findings.push(wrong(locale, 'municipality', t('municipality.demo', { name }), t('municipality.demo.todo')));
    }
    const byMailAlone = people.filter(
      ({ accounts }) => accounts.length > 0 && accounts.every(({ platform }) => platform === 'mail'),
    ).length;
    if (byMailAlone > 0 && !config.mail) {
      const todo = t('municipality.readers.todo');
      findings.push(wrong(locale, 'municipality', t('municipality.readers', { name, count: byMailAlone }), todo));
    }
    const counts = { neighbourhoods: _count.neighbourhoods, regisseurs: withRole('regisseur') };
    return findings.length > 0 ? findings : [good(locale, 'municipality', t('municipality.good', { name, ...counts }))];
  });
}

async function checkQueue(db: Db, locale: Locale): Promise<Finding[]> {
  const t = texts(locale);
  const municipalityIds = (await db.municipality.findMany({ select: { id: true } })).map(({ id }) => id);
  // Nothing is asked of nobody: before the first start there is no municipality.
  if (municipalityIds.length === 0) return [good(locale, 'queue', t('queue.good', { waiting: 0, failed: 0 }))];
  const count = (status: 'waiting' | 'failed') =>
    db.delivery.count({ where: { municipalityId: { in: municipalityIds }, status } });
  const [waiting, failed] = [await count('waiting'), await count('failed')];
  return [
    failed > 0
      ? wrong(locale, 'queue', t('queue.failed', { failed }), t('queue.failed.todo'))
      : good(locale, 'queue', t('queue.good', { waiting, failed })),
  ];
}

async function checkAddress(publicUrl: string | undefined, locale: Locale): Promise<Finding[]> {
  const t = texts(locale);
  if (!publicUrl) return [good(locale, 'address', t('address.none'))];
  // Without a name and password somebody may have put in the address.
  const url = new URL(publicUrl).origin;
  const reason = await whyUnreachable(new URL('/healthz', publicUrl));
  return [
    reason === undefined
      ? good(locale, 'address', t('address.good', { url }))
      : wrong(locale, 'address', t('address.wrong', { url, reason }), t('address.todo')),
  ];
}

async function whyUnreachable(url: URL): Promise<string | undefined> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(PUBLIC_URL_TIMEOUT_MS), redirect: 'manual' });
    return response.ok ? undefined : `HTTP ${response.status}`;
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    return cause instanceof Error && 'code' in cause ? String(cause.code) : 'timeout';
  }
}
