import type { Card, CardPart } from '../chat/card.js';
import type { Command, CommandReader, Context, Reply } from '../chat/feature.js';
import { may } from '../people/roles.js';
import { exampleReference } from './describe.js';
import { fileForm } from './filing/file-form.js';
import { findSignalByReference, listFiledBy, listSignals } from './read-signals.js';
import { sayDone } from './replies.js';
import { signalTexts } from './texts.js';
import { helpTips } from './filing/tips.js';
import { listParts, timelineCard } from './timeline-card.js';

/** As many as fit one Slack message of 50 blocks, with room for the heading. */
const LIST_LIMIT = 15;

const help =
  (key: 'file' | 'mine' | 'status' | 'search' | 'help'): Command['help'] =>
  (locale) => {
    const t = signalTexts(locale);
    return { usage: t(`help.${key}.usage`), does: t(`help.${key}.does`) };
  };

const forReading = { isFor: ({ person }: CommandReader) => may(person, 'read signals') };
const forFiling = { isFor: ({ person }: CommandReader) => may(person, 'file a signal') };

const onlyToYou = (card: Card): Reply => ({ kind: 'card', card, visible: 'only-you' });
const sentence = (text: string): Card => ({ summary: text, parts: [{ kind: 'text', text }] });

/** Reading is for who may read signals. `inPublic`: others read along. */
function forReaders(
  show: (context: Context, text: string, inPublic: boolean) => Promise<Card>,
): Required<Pick<Command, 'run' | 'inPublic'>> {
  const guarded = (context: Context, text: string, inPublic: boolean) =>
    may(context.person, 'read signals')
      ? show(context, text, inPublic)
      : Promise.resolve(sentence(signalTexts(context.locale)('error.notYours')));
  return {
    run: async (context, text) => onlyToYou(await guarded(context, text, false)),
    inPublic: (context, text) => guarded(context, text, true),
  };
}

export const commands: Command[] = [
  {
    name: 'signaal',
    saidAs: ['signal'],
    help: help('file'),
    ...forFiling,
    async run(context, text) {
      if (!may(context.person, 'file a signal')) return sayDone(signalTexts(context.locale)('error.notYours'));
      return { kind: 'form', form: await context.openForm(fileForm, {}, text ? { description: text } : undefined) };
    },
  },
  {
    name: 'signaal',
    subcommand: { words: ['mijn', 'mine', 'my'], accepts: (rest) => rest === '' },
    help: help('mine'),
    ...forReading,
    run: forReaders(async (context) => {
      const t = signalTexts(context.locale);
      const lines = await listFiledBy(context.db, context.municipality.id, context.person.id, LIST_LIMIT);
      const parts: CardPart[] =
        lines.length > 0 ? listParts(context, lines) : [{ kind: 'text', text: t('mine.empty') }];
      return { summary: t('mine.heading'), parts: [{ kind: 'heading', text: t('mine.heading') }, ...parts] };
    }).run,
  },
  {
    name: 'signaal',
    // "/signaal status van de woningen is slecht" is a description, not a reference.
    subcommand: { words: ['status'], accepts: (rest) => rest.split(/\s+/).length <= 3 },
    help: help('status'),
    ...forReading,
    ...forReaders(async (context, typed, inPublic) => {
      const t = signalTexts(context.locale);
      const example = exampleReference(context);
      if (!typed) return sentence(t('status.ask', { example }));
      const signal = await findSignalByReference(context.db, context.municipality.id, typed);
      return signal
        ? timelineCard(context, signal, inPublic)
        : sentence(t('status.unknown', { typed: typed.slice(0, 40), example }));
    }),
  },
  {
    name: 'signaal',
    subcommand: { words: ['zoek', 'search'] },
    help: help('search'),
    ...forReading,
    ...forReaders(async (context, query) =>
      query ? search(context, query.slice(0, 200)) : sentence(signalTexts(context.locale)('search.ask')),
    ),
  },
  {
    name: 'signaal',
    subcommand: { words: ['help', 'hulp', '?'], accepts: (rest) => rest === '' },
    help: help('help'),
    run: (context) => Promise.resolve(onlyToYou(helpCard(context))),
    inPublic: (context) => Promise.resolve(helpCard(context, true)),
  },
];

async function search(context: Context, query: string): Promise<Card> {
  const t = signalTexts(context.locale);
  const page = await listSignals(context.db, context.municipality.id, { search: query }, { limit: LIST_LIMIT });
  if (page.lines.length === 0) return sentence(t('search.empty', { query }));
  const more: CardPart[] = page.next
    ? [
        { kind: 'text', text: t('search.more') },
        { kind: 'link', label: t('search.all'), url: context.url('/') },
      ]
    : [];
  const heading = t('search.heading', { query });
  return { summary: heading, parts: [{ kind: 'heading', text: heading }, ...listParts(context, page.lines), ...more] };
}

function helpCard(context: Context, inPublic = false): Card {
  const t = signalTexts(context.locale);
  const days = context.municipality.settings.acknowledgement.workingDays;
  return {
    summary: t('help.heading'),
    parts: [
      { kind: 'heading', text: t('help.heading') },
      { kind: 'text', text: t('help.what') },
      { kind: 'text', text: days === 'never' ? t('help.then.noClock') : t('help.then', { days }) },
      ...(inPublic || !may(context.person, 'file a signal') ? [] : helpTips(context)),
      { kind: 'text', style: 'subtle', text: t('help.privacy') },
      { kind: 'facts', facts: context.commands().map(({ usage, does }) => ({ label: usage, value: does })) },
    ],
  };
}
