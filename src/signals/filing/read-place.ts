import { LOCALES, type Locale } from '../../chat/texts.js';
import type { listNeighbourhoods } from '../../routing/neighbourhoods.js';
import { resolveNeighbourhoods } from '../../routing/resolve-neighbourhood.js';
import { CITY_WIDE } from './neighbourhood-source.js';
import { signalTexts } from '../texts.js';

export type Place = { ok: true; cityWide: boolean; neighbourhoodIds: string[] } | { ok: false; error: string };

/** Chosen neighbourhoods come as ids; what was typed without choosing is resolved, typos and aliases included. */
export function readPlace(
  typed: string[],
  neighbourhoods: Awaited<ReturnType<typeof listNeighbourhoods>>,
  locale: Locale,
): Place {
  const t = signalTexts(locale);
  const chosen = new Set<string>();
  const cityWords = [CITY_WIDE, ...LOCALES.map((each) => signalTexts(each)('file.cityWide').toLowerCase())];
  const cityWide = typed.some((value) => cityWords.includes(value.toLowerCase()));
  for (const value of typed) {
    if (cityWords.includes(value.toLowerCase())) continue;
    if (neighbourhoods.some(({ id }) => id === value)) {
      chosen.add(value);
      continue;
    }
    const resolved = resolveNeighbourhoods(neighbourhoods, value);
    if (!resolved.ok) {
      const suggestions = resolved.suggestions.slice(0, 3).map(({ name }) => name);
      const shown = value.slice(0, 60);
      const error =
        suggestions.length > 0
          ? t('error.neighbourhood.suggest', { typed: shown, suggestions: suggestions.join(', ') })
          : t('error.neighbourhood.unknown', { typed: shown });
      return { ok: false, error };
    }
    for (const id of resolved.ids) chosen.add(id);
  }
  if (cityWide && chosen.size > 0) return { ok: false, error: t('error.neighbourhood.city') };
  return { ok: true, cityWide, neighbourhoodIds: [...chosen] };
}
