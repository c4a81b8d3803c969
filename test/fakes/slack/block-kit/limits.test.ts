import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../json.js';
import { isTooLongTogether } from './blocks.js';
import {
  long,
  plain,
  mrkdwn,
  times,
  option,
  options,
  button,
  section,
  actions,
  input,
  typed,
  select,
  said,
} from './samples.js';

describe('a message or view at its limits is taken, and one step over is refused', () => {
  const withButton = (given: JsonObject) => [actions(button(given))];
  const withSelect = (given: JsonObject) => [actions(select(given))];
  const rows: [string, JsonObject[], JsonObject[], string][] = [
    [
      '50 blocks',
      times(50, () => section()),
      times(51, () => section()),
      'no more than 50 items allowed [json-pointer:/blocks]',
    ],
    [
      '3000 of section text',
      [section({ text: mrkdwn(long(3000)) })],
      [section({ text: mrkdwn(long(3001)) })],
      'must be less than 3001 characters [json-pointer:/blocks/0/text/text]',
    ],
    [
      '10 fields',
      [section({ fields: times(10, () => mrkdwn('x')) })],
      [section({ fields: times(11, () => mrkdwn('x')) })],
      'no more than 10 items allowed [json-pointer:/blocks/0/fields]',
    ],
    [
      '2000 of field text',
      [section({ fields: [mrkdwn(long(2000))] })],
      [section({ fields: [mrkdwn(long(2001))] })],
      'must be less than 2001 characters [json-pointer:/blocks/0/fields/0/text]',
    ],
    [
      '150 of header',
      [{ type: 'header', text: plain(long(150)) }],
      [{ type: 'header', text: plain(long(151)) }],
      'must be less than 151 characters [json-pointer:/blocks/0/text/text]',
    ],
    [
      '75 of button text',
      withButton({ text: plain(long(75)) }),
      withButton({ text: plain(long(76)) }),
      'must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]',
    ],
    [
      '2000 of button value',
      withButton({ value: long(2000) }),
      withButton({ value: long(2001) }),
      'must be less than 2001 characters [json-pointer:/blocks/0/elements/0/value]',
    ],
    [
      '255 of action_id',
      withButton({ action_id: long(255) }),
      withButton({ action_id: long(256) }),
      'must be less than 256 characters [json-pointer:/blocks/0/elements/0/action_id]',
    ],
    [
      '255 of block_id',
      [section({ block_id: long(255) })],
      [section({ block_id: long(256) })],
      'must be less than 256 characters [json-pointer:/blocks/0/block_id]',
    ],
    [
      '25 actions',
      [actions(...times(25, (i) => button({ action_id: String(i) })))],
      [actions(...times(26, (i) => button({ action_id: String(i) })))],
      'no more than 25 items allowed [json-pointer:/blocks/0/elements]',
    ],
    [
      '10 context elements',
      [{ type: 'context', elements: times(10, () => mrkdwn('x')) }],
      [{ type: 'context', elements: times(11, () => mrkdwn('x')) }],
      'no more than 10 items allowed [json-pointer:/blocks/0/elements]',
    ],
    [
      '100 options',
      withSelect({ options: options(100) }),
      withSelect({ options: options(101) }),
      'no more than 100 items allowed [json-pointer:/blocks/0/elements/0/options]',
    ],
    [
      '75 of option text',
      withSelect({ options: [option(long(75))] }),
      withSelect({ options: [option(long(76))] }),
      'must be less than 76 characters [json-pointer:/blocks/0/elements/0/options/0/text/text]',
    ],
    [
      '150 of option value',
      withSelect({ options: [option('x', long(150))] }),
      withSelect({ options: [option('x', long(151))] }),
      'must be less than 151 characters [json-pointer:/blocks/0/elements/0/options/0/value]',
    ],
    [
      '5 overflow options',
      [actions({ type: 'overflow', options: options(5) })],
      [actions({ type: 'overflow', options: options(6) })],
      'no more than 5 items allowed [json-pointer:/blocks/0/elements/0/options]',
    ],
    [
      '10 checkboxes',
      [input({ type: 'checkboxes', options: options(10) })],
      [input({ type: 'checkboxes', options: options(11) })],
      'no more than 10 items allowed [json-pointer:/blocks/0/element/options]',
    ],
    [
      '150 of placeholder',
      withSelect({ placeholder: plain(long(150)) }),
      withSelect({ placeholder: plain(long(151)) }),
      'must be less than 151 characters [json-pointer:/blocks/0/elements/0/placeholder/text]',
    ],
    [
      '2000 of label',
      [input(typed(), { label: plain(long(2000)) })],
      [input(typed(), { label: plain(long(2001)) })],
      'must be less than 2001 characters [json-pointer:/blocks/0/label/text]',
    ],
    [
      '2000 of hint',
      [input(typed(), { hint: plain(long(2000)) })],
      [input(typed(), { hint: plain(long(2001)) })],
      'must be less than 2001 characters [json-pointer:/blocks/0/hint/text]',
    ],
    [
      '3000 of max_length',
      [input(typed({ max_length: 3000 }))],
      [input(typed({ max_length: 3001 }))],
      'must be between 1 and 3000 [json-pointer:/blocks/0/element/max_length]',
    ],
    [
      '2000 of alt text',
      [{ type: 'image', image_url: 'https://x.example/a.png', alt_text: long(2000) }],
      [{ type: 'image', image_url: 'https://x.example/a.png', alt_text: long(2001) }],
      'must be less than 2001 characters [json-pointer:/blocks/0/alt_text]',
    ],
    [
      '300 of confirm text',
      withButton({ confirm: confirm(300) }),
      withButton({ confirm: confirm(301) }),
      'must be less than 301 characters [json-pointer:/blocks/0/elements/0/confirm/text/text]',
    ],
  ];

  test.each(rows)('%s', (_name, fits, tooMuch, words) => {
    expect(said(fits)).toEqual([]);
    expect(said(tooMuch)).toContain(words);
  });

  function confirm(length: number): JsonObject {
    return { title: plain('Zeker?'), text: plain(long(length)), confirm: plain('Ja'), deny: plain('Nee') };
  }

  test('a modal and a home tab hold 100 blocks', () => {
    for (const surface of ['modal', 'home'] as const) {
      expect(
        said(
          times(100, () => section()),
          surface,
        ),
      ).toEqual([]);
      expect(
        said(
          times(101, () => section()),
          surface,
        ),
      ).toEqual(['no more than 100 items allowed [json-pointer:/blocks]']);
    }
  });

  test('all texts of one message together hold 12,000 characters', () => {
    expect(isTooLongTogether(times(4, () => section({ text: mrkdwn(long(3000)) })))).toBe(false);
    expect(isTooLongTogether([...times(4, () => section({ text: mrkdwn(long(3000)) })), section()])).toBe(true);
  });
});
