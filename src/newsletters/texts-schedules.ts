import { defineTexts } from '../chat/texts.js';

/** What the schedules do, and what they tell an editor. */
export const scheduleTexts = defineTexts(
  {
    draft: 'het ontwerp van een nieuwsbrief maken',
    remind: 'een redacteur aan een nieuwsbrief herinneren',
    send: 'een nieuwsbrief beginnen te versturen',
    'fan-out': 'de berichten van een nieuwsbrief klaarzetten',
    watch: 'volgen hoever een nieuwsbrief is',
    tidy: 'een nieuwsbrief aan een andere redacteur geven, of opzijleggen',
    'notice.nobody':
      'De nieuwsbrief “{{title}}” ging niet uit: bij de ontvangers die je koos, is intussen niemand meer. Kies anderen en keur hem opnieuw goed.',
    'notice.empty': 'De nieuwsbrief “{{title}}” ging niet uit: er staat niets in. Vul hem aan en keur hem goed.',
    'notice.skipped':
      'De nieuwsbrief “{{title}}” kwam te laat: na {{hours}} uur wordt hij niet meer verstuurd, zo koos jullie gemeente.',
    'notice.took': 'Jij bent nu redacteur van de nieuwsbrief “{{title}}”: {{name}} is er niet meer.',
  },
  {
    draft: 'make the draft of a newsletter',
    remind: 'remind an editor of a newsletter',
    send: 'begin to send a newsletter',
    'fan-out': 'prepare the messages of a newsletter',
    watch: 'follow how far a newsletter is',
    tidy: 'give a newsletter to another editor, or lay it aside',
    'notice.nobody':
      'The newsletter “{{title}}” was not sent: of the recipients you chose, nobody is left. Choose others and approve it again.',
    'notice.empty': 'The newsletter “{{title}}” was not sent: there is nothing in it. Complete it and approve it.',
    'notice.skipped':
      'The newsletter “{{title}}” came too late: after {{hours}} hours it is no longer sent, as your municipality chose.',
    'notice.took': 'You are now editor of the newsletter “{{title}}”: {{name}} is no longer here.',
  },
);
