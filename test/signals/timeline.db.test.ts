import { afterAll, describe, expect, it } from 'vitest';
import { allowErasure } from '../../src/storage/database.js';
import { openTestDatabase } from '../support/open-test-database.js';
import { openTown, wordsOf } from '../support/town.js';

const database = await openTestDatabase();
const { db } = database;
const town = await openTown(database);
const { people, municipalityId, chat, caller } = town;
afterAll(() => town.stop());

describe('the timeline', () => {
  it('cannot be changed or emptied, not even by a statement of our own', async () => {
    const signal = await town.file(people.worker);
    await town.step(people.regisseur, signal.id, 'in_review');
    const where = { municipalityId, signalId: signal.id };
    const entries = await db.timelineEntry.findMany({ where });
    await expect(db.timelineEntry.updateMany({ where, data: { text: 'Anders.' } })).rejects.toThrow();
    await expect(db.timelineEntry.deleteMany({ where })).rejects.toThrow();
    await expect(
      db.signal.delete({ where: { municipalityId_id: { municipalityId, id: signal.id } } }),
    ).rejects.toThrow();
    await expect(database.executeSql('TRUNCATE "TimelineEntry" CASCADE')).rejects.toThrow();
    expect(await db.timelineEntry.findMany({ where })).toEqual(entries);
  });

  it('lets erasure take away who and what was said, never what happened or when, and only in its transaction', async () => {
    const signal = await town.file(people.worker);
    await town.step(people.regisseur, signal.id, 'in_review');
    const where = { municipalityId, signalId: signal.id };
    await db.$transaction(async (tx) => {
      await allowErasure(tx);
      await tx.timelineEntry.updateMany({ where, data: { personId: null, text: null } });
    });
    expect(await db.timelineEntry.count({ where: { ...where, personId: null } })).toBe(2);
    for (const data of [{ toStatus: 'closed' as const }, { at: new Date(0) }, { personId: people.coordinator.id }]) {
      const change = db.$transaction(async (tx) => {
        await allowErasure(tx);
        await tx.timelineEntry.updateMany({ where, data });
      });
      await expect(change).rejects.toThrow();
    }
    await expect(db.timelineEntry.updateMany({ where, data: { text: 'Later.' } })).rejects.toThrow();
  });

  it('says of each entry who, when, from where and why, and marks in words what not everyone may read', async () => {
    const signal = await town.file(people.worker);
    await town.step(people.regisseur, signal.id, 'in_review');
    await town.step(people.regisseur, signal.id, 'declined', {
      reason: 'not-structural',
      text: 'Het gaat om één huis.',
    });
    await town.act(people.regisseur, 'signals.note', signal.id, { text: 'Nakijken in het voorjaar.' });
    await town.act(people.regisseur, 'signals.feedback', signal.id, { text: 'We houden het in het oog.' });
    const card = wordsOf(await chat.command(caller(people.coordinator), 'signaal', `status ${signal.reference}`));
    expect(card).toContain('niet weerhouden\\n10 mrt 2026 om 10:00 · Regisseur Een · speeltuin');
    expect(card).toContain('Het gaat om één huis.');
    expect(card).toContain('INTERN · interne notitie');
    expect(card).toContain('VOOR DE MELDERS · terugkoppeling');
    expect(card).toContain('Stap 8 van 8: feedback');
    await db.person.update({
      where: { municipalityId_id: { municipalityId, id: people.coordinator.id } },
      data: { locale: 'en' },
    });
    const english = wordsOf(await chat.command(caller(people.coordinator), 'signaal', `status ${signal.reference}`));
    expect(english).toContain('INTERNAL · internal note');
    expect(english).toContain('FOR THE FILERS · feedback');
    expect(english).toContain('playground');
  });

  it('does not tell a reader who may not know who filed, from where it was filed', async () => {
    const signal = await town.file(people.worker);
    const card = wordsOf(await chat.command(caller(people.colleague), 'signaal', `status ${signal.reference}`));
    expect(card).not.toContain('speeltuin');
  });
});
