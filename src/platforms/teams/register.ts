import { Application } from '@microsoft/teams-ai';
import { ActivityTypes, type TurnContext } from 'botbuilder';
import { chatTexts } from '../../chat/chat-texts.js';
import type { Door } from './door.js';
import { Invokes, type InvokeName } from './envelope.js';
import { onConversationUpdate, onInstallation } from './events.js';
import { answerInvoke, failedAnswer, type InvokeAnswer } from './invokes.js';
import { onMessage } from './messages.js';
import { requestOf, standIn, type Means } from './means.js';
import { ANSWERED_INVOKES } from './surface.js';

/**
 * Registers every handler with teams-ai. Its own `adaptiveCards.actionExecute` is not used: it puts the card that answers one
 * viewer over the message that all see. What is thrown goes on to the receiver: an `onTurnError` that keeps it would answer
 * 200, and what was said would be lost.
 */
export function register(door: Door, means: Means): Application {
  const app = new Application({ adapter: door, startTypingTimer: false, removeRecipientMention: false });
  for (const name of ANSWERED_INVOKES) {
    app.addRoute(
      (context) => Promise.resolve(context.activity.type === ActivityTypes.Invoke && context.activity.name === name),
      async (context) => {
        const answer = await answerTo(means, context, name);
        await context.sendActivity({ type: ActivityTypes.InvokeResponse, value: answer });
      },
      true,
    );
  }
  app.activity(ActivityTypes.Message, (context) => onMessage(means, requestOf(context)));
  app.activity(ActivityTypes.InstallationUpdate, (context) => onInstallation(means, requestOf(context)));
  app.activity(ActivityTypes.ConversationUpdate, (context) => onConversationUpdate(means, requestOf(context)));
  return app;
}

async function answerTo(means: Means, context: TurnContext, name: InvokeName): Promise<InvokeAnswer> {
  const request = requestOf(context);
  const value = Invokes[name].safeParse(request.activity.value ?? {});
  if (!value.success) return { status: 400 };
  try {
    return await answerInvoke(means, request, name, value.data as never);
  } catch (error) {
    const { requestId, activity } = request;
    means.log.error({ err: error, requestId, invoke: name }, 'teams invoke failed');
    const locale = means.people.localeOf(activity.from.id);
    return failedAnswer(name, chatTexts(locale)('failed', { request: requestId }), standIn(means, locale, 'card'));
  }
}
