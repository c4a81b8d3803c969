import { z } from 'zod';
import type { StepInput } from './transitions.js';

/** Longest text of a step: as long as Slack shows in one section, so nobody's words are cut. */
export const STEP_TEXT_MAX = 2_500;

const words = z.string().min(1).max(STEP_TEXT_MAX);
const name = z.string().min(1).max(150);
const day = z.iso.date();

export const POLICY_LEVELS = ['city', 'flemish', 'federal'] as const;

/** Who can do more about it than this network: another level, the complaints service, or the wijkregisseur (residents). */
export const DESTINATIONS = [...POLICY_LEVELS, 'complaints', 'residents', 'other'] as const;

/** What each step asks for, as its form's values. Kept with the timeline entry as `EntryData`. */
export const STEP_INPUTS = {
  /** Words only where the municipality has a template for the step. */
  nothing: z.object({ text: words.optional() }),
  question: z.object({ text: words }),
  'other signal': z.object({ reference: z.string().min(1).max(40) }),
  why: z.object({ text: words }),
  'where to': z.object({ destination: z.enum(DESTINATIONS), text: words }),
  reason: z.object({ reason: z.string().min(1).max(60), text: words }),
  meeting: z.object({ meeting: name, on: day }),
  'lead and action': z.object({ lead: name, action: words, due: day }),
  'policy question': z.object({ level: z.enum(POLICY_LEVELS), text: words, due: day }),
  outcome: z.object({ text: words }),
  'closing text': z.object({ text: words }),
} satisfies Record<StepInput, z.ZodObject>;

export type StepValues = { [I in StepInput]: { asks: I } & z.infer<(typeof STEP_INPUTS)[I]> }[StepInput];

/** The dates among them; they lie today or later. */
export const STEP_DATES = ['on', 'due'] as const;

export const VERDICTS = ['signal', 'no-signal'] as const;

/** What a timeline entry keeps beside its text. */
export const EntryData = z.object({
  /** Key of one of the municipality's decline reasons. */
  reason: z.string().optional(),
  meeting: z.string().optional(),
  lead: z.string().optional(),
  level: z.enum(POLICY_LEVELS).optional(),
  /** Day of the meeting, or day the action or answer is due. */
  due: z.iso.date().optional(),
  /** Reference of the signal it was merged into. */
  mergedInto: z.string().optional(),
  /** Reference of the signal that was merged into this one. */
  joined: z.string().optional(),
  destination: z.enum(DESTINATIONS).optional(),
  /** Who follows the signal from here on. */
  owner: z.string().optional(),
  /** Reference of the signal this one is linked with, or no longer, and how they belong together. */
  linked: z.string().optional(),
  link: z.enum(['part_of', 'has_part', 'related', 'none']).optional(),
  /** References of the signals it was split into, or the one it was split from. */
  parts: z.string().optional(),
  splitFrom: z.string().optional(),
  /** Who promised to do something by `due`. */
  assignee: z.string().optional(),
  /** What a signal coordinator says it is. */
  verdict: z.enum(VERDICTS).optional(),
  /** Which organisation confirmed it; for triage alone. */
  organisation: z.string().optional(),
  /** An outside organisation that was asked something; its question and answer are internal. */
  partner: z.string().optional(),
  /** The reminder was put off until this day, or for as long as it stands where it stands. */
  snoozedUntil: z.union([z.iso.date(), z.literal('never')]).optional(),
  /** The day the signal ended that a filer's answer is about. */
  endedOn: z.iso.date().optional(),
  /** What a corrected text was before. */
  before: z.record(z.string(), z.string()).optional(),
});
export type EntryData = z.infer<typeof EntryData>;
