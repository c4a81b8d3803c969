-- CreateEnum
CREATE TYPE "FollowPace" AS ENUM ('at_once', 'weekly');

-- DropIndex
DROP INDEX "PlaygroundMessage_deliveryId_key";

-- CreateTable
CREATE TABLE "Follow" (
    "municipalityId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "signalId" UUID,
    "neighbourhoodId" UUID,
    "search" TEXT,
    "pace" "FollowPace" NOT NULL DEFAULT 'at_once',
    "since" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Follow_pkey" PRIMARY KEY ("municipalityId","id")
);

-- CreateTable
CREATE TABLE "PlaygroundReadMark" (
    "municipalityId" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "conversationId" TEXT NOT NULL,
    "readUntil" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "PlaygroundReadMark_pkey" PRIMARY KEY ("municipalityId","personId","conversationId")
);

-- CreateIndex
CREATE INDEX "Follow_municipalityId_signalId_idx" ON "Follow"("municipalityId", "signalId");

-- CreateIndex
CREATE INDEX "Follow_municipalityId_neighbourhoodId_idx" ON "Follow"("municipalityId", "neighbourhoodId");

-- CreateIndex
CREATE INDEX "Follow_municipalityId_search_idx" ON "Follow"("municipalityId", "search");

-- CreateIndex
CREATE UNIQUE INDEX "Follow_municipalityId_personId_signalId_key" ON "Follow"("municipalityId", "personId", "signalId");

-- CreateIndex
CREATE UNIQUE INDEX "Follow_municipalityId_personId_neighbourhoodId_key" ON "Follow"("municipalityId", "personId", "neighbourhoodId");

-- CreateIndex
CREATE UNIQUE INDEX "Follow_municipalityId_personId_search_key" ON "Follow"("municipalityId", "personId", "search");

-- CreateIndex
CREATE UNIQUE INDEX "PlaygroundMessage_municipalityId_deliveryId_key" ON "PlaygroundMessage"("municipalityId", "deliveryId");

-- AddForeignKey
ALTER TABLE "Follow" ADD CONSTRAINT "Follow_municipalityId_personId_fkey" FOREIGN KEY ("municipalityId", "personId") REFERENCES "Person"("municipalityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Follow" ADD CONSTRAINT "Follow_municipalityId_signalId_fkey" FOREIGN KEY ("municipalityId", "signalId") REFERENCES "Signal"("municipalityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Follow" ADD CONSTRAINT "Follow_municipalityId_neighbourhoodId_fkey" FOREIGN KEY ("municipalityId", "neighbourhoodId") REFERENCES "Neighbourhood"("municipalityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PlaygroundReadMark" ADD CONSTRAINT "PlaygroundReadMark_municipalityId_personId_fkey" FOREIGN KEY ("municipalityId", "personId") REFERENCES "Person"("municipalityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;
