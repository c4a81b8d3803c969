import { isObject, objectsAt, type JsonObject } from '../json.js';
import { boolean, byType, object, problemsOf, string, type Check, type ObjectCheck, type Problem } from './checks.js';
import { blocksCheck } from './blocks.js';
import { plainText } from './composition.js';

// docs.slack.dev/reference/views

/** Slack's `view_too_large`: 250 kB of JSON. */
const MOST_BYTES = 250_000;

const every = {
  private_metadata: string({ min: 0, max: 3000 }),
  callback_id: string({ min: 0, max: 255 }),
  external_id: string({ min: 0, max: 255 }),
};
const label = plainText(24);

const submitWhereThereIsInput: ObjectCheck = (view, pointer, report) => {
  const hasInput = objectsAt(view, 'blocks').some((block) => block.type === 'input');
  if (hasInput && view.submit === undefined)
    report(pointer, 'submit is required when an input block is within the blocks');
};

const VIEWS = {
  modal: byType({
    modal: object(
      { title: label, blocks: blocksCheck('modal') },
      { ...every, submit: label, close: label, clear_on_close: boolean, notify_on_close: boolean },
      submitWhereThereIsInput,
    ),
  }),
  home: byType({ home: object({ blocks: blocksCheck('home') }, every) }),
} satisfies Record<string, Check>;

/** What Slack would say of a view that should be a modal, or a home tab; empty when nothing. */
export function problemsInView(view: unknown, kind: 'modal' | 'home', pointer = '/view'): Problem[] {
  return problemsOf(VIEWS[kind], view, pointer);
}

/** Whether Slack would answer `view_too_large`. */
export function isTooLarge(view: JsonObject): boolean {
  return Buffer.byteLength(JSON.stringify(view)) > MOST_BYTES;
}

/** The `block_id`s of a view's input blocks: the only places `response_action: errors` may name. */
function inputBlockIds(view: JsonObject): string[] {
  return objectsAt(view, 'blocks')
    .filter((block) => block.type === 'input')
    .map((block) => block.block_id)
    .filter((id): id is string => typeof id === 'string');
}

/** What makes an answer with `response_action: errors` unusable for Slack's client; empty when it is usable. */
export function problemsInErrors(errors: unknown, view: JsonObject): Problem[] {
  if (!isObject(errors)) return [{ pointer: '/errors', message: 'must provide an object' }];
  const known = inputBlockIds(view);
  const entries = Object.entries(errors);
  if (entries.length === 0) return [{ pointer: '/errors', message: 'no fewer than 1 items allowed' }];
  return entries.flatMap(([id, text]): Problem[] => {
    if (!known.includes(id)) return [{ pointer: `/errors/${id}`, message: `no input block with block_id "${id}"` }];
    if (typeof text !== 'string' || text === '') return [{ pointer: `/errors/${id}`, message: 'must be a string' }];
    return [];
  });
}
