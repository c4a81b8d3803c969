import { boolean, byType, integer, list, object, oneOf, string, url, type Check } from './checks.js';

// docs.slack.dev/reference/block-kit/blocks/rich-text-block

const style = object(
  {},
  { bold: boolean, italic: boolean, strike: boolean, code: boolean, underline: boolean, highlight: boolean },
);
const id = string({ max: 255 });
const words = string({ max: 12_000 });

const pieces: Record<string, Check> = {
  text: object({ text: words }, { style }),
  link: object({ url }, { text: words, style, unsafe: boolean }),
  emoji: object({ name: id }, { unicode: id, style, url }),
  user: object({ user_id: id }, { style }),
  usergroup: object({ usergroup_id: id }, { style }),
  channel: object({ channel_id: id }, { style }),
  team: object({ team_id: id }, { style }),
  broadcast: object({ range: oneOf('here', 'channel', 'everyone') }, { style }),
  color: object({ value: id }, { style }),
  date: object(
    { timestamp: integer({ min: 0, max: Number.MAX_SAFE_INTEGER }), format: id },
    { url, fallback: words, style },
  ),
};

const MANY = 1000;
const content = list(byType(pieces), { min: 0, max: MANY });
const border = integer({ min: 0, max: 1 });
const section = object({ elements: content });

const parts: Record<string, Check> = {
  rich_text_section: section,
  rich_text_quote: object({ elements: content }, { border }),
  rich_text_preformatted: object({ elements: content }, { border, language: id }),
  rich_text_list: object(
    { elements: list(byType({ rich_text_section: section }), { max: MANY }), style: oneOf('bullet', 'ordered') },
    { indent: integer({ min: 0, max: 8 }), border, offset: integer({ min: 0, max: MANY }) },
  ),
};

/** A `rich_text` block without its `type`. */
export const richTextBody = object({ elements: list(byType(parts), { max: MANY }) }, { block_id: id });
