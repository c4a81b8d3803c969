import { z } from 'zod';
import { ENDED } from '../signals/transitions.js';
import { SignalStatus } from '../storage/database.js';

/** Longer than any question, shorter than a pasted page. */
const SEARCH_MAX = 200;

/** Choices that stand for several statuses. */
export const STATUS_GROUPS = {
  lopend: Object.values(SignalStatus).filter((status) => !ENDED.includes(status)),
  afgerond: [...ENDED],
} as const;
export type StatusChoice = SignalStatus | keyof typeof STATUS_GROUPS;
const STATUS_CHOICES: StatusChoice[] = [...Object.values(SignalStatus), 'lopend', 'afgerond'];

/** In place of a neighbourhood's number: signals about the whole city. */
export const WHOLE_CITY = 'stad';

const optional = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined);

const Query = z.object({
  // PostgreSQL takes no NUL in a text, and no search is about control characters.
  zoek: z
    .string()
    .transform((text) =>
      text
        .replace(/\p{Cc}+/gu, ' ')
        .trim()
        .slice(0, SEARCH_MAX)
        .trim(),
    )
    .catch(''),
  status: optional(z.enum(STATUS_CHOICES)),
  wijk: optional(
    z.union([
      z.literal(WHOLE_CITY),
      z
        .string()
        .regex(/^\d{1,6}$/)
        .transform(Number),
    ]),
  ),
  na: optional(z.uuid()),
});

/** What the list shows: the address of the page says it all, so that it can be kept and shared. */
export interface ListQuery {
  /** Words, as typed; empty: no search. */
  search: string;
  status?: StatusChoice | undefined;
  /** A neighbourhood's official number, or the whole city. */
  place?: number | typeof WHOLE_CITY | undefined;
  /** Continue after the signal with this id. */
  after?: string | undefined;
}

/** Reads the address. What no form of ours makes counts as not chosen: an old link still shows something. */
export function readListQuery(query: unknown): ListQuery {
  const { zoek, status, wijk, na } = Query.parse(query ?? {});
  return { search: zoek, status, place: wijk, after: na };
}

/** The address of the list that shows this. */
export function listHref({ search, status, place, after }: Partial<ListQuery>): string {
  const query = new URLSearchParams();
  if (search) query.set('zoek', search);
  if (status) query.set('status', status);
  if (place !== undefined) query.set('wijk', String(place));
  if (after) query.set('na', after);
  return query.size > 0 ? `/?${query}` : '/';
}

/** The statuses a choice stands for; undefined for all. */
export function statusesOf(choice: StatusChoice | undefined): readonly SignalStatus[] | undefined {
  if (choice === undefined) return undefined;
  return choice === 'lopend' || choice === 'afgerond' ? STATUS_GROUPS[choice] : [choice];
}
