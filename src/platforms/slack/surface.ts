import type { EventName } from './envelope.js';

/** What the app offers people and listens to. The manifest and the listeners are both made from this. */

/** `callback_id`s of the shortcuts. */
export const FILE_SHORTCUT = 'wijksignaal.file';
export const FILE_MESSAGE_SHORTCUT = 'wijksignaal.file_message';

/** Turns the pages of the home tab; the value is the page. What follows makes it unique in its block. */
export const HOME_PAGE_ACTION = 'home.page:';
/** Makes a signal of the message in the value: channel and ts. */
export const FILE_MESSAGE_ACTION = 'message.file';

/** The command that a shortcut stands for. */
export const MAIN_COMMAND = 'signaal';

/** Every event the app listens to; messages come by kind of conversation. */
export const LISTENED_EVENTS: readonly EventName[] = [
  'app_home_opened',
  'app_mention',
  'app_uninstalled',
  'link_shared',
  'message',
  'reaction_added',
  'team_join',
  'tokens_revoked',
  'user_change',
];

/** Each with the reason it is asked for; the README repeats these. */
export const BOT_SCOPES = {
  'app_mentions:read': 'to be told when somebody mentions the bot, and answer in the thread',
  'channels:history':
    'to get answers in threads under the bot’s own cards in public channels, and to look up a message whose sending was interrupted',
  'channels:read': 'to see whether the bot is in each public channel of the municipality file; it lists none',
  'chat:write': 'to post and update the bot’s own messages',
  commands: 'for /signaal, /regisseur and the shortcuts',
  'groups:history': 'the same as channels:history, in private channels the bot was invited to',
  'groups:read': 'the same as channels:read, for the private channels the bot was invited to',
  'im:history': 'to get what people answer in their direct message with the bot',
  'im:write': 'to open the direct message in which somebody gets their receipt and questions',
  'links:read': 'to be told of links to the bot’s own pages',
  'links:write': 'to show a preview under such a link',
  'reactions:read': 'to be told of the emoji that offers to make a signal of a message',
  'users:read': 'to know a person’s name and language at first contact, and follow changes',
  'users:read.email':
    'to link one person’s accounts on two platforms by the address Slack confirmed; used for nothing else',
} as const;
