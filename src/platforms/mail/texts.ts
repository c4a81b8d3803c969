import { defineTexts, type Locale } from '../../chat/texts.js';

export const mailTexts = defineTexts(
  {
    footer: 'Je krijgt deze mail van Wijksignaal, het signaalpunt van {{municipality}}.',
    unsubscribe: 'Ik wil dit niet meer krijgen',
    'chat.only': 'Antwoorden en knoppen werken in de chat (Slack of Teams), niet op deze mail.',
    subject: 'Bericht van Wijksignaal',
  },
  {
    footer: 'You receive this mail from Wijksignaal, the signal desk of {{municipality}}.',
    unsubscribe: 'I no longer want to receive this',
    'chat.only': 'Answers and buttons work in the chat (Slack or Teams), not on this mail.',
    subject: 'Message from Wijksignaal',
  },
);

/** What an administrator can do about a mail that did not leave, by the reason in the failed list. */
const failureTexts = defineTexts(
  {
    UNCERTAIN:
      'De verbinding viel weg nadat het bericht verstuurd was: het kan aangekomen zijn. “Probeer opnieuw” stuurt het nog eens, ook als dat een tweede is.',
    'MAIL.NO_SUCH_ADDRESS': 'De mailserver kent dit adres niet, of weigert het. Kijk het adres na.',
    'MAIL.NOT_AN_ADDRESS': 'Dit is geen mailadres. Kijk het na.',
    'MAIL.REFUSED': 'De mailserver weigerde het bericht. Vraag de beheerder van de mailserver waarom.',
    'MAIL.SENDER_REFUSED': 'De mailserver weigert de afzender. Kijk MAIL_FROM na.',
    'MAIL.NO_LOGIN': 'De mailserver aanvaardt de aanmelding niet. Kijk gebruiker en wachtwoord in SMTP_URL na.',
    'MAIL.NOT_NOW': 'De mailserver vroeg om later terug te komen. Het werd opnieuw geprobeerd, tot het te lang duurde.',
    'MAIL.NO_CONNECTION':
      'De mailserver was niet te bereiken. Het werd opnieuw geprobeerd, tot het te lang duurde. Kijk SMTP_URL na.',
  },
  {
    UNCERTAIN:
      'The connection was lost after the message was sent: it may have arrived. “Try again” sends it once more, even if that is a second copy.',
    'MAIL.NO_SUCH_ADDRESS': 'The mail server does not know this address, or refuses it. Check the address.',
    'MAIL.NOT_AN_ADDRESS': 'This is not a mail address. Check it.',
    'MAIL.REFUSED': 'The mail server refused the message. Ask the mail server’s administrator why.',
    'MAIL.SENDER_REFUSED': 'The mail server refuses the sender. Check MAIL_FROM.',
    'MAIL.NO_LOGIN': 'The mail server does not accept the login. Check user and password in SMTP_URL.',
    'MAIL.NOT_NOW': 'The mail server asked to come back later. It was tried again until it took too long.',
    'MAIL.NO_CONNECTION':
      'The mail server could not be reached. It was tried again until it took too long. Check SMTP_URL.',
  },
);

/** @returns undefined for a reason of another platform. */
export function explainMailFailure(reason: string, locale: Locale): string | undefined {
  const texts: Record<string, string> = failureTexts.all[locale];
  return texts[reason];
}
