import { isTooLongTogether, problemsInBlocks } from '../block-kit/blocks.js';
import { RefusedCall, invalidBlocks } from '../errors.js';
import { filledIn } from '../fill-in.js';
import { isObject, type Json, type JsonObject } from '../json.js';

/** docs.slack.dev/changelog/2018-truncating-really-long-messages: Slack cuts here; the fake refuses, so that a cut is seen. */
const MOST_TEXT = 40_000;
const MOST_TEXT_IN_UPDATE = 4_000;
const MOST_ATTACHMENTS = 100;
/** docs.slack.dev/messaging/message-metadata */
const MOST_METADATA_BYTES = 8_000;

const ATTACHMENT_KEYS = new Set(
  (
    'blocks color fallback text pretext title title_link fields footer footer_icon ts image_url thumb_url author_name ' +
    'author_link author_icon mrkdwn_in from_url original_url id'
  ).split(' '),
);

interface Content {
  text: string;
  blocks: JsonObject[];
  attachments: JsonObject[];
}

/** Checks and completes what a message says. Throws `RefusedCall` with Slack's words. */
export function readContent(args: JsonObject, { update = false }: { update?: boolean } = {}): Content {
  const text = typeof args.text === 'string' ? args.text : '';
  const blocks = readBlocks(args.blocks);
  const attachments = readAttachments(args.attachments);
  if (text.length > (update ? MOST_TEXT_IN_UPDATE : MOST_TEXT)) throw new RefusedCall('msg_too_long');
  if (text.trim() === '' && blocks.length === 0 && attachments.length === 0) throw new RefusedCall('no_text');
  return { text, blocks, attachments };
}

function readBlocks(given: Json | undefined): JsonObject[] {
  if (given === undefined) return [];
  if (!Array.isArray(given)) throw new RefusedCall('invalid_blocks_format');
  // An empty list takes the blocks away, and is no mistake beside a text.
  if (given.length === 0) return [];
  const problems = problemsInBlocks(given);
  if (problems.length > 0) throw invalidBlocks(problems);
  if (isTooLongTogether(given)) throw new RefusedCall('msg_blocks_too_long');
  return filledIn(given.filter(isObject));
}

function readAttachments(given: Json | undefined): JsonObject[] {
  if (given === undefined) return [];
  if (!Array.isArray(given)) throw new RefusedCall('invalid_attachments');
  if (given.length > MOST_ATTACHMENTS) throw new RefusedCall('too_many_attachments');
  return given.map((entry, index) => readAttachment(entry, `/attachments/${String(index)}`));
}

/** One attachment, or one unfurl. */
export function readAttachment(given: Json | undefined, pointer: string): JsonObject {
  if (!isObject(given)) throw new RefusedCall('invalid_attachments');
  const unknown = Object.keys(given).find((key) => !ATTACHMENT_KEYS.has(key));
  if (unknown !== undefined) throw new RefusedCall('invalid_attachments', { errors: [`unknown property: ${unknown}`] });
  if (given.blocks === undefined) return given;
  const problems = problemsInBlocks(given.blocks, 'message', `${pointer}/blocks`);
  if (problems.length > 0) throw invalidBlocks(problems);
  return { ...given, blocks: filledIn((given.blocks as Json[]).filter(isObject)) };
}

/**
 * Message metadata: `event_type` and a flat `event_payload`; an empty object takes it away.
 * Source: docs.slack.dev/messaging/message-metadata.
 */
export function readMetadata(given: Json | undefined): JsonObject | undefined {
  if (given === undefined) return undefined;
  if (!isObject(given)) throw new RefusedCall('invalid_metadata_format');
  const { event_type: type, event_payload: payload, ...rest } = given;
  if (Object.keys(given).length === 0) return {};
  const known = typeof type === 'string' && /^[a-z0-9_]{1,255}$/i.test(type) && isObject(payload);
  if (!known || Object.keys(rest).length > 0) throw new RefusedCall('invalid_metadata_format');
  const flat = Object.values(payload).every((value) => typeof value !== 'object' || isFlatList(value));
  if (!flat) throw new RefusedCall('invalid_metadata_schema');
  if (Buffer.byteLength(JSON.stringify(given)) > MOST_METADATA_BYTES) throw new RefusedCall('metadata_too_large');
  return given;
}

function isFlatList(value: Json | undefined): boolean {
  return Array.isArray(value) && value.every((entry) => typeof entry !== 'object');
}
