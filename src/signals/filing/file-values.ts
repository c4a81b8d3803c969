import { z } from 'zod';
import { Cause, Frequency, PeopleBand, SignalOrigin } from '../../storage/database.js';

/** Slack's text inputs hold 3,000 characters; every platform keeps to it, so that a text is never cut. */
export const DESCRIPTION_MAX = 3_000;
export const TITLE_MAX = 120;
export const ANSWER_MAX = 1_500;
export const LINE_MAX = 150;
const NEIGHBOURHOODS_MAX = 25;

const line = z.string().max(LINE_MAX).optional();
const answer = z.string().max(ANSWER_MAX).optional();
const key = z.string().max(60).optional();

/** What tells about the signal itself; a filer may change all of it until triage. */
export const SIGNAL_VALUES = {
  description: z.string().min(1).max(DESCRIPTION_MAX),
  title: z.string().min(1).max(TITLE_MAX),
  cause: z.enum(Cause).optional(),
  targetGroup: line,
  frequency: z.enum(Frequency).optional(),
  peopleBand: z.enum(PeopleBand).optional(),
  since: line,
  lifeDomain: key,
  fundamentalRight: key,
  alreadyTried: answer,
  consequence: answer,
  suggestedSolution: answer,
};

/** What somebody can want to say; only the first becomes a signal, the last is one that is not ready. */
export const MATTERS = ['signal', 'complaint', 'client', 'resident', 'draft'] as const;

export const FileValues = z.object({
  ...SIGNAL_VALUES,
  neighbourhoods: z.array(z.string().max(200)).min(1).max(NEIGHBOURHOODS_MAX),
  matter: z.enum(MATTERS).default('signal'),
  statement: z.literal(true),
  sector: key,
  organisation: line,
  origin: z.enum(SignalOrigin).optional(),
  /** Id of a person, or a name as it was typed. */
  colleague: z.preprocess(
    (value) => (Array.isArray(value) ? (value as unknown[])[0] : value),
    z.string().max(200).optional(),
  ),
  originMeeting: line,
  originOn: z.iso.date().optional(),
  acute: z.boolean().default(false),
  /** The answer to "is it the same?": the signal it joins, or `new`. */
  similar: z.union([z.uuid(), z.literal('new')]).optional(),
  hideTips: z.boolean().optional(),
});
export type FileValues = z.output<typeof FileValues>;

/** The free texts, for the client-data guard. */
export function freeTexts(values: Partial<FileValues>): Record<string, string | undefined> {
  const { description, title, targetGroup, since, alreadyTried, consequence, suggestedSolution, originMeeting } =
    values;
  return { description, title, targetGroup, since, alreadyTried, consequence, suggestedSolution, originMeeting };
}
