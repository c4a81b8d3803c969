import { load } from 'cheerio';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAddressSigner } from '../../src/chat/signed-address.js';
import { createMunicipalityReader } from '../../src/municipality/read-municipality.js';
import { issuePath } from '../../src/newsletters/newsletter.js';
import { createMail, type Mail } from '../../src/platforms/mail/mail.js';
import { createPlatform } from '../../src/platforms/playground/send-messages.js';
import { MunicipalityFile } from '../../src/municipality/file-schema.js';
import { checkNewsletters } from '../../src/municipality/check-newsletters.js';
import type { Person } from '../../src/storage/database.js';
import { startSmtp, type Smtp } from '../platforms/mail/smtp.js';
import { Browser } from '../sign-in/browser.js';
import { expectValidHtml, serveSite, type Site } from '../status-site/site.js';
import { FORM_KEY } from '../support/form-key.js';
import { openTestDatabase } from '../support/open-test-database.js';
import { openTown, wordsOf } from '../support/town.js';
import { openNewsroom } from './newsroom.js';

const database = await openTestDatabase();
const { db } = database;
const town = await openTown(database);
const { municipalityId, people, chat, caller, neighbourhoods } = town;
const room = await openNewsroom(database, town);
const now = () => town.clock.now;
const PATH = '/nieuwsbrieven/lezers';
/** As it stood in the mail of the first reader. */
let mailed = '';

let site: Site;
let smtp: Smtp;
let mail: Mail;
beforeAll(async () => {
  smtp = await startSmtp();
  const config = { smtpUrl: smtp.url, from: { name: 'Wijksignaal', address: 'signalen@example.be' } };
  mail = createMail({ config, municipality: createMunicipalityReader(db, now) });
  site = await serveSite({ db, now, chat }, municipalityId, { openSite: false });
  await room.settings({});
  await town.tickAt('2026-05-20T08:00:00Z');
});
afterAll(async () => {
  mail.close();
  await smtp.close();
  await site.stop();
  await town.stop();
});

const signedIn = async (person: Person): Promise<Browser> => {
  const reply = await chat.command(caller(person), 'signaal', 'site');
  const [, address = ''] = /"url":"([^"]+\/aanmelden\/[^"]+)"/.exec(wordsOf(reply)) ?? [];
  const browser = new Browser(site.url);
  expect((await browser.openLink(address)).status).toBe(303);
  return browser;
};
const add = (browser: Browser, fields: Record<string, string>) =>
  browser.post(PATH, { name: 'Lies Lezer', organisation: '', ...fields });
const minute = () => town.tickAt(new Date(town.clock.now.getTime() + 60_000));
/** The mails that arrived since the last time, by address. */
const arrived = async () => {
  await room.deliverAll([createPlatform({ db, now, changed: () => undefined }), mail.platform]);
  return smtp.mails.splice(0).map((received) => ({
    to: received.to && !Array.isArray(received.to) ? received.to.text : '',
    subject: received.subject ?? '',
    text: received.text ?? '',
  }));
};
/** The way to a signed page as it stands in a mail. */
const linkIn = (text: string, part: string) => {
  const [address = ''] = new RegExp(`http\\S+${part}\\S+`).exec(text) ?? [];
  const { pathname, search } = new URL(address);
  return pathname + search;
};
const recipients = async () => {
  const { settings } = await createMunicipalityReader(db, now)(municipalityId);
  expect(settings.newsletters).toHaveLength(1);
  return wordsOf(await room.press(people.coordinator, 'recipients', { channels: false }));
};
const said = (html: string) => load(html)('[role="status"]').text();

it('somebody without chat is asked first, says yes with one click, and then gets the newsletter by mail', async () => {
  await town.tickAt('2026-05-23T07:01:00Z');
  const editor = await signedIn(people.coordinator);
  const answer = await add(editor, { mail: ' Lezer@Example.be ', organisation: 'Het Pluspunt' });
  expect(said(answer.html)).toContain('Er gaat een mail naar lezer@example.be');
  await expectValidHtml(answer.html, 'readers');
  expect(load(answer.html)('.newsletter-list').text()).toContain('wacht op een ja');

  const [question, ...others] = await arrived();
  expect(others).toEqual([]);
  expect(question).toMatchObject({ to: 'lezer@example.be', subject: 'Wil je de nieuwsbrief van Teststad krijgen?' });
  // Until the yes: five people in the chat, nobody by mail.
  expect(await recipients()).toContain('5 mensen.');
  const link = linkIn(question?.text ?? '', '/nieuwsbrieven/lezer/');
  const reader = new Browser(site.url);
  const page = await reader.get(link);
  await expectValidHtml(page.html, 'the question');
  expect(page.html).not.toContain('Lies');
  // A mail filter that looks changes nothing; nor does an address that is not signed.
  expect(await recipients()).toContain('5 mensen.');
  expect((await reader.post(link.replace(/\?.*/, ''))).status).toBe(404);
  const yes = await reader.post(link);
  expect(load(yes.html)('h1').text()).toBe('Je krijgt de nieuwsbrief');
  expect(await recipients()).toContain('6 mensen, waarvan 1 per mail');

  await room.press(people.coordinator, 'approve', { read: true });
  await town.tickAt('2026-06-02T07:00:10Z');
  const mails = (await arrived()).filter(({ to }) => to === 'lezer@example.be');
  expect(mails).toHaveLength(1);
  expect(mails[0]?.subject).toBe('Signalen in Teststad: juni 2026');

  // Who is in the chat signs in there: theirs is the ordinary address.
  const inChat = (await room.chatOf(people.worker)).at(-1);
  expect(inChat).toContain(issuePath(await room.only()));
  expect(inChat).not.toContain('/nieuwsbrieven/mail/');
  mailed = linkIn(mails[0]?.text ?? '', '/nieuwsbrieven/mail/');

  // One click in the mail stops it (previews.db.test.ts clicks it); adding the address again does not start it.
  expect(mails[0]?.text).toContain('/afmelden/');
  const { personId } = await db.newsletterReader.findFirstOrThrow({ where: { municipalityId } });
  await db.tellChoice.create({ data: { municipalityId, personId, kind: 'newsletters.issue', wanted: false } });
  const later = await signedIn(people.coordinator);
  expect(load((await later.get(PATH)).html)('.newsletter-list').text()).toContain('wil hem niet');
  await later.post(`${PATH}/verwijder`, { personId });
  expect(said((await add(later, { mail: 'lezer@example.be' })).html)).toContain('wilde de nieuwsbrief niet meer');
  expect(await arrived()).toEqual([]);
});

describe('the link in the mail', () => {
  const opened = (path: string) => new Browser(site.url).get(path);

  it('opens what was mailed on a closed site, without signing in, and leads nowhere that is closed', async () => {
    const { status, html } = await opened(mailed);
    expect(status).toBe(200);
    await expectValidHtml(html, 'what was mailed');
    const page = load(html);
    expect([page('html').attr('lang'), page('h1').text()]).toEqual(['nl', 'Signalen in Teststad: juni 2026']);
    expect(page('.newsletter-text').length).toBeGreaterThan(0);
    const links = page('body a, img')
      .toArray()
      .map((element) => page(element).attr('href') ?? page(element).attr('src') ?? '')
      .filter((address) => !address.startsWith('#'));
    expect(links).toContain(mailed);
    for (const link of new Set(links)) expect((await opened(link)).status, link).toBe(200);
  });

  it('is in the language of the mail, and in the one that its reader chooses there', async () => {
    const { pathname } = new URL(mailed, site.url);
    const signer = createAddressSigner(FORM_KEY);
    const english = signer.sign(pathname.replace(/nl$/, 'en'));
    expect(load((await opened(english)).html)('.newsletter-day').text()).toContain('Sent on');
    const reader = new Browser(site.url);
    await reader.post('/taal', { locale: 'en', back: mailed });
    expect(load((await reader.get(mailed)).html)('.newsletter-day').text()).toContain('Sent on');
  });

  it('opens nothing else: a changed address does not exist, the archive and other issues stay closed', async () => {
    const issue = await room.only();
    const signature = mailed.slice(mailed.indexOf('?'));
    const { pathname } = new URL(mailed, site.url);
    for (const wrong of [
      pathname,
      `${pathname}?s=AAAAAAAAAAAAAAAAAAAAAA`,
      `${mailed}x`,
      mailed.replace(/nl\?/, 'en?'),
      mailed.replace(issue.id, crypto.randomUUID()),
      mailed.replace(municipalityId, crypto.randomUUID()),
    ]) {
      expect((await opened(wrong)).status, wrong).toBe(404);
    }
    for (const closed of ['/nieuwsbrieven', issuePath(issue), issuePath(issue) + signature, '/signalen' + signature]) {
      expect((await opened(closed)).status, closed).toBe(403);
    }
    const unknown = createAddressSigner(FORM_KEY).sign(pathname.replace(issue.id, crypto.randomUUID()));
    expect((await opened(unknown)).status).toBe(404);
  });

  it.each(['draft', 'approved', 'skipped'] as const)('shows nothing of an issue that is %s', async (status) => {
    const { id, status: before } = await room.only();
    const become = (other: typeof before) =>
      db.newsletter.updateMany({ where: { municipalityId, id }, data: { status: other } });
    await become(status);
    expect((await opened(mailed)).status).toBe(404);
    await become(before);
    expect((await opened(mailed)).status).toBe(200);
  });
});

it('a refused address stands in the failed list, and the others go on', async () => {
  const editor = await signedIn(people.coordinator);
  smtp.troubles.push({ at: 'RCPT TO', code: 550 });
  await add(editor, { mail: 'weg@example.be' });
  await add(editor, { mail: 'wel@example.be' });
  expect(await arrived()).toHaveLength(1);
  expect(await db.delivery.findMany({ where: { municipalityId, status: 'failed' } })).toMatchObject([
    { view: 'newsletters.reader', failure: 'MAIL.NO_SUCH_ADDRESS' },
  ]);
  await db.delivery.deleteMany({ where: { municipalityId, status: 'failed' } });
});

it('who says nothing is forgotten after thirty days; who is removed is erased at once', async () => {
  const editor = await signedIn(people.coordinator);
  await add(editor, { mail: 'stil@example.be' });
  await arrived();
  const silent = () => db.account.count({ where: { municipalityId, externalId: 'stil@example.be' } });
  await town.tickAt(new Date(town.clock.now.getTime() + 29 * 86_400_000));
  expect(await silent()).toBe(1);
  await town.tickAt(new Date(town.clock.now.getTime() + 2 * 86_400_000));
  expect(await silent()).toBe(0);
  const later = await signedIn(people.coordinator);
  await add(later, { mail: 'weer-weg@example.be', name: 'Wim Weg' });
  await arrived();
  const { personId } = await db.account.findFirstOrThrow({
    where: { municipalityId, externalId: 'weer-weg@example.be' },
  });
  await later.post(`${PATH}/verwijder`, { personId });
  const rows = await db.delivery.findMany({ where: { municipalityId, personId } });
  expect(JSON.stringify(rows)).not.toContain('weer-weg');
  expect(await db.person.count({ where: { municipalityId, name: 'Wim Weg' } })).toBe(0);
});

it('readers of the municipality file are asked, follow it, and read about their neighbourhoods', async () => {
  const readers = [{ name: 'Fien File', mail: 'file@example.be', neighbourhoods: [2] }];
  const settle = async (change: object) => {
    const { settings } = await db.municipality.findUniqueOrThrow({ where: { id: municipalityId } });
    await db.municipality.update({
      where: { id: municipalityId },
      data: { settings: { ...(settings as object), ...change } },
    });
    town.clock.now = new Date(town.clock.now.getTime() + 10_000);
  };
  await settle({ readers });
  await minute();
  await minute();
  await minute();
  const mails = await arrived();
  expect(mails.map(({ to }) => to)).toEqual(['file@example.be']);
  await new Browser(site.url).post(linkIn(mails[0]?.text ?? '', '/nieuwsbrieven/lezer/'));
  const audience = async (id: string) => {
    await db.newsletter.updateMany({ where: { municipalityId }, data: { status: 'draft' } });
    const values = { channels: false, neighbourhoods: [id] };
    return wordsOf(await room.press(people.coordinator, 'recipients', values));
  };
  // Besides its regisseur.
  expect(await audience(neighbourhoods.dampoort)).toContain('2 mensen, waarvan 1 per mail');
  expect(await audience(neighbourhoods.rabot)).not.toContain('per mail');
  const { html } = await (await signedIn(people.coordinator)).get(PATH);
  expect(load(html)('.newsletter-list').text()).toContain('Fien Filefile@example.be · Dampoort · leest mee');

  await settle({ readers: [] });
  await minute();
  expect(await db.person.count({ where: { municipalityId, name: 'Fien File' } })).toBe(0);
});

it('is for the coordinator and editors alone, and says what is wrong at its field', async () => {
  const worker = await signedIn(people.worker);
  expect((await worker.get(PATH)).status).toBe(404);
  expect((await add(worker, { mail: 'x@example.be' })).status).toBe(404);
  expect((await new Browser(site.url).get(PATH)).status).toBe(403);
  await room.settings({ editor: 'Regisseur Een' });
  expect((await (await signedIn(people.regisseur)).get(PATH)).status).toBe(200);
  const editor = await signedIn(people.coordinator);
  const wrong = await add(editor, { name: '', mail: 'geen adres' });
  expect(wrong.status).toBe(422);
  const page = load(wrong.html);
  expect([page('#name-error').text(), page('#mail-error').text()]).toEqual([
    'Vul een naam in, van hoogstens 100 tekens.',
    'Dit is geen mailadres.',
  ]);
  expect(page('#mail').attr('value')).toBe('geen adres');
  await expectValidHtml(wrong.html, 'what is wrong');
});

it('the file says when a reader stands in it twice, or reads about a neighbourhood that is none', () => {
  const file = (readers: unknown[]) =>
    MunicipalityFile.parse({
      name: 'Teststad',
      reference: 'T',
      neighbourhoods: [{ number: 1, name: 'Centrum' }],
      regisseurs: [{ name: 'Regisseur Een', neighbourhoods: [1] }],
      coordinator: { name: 'Coördinator' },
      readers,
    });
  const one = { name: 'Een', mail: 'een@example.be' };
  expect(() => file([one, { name: 'Twee', mail: 'EEN@example.be' }])).toThrow('READER_TWICE');
  expect(() => file([{ name: 'Drie', mail: 'geen adres' }])).toThrow();
  expect(checkNewsletters(file([{ ...one, neighbourhoods: [1, 9] }]))).toEqual([
    { path: ['readers', 0, 'neighbourhoods', 1], text: 'UNKNOWN_NEIGHBOURHOOD', variables: { number: 9 } },
  ]);
});
