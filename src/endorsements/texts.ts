import { defineTexts } from '../chat/texts.js';

/** Every word of "ook bij ons". */
export const endorsementTexts = defineTexts(
  {
    'endorse.title': 'Ook bij ons',
    'endorse.submit': 'Bevestig',
    'endorse.about': '{{reference}} · {{title}}',
    'endorse.observation': 'Wat zien jullie?',
    'endorse.observation.hint':
      'Neutraal, zonder namen of gegevens van cliënten. Iedereen die signalen leest, kan dit lezen.',
    'endorse.organisation': 'Voor welke organisatie?',
    'endorse.organisation.hint': 'We tellen organisaties, geen stemmen. Alleen wie het signaal opvolgt, ziet welke.',
    'endorse.done': 'Dank je. {{reference}} is nu ook bevestigd door jouw organisatie.',
    'endorse.next': 'Je hoort van elke stap, in je privéberichten.',
    'page.back': 'Terug naar het signaal',
    'page.all': 'Alle signalen',
    'page.errors': 'Er klopt nog iets niet. Kijk hieronder wat; wat je typte, staat er nog.',
    'page.names': 'Dit is geen persoon, of ik heb het weggehaald.',
    'page.organisation': 'Vul de naam van je organisatie in, hooguit 150 tekens.',
    'endorse.undone': 'Teruggenomen: jullie bevestigen {{reference}} niet meer, en je hoort er niets meer van.',
    'receipt.heading': 'Ook bij jullie: je bevestigde dit signaal',
    'receipt.text': '{{owner}} volgt het op. Je hoort hier van elke stap.',
    'receipt.undone': 'Je nam je bevestiging terug. Je hoort niets meer van dit signaal.',
    'ENDORSE.GONE': 'Dit signaal bestaat niet meer.',
    'ENDORSE.NOTHING_TO_UNDO': 'Jullie bevestigden dit signaal niet (meer). Er is niets veranderd.',
    'ENDORSE.ENDED':
      'Dit signaal staat intussen op ‘{{status}}’ en wordt niet meer opgevolgd. Zien jullie het nog? Meld het dan opnieuw met /signaal.',
    'ENDORSE.ENDED.merged':
      'Dit signaal is intussen samengevoegd. Bevestig het signaal waarin het verdergaat: /signaal status {{other}}',
  },
  {
    'endorse.title': 'Here as well',
    'endorse.submit': 'Confirm',
    'endorse.about': '{{reference}} · {{title}}',
    'endorse.observation': 'What do you see?',
    'endorse.observation.hint':
      'Neutral, without names or details of clients. Everybody who reads signals can read this.',
    'endorse.organisation': 'For which organisation?',
    'endorse.organisation.hint': 'We count organisations, not votes. Only those who follow the signal up see which.',
    'endorse.done': 'Thank you. {{reference}} is now confirmed by your organisation too.',
    'endorse.next': 'You will hear of every step, in your direct messages.',
    'page.back': 'Back to the signal',
    'page.all': 'All signals',
    'page.errors': 'Something is not right yet. See below what; what you typed is still there.',
    'page.names': 'This is no person, or I took it out.',
    'page.organisation': 'Fill in the name of your organisation, 150 characters at most.',
    'endorse.undone': 'Taken back: you no longer confirm {{reference}}, and you will hear no more of it.',
    'receipt.heading': 'Here as well: you confirmed this signal',
    'receipt.text': '{{owner}} follows it up. You will hear of every step here.',
    'receipt.undone': 'You took your confirmation back. You will hear no more of this signal.',
    'ENDORSE.GONE': 'This signal does not exist any more.',
    'ENDORSE.NOTHING_TO_UNDO': 'You do not confirm this signal (any more). Nothing has changed.',
    'ENDORSE.ENDED':
      'This signal has come to stand at ‘{{status}}’ and is not followed up any more. Do you still see it? Then file it again with /signaal.',
    'ENDORSE.ENDED.merged':
      'This signal has been merged. Confirm the one in which it goes on: /signaal status {{other}}',
  },
);
