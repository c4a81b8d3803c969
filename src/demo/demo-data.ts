import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { POLICY_LEVELS } from '../signals/step-inputs.js';
import { Cause, Frequency, PeopleBand, SignalStatus } from '../storage/database.js';

const key = z.string().regex(/^[a-z0-9-]{2,60}$/);
const words = z.string().trim().min(1).max(2_500);
/** Days after the filing; less than one: part of the same working day. */
const day = z.number().min(0).max(365);
/** Days after the filing of a meeting or a due day; may lie ahead of now. */
const dueDay = z.int().min(1).max(500);

/** One thing that happened to a signal. `to` is a step of the transition table, with what that step asks for. */
const DemoStep = z.union([
  /** `answer`: the filer's, to the open question. `why`: reopening or taking it out of a merge. */
  z.strictObject({ day, to: z.literal('in_review'), answer: words.optional(), why: words.optional() }),
  z.strictObject({ day, to: z.literal('needs_info'), question: words }),
  z.strictObject({ day, to: z.literal('withdrawn') }),
  /** `outcome`: coming back from a meeting, an action or policy. */
  z.strictObject({ day, to: z.literal('accepted'), outcome: words.optional() }),
  z.strictObject({ day, to: z.literal('merged'), into: key }),
  z.strictObject({ day, to: z.literal('redirected'), where: words }),
  z.strictObject({ day, to: z.literal('declined'), reason: key, words }),
  z.strictObject({ day, to: z.literal('on_agenda'), meeting: z.string().min(1).max(150), on: dueDay }),
  z.strictObject({ day, to: z.literal('in_action'), lead: z.string().min(1).max(150), action: words, due: dueDay }),
  z.strictObject({ day, to: z.literal('at_policy'), level: z.enum(POLICY_LEVELS), question: words, due: dueDay }),
  z.strictObject({ day, to: z.enum(['resolved', 'closed']), closing: words }),
  /** The last step was a mistake: back to where it stood. */
  z.strictObject({ day, correctTo: z.enum(SignalStatus), why: words }),
  /** What the text was before it was corrected. */
  z.strictObject({
    day,
    correctText: z.strictObject({ title: words.optional(), description: words.optional() }),
    why: words,
  }),
  /** Internal, from the owner. */
  z.strictObject({ day, note: words }),
  /** From the owner to the filers. */
  z.strictObject({ day, feedback: words }),
  /** From the filer to the owner, without an open question. */
  z.strictObject({ day, said: words }),
]);
export type DemoStep = z.output<typeof DemoStep>;

const DemoSignal = z
  .strictObject({
    key,
    title: z.string().trim().min(1).max(80),
    description: z.string().trim().min(1).max(5_000),
    /** Official numbers; the first one's regisseur leads. */
    neighbourhoods: z.array(z.int().min(1).max(25)).min(1).max(5).optional(),
    cityWide: z.literal(true).optional(),
    cause: z.enum(Cause).optional(),
    targetGroup: z.string().min(1).max(200).optional(),
    frequency: z.enum(Frequency).optional(),
    peopleBand: z.enum(PeopleBand).optional(),
    since: z.string().min(1).max(200).optional(),
    fundamentalRight: key.optional(),
    alreadyTried: words.optional(),
    consequence: words.optional(),
    suggestedSolution: words.optional(),
    acute: z.literal(true).optional(),
    /** Key of who filed it, in people.yaml. */
    filer: key,
    /** Days before now. */
    daysAgo: z.number().min(0).max(362),
    /** Months (1-12) that the text speaks of: filed on the nearest day in one of them, if its way still fits in the year. */
    season: z.array(z.int().min(1).max(12)).min(1).optional(),
    way: z.array(DemoStep).default([]),
  })
  .refine((signal) => (signal.neighbourhoods === undefined) === (signal.cityWide === true), {
    error: 'either neighbourhoods or cityWide',
  });

const DemoFile = z.strictObject({ lifeDomain: key, signals: z.array(DemoSignal) });

const DemoPerson = z.strictObject({
  key,
  name: z.string().min(1).max(100),
  organisation: z.string().min(1).max(100),
  sector: key,
});
const DemoPeople = z.strictObject({ workers: z.array(DemoPerson), signalCoordinators: z.array(DemoPerson) });

export type DemoSignal = z.output<typeof DemoSignal> & { lifeDomain: string };
export type DemoPerson = z.output<typeof DemoPerson> & { role: 'worker' | 'signal_coordinator' };

export interface DemoData {
  people: DemoPerson[];
  signals: DemoSignal[];
}

const FOLDER = new URL('./', import.meta.url);

/**
 * The demo year: invented people and signals, from the YAML files beside this one.
 * @throws ZodError where a file is not what it should be.
 */
export function readDemoData(): DemoData {
  const { workers, signalCoordinators } = DemoPeople.parse(readYamlFile('people.yaml'));
  const files = readdirSync(new URL('signals/', FOLDER))
    .filter((name) => name.endsWith('.yaml'))
    .sort();
  return {
    people: [
      ...workers.map((person) => ({ ...person, role: 'worker' as const })),
      ...signalCoordinators.map((person) => ({ ...person, role: 'signal_coordinator' as const })),
    ],
    signals: files.flatMap((name) => {
      const { lifeDomain, signals } = DemoFile.parse(readYamlFile(`signals/${name}`));
      return signals.map((signal) => ({ ...signal, lifeDomain }));
    }),
  };
}

function readYamlFile(path: string): unknown {
  return parse(readFileSync(new URL(path, FOLDER), 'utf8'));
}
