import { describe, expect, it } from 'vitest';
import { type FileProblem, parseMunicipalityFile, settingsOf } from '../../src/municipality/municipality-file.js';
import { MunicipalitySettings } from '../../src/municipality/municipality-settings.js';
import { readPreset } from '../../src/municipality/presets.js';

/** Lines are counted in the tests below: the first is 1. */
const GOOD = `name: Voorbeeldgem
reference: V
zone: Europe/Brussels
administrators: [{ name: IT-dienst, slack: { user: U0ADMIN } }]
neighbourhoods:
  - { number: 4, name: Brugse Poort }
  - { number: 7, name: Rabot - Blaisantvest, aliases: [Rabot] }
regisseurs:
  - name: Regisseur Poort
    slack: { user: U0REG1, channel: C0REG1 }
    neighbourhoods: [4]
    from: 2026-01-01
  - name: Regisseur Rabot
    teams: { user: 00000000-0000-0000-0000-000000000003, team: 19:t@thread.tacv2, channel: 19:c@thread.tacv2 }
    neighbourhoods: [7]
    from: 2026-01-01
coordinator: { name: Coordinator, slack: { user: U0COORD, channel: C0COORD } }
`;

function edited(...edits: [from: string, to: string][]): string {
  return edits.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`the test looks for “${from}”`);
    return text.replace(from, to);
  }, GOOD);
}

/** Every problem as `line:column CODE`. */
function problemsOf(yaml: string): string[] {
  const result = parseMunicipalityFile(yaml);
  return result.ok ? [] : result.problems.map(show);
}

function noticesOf(yaml: string, today?: string): string[] {
  const result = parseMunicipalityFile(yaml, today);
  if (!result.ok) throw new Error(result.problems.map(show).join('\n'));
  return result.notices.map(show);
}

function show({ line, column, code }: FileProblem): string {
  return `${line}:${column} ${code.replace('MUNICIPALITY_FILE.', '')}`;
}

describe('a municipality file that is right', () => {
  it('is read with every default filled in', () => {
    const result = parseMunicipalityFile(GOOD);
    expect(result).toMatchObject({
      ok: true,
      notices: [],
      file: { name: 'Voorbeeldgem', locale: 'nl-BE', acknowledgement: { workingDays: 5 }, visibility: 'signed-in' },
    });
    expect(result.ok && settingsOf(result.file)).toEqual(MunicipalitySettings.parse({}));
  });

  it('may say a thing of its own for every clock, list and link', () => {
    const result = parseMunicipalityFile(`${GOOD}
stalled: { workingDays: never }
visibility: public
closingDays: [2026-07-20, 2026-12-24]
sectors: [{ key: straathoekwerk, nl: Straathoekwerk, en: Street work }]
links: { complaints: { label: Klachtendienst, url: 'https://voorbeeldgem.be/klacht' } }
texts: { signals.receipt.heading: { nl: Bedankt! } }
`);
    expect(result).toMatchObject({
      ok: true,
      file: {
        stalled: { workingDays: 'never' },
        sectors: [{ key: 'straathoekwerk' }],
        texts: { 'signals.receipt.heading': { nl: 'Bedankt!' } },
      },
    });
  });

  it.each(['gent', 'small'] as const)('comes with the program: %s', (preset) => {
    expect(noticesOf(readPreset(preset))).toEqual([]);
  });

  it('gives Ghent its 25 neighbourhoods, six regisseurs and one coordinator', () => {
    const result = parseMunicipalityFile(readPreset('gent'));
    if (!result.ok) throw new Error();
    expect(result.file.neighbourhoods.map(({ number }) => number)).toEqual(Array.from({ length: 25 }, (_, i) => i + 1));
    expect(result.file.regisseurs.map(({ neighbourhoods }) => neighbourhoods.map(({ number }) => number))).toEqual([
      [1, 2],
      [3, 15, 16, 17, 18],
      [4, 7],
      [5, 6, 19, 20, 21, 22, 23],
      [8, 9, 10, 24, 25],
      [11, 12, 13, 14],
    ]);
  });

  it('shows in the complete example the very defaults that hold without it', () => {
    const result = parseMunicipalityFile(readPreset('gent'));
    if (!result.ok) throw new Error();
    expect({ ...settingsOf(result.file), links: {}, newsletters: [] }).toEqual(MunicipalitySettings.parse({}));
  });

  it('may hand a neighbourhood over on a day', () => {
    const yaml = edited(['[4]', '[4, { number: 7, from: 2026-09-01 }]'], ['[7]', '[{ number: 7, until: 2026-08-31 }]']);
    expect(noticesOf(yaml)).toEqual([]);
  });

  it('may make one person coordinator, regisseur and administrator', () => {
    const yaml = edited(
      [
        'coordinator: { name: Coordinator, slack: { user: U0COORD, channel: C0COORD } }',
        'coordinator: { name: Regisseur Poort }',
      ],
      ['name: IT-dienst, slack: { user: U0ADMIN }', 'name: Regisseur Poort, slack: { user: U0REG1 }'],
    );
    expect(problemsOf(yaml)).toEqual([]);
  });
});

describe('a mistake in a municipality file is named with its line', () => {
  it.each<[what: string, yaml: string, ...problems: string[]]>([
    ['a key that is misspelt, told once', edited(['\nneighbourhoods:', '\nneigbourhoods:']), '5:1 UNKNOWN_KEY'],
    ['a key that does not exist', `${GOOD}colour: blue\n`, '18:1 UNKNOWN_KEY'],
    ['a key in the wrong place', edited(['from: 2026-01-01', 'zone: Europe/Brussels']), '12:5 UNKNOWN_KEY'],
    ['a key that is missing', edited(['reference: V\n', '']), '1:1 MISSING'],
    ['a key written twice', `${GOOD}name: Gent\n`, '18:1 DUPLICATE_KEY'],
    ['an empty name', edited(['name: Voorbeeldgem', 'name: "  "']), '1:7 EMPTY'],
    ['a number where a text belongs', edited(['name: Voorbeeldgem', 'name: 9000']), '1:7 WRONG_TYPE'],
    [
      'nothing where a list belongs',
      edited(['administrators: [{ name: IT-dienst, slack: { user: U0ADMIN } }]', 'administrators:']),
      '4:16 WRONG_TYPE',
    ],
    ['a reference in small letters', edited(['reference: V', 'reference: v']), '2:12 REFERENCE'],
    ['a zone that does not exist', edited(['Europe/Brussels', 'Europe/Brussel']), '3:7 ZONE'],
    ['a language that is not spoken', `${GOOD}locale: fr-BE\n`, '18:9 LOCALE'],
    ['a neighbourhood that is not in the list', edited(['[4]', '[4, 5]']), '11:25 UNKNOWN_NEIGHBOURHOOD'],
    ['a neighbourhood by its name', edited(['[4]', '[Rabot]']), '11:22 NEIGHBOURHOOD_NUMBER'],
    ['two neighbourhoods with one number', edited(['number: 7', 'number: 4'], ['[7]', '[]']), '7:15 DUPLICATE_NUMBER'],
    [
      'two neighbourhoods with one name',
      edited(['name: Rabot - Blaisantvest', 'name: brugse-poort']),
      '7:24 DUPLICATE_NAME',
    ],
    ['two owners on one day', edited(['[7]', '[7, 4]']), '15:25 TWO_OWNERS'],
    [
      'two owners on the one day they share',
      edited(['[4]', '[{ number: 4, until: 2026-08-31 }]'], ['[7]', '[7, { number: 4, from: 2026-08-31 }]']),
      '15:25 TWO_OWNERS',
    ],
    ['a neighbourhood twice with one regisseur', edited(['[4]', '[4, 4]']), '11:25 DUPLICATE_ASSIGNMENT'],
    ['a day that does not exist', edited(['from: 2026-01-01', 'from: 2026-02-30']), '12:11 DAY'],
    ['a day of another century', edited(['from: 2026-01-01', 'from: 0226-01-01']), '12:11 DAY'],
    ['a day written the Flemish way', edited(['from: 2026-01-01', 'from: 01/02/2026']), '12:11 DAY'],
    [
      'an end before the start',
      edited(['from: 2026-01-01', 'from: 2026-01-01\n    until: 2025-12-31']),
      '13:12 UNTIL_BEFORE_FROM',
    ],
    [
      'a replacement that does not exist',
      edited(['[4]', '[4]\n    leave: { from: 2026-07-01, until: 2026-07-08, replacement: Niemand }']),
      '12:64 UNKNOWN_REPLACEMENT',
    ],
    [
      'a replacement that is the same person',
      edited(['[4]', '[4]\n    leave: { from: 2026-07-01, until: 2026-07-08, replacement: regisseur-poort }']),
      '12:64 OWN_REPLACEMENT',
    ],
    [
      'an absence that ends before it starts',
      edited(['[4]', '[4]\n    leave: { from: 2026-07-08, until: 2026-07-01 }']),
      '12:39 UNTIL_BEFORE_FROM',
    ],
    [
      'two absences at once',
      edited([
        '[4]',
        '[4]\n    leave: [{ from: 2026-07-01, until: 2026-07-08 }, { from: 2026-07-08, until: 2026-07-09 }]',
      ]),
      '12:54 OVERLAPPING_LEAVE',
    ],
    ['two people of one name', edited(['name: Regisseur Rabot', 'name: Regisseur Poort']), '13:11 DUPLICATE_PERSON'],
    ['a name no key can be made of', edited(['name: Regisseur Rabot', 'name: 李']), '13:11 KEY_NEEDED'],
    ['one Slack account for two people', edited(['U0COORD', 'U0REG1']), '17:50 DUPLICATE_ACCOUNT'],
    ['one Slack channel for two people', edited(['C0COORD', 'C0REG1']), '17:68 DUPLICATE_CHANNEL'],
    ['one person with two Slack accounts', edited(['name: IT-dienst', 'name: Coordinator']), '4:54 OTHER_ACCOUNT'],
    ['a Slack name instead of a code', edited(['U0COORD', '"@jan"']), '17:50 SLACK_USER'],
    ['a Slack channel by its name', edited(['C0COORD', '"#coordinatie"']), '17:68 SLACK_CHANNEL'],
    [
      'a Teams user by e-mail',
      edited(['00000000-0000-0000-0000-000000000003', 'iemand@voorbeeldgem.be']),
      '14:20 TEAMS_USER',
    ],
    ['a Teams channel without its team', edited(['team: 19:t@thread.tacv2, ', '']), '14:12 TEAMS_CHANNEL'],
    ['a word for a number of days', `${GOOD}stalled: { workingDays: nooit }\n`, '18:25 WORKING_DAYS'],
    ['a choice that does not exist', `${GOOD}visibility: iedereen\n`, '18:13 CHOICE'],
    [
      'an address that is no web page',
      `${GOOD}links: { complaints: { label: Klacht, url: 'javascript:alert(1)' } }\n`,
      '18:44 URL',
    ],
    [
      'a list of choices with one key twice',
      `${GOOD}sectors: [{ key: a, nl: A, en: A }, { key: a, nl: B, en: B }]\n`,
      '18:44 DUPLICATE_CHOICE',
    ],
    ['a list of choices without any', `${GOOD}sectors: []\n`, '18:10 EMPTY'],
    ['half a day of retention', `${GOOD}retention: { filerDays: 0.5 }\n`, '18:25 WRONG_TYPE'],
    ['a text with an impossible name', `${GOOD}texts: { 'a/b': { nl: x } }\n`, '18:10 TEXT_KEY'],
    ['a tab', `${GOOD}links:\n\tcomplaints:\n`, '19:1 NOT_YAML'],
    ['a bracket left open', edited(['[7]', '[7']), '16:5 NOT_YAML'],
    ['a second document', `${GOOD}---\nname: Gent\n`, '18:1 NOT_YAML'],
    ['an anchor and its alias', `${GOOD}closingDays: &days [2026-07-20]\nlinks: *days\n`, '18:20 ALIAS', '19:8 ALIAS'],
    ['a tag', `${GOOD}closingDays: !mine []\n`, '18:20 NOT_YAML'],
    ['an empty file', '', '1:1 EMPTY_FILE'],
    ['a file of comments', '# nog te doen\n', '1:1 EMPTY_FILE'],
    ['a list', '- Gent\n', '1:1 WRONG_TYPE'],
    ['a text', 'Gent\n', '1:1 WRONG_TYPE'],
  ])('%s', (_what, yaml, ...problems) => {
    expect(problemsOf(yaml)).toEqual(problems);
  });

  it('names all mistakes at once, in the order of the lines', () => {
    const yaml = edited(['zone: Europe/Brussels', 'zone: Mars'], ['reference: V', 'reference: ""'], ['[4]', '[vier]']);
    expect(problemsOf(yaml)).toEqual(['2:12 REFERENCE', '3:7 ZONE', '11:22 NEIGHBOURHOOD_NUMBER']);
  });

  it('asks whether the nearest word was meant, in both languages', () => {
    const result = parseMunicipalityFile(edited(['    from: 2026', '    form: 2026']));
    expect(result).toMatchObject({
      problems: [
        {
          path: 'regisseurs[0].form',
          message: {
            nl: 'De sleutel “form” bestaat hier niet. Bedoelde u “from”?',
            en: 'There is no key “form” here. Did you mean “from”?',
          },
        },
      ],
    });
    const zone = parseMunicipalityFile(edited(['Europe/Brussels', 'Europe/Brusels']));
    expect(!zone.ok && zone.problems[0]?.message.nl).toContain('Bedoelde u “Europe/Brussels”?');
  });

  it('says where the other owner stands', () => {
    const result = parseMunicipalityFile(edited(['[7]', '[7, 4]']));
    expect(!result.ok && result.problems[0]?.message.nl).toBe(
      'Wijk 4 heeft op 2026-01-01 twee regisseurs: deze en die van regel 11. Elke dag is er hoogstens één.',
    );
  });

  it('repeats nobody’s name, since these lines may end in a log', () => {
    const yaml = edited(
      ['name: Regisseur Rabot', 'name: Regisseur Poort'],
      ['[4]', '[4, 7]\n    leave: { from: 2026-07-01, until: 2026-07-08, replacement: Regisseur Port }'],
      ['U0COORD', 'U0REG1'],
    );
    const result = parseMunicipalityFile(yaml);
    expect(!result.ok && result.problems.length).toBeGreaterThan(2);
    expect(JSON.stringify(result)).not.toContain('Regisseur P');
  });
});

describe('what a municipality file leaves to the coordinator is said, not refused', () => {
  it.each<[what: string, yaml: string, ...notices: string[]]>([
    ['a neighbourhood of nobody', edited(['[4]', '[]']), '6:5 GAP'],
    [
      'days between two regisseurs',
      edited(['[4]', '[{ number: 4, until: 2026-08-31 }]'], ['[7]', '[7, { number: 4, from: 2026-09-05 }]']),
      '6:5 GAP',
    ],
    ['days after the last', edited(['[7]', '[{ number: 7, until: 2026-08-31 }]']), '7:5 GAP'],
    ['days before the first', edited(['[7]', '[{ number: 7, from: 2026-03-01 }]']), '7:5 GAP'],
    [
      'an absence without a replacement',
      edited(['[4]', '[4]\n    leave: { from: 2026-07-01, until: 2026-07-08 }']),
      '12:12 NO_REPLACEMENT',
    ],
    [
      'a replacement who is away too',
      edited(
        ['[4]', '[4]\n    leave: { from: 2026-07-01, until: 2026-07-08, replacement: Regisseur Rabot }'],
        ['[7]', '[7]\n    leave: { from: 2026-07-08, until: 2026-07-09, replacement: Coordinator }'],
      ),
      '12:64 REPLACEMENT_AWAY',
    ],
    [
      'nobody who sees failed messages',
      edited(['administrators: [{ name: IT-dienst, slack: { user: U0ADMIN } }]\n', '']),
      '1:1 NO_ADMINISTRATOR',
    ],
  ])('%s', (_what, yaml, ...notices) => {
    expect(noticesOf(yaml)).toEqual(notices);
  });

  it('says from and until which day', () => {
    const result = parseMunicipalityFile(
      edited(['[4]', '[{ number: 4, until: 2026-08-31 }]'], ['[7]', '[7, { number: 4, from: 2026-09-05 }]']),
    );
    expect(result.ok && result.notices[0]?.message.nl).toBe(
      'Wijk 4 heeft van 2026-09-01 tot en met 2026-09-04 geen regisseur: signalen gaan dan naar de coördinator.',
    );
  });

  it('leaves out what lies in the past', () => {
    const yaml = edited(
      ['[4]', '[{ number: 4, until: 2026-08-31 }]\n    leave: { from: 2026-07-01, until: 2026-07-08 }'],
      ['[7]', '[7, { number: 4, from: 2026-09-05 }]'],
    );
    expect(noticesOf(yaml, '2026-09-05')).toEqual([]);
    expect(noticesOf(yaml, '2026-07-08')).toEqual(['6:5 GAP', '12:12 NO_REPLACEMENT']);
  });
});

describe('a file made to do harm is refused in seconds', () => {
  it.each<[what: string, yaml: string, code: string]>([
    ['of a megabyte', `# ${'x'.repeat(1_048_576)}\n${GOOD}`, 'TOO_BIG'],
    [
      'of aliases that multiply',
      `a: &a [x,x,x,x,x,x,x,x,x]\n${[...'bcdefghi'].map((key, i) => `${key}: &${key} [${`*${'abcdefgh'[i]},`.repeat(9)}]`).join('\n')}`,
      'ALIAS',
    ],
    ['of 25,000 keys', Array.from({ length: 25_000 }, (_, i) => `k${i}: 1`).join('\n'), 'UNKNOWN_KEY'],
    ['of 100,000 layers', '['.repeat(100_000), 'NOT_YAML'],
    ['of 10,000 layers of keys', 'a: {'.repeat(10_000), 'NOT_YAML'],
    ['of control characters', '\u0000\u0001\u0002', 'WRONG_TYPE'],
    ['that reaches for the prototype', `${GOOD}__proto__: { visibility: public }\nconstructor: 1\n`, 'UNKNOWN_KEY'],
  ])('%s', (_what, yaml, code) => {
    const started = performance.now();
    const result = parseMunicipalityFile(yaml);
    expect(performance.now() - started).toBeLessThan(10_000);
    expect(!result.ok && result.problems.map((problem) => problem.code)).toContain(`MUNICIPALITY_FILE.${code}`);
    expect(!result.ok && result.problems.length).toBeLessThanOrEqual(101);
  });

  it('the largest file that is read is read in seconds', () => {
    const many = Array.from(
      { length: 1_000 },
      (_, i) => `  - { number: ${i + 1}, name: Wijk ${i + 1}, aliases: [${'Buurt, '.repeat(25)}] }`,
    );
    const yaml = edited([
      '  - { number: 4, name: Brugse Poort }\n  - { number: 7, name: Rabot - Blaisantvest, aliases: [Rabot] }',
      many.join('\n'),
    ]);
    const started = performance.now();
    expect(parseMunicipalityFile(yaml).ok).toBe(true);
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});

it('settings of a row are read with what was added to the file since', () => {
  expect(MunicipalitySettings.parse({ visibility: 'public', somethingOld: 1 })).toEqual({
    ...MunicipalitySettings.parse({}),
    visibility: 'public',
  });
});
