import { load } from 'cheerio';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FormValues } from '../../src/chat/form.js';
import type { Person, Signal } from '../../src/storage/database.js';
import { openTestDatabase } from '../support/open-test-database.js';
import { openTown, TOWN_NOW, type Town } from '../support/town.js';
import { expectValidHtml, get, readableIn, serveSite, shown, type Site } from './site.js';

const MARKUP = '<b>vet</b> & "zo" <script>alert(1)</script> {{name}} *sterk* &amp;';

const database = await openTestDatabase();
const { db } = database;
let town: Town;
let site: Site;
beforeAll(async () => {
  town = await openTown(database);
  site = await serveSite({ db, now: () => town.clock.now }, town.municipalityId);
});
afterAll(async () => {
  await site.stop();
  await town.stop();
});

const file = (person: Person, more: FormValues = {}) => town.file(person, more);
const page = async ({ reference }: Pick<Signal, 'reference'>) => {
  const answer = await get(site.url, `/signalen/${reference}`);
  expect(answer.status).toBe(200);
  return answer.html;
};
const list = async (path: string) => {
  const answer = await get(site.url, path);
  expect(answer.status).toBe(200);
  return answer.html;
};
const listed = (html: string) => shown(html, '.signal-item .reference');

describe('a list without signals', () => {
  it('says what a signal is and where it comes from', async () => {
    const html = await list('/');
    expect(shown(html, '.empty h2')).toEqual(['Er is nog geen signaal gemeld']);
    expect(load(html)('.empty a').attr('href')).toBe('/speeltuin');
    await expectValidHtml(html, 'empty list');
  });
});

describe('who filed a signal', () => {
  it('stays hidden, with everything that was said between filer, regisseur and colleagues', async () => {
    const { worker, regisseur } = town.people;
    const signal = await file(worker, { title: 'Het eerste opschrift', organisation: 'Het Buurthuis' });
    await town.step(regisseur, signal.id, 'needs_info', { text: 'Over welke scholen gaat het?' });
    const question = await db.timelineEntry.findFirstOrThrow({
      where: { municipalityId: town.municipalityId, signalId: signal.id, kind: 'question' },
    });
    const reply = await town.chat.press(town.caller(worker), 'signals.answer', {
      signalId: signal.id,
      entryId: question.id,
    });
    const token = reply.kind === 'form' ? reply.form.token : '';
    await town.chat.submit(town.caller(worker), token, { text: 'Over de twee basisscholen.' });
    await town.act(regisseur, 'signals.note', signal.id, { text: 'Eerst bellen met de directie.' });
    await town.act(regisseur, 'signals.feedback', signal.id, { text: 'We komen volgende week langs.' });
    await town.act(regisseur, 'signals.correct-text', signal.id, {
      title: 'Het tweede opschrift',
      description: signal.description,
      why: 'Dit was preciezer.',
    });
    await town.step(regisseur, signal.id, 'accepted');
    const { entries } = await db.signal.findUniqueOrThrow({
      where: { municipalityId_id: { municipalityId: town.municipalityId, id: signal.id } },
      include: { entries: true },
    });
    expect(entries.map(({ kind }) => kind).toSorted()).toEqual(
      ['answer', 'feedback', 'filed', 'note', 'question', 'status', 'text_corrected'].toSorted(),
    );

    const html = await page(signal);
    // That a question was asked and answered is for everybody; its words are not.
    expect(shown(html, '.entry h3')).toEqual(['ontvangen', 'meer info gevraagd', 'in onderzoek', 'weerhouden']);
    for (const hidden of [
      worker.name,
      'Het Buurthuis',
      'Over welke scholen',
      'Over de twee basisscholen',
      'Eerst bellen',
      'volgende week langs',
      'Dit was preciezer',
      'Het eerste opschrift',
    ]) {
      expect(readableIn(html)).not.toContain(hidden);
      expect(readableIn(await list('/'))).not.toContain(hidden);
    }
    expect(listed(await list(`/?zoek=buurthuis`))).toEqual([]);
  });

  it('stays hidden when a regisseur filed and withdrew it', async () => {
    const signal = await file(town.people.otherRegisseur);
    await town.step(town.people.otherRegisseur, signal.id, 'withdrawn', {});
    const html = await page(signal);
    expect(shown(html, '.entry h3')).toEqual(['ontvangen', 'ingetrokken']);
    expect(readableIn(html)).not.toContain(town.people.otherRegisseur.name);
  });

  it('cannot be guessed from a date either: a note changes no date that the list shows', async () => {
    const signal = await file(town.people.worker);
    await town.step(town.people.regisseur, signal.id, 'in_review', {});
    const before = await list('/');
    town.clock.now = new Date('2026-03-14T09:00:00Z');
    await town.act(town.people.regisseur, 'signals.note', signal.id, { text: 'Nagevraagd bij de dienst.' });
    expect(await list('/')).toBe(before);
    town.clock.now = TOWN_NOW;
  });
});

describe('a page of one signal', () => {
  it('shows what was typed as it was typed', async () => {
    const title = '<b>x</b> & {{name}}';
    const description = `Regel één\n\n  ${MARKUP}\nRegel drie`;
    const signal = await file(town.people.worker, {
      title,
      description,
      targetGroup: MARKUP,
      suggestedSolution: MARKUP,
    });
    await town.step(town.people.regisseur, signal.id, 'in_review', {});
    await town.step(town.people.regisseur, signal.id, 'redirected', { destination: 'other', text: MARKUP });
    for (const html of [await page(signal), await list('/')]) {
      const document = load(html);
      expect(document('main script, main b').length).toBe(0);
      expect(document('main').text()).toContain(title);
      await expectValidHtml(html, 'mark-up');
    }
    const document = load(await page(signal));
    expect(document('h1').text()).toBe(title);
    expect(document('.typed-main').text()).toBe(description);
    expect(document('.told-solution p').text()).toBe(MARKUP);
    expect(document('.entry-text').text()).toBe(MARKUP);
  });

  it('marks the phase where it stands, and as passed only the phases it went through', async () => {
    const signal = await file(town.people.worker);
    await town.step(town.people.regisseur, signal.id, 'in_review', {});
    await town.step(town.people.regisseur, signal.id, 'declined', {
      reason: 'not-structural',
      text: 'Het is opgelost.',
    });
    const document = load(await page(signal));
    expect(document('.phases > li').length).toBe(8);
    expect(document('.phases > li[aria-current=step] .phase-name').text()).toBe('feedback');
    expect(shown(document.html(), '.phase-past .phase-name')).toEqual(['opmerken', 'verzamelen']);
  });

  it('leads from a merged signal to the other one, and back', async () => {
    const one = await file(town.people.worker, { title: 'Het ene verhaal over huisvesting' });
    const other = await file(town.people.colleague, { title: 'Het andere verhaal over huisvesting' });
    await town.step(town.people.regisseur, other.id, 'in_review', {});
    await town.step(town.people.regisseur, one.id, 'in_review', {});
    await town.step(town.people.regisseur, one.id, 'merged', { reference: other.reference });
    const merged = load(await page(one));
    expect(merged('.merged a').attr('href')).toBe(`/signalen/${other.reference}`);
    expect(merged('.merged a').text()).toContain('Het andere verhaal');
    const whole = load(await page(other));
    expect(whole('.merged a').attr('href')).toBe(`/signalen/${one.reference}`);
  });

  it('gives days and hours on the municipality’s own clock', async () => {
    town.clock.now = new Date('2026-06-30T22:30:00Z');
    const signal = await file(town.people.worker);
    town.clock.now = TOWN_NOW;
    const html = await page(signal);
    expect(shown(html, '.signal-heading .meta')[0]).toContain('Gemeld op 1 juli 2026');
    expect(shown(html, '.entry-when')[0]).toContain('1 jul 2026 om 00:30');
    const english = await get(site.url, `/signalen/${signal.reference}`, { cookie: 'taal=en' });
    expect(shown(english.html, '.entry-when')[0]).toContain('1 Jul 2026, 00:30');
  });

  it('is found however its reference is typed', async () => {
    const signal = await file(town.people.worker);
    for (const typed of [signal.reference.toLowerCase(), signal.reference.replace('-0', '-')]) {
      const answer = await get(site.url, `/signalen/${typed}`);
      expect([answer.status, answer.location]).toEqual([301, `/signalen/${signal.reference}`]);
      const searched = await get(site.url, `/?zoek=${typed}`);
      expect([searched.status, searched.location]).toEqual([302, `/signalen/${signal.reference}`]);
    }
  });

  it.each([
    ['an unknown reference', 'T-2026-9999'],
    ['a word', 'nonsens'],
    ['a control character', '%00'],
    ['3,000 characters', 'x'.repeat(3_000)],
    ['mark-up', encodeURIComponent(MARKUP)],
  ])('says that there is none, and shows the way on: %s', async (_, typed) => {
    const { status, html } = await get(site.url, `/signalen/${typed}`);
    expect(status).toBe(404);
    const document = load(html);
    expect(document('h1').text()).toBe('Dit signaal vinden we niet');
    expect(document('main a[href="/"]').length).toBe(1);
    expect(document('main script, main b').length).toBe(0);
    await expectValidHtml(html, 'unknown signal');
  });

  it('does not exist on the site of another municipality', async () => {
    const { id } = await db.municipality.create({
      data: { name: 'Elders', reference: 'E', zone: 'Europe/Brussels', locale: 'nl-BE', settings: {} },
    });
    const signal = await file(town.people.worker);
    const elsewhere = await serveSite({ db, now: () => TOWN_NOW }, id);
    try {
      expect((await get(elsewhere.url, `/signalen/${signal.reference}`)).status).toBe(404);
      expect(listed((await get(elsewhere.url, '/')).html)).toEqual([]);
      expect(listed((await get(elsewhere.url, `/?na=${signal.id}`)).html)).toEqual([]);
    } finally {
      await elsewhere.stop();
    }
  });
});

describe('the list', () => {
  it('finds words in the title and the text, in Dutch', async () => {
    const signal = await file(town.people.worker, { title: 'De speelpleinen zijn volzet', description: 'Elke zomer.' });
    expect(listed(await list('/?zoek=speelplein'))).toEqual([signal.reference]);
    expect(listed(await list('/?zoek=zomers'))).toContain(signal.reference);
  });

  it('filters by status, by what still runs, and by neighbourhood or the whole city, all at once', async () => {
    const mark = 'zwemlessen';
    const inRabot = await file(town.people.worker, { title: `Geen ${mark} in de wijk` });
    const inDampoort = await file(town.people.worker, {
      title: `Geen ${mark} hier`,
      neighbourhoods: [town.neighbourhoods.dampoort],
    });
    const everywhere = await file(town.people.worker, {
      title: `Nergens ${mark}`,
      neighbourhoods: ['city-wide'],
    });
    await town.step(town.people.regisseur, inRabot.id, 'in_review', {});
    await town.step(town.people.regisseur, inRabot.id, 'declined');
    const found = async (query: string) => listed(await list(`/?zoek=${mark}${query}`)).toSorted();
    expect(await found('')).toEqual([inRabot, inDampoort, everywhere].map(({ reference }) => reference));
    expect(await found('&status=declined')).toEqual([inRabot.reference]);
    expect(await found('&status=afgerond')).toEqual([inRabot.reference]);
    expect(await found('&status=lopend')).toEqual([inDampoort.reference, everywhere.reference]);
    expect(await found('&wijk=2')).toEqual([inDampoort.reference]);
    expect(await found('&wijk=stad')).toEqual([everywhere.reference]);
    expect(await found('&wijk=1&status=received')).toEqual([]);
    expect(await found('&wijk=99&status=verzonnen')).toHaveLength(3);
  });

  it('keeps what was chosen in the form, and lets each choice be taken away', async () => {
    const html = await list('/?zoek=iets&status=lopend&wijk=1');
    const document = load(html);
    expect(document('#zoek').attr('value')).toBe('iets');
    expect(document('#status option[selected]').attr('value')).toBe('lopend');
    expect(document('#wijk option[selected]').text()).toBe('Rabot - Blaisantvest');
    const ways = document('.filters a').map((_, link) => document(link).attr('href'));
    expect(ways.toArray()).toEqual(['/?status=lopend&wijk=1', '/?zoek=iets&wijk=1', '/?zoek=iets&status=lopend', '/']);
  });

  it('says that nothing was found, and how to go on', async () => {
    const html = await list('/?zoek=ditbestaatniet');
    expect(shown(html, '.empty h2')).toEqual(['Geen signaal gevonden']);
    expect(load(html)('.empty a').attr('href')).toBe('/');
    expect(shown(await list('/?zoek=T-2026-9999'), '.empty p')[0]).toContain(
      'geen signaal met de referentie T-2026-9999',
    );
  });

  it('leaves the empty fields of the form out of its address', async () => {
    const answer = await get(site.url, '/?zoek=huur+betalen&status=&wijk=');
    expect([answer.status, answer.location]).toEqual([302, '/?zoek=huur+betalen']);
    expect((await get(site.url, '/?zoek=&status=&wijk=')).location).toBe('/');
  });

  it.each([
    ['a control character', '%00'],
    ['10,000 characters', 'a'.repeat(10_000)],
    ['mark-up', encodeURIComponent(MARKUP)],
    ['half a quotation', '%22'],
    ['an exclamation mark', '!'],
    ['brackets', '(('],
    ['half a character', '%ED%A0%80'],
    ['a search operator', ':*'],
    ['a dash', '-'],
    ['words too common to search for', 'de+het'],
  ])('answers a search for %s like any other', async (_, typed) => {
    const { status, html, location } = await get(site.url, `/?zoek=${typed}`);
    expect([200, 302]).toContain(status);
    if (status === 200) await expectValidHtml(html, typed);
    else expect(location).toBe('/');
  });

  it('marks an acute signal in words, and no other', async () => {
    const mark = 'brandgevaar';
    const acute = await file(town.people.worker, { title: `Acuut ${mark}`, acute: true });
    const calm = await file(town.people.worker, { title: `Geen ${mark} meer` });
    const items = shown(await list(`/?zoek=${mark}`), '.signal-item').toSorted();
    expect(items.map((text) => [text.includes(acute.reference), text.includes('Dringend')]).toSorted()).toEqual([
      [false, false],
      [true, true],
    ]);
    expect(readableIn(await page(calm))).not.toContain('Dringend');
  });

  it('is read in English by who asks for it, with the Dutch that people typed marked as Dutch', async () => {
    const signal = await file(town.people.worker);
    const english = await get(site.url, '/', { cookie: 'taal=en' });
    const document = load(english.html);
    expect(document('html').attr('lang')).toBe('en');
    expect(document('h1').text()).toBe('Signals');
    expect(document('.signal-item h3').attr('lang')).toBe('nl');
    expect(document('form.language input[name=back]').attr('value')).toBe('/');
    const dutch = load(await list('/'));
    expect(dutch('html').attr('lang')).toBe('nl');
    expect(dutch('.signal-item h3').attr('lang')).toBeUndefined();
    const one = load((await get(site.url, `/signalen/${signal.reference}`, { cookie: 'taal=en' })).html);
    expect(one('h1').attr('lang')).toBe('nl');
    expect(one('.typed-main').attr('lang')).toBe('nl');
  });

  it('is kept by no browser or proxy', async () => {
    expect((await get(site.url, '/')).header('cache-control')).toBe('no-store');
  });
});
