-- CreateEnum
CREATE TYPE "LinkKind" AS ENUM ('part_of', 'related');

-- AlterEnum
-- This migration adds more than one value to an enum.
-- With PostgreSQL versions 11 and earlier, this is not possible
-- in a single migration. This can be worked around by creating
-- multiple migrations, each migration adding only one value to
-- the enum.


ALTER TYPE "EntryKind" ADD VALUE 'transferred';
ALTER TYPE "EntryKind" ADD VALUE 'split';
ALTER TYPE "EntryKind" ADD VALUE 'joined';
ALTER TYPE "EntryKind" ADD VALUE 'linked';
ALTER TYPE "EntryKind" ADD VALUE 'lead_chosen';
ALTER TYPE "EntryKind" ADD VALUE 'task_given';
ALTER TYPE "EntryKind" ADD VALUE 'task_done';
ALTER TYPE "EntryKind" ADD VALUE 'partner_asked';
ALTER TYPE "EntryKind" ADD VALUE 'partner_answered';
ALTER TYPE "EntryKind" ADD VALUE 'partner_ended';

-- AlterTable
ALTER TABLE "Signal" ADD COLUMN     "leadId" UUID,
ADD COLUMN     "leadName" TEXT;

-- CreateTable
CREATE TABLE "Task" (
    "municipalityId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "signalId" UUID NOT NULL,
    "what" TEXT NOT NULL,
    "assigneeId" UUID NOT NULL,
    "dueOn" DATE NOT NULL,
    "givenById" UUID NOT NULL,
    "givenAt" TIMESTAMPTZ(3) NOT NULL,
    "outcome" TEXT,
    "finishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Task_pkey" PRIMARY KEY ("municipalityId","id")
);

-- CreateTable
CREATE TABLE "PartnerRequest" (
    "municipalityId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "signalId" UUID NOT NULL,
    "organisation" TEXT NOT NULL,
    "question" TEXT NOT NULL,
    "tokenHash" TEXT NOT NULL,
    "askedById" UUID NOT NULL,
    "askedAt" TIMESTAMPTZ(3) NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "revokedAt" TIMESTAMPTZ(3),
    "answeredAt" TIMESTAMPTZ(3),

    CONSTRAINT "PartnerRequest_pkey" PRIMARY KEY ("municipalityId","id")
);

-- CreateTable
CREATE TABLE "SignalLink" (
    "municipalityId" UUID NOT NULL,
    "fromId" UUID NOT NULL,
    "toId" UUID NOT NULL,
    "kind" "LinkKind" NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "SignalLink_pkey" PRIMARY KEY ("municipalityId","fromId","toId")
);

-- CreateIndex
CREATE INDEX "Task_municipalityId_assigneeId_finishedAt_dueOn_idx" ON "Task"("municipalityId", "assigneeId", "finishedAt", "dueOn");

-- CreateIndex
CREATE INDEX "Task_municipalityId_signalId_idx" ON "Task"("municipalityId", "signalId");

-- CreateIndex
CREATE INDEX "PartnerRequest_municipalityId_signalId_idx" ON "PartnerRequest"("municipalityId", "signalId");

-- CreateIndex
CREATE UNIQUE INDEX "PartnerRequest_municipalityId_tokenHash_key" ON "PartnerRequest"("municipalityId", "tokenHash");

-- CreateIndex
CREATE INDEX "SignalLink_municipalityId_toId_idx" ON "SignalLink"("municipalityId", "toId");

-- AddForeignKey
ALTER TABLE "Task" ADD CONSTRAINT "Task_municipalityId_signalId_fkey" FOREIGN KEY ("municipalityId", "signalId") REFERENCES "Signal"("municipalityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Task" ADD CONSTRAINT "Task_municipalityId_assigneeId_fkey" FOREIGN KEY ("municipalityId", "assigneeId") REFERENCES "Person"("municipalityId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Task" ADD CONSTRAINT "Task_municipalityId_givenById_fkey" FOREIGN KEY ("municipalityId", "givenById") REFERENCES "Person"("municipalityId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PartnerRequest" ADD CONSTRAINT "PartnerRequest_municipalityId_signalId_fkey" FOREIGN KEY ("municipalityId", "signalId") REFERENCES "Signal"("municipalityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PartnerRequest" ADD CONSTRAINT "PartnerRequest_municipalityId_askedById_fkey" FOREIGN KEY ("municipalityId", "askedById") REFERENCES "Person"("municipalityId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Signal" ADD CONSTRAINT "Signal_municipalityId_leadId_fkey" FOREIGN KEY ("municipalityId", "leadId") REFERENCES "Person"("municipalityId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SignalLink" ADD CONSTRAINT "SignalLink_municipalityId_fromId_fkey" FOREIGN KEY ("municipalityId", "fromId") REFERENCES "Signal"("municipalityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SignalLink" ADD CONSTRAINT "SignalLink_municipalityId_toId_fkey" FOREIGN KEY ("municipalityId", "toId") REFERENCES "Signal"("municipalityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The timeline is append-only: nothing but erasure changes or removes an entry (src/storage/erasure.ts opens that path for
-- one transaction). Erasure may take away who and what was said, and rows whose signal goes; never what happened or when.
CREATE FUNCTION "refuse_timeline_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF coalesce(current_setting('wijksignaal.erasing', true), '') = 'on' THEN
    IF TG_OP = 'DELETE' THEN
      RETURN OLD;
    END IF;
    IF TG_OP = 'UPDATE'
      AND (NEW."personId" IS NULL OR NEW."personId" = OLD."personId")
      AND (NEW."municipalityId", NEW."id", NEW."signalId", NEW."kind", NEW."visibility", NEW."platform", NEW."at")
        = (OLD."municipalityId", OLD."id", OLD."signalId", OLD."kind", OLD."visibility", OLD."platform", OLD."at")
      AND NEW."fromStatus" IS NOT DISTINCT FROM OLD."fromStatus"
      AND NEW."toStatus" IS NOT DISTINCT FROM OLD."toStatus" THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'The timeline is append-only: % refused.', TG_OP USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER "TimelineEntry_append_only" BEFORE UPDATE OR DELETE ON "TimelineEntry"
  FOR EACH ROW EXECUTE FUNCTION "refuse_timeline_change"();

CREATE TRIGGER "TimelineEntry_no_truncate" BEFORE TRUNCATE ON "TimelineEntry"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_timeline_change"();
