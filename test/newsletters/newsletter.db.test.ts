import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PARTS } from '../../src/newsletters/newsletter.js';
import { openTestDatabase } from '../support/open-test-database.js';
import { addSignal } from '../support/rows.js';
import { openTown, wordsOf } from '../support/town.js';
import { openNewsroom } from './newsroom.js';

const database = await openTestDatabase();
const { db } = database;
const town = await openTown(database);
const { municipalityId, people, neighbourhoods } = town;
const room = await openNewsroom(database, town);
afterAll(() => town.stop());

/** So many signals filed on this day. */
async function came(count: number, on: string, neighbourhoodId: string, lifeDomain = 'housing') {
  for (let index = 0; index < count; index += 1) {
    const signalId = await addSignal(db, municipalityId, people.regisseur.id, {
      filedAt: new Date(on),
      updatedAt: new Date(on),
      lifeDomain,
      fundamentalRight: 'housing',
    });
    await db.signalNeighbourhood.create({ data: { municipalityId, signalId, neighbourhoodId, position: 0 } });
  }
}

const textOf = async () => (await room.only()).text as Record<(typeof PARTS)[number], string>;
const whole = (text: Record<string, string>, more: Record<string, unknown> = {}) => ({
  title: 'Signalen in Teststad: juni 2026',
  pictures: ['trend', 'tiles'],
  ...Object.fromEntries(PARTS.map((name) => [`part-${name}`, text[name] ?? ''])),
  ...more,
});

describe('the quarterly newsletter, from draft to archive', () => {
  beforeAll(async () => {
    await room.settings({});
    await town.tickAt('2026-04-01T08:00:00Z');
    await came(12, '2026-04-10T10:00:00Z', neighbourhoods.rabot);
    await came(9, '2026-05-04T10:00:00Z', neighbourhoods.dampoort, 'health');
    await came(3, '2026-05-05T10:00:00Z', neighbourhoods.nobodys, 'income');
    await came(2, '2026-02-10T10:00:00Z', neighbourhoods.rabot);
    // One that was solved, with its story.
    town.clock.now = new Date('2026-05-06T09:00:00Z');
    const signal = await town.file(people.worker, { title: 'Geen bank aan de halte' });
    await town.step(people.regisseur, signal.id, 'in_review');
    await town.step(people.regisseur, signal.id, 'accepted');
    await town.step(people.regisseur, signal.id, 'resolved', { text: 'Er staat nu een bank aan de halte.' });
    // And one on the agenda of a meeting to come.
    const agenda = await town.file(people.worker, { title: 'Wachtlijst groeit' });
    await town.step(people.regisseur, agenda.id, 'in_review');
    await town.step(people.regisseur, agenda.id, 'accepted');
    await town.step(people.regisseur, agenda.id, 'on_agenda', { meeting: 'Welzijnsforum', on: '2026-06-18' });
    await room.deliverAll();
  });

  it('is drafted ten days before its moment, once, from what came in since the one before', async () => {
    await town.tickAt('2026-05-23T06:59:00Z');
    expect(await db.newsletter.count({ where: { municipalityId } })).toBe(0);
    await town.tickAt('2026-05-23T07:01:00Z');
    await town.tickAt('2026-05-23T07:02:00Z');
    const newsletter = await room.only();
    expect(newsletter).toMatchObject({
      status: 'draft',
      occasion: '2026-06-02T09:00',
      editorId: people.coordinator.id,
    });
    expect(newsletter.sendAt.toISOString()).toBe('2026-06-02T07:00:00.000Z');
    const text = await textOf();
    expect(text.came).toContain('26 signalen');
    expect(text.came).toContain('Rabot - Blaisantvest');
    expect(text.solved).toContain('Er staat nu een bank aan de halte.');
    expect(text.upcoming).toContain('18 juni 2026: Welzijnsforum');
    expect(text.tip).not.toBe('');
  });

  it('hides small counts, also from who subtracts', async () => {
    const { came: words } = await textOf();
    // Nieuwe Kaai had three: it is not named, and goes together with the smallest of the others.
    expect(words).not.toContain('Nieuwe Kaai');
    expect(words).toMatch(/Per wijk: Rabot - Blaisantvest 14, andere samen 12\./);
    const { figures } = await room.only();
    expect(JSON.stringify(figures)).not.toMatch(/"count":[1-4][,}]/);
  });

  it('comes with two pictures that say the same in words', async () => {
    const { id } = await room.only();
    const pictures = await db.newsletterPicture.findMany({ where: { municipalityId, newsletterId: id } });
    expect(pictures.map(({ kind }) => kind).sort()).toEqual(['tiles', 'trend']);
    for (const { png, alt } of pictures) {
      expect(
        Buffer.from(png ?? [])
          .subarray(1, 4)
          .toString(),
      ).toBe('PNG');
      expect(alt).toMatch(/14|26/);
    }
  });

  it('comes to its editor in the chat, who changes any part', async () => {
    await room.deliverAll();
    expect((await room.chatOf(people.coordinator)).join()).toContain('Ontwerp: Signalen in Teststad: juni 2026');
    const text = await textOf();
    const edited = whole({ ...text, foreword: 'Dag allemaal!', moved: '' });
    expect(await room.press(people.coordinator, 'edit', edited)).toMatchObject({ kind: 'done' });
    expect(await textOf()).toMatchObject({ foreword: 'Dag allemaal!', moved: '' });
    expect(wordsOf(await room.press(people.coordinator, 'preview'))).toMatch(/Dag allemaal!(?!.*Wat bewoog er)/);
  });

  it('is changed by one at a time: who is second is told, keeps what was typed, and decides', async () => {
    const seen = (await room.only()).version;
    const payload = { newsletterId: (await room.only()).id, seen };
    const open = (person = people.coordinator) => town.chat.press(town.caller(person), 'newsletters.edit', payload);
    const [first, second] = [await open(), await open()];
    if (first.kind !== 'form' || second.kind !== 'form') throw new Error('no form');
    const text = await textOf();
    const submit = (token: string, values: Record<string, unknown>) =>
      town.chat.submit(town.caller(people.coordinator), token, values as never);
    await submit(first.form.token, whole({ ...text, foreword: 'De eerste' }));
    const told = await submit(second.form.token, whole({ ...text, foreword: 'De tweede' }));
    expect(told.kind).toBe('again');
    if (told.kind !== 'again') return;
    expect(JSON.stringify(told.form.view)).toContain('Coördinator paste dit ontwerp aan');
    expect(JSON.stringify(told.form.view)).toContain('De tweede');
    expect((await textOf()).foreword).toBe('De eerste');
    const tick = told.form.view.parts.find((part) => part.kind === 'tick');
    const decided = whole({ ...text, foreword: 'De tweede' }, { [tick && 'id' in tick ? tick.id : '']: true });
    expect((await submit(told.form.token, decided)).kind).toBe('done');
    expect((await textOf()).foreword).toBe('De tweede');
  });

  it('is nobody else’s to change, read before it is sent, or approve', async () => {
    for (const name of ['edit', 'preview', 'recipients', 'test', 'approve']) {
      expect(wordsOf(await room.press(people.worker, name))).toContain('voor de redacteur en de coördinator');
    }
    const command = await town.chat.command(town.caller(people.worker), 'signaal', 'nieuwsbrief');
    expect(wordsOf(command)).toContain('nog geen nieuwsbrief verstuurd. De eerste komt op');
  });

  it('goes to the editor as a test, exactly as it will be, and counts as nothing', async () => {
    const result = await room.press(people.coordinator, 'test', { platform: 'playground' });
    expect(wordsOf(result)).toContain('onderweg naar Speeltuin');
    await room.deliverAll();
    const last = (await room.chatOf(people.coordinator)).at(-1) ?? '';
    expect(last).toContain('Dit is een proef');
    expect(last).toContain('De tweede');
    expect(last).toMatch(/beeld\/[^"]+trend\.png\?s=/);
  });

  it('says how many it goes to when its recipients are chosen', async () => {
    const choose = (values: Record<string, unknown>) =>
      room.press(people.coordinator, 'recipients', { channels: false, ...values } as never).then(wordsOf);
    expect(await choose({})).toContain('Hij gaat naar 5 mensen');
    expect(await choose({ roles: ['regisseur'] })).toContain('Hij gaat naar 2 mensen');
    expect(await choose({ neighbourhoods: [neighbourhoods.dampoort] })).toContain('Hij gaat naar 1 persoon');
    expect(await choose({ roles: ['worker'], neighbourhoods: [neighbourhoods.dampoort] })).toContain('niemand');
    expect(wordsOf(await room.press(people.coordinator, 'approve', { read: true }))).toContain('krijgt niemand hem');
    expect(await choose({ channels: true })).toContain('5 mensen en 3 kanalen');
  });

  it('reminds its editor, and never goes out by itself', async () => {
    await town.tickAt('2026-05-30T08:00:00Z');
    await town.tickAt('2026-06-02T07:05:00Z');
    await room.deliverAll();
    const messages = (await room.chatOf(people.coordinator)).join('\n');
    expect(messages).toContain('gaat over 3 dagen uit');
    expect(messages).toContain('Hij wacht op jou');
    expect((await room.only()).status).toBe('draft');
  });

  it('is approved as it was read: not when somebody changed it meanwhile', async () => {
    const newsletter = await room.only();
    const payload = { newsletterId: newsletter.id, seen: newsletter.version };
    const form = await town.chat.press(town.caller(people.coordinator), 'newsletters.approve', payload);
    if (form.kind !== 'form') throw new Error('no form');
    await room.press(people.coordinator, 'edit', whole({ ...(await textOf()), foreword: 'Laatste woord' }));
    const refused = await town.chat.submit(town.caller(people.coordinator), form.form.token, { read: true });
    expect(wordsOf(refused)).toContain('paste hem aan nadat');
    expect(wordsOf(await room.press(people.coordinator, 'approve', { read: true }))).toContain(
      'begint binnen een minuut',
    );
    expect(wordsOf(await room.press(people.coordinator, 'edit'))).toContain('intussen onderweg');
  });

  it('reaches everyone once, in their chat and in the channels, and who opted out not at all', async () => {
    await town.chat.press(town.caller(people.colleague), 'settings.stop', { kind: 'newsletters.issue' });
    await town.tickAt('2026-06-02T07:06:00Z');
    await town.tickAt('2026-06-02T07:07:00Z');
    await room.deliverAll();
    await town.tickAt('2026-06-02T07:08:00Z');
    await room.deliverAll();
    const mine = (await room.chatOf(people.worker)).filter((card) => card.includes('Laatste woord'));
    expect(mine).toHaveLength(1);
    // One click under it stops the next one.
    expect(mine[0]).toContain('settings.stop');
    expect((await room.chatOf(people.colleague)).some((card) => card.includes('Laatste woord'))).toBe(false);
    const inChannels = await db.playgroundMessage.findMany({
      where: { municipalityId, conversationId: { startsWith: 'channel:' } },
    });
    const posted = inChannels.filter(({ card }) => JSON.stringify(card).includes('Laatste woord'));
    expect(posted).toHaveLength(3);
    expect(JSON.stringify(posted)).not.toContain('settings.stop');
    expect(await room.only()).toMatchObject({ status: 'sent', written: true });
    expect((await room.chatOf(people.coordinator)).some((card) => card.includes('Verstuurd: Signalen'))).toBe(true);
    const command = await town.chat.command(town.caller(people.worker), 'signaal', 'nieuwsbrief');
    expect(wordsOf(command)).toContain('Laatste woord');
  });

  it('is followed by one that begins where it ended', async () => {
    await town.tickAt('2026-08-22T07:01:00Z');
    const [first, second] = await db.newsletter.findMany({ where: { municipalityId }, orderBy: { occasion: 'asc' } });
    expect(second?.occasion).toBe('2026-09-01T09:00');
    expect(second?.periodFrom).toEqual(first?.periodUntil);
    expect((second?.text as { came: string }).came).toContain('kwam er geen signaal binnen');
  });
});
