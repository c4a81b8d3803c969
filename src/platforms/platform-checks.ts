import type { Config } from '../config.js';
import type { Check } from '../operations/check.js';
import type { Db } from '../storage/database.js';

/**
 * What each configured platform can find out about its own connection, for the doctor and the start. A platform is loaded
 * only when it is configured; another one adds its line here.
 */
export async function platformChecks(config: Config, db: Db): Promise<Check[]> {
  const slack = config.slack
    ? (await import('./slack/doctor.js')).slackChecks(config.slack, config.encryptionKeys, db)
    : [];
  return slack;
}
