-- CreateEnum
CREATE TYPE "ForumStatus" AS ENUM ('planned', 'cancelled', 'reported');

-- CreateEnum
CREATE TYPE "ForumAnswer" AS ENUM ('invited', 'coming', 'waiting', 'declined');

-- CreateEnum
CREATE TYPE "ForumPart" AS ENUM ('participant', 'expert', 'guest');

-- CreateEnum
CREATE TYPE "MembershipStatus" AS ENUM ('requested', 'member', 'refused', 'ended');

-- AlterEnum
ALTER TYPE "EntryKind" ADD VALUE 'solution_track';

-- CreateTable
CREATE TABLE "Forum" (
    "municipalityId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "title" TEXT NOT NULL,
    "startsAt" TIMESTAMPTZ(3) NOT NULL,
    "minutes" INTEGER NOT NULL,
    "place" TEXT,
    "onlineLink" TEXT,
    "capacity" INTEGER,
    "status" "ForumStatus" NOT NULL DEFAULT 'planned',
    "sequence" INTEGER NOT NULL DEFAULT 0,
    "agendaAt" TIMESTAMPTZ(3),
    "report" TEXT,
    "plannedById" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "scheduledAt" TIMESTAMPTZ(3) NOT NULL,
    "demo" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "Forum_pkey" PRIMARY KEY ("municipalityId","id")
);

-- CreateTable
CREATE TABLE "ForumAttendee" (
    "municipalityId" UUID NOT NULL,
    "forumId" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "part" "ForumPart" NOT NULL DEFAULT 'participant',
    "answer" "ForumAnswer" NOT NULL,
    "answeredAt" TIMESTAMPTZ(3) NOT NULL,
    "attended" BOOLEAN,

    CONSTRAINT "ForumAttendee_pkey" PRIMARY KEY ("municipalityId","forumId","personId")
);

-- CreateTable
CREATE TABLE "ForumTopic" (
    "municipalityId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "forumId" UUID NOT NULL,
    "signalId" UUID,
    "theme" TEXT,
    "addedById" UUID NOT NULL,
    "addedAt" TIMESTAMPTZ(3) NOT NULL,
    "position" INTEGER,

    CONSTRAINT "ForumTopic_pkey" PRIMARY KEY ("municipalityId","id")
);

-- CreateTable
CREATE TABLE "ForumVote" (
    "municipalityId" UUID NOT NULL,
    "topicId" UUID NOT NULL,
    "personId" UUID NOT NULL,

    CONSTRAINT "ForumVote_pkey" PRIMARY KEY ("municipalityId","topicId","personId")
);

-- CreateTable
CREATE TABLE "SolutionTrack" (
    "municipalityId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "forumId" UUID NOT NULL,
    "title" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "recordedById" UUID NOT NULL,
    "recordedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "SolutionTrack_pkey" PRIMARY KEY ("municipalityId","id")
);

-- CreateTable
CREATE TABLE "SolutionTrackSignal" (
    "municipalityId" UUID NOT NULL,
    "trackId" UUID NOT NULL,
    "signalId" UUID NOT NULL,

    CONSTRAINT "SolutionTrackSignal_pkey" PRIMARY KEY ("municipalityId","trackId","signalId")
);

-- CreateTable
CREATE TABLE "ForumMembership" (
    "municipalityId" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "status" "MembershipStatus" NOT NULL,
    "motivation" TEXT,
    "requestedAt" TIMESTAMPTZ(3) NOT NULL,
    "decidedById" UUID,
    "decidedAt" TIMESTAMPTZ(3),

    CONSTRAINT "ForumMembership_pkey" PRIMARY KEY ("municipalityId","personId")
);

-- CreateIndex
CREATE INDEX "Forum_municipalityId_startsAt_idx" ON "Forum"("municipalityId", "startsAt");

-- CreateIndex
CREATE INDEX "ForumAttendee_municipalityId_personId_idx" ON "ForumAttendee"("municipalityId", "personId");

-- CreateIndex
CREATE INDEX "ForumTopic_municipalityId_signalId_idx" ON "ForumTopic"("municipalityId", "signalId");

-- CreateIndex
CREATE UNIQUE INDEX "ForumTopic_municipalityId_forumId_signalId_key" ON "ForumTopic"("municipalityId", "forumId", "signalId");

-- CreateIndex
CREATE INDEX "ForumVote_municipalityId_personId_idx" ON "ForumVote"("municipalityId", "personId");

-- CreateIndex
CREATE INDEX "SolutionTrack_municipalityId_forumId_idx" ON "SolutionTrack"("municipalityId", "forumId");

-- CreateIndex
CREATE INDEX "SolutionTrackSignal_municipalityId_signalId_idx" ON "SolutionTrackSignal"("municipalityId", "signalId");

-- CreateIndex
CREATE INDEX "ForumMembership_municipalityId_decidedById_idx" ON "ForumMembership"("municipalityId", "decidedById");

-- AddForeignKey
ALTER TABLE "Forum" ADD CONSTRAINT "Forum_municipalityId_fkey" FOREIGN KEY ("municipalityId") REFERENCES "Municipality"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Forum" ADD CONSTRAINT "Forum_municipalityId_plannedById_fkey" FOREIGN KEY ("municipalityId", "plannedById") REFERENCES "Person"("municipalityId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ForumAttendee" ADD CONSTRAINT "ForumAttendee_municipalityId_forumId_fkey" FOREIGN KEY ("municipalityId", "forumId") REFERENCES "Forum"("municipalityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ForumAttendee" ADD CONSTRAINT "ForumAttendee_municipalityId_personId_fkey" FOREIGN KEY ("municipalityId", "personId") REFERENCES "Person"("municipalityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ForumTopic" ADD CONSTRAINT "ForumTopic_municipalityId_forumId_fkey" FOREIGN KEY ("municipalityId", "forumId") REFERENCES "Forum"("municipalityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ForumTopic" ADD CONSTRAINT "ForumTopic_municipalityId_signalId_fkey" FOREIGN KEY ("municipalityId", "signalId") REFERENCES "Signal"("municipalityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ForumTopic" ADD CONSTRAINT "ForumTopic_municipalityId_addedById_fkey" FOREIGN KEY ("municipalityId", "addedById") REFERENCES "Person"("municipalityId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ForumVote" ADD CONSTRAINT "ForumVote_municipalityId_topicId_fkey" FOREIGN KEY ("municipalityId", "topicId") REFERENCES "ForumTopic"("municipalityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ForumVote" ADD CONSTRAINT "ForumVote_municipalityId_personId_fkey" FOREIGN KEY ("municipalityId", "personId") REFERENCES "Person"("municipalityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SolutionTrack" ADD CONSTRAINT "SolutionTrack_municipalityId_forumId_fkey" FOREIGN KEY ("municipalityId", "forumId") REFERENCES "Forum"("municipalityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SolutionTrack" ADD CONSTRAINT "SolutionTrack_municipalityId_recordedById_fkey" FOREIGN KEY ("municipalityId", "recordedById") REFERENCES "Person"("municipalityId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SolutionTrackSignal" ADD CONSTRAINT "SolutionTrackSignal_municipalityId_trackId_fkey" FOREIGN KEY ("municipalityId", "trackId") REFERENCES "SolutionTrack"("municipalityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SolutionTrackSignal" ADD CONSTRAINT "SolutionTrackSignal_municipalityId_signalId_fkey" FOREIGN KEY ("municipalityId", "signalId") REFERENCES "Signal"("municipalityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ForumMembership" ADD CONSTRAINT "ForumMembership_municipalityId_personId_fkey" FOREIGN KEY ("municipalityId", "personId") REFERENCES "Person"("municipalityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ForumMembership" ADD CONSTRAINT "ForumMembership_municipalityId_decidedById_fkey" FOREIGN KEY ("municipalityId", "decidedById") REFERENCES "Person"("municipalityId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
