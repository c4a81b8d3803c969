import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Person } from '../../src/storage/database.js';
import { Browser, signIn } from '../sign-in/browser.js';
import { openTestDatabase } from '../support/open-test-database.js';
import { openTown, TOWN_NOW } from '../support/town.js';
import { expectValidHtml, serveSite, shown, type Site } from './site.js';

const database = await openTestDatabase();
const { db } = database;
const town = await openTown(database);
const { chat, municipalityId, people } = town;
const { worker, colleague, regisseur, administrator } = people;

let site: Site;
beforeAll(async () => {
  site = await serveSite({ db, now: () => town.clock.now, chat }, municipalityId, { openSite: false });
});
afterAll(async () => {
  await site.stop();
  await town.stop();
});

const signedIn = (person: Person) => signIn(town, site, person);
const buttons = (html: string) => shown(html, '.signal-actions .button');
const follows = (person: Person) => db.follow.count({ where: { municipalityId, personId: person.id } });

describe('a signal’s page', () => {
  it('says by when it is taken up, or the next step comes, and when that day has passed', async () => {
    const signal = await town.file(worker);
    const browser = await signedIn(colleague);
    const path = `/signalen/${signal.reference}`;
    const meta = async (reader = browser) => shown((await reader.get(path)).html, '.meta').join(' ');
    // Five working days after Tuesday 10 March.
    expect(await meta()).toContain('Wordt opgenomen uiterlijk op 17 maart 2026');
    town.clock.now = new Date('2026-03-18T09:00:00Z');
    expect(await meta(await signedIn(colleague))).toContain('17 maart 2026 (die dag is voorbij)');
    town.clock.now = TOWN_NOW;
    // The other session ended with the days between.
    const later = await signedIn(colleague);
    await town.step(regisseur, signal.id, 'in_review');
    await town.step(regisseur, signal.id, 'accepted');
    await town.step(regisseur, signal.id, 'in_action');
    expect(await meta(later)).toContain('Volgende stap verwacht tegen 1 mei 2026');
    await town.step(regisseur, signal.id, 'resolved');
    expect(await meta(later)).not.toMatch(/uiterlijk|verwacht/);
  });

  it('lets who signed in follow it, and stop, in either language', async () => {
    const signal = await town.file(worker);
    const path = `/signalen/${signal.reference}`;
    const browser = await signedIn(colleague);
    const before = await browser.get(path);
    expect(buttons(before.html)).toEqual(['Volg dit signaal', 'Ook bij ons']);
    await expectValidHtml(before.html, path);
    const pressed = await browser.post(`${path}/volgen`, { want: 'yes' });
    expect([pressed.status, pressed.location]).toEqual([303, path]);
    await browser.post(`${path}/volgen`, { want: 'yes' });
    expect(await follows(colleague)).toBe(1);
    const after = await browser.get(path);
    expect(buttons(after.html)).toEqual(['Volg dit signaal niet meer', 'Ook bij ons']);
    expect(after.html).toContain('/signaal instellingen');
    await expectValidHtml(after.html, path);
    browser.cookies.set('taal', 'en');
    expect(buttons((await browser.get(path)).html)).toEqual(['Stop following this signal', 'We see it too']);
    await browser.post(`${path}/volgen`, { want: 'no' });
    expect((await browser.post(`${path}/volgen`, { want: 'no' })).status, 'twice').toBe(303);
    expect(await follows(colleague)).toBe(0);
  });

  it('offers its filer nothing, who hears anyway; nor who looks without signing in, nor an administrator', async () => {
    const signal = await town.file(worker);
    const path = `/signalen/${signal.reference}`;
    expect(buttons((await (await signedIn(worker)).get(path)).html)).toEqual([]);
    const stranger = new Browser(site.url);
    expect((await stranger.post(`${path}/volgen`, { want: 'yes' })).status).toBe(403);
    expect((await stranger.get(`${path}/ook-bij-ons`)).status).toBe(403);
    const admin = await signedIn(administrator);
    expect((await admin.post(`${path}/volgen`, { want: 'yes' })).status).toBe(403);
    expect((await admin.get(`${path}/ook-bij-ons`)).status).toBe(403);
    expect(await db.follow.count({ where: { municipalityId } })).toBe(0);
  });

  it('has its own answers for what cannot be', async () => {
    const signal = await town.file(worker);
    const browser = await signedIn(colleague);
    expect((await browser.post('/signalen/T-2026-9999/volgen', { want: 'yes' })).status).toBe(404);
    expect((await browser.post(`/signalen/${signal.reference}/volgen`, { want: 'perhaps' })).status).toBe(400);
    await town.step(worker, signal.id, 'withdrawn');
    const gone = await browser.post(`/signalen/${signal.reference}/volgen`, { want: 'yes' });
    expect([gone.status, gone.html.includes('er is niets om te volgen')]).toEqual([409, true]);
    await expectValidHtml(gone.html, 'withdrawn');
    const other = await signedIn(colleague);
    expect(
      (await other.post(`/signalen/${signal.reference}/volgen`, { want: 'yes' }, { origin: 'https://elders.be' }))
        .status,
    ).toBe(403);
  });
});

describe('“ook bij ons” from the page', () => {
  const SEEN = { organisation: 'De Gezondheidspost', observation: 'Wij zien dit elke week aan de balie.' };

  it('confirms the signal once, however often it is sent, and says so', async () => {
    const signal = await town.file(worker);
    const path = `/signalen/${signal.reference}/ook-bij-ons`;
    const browser = await signedIn(colleague);
    const form = await browser.get(path);
    expect(shown(form.html, 'h1')).toEqual(['Ook bij ons']);
    expect(form.html).toContain('De Gezondheidspost');
    await expectValidHtml(form.html, path);
    const [, formId = ''] = /name="formId" value="([^"]+)"/.exec(form.html) ?? [];
    for (let time = 0; time < 2; time += 1) {
      const sent = await browser.post(path, { formId, ...SEEN });
      expect([sent.status, sent.location]).toEqual([303, `${path}/bevestigd`]);
    }
    const endorsed = await db.endorsement.findMany({ where: { municipalityId, signalId: signal.id } });
    expect(endorsed.map(({ personId, observation }) => [personId, observation])).toEqual([
      [colleague.id, SEEN.observation],
    ]);
    const [entry] = await db.timelineEntry.findMany({
      where: { municipalityId, signalId: signal.id, kind: 'endorsed' },
    });
    expect(entry?.platform).toBe('web');
    const done = await browser.get(`${path}/bevestigd`);
    expect(done.html).toContain('is nu ook bevestigd door jouw organisatie');
    await expectValidHtml(done.html, 'done');
    expect(buttons((await browser.get(`/signalen/${signal.reference}`)).html), 'hears of it now').toEqual([]);
  });

  it.each([
    [{ observation: '  ' }, 'Vul dit in'],
    [{ observation: 'x'.repeat(1_501) }, 'Dit is te lang: 1501 tekens'],
    [{ observation: 'Bel naar 0470 12 34 56 voor meer.' }, 'nummer'],
    [{ organisation: '' }, 'Vul de naam van je organisatie in'],
  ])('keeps what was typed with %j, and says what is wrong', async (wrong, words) => {
    const signal = await town.file(worker);
    const path = `/signalen/${signal.reference}/ook-bij-ons`;
    const browser = await signedIn(colleague);
    const answer = await browser.post(path, { formId: randomUUID(), ...SEEN, ...wrong });
    expect(answer.status).toBe(422);
    expect(answer.html).toContain(words);
    expect(shown(answer.html, '[role="alert"]')).toHaveLength(1);
    await expectValidHtml(answer.html, path);
    expect(await db.endorsement.count({ where: { municipalityId, signalId: signal.id } })).toBe(0);
  });

  it('says where a merged or ended signal goes on', async () => {
    const signal = await town.file(worker);
    const other = await town.file(worker);
    await town.step(regisseur, signal.id, 'in_review');
    await town.step(regisseur, signal.id, 'merged', { reference: other.reference });
    const browser = await signedIn(colleague);
    const path = `/signalen/${signal.reference}/ook-bij-ons`;
    const answer = await browser.post(path, { formId: randomUUID(), ...SEEN });
    expect(answer.status).toBe(409);
    expect(answer.html).toContain(other.reference);
    expect(buttons((await browser.get(`/signalen/${signal.reference}`)).html)).toEqual(['Volg dit signaal']);
  });
});
