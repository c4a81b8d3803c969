-- Full text in Dutch. The expression is the one in src/storage/full-text.ts; Prisma leaves indexes on expressions alone.
CREATE INDEX "Signal_search_idx" ON "Signal" USING gin (
    (setweight(to_tsvector('dutch', "Signal"."title"), 'A') || setweight(to_tsvector('dutch', "Signal"."description" || ' ' || coalesce("Signal"."targetGroup", '') || ' ' || coalesce("Signal"."alreadyTried", '') || ' ' || coalesce("Signal"."consequence", '') || ' ' || coalesce("Signal"."suggestedSolution", '')), 'B') || to_tsvector('simple', "Signal"."title" || ' ' || "Signal"."description" || ' ' || coalesce("Signal"."targetGroup", '') || ' ' || coalesce("Signal"."alreadyTried", '') || ' ' || coalesce("Signal"."consequence", '') || ' ' || coalesce("Signal"."suggestedSolution", '')))
);
