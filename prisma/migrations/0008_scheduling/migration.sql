-- CreateEnum
CREATE TYPE "OccurrenceStatus" AS ENUM ('waiting', 'done', 'skipped', 'failed');

-- CreateTable
CREATE TABLE "Occurrence" (
    "municipalityId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "schedule" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "moment" TEXT NOT NULL,
    "dueAt" TIMESTAMPTZ(3) NOT NULL,
    "status" "OccurrenceStatus" NOT NULL,
    "late" BOOLEAN NOT NULL DEFAULT false,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "retryAt" TIMESTAMPTZ(3),
    "failure" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Occurrence_pkey" PRIMARY KEY ("municipalityId","id")
);

-- CreateTable
CREATE TABLE "ScheduleMark" (
    "municipalityId" UUID NOT NULL,
    "schedule" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "lookedUntil" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ScheduleMark_pkey" PRIMARY KEY ("municipalityId","schedule")
);

-- CreateIndex
CREATE INDEX "Occurrence_municipalityId_status_retryAt_idx" ON "Occurrence"("municipalityId", "status", "retryAt");

-- CreateIndex
CREATE UNIQUE INDEX "Occurrence_municipalityId_schedule_subject_moment_key" ON "Occurrence"("municipalityId", "schedule", "subject", "moment");

-- AddForeignKey
ALTER TABLE "Occurrence" ADD CONSTRAINT "Occurrence_municipalityId_fkey" FOREIGN KEY ("municipalityId") REFERENCES "Municipality"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ScheduleMark" ADD CONSTRAINT "ScheduleMark_municipalityId_fkey" FOREIGN KEY ("municipalityId") REFERENCES "Municipality"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
