import { afterAll, describe, expect, it } from 'vitest';
import type { Card } from '../../src/chat/card.js';
import { toLocale } from '../../src/chat/texts.js';
import { MunicipalitySettings } from '../../src/municipality/municipality-settings.js';
import { sectors } from '../../src/sectors/index.js';
import type { Person, Prisma, Signal } from '../../src/storage/database.js';
import { openTestDatabase } from '../support/open-test-database.js';
import { openTown, wordsOf } from '../support/town.js';

const database = await openTestDatabase();
const { db } = database;
const town = await openTown(database);
const { people, chat, caller, municipalityId } = town;
afterAll(() => town.stop());

async function makeCoordinator(
  name: string,
  assignment: { sector?: string; organisation?: string; from?: string; until?: string },
): Promise<Person> {
  const person = await db.person.create({ data: { municipalityId, name, roles: ['signal_coordinator'] } });
  await db.account.create({
    data: { municipalityId, personId: person.id, platform: 'playground', externalId: person.id },
  });
  const { sector = null, organisation = null, from = '2026-01-01', until } = assignment;
  await db.sectorAssignment.create({
    data: {
      municipalityId,
      personId: person.id,
      sector,
      organisation,
      from: new Date(from),
      until: until ? new Date(until) : null,
    },
  });
  return person;
}
const schools = await makeCoordinator('Coördinator Onderwijs', { sector: 'education' });
const house = await makeCoordinator('Coördinator Buurthuis', { organisation: 'buurthuis' });
await makeCoordinator('Coördinator Vroeger', { sector: 'education', until: '2026-02-01' });

const told = async (signal: Signal) =>
  (await db.delivery.findMany({ where: { municipalityId, view: 'sectors.card', key: { contains: signal.id } } })).map(
    ({ personId }) => personId,
  );
/** What the chat knows of a municipality is a little old; its clock goes on. */
async function allow(signalCoordinatorsTakeOn: boolean): Promise<void> {
  const settings = MunicipalitySettings.parse({ signalCoordinatorsTakeOn }) as unknown as Prisma.InputJsonObject;
  await db.municipality.update({ where: { id: municipalityId }, data: { settings } });
  town.clock.now = new Date(town.clock.now.getTime() + 10 * 60_000);
}
const filed = (more = {}) => town.file(people.colleague, { sector: 'education', ...more });

async function cardFor(person: Person, signal: Signal): Promise<Card> {
  const row = await db.municipality.findUniqueOrThrow({ where: { id: municipalityId } });
  const municipality = { ...row, locale: toLocale(row.locale), settings: MunicipalitySettings.parse(row.settings) };
  const card = await sectors.messages?.[0]?.render(
    {
      db,
      now: town.clock.now,
      municipality,
      locale: 'nl',
      url: (path) => `http://127.0.0.1:3000${path}`,
      oneTimeCode: noCode,
    },
    { signalId: signal.id, personId: person.id },
  );
  if (!card) throw new Error('No card.');
  return card;
}
const labels = (card: Card) =>
  card.parts.flatMap((part) => (part.kind === 'buttons' ? part.buttons : [])).map(({ label }) => label);

describe('a signal with a sector', () => {
  it('goes to the sector’s signal coordinator of today in parallel, in the transaction that files it', async () => {
    const signal = await filed();
    expect(await told(signal)).toEqual([schools.id]);
    expect(signal.ownerId).toBe(people.regisseur.id);
  });

  it('goes to the coordinator of the filer’s organisation too, however its name is written', async () => {
    const signal = await filed({ organisation: 'vzw Het Buurthuis' });
    expect((await told(signal)).toSorted()).toEqual([schools.id, house.id].toSorted());
  });

  it('without a coordinator goes its way all the same', async () => {
    expect(await told(await filed({ sector: 'police' }))).toEqual([]);
  });

  it('is not sent to the coordinator who files it', async () => {
    const signal = await town.file(schools, { sector: 'education' });
    expect(await told(signal)).toEqual([]);
  });

  it('shows its neutral text and never who filed it', async () => {
    const signal = await filed();
    const words = JSON.stringify(await cardFor(schools, signal));
    expect(words).toContain(signal.title);
    expect(words).toContain('Onderwijs');
    expect(words).not.toContain(people.colleague.name);
    expect(words).not.toContain('De Gezondheidspost');
  });
});

describe('its signal coordinator', () => {
  it('says with one press that it is a signal; the regisseur reads it, nobody else does', async () => {
    const signal = await filed();
    const press = () => chat.press(caller(schools), 'sectors.is-a-signal', { signalId: signal.id });
    expect(wordsOf(await press())).toContain('doorgegeven');
    await press();
    const entries = await db.timelineEntry.findMany({ where: { municipalityId, signalId: signal.id, kind: 'tested' } });
    expect(entries).toMatchObject([{ visibility: 'internal', data: { verdict: 'signal' }, personId: schools.id }]);
    const status = async (person: Person) =>
      wordsOf(await chat.command(caller(person), 'signaal', `status ${signal.reference}`));
    expect(await status(people.regisseur)).toContain('dit is een signaal');
    expect(await status(people.colleague)).not.toContain('dit is een signaal');
    expect(JSON.stringify(await cardFor(schools, signal))).toContain('Jij zei: dit is een signaal.');
  });

  it('says that it is none with words, which the regisseur finds under the card', async () => {
    const signal = await filed();
    const values = { text: 'Dit is één school, daar wordt al aan gewerkt.' };
    expect(wordsOf(await town.act(schools, 'sectors.is-no-signal', signal.id, values))).toContain('doorgegeven');
    const entry = await db.timelineEntry.findFirstOrThrow({
      where: { municipalityId, signalId: signal.id, kind: 'tested' },
    });
    expect(entry).toMatchObject({ text: values.text, data: { verdict: 'no-signal' } });
    expect(await db.delivery.count({ where: { municipalityId, key: `thread:${entry.id}` } })).toBe(1);
    expect((await town.signal(signal.id)).status).toBe('received');
  });

  it('adds what the sector knows, for everyone to read; client data is refused', async () => {
    const signal = await filed();
    const blocked = await town.act(schools, 'sectors.enrich', signal.id, { text: 'Bel 0470 12 34 56.' });
    expect(blocked).toMatchObject({ kind: 'again', errors: { text: expect.stringContaining('telefoon') as string } });
    await town.act(schools, 'sectors.enrich', signal.id, { text: 'In vier van onze scholen zien we hetzelfde.' });
    const status = wordsOf(await chat.command(caller(people.worker), 'signaal', `status ${signal.reference}`));
    expect(status).toContain('In vier van onze scholen');
    expect(status).not.toContain(schools.name);
  });

  it('takes the first step where the municipality says so, and nowhere else', async () => {
    await allow(false);
    const signal = await filed();
    const press = (seen = 1) => chat.press(caller(schools), 'sectors.take-on', { signalId: signal.id, seen });
    expect(labels(await cardFor(schools, signal))).not.toContain('Neem op');
    expect(wordsOf(await press())).toContain('neemt de regisseur de eerste stap');
    await allow(true);
    expect(labels(await cardFor(schools, signal))).toContain('Neem op');
    expect(wordsOf(await press())).toContain('is opgenomen');
    expect((await town.signal(signal.id)).status).toBe('in_review');
    expect((await town.signal(signal.id)).ownerId).toBe(people.regisseur.id);
    const notices = await db.delivery.findMany({
      where: { municipalityId, view: 'signals.notice', personId: people.colleague.id },
    });
    expect(notices.filter(({ params }) => JSON.stringify(params).includes(signal.id))).toHaveLength(1);
    expect(wordsOf(await press())).toContain('Intussen');
  });

  it('and the regisseur at once: one takes it on, the other hears who was first', async () => {
    await allow(true);
    const signal = await filed();
    const [one, other] = await Promise.all([
      chat.press(caller(schools), 'sectors.take-on', { signalId: signal.id, seen: 1 }),
      town.step(people.regisseur, signal.id, 'in_review', {}, 1),
    ]);
    const steps = await db.timelineEntry.count({
      where: { municipalityId, signalId: signal.id, toStatus: 'in_review' },
    });
    expect(steps).toBe(1);
    expect([wordsOf(one), wordsOf(other)].filter((words) => words.includes('niet bewaard'))).toHaveLength(1);
  });

  it('of another sector, a worker and an ended signal are refused in words', async () => {
    const signal = await filed({ sector: 'police' });
    for (const person of [schools, people.worker]) {
      const reply = await chat.press(caller(person), 'sectors.is-a-signal', { signalId: signal.id });
      expect(wordsOf(reply)).toContain('jouw sector');
    }
    const ended = await filed();
    await town.step(people.colleague, ended.id, 'withdrawn');
    const reply = await chat.press(caller(schools), 'sectors.is-a-signal', { signalId: ended.id });
    expect(wordsOf(reply)).toContain('ingetrokken');
    expect(labels(await cardFor(schools, ended))).toEqual([]);
  });
});

function noCode(): never {
  throw new Error('A card of a signal holds no code.');
}
