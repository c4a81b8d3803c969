import { expect, it } from 'vitest';
import type { Refusal } from '../../src/municipality/apply-municipality.js';
import type { Change } from '../../src/municipality/changes.js';
import { sayChanges, sayRefusal } from '../../src/municipality/say-changes.js';

const assignment = { kind: 'assignment', number: 7, neighbourhood: 'Rabot', person: 'Regisseur Rabot' } as const;

it.each<[change: Change, dutch: string, english: string]>([
  [
    { ...assignment, change: 'added', from: '2026-01-01', until: null },
    '+ Wijk 7 Rabot: Regisseur Rabot (vanaf 1 januari 2026)',
    '+ Neighbourhood 7 Rabot: Regisseur Rabot (from 1 January 2026)',
  ],
  [
    { ...assignment, change: 'removed', from: null, until: '2026-08-31' },
    '- Wijk 7 Rabot: niet meer Regisseur Rabot (tot en met 31 augustus 2026)',
    '- Neighbourhood 7 Rabot: no longer Regisseur Rabot (until and including 31 August 2026)',
  ],
  [
    { ...assignment, change: 'added', from: null, until: null },
    '+ Wijk 7 Rabot: Regisseur Rabot',
    '+ Neighbourhood 7 Rabot: Regisseur Rabot',
  ],
  [
    { kind: 'leave', change: 'added', person: 'R', from: '2026-07-01', until: '2026-07-08', replacement: null },
    '+ Afwezig: R (vanaf 1 juli 2026 tot en met 8 juli 2026; naar de coördinator)',
    '+ On leave: R (from 1 July 2026 until and including 8 July 2026; to the coordinator)',
  ],
  [
    { kind: 'person', change: 'added', name: 'R', roles: ['regisseur', 'administrator'], fields: [] },
    '+ R (regisseur, beheerder)',
    '+ R (regisseur, administrator)',
  ],
  [
    { kind: 'person', change: 'inactive', name: 'R', openSignals: 1 },
    '- R staat niet meer in het bestand en wordt op non-actief gezet. Er staat nog 1 open signaal op die naam: de coördinator kan het overnemen.',
    '- R is no longer in the file and becomes inactive. 1 open signal is still in that name: the coordinator can take it over.',
  ],
  [
    { kind: 'person', change: 'worker-again', name: 'R', openSignals: 0 },
    '~ R staat niet meer in het bestand en wordt weer gewoon basiswerker.',
    '~ R is no longer in the file and becomes a worker again.',
  ],
  [
    { kind: 'account', change: 'moved', person: 'R', from: 'S', platform: 'slack', externalId: 'U0R' },
    '~ R: Slack-account U0R, tot nu van S',
    '~ R: Slack account U0R, until now of S',
  ],
])('tells %j in words', (change, dutch, english) => {
  expect(sayChanges([change], 'nl')).toEqual([dutch]);
  expect(sayChanges([change], 'en')).toEqual([english]);
});

it('shows of a setting only what differs', () => {
  const police = { key: 'police', nl: 'Politie', en: 'Police' };
  const fields = [
    {
      field: 'sectors',
      from: [police, { key: 'other', nl: 'Andere', en: 'Other' }],
      to: [{ ...police, nl: 'Flikken' }],
    },
    { field: 'stalled', from: { workingDays: 20 }, to: { workingDays: 'never' } },
    { field: 'closingDays', from: [], to: ['2026-07-20', '2026-12-24'] },
  ];
  expect(sayChanges([{ kind: 'municipality', change: 'changed', name: 'Gent', fields }], 'nl')).toEqual([
    '~ Gemeente Gent',
    '    sectors.police.nl: Politie → Flikken',
    '    sectors.other.nl: Andere → (niets)',
    '    sectors.other.en: Other → (niets)',
    '    stalled.workingDays: 20 → never',
    '    closingDays: (niets) → 2026-07-20, 2026-12-24',
  ]);
});

it('says why a file is refused, and what to do', () => {
  const refusal = {
    ok: false as const,
    code: 'MUNICIPALITY.NEIGHBOURHOOD_IN_USE' as const,
    numbers: [7, 9],
  } satisfies Refusal;
  expect(sayRefusal(refusal, 'nl')).toContain('De wijken 7, 9 staan niet meer in het bestand');
  expect(sayRefusal({ ...refusal, numbers: [7] }, 'en')).toContain('Neighbourhood 7 is no longer in the file');
});
