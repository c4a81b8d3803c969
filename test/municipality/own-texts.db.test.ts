import { afterAll, describe, expect, it } from 'vitest';
import { MunicipalitySettings } from '../../src/municipality/municipality-settings.js';
import { checkOwnTexts, listOurTexts } from '../../src/municipality/own-texts.js';
import { parseMunicipalityFile } from '../../src/municipality/municipality-file.js';
import { runMunicipality } from '../../src/municipality/municipality-command.js';
import { deliverAll, sentTo } from '../support/deliver-all.js';
import { openTestDatabase } from '../support/open-test-database.js';
import { openTown, wordsOf } from '../support/town.js';

const database = await openTestDatabase();
const { db } = database;
const town = await openTown(database);
const other = await openTown(database, 'A');
afterAll(async () => {
  await other.stop();
  await town.stop();
});

const say = (texts: MunicipalitySettings['texts']) =>
  db.municipality.update({
    where: { id: town.municipalityId },
    data: { settings: MunicipalitySettings.parse({ texts }) },
  });
/** What is configured is seen within seconds. */
const nextMinute = () => (town.clock.now = new Date(town.clock.now.getTime() + 60_000));

describe('a municipality’s own words', () => {
  it('stand in the chat and in messages, filled in like ours, for that municipality alone', async () => {
    await say({
      'signals.receipt.heading': { nl: 'Dank u wel, uw signaal is binnen' },
      'signals.mine.heading': { nl: 'Alles wat ik meldde' },
      'signals.receipt.status': { nl: 'Volg het met /signaal status {{reference}}.' },
    });
    nextMinute();
    const signal = await town.file(town.people.worker);
    const [receipt = ''] = sentTo(town.people.worker, await deliverAll(database, town));
    expect(receipt).toContain('Dank u wel, uw signaal is binnen');
    expect(receipt).toContain(`Volg het met /signaal status ${signal.reference}.`);
    const mine = (which: typeof town) =>
      which.chat.command(which.caller(which.people.worker), 'signaal', 'mijn').then(wordsOf);
    const [ours, theirs] = await Promise.all([mine(town), mine(other)]);
    expect(ours).toContain('Alles wat ik meldde');
    expect(theirs).toContain('Mijn signalen');
    expect(theirs).not.toContain('Alles wat ik meldde');
  });

  it('are said in the language they were given for, ours in the other', async () => {
    await say({ 'signals.mine.heading': { nl: 'Alles wat ik meldde' } });
    nextMinute();
    const { coordinator } = town.people;
    const where = { municipalityId_id: { municipalityId: town.municipalityId, id: coordinator.id } };
    await db.person.update({ where, data: { locale: 'en' } });
    const mine = () => town.chat.command(town.caller(coordinator), 'signaal', 'mijn').then(wordsOf);
    expect(await mine()).toContain('My signals');
    await say({ 'signals.mine.heading': { nl: 'Alles', en: 'All that I filed' } });
    nextMinute();
    expect(await mine()).toContain('All that I filed');
  });

  it('leave what a user typed as it is', async () => {
    await say({ 'signals.search.empty': { nl: 'Niets over {{query}}' } });
    nextMinute();
    const reply = await town.chat.command(town.caller(town.people.worker), 'signaal', 'zoek {{count}} $t(status)');
    expect(wordsOf(reply)).toContain('Niets over {{count}} $t(status)');
  });

  it('that this version does not know any more are left out, and ours stand', async () => {
    await say({ 'signals.no.longer': { nl: 'x' }, 'signals.mine.heading': { nl: 'Toch dit' } });
    nextMinute();
    expect(wordsOf(await town.chat.command(town.caller(town.people.worker), 'signaal', 'mijn'))).toContain('Toch dit');
  });
});

describe('in the municipality file', () => {
  const GOOD = `name: Voorbeeldgem
reference: V
neighbourhoods: [{ number: 1, name: Centrum }]
regisseurs: []
coordinator: { name: Coordinator }
administrators: [{ name: IT-dienst }]
texts:
`;
  it.each([
    [
      'a name that does not exist, with the nearest',
      'signals.receipt.hading: { nl: x }',
      '8:3 UNKNOWN_TEXT',
      'signals.receipt.heading',
    ],
    ['a name like no other', 'iets.heel.anders.en.lang: { nl: x }', '8:3 UNKNOWN_TEXT', 'municipality -- texts'],
    [
      'a placeholder of nothing',
      "signals.receipt.status: { nl: 'Zie {{referentie}}' }",
      '8:33 PLACEHOLDER',
      '{{reference}}',
    ],
    ['a placeholder where there is none', "signals.mine.heading: { en: 'Of {{name}}' }", '8:31 PLACEHOLDER', 'nergens'],
    ['half a placeholder', "signals.receipt.status: { nl: 'Zie {{reference' }", '8:33 PLACEHOLDER', '{{'],
    ['another text inside', "signals.mine.heading: { nl: '$t(status)' }", '8:31 PLACEHOLDER', '$t(status)'],
  ])('%s is refused at its line', (_, line, at, words) => {
    const result = parseMunicipalityFile(`${GOOD}  ${line}\n`);
    if (result.ok) throw new Error('Not refused.');
    const [first, ...more] = result.problems;
    expect(more).toEqual([]);
    expect(`${first?.line}:${first?.column} ${first?.code.replace('MUNICIPALITY_FILE.', '')}`).toBe(at);
    expect(first?.message.nl).toContain(words);
  });

  it('every text of ours, said again as it is, is accepted', () => {
    const texts = Object.fromEntries(listOurTexts().map(({ name, words }) => [name, words]));
    expect(Object.keys(texts).length).toBeGreaterThan(300);
    expect(checkOwnTexts(texts)).toEqual([]);
    expect(() => MunicipalitySettings.parse({ texts })).not.toThrow();
  });
});

it('`municipality -- texts` lists them all as the file says them, or those with a word', async () => {
  const run = async (...args: string[]) => {
    const lines: string[] = [];
    const print = (line: string) => void lines.push(line);
    const status = await runMunicipality(args, {
      now: new Date(),
      out: print,
      err: print,
      withDatabase: () => Promise.reject(new Error('No database is needed.')),
    });
    return { status, lines };
  };
  expect((await run('texts')).lines).toHaveLength(listOurTexts().length * 3);
  const { status, lines } = await run('texts', 'signals.receipt.heading');
  expect({ status, lines }).toEqual({
    status: 0,
    lines: [
      'signals.receipt.heading:',
      '  nl: "Bedankt, je signaal is goed aangekomen"',
      expect.stringContaining('  en: "'),
    ],
  });
  expect(await run('texts', 'xyzzy')).toEqual({ status: 1, lines: ['Geen tekst met “xyzzy”.'] });
});
