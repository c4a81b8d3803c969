import { describe, expect, it } from 'vitest';
import { loadConfig, type TeamsConfig } from '../../../src/config.js';
import type { Finding } from '../../../src/operations/check.js';
import { teamsChecks } from '../../../src/platforms/teams/checks.js';
import { SEED } from '../../fakes/teams/fake-teams.js';
import { openTeamsTown } from './teams-town.js';

describe('the doctor, where Teams is connected', async () => {
  const town = await openTeamsTown();
  const { teams, db } = town;

  async function examine(
    environment: NodeJS.ProcessEnv = {},
    { locale = 'en', withDatabase = true }: { locale?: 'nl' | 'en'; withDatabase?: boolean } = {},
  ): Promise<Finding[]> {
    const { teams: config, publicUrl } = loadConfig({ ...teams.environment(), ...environment });
    const checks = teamsChecks({
      config: config as TeamsConfig,
      publicUrl,
      db: withDatabase ? db : undefined,
      now: () => new Date(),
    });
    return (await Promise.all(checks.map((check) => check(locale)))).flat();
  }
  const says = (findings: Finding[], words: string) => findings.find((finding) => finding.says.includes(words));

  it('says that the credentials are right', async () => {
    expect(says(await examine(), 'gives the bot a token')).toMatchObject({ status: 'good', part: 'Teams' });
  });

  it.each<[string, Record<string, string>]>([
    ['another secret', { TEAMS_APP_PASSWORD: 'the id of the secret, not its value' }],
    ['another tenant', { TEAMS_TENANT_ID: SEED.app }],
  ])('says what to look at with %s, and never the secret', async (_, environment) => {
    const findings = await examine(environment);
    const found = says(findings, 'refuses the bot a token');
    expect(found).toMatchObject({ status: 'wrong' });
    expect(found?.todo).toContain('TEAMS_APP_PASSWORD');
    expect(JSON.stringify(findings)).not.toContain(environment['TEAMS_APP_PASSWORD'] ?? SEED.password);
  });

  it('tells no answer from a refusal', async () => {
    const found = says(await examine({ TEAMS_LOGIN_URL: 'http://127.0.0.1:1' }), 'does not answer');
    expect(found).toMatchObject({ status: 'wrong' });
  });

  it.each([
    ['none', {}, 'no https address'],
    ['one without https', { PUBLIC_URL: 'http://signalen.example.be' }, 'no https address'],
    ['one where nothing listens', { PUBLIC_URL: 'https://signalen.invalid' }, 'does not answer as the bot does'],
  ])('says what is wrong with the address: %s', async (_, environment, words) => {
    expect(says(await examine(environment), words)).toMatchObject({ status: 'wrong' });
  });

  it('sees each regisseur’s channel, and asks for nobody’s name', async () => {
    const unseen = (await examine()).filter(
      ({ says: words }) => words.includes('channel of') || words.includes('team of'),
    );
    expect(unseen.map(({ status }) => status)).toEqual(['wrong', 'wrong']);
    await town.regisseur.post(SEED.regisseurChannel, 'help', { mention: true });
    await town.coordinator.post(SEED.coordinatorChannel, 'help', { mention: true });
    await town.delivered();
    const seen = (await examine()).filter(({ says: words }) => words.includes('sees the channel of'));
    expect(seen.map(({ status }) => status)).toEqual(['good', 'good']);
    expect(JSON.stringify(await examine({}, { locale: 'nl' }))).toContain('de bot ziet het kanaal van');
  });

  it('notices that the app was taken out of the team', async () => {
    const [team] = teams.world.teams;
    if (team) team.installed = false;
    const gone = (await examine()).filter(({ says: words }) => words.includes('cannot speak in the channel'));
    expect(gone.map(({ status }) => status)).toEqual(['wrong', 'wrong']);
    if (team) team.installed = true;
  });

  it('looks at what it can without a database', async () => {
    const findings = await examine({}, { withDatabase: false });
    expect(says(findings, 'gives the bot a token')).toBeDefined();
    expect(findings.some(({ says: words }) => words.includes('channel'))).toBe(false);
  });
});
