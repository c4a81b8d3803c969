import { z } from 'zod';
import type { Card } from '../../src/chat/card.js';
import {
  defineAction,
  defineForm,
  defineMessage,
  type Context,
  type Feature,
  type Reply,
} from '../../src/chat/feature.js';
import type { Field, FormOutcome, FormPart } from '../../src/chat/form.js';

/** What HTML, Slack and Markdown would make something of; a chat has to show it as it was typed. */
export const MARKUP =
  '<b>vet</b> *ster* _lijn_ ~weg~ `code` <@U0123> <!here> <https://a.be|klik> [a](b) &amp; "x" \'y\' :smile:';

const TOWNS = [
  { value: 't-1', label: 'Rabot - Blaisantvest' },
  { value: 't-2', label: 'Rabotstraat & <omgeving>' },
  { value: 't-3', label: 'Drongen' },
  { value: 't-4', label: 'Dampoort' },
];

const FormContents = z.object({
  title: z.string().max(40),
  story: z.string().max(2_000).optional(),
  kind: z.enum(['a', 'b']).optional(),
  many: z.array(z.enum(['x', 'y', 'z'])).optional(),
  town: z.string().optional(),
  towns: z.array(z.string()).min(1),
  day: z.iso.date().optional(),
  agreed: z.literal(true),
  sure: z.boolean().optional(),
  note: z.string().max(20).optional(),
});

export interface Echo {
  feature: Feature;
  /** Replies typed in threads, as they arrived. */
  replies: string[];
  /** What forms were sent with, by form id: sending one twice is seen here. */
  submissions: Map<string, unknown>;
}

/** A capability for tests alone that uses every part of a card and every kind of field. */
export function createEcho(): Echo {
  const replies: string[] = [];
  const submissions = new Map<string, unknown>();
  const counts = new Map<string, number>();
  const countOf = (key: string) => counts.get(key) ?? 0;

  const t = (context: { locale: string }, nl: string, en: string) => (context.locale === 'en' ? en : nl);

  const form = defineForm({
    id: 'echo.form',
    params: z.object({}),
    values: FormContents,
    async view(context) {
      return {
        title: t(context, 'Alles invullen', 'Fill in everything'),
        submitLabel: t(context, 'Verstuur', 'Send'),
        parts: everyField(),
      };
    },
    async submit(_context, { values, formId }): Promise<FormOutcome> {
      if (values.title === 'weg') return { kind: 'refused', text: 'Iemand anders was je voor.' };
      if (values.title === 'fout') return { kind: 'again', errors: { title: 'Dit woord mag niet.' } };
      if (values.title.includes('Jan') && !values.sure) {
        const add: FormPart[] = [
          { kind: 'note', tone: 'warning', text: 'Staat hier een naam van iemand?' },
          { kind: 'tick', id: 'sure', label: 'Namen', statement: 'Dit is geen naam van een cliënt', required: true },
        ];
        return { kind: 'again', errors: {}, add };
      }
      submissions.set(formId, values);
      return { kind: 'done', card: say(`Bewaard: ${values.title}\n${values.story ?? ''}`) };
    },
  });

  const message = defineMessage({
    id: 'echo.card',
    params: z.object({ key: z.string(), text: z.string(), onlyFor: z.string().optional() }),
    render: async (context, { key, text, onlyFor }) =>
      everyPart({ key, text, count: countOf(key), locale: context.locale, ...(onlyFor && { onlyFor: [onlyFor] }) }),
    async onReply(context, { key }, text): Promise<Reply> {
      replies.push(text);
      await context.write((tx) =>
        context.outbox.post(tx, context.municipality.id, [
          {
            key: `answer:${key}:${replies.length}`,
            to: { personId: context.person.id },
            view: 'echo.answer',
            params: { text },
            threadKey: `card:${key}`,
          },
        ]),
      );
      return { kind: 'none' };
    },
  });

  const answer = defineMessage({
    id: 'echo.answer',
    params: z.object({ text: z.string() }),
    render: async (_context, { text }) => say(`Ontvangen: ${text}`),
  });

  const refresh = async (context: Context, key: string): Promise<Reply> => {
    counts.set(key, countOf(key) + 1);
    await context.write((tx) => context.outbox.refresh(tx, context.municipality.id, [`card:${key}`]));
    return { kind: 'none' };
  };

  const post = (context: Context, key: string, to: { personId: string } | { channelId: string }, params: object) =>
    context.write((tx) =>
      context.outbox.post(tx, context.municipality.id, [
        { key: `card:${key}`, to, view: 'echo.card', params: { key, text: MARKUP, ...params } },
      ]),
    );

  const command = (words: string[], run: (context: Context, text: string) => Promise<Reply>) => ({
    name: 'echo',
    subcommand: { words },
    help: () => ({ usage: `/echo ${words[0]}`, does: 'Een proef.' }),
    run,
  });

  const feature: Feature = {
    name: 'echo',
    commands: [
      {
        name: 'echo',
        help: (locale) => ({
          usage: '/echo [tekst]',
          does: t({ locale }, 'Zegt je tekst terug.', 'Repeats your text.'),
        }),
        run: async (context, text) => onlyYou(say(t(context, `Alleen voor jou: ${text}`, `Just for you: ${text}`))),
      },
      command(['iedereen'], async (_context, text) => ({ kind: 'card', card: say(text), visible: 'everyone' })),
      command(['formulier'], async (context, text) => ({
        kind: 'form',
        form: await context.openForm(form, {}, { story: text }),
      })),
      command(['stuk'], () => Promise.reject(new Error('a secret of the machine room'))),
      // To whoever asks; the text is the card's key.
      command(['kaart'], async (context, text) => {
        await post(context, text, { personId: context.person.id }, {});
        return { kind: 'none' };
      }),
      // In a channel, with buttons for its owner alone.
      command(['kanaal'], async (context, text) => {
        const channel = await context.db.channel.findFirstOrThrow({
          where: { municipalityId: context.municipality.id },
        });
        await post(context, text, { channelId: channel.id }, { onlyFor: channel.ownerId });
        return { kind: 'none' };
      }),
    ],
    actions: [
      defineAction('echo.count', z.object({ key: z.string() }), (context, { key }) => refresh(context, key)),
      defineAction(
        'echo.pick',
        z.object({ key: z.string(), value: z.enum(['rood', 'groen']) }),
        async (_context, { value }) => onlyYou(say(`Gekozen: ${value}`)),
      ),
      defineAction('echo.whisper', z.object({ key: z.string() }), async () => onlyYou(say('Gefluisterd.'))),
      defineAction('echo.open', z.object({ key: z.string() }), async (context) => ({
        kind: 'form',
        form: await context.openForm(form, {}),
      })),
    ],
    forms: [form],
    messages: [message, answer],
    sources: [
      {
        id: 'echo.towns',
        search: async (_context, query) =>
          TOWNS.filter(({ label }) => label.toLowerCase().includes(query.toLowerCase())),
        find: async (_context, value) => TOWNS.find((town) => town.value === value),
      },
    ],
  };
  return { feature, replies, submissions };
}

/** A card with one of every part. */
export function everyPart(options: {
  key: string;
  text: string;
  count: number;
  locale?: string;
  onlyFor?: string[];
}): Card {
  const { key, text, count, onlyFor, locale } = options;
  return {
    summary: `Kaart ${key}`,
    parts: [
      { kind: 'heading', text: `Kaart ${key}` },
      { kind: 'text', text },
      { kind: 'text', text: locale === 'en' ? 'Pressed below' : 'Hieronder gedrukt', style: 'subtle' },
      { kind: 'text', text: 'Regel één\nRegel twee', style: 'quote' },
      {
        kind: 'facts',
        facts: [
          { label: 'Gedrukt', value: String(count) },
          { label: 'Wijk', value: text },
        ],
      },
      { kind: 'image', url: '/assets/icon.svg', alt: 'Een klein beeld' },
      { kind: 'divider' },
      {
        kind: 'buttons',
        buttons: [
          { label: 'Tel', action: 'echo.count', payload: { key }, style: 'primary' },
          { label: 'Formulier', action: 'echo.open', payload: { key } },
          { label: 'Gevaarlijk', action: 'echo.whisper', payload: { key }, style: 'danger' },
        ],
        more: [
          { label: 'Fluister', action: 'echo.whisper', payload: { key } },
          { label: 'Tel ook', action: 'echo.count', payload: { key } },
        ],
        ...(onlyFor && { onlyFor }),
      },
      {
        kind: 'select',
        label: 'Kleur',
        action: 'echo.pick',
        payload: { key },
        options: [
          { value: 'rood', label: 'Rood' },
          { value: 'groen', label: 'Groen' },
        ],
      },
      { kind: 'link', label: 'Naar de pagina', url: '/' },
    ],
  };
}

/** One of every kind of field, some of them folded away. */
export function everyField(): Field[] {
  return [
    {
      kind: 'text',
      id: 'title',
      label: 'Titel',
      hint: 'In enkele woorden.',
      maxLength: 40,
      required: true,
      placeholder: 'Bijvoorbeeld: de lift',
    },
    { kind: 'multiline', id: 'story', label: 'Wat zie je?', maxLength: 2_000 },
    { kind: 'search', id: 'towns', label: 'Wijken', source: 'echo.towns', multiple: true, required: true },
    {
      kind: 'select',
      id: 'kind',
      label: 'Soort',
      options: [
        { value: 'a', label: 'Soort A' },
        { value: 'b', label: 'Soort B' },
      ],
    },
    {
      kind: 'multiselect',
      id: 'many',
      label: 'Wat nog',
      options: [
        { value: 'x', label: 'Het ene' },
        { value: 'y', label: 'Het andere' },
        { value: 'z', label: 'Nog iets' },
      ],
      value: ['y'],
      section: 'more',
    },
    {
      kind: 'search',
      id: 'town',
      label: 'Thuiswijk',
      source: 'echo.towns',
      multiple: false,
      section: 'more',
      value: [{ value: 't-3', label: 'Drongen' }],
    },
    { kind: 'date', id: 'day', label: 'Sinds', section: 'more' },
    { kind: 'text', id: 'note', label: 'Korte nota', maxLength: 20, section: 'more' },
    { kind: 'tick', id: 'agreed', label: 'Afspraak', statement: 'Ik ga akkoord', required: true },
  ];
}

function say(text: string): Card {
  return { summary: text, parts: [{ kind: 'text', text }] };
}

function onlyYou(card: Card): Reply {
  return { kind: 'card', card, visible: 'only-you' };
}
