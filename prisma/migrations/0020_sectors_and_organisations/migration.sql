-- AlterTable
ALTER TABLE "SectorAssignment" ADD COLUMN     "organisation" TEXT,
ALTER COLUMN "sector" DROP NOT NULL;
