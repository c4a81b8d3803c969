import { defineTexts } from '../chat/texts.js';

/** Every word of the signal coordinators. */
export const sectorTexts = defineTexts(
  {
    'card.intro': 'Een signaal uit jouw sector. {{owner}} volgt het op; jij kan het toetsen en aanvullen.',
    'card.said': 'Jij zei: {{verdict}}.',
    'card.is': 'Dit is een signaal',
    'card.isNot': 'Geen signaal',
    'card.enrich': 'Vul aan',
    'card.takeOn': 'Neem op',
    'test.title': 'Geen signaal',
    'test.submit': 'Zeg het de regisseur',
    'test.why': 'Waarom is dit geen signaal?',
    'test.hint': 'Alleen wie het signaal opvolgt, leest dit. De regisseur beslist.',
    'test.done': 'Je woord over {{reference}} is doorgegeven aan wie het opvolgt.',
    'enrich.title': 'Vul het signaal aan',
    'enrich.submit': 'Bewaar',
    'enrich.text': 'Wat weet jouw sector hierover?',
    'enrich.hint':
      'Feiten en vaststellingen, neutraal en zonder gegevens van cliënten. Iedereen die signalen leest, kan dit lezen.',
    'enrich.done': 'Je aanvulling staat bij {{reference}}.',
    'takeOn.done': '{{reference}} is opgenomen. {{owner}} en de melder weten het.',
    'SECTOR.NOT_YOURS': 'Dit signaal hoort niet (meer) bij jouw sector.',
    'SECTOR.NOT_HERE': 'In jouw gemeente neemt de regisseur de eerste stap. Jij kan het signaal toetsen en aanvullen.',
  },
  {
    'card.intro': 'A signal from your sector. {{owner}} follows it up; you can test it and add to it.',
    'card.said': 'You said: {{verdict}}.',
    'card.is': 'This is a signal',
    'card.isNot': 'Not a signal',
    'card.enrich': 'Add to it',
    'card.takeOn': 'Take it on',
    'test.title': 'Not a signal',
    'test.submit': 'Tell the regisseur',
    'test.why': 'Why is this not a signal?',
    'test.hint': 'Only those who follow the signal up read this. The regisseur decides.',
    'test.done': 'Your word on {{reference}} is passed on to who follows it up.',
    'enrich.title': 'Add to the signal',
    'enrich.submit': 'Save',
    'enrich.text': 'What does your sector know about this?',
    'enrich.hint':
      'Facts and observations, neutral and without details of clients. Everybody who reads signals can read this.',
    'enrich.done': 'What you added stands with {{reference}}.',
    'takeOn.done': '{{reference}} is taken on. {{owner}} and the filer know.',
    'SECTOR.NOT_YOURS': 'This signal does not belong to your sector (any more).',
    'SECTOR.NOT_HERE':
      'In your municipality the regisseur takes the first step. You can test the signal and add to it.',
  },
);
