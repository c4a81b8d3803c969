import { expect, it } from 'vitest';
import { sayWhat } from '../../src/administration/failed-deliveries.js';
import { features } from '../../src/features.js';

it('the administrator reads of every message what kind it is, in both languages', () => {
  const views = features.flatMap((feature) => feature.messages ?? []).map(({ id }) => id);
  const unnamed = (words: string, locale: 'nl' | 'en') => views.filter((view) => sayWhat(view, locale) === words);
  expect(views.length).toBeGreaterThan(30);
  expect(unnamed('Bericht', 'nl')).toEqual([]);
  expect(unnamed('Message', 'en')).toEqual([]);
});

it.each([
  ['newsletters.issue', 'Nieuwsbrief'],
  ['newsletters.editor-card', 'Bericht aan de redacteur van een nieuwsbrief'],
  ['digests.regisseur', 'Weekoverzicht'],
  ['forums.invitation', 'Bericht over een forum'],
  ['signals.card', 'Kaart van een signaal'],
  ['signals.receipt', 'Ontvangstbewijs'],
  ['a kind of an earlier version', 'Bericht'],
])('%s is called %s', (view, words) => {
  expect(sayWhat(view, 'nl')).toBe(words);
});
