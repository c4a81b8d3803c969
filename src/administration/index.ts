import { z } from 'zod';
import { sayInstant } from '../calendar/local-day.js';
import type { Card, CardPart } from '../chat/card.js';
import { defineAction, type Command, type Context, type Feature, type Reply } from '../chat/feature.js';
import { may } from '../people/roles.js';
import { retryOccurrences } from '../scheduling/occurrences.js';
import { readFailedDeliveries, sayReason, sayWhat } from './failed-deliveries.js';
import { failedOccasionParts } from './failed-occasions.js';
import { administrationTexts } from './texts.js';

/** Each takes three parts of a message; a Slack message holds 50. */
const LIST_LIMIT = 10;
/** Each takes two. */
const OCCASION_LIMIT = 5;
/** One press tries at most this many again. */
const RETRY_LIMIT = 10_000;

const say = (text: string): Reply => onlyToYou({ summary: text, parts: [{ kind: 'text', text }] });
const onlyToYou = (card: Card): Reply => ({ kind: 'card', card, visible: 'only-you' });

const overview: Command = {
  name: 'signaal',
  subcommand: { words: ['beheer', 'admin'], accepts: (rest) => rest === '' },
  help(locale) {
    const t = administrationTexts(locale);
    return { usage: t('usage'), does: t('does') };
  },
  isFor: ({ person }) => may(person, 'see failed deliveries'),
  async run(context) {
    const { db, locale, municipality } = context;
    const t = administrationTexts(locale);
    if (!may(context.person, 'see failed deliveries')) return say(t('not.yours'));
    const { waiting, failed, latest } = await readFailedDeliveries(db, municipality.id, LIST_LIMIT);
    const list = latest.flatMap((delivery): CardPart[] => [
      {
        kind: 'text',
        text: [
          t('failed', { what: sayWhat(delivery.view, locale), to: delivery.to }),
          sayReason(delivery.reason, context),
          t('when', { at: sayInstant(delivery.createdAt, municipality.zone, locale) }),
        ].join('\n'),
      },
      {
        kind: 'buttons',
        buttons: [{ label: t('retry'), action: 'administration.retry', payload: { deliveryId: delivery.id } }],
      },
    ]);
    const all: CardPart[] =
      latest.length > 1
        ? [{ kind: 'buttons', buttons: [{ label: t('retry.all'), action: 'administration.retry-all', payload: {} }] }]
        : [];
    return onlyToYou({
      summary: t('heading'),
      parts: [
        { kind: 'heading', text: t('heading') },
        { kind: 'text', text: failed + waiting === 0 ? t('good') : t('counts', { waiting, failed }) },
        ...(latest.length > 0 && latest.length < failed
          ? [{ kind: 'text' as const, text: t('shown', { count: latest.length, failed }) }]
          : []),
        ...list,
        ...all,
        ...(await failedOccasionParts(context, OCCASION_LIMIT)),
      ],
    });
  },
};

async function retry(context: Context, ids: (() => Promise<string[]>) | string[]): Promise<Reply> {
  const t = administrationTexts(context.locale);
  if (!may(context.person, 'see failed deliveries')) return say(t('not.yours'));
  const chosen = typeof ids === 'function' ? await ids() : ids;
  const count = await context.write((tx) => context.outbox.retry(tx, context.municipality.id, chosen));
  return say(count === 0 ? t('retried.none') : t('retried', { count }));
}

/** What the town's IT person sees: failed deliveries with their reason, and a way to try again. No signals. */
export const administration: Feature = {
  name: 'administration',
  commands: [overview],
  actions: [
    defineAction('administration.retry', z.object({ deliveryId: z.uuid() }), (context, { deliveryId }) =>
      retry(context, [deliveryId]),
    ),
    defineAction('administration.retry-occasion', z.object({ id: z.uuid() }), async (context, { id }) => {
      const t = administrationTexts(context.locale);
      if (!may(context.person, 'see failed deliveries')) return say(t('not.yours'));
      const { municipality, now } = context;
      const count = await context.write((tx) => retryOccurrences(tx, municipality.id, [id], now));
      return say(count === 0 ? t('occasion.retried.none') : t('occasion.retried'));
    }),
    defineAction('administration.retry-all', z.object({}), (context) =>
      retry(context, async () => {
        const { latest } = await readFailedDeliveries(context.db, context.municipality.id, RETRY_LIMIT);
        return latest.map(({ id }) => id);
      }),
    ),
  ],
};
