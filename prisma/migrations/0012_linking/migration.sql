-- AlterTable
ALTER TABLE "LinkRequest" DROP COLUMN "code";

-- CreateTable
CREATE TABLE "AccountLink" (
    "municipalityId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "former" JSONB NOT NULL,
    "moved" JSONB NOT NULL,
    "rolesBefore" "Role"[],
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "AccountLink_pkey" PRIMARY KEY ("municipalityId","id")
);

-- CreateIndex
CREATE INDEX "AccountLink_municipalityId_personId_idx" ON "AccountLink"("municipalityId", "personId");

-- AddForeignKey
ALTER TABLE "AccountLink" ADD CONSTRAINT "AccountLink_municipalityId_personId_fkey" FOREIGN KEY ("municipalityId", "personId") REFERENCES "Person"("municipalityId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
