import type { App } from '@slack/bolt';
import {
  EVENTS,
  type BlockActions,
  type BlockSuggestion,
  type EventCallback,
  type EventName,
  type GlobalShortcut,
  type MessageShortcut,
  type SlackCommand,
  type SlackEvent,
  type ViewSubmission,
} from './envelope.js';
import { onHomeOpened, onLink, onMention, onMessage, onReaction } from './events.js';
import { submitForm } from './forms.js';
import { fileMessage, openShortcut, pressButton, runCommand } from './interactions.js';
import { requestOf, type Means } from './means.js';
import type { RequestContext } from './receiver.js';
import { toOptions } from './render/form-to-modal.js';
import { FORM_CALLBACK, readSearchAction } from './render/read-modal.js';
import { FILE_MESSAGE_SHORTCUT, FILE_SHORTCUT, LISTENED_EVENTS } from './surface.js';

/** The part of a Bolt app that listeners are registered on. */
export type Listening = Pick<App, 'command' | 'shortcut' | 'action' | 'options' | 'view' | 'event'>;

/**
 * Registers every listener. Bodies were checked at the door (`envelope.ts`), so each is what its kind says.
 * The acknowledgement goes out when the listener is done: see `receiver.ts`.
 *
 * Few of them: Bolt lets every listener look at every request, which costs a command as much as its own form does.
 */
export function register(app: Listening, means: Means): void {
  // What is left of another version's manifest too: it gets an answer.
  app.command(/^/, ({ body, context, ack }) =>
    runCommand(means, requestOf(context), as<SlackCommand>(body), (answer) => ack(answer)),
  );

  app.shortcut({ callback_id: FILE_SHORTCUT, type: 'shortcut' }, ({ body, context }) =>
    openShortcut(means, requestOf(context), as<GlobalShortcut>(body)),
  );
  app.shortcut({ callback_id: FILE_MESSAGE_SHORTCUT, type: 'message_action' }, ({ body, context }) =>
    fileMessage(means, requestOf(context), as<MessageShortcut>(body)),
  );
  // One listener for every button: what it does stands in its value, unknown ones are answered in words.
  app.action(/[\s\S]/, ({ body, context }) => pressButton(means, requestOf(context), as<BlockActions>(body)));

  app.options(/[\s\S]/, async ({ body, context, ack }) => {
    const { user, action_id, value } = as<BlockSuggestion>(body);
    const { workspace, requestId } = requestOf(context);
    const source = readSearchAction(action_id);
    const speaker = source && (await means.people.find(workspace, user, { requestId }));
    const options = source && speaker ? await means.chat.suggest(speaker.caller, source, value) : [];
    await ack({ options: toOptions(options) });
  });

  app.view({ callback_id: FORM_CALLBACK, type: 'view_submission' }, async ({ body, context, ack }) => {
    const { workspace, requestId } = requestOf(context);
    const submission = as<ViewSubmission>(body);
    const speaker = await means.people.find(workspace, submission.user, { requestId });
    const answer = speaker && (await submitForm(means, speaker, submission));
    await (ack as (answer?: object) => Promise<void>)(answer);
  });

  app.event(new RegExp(`^(${LISTENED_EVENTS.join('|')})$`), ({ body, context }) =>
    hear(means, requestOf(context), as<EventCallback>(body)),
  );
}

function hear(means: Means, request: RequestContext, envelope: EventCallback): Promise<void> {
  const name = envelope.event.type as EventName;
  const bot = envelope.authorizations?.[0]?.user_id ?? undefined;
  const event = <N extends EventName>(schema: N) => EVENTS[schema].parse(envelope.event) as SlackEvent<N>;
  switch (name) {
    case 'app_home_opened':
      return onHomeOpened(means, request, event('app_home_opened'));
    case 'message':
      return onMessage(means, request, event('message'), bot);
    case 'app_mention':
      return onMention(means, request, event('app_mention'), bot);
    case 'reaction_added':
      return onReaction(means, request, event('reaction_added'), bot);
    case 'link_shared':
      return onLink(means, request, event('link_shared'), envelope);
    case 'team_join':
    case 'user_change':
      return means.people.changed(request.workspace, event(name).user);
    case 'app_uninstalled':
      return means.uninstalled(request.workspace.teamId);
    case 'tokens_revoked':
      // Tokens of people may go while the bot's own stays.
      return (event('tokens_revoked').tokens.bot ?? []).length > 0
        ? means.uninstalled(request.workspace.teamId)
        : Promise.resolve();
  }
}

function as<T>(body: object): T {
  return body as T;
}
