import { afterAll, describe, expect, it } from 'vitest';
import { openTestDatabase } from '../support/open-test-database.js';
import { openTown, wordsOf } from '../support/town.js';

const database = await openTestDatabase();
const { db } = database;
const town = await openTown(database);
const { chat, caller, people, municipalityId, neighbourhoods } = town;
const { regisseur, otherRegisseur, colleague, worker } = people;
afterAll(() => town.stop());

/** One regisseur's signal, merged into another regisseur's. */
async function merged() {
  const own = await town.file(worker);
  const kept = await town.file(colleague, { neighbourhoods: [neighbourhoods.dampoort] });
  await town.step(regisseur, own.id, 'in_review');
  await town.step(regisseur, own.id, 'merged', { reference: kept.reference });
  return { own, kept };
}
const notesOn = (signalId: string) =>
  db.timelineEntry.findMany({ where: { municipalityId, signalId, kind: 'note' }, select: { id: true, text: true } });

describe('words under a merged signal', () => {
  it('a note in the thread of its card goes to the signal it goes on in, and its owner sees it there', async () => {
    const { own, kept } = await merged();
    const ref = { conversationId: `c-${own.id}`, messageId: `m-${own.id}` };
    await db.delivery.updateMany({
      where: { municipalityId, key: `card:${own.id}` },
      data: { platform: 'playground', ...ref },
    });
    const answer = wordsOf(await chat.reply(caller(regisseur), ref, 'Bespreken met de scholen.'));
    expect(answer).toContain(own.reference);
    expect(answer).toContain(kept.reference);
    expect(await notesOn(own.id)).toEqual([]);
    const [note] = await notesOn(kept.id);
    expect(note?.text).toBe('Bespreken met de scholen.');
    expect(await db.delivery.count({ where: { municipalityId, key: `thread:${note?.id}` } })).toBe(1);
  });

  it('so does one written in the form, by the owner of either and by nobody else', async () => {
    const { own, kept } = await merged();
    for (const person of [regisseur, otherRegisseur]) {
      const payload = { signalId: person === regisseur ? own.id : kept.id, seen: 1 };
      const form = await chat.press(caller(person), 'signals.note', payload);
      if (form.kind !== 'form') throw new Error(wordsOf(form));
      expect(wordsOf(await chat.submit(caller(person), form.form.token, { text: person.name }))).toContain(
        kept.reference,
      );
    }
    expect((await notesOn(kept.id)).map(({ text }) => text)).toEqual([regisseur.name, otherRegisseur.name]);
    expect(wordsOf(await chat.press(caller(worker), 'signals.note', { signalId: own.id, seen: 1 }))).toContain('volgt');
  });

  it('follows the whole way when that one was merged too', async () => {
    const { own, kept } = await merged();
    const last = await town.file(colleague);
    await town.step(otherRegisseur, kept.id, 'in_review');
    await town.step(otherRegisseur, kept.id, 'merged', { reference: last.reference });
    await town.act(regisseur, 'signals.note', own.id, { text: 'Nog iets.' });
    expect((await notesOn(last.id)).map(({ text }) => text)).toEqual(['Nog iets.']);
  });

  it.each([
    ['a question', 'nl', 'is samengevoegd met'],
    ['a question', 'en', 'was merged into'],
    ['a notice', 'nl', 'is samengevoegd met'],
    ['a notice', 'en', 'was merged into'],
    ['the receipt', 'nl', 'is samengevoegd met'],
    ['the receipt', 'en', 'was merged into'],
  ])('a filer’s reply under %s goes along too, and says so (%s)', async (under, locale, words) => {
    const own = await town.file(worker);
    const kept = await town.file(colleague);
    await town.step(regisseur, own.id, under === 'a question' ? 'needs_info' : 'in_review');
    const sent = (await db.delivery.findMany({ where: { municipalityId, personId: worker.id } })).find(
      ({ view, params }) =>
        view === (under === 'the receipt' ? 'signals.receipt' : 'signals.notice') &&
        (params as { signalId: string }).signalId === own.id,
    );
    if (!sent) throw new Error('Nothing was sent to reply under');
    const ref = { conversationId: `d-${worker.id}`, messageId: `m-${sent.id}` };
    const where = { municipalityId_id: { municipalityId, id: sent.id } };
    await db.delivery.update({ where, data: { platform: 'playground', ...ref } });
    await town.step(regisseur, own.id, 'merged', { reference: kept.reference });
    const reader = { municipalityId_id: { municipalityId, id: worker.id } };
    await db.person.update({ where: reader, data: { locale } });
    const answer = wordsOf(await chat.reply(caller(worker), ref, 'Over de twee basisscholen.'));
    await db.person.update({ where: reader, data: { locale: null } });
    expect(answer).toContain(`${own.reference} ${words} ${kept.reference}`);
    const said = (signalId: string) =>
      db.timelineEntry.count({ where: { municipalityId, signalId, text: 'Over de twee basisscholen.' } });
    expect([await said(own.id), await said(kept.id)]).toEqual([0, 1]);
    expect((await town.signal(own.id)).status).toBe('merged');
  });
});
