import type { Config } from '../config.js';
import type { Check } from '../operations/check.js';
import type { Db } from '../storage/database.js';

/**
 * What each configured platform can find out about its own connection, for the doctor and the start. A platform is loaded
 * only when it is configured; another one adds its line here.
 *
 * @param db undefined: the database cannot be used, and only what needs none is looked at.
 */
export async function platformChecks(config: Config, db: Db | undefined, now: () => Date): Promise<Check[]> {
  const { slack, teams, publicUrl, encryptionKeys } = config;
  return [
    ...(slack && db ? (await import('./slack/doctor.js')).slackChecks(slack, encryptionKeys, db) : []),
    ...(teams ? (await import('./teams/checks.js')).teamsChecks({ config: teams, publicUrl, db, now }) : []),
  ];
}
