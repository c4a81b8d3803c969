import type { ButtonPayload, Card } from '../chat/card.js';
import type { Context, SearchHit } from '../chat/feature.js';
import { defineTexts } from '../chat/texts.js';
import { may } from '../people/roles.js';
import { exampleReference, sayStatus, sayWhere } from './describe.js';
import { listSignals } from './read-signals.js';
import { signalTexts } from './texts.js';

const texts = defineTexts(
  {
    hello: 'Dag {{name}}, ik ben Wijksignaal',
    'hello.nameless': 'Dag, ik ben Wijksignaal',
    unknown: 'Dat begrijp ik niet',
    'unknown.file': 'Is het iets dat je opvalt in je werk? Dan maken we er samen een signaal van.',
    what: 'Merk je bij je werk iets dat terugkomt en groter is dan één persoon? Meld het hier: het gaat naar de sociaal regisseur van de wijk, en je hoort van elke stap.',
    makeIt: 'Maak er een signaal van',
    examples: 'Dit kan je typen',
    'word.file': 'signaal',
    'word.mine': 'mijn',
    'example.file': 'open het formulier',
    'example.mine': 'je eigen signalen',
    'example.status': 'hoever een signaal staat',
    'example.help': 'alles wat ik kan',
    site: 'Alle signalen',
  },
  {
    hello: 'Hello {{name}}, I am Wijksignaal',
    'hello.nameless': 'Hello, I am Wijksignaal',
    unknown: 'I do not understand that',
    'unknown.file': 'Is it something you notice in your work? Then let us make it a signal together.',
    what: 'Do you notice something in your work that keeps coming back and is larger than one person? File it here: it goes to the social regisseur of the neighbourhood, and you hear of every step.',
    makeIt: 'Make it a signal',
    examples: 'This is what you can type',
    'word.file': 'signal',
    'word.mine': 'mine',
    'example.file': 'open the form',
    'example.mine': 'your own signals',
    'example.status': 'how far a signal is',
    'example.help': 'everything I can do',
    site: 'All signals',
  },
);

const GREETING =
  /^(hallo|hello|hoi|hi|hey|hé|dag|goeie(n)?(dag|morgen|middag|avond)|goede?(n)?(dag|morgen|middag|avond)|good (morning|afternoon)|start)\b/i;
/** What a button may carry along; a longer text is typed or pasted in the form. */
const CARRIED = 1_000;

/** Hello, or: that was no command. Never a dead end: what was typed can become a signal with one press. */
export async function welcome(context: Context, said: string): Promise<Card> {
  const { locale, person } = context;
  const t = texts(locale);
  const greeted = said === '' || GREETING.test(said);
  const [firstName] = person.name.split(' ');
  const hello = firstName ? t('hello', { name: firstName }) : t('hello.nameless');
  const heading = greeted ? hello : t('unknown');
  const description: ButtonPayload = greeted ? {} : { description: said.slice(0, CARRIED) };
  return {
    summary: heading,
    parts: [
      { kind: 'heading', text: heading },
      { kind: 'text', text: greeted ? t('what') : t('unknown.file') },
      { kind: 'text', style: 'subtle', text: t('examples') },
      {
        kind: 'facts',
        facts: [
          ...(may(person, 'file a signal') ? [{ label: t('word.file'), value: t('example.file') }] : []),
          ...(may(person, 'read signals')
            ? [
                { label: t('word.mine'), value: t('example.mine') },
                { label: `status ${exampleReference(context)}`, value: t('example.status') },
              ]
            : []),
          { label: 'help', value: t('example.help') },
        ],
      },
      ...(may(person, 'file a signal')
        ? [
            {
              kind: 'buttons' as const,
              buttons: [
                {
                  label: greeted ? signalTexts(locale)('home.file') : t('makeIt'),
                  action: 'signals.file',
                  payload: description,
                  style: 'primary' as const,
                  opensForm: true as const,
                },
              ],
            },
          ]
        : []),
      { kind: 'link', label: t('site'), url: context.url('/') },
    ],
  };
}

const HITS = 10;

/** Signals to put in a conversation: which one, and how far it is. */
export async function searchSignals(context: Context, query: string): Promise<SearchHit[]> {
  if (!may(context.person, 'read signals')) return [];
  const { db, locale, municipality } = context;
  const words = query.trim();
  const page = await listSignals(db, municipality.id, words ? { search: words } : {}, { limit: HITS });
  return page.lines.map((line) => ({
    title: `${line.reference} · ${line.title}`,
    text: `${sayStatus(line.status, locale)} · ${sayWhere(line, locale)}`,
    url: context.url(`/signalen/${line.reference}`),
  }));
}
