import { createSlack } from '../../../src/platforms/slack/slack.js';
import { serveProduct } from '../serve-product.js';
import { BOT_TOKEN, SIGNING_SECRET, slackUserOf } from '../slack-load.js';
import type { Side } from '../start-side.js';

/** The product with Slack connected. */
export function open(options: { databaseUrl?: string; dataDir: string; apiUrl: string }): Promise<Side> {
  const slack = { name: 'slack', path: '/slack/events', accountOf: slackUserOf } as const;
  return serveProduct(options, slack, (parts) =>
    createSlack({
      ...parts,
      config: {
        apiUrl: options.apiUrl,
        inbound: { kind: 'http', signingSecret: SIGNING_SECRET },
        workspaces: { kind: 'one', botToken: BOT_TOKEN },
      },
      encryptionKeys: [],
    }),
  );
}
