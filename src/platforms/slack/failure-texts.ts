import { defineTexts } from '../../chat/texts.js';
import type { Locale } from '../../chat/texts.js';

/** What an administrator can do about a message Slack did not take, by the reason in the failed list. */
const failureTexts = defineTexts(
  {
    'SLACK.CHANNEL_NOT_FOUND':
      'Slack kent dit kanaal niet, of het is privé en de bot zit er niet in. Kijk het kanaal-id na in het gemeentebestand en typ /invite @Wijksignaal in het kanaal.',
    'SLACK.NOT_IN_CHANNEL': 'De bot zit niet in het kanaal. Typ daar /invite @Wijksignaal.',
    'SLACK.IS_ARCHIVED':
      'Het kanaal is gearchiveerd. Zet het terug, of geef een ander kanaal op in het gemeentebestand.',
    'SLACK.ACCOUNT_INACTIVE':
      'De app of de persoon is in Slack gedeactiveerd. Installeer de app opnieuw, of zet de persoon weer actief.',
    'SLACK.TOKEN_REVOKED': 'Het token van de app is ingetrokken. Installeer de app opnieuw en vul het nieuwe token in.',
    'SLACK.TOKEN_EXPIRED':
      'Het token van de app is verlopen en Slack gaf geen nieuw. Installeer de app opnieuw via /slack/install.',
    'SLACK.INVALID_AUTH': 'Het token van de app klopt niet. Kijk SLACK_BOT_TOKEN na.',
    'SLACK.MISSING_SCOPE':
      'De app mist een recht. Zet het manifest van deze versie in de app (npm run manifest -- slack) en installeer ze opnieuw.',
    'SLACK.USER_NOT_FOUND': 'Slack kent deze persoon niet. Kijk het gebruikers-id na in het gemeentebestand.',
    'SLACK.USER_DISABLED': 'Deze persoon is in Slack gedeactiveerd en krijgt geen berichten meer.',
    'SLACK.RESTRICTED_ACTION':
      'Een instelling van de Slack-werkruimte laat de bot hier niets plaatsen. Vraag het aan de beheerder van Slack.',
    'SLACK.MESSAGES_TAB_DISABLED': 'De berichtentab van de app staat uit. Zet ze aan onder App Home.',
    'SLACK.MESSAGE_NOT_FOUND': 'Het bericht is in Slack verwijderd.',
    'SLACK.NO_ANSWER': 'Slack antwoordde niet. Het werd opnieuw geprobeerd, tot het te lang duurde.',
    'SLACK.SERVER_ERROR': 'Slack had zelf een storing. Het werd opnieuw geprobeerd, tot het te lang duurde.',
    'SLACK.NO_WORKSPACE': 'Er is geen Slack-werkruimte (meer) gekoppeld. Installeer de app opnieuw via /slack/install.',
  },
  {
    'SLACK.CHANNEL_NOT_FOUND':
      'Slack does not know this channel, or it is private and the bot is not in it. Check the channel id in the municipality file and type /invite @Wijksignaal in the channel.',
    'SLACK.NOT_IN_CHANNEL': 'The bot is not in the channel. Type /invite @Wijksignaal there.',
    'SLACK.IS_ARCHIVED': 'The channel is archived. Unarchive it, or name another one in the municipality file.',
    'SLACK.ACCOUNT_INACTIVE':
      'The app or the person is deactivated in Slack. Install the app again, or activate the person again.',
    'SLACK.TOKEN_REVOKED': 'The app’s token was revoked. Install the app again and fill in the new token.',
    'SLACK.TOKEN_EXPIRED':
      'The app’s token has expired and Slack gave no new one. Install the app again through /slack/install.',
    'SLACK.INVALID_AUTH': 'The app’s token is wrong. Check SLACK_BOT_TOKEN.',
    'SLACK.MISSING_SCOPE':
      'The app lacks a permission. Put this version’s manifest in the app (npm run manifest -- slack) and install it again.',
    'SLACK.USER_NOT_FOUND': 'Slack does not know this person. Check the user id in the municipality file.',
    'SLACK.USER_DISABLED': 'This person is deactivated in Slack and gets no messages any more.',
    'SLACK.RESTRICTED_ACTION':
      'A setting of the Slack workspace keeps the bot from posting here. Ask the administrator of Slack.',
    'SLACK.MESSAGES_TAB_DISABLED': 'The app’s messages tab is off. Turn it on under App Home.',
    'SLACK.MESSAGE_NOT_FOUND': 'The message was deleted in Slack.',
    'SLACK.NO_ANSWER': 'Slack did not answer. It was tried again until it took too long.',
    'SLACK.SERVER_ERROR': 'Slack itself had trouble. It was tried again until it took too long.',
    'SLACK.NO_WORKSPACE': 'No Slack workspace is connected (any more). Install the app again through /slack/install.',
  },
);

/** @returns undefined for a reason that has no words of its own: the code then is all we know. */
export function explainFailure(reason: string, locale: Locale): string | undefined {
  const texts: Record<string, string> = failureTexts.all[locale];
  return texts[reason];
}
