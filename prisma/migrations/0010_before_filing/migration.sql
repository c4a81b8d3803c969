-- CreateEnum
CREATE TYPE "SignalOrigin" AS ENUM ('colleague', 'action_team', 'network', 'forum', 'meeting');

-- AlterEnum
-- This migration adds more than one value to an enum.
-- With PostgreSQL versions 11 and earlier, this is not possible
-- in a single migration. This can be worked around by creating
-- multiple migrations, each migration adding only one value to
-- the enum.


ALTER TYPE "EntryKind" ADD VALUE 'amended';
ALTER TYPE "EntryKind" ADD VALUE 'endorsed';
ALTER TYPE "EntryKind" ADD VALUE 'endorsement_undone';
ALTER TYPE "EntryKind" ADD VALUE 'tested';
ALTER TYPE "EntryKind" ADD VALUE 'enriched';

-- AlterTable
ALTER TABLE "Person" ADD COLUMN     "tipsHiddenAt" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "Signal" ADD COLUMN     "origin" "SignalOrigin",
ADD COLUMN     "originMeeting" TEXT,
ADD COLUMN     "originOn" DATE;

-- CreateTable
CREATE TABLE "Endorsement" (
    "municipalityId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "signalId" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "organisation" TEXT NOT NULL,
    "organisationKey" TEXT NOT NULL,
    "observation" TEXT,
    "formId" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "undoneAt" TIMESTAMPTZ(3),

    CONSTRAINT "Endorsement_pkey" PRIMARY KEY ("municipalityId","id")
);

-- CreateTable
CREATE TABLE "Draft" (
    "municipalityId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "values" JSONB NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Draft_pkey" PRIMARY KEY ("municipalityId","id")
);

-- CreateTable
CREATE TABLE "SectorAssignment" (
    "municipalityId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "sector" TEXT NOT NULL,
    "personId" UUID NOT NULL,
    "from" DATE NOT NULL,
    "until" DATE,

    CONSTRAINT "SectorAssignment_pkey" PRIMARY KEY ("municipalityId","id")
);

-- CreateIndex
CREATE INDEX "Endorsement_municipalityId_signalId_idx" ON "Endorsement"("municipalityId", "signalId");

-- CreateIndex
CREATE INDEX "Endorsement_municipalityId_personId_idx" ON "Endorsement"("municipalityId", "personId");

-- CreateIndex
CREATE UNIQUE INDEX "Endorsement_municipalityId_formId_key" ON "Endorsement"("municipalityId", "formId");

-- CreateIndex
CREATE INDEX "Draft_municipalityId_personId_updatedAt_idx" ON "Draft"("municipalityId", "personId", "updatedAt");

-- CreateIndex
CREATE INDEX "Draft_updatedAt_idx" ON "Draft"("updatedAt");

-- CreateIndex
CREATE INDEX "SectorAssignment_municipalityId_sector_idx" ON "SectorAssignment"("municipalityId", "sector");

-- CreateIndex
CREATE INDEX "SectorAssignment_municipalityId_personId_idx" ON "SectorAssignment"("municipalityId", "personId");

-- AddForeignKey
ALTER TABLE "Endorsement" ADD CONSTRAINT "Endorsement_municipalityId_signalId_fkey" FOREIGN KEY ("municipalityId", "signalId") REFERENCES "Signal"("municipalityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Endorsement" ADD CONSTRAINT "Endorsement_municipalityId_personId_fkey" FOREIGN KEY ("municipalityId", "personId") REFERENCES "Person"("municipalityId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Draft" ADD CONSTRAINT "Draft_municipalityId_personId_fkey" FOREIGN KEY ("municipalityId", "personId") REFERENCES "Person"("municipalityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SectorAssignment" ADD CONSTRAINT "SectorAssignment_municipalityId_personId_fkey" FOREIGN KEY ("municipalityId", "personId") REFERENCES "Person"("municipalityId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
