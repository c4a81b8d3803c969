-- CreateEnum
CREATE TYPE "LeaveSource" AS ENUM ('file', 'chat');

-- AlterTable
ALTER TABLE "Leave" ADD COLUMN     "changes" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "note" TEXT,
ADD COLUMN     "source" "LeaveSource" NOT NULL DEFAULT 'file';
