import type { MunicipalityInfo } from '../chat/feature.js';
import { toLocale } from '../chat/texts.js';
import type { Db } from '../storage/database.js';
import { MunicipalitySettings } from './municipality-settings.js';
import { readOwnWords } from './own-texts.js';

/** Configuration changes by another process are seen within this time. */
const FRESH_MS = 5_000;

/** Reads a municipality's row and settings, at most once per {@link FRESH_MS}: every click needs them. */
export function createMunicipalityReader(db: Db, now: () => Date): (id: string) => Promise<MunicipalityInfo> {
  const known = new Map<string, { at: number; info: Promise<MunicipalityInfo> }>();
  return (id) => {
    const at = now().getTime();
    const cached = known.get(id);
    if (cached && Math.abs(at - cached.at) < FRESH_MS) return cached.info;
    const info = readMunicipality(db, id);
    known.set(id, { at, info });
    info.catch(() => known.delete(id));
    return info;
  };
}

async function readMunicipality(db: Db, id: string): Promise<MunicipalityInfo> {
  const row = await db.municipality.findUniqueOrThrow({ where: { id } });
  const settings = MunicipalitySettings.parse(row.settings);
  return {
    id: row.id,
    name: row.name,
    reference: row.reference,
    zone: row.zone,
    locale: toLocale(row.locale),
    settings,
    ownWords: readOwnWords(settings.texts),
  };
}
