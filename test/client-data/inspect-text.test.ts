import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inspectText, type Finding } from '../../src/client-data/index.js';

const blocked = (text: string): string[] =>
  inspectText(text).blocked.map((finding) => `${finding.kind}: ${finding.text}`);
const names = (text: string, allow: string[] = []): string[] =>
  inspectText(text, { allow }).likelyNames.map((finding) => finding.text);

/** Every finding must be cut from the text as typed. */
function expectHonestOffsets(text: string): Finding[] {
  const { blocked: hard, likelyNames } = inspectText(text);
  for (const finding of [...hard, ...likelyNames]) {
    expect(text.slice(finding.start, finding.end)).toBe(finding.text);
    expect(finding.end).toBeGreaterThan(finding.start);
  }
  return hard;
}

describe('national numbers', () => {
  it('are found for births in both centuries, and for BIS numbers', () => {
    expect(blocked('rr 85.07.30-033.28')).toEqual(['national-number: 85.07.30-033.28']);
    expect(blocked('rr 15.11.08-096.85')).toEqual(['national-number: 15.11.08-096.85']);
    expect(blocked('bis 88.45.17-409.80')).toEqual(['national-number: 88.45.17-409.80']);
  });

  it('of eleven digits that fail the check are left alone', () => {
    expect(blocked('dossier 85.07.30-033.29 en 12345678901')).toEqual([]);
  });

  it('with a month or a day that does not exist are left alone, even when the check digits are right', () => {
    const withCheck = (nine: string): string => nine + String(97 - (Number(nine) % 97)).padStart(2, '0');
    expect(blocked(`nr ${withCheck('850730033')}`)).toEqual(['national-number: 85073003328']);
    expect(blocked(`nr ${withCheck('851330033')} en ${withCheck('850732033')}`)).toEqual([]);
  });

  it('are not hidden by characters that cannot be seen', () => {
    const text = 'nr 85\u200b.07\u00ad.30\u00a0\u2013\u00a0033\u2060.28!';
    expect(expectHonestOffsets(text)).toEqual([
      { kind: 'national-number', start: 3, end: text.length - 1, text: text.slice(3, -1) },
    ]);
  });

  const invented = fc
    .record({
      year: fc.integer({ min: 1920, max: 2025 }),
      month: fc.integer({ min: 1, max: 12 }),
      day: fc.integer({ min: 1, max: 28 }),
      serial: fc.integer({ min: 1, max: 998 }),
      bis: fc.constantFrom(0, 20, 40),
    })
    .map(({ year, month, day, serial, bis }) => {
      const two = (value: number): string => String(value).padStart(2, '0');
      const nine = `${two(year % 100)}${two(month + bis)}${two(day)}${String(serial).padStart(3, '0')}`;
      return nine + two(97 - (Number(year >= 2000 ? `2${nine}` : nine) % 97));
    });
  const separator = fc.constantFrom('', ' ', '.', '-', '/', '\u00a0', ' - ', '\u2013', '\u200b', '\u2009', '. ', '\n');
  const digitSet = fc.constantFrom(0x30, 0xff10, 0x0660, 0x06f0, 0x0966, 0x1d7ce);

  it('that are valid are found with any separators, in any digits, in the middle of a sentence', () => {
    fc.assert(
      fc.property(invented, fc.array(separator, { minLength: 4, maxLength: 4 }), digitSet, (digits, between, zero) => {
        const pieces = [
          digits.slice(0, 2),
          digits.slice(2, 4),
          digits.slice(4, 6),
          digits.slice(6, 9),
          digits.slice(9),
        ];
        const plain = pieces.map((piece, index) => piece + (between[index] ?? '')).join('');
        const written = plain.replace(/\d/g, (digit) => String.fromCodePoint(zero + Number(digit)));
        const found = expectHonestOffsets(`Het gaat om ${written} uit de wijk.`);
        expect(found.map(({ kind, text }) => [kind, text])).toEqual([['national-number', written]]);
      }),
      { numRuns: 500 },
    );
  });

  it('are seldom seen in eleven random digits', () => {
    const random = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 11, maxLength: 11 });
    const samples = fc.sample(random, { numRuns: 5_000, seed: 97 }).map((digits) => digits.join(''));
    const found = samples.filter((digits) => blocked(`dossier ${digits}`).some((one) => one.startsWith('national')));
    // About 12 % of random digits begin with a possible date, and 2 % of those pass one of the two checks: 0.5 %.
    expect(found.length).toBeLessThan(50);
  });
});

describe('phone numbers', () => {
  it.each([
    '0470 12 34 56', '0470/12.34.56', '0470123456', '+32 470 12 34 56', '0032 470 12 34 56', '+32 (0)470 12 34 56', '(09) 225 44 10',
    '09 224 12 34', '02/555.12.34', '+31 6 24681357', '06 24681357', '+212 612-345678', '0470\u00a012\u00a034\u00a056', '٠٤٧٠ ١٢ ٣٤ ٥٦',
  ])('such as %s are found', (number) => {
    expect(blocked(`Bel ${number}, liefst na vier uur.`)).toEqual([`phone: ${number}`]);
  }); // prettier-ignore

  it('are found when typed against the words around them', () => {
    expect(blocked('bel0470123456als het kan (0486 98 76 54)')).toEqual(['phone: 0470123456', 'phone: 0486 98 76 54']);
  });

  it('of free, paid and company-wide lines are nobody\u2019s and stay', () => {
    expect(blocked('De lijn 0800 12 345 en 078 15 20 20 zijn onbereikbaar, 1712 niet.')).toEqual([]);
  });

  it.each([
    'G-2026-0042', '2024-2025', '01/09/2024', '09.00-12.00 en 13.30-16.30', '€ 1.250.000,00', '9000-9050', 'BE 0467.123.492', 'dossiernummer 020251143',
    '+++090/9337/55493+++', 'EAN 541448820000123456', '06.12, 06.32 en 06.52',
  ])('are not seen in %s', (text) => {
    expect(blocked(`Zie ${text} op de brief.`)).toEqual([]);
  }); // prettier-ignore
});

describe('e-mail addresses', () => {
  it.each([
    'jan.peeters@telenet.be', 'jan [at] telenet.be', 'jan(at)telenet punt be', 'jan at telenet.be', 'jan apenstaartje telenet punt be',
    'jan @ telenet.be', 'jan＠telenet．be', 'jan\u200b@telenet.be', 'rené@école.fr', 'jan@gmail', 'jan_at_gmail.com',
  ])('such as %s are found', (address) => {
    expect(blocked(`Mail naar ${address} voor nieuws`)).toEqual([`email: ${address}`]);
  }); // prettier-ignore

  it('are not seen in an account on a network, a site or a sentence with an at', () => {
    expect(blocked('Volg @buurtwerk en @rabot.gent, of www.stad.gent. Hij at om 12.30 uur brood @ school.')).toEqual(
      [],
    );
  });
});

describe('bank accounts', () => {
  it('are found with spaces, in lower case and with hidden characters', () => {
    expect(blocked('op BE77 0014 5678 9042')).toEqual(['iban: BE77 0014 5678 9042']);
    expect(blocked('op be77001456789042')).toEqual(['iban: be77001456789042']);
    expect(blocked('op BE77\u200b0014\u00a05678\u00ad9042')).toEqual(['iban: BE77\u200b0014\u00a05678\u00ad9042']);
  });

  it('whose checksum is wrong are left alone', () => {
    expect(blocked('op BE77 0014 5678 9043 of BE00 0000 0000 0000')).toEqual([]);
  });
});

describe('likely names', () => {
  it('are asked about, never refused', () => {
    expect(inspectText('Mevrouw Peeters wacht al een jaar.')).toEqual({
      blocked: [],
      likelyNames: [{ kind: 'name', start: 0, end: 15, text: 'Mevrouw Peeters' }],
    });
  });

  it('leave out what the municipality says is a place or an organisation', () => {
    expect(names('Amal en Victoria Deluxe zoeken een lokaal')).toContain('Amal');
    expect(names('AMAL en victoria deluxe en Victoria Deluxe', ['Amal', 'Victoria Deluxe'])).toEqual([]);
    expect(names('Fatima van Amal belde', ['Amal'])).toEqual(['Fatima']);
  });

  it('leave out streets, hospitals, schools and laws that carry a name', () => {
    const text = 'Van de Jan Palfijnstraat tot AZ Jan Palfijn, CLB Jan Van Eyck, Sint-Lucas en de wet Franchimont.';
    expect(names(text)).toEqual([]);
  });

  it('tell a first name from the same word', () => {
    expect(names('Roos en linde bloeien. Mei is warm. Elke week.')).toEqual([]);
    expect(names('Ook Roos bloeit. Roos Peeters niet.')).toEqual(['Roos', 'Roos Peeters']);
  });
});

describe('any text', () => {
  const wild = fc.string({ unit: 'grapheme', maxLength: 200 });

  it('has findings cut from it exactly, in order and apart', () => {
    const parts = fc.constantFrom(
      '85.07.30-033.28', '0470 12 34 56', 'a@b.be', 'BE77 0014 5678 9042', 'mevrouw Peeters', '\u200b', '\u00ad', '👍🏽', 'é', ' ', '\n', 'İ', 'ﬁ', '½',
    ); // prettier-ignore
    fc.assert(
      fc.property(fc.array(fc.oneof(parts, wild), { maxLength: 12 }), (pieces) => {
        const hard = expectHonestOffsets(pieces.join(''));
        hard.slice(1).forEach((finding, index) => {
          expect(finding.start).toBeGreaterThanOrEqual(hard[index]?.end ?? 0);
        });
      }),
      { numRuns: 300 },
    );
  });

  it('without a digit and an at sign holds nothing that is refused', () => {
    const words = fc.constantFrom(
      'de',
      'Fatima',
      'rekening',
      'BE',
      'gemeente',
      'plus',
      'Gent.be',
      'nul vier',
      '-',
      '...',
      '\u00a0',
      'ë',
    );
    fc.assert(
      fc.property(fc.array(words, { maxLength: 40 }), (pieces) => {
        expect(inspectText(pieces.join(' ')).blocked).toEqual([]);
      }),
    );
    fc.assert(
      fc.property(wild, (text) => {
        fc.pre(!/[\p{N}@＠﹫]|\bat\b|ap(?:en)?staart/iu.test(text));
        expect(inspectText(text).blocked).toEqual([]);
      }),
    );
  });

  it('that is empty has no findings', () => {
    expect(inspectText('')).toEqual({ blocked: [], likelyNames: [] });
  });
});
