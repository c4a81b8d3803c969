import { afterAll, describe, expect, it } from 'vitest';
import { openTestDatabase } from '../support/open-test-database.js';
import { openTown, wordsOf } from '../support/town.js';

const database = await openTestDatabase();
const { db } = database;
const town = await openTown(database);
const { people, municipalityId, chat, caller } = town;
afterAll(() => town.stop());

describe('commands', () => {
  it.each([
    ['status', 'Van welk signaal'],
    ['status T-2026-9999', 'vinden we niet'],
    ['zoek', 'Waarover zoek je'],
    ['zoek zzzzz', 'Geen signaal gevonden'],
    ['help', '/signaal mijn'],
  ])('/signaal %s is answered', async (text, words) => {
    expect(wordsOf(await chat.command(caller(people.worker), 'signaal', text))).toContain(words);
  });

  it('/signaal zoek finds Dutch word forms, and mijn lists what one filed, newest first', async () => {
    const signal = await town.file(people.colleague, {
      title: 'Huurwoningen met schimmel',
      description: 'Vocht in de appartementen.',
    });
    const found = await chat.command(caller(people.worker), 'signaal', 'zoek huurwoning schimmels');
    expect(wordsOf(found)).toContain(signal.reference);
    const mine = wordsOf(await chat.command(caller(people.colleague), 'signaal', 'mijn'));
    expect(mine.indexOf(signal.reference)).toBeGreaterThan(-1);
    expect(wordsOf(await chat.command(caller(people.administrator), 'signaal', 'mijn'))).toContain('beheerder');
  });

  it('/regisseur says who answers, also for a neighbourhood nobody has', async () => {
    expect(wordsOf(await chat.command(caller(people.worker), 'regisseur', 'rabot'))).toContain('Regisseur Een');
    expect(wordsOf(await chat.command(caller(people.worker), 'regisseur', 'Nieuwe Kaai'))).toContain('Coördinator');
    expect(wordsOf(await chat.command(caller(people.worker), 'regisseur', 'Brussel'))).toContain('herkennen we niet');
    expect(wordsOf(await chat.command(caller(people.worker), 'regisseur', ''))).toContain('Dampoort');
  });

  it('the help tells everybody of what is for them, and of nothing else', async () => {
    const told = async (who: keyof typeof people) =>
      wordsOf(await chat.command(caller(people[who]), 'signaal', 'help'));
    const forSome = ['/regisseur overdracht', '/signaal forum plan', '/signaal beheer', '/signaal koppel'];
    const named = async (who: keyof typeof people) => {
      const words = await told(who);
      return forSome.filter((usage) => words.includes(usage));
    };
    expect(await named('worker')).toEqual([]);
    expect(await named('regisseur')).toEqual(['/regisseur overdracht', '/signaal forum plan']);
    expect(await named('administrator')).toEqual(['/signaal beheer']);
    expect(await told('worker')).toContain('/regisseur rabot');
  });

  it('gives platforms the part of each command that is typed as it stands', () => {
    const typed = Object.fromEntries(chat.commands('nl').map(({ usage, typed: part }) => [usage, part]));
    expect(typed).toMatchObject({
      '/signaal [wat je ziet]': '/signaal ',
      '/signaal mijn': '/signaal mijn',
      '/signaal status G-2026-0042': '/signaal status ',
      '/signaal forum plan': '/signaal forum plan',
      '/regisseur rabot': '/regisseur ',
      '/regisseur overdracht': '/regisseur overdracht',
    });
  });

  it('an unknown command gets a way on', async () => {
    expect(wordsOf(await chat.command(caller(people.worker), 'bestaatniet', ''))).toContain('/signaal help');
  });

  it('a person’s own language is spoken, without mixing', async () => {
    await db.person.update({
      where: { municipalityId_id: { municipalityId, id: people.worker.id } },
      data: { locale: 'en' },
    });
    const help = wordsOf(await chat.command(caller(people.worker), 'signaal', 'help'));
    expect(help).toContain('What you can do');
    expect(help).not.toContain('melden');
    await db.person.update({
      where: { municipalityId_id: { municipalityId, id: people.worker.id } },
      data: { locale: null },
    });
  });
});
