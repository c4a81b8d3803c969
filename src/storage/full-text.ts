import { Prisma } from './generated/client.js';

const TITLE = `"Signal"."title"`;
const TEXTS = ['targetGroup', 'alreadyTried', 'consequence', 'suggestedSolution'].reduce(
  (sql, column) => `${sql} || ' ' || coalesce("Signal"."${column}", '')`,
  `"Signal"."description"`,
);

/**
 * What a search looks through, as SQL: the title first, then every other text of the signal, cut to Dutch stems, and all
 * words as they were written. The index `Signal_search_idx` is on this very expression, so a query must use it unchanged
 * and must not rename "Signal". Changing it takes a migration that makes the index anew; a test compares the two.
 */
export const SIGNAL_SEARCH_EXPRESSION =
  `(setweight(to_tsvector('dutch', ${TITLE}), 'A') || setweight(to_tsvector('dutch', ${TEXTS}), 'B') || ` +
  `to_tsvector('simple', ${TITLE} || ' ' || ${TEXTS}))`;

/** The end of each word in a query's text form: 'huur' & !'tolk' becomes 'huur':* & !'tolk':* */
const END_OF_WORD = String.raw`'(?=\s|\)|$)`;

/**
 * A condition for a query on "Signal": it holds these words in any form, or words that begin so, the way search engines
 * read them ("a phrase", -without, or). Beginnings count because Dutch writes compounds as one word: "huur" must find
 * "huurwoning". Any text is safe; words that say nothing ("de het een") find nothing.
 */
export function signalSearch(words: string): Prisma.Sql {
  const vector = Prisma.raw(SIGNAL_SEARCH_EXPRESSION);
  const inAnyForm = Prisma.sql`websearch_to_tsquery('dutch', ${words})`;
  const beginnings = Prisma.sql`regexp_replace(websearch_to_tsquery('simple', ${words})::text, ${END_OF_WORD}, ''':*', 'g')::tsquery`;
  return Prisma.sql`(numnode(${inAnyForm}) > 0 AND ${vector} @@ (${inAnyForm} || ${beginnings}))`;
}
