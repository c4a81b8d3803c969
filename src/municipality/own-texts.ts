import { chatTexts } from '../chat/chat-texts.js';
import type { OwnTexts, OwnWords } from '../chat/own-words.js';
import { LOCALES, type Locale } from '../chat/texts.js';
import { digestTexts } from '../digests/texts.js';
import { endorsementTexts } from '../endorsements/texts.js';
import { followingTexts } from '../following/texts.js';
import { linkTexts } from '../links/texts.js';
import { settingsTexts } from '../settings/texts.js';
import { signInTexts } from '../sign-in/texts.js';
import { signalTexts } from '../signals/texts.js';
import { siteTexts } from '../status-site/texts.js';
import { transferTexts } from '../transfer/texts.js';
import { type Finding, suggest } from './file-problems.js';
import type { MunicipalitySettings } from './municipality-settings.js';

type Catalogue = { all: Record<Locale, Record<string, string>> };

/** What a municipality may say in its own words; a text is called `<one of these>.<key>`. */
const CATALOGUES: Record<string, Catalogue> = {
  signals: signalTexts,
  following: followingTexts,
  digests: digestTexts,
  settings: settingsTexts,
  endorsements: endorsementTexts,
  transfer: transferTexts,
  links: linkTexts,
  site: siteTexts,
  'sign-in': signInTexts,
  chat: chatTexts,
};

/** A text as it is without the municipality's own words. */
export interface OurText {
  /** Such as `signals.receipt.heading`. */
  name: string;
  words: Record<Locale, string>;
}

export function listOurTexts(): OurText[] {
  return Object.entries(CATALOGUES).flatMap(([name, { all }]) =>
    Object.keys(all.nl).map((key) => ({
      name: `${name}.${key}`,
      words: { nl: all.nl[key] ?? '', en: all.en[key] ?? '' },
    })),
  );
}

/** What is wrong with the texts of a municipality file: names that do not exist, and words in braces that stand for nothing. */
export function checkOwnTexts(texts: MunicipalitySettings['texts']): Finding[] {
  const ours = new Map(listOurTexts().map((text) => [text.name, text]));
  return Object.entries(texts).flatMap(([name, own]): Finding[] => {
    const text = ours.get(name);
    if (!text) {
      const suggestion = suggest(name, [...ours.keys()]);
      const at = { path: ['texts', name], on: 'key' } as const;
      return [
        suggestion
          ? { ...at, text: 'UNKNOWN_TEXT.suggest', variables: { key: name, suggestion } }
          : { ...at, text: 'UNKNOWN_TEXT', variables: { key: name } },
      ];
    }
    return LOCALES.flatMap((locale): Finding[] => {
      const known = placeholdersOf(text.words[locale]);
      const unknown = placeholdersOf(own[locale] ?? '').filter((each) => !known.includes(each));
      if (unknown.length === 0) return [];
      const variables = { unknown: unknown.join(' '), known: known.join(' ') };
      const kind = known.length > 0 ? 'PLACEHOLDER' : 'PLACEHOLDER.none';
      return [{ path: ['texts', name, locale], text: kind, variables }];
    });
  });
}

/** `{{name}}`, and `$t(...)`, which would be another text. */
function placeholdersOf(words: string): string[] {
  const found = words.match(/\{\{[^{}]*\}\}|\$t\([^)]*\)?|\{\{|\}\}/g) ?? [];
  return [...new Set(found.map((each) => each.replace(/\s/g, '')))];
}

/** The municipality's own words, for `inOwnWords`. Names that this version does not know any more are left out. */
export function readOwnWords(texts: MunicipalitySettings['texts']): OwnWords {
  const words = new Map<object, { [L in Locale]?: Record<string, string> }>();
  for (const [name, own] of Object.entries(texts)) {
    const found = Object.entries(CATALOGUES).find(
      ([prefix, { all }]) => name.startsWith(`${prefix}.`) && Object.hasOwn(all.nl, name.slice(prefix.length + 1)),
    );
    if (!found) continue;
    const [prefix, catalogue] = found;
    const key = name.slice(prefix.length + 1);
    const texts = words.get(catalogue) ?? {};
    for (const locale of LOCALES) {
      const text = own[locale];
      if (text !== undefined) texts[locale] = { ...texts[locale], [key]: text };
    }
    words.set(catalogue, texts satisfies OwnTexts);
  }
  return words;
}
