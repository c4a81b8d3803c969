import { AsyncLocalStorage } from 'node:async_hooks';
import type { Locale } from './texts.js';

/** A town's own words for some texts of one catalogue, by language and key. */
export type OwnTexts = Partial<Record<Locale, Readonly<Record<string, string>>>>;

/** By the catalogue that `defineTexts` made. */
export type OwnWords = ReadonlyMap<object, OwnTexts>;

const inForce = new AsyncLocalStorage<OwnWords | undefined>();

/**
 * Does something in a town's own words: whatever is said in it, however deep, says these instead of ours. It is bound to this
 * piece of work, so that another town's work at the same time is not touched.
 */
export function inOwnWords<T>(words: OwnWords | undefined, work: () => T): T {
  // A town without words of its own: following every promise for it would cost each request a tenth of its time.
  if (!words?.size && inForce.getStore() === undefined) return work();
  return inForce.run(words, work);
}

/** The town's own text, or undefined where ours stands. A plural is asked for with its ending. */
export function findOwnText(catalogue: object, locale: Locale, keys: readonly string[]): string | undefined {
  const own = inForce.getStore()?.get(catalogue)?.[locale];
  if (!own) return undefined;
  const key = keys.find((each) => Object.hasOwn(own, each));
  return key === undefined ? undefined : own[key];
}
