import { load } from 'cheerio';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { features } from '../../src/features.js';
import { drawPictures } from '../../src/newsletters/draw-pictures.js';
import { issuePath } from '../../src/newsletters/newsletter.js';
import { openTestDatabase } from '../support/open-test-database.js';
import { openTown } from '../support/town.js';
import { expectValidHtml, get, serveSite, type Site } from '../status-site/site.js';
import { openNewsroom } from './newsroom.js';

const database = await openTestDatabase();
const { db } = database;
const town = await openTown(database);
const { municipalityId } = town;
const room = await openNewsroom(database, town);
let open: Site;
let closed: Site;
let path = '';

beforeAll(async () => {
  await room.settings({});
  await town.tickAt('2026-05-20T08:00:00Z');
  await town.tickAt('2026-05-23T07:01:00Z');
  path = issuePath(await room.only());
  const now = () => town.clock.now;
  open = await serveSite({ db, now, features }, municipalityId, { playground: false });
  closed = await serveSite({ db, now, features }, municipalityId, { openSite: false, playground: false });
});
afterAll(async () => {
  await open.stop();
  await closed.stop();
  await town.stop();
});

/** As if it went out. */
const sendOut = (text: string) =>
  db.newsletter.updateMany({
    where: { municipalityId },
    data: { status: 'sent', startedAt: new Date('2026-06-02T07:00:30Z'), text: { foreword: text, came: 'Cijfers' } },
  });

describe('the archive of the newsletter', () => {
  it('shows nothing that was not sent', async () => {
    expect((await get(open.url, path)).status).toBe(404);
    const { html } = await get(open.url, '/nieuwsbrieven');
    expect(load(html)('main').text()).toContain('nog geen nieuwsbrief verstuurd');
    await expectValidHtml(html, 'archive');
  });

  it('has each issue at an address of its own, with its pictures and their words', async () => {
    await sendOut('Dag <b>collega</b>\nTweede regel');
    expect(path).toBe('/nieuwsbrieven/nieuwsbrief-2026-06-02T0900');
    const { status, html } = await get(open.url, path);
    expect(status).toBe(200);
    await expectValidHtml(html, 'issue');
    const page = load(html);
    expect(page('h1').text()).toBe('Signalen in Teststad: juni 2026');
    expect(page('.newsletter-text').first().text()).toBe('Dag <b>collega</b>\nTweede regel');
    const image = page('img.newsletter-picture').first();
    expect(image.attr('alt')).toContain('Staafgrafiek');
    const picture = await fetch(`${open.url}${image.attr('src')}`);
    expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/png']);
    expect(load((await get(open.url, '/nieuwsbrieven')).html)(`a[href="${path}"]`).length).toBe(1);
  });

  it('is closed without signing in where the site is, but a picture opens by its signed address', async () => {
    expect((await get(closed.url, path)).status).toBe(403);
    expect((await get(closed.url, '/nieuwsbrieven')).status).toBe(403);
    const src = load((await get(open.url, path)).html)('img.newsletter-picture').attr('src') ?? '';
    expect((await fetch(`${closed.url}${src}`)).status).toBe(200);
    for (const wrong of [src.replace(/\?.*/, ''), src.replace('trend', 'tiles'), `${src}x`]) {
      expect((await fetch(`${closed.url}${wrong}`)).status, wrong).toBe(404);
    }
  });

  it('can be followed in a feed reader, by an address that needs no signing in', async () => {
    const feed = load((await get(open.url, '/nieuwsbrieven')).html)('a[href*="/feed/"]').attr('href') ?? '';
    const { status, html, header } = await get(closed.url, feed);
    expect([status, header('content-type')]).toEqual([200, 'application/atom+xml; charset=utf-8']);
    const xml = load(html, { xml: true });
    expect(xml('feed > entry')).toHaveLength(1);
    expect(xml('entry > content').text()).toContain('Dag <b>collega</b>');
    expect(xml('entry > updated').text()).toBe('2026-06-02T07:00:30.000Z');
    expect(xml('entry > link').attr('href')).toContain(path);
    expect((await get(closed.url, feed.replace(/\?.*/, ''))).status).toBe(404);
  });

  it.each(['/nieuwsbrieven/iets', '/nieuwsbrieven/nieuwsbrief-2026-06-02T0901', '/nieuwsbrieven/%00'])(
    'says that %s is not there',
    async (unknown) => {
      const { status, html } = await get(open.url, unknown);
      expect(status).toBe(404);
      await expectValidHtml(html, unknown);
    },
  );
});

describe('a picture', () => {
  const figures = {
    filed: 40,
    places: { lines: [{ key: 'a', count: 30 }], rest: 10 },
    domains: { lines: [], rest: 0 },
    rights: { lines: [], rest: 0 },
    outcomes: { lines: [], rest: 0 },
    moves: [],
    trend: [
      { until: '2026-03-01T00:00:00Z', count: 'few' as const },
      { until: '2026-06-01T00:00:00Z', count: 40 },
    ],
  };
  const names = new Map([['a', 'Rabot <&> Blaisantvest']]);
  const place = { locale: 'nl' as const, zone: 'Europe/Brussels' };

  it('says the same in words, and no small count', () => {
    const [trend, tiles] = drawPictures(figures, place, names);
    expect(trend?.alt).toContain('1 mrt 26: minder dan 5; tot 1 jun 26: 40');
    expect(tiles?.alt).toContain('Rabot <&> Blaisantvest 30');
    expect(trend?.png?.length).toBeGreaterThan(5_000);
  });

  it('that cannot be drawn leaves its words, and nothing stops for it', () => {
    const pictures = drawPictures(figures, place, names, () => {
      throw new Error('no memory');
    });
    expect(pictures.map(({ png }) => png)).toEqual([null, null]);
    expect(pictures[0]?.alt).toContain('Staafgrafiek');
  });
});
