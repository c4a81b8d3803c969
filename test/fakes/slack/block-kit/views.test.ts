import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../json.js';
import { wordsOf } from './checks.js';
import { long, plain, mrkdwn, section, input, typed } from './samples.js';
import { problemsInErrors, problemsInView } from './views.js';

describe('a view', () => {
  const modal = (given: JsonObject = {}): JsonObject => ({
    type: 'modal',
    title: plain('Signaal'),
    submit: plain('Verstuur'),
    blocks: [input(typed(), { block_id: 'what' })],
    ...given,
  });
  const saidOf = (view: unknown, kind: 'modal' | 'home' = 'modal') => problemsInView(view, kind).map(wordsOf);

  test('that fits is taken', () => {
    const full = { title: plain(long(24)), submit: plain(long(24)), close: plain(long(24)) };
    const data = { private_metadata: long(3000), callback_id: long(255), external_id: long(255) };
    expect(saidOf(modal({ ...full, ...data, clear_on_close: true, notify_on_close: true }))).toEqual([]);
  });

  const rows: [string, JsonObject, string][] = [
    ['a title of 25', { title: plain(long(25)) }, 'must be less than 25 characters [json-pointer:/view/title/text]'],
    ['a submit of 25', { submit: plain(long(25)) }, 'must be less than 25 characters [json-pointer:/view/submit/text]'],
    ['a close of 25', { close: plain(long(25)) }, 'must be less than 25 characters [json-pointer:/view/close/text]'],
    [
      'private_metadata of 3001',
      { private_metadata: long(3001) },
      'must be less than 3001 characters [json-pointer:/view/private_metadata]',
    ],
    [
      'a callback_id of 256',
      { callback_id: long(256) },
      'must be less than 256 characters [json-pointer:/view/callback_id]',
    ],
    [
      'an external_id of 256',
      { external_id: long(256) },
      'must be less than 256 characters [json-pointer:/view/external_id]',
    ],
    ['a formatted title', { title: mrkdwn('x') }, 'unsupported type: mrkdwn [json-pointer:/view/title/type]'],
    ['no title', { title: undefined }, 'missing required field: title [json-pointer:/view]'],
    [
      'an unknown property',
      { submit_disabled: true },
      'invalid additional property: submit_disabled [json-pointer:/view]',
    ],
    [
      'fields without a button',
      { submit: undefined },
      'submit is required when an input block is within the blocks [json-pointer:/view]',
    ],
    ['what belongs to a home tab', { type: 'home' }, 'unsupported type: home [json-pointer:/view/type]'],
  ];

  test.each(rows)('with %s is refused', (_name, given, words) => {
    expect(saidOf(modal(given))).toContain(words);
  });

  test('a home tab has no title', () => {
    expect(saidOf({ type: 'home', blocks: [section()] }, 'home')).toEqual([]);
    expect(saidOf({ type: 'home', blocks: [section()], title: plain('x') }, 'home')).toEqual([
      'invalid additional property: title [json-pointer:/view]',
    ]);
  });

  test('errors may name input blocks alone, and say something', () => {
    expect(problemsInErrors({ what: 'Vul dit in' }, modal())).toEqual([]);
    expect(problemsInErrors({ other: 'Vul dit in' }, modal()).map(wordsOf)).toEqual([
      'no input block with block_id "other" [json-pointer:/errors/other]',
    ]);
    expect(problemsInErrors({ what: '' }, modal())).toHaveLength(1);
    expect(problemsInErrors({}, modal())).toHaveLength(1);
  });
});
