import { mayTell } from '../chat/subscriptions.js';
import type { Context } from '../chat/feature.js';
import type { PlatformName } from '../chat/platform.js';
import type { Locale } from '../chat/texts.js';
import { DEFAULT_DIGEST } from './digest-moment.js';

/** What one person chose, or gets without having chosen. */
export interface Settings {
  /** Undefined: as their chat platform or the town says. */
  locale: Locale | undefined;
  /** Where they can be reached; one or none leaves nothing to choose. */
  platforms: PlatformName[];
  /** Undefined: where they were last. */
  tellOn: PlatformName | undefined;
  /** Minutes since midnight; undefined: none. */
  quiet: { from: number; until: number } | undefined;
  /** Ids of the kinds of messages they get, of those they may do without. */
  told: string[];
  digest: { day: number; at: number };
}

type Asking = Pick<Context, 'db' | 'municipality' | 'person' | 'subscriptions'>;

export async function readSettings(context: Asking): Promise<Settings> {
  const { db, municipality, person } = context;
  const row = await db.person.findUniqueOrThrow({
    where: { municipalityId_id: { municipalityId: municipality.id, id: person.id } },
    include: { accounts: { where: { active: true } }, choices: true },
  });
  const platforms = [...new Set(row.accounts.map(({ platform }) => platform as PlatformName))].sort();
  return {
    locale: row.localeChosen ? (row.locale as Locale) : undefined,
    platforms,
    tellOn: platforms.find((platform) => platform === row.tellOn),
    quiet:
      row.quietFrom !== null && row.quietUntil !== null ? { from: row.quietFrom, until: row.quietUntil } : undefined,
    told: context
      .subscriptions()
      .filter((subscription) => mayTell(row, subscription))
      .map(({ id }) => id),
    digest: { day: row.digestDay ?? DEFAULT_DIGEST.day, at: row.digestAt ?? DEFAULT_DIGEST.at },
  };
}
