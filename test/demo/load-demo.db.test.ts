import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { clearDemo } from '../../src/demo/clear-demo.js';
import { readDemoData } from '../../src/demo/demo-data.js';
import { loadDemo } from '../../src/demo/load-demo.js';
import { applyMunicipality } from '../../src/municipality/apply-municipality.js';
import { parseMunicipalityFile } from '../../src/municipality/municipality-file.js';
import { readPreset } from '../../src/municipality/presets.js';
import { NewsletterText } from '../../src/newsletters/newsletter.js';
import { EntryData } from '../../src/signals/step-inputs.js';
import { readTimeline } from '../../src/signals/read-signals.js';
import { openTestDatabase } from '../support/open-test-database.js';
import { addMunicipality, addPerson, addSignal } from '../support/rows.js';

const { db } = await openTestDatabase();
const NOW = new Date('2026-11-22T10:30:00+01:00');
let towns = 0;

/** A town with the Gent file, in which neighbourhood 7 may have no regisseur. */
async function addGent({ without7 = false } = {}) {
  towns += 1;
  const text = readPreset('gent')
    .replace('name: Gent\n', `name: Gent ${towns}\n`)
    .replace('reference: G #', `reference: G${towns} #`)
    .replaceAll('neighbourhoods: [4, 7]', without7 ? 'neighbourhoods: [4]' : 'neighbourhoods: [4, 7]');
  const parsed = parseMunicipalityFile(text);
  if (!parsed.ok) throw new Error('The Gent file is wrong.');
  const { file } = parsed;
  const apply = async () => db.$transaction((tx) => applyMunicipality(tx, file, NOW));
  const applied = await apply();
  if (!applied.ok) throw new Error(applied.code);
  const { municipalityId } = applied;
  const coordinator = await db.person.findFirstOrThrow({ where: { municipalityId, roles: { has: 'coordinator' } } });
  const assignments = await db.assignment.findMany({ where: { municipalityId }, include: { neighbourhood: true } });
  const ownerOf = new Map(assignments.map(({ neighbourhood, personId }) => [neighbourhood.number, personId]));
  return { municipalityId, coordinatorId: coordinator.id, ownerOf, apply };
}

const { signals: data, people } = readDemoData();

async function countAll(municipalityId: string) {
  const where = { municipalityId };
  return {
    people: await db.person.count({ where }),
    accounts: await db.account.count({ where }),
    signals: await db.signal.count({ where }),
    filers: await db.signalFiler.count({ where }),
    places: await db.signalNeighbourhood.count({ where }),
    entries: await db.timelineEntry.count({ where }),
    deliveries: await db.delivery.count({ where }),
    messages: await db.playgroundMessage.count({ where }),
    counters: await db.referenceCounter.count({ where }),
  };
}

const gent = await addGent({ without7: true });
// The work and not the wait: on a busy machine the clock says more about the others.
const idle = process.cpuUsage();
const added = await loadDemo(db, gent.municipalityId, NOW);
const { user, system } = process.cpuUsage(idle);
const signals = await db.signal.findMany({
  where: { municipalityId: gent.municipalityId },
  include: { neighbourhoods: { orderBy: { position: 'asc' }, include: { neighbourhood: true } }, filers: true },
  orderBy: { filedAt: 'asc' },
});

describe('loading the demo year', () => {
  const { municipalityId } = gent;

  test('takes seconds of work, not minutes', () => {
    expect((user + system) / 1e6).toBeLessThan(30);
  });

  test('adds every signal of the files, marked as demo, and marks the municipality', async () => {
    expect(added).toBe(data.length);
    expect(signals.map(({ title }) => title).sort()).toEqual(data.map(({ title }) => title).sort());
    expect(signals.every(({ demo }) => demo)).toBe(true);
    expect(await db.municipality.findUniqueOrThrow({ where: { id: municipalityId } })).toMatchObject({ demo: true });
  });

  test('names the coming forum in the newsletter that is being made', async () => {
    const forum = await db.forum.findFirstOrThrow({ where: { municipalityId, startsAt: { gt: NOW } } });
    const draft = await db.newsletter.findFirstOrThrow({ where: { municipalityId, status: 'draft' } });
    expect(NewsletterText.parse(draft.text).upcoming).toContain(forum.title);
  });

  test('sends and queues nothing', async () => {
    expect(await countAll(municipalityId)).toMatchObject({ deliveries: 0, messages: 0 });
  });

  test('gives references in the order of filing, per year, and lets the next filing go on from there', async () => {
    const { reference: prefix } = await db.municipality.findUniqueOrThrow({ where: { id: municipalityId } });
    const perYear = new Map<string, number>();
    for (const { reference, filedAt } of signals) {
      const year = filedAt.toLocaleDateString('en', { year: 'numeric', timeZone: 'Europe/Brussels' });
      const number = (perYear.get(year) ?? 0) + 1;
      perYear.set(year, number);
      expect(reference).toBe(`${prefix}-${year}-${String(number).padStart(4, '0')}`);
    }
    const counters = await db.referenceCounter.findMany({ where: { municipalityId } });
    expect(new Map(counters.map(({ year, last }) => [String(year), last]))).toEqual(perYear);
    expect([...perYear.keys()].sort()).toEqual(['2025', '2026']);
  });

  test('gives each signal to the regisseur of its first neighbourhood, or to the coordinator, and says why', () => {
    const rules = new Set<unknown>();
    for (const { ownerId, route, neighbourhoods, cityWide, reference } of signals) {
      const { rule } = z.object({ rule: z.string() }).parse(route);
      rules.add(rule);
      const first = neighbourhoods[0]?.neighbourhood.number;
      expect(cityWide, reference).toBe(first === undefined);
      const expected = first === undefined || first === 7 ? gent.coordinatorId : gent.ownerOf.get(first);
      expect(ownerId, reference).toBe(expected ?? 'nobody');
    }
    expect(rules).toEqual(new Set(['assignment', 'city_wide', 'no_assignment']));
  });

  test('writes a timeline that ends in the status the signal has, with its version and last change', async () => {
    const entries = await db.timelineEntry.findMany({
      where: { municipalityId },
      orderBy: [{ at: 'asc' }, { id: 'asc' }],
    });
    for (const signal of signals) {
      const own = entries.filter(({ signalId }) => signalId === signal.id);
      const steps = own.filter(({ toStatus }) => toStatus !== null);
      expect(steps[0], signal.reference).toMatchObject({ kind: 'filed', toStatus: 'received', at: signal.filedAt });
      for (const [index, step] of steps.entries()) {
        if (index > 0) expect(step.fromStatus, signal.reference).toBe(steps[index - 1]?.toStatus);
      }
      expect(steps.at(-1)?.toStatus, signal.reference).toBe(signal.status);
      expect(signal.version, signal.reference).toBe(steps.length);
      expect(signal.updatedAt, signal.reference).toEqual(own.at(-1)?.at);
      for (const { data: facts } of own) expect(EntryData.safeParse(facts ?? {}).success, signal.reference).toBe(true);
    }
  });

  test('keeps notes internal, and what filer and owner tell each other between them', async () => {
    const entries = await db.timelineEntry.findMany({ where: { municipalityId } });
    const expected = {
      note: 'internal',
      question: 'filers',
      answer: 'filers',
      feedback: 'filers',
      text_corrected: 'filers',
    };
    for (const { kind, visibility } of entries) {
      expect(visibility, kind).toBe(kind in expected ? expected[kind as keyof typeof expected] : 'public');
    }
  });

  test('lets filers answer and withdraw, and owners do the rest', async () => {
    for (const signal of signals) {
      for (const entry of await readTimeline(db, municipalityId, signal.id)) {
        const byFiler = ['filed', 'answer'].includes(entry.kind) || entry.toStatus === 'withdrawn';
        expect(entry.personId, `${signal.reference} ${entry.kind}`).toBe(
          byFiler ? signal.filers[0]?.personId : signal.ownerId,
        );
        expect(entry.platform).toBe('demo');
      }
    }
  });

  test('points a merged signal at its other by id and by reference', async () => {
    const merged = signals.filter(({ status }) => status === 'merged');
    expect(merged.length).toBeGreaterThan(0);
    for (const { id, mergedIntoId, reference } of merged) {
      const entry = await db.timelineEntry.findFirst({ where: { municipalityId, signalId: id, toStatus: 'merged' } });
      const target = signals.find((signal) => signal.id === mergedIntoId);
      expect(EntryData.parse(entry?.data).mergedInto, reference).toBe(target?.reference);
    }
    expect(signals.filter(({ mergedIntoId }) => mergedIntoId).length).toBe(merged.length);
  });

  test('gives every invented person an account in the playground', async () => {
    const invented = { fileKey: { startsWith: 'demo:' } };
    const accounts = await db.account.findMany({
      where: { municipalityId, person: { is: invented } },
      include: { person: true },
    });
    expect(accounts.map(({ person }) => person.name).sort()).toEqual(people.map(({ name }) => name).sort());
    for (const { platform, externalId, person } of accounts) {
      expect([platform, externalId]).toEqual(['playground', person.id]);
    }
  });

  test('does nothing the second time', async () => {
    const before = await countAll(municipalityId);
    expect(await loadDemo(db, municipalityId, NOW)).toBe(0);
    expect(await countAll(municipalityId)).toEqual(before);
  });
});

test('applying the municipality file again changes nothing about it', async () => {
  const { municipalityId, apply } = gent;
  const before = await countAll(municipalityId);
  expect(await apply()).toMatchObject({ ok: true, changes: [] });
  expect(await loadDemo(db, municipalityId, NOW)).toBe(0);
  expect(await countAll(municipalityId)).toEqual(before);
});

test('two starts at once load it once', async () => {
  const { municipalityId } = await addGent();
  const added = await Promise.all([loadDemo(db, municipalityId, NOW), loadDemo(db, municipalityId, NOW)]);
  expect(added.sort((a, b) => a - b)).toEqual([0, data.length]);
  expect(await db.signal.count({ where: { municipalityId } })).toBe(data.length);
});

test('a municipality without these neighbourhoods is left as it was', async () => {
  const municipalityId = await addMunicipality(db, 'Aalst');
  const coordinatorId = await addPerson(db, municipalityId, 'Coördinator');
  await db.person.updateMany({ where: { municipalityId, id: coordinatorId }, data: { roles: ['coordinator'] } });
  await expect(loadDemo(db, municipalityId, NOW)).rejects.toThrow('no neighbourhood');
  expect(await countAll(municipalityId)).toMatchObject({ people: 1, signals: 0, counters: 0 });
  expect(await db.municipality.findUniqueOrThrow({ where: { id: municipalityId } })).toMatchObject({ demo: false });
});

describe('clearing the demo', () => {
  test('leaves the municipality as it was before, and touches no other', async () => {
    const { municipalityId } = await addGent();
    const before = await countAll(municipalityId);
    const elsewhere = await countAll(gent.municipalityId);
    await loadDemo(db, municipalityId, NOW);
    expect(await clearDemo(db, municipalityId, NOW)).toEqual({ signals: data.length, people: people.length });
    expect(await countAll(municipalityId)).toEqual(before);
    expect(await db.municipality.findUniqueOrThrow({ where: { id: municipalityId } })).toMatchObject({ demo: false });
    expect(await clearDemo(db, municipalityId, NOW)).toEqual({ signals: 0, people: 0 });
    expect(await countAll(gent.municipalityId)).toEqual(elsewhere);
  });

  test('takes what an invented person tried out along, and keeps what somebody else filed', async () => {
    const { municipalityId, coordinatorId } = await addGent();
    await loadDemo(db, municipalityId, NOW);
    const demoPerson = await db.person.findFirstOrThrow({ where: { municipalityId, fileKey: 'demo:caw' } });
    const demoSignal = await db.signal.findFirstOrThrow({ where: { municipalityId, status: 'accepted' } });
    const colleague = await addPerson(db, municipalityId, 'Een collega');
    const file = async (reference: string, personIds: string[], mergedIntoId?: string) => {
      const status = mergedIntoId ? ('merged' as const) : ('received' as const);
      const id = await addSignal(db, municipalityId, coordinatorId, {
        reference,
        status,
        mergedIntoId: mergedIntoId ?? null,
      });
      await db.signalFiler.createMany({
        data: personIds.map((personId) => ({ municipalityId, signalId: id, personId, at: NOW })),
      });
      return id;
    };
    await file('G-2026-0901', [demoPerson.id]);
    const together = await file('G-2026-0902', [demoPerson.id, colleague]);
    const mergedIn = await file('G-2026-0903', [colleague], demoSignal.id);
    const said = { municipalityId, signalId: together, personId: demoPerson.id, platform: 'playground', at: NOW };
    await db.timelineEntry.create({ data: { ...said, kind: 'answer', visibility: 'filers', text: 'Ook bij ons.' } });
    const owe = (key: string, params: Record<string, string>, personId: string | null) =>
      db.delivery.create({ data: { municipalityId, key, view: 'signals.notice', params, personId } });
    const aboutDemo = await owe('a', { signalId: demoSignal.id }, colleague);
    await owe('b', { signalId: together }, demoPerson.id);
    const stays = await owe('c', { signalId: together }, colleague);
    const post = (conversationId: string, deliveryId: string | null, parentId: string | null = null) =>
      db.playgroundMessage.create({
        data: { municipalityId, conversationId, deliveryId, parentId, card: {}, at: NOW },
      });
    const card = await post('channel:x', aboutDemo.id);
    await post('channel:x', null, card.id);
    await post(`dm:${demoPerson.id}`, null);
    const kept = await post(`dm:${colleague}`, stays.id);

    const cleared = await clearDemo(db, municipalityId, NOW);

    expect(cleared.signals).toBe(data.length + 1);
    const left = await db.signal.findMany({ where: { municipalityId }, include: { filers: true, entries: true } });
    expect(left.map(({ id }) => id).sort()).toEqual([together, mergedIn].sort());
    expect(left.flatMap(({ filers }) => filers.map(({ personId }) => personId))).toEqual([colleague, colleague]);
    expect(left.find(({ id }) => id === mergedIn)).toMatchObject({
      status: 'in_review',
      mergedIntoId: null,
      version: 2,
    });
    expect(left.find(({ id }) => id === together)?.entries).toMatchObject([{ text: 'Ook bij ons.', personId: null }]);
    expect(await db.delivery.findMany({ where: { municipalityId } })).toMatchObject([{ id: stays.id }]);
    expect(await db.playgroundMessage.findMany({ where: { municipalityId } })).toMatchObject([{ id: kept.id }]);
    const counters = await db.referenceCounter.findMany({ where: { municipalityId } });
    expect(counters).toMatchObject([{ year: 2026, last: 903 }]);
  });
});
