const OTHER_TEXTS = ['targetGroup', 'alreadyTried', 'consequence', 'suggestedSolution']
  .map((column) => ` || ' ' || coalesce("Signal"."${column}", '')`)
  .join('');

/**
 * What a search looks through, as SQL: the title first, then every other text of the signal, cut to Dutch stems. The
 * index `Signal_search_idx` is on this very expression, so a query must use it unchanged and must not rename "Signal":
 *
 *     WHERE ${Prisma.raw(SIGNAL_SEARCH_EXPRESSION)} @@ websearch_to_tsquery('dutch', ${words})
 *
 * Changing it takes a migration that makes the index anew; a test compares the two.
 */
export const SIGNAL_SEARCH_EXPRESSION =
  `(setweight(to_tsvector('dutch', "Signal"."title"), 'A') || ` +
  `setweight(to_tsvector('dutch', "Signal"."description"${OTHER_TEXTS}), 'B'))`;
