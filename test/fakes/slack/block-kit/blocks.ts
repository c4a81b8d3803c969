import { isObject, objectsAt, textAt, type Json, type JsonObject } from '../json.js';
import {
  boolean,
  byType,
  list,
  object,
  problemsOf,
  string,
  url,
  type Check,
  type Problem,
  type Report,
} from './checks.js';
import { anyText, exactlyOneOf, plainText } from './composition.js';
import { accessories, actions, contextImage, inputs, modalInputs } from './elements.js';
import { richTextBody } from './rich-text.js';

// The blocks of docs.slack.dev/reference/block-kit/blocks. Blocks that exist but that this bot has no use for
// (video, file, table, card ...) are refused like unknown ones: add a check here before using one.

export type Surface = 'message' | 'modal' | 'home';

/** docs.slack.dev/block-kit: 50 blocks in a message, 100 in a modal or home tab. */
const MOST_BLOCKS: Record<Surface, number> = { message: 50, modal: 100, home: 100 };

/**
 * Undocumented: chat.postMessage refuses blocks together longer than this (bolt-js issues 2509 and 2867 measured 12,000
 * to 13,297 depending on the containers). The stricter figure, over all texts together.
 */
const MOST_TEXT_IN_A_MESSAGE = 12_000;

const blockId = { block_id: string({ max: 255 }) };

const section = object(
  {},
  {
    ...blockId,
    text: anyText(3000),
    fields: list(anyText(2000), { max: 10 }),
    accessory: byType(accessories),
    expand: boolean,
  },
  (value, pointer, report) => {
    if (value.text === undefined && value.fields === undefined) report(pointer, 'missing required field: text');
  },
);

const image = object(
  { alt_text: string({ max: 2000 }) },
  { ...blockId, image_url: url, slack_file: object({}, { id: string({ max: 255 }), url }), title: plainText(2000) },
  exactlyOneOf('image_url', 'slack_file'),
);

const contextElements = byType({
  image: contextImage,
  plain_text: object({ text: string({ max: 3000 }) }, { emoji: boolean }),
  mrkdwn: object({ text: string({ max: 3000 }) }, { verbatim: boolean }),
});

function input(elements: Record<string, Check>): Check {
  return object(
    { label: plainText(2000), element: byType(elements) },
    { ...blockId, hint: plainText(2000), optional: boolean, dispatch_action: boolean },
    (value, pointer, report) => {
      const element = isObject(value.element) ? value.element : {};
      if (value.dispatch_action === true && element.type === 'file_input') {
        report(`${pointer}/element/type`, 'unsupported type: file_input');
      }
    },
  );
}

const everywhere: Record<string, Check> = {
  section,
  image,
  divider: object({}, blockId),
  header: object({ text: plainText(150) }, blockId),
  context: object({ elements: list(contextElements, { max: 10 }) }, blockId),
  actions: object({ elements: list(byType(actions), { max: 25 }) }, blockId),
  rich_text: richTextBody,
};

const BLOCKS: Record<Surface, Check> = {
  message: byType({
    ...everywhere,
    input: input(inputs),
    markdown: object({ text: string({ max: 12_000 }) }, blockId),
  }),
  modal: byType({ ...everywhere, input: input(modalInputs) }),
  home: byType({ ...everywhere, input: input(inputs) }),
};

/** The elements of a block that a person can use, with where they stand in it. */
export function elementsOf(block: JsonObject): { element: JsonObject; at: string }[] {
  const found: { element: JsonObject; at: string }[] = [];
  if (isObject(block.accessory)) found.push({ element: block.accessory, at: 'accessory' });
  if (isObject(block.element)) found.push({ element: block.element, at: 'element' });
  if (block.type === 'actions') {
    objectsAt(block, 'elements').forEach((element, index) => found.push({ element, at: `elements/${String(index)}` }));
  }
  return found;
}

/** block_ids once in the whole, action_ids once in a block, one element at most that takes the focus. */
function checkIds(blocks: JsonObject[], pointer: string, report: Report): void {
  const seen = new Set<string>();
  let focused = 0;
  blocks.forEach((block, index) => {
    const at = `${pointer}/${String(index)}`;
    const id = textAt(block, 'block_id');
    if (id !== undefined && seen.has(id)) report(`${at}/block_id`, `block_id "${id}" already exists`);
    if (id !== undefined) seen.add(id);
    const inBlock = new Set<string>();
    for (const { element, at: where } of elementsOf(block)) {
      const action = textAt(element, 'action_id');
      if (action !== undefined && inBlock.has(action)) {
        report(`${at}/${where}/action_id`, `action_id "${action}" already exists`);
      }
      if (action !== undefined) inBlock.add(action);
      if (element.focus_on_load === true && ++focused > 1) {
        report(`${at}/${where}/focus_on_load`, 'only one element can set focus_on_load');
      }
    }
  });
}

/** Blocks of one surface: number, shape and ids. */
export function blocksCheck(surface: Surface): Check {
  const all = list(BLOCKS[surface], { max: MOST_BLOCKS[surface] });
  return (value, pointer, report) => {
    all(value, pointer, report);
    if (Array.isArray(value)) checkIds(value.filter(isObject), pointer, report);
  };
}

/** What Slack would say of these blocks; empty when nothing. */
export function problemsInBlocks(blocks: unknown, surface: Surface = 'message', pointer = '/blocks'): Problem[] {
  return problemsOf(blocksCheck(surface), blocks, pointer);
}

/** All texts of a message's blocks together, in characters. */
function textLengthOf(value: Json | undefined): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, entry) => sum + textLengthOf(entry), 0);
  if (!isObject(value)) return 0;
  return Object.entries(value).reduce(
    (sum, [key, entry]) => sum + (key === 'text' && typeof entry === 'string' ? entry.length : textLengthOf(entry)),
    0,
  );
}

/** Whether Slack would answer `msg_blocks_too_long`. */
export function isTooLongTogether(blocks: Json | undefined): boolean {
  return textLengthOf(blocks) > MOST_TEXT_IN_A_MESSAGE;
}
