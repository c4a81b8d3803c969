-- CreateTable
CREATE TABLE "NewsletterReader" (
    "municipalityId" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "neighbourhoodIds" UUID[],
    "fromFile" BOOLEAN NOT NULL DEFAULT false,
    "addedAt" TIMESTAMPTZ(3) NOT NULL,
    "askedAt" TIMESTAMPTZ(3),
    "confirmedAt" TIMESTAMPTZ(3),

    CONSTRAINT "NewsletterReader_pkey" PRIMARY KEY ("municipalityId","personId")
);

-- AddForeignKey
ALTER TABLE "NewsletterReader" ADD CONSTRAINT "NewsletterReader_municipalityId_personId_fkey" FOREIGN KEY ("municipalityId", "personId") REFERENCES "Person"("municipalityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;
