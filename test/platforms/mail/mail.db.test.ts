import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Card } from '../../../src/chat/card.js';
import { defineMessage } from '../../../src/chat/feature.js';
import type { Platform } from '../../../src/chat/platform.js';
import { deliver } from '../../../src/delivery/deliver.js';
import { createOutbox } from '../../../src/delivery/outbox.js';
import { createMunicipalityReader } from '../../../src/municipality/read-municipality.js';
import { createAddressSigner, createUrls } from '../../../src/chat/signed-address.js';
import type { Locale } from '../../../src/chat/texts.js';
import { createMail, type Mail } from '../../../src/platforms/mail/mail.js';
import { stopRoutes } from '../../../src/settings/stop-page.js';
import { sameOriginOnly } from '../../../src/web/security.js';
import { openTestDatabase } from '../../support/open-test-database.js';
import { openTown } from '../../support/town.js';
import { startSmtp, type Smtp } from './smtp.js';

const database = await openTestDatabase();
const { db } = database;
const town = await openTown(database);
const { municipalityId, queue } = town;
const outbox = createOutbox(queue);
const municipality = createMunicipalityReader(db, () => new Date());

let smtp: Smtp;
let mail: Mail;
beforeAll(async () => {
  smtp = await startSmtp();
  mail = createMail({
    config: { smtpUrl: smtp.url, from: { name: 'Wijksignaal', address: 'signalen@example.be' } },
    municipality,
  });
});
afterAll(async () => {
  mail.close();
  await smtp.close();
  await town.stop();
});
afterEach(() => {
  smtp.mails.length = 0;
  smtp.sources.length = 0;
  smtp.troubles.length = 0;
});

const signer = createAddressSigner(new TextEncoder().encode('a key for tests, of more than 32 characters'));
let card: Card = { summary: 'Hallo', parts: [] };
const view = defineMessage({ id: 'test.card', params: z.object({}), render: () => Promise.resolve(card) });
const letter = { id: 'test.letter', label: () => 'Een proefbrief', default: true };
const subscribed = defineMessage({
  id: 'test.letter',
  params: z.object({}),
  subscription: letter,
  render: () => Promise.resolve(card),
});
const dependencies = () => ({
  db,
  platforms: new Map<string, Platform>([['mail', mail.platform]]),
  messages: new Map([view, subscribed].map((each) => [each.id, each])),
  municipality,
  now: () => new Date(),
  url: createUrls(() => 'https://signalen.example.be', signer),
  oneTimeCode: () => '',
});

let count = 0;
/** Somebody without chat, and a message to them. */
async function owe(what: Card, address = `iemand${(count += 1)}@example.be`, which = view) {
  card = what;
  const person = await db.person.create({ data: { municipalityId, name: 'Partner', roles: ['worker'] } });
  await db.account.create({ data: { municipalityId, personId: person.id, platform: 'mail', externalId: address } });
  const key = `mail-${(count += 1)}`;
  await db.$transaction((tx) =>
    outbox.post(tx, municipalityId, [{ key, to: { personId: person.id }, view: which.id, params: {} }]),
  );
  const { id } = await db.delivery.findUniqueOrThrow({ where: { municipalityId_key: { municipalityId, key } } });
  return { municipalityId, deliveryId: id, address, personId: person.id };
}
const stateOf = ({ deliveryId }: { deliveryId: string }) =>
  db.delivery.findUniqueOrThrow({ where: { municipalityId_id: { municipalityId, id: deliveryId } } });

const FULL: Card = {
  summary: 'Terugkoppeling over T-2026-0001',
  parts: [
    { kind: 'heading', text: 'Je signaal <b>T-2026-0001</b>' },
    { kind: 'text', text: 'Er komt & er gaat\neen tweede regel' },
    { kind: 'text', text: 'In hun woorden', style: 'quote' },
    { kind: 'facts', facts: [{ label: 'Wijk', value: 'Rabot' }] },
    { kind: 'image', url: 'https://signalen.example.be/beeld.png?s=x', alt: 'Een grafiek: 12, 15, 18' },
    { kind: 'image', url: 'javascript:alert(1)', alt: 'Geen beeld' },
    { kind: 'divider' },
    { kind: 'buttons', buttons: [{ label: 'Neem op', action: 'x', payload: {} }] },
    { kind: 'link', label: 'Open het signaal', url: 'https://signalen.example.be/signalen/T-2026-0001' },
  ],
};

describe('a mail', () => {
  it('says the same as the card, as HTML and as plain text, with pictures that have words', async () => {
    const job = await owe(FULL);
    expect(await deliver(dependencies(), job)).toBe('done');
    const [received] = smtp.mails;
    expect(received?.subject).toBe('Terugkoppeling over T-2026-0001');
    expect(received?.from?.text).toBe('"Wijksignaal" <signalen@example.be>');
    const { html, text } = received ?? {};
    expect(html).toContain('Je signaal &lt;b>T-2026-0001&lt;/b>');
    expect(html).toContain('alt="Een grafiek: 12, 15, 18"');
    expect(html).not.toContain('javascript:');
    expect(html).not.toContain('Neem op');
    expect(text).toContain('Er komt & er gaat\neen tweede regel');
    expect(text).toContain('> In hun woorden');
    expect(text).toContain('[Een grafiek: 12, 15, 18]');
    expect(text).toContain('Open het signaal: https://signalen.example.be/signalen/T-2026-0001');
    expect(text).toContain('niet op deze mail');
    expect(text).toContain('Teststad');
  });

  it('carries the delivery’s id as its own, so that a mail server can tell a copy', async () => {
    const job = await owe(FULL);
    await deliver(dependencies(), job);
    expect(smtp.mails[0]?.messageId).toBe(`<${job.deliveryId}@example.be>`);
    expect(await stateOf(job)).toMatchObject({ status: 'sent', platform: 'mail', conversationId: job.address });
  });

  it('lets nobody put a header in it, whatever a title says', async () => {
    const job = await owe({ summary: 'Onderwerp\r\nBcc: alle@example.be\u2028X-Eigen: ja', parts: [] });
    await deliver(dependencies(), job);
    const [received] = smtp.mails;
    expect(received?.headers.has('bcc')).toBe(false);
    expect(received?.headers.has('x-eigen')).toBe(false);
    expect(received?.subject).toBe('Onderwerp Bcc: alle@example.be X-Eigen: ja');
    expect(received?.to && !Array.isArray(received.to) && received.to.text).toBe(job.address);
  });

  it.each([
    ['iemand@example.be\r\nBcc: alle@example.be'],
    ['iemand@example.be, alle@example.be'],
    ['<iemand@example.be> alle@example.be'],
    ['geen adres'],
  ])('goes to one address alone: %j is none', async (address) => {
    const job = await owe(FULL, address);
    expect(await deliver(dependencies(), job)).toBe('failed');
    expect(smtp.mails).toHaveLength(0);
    expect(await stateOf(job)).toMatchObject({ status: 'failed', failure: 'MAIL.NOT_AN_ADDRESS' });
  });

  it('that was sent stays as it was: it is not sent again when the facts change', async () => {
    const job = await owe(FULL);
    await deliver(dependencies(), job);
    const { key } = await stateOf(job);
    await db.$transaction((tx) => outbox.refresh(tx, municipalityId, [key]));
    expect(await deliver(dependencies(), job)).toBe('done');
    expect(smtp.mails).toHaveLength(1);
  });
});

describe('the way out of a mailing', () => {
  let site: Server;
  let townSpeaks: Locale = 'nl';
  const town = async (id: string) => ({ ...(await municipality(id)), locale: townSpeaks });
  beforeAll(async () => {
    const app = express();
    app.use(sameOriginOnly, express.urlencoded({ extended: false }));
    app.use(stopRoutes({ db, signer, subscriptions: [letter], municipality: town }));
    site = await new Promise<Server>((resolve) => {
      const listening = app.listen(0, '127.0.0.1', () => resolve(listening));
    });
  });
  afterAll(() => new Promise((resolve) => site.close(resolve)));
  const here = (address: string) => {
    const { port } = site.address() as AddressInfo;
    return address.replace('https://signalen.example.be', `http://127.0.0.1:${port}`);
  };
  /** Long headers are folded over several lines. */
  const wayOut = () =>
    /^List-Unsubscribe: <([^>]+)>/im.exec((smtp.sources[0] ?? '').replace(/\r\n\s+/g, ''))?.[1] ?? '';
  const wanted = (personId: string) =>
    db.tellChoice.findUnique({
      where: { municipalityId_personId_kind: { municipalityId, personId, kind: letter.id } },
    });

  it('is one click of the mail program, without signing in, and only for what can be stopped', async () => {
    const job = await owe(FULL, undefined, subscribed);
    await deliver(dependencies(), job);
    expect(smtp.sources[0]).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r$/m);
    const address = wayOut();
    expect(smtp.mails[0]?.text).toContain(address);
    const response = await fetch(here(address), {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'List-Unsubscribe=One-Click',
    });
    expect(response.status).toBe(200);
    expect(await wanted(job.personId)).toMatchObject({ wanted: false });

    // The next one is not sent any more.
    const key = `after-${job.deliveryId}`;
    await db.$transaction((tx) =>
      outbox.post(tx, municipalityId, [{ key, to: { personId: job.personId }, view: subscribed.id, params: {} }]),
    );
    const { id } = await db.delivery.findUniqueOrThrow({ where: { municipalityId_key: { municipalityId, key } } });
    expect(await deliver(dependencies(), { municipalityId, deliveryId: id })).toBe('done');
    expect(smtp.mails).toHaveLength(1);

    await deliver(dependencies(), await owe(FULL));
    expect(smtp.sources[1]).not.toContain('List-Unsubscribe');
  });

  it('speaks the language of the letter it stands in, or the one its reader chose on a page', async () => {
    const job = await owe(FULL, undefined, subscribed);
    await deliver(dependencies(), job);
    const id = { municipalityId_id: { municipalityId, id: job.personId } };
    const read = async (cookie = '') => (await fetch(here(wayOut()), { headers: { cookie } })).text();
    const [dutch, english] = ['Stuur me dit niet meer', 'Stop sending me this'];
    expect(await read()).toContain(dutch);
    expect(await read('taal=en')).toContain(english);
    await db.person.update({ where: id, data: { locale: 'en-GB' } });
    expect(await read()).toContain(english);
    expect(await read('taal=nl')).toContain(dutch);
    // Who never chose reads the town's language, in the letter and on the page.
    await db.person.update({ where: id, data: { locale: null } });
    townSpeaks = 'en';
    expect(await read()).toContain(english);
    townSpeaks = 'nl';
  });

  it('asks first when somebody, or a filter of their mail, only opens it', async () => {
    const job = await owe(FULL, undefined, subscribed);
    await deliver(dependencies(), job);
    const page = await (await fetch(here(wayOut()))).text();
    expect(page).toContain('Een proefbrief');
    expect(page).toContain('<form method="post"');
    expect(await wanted(job.personId)).toBeNull();
  });

  it('opens for nobody else: a changed address does nothing', async () => {
    const [one, other] = [await owe(FULL, undefined, subscribed), await owe(FULL, undefined, subscribed)];
    await deliver(dependencies(), one);
    const forged = wayOut().replace(one.personId, other.personId);
    for (const address of [forged, forged.replace(/\?.*/, ''), `${forged}&s=x`]) {
      expect((await fetch(here(address), { method: 'POST' })).status).toBe(404);
    }
    expect(await wanted(other.personId)).toBeNull();
  });
});

describe('a mail server that does not take it', () => {
  it.each([
    [{ at: 'RCPT TO', code: 550 }, 'MAIL.NO_SUCH_ADDRESS'],
    [{ at: 'MAIL FROM', code: 553 }, 'MAIL.SENDER_REFUSED'],
    [{ at: 'DATA', code: 554 }, 'MAIL.REFUSED'],
  ] as const)('for good (%j) puts it in the failed list with the reason', async (trouble, reason) => {
    const job = await owe(FULL);
    smtp.troubles.push(trouble);
    expect(await deliver(dependencies(), job)).toBe('failed');
    const state = await stateOf(job);
    expect(state).toMatchObject({ status: 'failed', failure: reason });
    expect(mail.platform.explain?.(reason, 'nl')).toBeTruthy();
    expect(mail.platform.explain?.(reason, 'en')).not.toBe(mail.platform.explain?.(reason, 'nl'));
  });

  it('hangs up before it has the words: it arrives once', async () => {
    const job = await owe(FULL);
    smtp.troubles.push({ at: 'hang up after RCPT TO' });
    const outcome = await deliver(dependencies(), job);
    if (outcome !== 'done') expect(await deliver(dependencies(), job)).toBe('done');
    expect(smtp.mails).toHaveLength(1);
  });

  it.each([
    { at: 'RCPT TO', code: 450 },
    { at: 'DATA', code: 451 },
  ] as const)('for now (%j) gets it later, once', async (trouble) => {
    const job = await owe(FULL);
    smtp.troubles.push(trouble);
    expect(await deliver(dependencies(), job)).toMatchObject({ again: expect.stringMatching(/^MAIL\./) });
    expect(smtp.mails).toHaveLength(0);
    expect(await deliver(dependencies(), job)).toBe('done');
    expect(smtp.mails).toHaveLength(1);
  });

  it('that is away gets it later', async () => {
    const away = createMail({
      config: { smtpUrl: 'smtp://127.0.0.1:9', from: { name: '', address: 'signalen@example.be' } },
      municipality,
    });
    const job = await owe(FULL);
    const platforms = new Map<string, Platform>([['mail', away.platform]]);
    expect(await deliver({ ...dependencies(), platforms }, job)).toEqual({ again: 'MAIL.NO_CONNECTION', pause: true });
    expect((await stateOf(job)).attemptedAt).toBeNull();
    away.close();
  });
});

describe('a mail that may have arrived', () => {
  it('is never sent again by itself: the failed list says so, and somebody decides', async () => {
    const job = await owe(FULL);
    smtp.troubles.push({ at: 'hang up after DATA' });
    expect(await deliver(dependencies(), job)).toBe('failed');
    expect(smtp.mails).toHaveLength(1);
    expect(await stateOf(job)).toMatchObject({ status: 'failed', failure: 'UNCERTAIN' });
    expect(mail.platform.explain?.('UNCERTAIN', 'nl')).toContain('kan aangekomen zijn');

    await db.$transaction((tx) => outbox.retry(tx, municipalityId, [job.deliveryId]));
    expect(await deliver(dependencies(), job)).toBe('done');
    expect(smtp.mails).toHaveLength(2);
  });

  it('because the process died in the middle is not sent twice either', async () => {
    const job = await owe(FULL);
    await db.delivery.update({
      where: { municipalityId_id: { municipalityId, id: job.deliveryId } },
      data: { attemptedAt: new Date() },
    });
    expect(await deliver(dependencies(), job)).toBe('failed');
    expect(smtp.mails).toHaveLength(0);
    expect(await stateOf(job)).toMatchObject({ failure: 'UNCERTAIN' });
  });
});

describe('where somebody is told', () => {
  it('is the chat, and by mail only what the chat cannot bring', async () => {
    const job = await owe(FULL);
    const { personId } = await stateOf(job);
    await db.account.create({
      data: { municipalityId, personId: personId ?? '', platform: 'playground', externalId: 'in-de-chat' },
    });
    const sent: string[] = [];
    let reachable = true;
    const chat: Platform = {
      name: 'playground',
      send(message) {
        if (!reachable) return Promise.resolve({ ok: false, kind: 'rejected', reason: 'GONE', unreachable: true });
        sent.push(message.to.externalId);
        return Promise.resolve({ ok: true, ref: { conversationId: 'c', messageId: message.deliveryId } });
      },
      update: (ref) => Promise.resolve({ ok: true, ref }),
      find: () => Promise.resolve('not-found'),
    };
    // The order of the platforms does not decide for people.
    const platforms = new Map<string, Platform>([
      ['mail', mail.platform],
      ['playground', chat],
    ]);
    expect(await deliver({ ...dependencies(), platforms }, job)).toBe('done');
    expect([sent, smtp.mails.length]).toEqual([['in-de-chat'], 0]);

    reachable = false;
    const key = `also-${job.deliveryId}`;
    await db.$transaction((tx) =>
      outbox.post(tx, municipalityId, [{ key, to: { personId: personId ?? '' }, view: view.id, params: {} }]),
    );
    const { id } = await db.delivery.findUniqueOrThrow({ where: { municipalityId_key: { municipalityId, key } } });
    expect(await deliver({ ...dependencies(), platforms }, { municipalityId, deliveryId: id })).toBe('done');
    expect(smtp.mails).toHaveLength(1);
  });
});
