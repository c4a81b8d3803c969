-- AlterEnum
ALTER TYPE "DeliveryStatus" ADD VALUE 'held';

-- AlterTable
ALTER TABLE "Delivery" ADD COLUMN     "batchId" UUID;

-- CreateIndex
CREATE INDEX "Delivery_municipalityId_batchId_status_idx" ON "Delivery"("municipalityId", "batchId", "status");
