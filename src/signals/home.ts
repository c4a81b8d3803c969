import { z } from 'zod';
import type { CardPart } from '../chat/card.js';
import { defineAction, type Context, type HomeSection, type Reply } from '../chat/feature.js';
import { may } from '../people/roles.js';
import { sayDue, sayProgress, sayStatus, sayWhere } from './describe.js';
import { fileForm } from './filing/file-form.js';
import { listFollowed, listToTriage } from './home-signals.js';
import { listFiledBy, type SignalLine } from './read-signals.js';
import { sayDone } from './replies.js';
import { signalTexts } from './texts.js';

/** What is listed of each at most; the site has the rest. */
const QUEUE_LIMIT = 200;
const OWN_LIMIT = 50;

/** "Meld een signaal" as a button, with what was typed to the bot already in the form. */
export const fileAction = defineAction(
  'signals.file',
  z.object({ description: z.string().optional() }),
  async (context, { description }): Promise<Reply> => {
    if (!may(context.person, 'file a signal')) return sayDone(signalTexts(context.locale)('error.notYours'));
    return { kind: 'form', form: await context.openForm(fileForm, {}, description ? { description } : undefined) };
  },
);

/** The person's own page: what waits for them, what they filed, what they follow. */
export const homeSections: HomeSection[] = [
  {
    order: 10,
    render: ({ locale, person }) =>
      Promise.resolve(
        may(person, 'file a signal')
          ? [
              {
                kind: 'buttons',
                buttons: [
                  {
                    label: signalTexts(locale)('home.file'),
                    action: 'signals.file',
                    payload: {},
                    style: 'primary',
                    opensForm: true,
                  },
                ],
              },
            ]
          : [],
      ),
  },
  {
    order: 20,
    async render(context) {
      if (!may(context.person, 'read who filed')) return [];
      const t = signalTexts(context.locale);
      const lines = await listToTriage(context, QUEUE_LIMIT + 1);
      return section(context, t('home.triage'), lines, QUEUE_LIMIT, t('home.triage.empty'), true);
    },
  },
  {
    order: 30,
    async render(context) {
      if (!may(context.person, 'read signals')) return [];
      const t = signalTexts(context.locale);
      const lines = await listFiledBy(context.db, context.municipality.id, context.person.id, OWN_LIMIT + 1);
      // Who triages and never files needs no empty list of their own.
      const empty = may(context.person, 'read who filed') ? undefined : t('mine.empty');
      return section(context, t('mine.heading'), lines, OWN_LIMIT, empty);
    },
  },
  {
    order: 40,
    async render(context) {
      if (!may(context.person, 'read who filed')) return [];
      const lines = await listFollowed(context, OWN_LIMIT + 1);
      return section(context, signalTexts(context.locale)('home.follows'), lines, OWN_LIMIT, undefined);
    },
  },
];

/**
 * @param empty said when there is nothing; without it there is no such section then.
 * @param withDue each line says by when its next step is due: for who triages.
 */
function section(
  context: Context,
  heading: string,
  lines: SignalLine[],
  limit: number,
  empty: string | undefined,
  withDue = false,
): CardPart[] {
  const t = signalTexts(context.locale);
  if (lines.length === 0 && empty === undefined) return [];
  const more: CardPart[] =
    lines.length > limit
      ? [
          { kind: 'text', style: 'subtle', text: t('home.more') },
          { kind: 'link', label: t('search.all'), url: context.url('/') },
        ]
      : [];
  return [
    { kind: 'heading', text: heading },
    ...(lines.length === 0 ? [{ kind: 'text' as const, text: empty ?? '' }] : []),
    ...lines.slice(0, limit).flatMap((line) => lineParts(context, line, withDue)),
    ...more,
  ];
}

function lineParts(context: Context, line: SignalLine, withDue: boolean): CardPart[] {
  const { locale, url } = context;
  const t = signalTexts(locale);
  const due = withDue ? sayDue(line, context) : undefined;
  const progress = [sayProgress(line.status, locale), sayStatus(line.status, locale)].filter(Boolean).join(' · ');
  return [
    { kind: 'link', label: `${line.acute ? '‼ ' : ''}${line.title}`, url: url(`/signalen/${line.reference}`) },
    {
      kind: 'text',
      style: 'subtle',
      text: [
        t('home.line', { reference: line.reference, progress, where: sayWhere(line, locale) }),
        ...(due ? [t('home.due', { due })] : []),
      ].join(' · '),
    },
  ];
}
