import type { KnownBlock, ModalView } from '@slack/web-api';
import { z } from 'zod';
import type { FormValues } from '../../../chat/form.js';
import { LIMITS, plain } from './text.js';

/** `callback_id` of every form; which one it is stands in the signed token. */
export const FORM_CALLBACK = 'form';
/** `action_id` of every field but a search; a field's id is its `block_id`. */
export const VALUE_ACTION = 'value';
/** `action_id` of a search field, with the source behind it: the options endpoint gets nothing else. */
const SEARCH_ACTION = 'search:';

export const searchAction = (source: string) => `${SEARCH_ACTION}${source}`;

/** What a modal remembers; Slack keeps it with the view and gives it back. */
const Metadata = z.object({
  token: z.string(),
  /** The folded part is open. */
  open: z.boolean(),
  /** Values of folded fields that were filled in beforehand: they count although they are not shown. */
  folded: z.record(z.string(), z.union([z.string(), z.boolean(), z.array(z.string())])),
});
export type ModalMetadata = z.infer<typeof Metadata>;

/** Undefined when this is no form of ours. */
export function readMetadata(text: string): ModalMetadata | undefined {
  try {
    const read = Metadata.safeParse(JSON.parse(text));
    return read.success ? read.data : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** The source behind a search field. */
export function readSearchAction(actionId: string): string | undefined {
  return actionId.startsWith(SEARCH_ACTION) ? actionId.slice(SEARCH_ACTION.length) : undefined;
}

const Chosen = z.looseObject({ value: z.string() });

/** One entry of `view.state.values`: which keys it has follows from the element's type. */
export const ElementState = z.looseObject({
  type: z.string(),
  value: z.string().nullish(),
  selected_option: Chosen.nullish(),
  selected_options: z.array(Chosen).nullish(),
  selected_date: z.string().nullish(),
});
export type ViewState = Record<string, Record<string, z.infer<typeof ElementState>>>;

/** What was filled in, by field id. Fields of other apps' or Slack's own blocks are left alone. */
export function readState(state: ViewState, { folded }: Pick<ModalMetadata, 'folded'>): FormValues {
  const values: FormValues = { ...folded };
  for (const [blockId, elements] of Object.entries(state)) {
    const entry = Object.entries(elements).find(([id]) => id === VALUE_ACTION || readSearchAction(id) !== undefined);
    if (entry) values[blockId] = readElement(entry[1]);
  }
  return values;
}

function readElement(state: z.infer<typeof ElementState>): FormValues[string] {
  switch (state.type) {
    case 'plain_text_input':
      return state.value ?? undefined;
    case 'static_select':
    case 'external_select':
      return state.selected_option?.value;
    case 'multi_static_select':
    case 'multi_external_select':
      return (state.selected_options ?? []).map(({ value }) => value);
    case 'datepicker':
      return state.selected_date ?? undefined;
    case 'checkboxes':
      return (state.selected_options ?? []).length > 0;
    default:
      return undefined;
  }
}

/** What the form says about the whole of itself; at its top, and again replaced there. */
const ALERT = 'form.alert';

const OpenView = z.looseObject({
  title: z.looseObject({ text: z.string() }),
  submit: z.looseObject({ text: z.string() }).nullish(),
  close: z.looseObject({ text: z.string() }).nullish(),
  private_metadata: z.string(),
  blocks: z.array(z.looseObject({ type: z.string(), block_id: z.string().optional() })),
});

/**
 * The form as it stands on somebody's screen, with a sentence at its top. What was typed stays: Slack keeps the values of
 * fields whose ids do not change.
 * https://docs.slack.dev/surfaces/modals#updating_views
 */
export function withAlert(view: unknown, text: string): ModalView | undefined {
  const read = OpenView.safeParse(view);
  if (!read.success) return undefined;
  const { title, submit, close, private_metadata, blocks } = read.data;
  const alert: KnownBlock = {
    type: 'section',
    block_id: ALERT,
    text: plain(`⚠️ ${text}`, LIMITS.sectionText),
  };
  return {
    type: 'modal',
    callback_id: FORM_CALLBACK,
    title: plain(title.text, LIMITS.viewTitle),
    ...(submit && { submit: plain(submit.text, LIMITS.viewTitle) }),
    ...(close && { close: plain(close.text, LIMITS.viewTitle) }),
    private_metadata,
    // Slack's own copy of our blocks.
    blocks: [alert, ...(blocks.filter((block) => block.block_id !== ALERT) as unknown as KnownBlock[])],
  };
}

const Blocks = z.looseObject({
  blocks: z.array(z.looseObject({ type: z.string(), block_id: z.string().optional() })),
});

/** Which fields a view shows, in order, and whether sentences of ours about errors stand among them. */
export function stands(view: unknown): { inputs: string[]; notes: boolean } {
  const read = Blocks.safeParse(view);
  const blocks = read.success ? read.data.blocks : [];
  return {
    inputs: blocks.flatMap(({ type, block_id }) => (type === 'input' && block_id ? [block_id] : [])),
    notes: blocks.some(({ block_id }) => block_id === ALERT || block_id?.startsWith(ERROR_NOTE)),
  };
}

/** `block_id` of the sentence above a field, before the field's id. */
export const ERROR_NOTE = 'error:';
