import type { ModalView } from '@slack/web-api';
import type { SubmitResult } from '../../chat/chat.js';
import type { BlockActions, SlackView, ViewSubmission } from './envelope.js';
import { drawingFor, type Means } from './means.js';
import type { Speaker } from './people.js';
import type { RequestContext } from './receiver.js';
import { cardToModal, formToModal } from './render/form-to-modal.js';
import { readMetadata, readState, stands, withAlert } from './render/read-modal.js';
import { platformError } from './slack-errors.js';
import { slackTexts } from './texts.js';

/** The answer to a `view_submission`: https://docs.slack.dev/surfaces/modals#response_actions */
export type ViewAnswer =
  { response_action: 'errors'; errors: Record<string, string> } | { response_action: 'update'; view: ModalView };

/** Sends a filled-in form to the product. What comes back stands on the screen only after the commit. */
export async function submitForm(
  means: Means,
  { caller, locale }: Speaker,
  body: ViewSubmission,
): Promise<ViewAnswer | undefined> {
  const { view } = body;
  const metadata = readMetadata(view.private_metadata);
  if (!metadata) return undefined;
  const result = await means.chat.submit(caller, metadata.token, readState(view.state?.values ?? {}, metadata));
  const title = slackTexts(locale)('done.title');
  switch (result.kind) {
    case 'done':
      return { response_action: 'update', view: cardToModal(result.card, { ...drawingFor(means, locale), title }) };
    case 'refused':
      return alerted(view, result.text);
    case 'again':
      return again(view, metadata.open, result, locale);
  }
}

/** Errors at their fields where Slack can show them; otherwise the form anew, with what has to be confirmed. */
function again(
  view: SlackView,
  wasOpen: boolean,
  { form, errors }: SubmitResult & { kind: 'again' },
  locale: Speaker['locale'],
): ViewAnswer {
  const folded = form.view.parts.some((part) => part.kind !== 'note' && part.section === 'more' && part.id in errors);
  const open = wasOpen || folded;
  const shown = stands(view);
  const next = formToModal(form, { locale, open, errors });
  const sameFields = stands(next).inputs.join() === shown.inputs.join() && !shown.notes;
  const atFields = Object.keys(errors).length > 0 && Object.keys(errors).every((id) => shown.inputs.includes(id));
  return sameFields && atFields ? { response_action: 'errors', errors } : { response_action: 'update', view: next };
}

function alerted(view: unknown, text: string): ViewAnswer | undefined {
  const next = withAlert(view, text);
  return next && { response_action: 'update', view: next };
}

/**
 * The same form with what was typed: with every field after "meer details", and with nothing required after a choice that
 * frees the others.
 */
export async function redrawForm(
  means: Means,
  { workspace }: RequestContext,
  { caller, locale }: Speaker,
  { view }: BlockActions,
  { unfold }: { unfold: boolean },
): Promise<void> {
  const metadata = view && readMetadata(view.private_metadata);
  if (!view || !metadata) return;
  const values = readState(view.state?.values ?? {}, metadata);
  const result = await means.chat.reopen(caller, metadata.token, values);
  const next =
    result.kind === 'again'
      ? formToModal(result.form, { locale, open: unfold || metadata.open })
      : withAlert(view, result.kind === 'refused' ? result.text : '');
  if (!next) return;
  try {
    await workspace.api.updateView(view.id, view.hash, next);
  } catch (error) {
    // A second click, or the form was closed meanwhile: what stands there is newer.
    const code = platformError(error);
    if (code !== 'hash_conflict' && code !== 'not_found') throw error;
  }
}
