import { describe, expect, test } from 'vitest';
import type { Json } from '../json.js';
import {
  plain,
  mrkdwn,
  option,
  options,
  button,
  section,
  actions,
  input,
  typed,
  select,
  external,
  said,
} from './samples.js';

describe('what has the wrong shape is refused', () => {
  const rows: [string, Json, string][] = [
    ['an unknown block', [{ type: 'sectie' }], 'unsupported type: sectie [json-pointer:/blocks/0/type]'],
    ['a block without type', [{ text: plain('x') }], 'missing required field: type [json-pointer:/blocks/0]'],
    [
      'an unknown element',
      [actions({ type: 'knop' })],
      'unsupported type: knop [json-pointer:/blocks/0/elements/0/type]',
    ],
    [
      'an unknown property of a block',
      [section({ colour: 'red' })],
      'invalid additional property: colour [json-pointer:/blocks/0]',
    ],
    [
      'an unknown property of an element',
      [actions(button({ disabled: true }))],
      'invalid additional property: disabled [json-pointer:/blocks/0/elements/0]',
    ],
    [
      'formatted text where plain text belongs',
      [{ type: 'header', text: mrkdwn('x') }],
      'unsupported type: mrkdwn [json-pointer:/blocks/0/text/type]',
    ],
    [
      'a formatted button',
      [actions(button({ text: mrkdwn('x') }))],
      'unsupported type: mrkdwn [json-pointer:/blocks/0/elements/0/text/type]',
    ],
    [
      'emoji in formatted text',
      [section({ text: { ...mrkdwn('x'), emoji: true } })],
      'invalid additional property: emoji [json-pointer:/blocks/0/text]',
    ],
    [
      'verbatim in plain text',
      [section({ text: { ...plain('x'), verbatim: true } })],
      'invalid additional property: verbatim [json-pointer:/blocks/0/text]',
    ],
    [
      'an empty text',
      [section({ text: mrkdwn('') })],
      'must be more than 0 characters [json-pointer:/blocks/0/text/text]',
    ],
    ['a section with nothing', [{ type: 'section' }], 'missing required field: text [json-pointer:/blocks/0]'],
    [
      'an input without label',
      [{ type: 'input', element: typed() }],
      'missing required field: label [json-pointer:/blocks/0]',
    ],
    [
      'an input without element',
      [{ type: 'input', label: plain('x') }],
      'missing required field: element [json-pointer:/blocks/0]',
    ],
    ['a button in an input', [input(button())], 'unsupported type: button [json-pointer:/blocks/0/element/type]'],
    [
      'a text field in actions',
      [actions(typed())],
      'unsupported type: plain_text_input [json-pointer:/blocks/0/elements/0/type]',
    ],
    ['actions without elements', [actions()], 'no fewer than 1 items allowed [json-pointer:/blocks/0/elements]'],
    [
      'an overflow menu without options',
      [actions({ type: 'overflow', options: [] })],
      'no fewer than 1 items allowed [json-pointer:/blocks/0/elements/0/options]',
    ],
    [
      'an unknown button style',
      [actions(button({ style: 'default' }))],
      'must be a valid enum value [json-pointer:/blocks/0/elements/0/style]',
    ],
    ['a link that is none', [actions(button({ url: 'rabot' }))], 'invalid url [json-pointer:/blocks/0/elements/0/url]'],
    [
      'a select with options and groups',
      [actions(select({ option_groups: [{ label: plain('x'), options: options(1) }] }))],
      'only one of options and option_groups may be given [json-pointer:/blocks/0/elements/0]',
    ],
    [
      'a select without options',
      [actions({ type: 'static_select' })],
      'missing required field: options [json-pointer:/blocks/0/elements/0]',
    ],
    [
      'a first option that is not offered',
      [actions(select({ initial_option: option('Elders', 'elders') }))],
      'initial_option must match one of the options [json-pointer:/blocks/0/elements/0/initial_option]',
    ],
    [
      'a url in a select option',
      [actions(select({ options: [{ ...option(), url: 'https://x.example' }] }))],
      'invalid additional property: url [json-pointer:/blocks/0/elements/0/options/0]',
    ],
    [
      'options for an external select',
      [actions(external({ options: options(1) }))],
      'invalid additional property: options [json-pointer:/blocks/0/elements/0]',
    ],
    [
      'a query length that is no number',
      [actions(external({ min_query_length: '0' }))],
      'must be an integer [json-pointer:/blocks/0/elements/0/min_query_length]',
    ],
    [
      'a query length of less than nothing',
      [actions(external({ min_query_length: -1 }))],
      'must be between 0 and 1000 [json-pointer:/blocks/0/elements/0/min_query_length]',
    ],
    [
      'a query length for a static select',
      [actions(select({ min_query_length: 1 }))],
      'invalid additional property: min_query_length [json-pointer:/blocks/0/elements/0]',
    ],
    [
      'limits that contradict each other',
      [input(typed({ min_length: 9, max_length: 5 }))],
      'must be less than or equal to max_length [json-pointer:/blocks/0/element/min_length]',
    ],
    [
      'a first value over its own limit',
      [input(typed({ max_length: 3, initial_value: 'vier' }))],
      'must be less than or equal to max_length [json-pointer:/blocks/0/element/initial_value]',
    ],
    [
      'a day that does not exist',
      [input({ type: 'datepicker', initial_date: '2026-02-30' })],
      'invalid date [json-pointer:/blocks/0/element/initial_date]',
    ],
    [
      'an image without words',
      [{ type: 'image', image_url: 'https://x.example/a.png' }],
      'missing required field: alt_text [json-pointer:/blocks/0]',
    ],
    [
      'a button in a context',
      [{ type: 'context', elements: [button()] }],
      'unsupported type: button [json-pointer:/blocks/0/elements/0/type]',
    ],
    ['blocks that are no list', { type: 'section' }, 'must provide an array [json-pointer:/blocks]'],
    [
      'the same block_id twice',
      [section({ block_id: 'x' }), section({ block_id: 'x' })],
      'block_id "x" already exists [json-pointer:/blocks/1/block_id]',
    ],
    [
      'the same action_id twice in one block',
      [actions(button(), button())],
      'action_id "a" already exists [json-pointer:/blocks/0/elements/1/action_id]',
    ],
    [
      'two fields that take the focus',
      [input(typed({ focus_on_load: true })), input(typed({ focus_on_load: true }))],
      'only one element can set focus_on_load [json-pointer:/blocks/1/element/focus_on_load]',
    ],
    [
      'a confirmation without answers',
      [actions(button({ confirm: { title: plain('x'), text: plain('x') } }))],
      'missing required field: confirm [json-pointer:/blocks/0/elements/0/confirm]',
    ],
    [
      'a file field in a message',
      [input({ type: 'file_input' })],
      'unsupported type: file_input [json-pointer:/blocks/0/element/type]',
    ],
    [
      'rich text with an unknown piece',
      [{ type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [{ type: 'bold' }] }] }],
      'unsupported type: bold [json-pointer:/blocks/0/elements/0/elements/0/type]',
    ],
  ];

  test.each(rows)('%s', (_name, blocks, words) => {
    expect(said(blocks)).toContain(words);
  });

  test('markdown belongs in messages alone', () => {
    expect(said([{ type: 'markdown', text: '**x**' }])).toEqual([]);
    expect(said([{ type: 'markdown', text: '**x**' }], 'modal')).toHaveLength(1);
  });

  test('a file field may not be sent at once', () => {
    expect(said([input({ type: 'file_input' }, { dispatch_action: true })], 'modal')).toContain(
      'unsupported type: file_input [json-pointer:/blocks/0/element/type]',
    );
  });
});

test('the same action_id may stand in two blocks, and radio buttons may be formatted', () => {
  const radio = { type: 'radio_buttons', options: [{ text: mrkdwn('*ja*'), value: 'ja', description: mrkdwn('x') }] };
  expect(said([actions(button()), actions(button()), section({ accessory: radio })])).toEqual([]);
});

test('an option chosen from the start counts as the same with or without emoji', () => {
  const chosen = { ...option('Wijk 0', '0'), text: { ...plain('Wijk 0'), emoji: true } };
  expect(said([actions(select({ initial_option: chosen }))])).toEqual([]);
});
