-- CreateEnum
CREATE TYPE "Role" AS ENUM ('worker', 'signal_coordinator', 'regisseur', 'coordinator', 'administrator');

-- CreateEnum
CREATE TYPE "SignalStatus" AS ENUM ('received', 'in_review', 'needs_info', 'withdrawn', 'accepted', 'merged', 'redirected', 'declined', 'on_agenda', 'in_action', 'at_policy', 'resolved', 'closed');

-- CreateEnum
CREATE TYPE "Frequency" AS ENUM ('once', 'monthly', 'weekly', 'daily');

-- CreateEnum
CREATE TYPE "PeopleBand" AS ENUM ('from_1_to_4', 'from_5_to_19', 'from_20_to_99', 'from_100');

-- CreateEnum
CREATE TYPE "Cause" AS ENUM ('organisation_shortcoming', 'coordination_or_overlap', 'regulation_gap', 'group_at_risk', 'lack_of_information', 'policy_gap');

-- CreateEnum
CREATE TYPE "EntryKind" AS ENUM ('filed', 'status', 'corrected', 'reopened', 'question', 'answer', 'feedback', 'note', 'text_corrected');

-- CreateEnum
CREATE TYPE "Visibility" AS ENUM ('public', 'filers', 'internal');

-- CreateEnum
CREATE TYPE "DeliveryStatus" AS ENUM ('waiting', 'sent', 'failed');

-- CreateTable
CREATE TABLE "Municipality" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "zone" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "settings" JSONB NOT NULL,
    "demo" BOOLEAN NOT NULL DEFAULT false,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Municipality_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Person" (
    "municipalityId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "roles" "Role"[],
    "organisation" TEXT,
    "sector" TEXT,
    "locale" TEXT,
    "fileKey" TEXT,
    "active" BOOLEAN NOT NULL DEFAULT true,
    "lastNeighbourhoodId" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Person_pkey" PRIMARY KEY ("municipalityId","id")
);

-- CreateTable
CREATE TABLE "Account" (
    "municipalityId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "platform" TEXT NOT NULL,
    "externalId" TEXT NOT NULL,
    "lastUsedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Account_pkey" PRIMARY KEY ("municipalityId","id")
);

-- CreateTable
CREATE TABLE "Channel" (
    "municipalityId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "ownerId" UUID NOT NULL,

    CONSTRAINT "Channel_pkey" PRIMARY KEY ("municipalityId","id")
);

-- CreateTable
CREATE TABLE "ChannelAddress" (
    "municipalityId" UUID NOT NULL,
    "channelId" UUID NOT NULL,
    "platform" TEXT NOT NULL,
    "externalId" TEXT NOT NULL,

    CONSTRAINT "ChannelAddress_pkey" PRIMARY KEY ("municipalityId","channelId","platform")
);

-- CreateTable
CREATE TABLE "Neighbourhood" (
    "municipalityId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "aliases" TEXT[],

    CONSTRAINT "Neighbourhood_pkey" PRIMARY KEY ("municipalityId","id")
);

-- CreateTable
CREATE TABLE "Assignment" (
    "municipalityId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "neighbourhoodId" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "from" DATE NOT NULL,
    "until" DATE,

    CONSTRAINT "Assignment_pkey" PRIMARY KEY ("municipalityId","id")
);

-- CreateTable
CREATE TABLE "Leave" (
    "municipalityId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "from" DATE NOT NULL,
    "until" DATE NOT NULL,
    "replacementId" UUID,

    CONSTRAINT "Leave_pkey" PRIMARY KEY ("municipalityId","id")
);

-- CreateTable
CREATE TABLE "ReferenceCounter" (
    "municipalityId" UUID NOT NULL,
    "year" INTEGER NOT NULL,
    "last" INTEGER NOT NULL,

    CONSTRAINT "ReferenceCounter_pkey" PRIMARY KEY ("municipalityId","year")
);

-- CreateTable
CREATE TABLE "Signal" (
    "municipalityId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "reference" TEXT NOT NULL,
    "formId" UUID NOT NULL,
    "title" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "cause" "Cause",
    "targetGroup" TEXT,
    "frequency" "Frequency",
    "peopleBand" "PeopleBand",
    "since" TEXT,
    "cityWide" BOOLEAN NOT NULL DEFAULT false,
    "lifeDomain" TEXT,
    "fundamentalRight" TEXT,
    "alreadyTried" TEXT,
    "consequence" TEXT,
    "suggestedSolution" TEXT,
    "sector" TEXT,
    "acute" BOOLEAN NOT NULL DEFAULT false,
    "status" "SignalStatus" NOT NULL DEFAULT 'received',
    "ownerId" UUID NOT NULL,
    "route" JSONB NOT NULL,
    "mergedIntoId" UUID,
    "version" INTEGER NOT NULL DEFAULT 1,
    "demo" BOOLEAN NOT NULL DEFAULT false,
    "filedAt" TIMESTAMPTZ(3) NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Signal_pkey" PRIMARY KEY ("municipalityId","id")
);

-- CreateTable
CREATE TABLE "SignalNeighbourhood" (
    "municipalityId" UUID NOT NULL,
    "signalId" UUID NOT NULL,
    "neighbourhoodId" UUID NOT NULL,
    "position" INTEGER NOT NULL,

    CONSTRAINT "SignalNeighbourhood_pkey" PRIMARY KEY ("municipalityId","signalId","neighbourhoodId")
);

-- CreateTable
CREATE TABLE "SignalFiler" (
    "municipalityId" UUID NOT NULL,
    "signalId" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "organisation" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "SignalFiler_pkey" PRIMARY KEY ("municipalityId","signalId","personId")
);

-- CreateTable
CREATE TABLE "TimelineEntry" (
    "municipalityId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "signalId" UUID NOT NULL,
    "kind" "EntryKind" NOT NULL,
    "visibility" "Visibility" NOT NULL,
    "fromStatus" "SignalStatus",
    "toStatus" "SignalStatus",
    "personId" UUID,
    "platform" TEXT NOT NULL,
    "text" TEXT,
    "data" JSONB,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "TimelineEntry_pkey" PRIMARY KEY ("municipalityId","id")
);

-- CreateTable
CREATE TABLE "Delivery" (
    "municipalityId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "personId" UUID,
    "channelId" UUID,
    "view" TEXT NOT NULL,
    "params" JSONB NOT NULL,
    "threadKey" TEXT,
    "status" "DeliveryStatus" NOT NULL DEFAULT 'waiting',
    "wanted" INTEGER NOT NULL DEFAULT 1,
    "rendered" INTEGER NOT NULL DEFAULT 0,
    "platform" TEXT,
    "conversationId" TEXT,
    "messageId" TEXT,
    "attemptedAt" TIMESTAMPTZ(3),
    "failure" TEXT,
    "sentAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Delivery_pkey" PRIMARY KEY ("municipalityId","id")
);

-- CreateTable
CREATE TABLE "PlaygroundMessage" (
    "municipalityId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "conversationId" TEXT NOT NULL,
    "parentId" UUID,
    "deliveryId" UUID,
    "authorId" UUID,
    "onlyForId" UUID,
    "card" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "editedAt" TIMESTAMPTZ(3),

    CONSTRAINT "PlaygroundMessage_pkey" PRIMARY KEY ("municipalityId","id")
);

-- CreateTable
CREATE TABLE "InstallationSecret" (
    "name" TEXT NOT NULL,
    "value" TEXT NOT NULL,

    CONSTRAINT "InstallationSecret_pkey" PRIMARY KEY ("name")
);

-- CreateIndex
CREATE UNIQUE INDEX "Municipality_reference_key" ON "Municipality"("reference");

-- CreateIndex
CREATE UNIQUE INDEX "Person_municipalityId_fileKey_key" ON "Person"("municipalityId", "fileKey");

-- CreateIndex
CREATE INDEX "Account_municipalityId_personId_idx" ON "Account"("municipalityId", "personId");

-- CreateIndex
CREATE UNIQUE INDEX "Account_municipalityId_platform_externalId_key" ON "Account"("municipalityId", "platform", "externalId");

-- CreateIndex
CREATE UNIQUE INDEX "Channel_municipalityId_ownerId_key" ON "Channel"("municipalityId", "ownerId");

-- CreateIndex
CREATE UNIQUE INDEX "ChannelAddress_municipalityId_platform_externalId_key" ON "ChannelAddress"("municipalityId", "platform", "externalId");

-- CreateIndex
CREATE UNIQUE INDEX "Neighbourhood_municipalityId_number_key" ON "Neighbourhood"("municipalityId", "number");

-- CreateIndex
CREATE INDEX "Assignment_municipalityId_neighbourhoodId_idx" ON "Assignment"("municipalityId", "neighbourhoodId");

-- CreateIndex
CREATE INDEX "Leave_municipalityId_personId_idx" ON "Leave"("municipalityId", "personId");

-- CreateIndex
CREATE INDEX "Signal_municipalityId_filedAt_id_idx" ON "Signal"("municipalityId", "filedAt" DESC, "id");

-- CreateIndex
CREATE INDEX "Signal_municipalityId_status_filedAt_idx" ON "Signal"("municipalityId", "status", "filedAt" DESC);

-- CreateIndex
CREATE INDEX "Signal_municipalityId_ownerId_status_idx" ON "Signal"("municipalityId", "ownerId", "status");

-- CreateIndex
CREATE INDEX "Signal_municipalityId_mergedIntoId_idx" ON "Signal"("municipalityId", "mergedIntoId");

-- CreateIndex
CREATE UNIQUE INDEX "Signal_municipalityId_reference_key" ON "Signal"("municipalityId", "reference");

-- CreateIndex
CREATE UNIQUE INDEX "Signal_municipalityId_formId_key" ON "Signal"("municipalityId", "formId");

-- CreateIndex
CREATE INDEX "SignalNeighbourhood_municipalityId_neighbourhoodId_idx" ON "SignalNeighbourhood"("municipalityId", "neighbourhoodId");

-- CreateIndex
CREATE INDEX "SignalFiler_municipalityId_personId_at_idx" ON "SignalFiler"("municipalityId", "personId", "at" DESC);

-- CreateIndex
CREATE INDEX "TimelineEntry_municipalityId_signalId_at_idx" ON "TimelineEntry"("municipalityId", "signalId", "at");

-- CreateIndex
CREATE INDEX "Delivery_municipalityId_platform_conversationId_messageId_idx" ON "Delivery"("municipalityId", "platform", "conversationId", "messageId");

-- CreateIndex
CREATE INDEX "Delivery_municipalityId_status_createdAt_idx" ON "Delivery"("municipalityId", "status", "createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "Delivery_municipalityId_key_key" ON "Delivery"("municipalityId", "key");

-- CreateIndex
CREATE UNIQUE INDEX "PlaygroundMessage_deliveryId_key" ON "PlaygroundMessage"("deliveryId");

-- CreateIndex
CREATE INDEX "PlaygroundMessage_municipalityId_conversationId_at_idx" ON "PlaygroundMessage"("municipalityId", "conversationId", "at");

-- AddForeignKey
ALTER TABLE "Person" ADD CONSTRAINT "Person_municipalityId_fkey" FOREIGN KEY ("municipalityId") REFERENCES "Municipality"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Account" ADD CONSTRAINT "Account_municipalityId_personId_fkey" FOREIGN KEY ("municipalityId", "personId") REFERENCES "Person"("municipalityId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Channel" ADD CONSTRAINT "Channel_municipalityId_fkey" FOREIGN KEY ("municipalityId") REFERENCES "Municipality"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Channel" ADD CONSTRAINT "Channel_municipalityId_ownerId_fkey" FOREIGN KEY ("municipalityId", "ownerId") REFERENCES "Person"("municipalityId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ChannelAddress" ADD CONSTRAINT "ChannelAddress_municipalityId_channelId_fkey" FOREIGN KEY ("municipalityId", "channelId") REFERENCES "Channel"("municipalityId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Neighbourhood" ADD CONSTRAINT "Neighbourhood_municipalityId_fkey" FOREIGN KEY ("municipalityId") REFERENCES "Municipality"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Assignment" ADD CONSTRAINT "Assignment_municipalityId_neighbourhoodId_fkey" FOREIGN KEY ("municipalityId", "neighbourhoodId") REFERENCES "Neighbourhood"("municipalityId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Assignment" ADD CONSTRAINT "Assignment_municipalityId_personId_fkey" FOREIGN KEY ("municipalityId", "personId") REFERENCES "Person"("municipalityId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Leave" ADD CONSTRAINT "Leave_municipalityId_personId_fkey" FOREIGN KEY ("municipalityId", "personId") REFERENCES "Person"("municipalityId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Leave" ADD CONSTRAINT "Leave_municipalityId_replacementId_fkey" FOREIGN KEY ("municipalityId", "replacementId") REFERENCES "Person"("municipalityId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Signal" ADD CONSTRAINT "Signal_municipalityId_fkey" FOREIGN KEY ("municipalityId") REFERENCES "Municipality"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Signal" ADD CONSTRAINT "Signal_municipalityId_ownerId_fkey" FOREIGN KEY ("municipalityId", "ownerId") REFERENCES "Person"("municipalityId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Signal" ADD CONSTRAINT "Signal_municipalityId_mergedIntoId_fkey" FOREIGN KEY ("municipalityId", "mergedIntoId") REFERENCES "Signal"("municipalityId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SignalNeighbourhood" ADD CONSTRAINT "SignalNeighbourhood_municipalityId_signalId_fkey" FOREIGN KEY ("municipalityId", "signalId") REFERENCES "Signal"("municipalityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SignalNeighbourhood" ADD CONSTRAINT "SignalNeighbourhood_municipalityId_neighbourhoodId_fkey" FOREIGN KEY ("municipalityId", "neighbourhoodId") REFERENCES "Neighbourhood"("municipalityId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SignalFiler" ADD CONSTRAINT "SignalFiler_municipalityId_signalId_fkey" FOREIGN KEY ("municipalityId", "signalId") REFERENCES "Signal"("municipalityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SignalFiler" ADD CONSTRAINT "SignalFiler_municipalityId_personId_fkey" FOREIGN KEY ("municipalityId", "personId") REFERENCES "Person"("municipalityId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TimelineEntry" ADD CONSTRAINT "TimelineEntry_municipalityId_signalId_fkey" FOREIGN KEY ("municipalityId", "signalId") REFERENCES "Signal"("municipalityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TimelineEntry" ADD CONSTRAINT "TimelineEntry_municipalityId_personId_fkey" FOREIGN KEY ("municipalityId", "personId") REFERENCES "Person"("municipalityId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Delivery" ADD CONSTRAINT "Delivery_municipalityId_fkey" FOREIGN KEY ("municipalityId") REFERENCES "Municipality"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Delivery" ADD CONSTRAINT "Delivery_municipalityId_personId_fkey" FOREIGN KEY ("municipalityId", "personId") REFERENCES "Person"("municipalityId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Delivery" ADD CONSTRAINT "Delivery_municipalityId_channelId_fkey" FOREIGN KEY ("municipalityId", "channelId") REFERENCES "Channel"("municipalityId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
