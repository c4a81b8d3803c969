import { z } from 'zod';
import type { StepInput } from './transitions.js';

/** Longest text of a step: as long as Slack shows in one section, so nobody's words are cut. */
export const STEP_TEXT_MAX = 2_500;

const words = z.string().min(1).max(STEP_TEXT_MAX);
const name = z.string().min(1).max(150);
const day = z.iso.date();

export const POLICY_LEVELS = ['city', 'flemish', 'federal'] as const;

/** What each step asks for, as its form's values. Kept with the timeline entry as `EntryData`. */
export const STEP_INPUTS = {
  nothing: z.object({}),
  question: z.object({ text: words }),
  'other signal': z.object({ reference: z.string().min(1).max(40) }),
  why: z.object({ text: words }),
  'where to': z.object({ text: words }),
  reason: z.object({ reason: z.string().min(1).max(60), text: words }),
  meeting: z.object({ meeting: name, on: day }),
  'lead and action': z.object({ lead: name, action: words, due: day }),
  'policy question': z.object({ level: z.enum(POLICY_LEVELS), text: words, due: day }),
  outcome: z.object({ text: words }),
  'closing text': z.object({ text: words }),
} satisfies Record<StepInput, z.ZodObject>;

export type StepValues =
  | { asks: 'nothing' }
  | { [I in Exclude<StepInput, 'nothing'>]: { asks: I } & z.infer<(typeof STEP_INPUTS)[I]> }[Exclude<
      StepInput,
      'nothing'
    >];

/** The dates among them; they lie today or later. */
export const STEP_DATES = ['on', 'due'] as const;

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
  /** Which organisation confirmed it; for triage alone. */
  organisation: z.string().optional(),
  /** What a corrected text was before. */
  before: z.record(z.string(), z.string()).optional(),
});
export type EntryData = z.infer<typeof EntryData>;
