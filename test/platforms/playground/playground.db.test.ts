import { randomUUID } from 'node:crypto';
import { load } from 'cheerio';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDatabase } from '../../support/open-test-database.js';
import { expectValidHtml, get } from '../../status-site/site.js';
import { openContractTown, type ContractTown, type PersonKey } from '../contract-town.js';
import { MARKUP } from '../echo-feature.js';
import { servePlayground, type Served } from './serve-playground.js';

describe('the playground', async () => {
  const database = await openTestDatabase();
  const { db } = database;
  let town: ContractTown;
  let served: Served;
  const ids = {} as Record<PersonKey, string>;

  beforeAll(async () => {
    town = await openContractTown(database, 'playground');
    served = await servePlayground(town);
    town.connect(served.playground.platform);
    for (const key of ['worker', 'colleague', 'owner', 'coordinator'] as const) ids[key] = town.people[key].id;
  });
  afterAll(async () => {
    await served.stop();
    await town.stop();
  });

  const direct = (key: PersonKey) => `dm:${ids[key]}`;
  const channel = () => `channel:${town.channel.id}`;
  const post = (path: string, body: Record<string, string>) =>
    fetch(`${served.url}/speeltuin/${path}`, {
      method: 'POST',
      body: new URLSearchParams(body),
      headers: { 'HX-Request': 'true' },
      redirect: 'manual',
    });
  const open = async (als: string, more: Record<string, string> = {}) => {
    const answer = await get(served.url, `/speeltuin?${new URLSearchParams({ als, ...more })}`);
    return { ...answer, $: load(answer.html) };
  };
  const rows = () =>
    db.playgroundMessage.findMany({ where: { municipalityId: town.municipality.id }, orderBy: { at: 'asc' } });
  const conversations = async (key: PersonKey) =>
    (await open(ids[key]))
      .$('.conversation-name')
      .toArray()
      .map((element) => load(element).text());

  it.each([
    ['a name that somebody else points here', { host: 'speeltuin.example' }],
    ['a name that only starts like this machine’s', { host: 'localhost.example' }],
    ['a proxy', { 'x-forwarded-for': '203.0.113.7' }],
  ])('answers this machine alone, not %s', async (_, headers) => {
    for (const path of ['/speeltuin', `/speeltuin?als=${ids.worker}`, `/speeltuin/stroom?als=${ids.worker}`]) {
      const { status, html } = await get(served.url, path, headers);
      expect(status).toBe(403);
      expect(html).not.toContain('Amira');
    }
  });

  it('answers this machine by each of its names', async () => {
    for (const host of ['localhost', '127.0.0.1', 'LOCALHOST:3000', '[::1]:3000', '127.0.0.2']) {
      expect((await get(served.url, '/speeltuin', { host })).status).toBe(200);
    }
  });

  it('lets one pick anybody of the town, by role', async () => {
    const { html, status } = await get(served.url, '/speeltuin');
    expect(status).toBe(200);
    const $ = load(html);
    const groups = $('.people-group')
      .toArray()
      .map((group) => [
        $(group).find('h2').text(),
        $(group)
          .find('.person-name')
          .toArray()
          .map((name) => $(name).text()),
      ]);
    expect(groups).toEqual([
      ['Basiswerkers', ['Amira Voorbeeld', 'Bram Proef']],
      ['Sociaal regisseurs', ['Chris Test']],
      ['Coördinator', ['Dina Model']],
    ]);
    await expectValidHtml(html, 'welcome');
  });

  it('shows a channel to its owner, to who replaces the owner today, and to the coordinator', async () => {
    expect(await conversations('worker')).toEqual(['Wijksignaal']);
    expect(await conversations('owner')).toEqual(['Signalen Noord', 'Wijksignaal']);
    expect(await conversations('coordinator')).toEqual(['Signalen Noord', 'Wijksignaal']);
    const day = (offset: number) => new Date(new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10));
    const leave = (from: number, until: number) =>
      db.leave.create({
        data: {
          municipalityId: town.municipality.id,
          personId: ids.owner,
          replacementId: ids.colleague,
          from: day(from),
          until: day(until),
        },
      });
    await leave(-10, -3);
    await leave(3, 10);
    expect(await conversations('colleague')).toEqual(['Wijksignaal']);
    await leave(-2, 2);
    expect(await conversations('colleague')).toEqual(['Signalen Noord', 'Wijksignaal']);
  });

  it('shows nobody another’s conversation, and takes nothing said there', async () => {
    await post('zeg', { als: ids.worker, gesprek: direct('worker'), tekst: '/echo privé' });
    const before = await rows();
    const { $ } = await open(ids.colleague, { gesprek: direct('worker') });
    expect($('body').text()).not.toContain('privé');
    expect($('#gesprek-titel').text()).not.toBe('');
    const answer = await post('zeg', { als: ids.colleague, gesprek: direct('worker'), tekst: 'dag' });
    expect(answer.headers.get('hx-redirect')).toBe('/speeltuin');
    expect(await rows()).toHaveLength(before.length);
  });

  it('takes no button that is not on the card, not for this person, or of another’s message', async () => {
    await town.chat.command(caller('worker'), 'echo', 'kaart echt');
    await town.chat.command(caller('owner'), 'echo', 'kanaal alleen-eigenaar');
    await town.settle();
    const { $ } = await open(ids.worker);
    const { bericht = '', knop = '' } = JSON.parse(
      $('button:contains("Tel")').first().attr('hx-vals') ?? '{}',
    ) as Record<string, string>;
    const press = (key: PersonKey, gesprek: string, message: string, control: string, keuze = '') =>
      post('druk', { als: ids[key], gesprek, bericht: message, knop: control, keuze });
    const counted = async () => (await open(ids.worker)).$(`#m-${bericht} dd`).first().text();

    expect((await press('worker', direct('worker'), bericht, 'niets')).status).toBe(400);
    expect((await press('worker', direct('worker'), randomUUID(), knop)).status).toBe(204);
    expect(
      (
        await press(
          'worker',
          direct('worker'),
          bericht,
          knop.replace(/.$/, (end) => (end === 'A' ? 'B' : 'A')),
        )
      ).status,
    ).toBe(204);
    expect((await press('colleague', direct('colleague'), bericht, knop)).status).toBe(204);
    await town.settle();
    expect(await counted()).toBe('0');
    expect((await open(ids.worker)).$('body').text()).toContain('Dit bericht is intussen veranderd.');

    const inChannel = load((await open(ids.owner, { gesprek: channel() })).html)('button:contains("Tel")').first();
    const own = JSON.parse(inChannel.attr('hx-vals') ?? '{}') as Record<string, string>;
    await press('coordinator', channel(), own['bericht'] ?? '', own['knop'] ?? '');
    await town.settle();
    const after = load((await open(ids.owner, { gesprek: channel() })).html);
    expect(after(`#m-${own['bericht']} dd`).first().text()).toBe('0');

    expect((await press('worker', direct('worker'), bericht, knop)).status).toBe(204);
    await town.settle();
    expect(await counted()).toBe('1');
  });

  it('presses nothing unseen when a card has changed since', async () => {
    const deliveryId = randomUUID();
    const message = (label: string, key: string) => ({
      municipalityId: town.municipality.id,
      deliveryId,
      to: { kind: 'person' as const, externalId: town.people.worker.externalId },
      locale: 'nl' as const,
      card: {
        summary: label,
        parts: [{ kind: 'buttons' as const, buttons: [{ label, action: 'echo.whisper', payload: { key } }] }],
      },
    });
    const sent = await served.playground.platform.send(message('Oud', 'a'));
    if (!sent.ok) throw new Error('Not sent.');
    const { $ } = await open(ids.worker);
    const seen = JSON.parse($('button:contains("Oud")').attr('hx-vals') ?? '{}') as Record<string, string>;
    await served.playground.platform.update(sent.ref, message('Nieuw', 'b'));
    await post('druk', { als: ids.worker, gesprek: direct('worker'), ...seen });
    expect((await open(ids.worker)).$('.message').last().text()).toContain('intussen veranderd');
  });

  it('hides a message for one’s own eyes, and no other', async () => {
    await post('zeg', { als: ids.owner, gesprek: channel(), tekst: 'voor iedereen hier' });
    await post('zeg', { als: ids.owner, gesprek: channel(), tekst: '/echo voor mij' });
    const [forAll, forMe] = (await rows()).slice(-2);
    await post('verberg', { als: ids.owner, bericht: forAll?.id ?? '' });
    await post('verberg', { als: ids.coordinator, bericht: forMe?.id ?? '' });
    expect((await rows()).slice(-2)).toHaveLength(2);
    expect((await rows()).at(-1)?.id).toBe(forMe?.id);
    await post('verberg', { als: ids.owner, bericht: forMe?.id ?? '' });
    expect((await rows()).at(-1)?.id).toBe(forAll?.id);
  });

  it('counts what is unread until it is looked at', async () => {
    const unread = async () =>
      (await open(ids.coordinator, { gesprek: direct('coordinator') })).$('.unread [aria-hidden]').text();
    await open(ids.coordinator, { gesprek: channel() });
    expect(await unread()).toBe('');
    await post('zeg', { als: ids.owner, gesprek: channel(), tekst: 'een' });
    await post('zeg', { als: ids.owner, gesprek: channel(), tekst: 'twee' });
    await post('zeg', { als: ids.owner, gesprek: channel(), tekst: '/echo niet voor jou' });
    expect(await unread()).toBe('2');
    await open(ids.coordinator, { gesprek: channel() });
    expect(await unread()).toBe('');
  });

  it('tells browsers of a change at once, and at every new connection', async () => {
    const response = await fetch(`${served.url}/speeltuin/stroom?als=${ids.worker}`);
    const reader = (response.body as ReadableStream<Uint8Array>).getReader();
    const next = async () => new TextDecoder().decode((await reader.read()).value);
    expect(await next()).toContain('event: changed');
    await post('zeg', { als: ids.owner, gesprek: channel(), tekst: 'nieuws' });
    expect(await next()).toBe('event: changed\ndata: \n\n');
    await reader.cancel();
  });

  it('shows older messages when asked', async () => {
    const at = Date.now() + 60_000;
    await db.playgroundMessage.createMany({
      data: Array.from({ length: 70 }, (_, index) => ({
        municipalityId: town.municipality.id,
        conversationId: direct('colleague'),
        card: { summary: '-', parts: [{ kind: 'text', text: `nummer ${index}` }] },
        at: new Date(at + index * 1_000),
      })),
    });
    const first = await open(ids.colleague, { gesprek: direct('colleague') });
    expect(first.$('.message')).toHaveLength(60);
    expect(first.$('.message').last().text()).toContain('nummer 69');
    const older = await get(served.url, first.$('.older a').attr('href') ?? '');
    expect(load(older.html)('.message .card').text()).toContain('nummer 0');
    expect(load(older.html)('.older')).toHaveLength(0);
  });

  it.each([
    ['nothing', {}],
    ['half of it', { als: 'x', gesprek: '', tekst: '' }],
    ['somebody who does not exist', { als: randomUUID(), gesprek: 'dm:x', tekst: '/echo' }],
    ['a conversation that does not exist', { gesprek: `channel:${randomUUID()}`, tekst: '/echo' }],
    ['a thread that does not exist', { draad: randomUUID(), plaats: 'draad', tekst: '/echo' }],
    ['a thread that is no id', { draad: "'; DROP TABLE", plaats: 'draad', tekst: '/echo' }],
  ])('answers %s without failing', async (_, body) => {
    for (const path of ['zeg', 'druk', 'formulier', 'zoek', 'verberg', 'taal']) {
      const answer = await post(path, { als: ids.worker, gesprek: direct('worker'), ...body });
      expect([200, 204, 303, 400]).toContain(answer.status);
    }
  });

  it('says so when a text is too long for a chat, and keeps nothing of it', async () => {
    const before = (await rows()).length;
    const answer = await post('zeg', { als: ids.worker, gesprek: direct('worker'), tekst: 'x'.repeat(50_000) });
    expect(answer.status).toBe(413);
    expect(await answer.text()).toContain('Je tekst is te groot');
    expect(await rows()).toHaveLength(before);
  });

  it('leads back to the start who is nobody any more', async () => {
    const gone = await open(randomUUID());
    expect(gone.status).toBe(404);
    expect(gone.$('[role=alert]').text()).toBe('Die persoon kennen we niet (meer). Kies iemand anders.');
    const stand = await get(served.url, `/speeltuin/stand?als=${randomUUID()}`, { 'hx-request': 'true' });
    expect(stand.header('hx-redirect')).toBe('/speeltuin');
  });

  it('makes valid pages of whatever people say', async () => {
    await post('zeg', { als: ids.worker, gesprek: direct('worker'), tekst: MARKUP });
    const thread = (await rows()).find((row) => row.deliveryId && row.conversationId === direct('worker'))?.id ?? '';
    const { html, $ } = await open(ids.worker, { gesprek: direct('worker'), draad: thread });
    expect($('.thread-pane')).toHaveLength(1);
    await expectValidHtml(html, 'chat');
    const form = await post('zeg', { als: ids.worker, gesprek: direct('worker'), tekst: `/echo formulier ${MARKUP}` });
    const dialog = await form.text();
    await expectValidHtml(
      `<!doctype html><html lang="nl"><head><title>x</title></head><body>${dialog}</body></html>`,
      'form',
    );
    const stand = await get(served.url, `/speeltuin/stand?als=${ids.worker}&gesprek=${direct('worker')}`);
    expect(load(stand.html)('#berichten').attr('hx-swap-oob')).toBe('morph');
  });

  function caller(key: PersonKey) {
    return {
      municipalityId: town.municipality.id,
      platform: 'playground' as const,
      account: { externalId: town.people[key].externalId },
      requestId: randomUUID(),
    };
  }
});
