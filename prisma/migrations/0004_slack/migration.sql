-- AlterTable
ALTER TABLE "Account" ADD COLUMN     "active" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "email" TEXT;

-- AlterTable
ALTER TABLE "Delivery" ADD COLUMN     "detour" TEXT;

-- AlterTable
ALTER TABLE "Signal" ADD COLUMN     "sourceUrl" TEXT;

-- CreateTable
CREATE TABLE "Workspace" (
    "municipalityId" UUID NOT NULL,
    "platform" TEXT NOT NULL,
    "externalId" TEXT NOT NULL,
    "secret" TEXT NOT NULL,
    "installedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Workspace_pkey" PRIMARY KEY ("municipalityId","platform","externalId")
);

-- CreateTable
CREATE TABLE "WorkspacePlace" (
    "municipalityId" UUID NOT NULL,
    "platform" TEXT NOT NULL,
    "externalId" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,

    CONSTRAINT "WorkspacePlace_pkey" PRIMARY KEY ("municipalityId","platform","externalId")
);

-- CreateTable
CREATE TABLE "HandledRequest" (
    "municipalityId" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "HandledRequest_pkey" PRIMARY KEY ("municipalityId","key")
);

-- CreateTable
CREATE TABLE "LinkRequest" (
    "municipalityId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "accountId" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "platform" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "LinkRequest_pkey" PRIMARY KEY ("municipalityId","id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Workspace_platform_externalId_key" ON "Workspace"("platform", "externalId");

-- CreateIndex
CREATE INDEX "HandledRequest_at_idx" ON "HandledRequest"("at");

-- CreateIndex
CREATE UNIQUE INDEX "LinkRequest_municipalityId_accountId_key" ON "LinkRequest"("municipalityId", "accountId");

-- CreateIndex
CREATE INDEX "Account_municipalityId_email_idx" ON "Account"("municipalityId", "email");

-- AddForeignKey
ALTER TABLE "Workspace" ADD CONSTRAINT "Workspace_municipalityId_fkey" FOREIGN KEY ("municipalityId") REFERENCES "Municipality"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "LinkRequest" ADD CONSTRAINT "LinkRequest_municipalityId_accountId_fkey" FOREIGN KEY ("municipalityId", "accountId") REFERENCES "Account"("municipalityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "LinkRequest" ADD CONSTRAINT "LinkRequest_municipalityId_personId_fkey" FOREIGN KEY ("municipalityId", "personId") REFERENCES "Person"("municipalityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;
