import i18next from 'i18next';
import { findOwnText } from './own-words.js';

export const LOCALES = ['nl', 'en'] as const;
export type Locale = (typeof LOCALES)[number];

/** Takes `nl-BE`, `en-US`, `fr`, null ...; anything but English reads Dutch, the users' language. */
export function toLocale(tag: string | null | undefined): Locale {
  return tag?.toLowerCase().startsWith('en') ? 'en' : 'nl';
}

type PluralBase<K extends string> = K extends `${infer Base}_${'one' | 'other'}` ? Base : K;
export type Variables = Record<string, string | number>;
export type Translate<K extends string> = (key: PluralBase<K>, variables?: Variables) => string;

/**
 * A capability's words, Dutch and English side by side. Keys ending in `_one` and `_other` are plurals, chosen by
 * the variable `count`; `{{name}}` is replaced by a variable, taken literally: what users typed is never interpreted.
 *
 * @returns a function from a locale to a translator whose keys are checked by the compiler.
 */
export function defineTexts<K extends string>(
  nl: Record<K, string>,
  en: Record<NoInfer<K>, string>,
): ((locale: Locale) => Translate<K>) & { all: Record<Locale, Record<K, string>> } {
  const instance = i18next.createInstance();
  void instance.init({
    initAsync: false,
    showSupportNotice: false,
    resources: { nl: { translation: nl }, en: { translation: en } },
    keySeparator: false,
    nsSeparator: false,
    interpolation: { escapeValue: false, skipOnVariables: true },
  });
  const fixed = { nl: instance.getFixedT('nl'), en: instance.getFixedT('en') };
  const plainTexts = { nl: withoutPlaces(nl), en: withoutPlaces(en) };
  const translator = (locale: Locale) => {
    const translate: Translate<K> = (key, variables = NONE) => {
      const own = findOwnText(catalogue, locale, [...pluralKeys(key, locale, variables), key]);
      // Most of a form's texts: nothing to fill in, so nothing to interpret.
      const plain = own === undefined ? plainTexts[locale].get(key) : undefined;
      if (plain !== undefined && variables === NONE) return plain;
      return own === undefined
        ? fixed[locale](key, variables)
        : fixed[locale](NO_KEY, { ...variables, defaultValue: own });
    };
    return translate;
  };
  const catalogue = Object.assign(translator, { all: { nl, en } });
  return catalogue;
}

/** No text is called this: its default, which is filled in like any other text, is what is said. */
const NO_KEY = 'a town’s own words';

const NONE: Variables = {};

/** The texts that hold no variable and no other text. */
function withoutPlaces(texts: Record<string, string>): ReadonlyMap<string, string> {
  return new Map(Object.entries(texts).filter(([, text]) => !/\{\{|\$t\(/.test(text)));
}

function pluralKeys(key: string, locale: Locale, { count }: Variables): string[] {
  return typeof count === 'number' ? [`${key}_${new Intl.PluralRules(locale).select(count)}`] : [];
}
