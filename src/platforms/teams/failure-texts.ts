import { defineTexts } from '../../chat/texts.js';
import type { Locale } from '../../chat/texts.js';

/** What an administrator can do about a message Teams did not take, by the reason in the failed list. */
const failureTexts = defineTexts(
  {
    'TEAMS.NOT_INSTALLED':
      'De bot staat daar niet (meer). Voeg de app Wijksignaal toe aan het team, of laat de persoon de app openen; in het Teams-beheercentrum kan je ze voor iedereen installeren.',
    'TEAMS.BLOCKED': 'Deze persoon heeft de bot in Teams geblokkeerd. Alleen zij of hij kan dat terugdraaien.',
    'TEAMS.CONVERSATION_NOT_FOUND':
      'Teams kent dit kanaal of gesprek niet (meer). Kijk team en channel na in het gemeentebestand.',
    'TEAMS.DISABLED_BY_ADMIN':
      'De app is in het Teams-beheercentrum uitgezet. Vraag de Teams-beheerder om ze toe te staan.',
    'TEAMS.UNAUTHORIZED': 'Teams aanvaardt het token van de bot niet. Kijk TEAMS_APP_ID en TEAMS_TENANT_ID na.',
    'TEAMS.INVALID_CREDENTIALS':
      'De bot krijgt geen token: TEAMS_APP_PASSWORD is verlopen of klopt niet. Maak in Entra een nieuw clientgeheim.',
    'TEAMS.TOO_BIG': 'Het bericht is te groot voor Teams.',
    'TEAMS.NO_ANSWER':
      'Teams antwoordde niet: het bericht kan aangekomen zijn of niet. Kijk in het gesprek; opnieuw proberen stuurt het nog eens.',
    'TEAMS.UNREACHABLE':
      'Teams was vanaf deze server niet te bereiken; er is niets verstuurd. Kijk de internetverbinding, de DNS en de certificaten na, en probeer opnieuw.',
    'TEAMS.SERVER_ERROR':
      'Teams had zelf een storing: het bericht kan aangekomen zijn of niet. Kijk in het gesprek; opnieuw proberen stuurt het nog eens.',
    UNCERTAIN:
      'De verbinding viel weg tijdens het versturen: het bericht kan aangekomen zijn of niet. Kijk in het gesprek; opnieuw proberen stuurt het nog eens.',
    'TEAMS.NO_PLACE':
      'Teams heeft de bot nog nooit iets gestuurd. Installeer de app in het team en laat iemand ze openen.',
  },
  {
    'TEAMS.NOT_INSTALLED':
      'The bot is not there (any more). Add the app Wijksignaal to the team, or let the person open the app; the Teams admin centre can install it for everybody.',
    'TEAMS.BLOCKED': 'This person blocked the bot in Teams. Only they can undo that.',
    'TEAMS.CONVERSATION_NOT_FOUND':
      'Teams does not know this channel or conversation (any more). Check team and channel in the municipality file.',
    'TEAMS.DISABLED_BY_ADMIN':
      'The app is turned off in the Teams admin centre. Ask the administrator of Teams to allow it.',
    'TEAMS.UNAUTHORIZED': 'Teams does not accept the bot’s token. Check TEAMS_APP_ID and TEAMS_TENANT_ID.',
    'TEAMS.INVALID_CREDENTIALS':
      'The bot gets no token: TEAMS_APP_PASSWORD has expired or is wrong. Make a new client secret in Entra.',
    'TEAMS.TOO_BIG': 'The message is too large for Teams.',
    'TEAMS.NO_ANSWER':
      'Teams did not answer: the message may have arrived or not. Look in the conversation; trying again sends it once more.',
    'TEAMS.UNREACHABLE':
      'Teams could not be reached from this server; nothing was sent. Check the internet connection, DNS and certificates, and try again.',
    'TEAMS.SERVER_ERROR':
      'Teams itself had trouble: the message may have arrived or not. Look in the conversation; trying again sends it once more.',
    UNCERTAIN:
      'The connection was lost while sending: the message may have arrived or not. Look in the conversation; trying again sends it once more.',
    'TEAMS.NO_PLACE': 'Teams never sent the bot anything yet. Install the app in the team and let somebody open it.',
  },
);

/** @returns undefined for a reason that has no words of its own: the code then is all we know. */
export function explainFailure(reason: string, locale: Locale): string | undefined {
  const texts: Record<string, string> = failureTexts.all[locale];
  return texts[reason];
}
