-- The words of a signal, kept: looking through the newest signals would otherwise cut every text into words again.
-- The expression is the one in src/storage/full-text.ts.
DROP INDEX "Signal_search_idx";

ALTER TABLE "Signal" ADD COLUMN "search" tsvector GENERATED ALWAYS AS (
    (setweight(to_tsvector('dutch', "title"), 'A') || setweight(to_tsvector('dutch', "description" || ' ' || coalesce("targetGroup", '') || ' ' || coalesce("alreadyTried", '') || ' ' || coalesce("consequence", '') || ' ' || coalesce("suggestedSolution", '')), 'B') || to_tsvector('simple', "title" || ' ' || "description" || ' ' || coalesce("targetGroup", '') || ' ' || coalesce("alreadyTried", '') || ' ' || coalesce("consequence", '') || ' ' || coalesce("suggestedSolution", '')))
) STORED;

CREATE INDEX "Signal_search_idx" ON "Signal" USING gin ("search");
