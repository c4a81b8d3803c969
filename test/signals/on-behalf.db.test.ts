import { afterAll, describe, expect, it } from 'vitest';
import { MunicipalitySettings } from '../../src/municipality/municipality-settings.js';
import type { Prisma } from '../../src/storage/database.js';
import { openTestDatabase } from '../support/open-test-database.js';
import { openTown, wordsOf } from '../support/town.js';

const database = await openTestDatabase();
const { db } = database;
const town = await openTown(database);
const { people, neighbourhoods, chat, caller, municipalityId } = town;
afterAll(() => town.stop());

const values = {
  title: 'Geen plek in de opvang',
  description: 'Ouders vinden geen opvang.',
  neighbourhoods: [neighbourhoods.rabot],
  statement: true,
  similar: 'new',
};
const suggest = (query: string) => chat.suggest(caller(people.worker), 'signals.colleagues', query);

describe('filing on behalf of', () => {
  it('a colleague makes them the filer who is told; who typed it stays recorded', async () => {
    const [found] = await suggest('werker tw');
    expect(found).toEqual({ value: people.colleague.id, label: 'Werker Twee (De Gezondheidspost)' });
    const signal = await town.file(people.worker, { colleague: people.colleague.id });
    expect(signal).toMatchObject({ origin: 'colleague' });
    expect(await db.signalFiler.findMany({ where: { municipalityId, signalId: signal.id } })).toMatchObject([
      { personId: people.colleague.id, organisation: 'De Gezondheidspost' },
    ]);
    const entry = await db.timelineEntry.findFirstOrThrow({ where: { municipalityId, signalId: signal.id } });
    expect(entry.personId).toBe(people.worker.id);
    const owed = await db.delivery.findMany({ where: { municipalityId, key: { contains: signal.id } } });
    expect(owed.map(({ key }) => key).toSorted()).toEqual([
      `card:${signal.id}`,
      `receipt:${signal.id}:${people.colleague.id}`,
    ]);
    const own = await db.person.findUnique({ where: { municipalityId_id: { municipalityId, id: people.worker.id } } });
    expect(own?.organisation).toBe('Het Buurthuis');
    const triage = wordsOf(await chat.command(caller(people.regisseur), 'signaal', `status ${signal.reference}`));
    expect(triage).toContain(people.worker.name);
  });

  it('a meeting keeps which one and when, for triage alone', async () => {
    const signal = await town.file(people.worker, {
      origin: 'forum',
      originMeeting: 'Welzijnsforum',
      originOn: '2026-03-03',
    });
    expect(signal.origin).toBe('forum');
    const others = wordsOf(await chat.command(caller(people.colleague), 'signaal', `status ${signal.reference}`));
    expect(others).not.toContain('Welzijnsforum');
  });

  it('refuses a colleague it does not know and a day that is still to come, at their fields', async () => {
    const result = await town.submitForm(people.worker, {
      ...values,
      colleague: 'Iemand Anders',
      originOn: '2027-01-01',
    });
    expect(result).toMatchObject({
      kind: 'again',
      errors: {
        colleague: expect.stringContaining('Iemand Anders') as string,
        originOn: expect.stringContaining('moet nog komen') as string,
      },
    });
  });

  it('takes a name that was typed without choosing, when one colleague has it', async () => {
    const signal = await town.file(people.worker, { colleague: 'werker twee' });
    expect(await db.signalFiler.findFirst({ where: { municipalityId, signalId: signal.id } })).toMatchObject({
      personId: people.colleague.id,
    });
  });

  it('is no list of everybody, and holds nobody who may not file or is gone', async () => {
    expect(await suggest('')).toEqual([]);
    expect(await suggest('w')).toEqual([]);
    expect(await suggest('beheerder')).toEqual([]);
    expect(await suggest('Werker Een')).toEqual([]);
  });
});

describe('coaching in the form', () => {
  it('leads a question about one client to a colleague, with the link of the municipality and the words to take along', async () => {
    const settings = MunicipalitySettings.parse({
      links: { clients: { label: 'Naar de wijkregisseurs', url: 'https://voorbeeld.be/wijkregisseurs' } },
      texts: { 'redirect.client': { nl: 'Bel eerst het zorgteam van onze stad.' } },
    }) as unknown as Prisma.InputJsonObject;
    const own = await openTown(database, 'C');
    await db.municipality.update({ where: { id: own.municipalityId }, data: { settings } });
    const result = await own.submitForm(own.people.worker, {
      matter: 'client',
      description: 'Eén mevrouw zonder dak.',
    });
    expect(wordsOf(result)).toContain('https://voorbeeld.be/wijkregisseurs');
    expect(wordsOf(result)).toContain('Bel eerst het zorgteam van onze stad.');
    expect(wordsOf(result)).toContain('Eén mevrouw zonder dak.');
    expect(await db.signal.count({ where: { municipalityId: own.municipalityId } })).toBe(0);
    await own.stop();
  });

  it('gives three tips to who files for the first time, and never again after filing', async () => {
    const own = await openTown(database, 'D');
    const note = async () => {
      const reply = await own.chat.command(own.caller(own.people.worker), 'signaal', '');
      const [first] = reply.kind === 'form' ? reply.form.view.parts : [];
      return first?.kind === 'note' ? first.text : undefined;
    };
    expect((await note())?.split('\n').filter((line) => line.startsWith('•'))).toHaveLength(3);
    await own.file(own.people.worker);
    expect(await note()).toBeUndefined();
    await own.stop();
  });

  it('lets the tips be hidden from the help, for good', async () => {
    const help = async () => wordsOf(await chat.command(caller(people.coordinator), 'signaal', 'help'));
    expect(await help()).toContain('Voor het eerst');
    const reply = await chat.press(caller(people.coordinator), 'signals.hide-tips', {});
    expect(wordsOf(reply)).toContain('De tips zijn weg');
    expect(await help()).not.toContain('Voor het eerst');
    const form = await chat.command(caller(people.coordinator), 'signaal', '');
    expect(JSON.stringify(form)).not.toContain('Voor het eerst');
  });
});
