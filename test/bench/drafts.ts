import type { SignalDraft } from '../../src/signals/filing/file-signal.js';
import { WORDS } from './words.js';

/** The n-th signal that both sides file: mostly about one neighbourhood, one in four about two, one in twenty acute. */
export function draftOf(number: number, neighbourhoodIds: string[]): SignalDraft {
  const words = (from: number, count: number) =>
    Array.from({ length: count }, (_, index) => WORDS[(from * 31 + index * 17) % WORDS.length]).join(' ');
  const place = (index: number) => neighbourhoodIds[index % neighbourhoodIds.length] ?? '';
  return {
    title: words(number, 5),
    description: words(number + 1, 40),
    neighbourhoodIds: number % 4 === 0 ? [place(number), place(number + 1)] : [place(number)],
    cityWide: false,
    cause: 'lack_of_information',
    frequency: 'weekly',
    peopleBand: 'from_5_to_19',
    lifeDomain: 'housing',
    sector: 'social-work',
    organisation: 'Het Buurthuis',
    acute: number % 20 === 0,
  };
}

/** Does them all, so many at a time. */
export async function inFlight(
  times: number,
  atOnce: number,
  work: (index: number) => Promise<unknown>,
): Promise<void> {
  let next = 0;
  const lane = async () => {
    while (next < times) {
      next += 1;
      await work(next);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
}
