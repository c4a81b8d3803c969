import { defineTexts } from '../chat/texts.js';

export const transferTexts = defineTexts(
  {
    title: 'Signaal overdragen',
    submit: 'Draag over',
    to: 'Aan wie?',
    'to.hint': 'Typ een stuk van de naam. Regisseurs en coördinatoren die hier nu werken.',
    why: 'Waarom draag je het over?',
    'why.hint': 'De melders en je collega krijgen deze woorden te lezen.',
    done: '{{owner}} volgt {{reference}} vanaf nu op. De melders en je collega weten het.',
    moved: 'Overgedragen: {{owner}} volgt dit signaal nu op. Hier valt niets meer te doen.',
    told: '{{by}} droeg dit signaal over. {{owner}} volgt het vanaf nu op. De reden:',
  },
  {
    title: 'Hand over a signal',
    submit: 'Hand over',
    to: 'To whom?',
    'to.hint': 'Type part of the name. Regisseurs and coordinators who work here now.',
    why: 'Why do you hand it over?',
    'why.hint': 'The filers and your colleague get to read these words.',
    done: '{{owner}} follows {{reference}} up from now on. The filers and your colleague know.',
    moved: 'Handed over: {{owner}} follows this signal up now. There is nothing left to do here.',
    told: '{{by}} handed this signal over. {{owner}} follows it up from now on. The reason:',
  },
);
