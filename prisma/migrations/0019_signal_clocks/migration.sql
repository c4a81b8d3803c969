-- AlterEnum
-- This migration adds more than one value to an enum.
-- With PostgreSQL versions 11 and earlier, this is not possible
-- in a single migration. This can be worked around by creating
-- multiple migrations, each migration adding only one value to
-- the enum.


ALTER TYPE "EntryKind" ADD VALUE 'snoozed';
ALTER TYPE "EntryKind" ADD VALUE 'helps';
ALTER TYPE "EntryKind" ADD VALUE 'helps_not';

-- AlterTable
ALTER TABLE "Signal" ADD COLUMN     "agreedOn" DATE,
ADD COLUMN     "clockFrom" DATE NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN     "neverRemind" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "snoozedUntil" DATE;

-- Signals that are there already: since their last step, by their town's calendar, with the day that was agreed on then.
UPDATE "Signal" signal
SET "clockFrom" = (coalesce(step."at", signal."filedAt") AT TIME ZONE town."zone")::date,
    "agreedOn" = CASE WHEN signal."status" IN ('on_agenda', 'in_action', 'at_policy') THEN (step."data" ->> 'due')::date END
FROM "Municipality" town, "Signal" same
LEFT JOIN LATERAL (
    SELECT entry."at", entry."data" FROM "TimelineEntry" entry
    WHERE entry."municipalityId" = same."municipalityId" AND entry."signalId" = same."id" AND entry."toStatus" IS NOT NULL
    ORDER BY entry."at" DESC, entry."id" DESC LIMIT 1
) step ON true
WHERE town."id" = signal."municipalityId" AND same."municipalityId" = signal."municipalityId" AND same."id" = signal."id";
