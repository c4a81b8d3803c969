import { AlreadyHandled, claimRequest } from '../../chat/handled.js';
import { isPersonal, type TeamsActivity } from './envelope.js';
import type { Means, RequestContext } from './means.js';
import { sayHere } from './speak.js';

const welcomeKey = ({ conversation }: TeamsActivity) => `teams:welcome:${conversation.id}`;

/** The bot was installed, upgraded or taken out: for a person, in a team, or in a group chat. */
export async function onInstallation(means: Means, request: RequestContext): Promise<void> {
  const { action } = request.activity;
  if (action === 'add') return welcomeOnce(means, request);
  if (action === 'add-upgrade') return means.conversations.remember(means.municipalityId, request.activity);
  if (action === 'remove') return forget(means, request.activity);
}

/** People and bots came and went; only the bot itself matters. Installing gives this one as well: one welcome. */
export async function onConversationUpdate(means: Means, request: RequestContext): Promise<void> {
  const { membersAdded, membersRemoved, recipient, channelData } = request.activity;
  const isBot = ({ id }: { id: string }) => id === recipient.id;
  if (membersRemoved?.some(isBot) || channelData?.eventType === 'teamDeleted') return forget(means, request.activity);
  if (membersAdded?.some(isBot)) return welcomeOnce(means, request);
}

async function welcomeOnce(means: Means, { activity, requestId }: RequestContext): Promise<void> {
  const { municipalityId, chat, conversations, people, db } = means;
  await conversations.remember(municipalityId, activity);
  const speaker = await people.find(municipalityId, activity, { requestId });
  if (!speaker) return;
  try {
    await db.$transaction((tx) => claimRequest(tx, municipalityId, welcomeKey(activity), means.now()));
  } catch (error) {
    if (error instanceof AlreadyHandled) return;
    throw error;
  }
  if (isPersonal(activity)) {
    return sayHere(means, activity, speaker, await chat.welcome(speaker.caller, ''), true);
  }
  const help = await chat.mention(speaker.caller, '');
  if (help.kind === 'card') await sayHere(means, activity, speaker, help.card, false);
}

async function forget({ conversations, db, municipalityId }: Means, activity: TeamsActivity): Promise<void> {
  const { from, channelData, conversation } = activity;
  if (isPersonal(activity)) await conversations.forget(municipalityId, 'person', from.aadObjectId ?? from.id);
  else if (channelData?.team?.id) await conversations.forgetTeam(municipalityId, channelData.team.id);
  else await conversations.forget(municipalityId, 'group', conversation.id);
  // Whoever installs it again is welcomed again.
  await db.handledRequest.deleteMany({ where: { municipalityId, key: welcomeKey(activity) } });
}
