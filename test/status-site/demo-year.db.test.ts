import { load } from 'cheerio';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type App } from '../../src/app.js';
import { loadConfig } from '../../src/config.js';
import { createLog } from '../../src/operations/log.js';
import { EntryData } from '../../src/signals/step-inputs.js';
import { SignalStatus } from '../../src/storage/database.js';
import { openTestDatabase } from '../support/open-test-database.js';
import { expectValidHtml, get, readableIn } from './site.js';

const NOW = new Date('2026-10-06T09:00:00Z');
/** 200 signals, each a page: more than one test's usual time on a busy machine. */
const WHOLE_YEAR_MS = 120_000;

const database = await openTestDatabase();
const { db } = database;
let app: App;
beforeAll(async () => {
  const config = loadConfig({ PORT: '0', LOG_LEVEL: 'silent' });
  app = await startApp(config, { database, log: createLog('silent'), now: () => NOW });
}, WHOLE_YEAR_MS);
afterAll(() => app.stop());

const readSignals = async () => {
  const { id: municipalityId } = await db.municipality.findFirstOrThrow();
  return db.signal.findMany({
    where: { municipalityId },
    orderBy: [{ filedAt: 'desc' }, { id: 'desc' }],
    include: { entries: true, filers: { include: { person: true } } },
  });
};

/** From the first page to the last, as a visitor does it. */
async function readWholeList(): Promise<string[]> {
  const pages: string[] = [];
  let path: string | undefined = '/';
  while (path) {
    const { status, html } = await get(app.url, path);
    expect(status).toBe(200);
    pages.push(html);
    path = load(html)('a[rel=next]').attr('href');
  }
  return pages;
}

describe('the demo year on the status site', () => {
  it(
    'never names who filed a signal, for whom they work, or what was said between them and the regisseur',
    async () => {
      const signals = await readSignals();
      type Entry = (typeof signals)[number]['entries'][number];
      const secrets = (entry: Entry) =>
        entry.visibility === 'public'
          ? []
          : [entry.text, ...Object.values(EntryData.parse(entry.data ?? {}).before ?? {})];
      const leadOf = (entry: Entry) => EntryData.parse(entry.data ?? {}).lead ?? null;
      const kinds = new Set(signals.flatMap(({ entries }) => entries.map(({ kind }) => kind)));
      // Only then does the search below mean anything.
      expect([...kinds]).toEqual(
        expect.arrayContaining(['note', 'question', 'answer', 'feedback', 'text_corrected', 'corrected', 'reopened']),
      );
      const filers = new Map(signals.flatMap(({ filers }) => filers.map(({ person }) => [person.id, person])));
      expect(filers.size).toBeGreaterThan(5);

      const found: string[] = [];
      for (const signal of signals) {
        const { status, html } = await get(app.url, `/signalen/${signal.reference}`);
        expect(status, signal.reference).toBe(200);
        const readable = readableIn(html);
        expect(readable).toContain(signal.title);
        // An organisation may be in the lead of an action, as everybody may know.
        const leads = signal.entries.filter(({ visibility }) => visibility === 'public').map(leadOf);
        const hidden = [
          ...[...filers.values()].map(({ name }) => name),
          ...signal.filers.map(({ organisation }) => organisation).filter((name) => !leads.includes(name)),
          ...signal.entries.flatMap(secrets),
        ];
        found.push(
          ...hidden
            .filter((text) => typeof text === 'string' && readable.includes(text))
            .map((text) => `${signal.reference}: ${text}`),
        );
      }
      for (const page of await readWholeList()) {
        const readable = readableIn(page);
        for (const { name, organisation } of filers.values()) {
          if (readable.includes(name) || (organisation && readable.includes(organisation)))
            found.push(`list: ${name}, ${organisation}`);
        }
      }
      expect(found).toEqual([]);
    },
    WHOLE_YEAR_MS,
  );

  it('lists every signal once, newest first, over all pages', async () => {
    const pages = await readWholeList();
    expect(pages.length).toBeGreaterThan(5);
    const listed = pages.flatMap((html) => {
      const page = load(html);
      return page('.signal-item .reference')
        .toArray()
        .map((element) => page(element).text());
    });
    expect(listed).toEqual((await readSignals()).map(({ reference }) => reference));
  });

  it(
    'is valid HTML in both languages, a signal of every status included',
    async () => {
      const signals = await readSignals();
      const ofEachStatus = Object.values(SignalStatus).map((status) => {
        const example = signals.find((signal) => signal.status === status);
        expect(example, status).toBeDefined();
        return `/signalen/${example?.reference}`;
      });
      const lists = [
        '/',
        '/?zoek=huur&status=lopend&wijk=7',
        '/?wijk=stad',
        '/?zoek=ditbestaatniet',
        '/signalen/G-1-1',
      ];
      const inDutch = [...lists, ...ofEachStatus].map((path) => ({ path, language: 'nl' }));
      const inEnglish = [...lists, ...ofEachStatus.slice(0, 2)].map((path) => ({ path, language: 'en' }));
      for (const { path, language } of [...inDutch, ...inEnglish]) {
        const { html } = await get(app.url, path, { cookie: `taal=${language}` });
        expect(load(html)('html').attr('lang')).toBe(language);
        await expectValidHtml(html, `${path} (${language})`);
      }
    },
    WHOLE_YEAR_MS,
  );
});
