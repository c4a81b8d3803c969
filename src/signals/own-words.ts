import type { ViewContext } from '../chat/feature.js';
import { signalTexts } from './texts.js';

/** Texts of filing that a municipality may word itself, under `texts` in its file. */
export type OwnText =
  | 'file.description.hint'
  | 'file.statement'
  | `file.matter.${'signal' | 'complaint' | 'client' | 'resident' | 'draft'}`
  | `redirect.${'complaint' | 'client' | 'resident'}`
  | `tips.${1 | 2 | 3}`;

/** The municipality's own words for a text where its file has them, else ours. */
export function sayOwn({ municipality, locale }: Pick<ViewContext, 'municipality' | 'locale'>, key: OwnText): string {
  return municipality.settings.texts[key]?.[locale] ?? signalTexts(locale)(key);
}
