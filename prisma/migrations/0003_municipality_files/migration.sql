-- CreateTable
CREATE TABLE "MunicipalityFileVersion" (
    "municipalityId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "appliedAt" TIMESTAMPTZ(3) NOT NULL,
    "undoneAt" TIMESTAMPTZ(3),

    CONSTRAINT "MunicipalityFileVersion_pkey" PRIMARY KEY ("municipalityId","number")
);

-- AddForeignKey
ALTER TABLE "MunicipalityFileVersion" ADD CONSTRAINT "MunicipalityFileVersion_municipalityId_fkey" FOREIGN KEY ("municipalityId") REFERENCES "Municipality"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
