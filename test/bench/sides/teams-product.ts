import { createTeams } from '../../../src/platforms/teams/teams.js';
import { serveProduct } from '../serve-product.js';
import type { Side } from '../start-side.js';
import { BOT, teamsUserOf } from '../teams-load.js';

/** The product with Teams connected. */
export function open(options: { databaseUrl?: string; dataDir: string; microsoftUrl: string }): Promise<Side> {
  const teams = { name: 'teams', path: '/api/messages', accountOf: teamsUserOf } as const;
  return serveProduct(options, teams, (parts) =>
    createTeams({
      ...parts,
      config: {
        bot: BOT,
        openIdMetadataUrl: `${options.microsoftUrl}/openid`,
        loginUrl: `${options.microsoftUrl}/login`,
        allowAnonymous: false,
      },
      host: { host: '127.0.0.1' },
    }),
  );
}
