import type { InvokeName } from './envelope.js';

/** What the app offers people and listens to. The manifest and the handlers are both made from this. */

/** `composeExtensions[].commands[].id`: makes a signal, from the message box or of a message. */
export const FILE_COMMAND = 'fileSignal';
/** `composeExtensions[].commands[].id`: finds signals, to put their card in a conversation. */
export const SEARCH_COMMAND = 'searchSignals';
/** The parameter of the search that holds what was typed. */
export const SEARCH_PARAMETER = 'query';

/** The command that filing stands for. */
export const MAIN_COMMAND = 'signaal';

/** Where Teams sends everything. */
export const MESSAGES_PATH = '/api/messages';

/** Every invoke that is answered; others get 501. */
export const ANSWERED_INVOKES: readonly InvokeName[] = [
  'adaptiveCard/action',
  'application/search',
  'composeExtension/anonymousQueryLink',
  'composeExtension/fetchTask',
  'composeExtension/query',
  'composeExtension/queryLink',
  'composeExtension/selectItem',
  'composeExtension/submitAction',
  'task/fetch',
  'task/submit',
];

/** Resource-specific consent, each with the reason it is asked for. */
export const CONSENTS = {
  'ChannelMessage.Read.Group':
    'to get answers in threads under the bot’s own cards without a mention; everything else is dropped unread',
} as const;
