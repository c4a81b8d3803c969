import { readFile } from 'node:fs/promises';
import { ConfigError, loadConfig } from '../config.js';
import { fillManifest } from '../platforms/slack/manifest.js';

/** `npm run manifest -- slack [--socket]`: prints the app manifest to paste at api.slack.com/apps. */
async function main(platform: string | undefined, socket: boolean): Promise<number> {
  if (platform !== 'slack') {
    console.error('Usage: npm run manifest -- slack [--socket]');
    return 1;
  }
  const { publicUrl, slack } = loadConfig();
  const socketMode = socket || slack?.inbound.kind === 'socket';
  if (!publicUrl?.startsWith('https:') && !socketMode) {
    console.error(
      'Slack only sends to https. Set PUBLIC_URL to the address people use, such as https://signalen.example.be, or use Socket Mode: npm run manifest -- slack --socket',
    );
    return 1;
  }
  const template = await readFile(new URL('../../manifests/slack.json', import.meta.url), 'utf8');
  const manifest = fillManifest(template, { publicUrl: publicUrl ?? 'https://localhost', socketMode });
  process.stdout.write(`${JSON.stringify(manifest, null, 2)}\n`);
  return 0;
}

try {
  process.exitCode = await main(process.argv[2], process.argv.includes('--socket'));
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
