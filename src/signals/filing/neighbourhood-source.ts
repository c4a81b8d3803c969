import type { Source } from '../../chat/feature.js';
import { knownNeighbourhoods } from '../../routing/neighbourhoods.js';
import { searchNeighbourhoods } from '../../routing/resolve-neighbourhood.js';
import { signalTexts } from '../texts.js';

/** Chosen instead of neighbourhoods: the signal concerns the whole city. */
export const CITY_WIDE = 'city-wide';

/** All of them and the whole city fit one answer (Slack takes 100 options). */
const LIMIT = 50;

/** Type-ahead over the municipality's neighbourhoods, with "heel de stad" among them. */
export const neighbourhoodSource: Source = {
  id: 'signals.neighbourhoods',
  async search({ db, municipality, locale }, query) {
    const cityWide = { value: CITY_WIDE, label: signalTexts(locale)('file.cityWide') };
    const neighbourhoods = await knownNeighbourhoods(db, municipality);
    const found = searchNeighbourhoods(neighbourhoods, query, LIMIT).map(({ id, name }) => ({
      value: id,
      label: name,
    }));
    const typed = query.trim().toLowerCase();
    const wanted = `${cityWide.label} stadsbreed stad city-wide`.toLowerCase();
    return typed === '' ? [...found, cityWide] : wanted.includes(typed) ? [cityWide, ...found] : found;
  },
  async find({ db, municipality, locale }, value) {
    if (value === CITY_WIDE) return { value, label: signalTexts(locale)('file.cityWide') };
    const found = (await knownNeighbourhoods(db, municipality)).find(({ id }) => id === value);
    // What was typed without choosing comes back as it was typed.
    return { value, label: found?.name ?? value };
  },
};
