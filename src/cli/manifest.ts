import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { ConfigError, loadConfig, type Config } from '../config.js';

const USAGE = `Usage:
  npm run manifest -- slack [--socket]      prints the app manifest to paste at api.slack.com/apps
  npm run manifest -- teams [--out FILE]    writes the zip to upload in the Teams admin center`;

const EXAMPLE = 'the address people use, such as https://signalen.example.be';

async function main(platform: string | undefined, options: { socket?: boolean; out?: string }): Promise<number> {
  if (platform === 'slack') return slackManifest(loadConfig(), options.socket ?? false);
  if (platform === 'teams') return teamsManifest(loadConfig(), options.out ?? 'wijksignaal-teams.zip');
  console.error(USAGE);
  return 1;
}

async function slackManifest({ publicUrl, slack }: Config, socket: boolean): Promise<number> {
  const socketMode = socket || slack?.inbound.kind === 'socket';
  if (!publicUrl?.startsWith('https:') && !socketMode) {
    console.error(
      `Slack only sends to https. Set PUBLIC_URL to ${EXAMPLE}, or use Socket Mode: npm run manifest -- slack --socket`,
    );
    return 1;
  }
  const { fillManifest } = await import('../platforms/slack/manifest.js');
  const template = await readFile(new URL('../../manifests/slack.json', import.meta.url), 'utf8');
  const manifest = fillManifest(template, {
    publicUrl: publicUrl ?? 'https://localhost',
    socketMode,
  });
  process.stdout.write(`${JSON.stringify(manifest, null, 2)}\n`);
  return 0;
}

async function teamsManifest({ publicUrl, teams }: Config, out: string): Promise<number> {
  const appId = teams?.bot?.appId;
  if (!appId || !publicUrl?.startsWith('https:')) {
    if (!appId)
      console.error('Set TEAMS_APP_ID, TEAMS_APP_PASSWORD and TEAMS_TENANT_ID: of the app registration in Entra.');
    if (!publicUrl?.startsWith('https:')) console.error(`Teams only sends to https. Set PUBLIC_URL to ${EXAMPLE}.`);
    return 1;
  }
  const { packTeamsApp } = await import('../platforms/teams/manifest.js');
  const { version } = z
    .object({ version: z.string() })
    .parse(JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8')));
  await writeFile(out, await packTeamsApp({ appId, publicUrl, version }));
  console.log(
    `Wrote ${out}. Upload it: https://admin.teams.microsoft.com/policies/manage-apps, Actions, Upload new app.`,
  );
  console.log(`The app registration's Application ID URI must be api://${new URL(publicUrl).host}/${appId}`);
  return 0;
}

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { socket: { type: 'boolean' }, out: { type: 'string' } },
  });
  process.exitCode = await main(positionals[0], values);
} catch (error) {
  const usage = error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
  if (!usage && !(error instanceof ConfigError)) throw error;
  console.error(usage ? USAGE : error.message);
  process.exitCode = 1;
}
