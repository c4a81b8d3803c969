import { readFileSync } from 'node:fs';
import { DateTime } from 'luxon';
import { afterAll, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { MunicipalitySettings } from '../../src/municipality/municipality-settings.js';
import { SignalStatus } from '../../src/storage/database.js';
import { openTestDatabase } from '../support/open-test-database.js';
import { openTown, STEP_VALUES, type Town } from '../support/town.js';

const local = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/);
const Year = z.strictObject({
  from: z.iso.date(),
  until: z.iso.date(),
  ticks: z.array(z.string()),
  outages: z.array(z.strictObject({ from: local, until: local })),
  messages: z.record(z.string(), z.string()),
  towns: z.record(z.string(), z.record(z.string(), z.unknown())),
  events: z.array(
    z.strictObject({
      at: local,
      town: z.string().optional(),
      file: z.string().optional(),
      step: z.enum(SignalStatus).optional(),
      on: z.string().optional(),
    }),
  ),
  sent: z.string(),
});

const year = Year.parse(parse(readFileSync(new URL('simulated-year.yaml', import.meta.url), 'utf8')));
const database = await openTestDatabase();
const { db } = database;

/** A town of the year, and the signals the table has names for. */
interface Living {
  name: string;
  town: Town;
  signals: Map<string, string>;
}
const living: Living[] = [];
afterAll(() => Promise.all(living.map(({ town }) => town.stop())));

it('a year in ten towns sends what the table says, line by line, and nothing else', async () => {
  for (const [name, settings] of Object.entries(year.towns)) {
    const town = await openTown(database, name.slice(0, 1));
    await db.municipality.update({
      where: { id: town.municipalityId },
      data: { settings: MunicipalitySettings.parse(settings) },
    });
    living.push({ name, town, signals: new Map() });
  }
  const views = new Map(Object.entries(year.messages).map(([name, view]) => [view, name]));
  const seen = new Set<string>();
  const sent: string[] = [];
  for (const moment of momentsOf()) {
    const now = DateTime.fromISO(moment, { zone: 'Europe/Brussels' }).toJSDate();
    for (const { town } of living) town.clock.now = now;
    for (const event of year.events.filter(({ at }) => at === moment)) {
      for (const one of living.filter(({ name }) => event.town === undefined || event.town === name)) {
        await happen(one, event);
      }
    }
    // One town's scheduler looks after all of them.
    await living[0]?.town.tickAt(now);
    for (const { name, town, signals } of living) {
      const rows = await db.delivery.findMany({
        where: { municipalityId: town.municipalityId, view: { in: [...views.keys()] }, id: { notIn: [...seen] } },
      });
      for (const { id, view, personId, params } of rows) {
        seen.add(id);
        const { signalId, late } = z
          .looseObject({ signalId: z.string().optional(), late: z.string().optional() })
          .parse(params);
        const to = Object.entries(town.people).find(([, person]) => person.id === personId)?.[0] ?? '';
        const about = [...signals].find(([, signal]) => signal === signalId)?.[0] ?? '';
        sent.push([moment.replace('T', ' '), name, to, views.get(view), about, late ? 'late' : ''].join(' | '));
      }
    }
  }
  const expected = year.sent
    .trim()
    .split('\n')
    .map((line) =>
      line
        .split('|')
        .map((part) => part.trim())
        .join(' | '),
    );
  expect(sent.sort()).toEqual(expected.sort());
}, 400_000);

/** Every moment at which something happens or the program looks, in order, without those of an outage. */
function momentsOf(): string[] {
  const moments = new Set([...year.events.map(({ at }) => at), ...year.outages.map(({ until }) => until)]);
  for (const line of year.sent.trim().split('\n')) moments.add(line.trim().slice(0, 16).replace(' ', 'T'));
  for (
    let day = DateTime.fromISO(year.from, { zone: 'utc' });
    (day.toISODate() ?? year.until) <= year.until;
    day = day.plus({ days: 1 })
  ) {
    for (const time of year.ticks) moments.add(`${day.toISODate()}T${time}`);
  }
  return [...moments].filter((at) => !year.outages.some(({ from, until }) => at >= from && at < until)).sort();
}

async function happen({ town, signals }: Living, { file, step, on }: (typeof year.events)[number]): Promise<void> {
  if (file) signals.set(file, (await town.file(town.people.worker)).id);
  if (!step || !on) return;
  const id = signals.get(on) ?? '';
  await town.step(town.people.regisseur, id, step, STEP_VALUES);
  expect((await town.signal(id)).status, `${on} should be ${step}`).toBe(step);
}
