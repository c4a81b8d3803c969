import { DateTime } from 'luxon';
import { v4 as uuidv4, v7 as uuidv7 } from 'uuid';
import { localDay, validOn } from '../calendar/local-day.js';
import { features } from '../features.js';
import { DEMO_KEY_PREFIX } from '../municipality/file-people.js';
import { chooseOwner, type Route } from '../routing/choose-owner.js';
import { findCoordinatorId } from '../routing/find-route.js';
import type { EntryData } from '../signals/step-inputs.js';
import type { Db, Prisma, Tx } from '../storage/database.js';
import { readDemoData, type DemoData, type DemoPerson, type DemoSignal } from './demo-data.js';
import { loadNewsletters } from './load-newsletters.js';
import { loadForums } from './load-forums.js';
import { placeInTime, type PlacedEntry } from './place-in-time.js';
import { walkWay, type Walked } from './walk-way.js';

/** Two seconds of work, which a busy machine at its first start may make ten times as long. */
const LOADING = { timeout: 60_000 };

/** What a demo signal's row is made of. */
interface Filing {
  id: string;
  reference: string;
  signal: DemoSignal;
  walked: Walked;
  entries: PlacedEntry[];
  filedAt: Date;
  filer: DemoPerson & { id: string };
  neighbourhoodIds: string[];
  route: Route;
}

/**
 * Puts the demo year of Ghent into a municipality: invented people with an account in the playground, and their
 * signals. Nothing is sent and nothing is queued. Does nothing where the demo people already are.
 *
 * @returns how many signals were added.
 * @throws when the municipality lacks one of Ghent's neighbourhoods or has no coordinator.
 */
export async function loadDemo(db: Db, municipalityId: string, now: Date): Promise<number> {
  const data = readDemoData();
  return db.$transaction(async (tx) => {
    // Changing this row first makes two processes that start at once go one after the other.
    const municipality = await tx.municipality.update({ where: { id: municipalityId }, data: { demo: true } });
    const already = await tx.person.count({ where: { municipalityId, fileKey: { startsWith: DEMO_KEY_PREFIX } } });
    if (already > 0) return 0;
    const people = new Map(data.people.map((person) => [person.key, { ...person, id: uuidv7() }]));
    const filings = await prepareFilings(tx, municipality, data, people, now);
    await insertPeople(tx, municipalityId, [...people.values()], filings);
    await insertFilings(tx, municipalityId, filings);
    await loadForums(
      tx,
      municipality,
      [...people.values()].map(({ id }) => id),
      now,
    );
    // What is coming up stands in the newsletter.
    await loadNewsletters(tx, municipality, features, now);
    return filings.length;
  }, LOADING);
}

async function prepareFilings(
  tx: Tx,
  municipality: { id: string; zone: string; reference: string },
  data: DemoData,
  people: Map<string, DemoPerson & { id: string }>,
  now: Date,
): Promise<Filing[]> {
  const local = DateTime.fromJSDate(now, { zone: municipality.zone });
  const routeTo = await prepareRouting(tx, municipality, now);
  const inOrder = data.signals
    .map((signal, index) => {
      const walked = walkWay(signal);
      const entries = placeInTime(signal, walked.entries, index, local);
      const filer = people.get(signal.filer);
      const filedAt = entries[0]?.at;
      if (!filer || !filedAt) throw new Error(`Demo signal ${signal.key}: nobody filed it.`);
      return { id: uuidv7(), signal, walked, entries, filer, filedAt, ...routeTo(signal.neighbourhoods ?? []) };
    })
    .sort((a, b) => a.filedAt.getTime() - b.filedAt.getTime());
  const references = await takeReferences(tx, municipality, inOrder);
  return inOrder.map((filing, index) => ({ ...filing, reference: references[index] ?? '' }));
}

/** The owner is who has the neighbourhood today; absences of today say nothing about the past year. */
async function prepareRouting(tx: Tx, municipality: { id: string; zone: string }, now: Date) {
  const municipalityId = municipality.id;
  const neighbourhoods = await tx.neighbourhood.findMany({
    where: { municipalityId },
    select: { id: true, number: true },
  });
  const idOf = new Map(neighbourhoods.map(({ id, number }) => [number, id]));
  const assignments = await tx.assignment.findMany({
    where: { municipalityId, ...validOn(localDay(now, municipality.zone)) },
    select: { neighbourhoodId: true, personId: true, person: { select: { active: true } } },
  });
  const facts = {
    assignments: assignments.map(({ person, ...rest }) => ({ ...rest, active: person.active })),
    leaves: [],
    coordinatorId: await findCoordinatorId(tx, municipalityId),
  };
  return (numbers: number[]) => {
    const neighbourhoodIds = numbers.map((number) => {
      const id = idOf.get(number);
      if (!id) throw new Error(`The demo year is of Ghent: this municipality has no neighbourhood ${number}.`);
      return id;
    });
    return { neighbourhoodIds, route: chooseOwner({ ...facts, neighbourhoodIds }) };
  };
}

/** The references of these filings, per year and in their order, after those given out before. */
async function takeReferences(
  tx: Tx,
  municipality: { id: string; zone: string; reference: string },
  inOrder: { filedAt: Date }[],
): Promise<string[]> {
  const municipalityId = municipality.id;
  const counters = await tx.referenceCounter.findMany({ where: { municipalityId } });
  const last = new Map(counters.map((counter) => [counter.year, counter.last]));
  const years = new Set<number>();
  const references = inOrder.map(({ filedAt }) => {
    const { year } = DateTime.fromJSDate(filedAt, { zone: municipality.zone });
    const number = (last.get(year) ?? 0) + 1;
    last.set(year, number);
    years.add(year);
    return `${municipality.reference}-${year}-${String(number).padStart(4, '0')}`;
  });
  for (const year of years) {
    const counter = { last: last.get(year) ?? 0 };
    await tx.referenceCounter.upsert({
      where: { municipalityId_year: { municipalityId, year } },
      create: { municipalityId, year, ...counter },
      update: counter,
    });
  }
  return references;
}

async function insertPeople(
  tx: Tx,
  municipalityId: string,
  people: (DemoPerson & { id: string })[],
  filings: Filing[],
) {
  await tx.person.createMany({
    data: people.map((person) => ({
      municipalityId,
      id: person.id,
      name: person.name,
      roles: [person.role],
      organisation: person.organisation,
      sector: person.sector,
      fileKey: `${DEMO_KEY_PREFIX}${person.key}`,
      lastNeighbourhoodId: filings.findLast(({ filer }) => filer.id === person.id)?.neighbourhoodIds[0] ?? null,
    })),
  });
  await tx.account.createMany({
    data: people.map(({ id }) => ({ municipalityId, personId: id, platform: 'playground', externalId: id })),
  });
}

async function insertFilings(tx: Tx, municipalityId: string, filings: Filing[]): Promise<void> {
  const byKey = new Map(filings.map((filing) => [filing.signal.key, filing]));
  const named = (key: string): Filing => {
    const filing = byKey.get(key);
    if (!filing) throw new Error(`The demo has no signal ${key}.`);
    return filing;
  };
  await tx.signal.createMany({ data: filings.map((filing) => signalRow(municipalityId, filing, named)) });
  await tx.signalNeighbourhood.createMany({
    data: filings.flatMap(({ id, neighbourhoodIds }) =>
      neighbourhoodIds.map((neighbourhoodId, position) => ({
        municipalityId,
        signalId: id,
        neighbourhoodId,
        position,
      })),
    ),
  });
  await tx.signalFiler.createMany({
    data: filings.map(({ id, filer, filedAt }) => ({
      municipalityId,
      signalId: id,
      personId: filer.id,
      organisation: filer.organisation,
      at: filedAt,
    })),
  });
  await tx.timelineEntry.createMany({
    data: filings.flatMap((filing) => filing.entries.map((entry) => entryRow(municipalityId, filing, entry, named))),
  });
}

function signalRow(
  municipalityId: string,
  { id, reference, signal, walked, entries, filedAt, filer, route }: Filing,
  named: (key: string) => Filing,
): Prisma.SignalCreateManyInput {
  const lastStep = entries.findLast(({ toStatus }) => toStatus !== undefined);
  return {
    municipalityId,
    id,
    reference,
    formId: uuidv4(),
    title: signal.title,
    description: signal.description,
    cause: signal.cause ?? null,
    targetGroup: signal.targetGroup ?? null,
    frequency: signal.frequency ?? null,
    peopleBand: signal.peopleBand ?? null,
    since: signal.since ?? null,
    cityWide: signal.cityWide ?? false,
    lifeDomain: signal.lifeDomain,
    fundamentalRight: signal.fundamentalRight ?? null,
    alreadyTried: signal.alreadyTried ?? null,
    consequence: signal.consequence ?? null,
    suggestedSolution: signal.suggestedSolution ?? null,
    sector: filer.sector,
    acute: signal.acute ?? false,
    status: walked.status,
    ownerId: route.ownerId,
    route: { ...route.reason } satisfies Prisma.InputJsonObject,
    mergedIntoId: walked.mergedInto ? named(walked.mergedInto).id : null,
    version: walked.version,
    demo: true,
    clockFrom: lastStep?.at ?? filedAt,
    agreedOn: lastStep?.due ? new Date(`${lastStep.due}T00:00:00Z`) : null,
    filedAt,
    updatedAt: entries.at(-1)?.at ?? filedAt,
  };
}

function entryRow(
  municipalityId: string,
  { id, filer, route }: Filing,
  entry: PlacedEntry,
  named: (key: string) => Filing,
): Prisma.TimelineEntryCreateManyInput {
  const data: EntryData = {
    ...entry.data,
    ...(entry.due && { due: entry.due }),
    ...(entry.mergedInto && { mergedInto: named(entry.mergedInto).reference }),
  };
  return {
    municipalityId,
    id: uuidv7(),
    signalId: id,
    kind: entry.kind,
    visibility: entry.visibility,
    fromStatus: entry.fromStatus ?? null,
    toStatus: entry.toStatus ?? null,
    personId: entry.by === 'filer' ? filer.id : route.ownerId,
    platform: 'demo',
    text: entry.text ?? null,
    ...(Object.keys(data).length > 0 && { data: { ...data } }),
    at: entry.at,
  };
}
