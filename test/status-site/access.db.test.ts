import { load } from 'cheerio';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type App } from '../../src/app.js';
import { loadConfig, type Config } from '../../src/config.js';
import { createLog } from '../../src/operations/log.js';
import { openTestDatabase } from '../support/open-test-database.js';
import { addSignal } from '../support/rows.js';
import { expectValidHtml, get, readableIn } from './site.js';

const TITLE = 'Niemand buiten de gemeente leest dit';
const PATHS = ['/', '/?zoek=niemand', '/?wijk=7', '/signalen', '/signalen/G-2026-0001', '/signalen/G-2026-9999'];

const database = await openTestDatabase();
const { db } = database;

describe.each([
  ['another machine can reach it', { HOST: '0.0.0.0' }, {}],
  // As the configuration has it once a platform is connected.
  ['a platform is connected', {}, { openSite: false }],
])('when %s', (_, environment, changed: Partial<Config>) => {
  let app: App;
  beforeAll(async () => {
    app = await open(environment, changed);
  });
  afterAll(() => app.stop());

  it.each(PATHS)('nobody reads %s without signing in, and the page says so in words', async (path) => {
    for (const language of ['nl', 'en']) {
      const { status, html, header } = await get(local(app), path, { cookie: `taal=${language}` });
      expect(status).toBe(403);
      expect(header('cache-control')).toBe('no-store');
      expect(load(html)('h1').text()).toBe(
        language === 'nl' ? 'Hier moet je aangemeld zijn' : 'You need to be signed in here',
      );
      for (const fact of [TITLE, 'Gent', 'Rabot']) expect(readableIn(html)).not.toContain(fact);
      await expectValidHtml(html, path);
    }
  });
});

describe('when only this machine reaches it and no platform is connected', () => {
  let app: App;
  beforeAll(async () => {
    app = await open({}, {});
  });
  afterAll(() => app.stop());

  it('everybody at this machine reads it', async () => {
    for (const host of ['localhost', '127.0.0.1', '[::1]:3000']) {
      expect((await get(app.url, '/', { host })).html).toContain(TITLE);
    }
    expect((await get(app.url, '/signalen/G-2026-0001')).html).toContain(TITLE);
  });

  it.each([
    ['a name that somebody else points here', { host: 'signalen.example.be' }],
    ['a name that only starts like this machine’s', { host: 'localhost.example.be' }],
    ['a proxy', { 'x-forwarded-for': '203.0.113.7' }],
  ])('nobody reads it through %s', async (_, headers) => {
    for (const path of PATHS) {
      const { status, html } = await get(app.url, path, headers);
      expect(status).toBe(403);
      expect(readableIn(html)).not.toContain(TITLE);
    }
  });
});

/** A real municipality, without demo signals, with one signal in it. */
async function open(environment: NodeJS.ProcessEnv, changed: Partial<Config>): Promise<App> {
  const config = loadConfig({ PORT: '0', LOG_LEVEL: 'silent', ...environment });
  const municipalityFile = 'src/municipality/presets/gent.yaml';
  const app = await startApp(
    { ...config, municipalityFile, ...changed },
    { database, log: createLog('silent'), now: () => new Date('2026-10-06T09:00:00Z') },
  );
  const { id } = await db.municipality.findFirstOrThrow();
  const owner = await db.person.findFirstOrThrow({ where: { municipalityId: id, roles: { has: 'coordinator' } } });
  const reference = 'G-2026-0001';
  const there = await db.signal.findUnique({ where: { municipalityId_reference: { municipalityId: id, reference } } });
  if (!there) await addSignal(db, id, owner.id, { reference, title: TITLE });
  return app;
}

const local = ({ url }: App) => `http://127.0.0.1:${new URL(url).port}`;
