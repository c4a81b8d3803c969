import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { makeDataFolder } from '../../support/make-data-folder.js';
import { CERTIFICATE, passOn, serveHttps } from '../../support/serve-https.js';
import { openTeamsTown } from './teams-town.js';

const town = await openTeamsTown();
const proxy = await serveHttps(passOn(() => town.app.url));
const elsewhere = await serveHttps((_request, response) => response.writeHead(404).end());
afterAll(() => Promise.all([proxy.stop(), elsewhere.stop()]));

/** `npm run doctor`, trusting our own certificate where one is given. */
async function doctor(publicUrl: string, trusting: boolean): Promise<string> {
  const dataDir = await makeDataFolder();
  return new Promise((resolve, reject) => {
    const environment = {
      PATH: process.env['PATH'],
      ...town.teams.environment(),
      PUBLIC_URL: publicUrl,
      DATA_DIR: dataDir,
      ...(trusting && { NODE_EXTRA_CA_CERTS: fileURLToPath(CERTIFICATE) }),
    };
    execFile(
      process.execPath,
      ['--import', 'tsx', 'src/cli/doctor.ts', '--lang', 'en'],
      { env: environment },
      // It ends with 1 where anything is wrong; here that is what is said.
      (error, stdout) => (stdout === '' ? reject(error ?? new Error('The doctor said nothing.')) : resolve(stdout)),
    );
  });
}

describe('the doctor, about the address that Teams sends to', () => {
  it('is content when the bot answers there as it should, through https', async () => {
    const url = `https://localhost:${proxy.port}`;
    expect(await doctor(url, true)).toContain(`✓ Teams: the bot listens at ${url}/api/messages`);
  });

  it('says so when somebody else answers there', async () => {
    const said = await doctor(`https://localhost:${elsewhere.port}`, true);
    expect(said).toContain('does not answer as the bot does (404)');
    expect(said).toContain('let the proxy pass /api/messages on too');
  });

  it('says so when its certificate is one that Teams would not trust', async () => {
    expect(await doctor(`https://localhost:${proxy.port}`, false)).toContain('DEPTH_ZERO_SELF_SIGNED_CERT');
  });
});
