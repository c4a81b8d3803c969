import { afterAll, describe, expect, it } from 'vitest';
import { openTestDatabase } from '../support/open-test-database.js';
import { openTown, wordsOf } from '../support/town.js';

const database = await openTestDatabase();
const { db } = database;
const town = await openTown(database);
const { people, municipalityId, chat, caller } = town;
afterAll(() => town.stop());

const PARTS = {
  title1: 'Te weinig kleine woningen',
  description1: 'Wie alleen woont, vindt niets.',
  title2: 'Verhuurders weigeren uitkeringen',
  description2: 'Dat horen we wekelijks.',
  why: 'Het zijn twee vragen.',
};
const taken = async () => {
  const signal = await town.file(people.worker, { organisation: 'Het Buurthuis' });
  await town.step(people.regisseur, signal.id, 'in_review');
  return signal;
};
const partsOf = (signalId: string) =>
  db.signal.findMany({
    where: { municipalityId, linksFrom: { some: { toId: signalId, kind: 'part_of' } } },
    orderBy: { reference: 'asc' },
    include: { filers: true, neighbourhoods: true, entries: true },
  });
const bond = (signalId: string, reference: string, kind: string) =>
  town.act(people.regisseur, 'links.link', signalId, { reference, bond: kind });
const shown = async (reference: string) =>
  wordsOf(await chat.command(caller(people.colleague), 'signaal', `status ${reference}`));

describe('splitting a signal', () => {
  it('makes new ones with its filers, places and owner, each with a way of its own, and tells every filer', async () => {
    const signal = await taken();
    const done = wordsOf(await town.act(people.regisseur, 'links.split', signal.id, PARTS));
    const parts = await partsOf(signal.id);
    expect(parts.map(({ title }) => title)).toEqual([PARTS.title1, PARTS.title2]);
    for (const part of parts) {
      expect(done).toContain(part.reference);
      expect(part).toMatchObject({ status: 'received', ownerId: people.regisseur.id });
      expect(part.filers.map(({ personId, organisation }) => [personId, organisation])).toEqual([
        [people.worker.id, 'Het Buurthuis'],
      ]);
      expect(part.neighbourhoods.map(({ neighbourhoodId }) => neighbourhoodId)).toEqual([town.neighbourhoods.rabot]);
      const keys = (await db.delivery.findMany({ where: { municipalityId } }))
        .filter(({ params }) => (params as { signalId?: string }).signalId === part.id)
        .map(({ view }) => view);
      expect(keys.toSorted()).toEqual(['signals.card', 'signals.notice', 'signals.receipt']);
    }
    expect((await town.signal(signal.id)).status).toBe('in_review');
    expect(await shown(signal.reference)).toContain(`Opgesplitst in`);
    expect(await shown(parts[0]?.reference ?? '')).toContain(`Afgesplitst van ${signal.reference}`);
  });

  it('never closes a part with the whole', async () => {
    const signal = await taken();
    await town.act(people.regisseur, 'links.split', signal.id, PARTS);
    await town.step(people.regisseur, signal.id, 'accepted');
    await town.step(people.regisseur, signal.id, 'closed');
    expect((await town.signal(signal.id)).status).toBe('closed');
    expect((await partsOf(signal.id)).map(({ status }) => status)).toEqual(['received', 'received']);
  });

  it('asks for both title and description of a further part, and writes nothing until it has them', async () => {
    const signal = await taken();
    const result = await town.act(people.regisseur, 'links.split', signal.id, { ...PARTS, description2: '' });
    expect(result).toMatchObject({ kind: 'again', errors: { description2: expect.any(String) as string } });
    expect(await partsOf(signal.id)).toEqual([]);
  });

  it('sent twice, also at once, makes the parts once', async () => {
    const signal = await taken();
    const payload = { signalId: signal.id, seen: (await town.signal(signal.id)).version };
    const reply = await chat.press(caller(people.regisseur), 'links.split', payload);
    const token = reply.kind === 'form' ? reply.form.token : '';
    const send = () => chat.submit(caller(people.regisseur), token, PARTS);
    await Promise.all([send(), send()]);
    await send();
    expect(await partsOf(signal.id)).toHaveLength(2);
  });

  it('is not for who does not follow it, and not after it ended', async () => {
    const signal = await taken();
    expect(wordsOf(await town.act(people.colleague, 'links.split', signal.id, PARTS))).toContain('Regisseur Een');
    await town.step(people.regisseur, signal.id, 'declined');
    expect(wordsOf(await town.act(people.regisseur, 'links.split', signal.id, PARTS))).toContain('niet weerhouden');
    expect(await partsOf(signal.id)).toEqual([]);
  });
});

describe('linking signals', () => {
  it('shows on both, and neither’s steps touch the other', async () => {
    const [one, other] = [await taken(), await taken()];
    await bond(one.id, other.reference.toLowerCase(), 'part_of');
    expect(await shown(one.reference)).toContain(`Deel van ${other.reference}`);
    expect(await shown(other.reference)).toContain(`Heeft als deel ${one.reference}`);
    await town.step(people.regisseur, other.id, 'declined');
    expect((await town.signal(one.id)).status).toBe('in_review');
    await bond(one.id, other.reference, 'related');
    await bond(one.id, other.reference, 'none');
    expect(await db.signalLink.count({ where: { municipalityId, fromId: one.id } })).toBe(0);
  });

  it('in a circle of parts is refused, also by way of a third', async () => {
    const [a, b, c] = [await taken(), await taken(), await taken()];
    await bond(a.id, b.reference, 'part_of');
    await bond(b.id, c.reference, 'part_of');
    const circle = await bond(c.id, a.reference, 'part_of');
    expect(circle.kind === 'again' && circle.errors['bond']).toContain('al een deel');
    const turned = await bond(b.id, a.reference, 'part_of');
    expect(turned.kind).toBe('done');
  });

  it.each([
    ['itself', 'related', 'zichzelf', 'reference'],
    ['unknown', 'related', 'geen signaal', 'reference'],
    ['elsewhere', 'related', 'andere gemeente', 'reference'],
    ['apart', 'none', 'niet verbonden', 'bond'],
  ])('with %s is refused at the field', async (which, kind, words, field) => {
    const [signal, apart] = [await taken(), await taken()];
    const references: Record<string, string> = {
      itself: signal.reference,
      unknown: 'T-2026-9999',
      elsewhere: 'X-2026-0001',
      apart: apart.reference,
    };
    const result = await bond(signal.id, references[which] ?? '', kind);
    expect(result.kind === 'again' && result.errors[field]).toContain(words);
  });

  it('twice the same is said, not written', async () => {
    const [one, other] = [await taken(), await taken()];
    await bond(one.id, other.reference, 'related');
    const again = await bond(one.id, other.reference, 'related');
    expect(again.kind === 'again' && again.errors['bond']).toContain('al zo verbonden');
  });
});
