-- DropIndex
DROP INDEX "PartnerRequest_municipalityId_tokenHash_key";

-- CreateIndex
CREATE UNIQUE INDEX "PartnerRequest_tokenHash_key" ON "PartnerRequest"("tokenHash");
