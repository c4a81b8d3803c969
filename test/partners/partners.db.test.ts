import { load } from 'cheerio';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { expectValidHtml, get, post, readableIn, serveSite, type Site } from '../status-site/site.js';
import { openTestDatabase } from '../support/open-test-database.js';
import { openTown, TOWN_NOW, wordsOf } from '../support/town.js';

const DAY = 86_400_000;
const database = await openTestDatabase();
const { db } = database;
const town = await openTown(database);
const { people, municipalityId, chat, caller } = town;
let site: Site;
beforeAll(async () => {
  site = await serveSite({ db, now: () => town.clock.now, chat }, municipalityId, {
    openSite: false,
    playground: false,
  });
});
afterEach(() => {
  town.clock.now = TOWN_NOW;
});
afterAll(async () => {
  await site.stop();
  await town.stop();
});

const ASK = { organisation: 'CAW Voorbeeld', question: 'Hoe vaak zien jullie dit?' };
/** Asks a partner; gives the signal and the link's path. */
const ask = async () => {
  const signal = await town.file(people.worker, { title: 'Wachtlijsten groeien' });
  await town.step(people.regisseur, signal.id, 'in_review');
  const done = wordsOf(await town.act(people.regisseur, 'partners.ask', signal.id, ASK));
  const path = /\/partner\/[\w-]{43}/.exec(done)?.[0] ?? '';
  return { signal, path, done };
};
const answersOn = (signalId: string) =>
  db.timelineEntry.findMany({ where: { municipalityId, signalId, kind: 'partner_answered' } });
const end = async (signalId: string) => {
  const open = await db.partnerRequest.findFirst({ where: { municipalityId, signalId } });
  return town.act(people.regisseur, 'partners.end', signalId, { request: open?.id ?? '', why: 'Niet meer nodig.' });
};
/** Far from every other test's visitors: the limit is per address. */
const titleOf = (html: string) => load(html)('h1').text();

it('there is no link to withdraw before a partner was asked, and the regisseur hears so', async () => {
  const signal = await town.file(people.worker, {});
  await town.step(people.regisseur, signal.id, 'in_review');
  const said = await town.act(people.regisseur, 'partners.end', signal.id);
  expect(wordsOf(said)).toContain('Er staat geen link van een partner open');
});

it('withdrawing a link is offered while one is open', async () => {
  const offered = async (signalId: string) =>
    JSON.stringify(await chat.press(caller(people.regisseur), 'signals.more', { signalId, seen: 2 }));
  const { signal } = await ask();
  expect(await offered(signal.id)).toContain('partners.end');
  await end(signal.id);
  expect(await offered(signal.id)).not.toContain('partners.end');
  expect(await offered(signal.id)).toContain('partners.ask');
});

it('a link of any length that is not ours is unknown, never a failure', async () => {
  expect((await get(site.url, `/partner/${'x'.repeat(2_000)}`)).status).toBe(404);
});

describe('a partner without an account', () => {
  it('reads one signal’s neutral text and the question through the link, and nothing else', async () => {
    const { path } = await ask();
    for (const language of ['nl', 'en']) {
      const page = await get(site.url, path, { 'accept-language': language });
      expect(page.status).toBe(200);
      await expectValidHtml(page.html, language);
      const read = readableIn(page.html);
      for (const shown of ['Wachtlijsten groeien', ASK.question, ASK.organisation, 'Regisseur Een']) {
        expect(read).toContain(shown);
      }
      for (const hidden of ['Werker Een', 'Het Buurthuis', 'playground', '/signalen'])
        expect(read).not.toContain(hidden);
      expect(page.header('referrer-policy')).toBe('strict-origin');
      expect(page.header('cache-control')).toBe('no-store');
    }
  });

  it('answers once: it stands on the timeline for triage alone, and under the owner’s card', async () => {
    const { signal, path } = await ask();
    const sent = await post(site.url, path, { answer: 'Wekelijks, vooral in de winter.' });
    expect(titleOf(sent.html)).toContain('Dank je');
    const [entry] = await answersOn(signal.id);
    expect(entry).toMatchObject({ personId: null, platform: 'web', visibility: 'internal' });
    expect(await db.delivery.count({ where: { municipalityId, key: `thread:${entry?.id}` } })).toBe(1);
    const forTriage = wordsOf(await chat.command(caller(people.regisseur), 'signaal', `status ${signal.reference}`));
    expect(forTriage).toContain('INTERN · antwoord van een partner');
    expect(forTriage).toContain('Partner: CAW Voorbeeld');
    const forFiler = wordsOf(await chat.command(caller(people.worker), 'signaal', `status ${signal.reference}`));
    expect(forFiler).not.toContain('in de winter');
    expect(forFiler).not.toContain('CAW Voorbeeld');
  });

  it('who answers twice, or at once from two places, is told that one arrived', async () => {
    const { signal, path } = await ask();
    const both = await Promise.all([
      post(site.url, path, { answer: 'Wekelijks.' }),
      post(site.url, path, { answer: 'Maandelijks.' }),
    ]);
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 410]);
    const again = await get(site.url, path);
    expect(again.status).toBe(410);
    expect(titleOf(again.html)).toContain('al geantwoord');
    expect(await answersOn(signal.id)).toHaveLength(1);
  });

  it('whose link expired, was withdrawn or never existed reads which, each on its own page, and nothing is written', async () => {
    const expired = await ask();
    town.clock.now = new Date(TOWN_NOW.getTime() + 31 * DAY);
    const late = await post(site.url, expired.path, { answer: 'Nog iets.' });
    expect([late.status, titleOf(late.html)]).toEqual([410, 'Deze link is verlopen']);
    town.clock.now = TOWN_NOW;
    const withdrawn = await ask();
    expect(wordsOf(await end(withdrawn.signal.id))).toContain('werkt niet meer');
    const gone = await post(site.url, withdrawn.path, { answer: 'Nog iets.' });
    expect([gone.status, titleOf(gone.html)]).toEqual([410, 'Deze link is ingetrokken']);
    const none = await get(site.url, `/partner/${'x'.repeat(43)}`);
    expect([none.status, titleOf(none.html)]).toEqual([404, 'Deze link kennen we niet']);
    for (const { html } of [late, gone, none]) {
      await expectValidHtml(html, 'gone');
      expect(html).not.toContain('Wachtlijsten');
    }
    expect(await answersOn(expired.signal.id)).toEqual([]);
    expect(await answersOn(withdrawn.signal.id)).toEqual([]);
  });

  it('keeps what was typed when it holds client data, or nothing, and is asked about a likely name', async () => {
    const { signal, path } = await ask();
    const phone = await post(site.url, path, { answer: 'Bel 0470 12 34 56 <b>' });
    expect(phone.status).toBe(422);
    expect(load(phone.html)('textarea').text()).toBe('Bel 0470 12 34 56 <b>');
    expect(load(phone.html)('.field-error').text()).toContain('telefoonnummer');
    // Who cannot see the error is led to it.
    expect(load(phone.html)('[autofocus]').attr('id')).toBe('answer');
    await expectValidHtml(phone.html, 'error');
    expect((await post(site.url, path, { answer: '  ' })).html).toContain('Vul dit in');
    const answer = 'Mevrouw Janssens komt elke week langs.';
    const named = await post(site.url, path, { answer });
    const box = load(named.html)('input[type=checkbox]').attr('name') ?? '';
    expect(box).not.toBe('');
    expect(load(named.html)('[autofocus]').attr('name')).toBe(box);
    expect(await answersOn(signal.id)).toEqual([]);
    expect((await post(site.url, path, { answer, [box]: 'on' })).status).toBe(200);
    expect(await answersOn(signal.id)).toHaveLength(1);
  });

  it('is not asked by who does not follow the signal, and the secret is kept nowhere', async () => {
    const { signal, path, done } = await ask();
    expect(done).toContain('Je ziet hem alleen nu');
    const secret = path.split('/').at(-1) ?? 'none';
    const rows = JSON.stringify([
      await db.partnerRequest.findMany({ where: { municipalityId } }),
      await db.timelineEntry.findMany({ where: { municipalityId } }),
      await db.delivery.findMany({ where: { municipalityId } }),
    ]);
    expect(rows).not.toContain(secret);
    for (const who of ['worker', 'colleague', 'otherRegisseur', 'administrator'] as const) {
      expect(wordsOf(await town.act(people[who], 'partners.ask', signal.id, ASK))).toContain('Regisseur Een');
      expect(wordsOf(await town.act(people[who], 'partners.end', signal.id))).toContain('Regisseur Een');
    }
  });

  it('has their answer follow a signal that was merged meanwhile', async () => {
    const { signal, path } = await ask();
    const kept = await town.file(people.colleague);
    await town.step(people.regisseur, signal.id, 'merged', { reference: kept.reference });
    await post(site.url, path, { answer: 'Wekelijks.' });
    expect(await answersOn(kept.id)).toHaveLength(1);
  });

  it('who tries too often from one place is asked to wait', async () => {
    const own = await serveSite({ db, now: () => town.clock.now, chat }, municipalityId, {
      openSite: false,
      playground: false,
    });
    const statuses: number[] = [];
    for (let tries = 0; tries < 31; tries += 1) {
      statuses.push((await get(own.url, `/partner/${'y'.repeat(43)}`)).status);
    }
    expect(statuses.slice(0, 30)).toEqual(Array.from({ length: 30 }, () => 404));
    expect(statuses[30]).toBe(429);
    town.clock.now = new Date(TOWN_NOW.getTime() + 11 * 60_000);
    expect((await get(own.url, `/partner/${'y'.repeat(43)}`)).status).toBe(404);
    await own.stop();
  });
});
