import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SEED as SLACK, startFakeSlack } from '../../fakes/slack/fake-slack.js';
import { FakeTeams, SEED as TEAMS } from '../../fakes/teams/fake-teams.js';
import type { Section, Sizes } from '../bench.js';
import type { Places } from '../places.js';
import { startProgram } from '../start-program.js';
import { spreadOf } from '../statistics.js';

/** After this, what the start needed has been given back. */
const SETTLE_MS = 10_000;
const ROUNDS = 5;

const TOWN = `
name: Benchstad
reference: B
neighbourhoods:
  - { number: 1, name: Rabot }
regisseurs:
  - name: Ria Proefman
    slack: { user: ${SLACK.regisseur}, channel: ${SLACK.regisseurChannel} }
    teams: { user: ${TEAMS.regisseur}, team: '${TEAMS.team}', channel: '${TEAMS.regisseurChannel}' }
    neighbourhoods: [1]
coordinator:
  name: Cor Voorbeeldts
  slack: { user: ${SLACK.coordinator}, channel: ${SLACK.coordinatorChannel} }
  teams: { user: ${TEAMS.coordinator}, team: '${TEAMS.team}', channel: '${TEAMS.coordinatorChannel}' }
`;

/**
 * What each platform adds to the built program: from its start until it is ready, on a database that is there already, and idle
 * memory. On PostgreSQL, without demo data, in front of the strict fakes of Slack and Teams.
 */
export async function measurePlatforms(places: Places, { smoke }: Sizes): Promise<Section> {
  const [slack, teams] = await Promise.all([startFakeSlack(), FakeTeams.start()]);
  const file = path.join(await places.folder(), 'town.yaml');
  await writeFile(file, TOWN);
  const inSlack = {
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_SIGNING_SECRET: slack.app.signingSecret,
    SLACK_API_URL: slack.apiUrl,
  };
  const connected: Record<string, Record<string, string>> = {
    'no platform': {},
    'Slack alone': inSlack,
    'Teams alone': teams.environment(),
    'Slack and Teams': { ...inSlack, ...teams.environment() },
  };
  const { databaseUrl = '', dataDir } = await places.make('postgresql', 'platforms');
  const common = { DATABASE_URL: databaseUrl, DATA_DIR: dataDir, MUNICIPALITY_FILE: file };
  // The first start makes the tables.
  await (await startProgram(common)).stop();

  const names = Object.keys(connected);
  const measured = Object.fromEntries(names.map((name) => [name, { ready: [] as number[], memory: [] as number[] }]));
  for (let index = 0; index < (smoke ? 1 : ROUNDS); index += 1) {
    for (const name of index % 2 === 0 ? names : names.toReversed()) {
      const program = await startProgram({ ...common, ...connected[name] });
      await sleep(smoke ? 0 : SETTLE_MS);
      measured[name]?.ready.push(program.readyMs / 1_000);
      measured[name]?.memory.push(await program.memory());
      await program.stop();
    }
  }
  await Promise.all([slack.close(), teams.close()]);
  return {
    figures: Object.entries(measured).flatMap(([name, { ready, memory }]) => [
      { what: `${name}: start to ready`, unit: 's', spread: spreadOf(ready) },
      { what: `${name}: idle memory`, unit: 'MB', spread: spreadOf(memory) },
    ]),
    details: measured,
  };
}
