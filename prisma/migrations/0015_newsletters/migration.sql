-- CreateEnum
CREATE TYPE "NewsletterStatus" AS ENUM ('draft', 'approved', 'sending', 'paused', 'stopped', 'sent', 'skipped');

-- CreateTable
CREATE TABLE "Newsletter" (
    "municipalityId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "series" TEXT NOT NULL,
    "occasion" TEXT NOT NULL,
    "status" "NewsletterStatus" NOT NULL DEFAULT 'draft',
    "title" TEXT NOT NULL,
    "text" JSONB NOT NULL,
    "figures" JSONB NOT NULL,
    "recipients" JSONB NOT NULL,
    "periodFrom" TIMESTAMPTZ(3) NOT NULL,
    "periodUntil" TIMESTAMPTZ(3) NOT NULL,
    "sendAt" TIMESTAMPTZ(3) NOT NULL,
    "editorId" UUID NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "changedById" UUID,
    "approvedById" UUID,
    "approvedAt" TIMESTAMPTZ(3),
    "startedAt" TIMESTAMPTZ(3),
    "leg" INTEGER NOT NULL DEFAULT 0,
    "cursor" UUID,
    "written" BOOLEAN NOT NULL DEFAULT false,
    "late" BOOLEAN NOT NULL DEFAULT false,
    "finishedAt" TIMESTAMPTZ(3),
    "demo" BOOLEAN NOT NULL DEFAULT false,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Newsletter_pkey" PRIMARY KEY ("municipalityId","id")
);

-- CreateTable
CREATE TABLE "NewsletterPicture" (
    "municipalityId" UUID NOT NULL,
    "newsletterId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "alt" TEXT NOT NULL,
    "png" BYTEA,

    CONSTRAINT "NewsletterPicture_pkey" PRIMARY KEY ("municipalityId","newsletterId","kind")
);

-- CreateIndex
CREATE INDEX "Newsletter_municipalityId_status_sendAt_idx" ON "Newsletter"("municipalityId", "status", "sendAt");

-- CreateIndex
CREATE UNIQUE INDEX "Newsletter_municipalityId_series_occasion_key" ON "Newsletter"("municipalityId", "series", "occasion");

-- CreateIndex
CREATE INDEX "TimelineEntry_municipalityId_at_idx" ON "TimelineEntry"("municipalityId", "at");

-- AddForeignKey
ALTER TABLE "Newsletter" ADD CONSTRAINT "Newsletter_municipalityId_fkey" FOREIGN KEY ("municipalityId") REFERENCES "Municipality"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Newsletter" ADD CONSTRAINT "Newsletter_municipalityId_editorId_fkey" FOREIGN KEY ("municipalityId", "editorId") REFERENCES "Person"("municipalityId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Newsletter" ADD CONSTRAINT "Newsletter_municipalityId_changedById_fkey" FOREIGN KEY ("municipalityId", "changedById") REFERENCES "Person"("municipalityId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "NewsletterPicture" ADD CONSTRAINT "NewsletterPicture_municipalityId_newsletterId_fkey" FOREIGN KEY ("municipalityId", "newsletterId") REFERENCES "Newsletter"("municipalityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;
