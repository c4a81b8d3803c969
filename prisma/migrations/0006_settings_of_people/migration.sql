-- AlterTable
ALTER TABLE "Delivery" ADD COLUMN     "urgent" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "Person" ADD COLUMN     "digestAt" INTEGER,
ADD COLUMN     "digestDay" INTEGER,
ADD COLUMN     "localeChosen" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "quietFrom" INTEGER,
ADD COLUMN     "quietUntil" INTEGER,
ADD COLUMN     "tellOn" TEXT;

-- CreateTable
CREATE TABLE "TellChoice" (
    "municipalityId" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "wanted" BOOLEAN NOT NULL,

    CONSTRAINT "TellChoice_pkey" PRIMARY KEY ("municipalityId","personId","kind")
);

-- AddForeignKey
ALTER TABLE "TellChoice" ADD CONSTRAINT "TellChoice_municipalityId_personId_fkey" FOREIGN KEY ("municipalityId", "personId") REFERENCES "Person"("municipalityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;
