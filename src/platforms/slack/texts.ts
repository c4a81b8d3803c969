import { defineTexts } from '../../chat/texts.js';

/** What only Slack needs to say. */
export const slackTexts = defineTexts(
  {
    'more.buttons': 'Meer…',
    'cut.link': 'Lees verder',
    'cut.text': 'Dit bericht is ingekort.',
    'list.continues': 'Vervolg',
    'tick.yes': 'Ja',
    'done.title': 'In orde',
    'card.title': 'Wijksignaal',
    close: 'Sluiten',
  },
  {
    'more.buttons': 'More…',
    'cut.link': 'Read on',
    'cut.text': 'This message was shortened.',
    'list.continues': 'Continued',
    'tick.yes': 'Yes',
    'done.title': 'Done',
    'card.title': 'Wijksignaal',
    close: 'Close',
  },
);
