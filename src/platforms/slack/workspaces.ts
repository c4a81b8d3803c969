import type { Db } from '../../storage/database.js';
import type { SecretBox } from '../../storage/secret-box.js';
import { currentSecret, InstallationSecret } from './rotate-token.js';
import { createSlackApi, type AppCredentials, type SlackApi } from './web-api.js';

/** Another process may have installed or removed a workspace: seen within this time. */
const FRESH_MS = 30_000;

/** A Slack workspace the app is installed in, and the municipality it belongs to. */
export interface Workspace {
  municipalityId: string;
  /** Undefined for the one workspace of SLACK_BOT_TOKEN, whose id nobody told us. */
  teamId: string | undefined;
  api: SlackApi;
}

export interface Workspaces {
  /** The one that sent something; undefined when it is not (or no longer) connected. Throws like the Web API. */
  from(teamId: string | undefined): Promise<Workspace | undefined>;
  /** Those in which this person or channel may live, the likeliest first. Throws like the Web API. */
  where(municipalityId: string, externalId: string): Promise<Workspace[]>;
  /** This person or channel was found there. */
  remember(workspace: Workspace, externalId: string): Promise<void>;
}

/** One workspace, by its token. */
export function oneWorkspace(token: string, apiUrl: string, municipalityId: string): Workspaces {
  const workspace: Workspace = { municipalityId, teamId: undefined, api: createSlackApi(token, apiUrl) };
  return {
    from: () => Promise.resolve(workspace),
    where: (id) => Promise.resolve(id === municipalityId ? [workspace] : []),
    remember: () => Promise.resolve(),
  };
}

export interface InstalledWorkspaces extends Workspaces {
  /** Binds a workspace to a municipality, or gives a bound one its new token. */
  install(teamId: string, municipalityId: string, secret: InstallationSecret, at: Date): Promise<void>;
  /** Forgets a workspace and its token. */
  uninstall(teamId: string): Promise<void>;
  /** Which municipality a workspace is bound to. */
  boundTo(teamId: string): Promise<string | undefined>;
  count(municipalityId: string): Promise<number>;
}

/** Many workspaces, by OAuth: tokens stand encrypted in the database. */
export function installedWorkspaces(options: {
  db: Db;
  apiUrl: string;
  app: AppCredentials;
  box: SecretBox;
  now(): Date;
}): InstalledWorkspaces {
  const { db, apiUrl, box, now } = options;
  const known = new Map<string, { at: number; workspace: Promise<Workspace | undefined> }>();

  /** The guard on tenants wants the municipalities named: which one this is, is what we look for. */
  async function findRow(teamId: string) {
    const municipalities = await db.municipality.findMany({ select: { id: true } });
    return db.workspace.findFirst({
      where: { municipalityId: { in: municipalities.map(({ id }) => id) }, platform: 'slack', externalId: teamId },
    });
  }

  async function read(teamId: string): Promise<Workspace | undefined> {
    const row = await findRow(teamId);
    if (!row) return undefined;
    const { municipalityId } = row;
    const where = { municipalityId, platform: 'slack', externalId: teamId };
    let first: string | undefined = row.secret;
    const secret = await currentSecret(options, {
      async read() {
        const sealed = first ?? (await db.workspace.findFirst({ where }))?.secret;
        first = undefined;
        return sealed;
      },
      async replace(sealed, by) {
        const { count } = await db.workspace.updateMany({ where: { ...where, secret: sealed }, data: { secret: by } });
        return count === 1;
      },
    });
    if (!secret) return undefined;
    const { token } = secret;
    return { municipalityId, teamId, api: createSlackApi(token, apiUrl) };
  }

  async function from(teamId: string | undefined): Promise<Workspace | undefined> {
    if (teamId === undefined) return undefined;
    const at = now().getTime();
    const cached = known.get(teamId);
    if (cached && Math.abs(at - cached.at) < FRESH_MS) return cached.workspace;
    const workspace = read(teamId);
    known.set(teamId, { at, workspace });
    workspace.catch(() => known.delete(teamId));
    return workspace;
  }

  return {
    from,

    async where(municipalityId, externalId) {
      const rows = await db.workspace.findMany({
        where: { municipalityId, platform: 'slack' },
        select: { externalId: true },
        orderBy: { installedAt: 'asc' },
      });
      const place =
        rows.length > 1
          ? await db.workspacePlace.findUnique({
              where: { municipalityId_platform_externalId: { municipalityId, platform: 'slack', externalId } },
            })
          : null;
      const ids = rows.map((row) => row.externalId).sort((a, b) => rank(b, place) - rank(a, place));
      const workspaces = await Promise.all(ids.map((id) => from(id)));
      return workspaces.filter((workspace) => workspace !== undefined);
    },

    async remember({ municipalityId, teamId }, externalId) {
      if (teamId === undefined || (await this.count(municipalityId)) < 2) return;
      const key = { municipalityId, platform: 'slack', externalId };
      await db.workspacePlace.upsert({
        where: { municipalityId_platform_externalId: key },
        create: { ...key, workspaceId: teamId },
        update: { workspaceId: teamId },
      });
    },

    async install(teamId, municipalityId, secret, at) {
      const key = { municipalityId, platform: 'slack', externalId: teamId };
      const sealed = await box.seal(JSON.stringify(InstallationSecret.parse(secret)));
      await db.workspace.upsert({
        where: { municipalityId_platform_externalId: key },
        create: { ...key, secret: sealed, installedAt: at },
        update: { secret: sealed, installedAt: at },
      });
      known.delete(teamId);
    },

    async uninstall(teamId) {
      const row = await findRow(teamId);
      known.delete(teamId);
      if (!row) return;
      const { municipalityId } = row;
      await db.$transaction(async (tx) => {
        await tx.workspace.deleteMany({ where: { municipalityId, platform: 'slack', externalId: teamId } });
        await tx.workspacePlace.deleteMany({ where: { municipalityId, platform: 'slack', workspaceId: teamId } });
      });
    },

    boundTo: async (teamId) => (await findRow(teamId))?.municipalityId,

    count: (municipalityId) => db.workspace.count({ where: { municipalityId, platform: 'slack' } }),
  };
}

function rank(id: string, place: { workspaceId: string } | null): number {
  return id === place?.workspaceId ? 1 : 0;
}
