import type { Card, CardPart, Option } from '../chat/card.js';
import type { Command, Context, Reply } from '../chat/feature.js';
import type { Locale } from '../chat/texts.js';
import { mayTell } from '../chat/subscriptions.js';
import { may } from '../people/roles.js';
import { listNeighbourhoods } from '../routing/neighbourhoods.js';
import { resolveNeighbourhoods } from '../routing/resolve-neighbourhood.js';
import { exampleReference, sayStatus } from '../signals/describe.js';
import { findSignalByReference, tidyReference } from '../signals/read-signals.js';
import { stopButton } from './buttons.js';
import { listFollows, sayFollowed, type FollowWithWhat } from './describe-follow.js';
import { follow, type FollowResult, type Target } from './follow.js';
import { followingSubscription } from './subscription.js';
import { followingTexts } from './texts.js';

/** As a search is cut elsewhere. */
const WORDS_MAX = 200;
/** What a select's option shows at most (Slack: 75 characters). */
const OPTION_MAX = 70;

export function say(text: string, more: CardPart[] = []): Reply {
  return { kind: 'card', visible: 'only-you', card: { summary: text, parts: [{ kind: 'text', text }, ...more] } };
}

export const followCommand: Command = {
  name: 'signaal',
  subcommand: { words: ['volg', 'follow'] },
  help(locale) {
    const t = followingTexts(locale);
    return { usage: t('volg.usage'), does: t('volg.does') };
  },
  isFor: ({ person }) => may(person, 'read signals'),
  async run(context, typed) {
    const t = followingTexts(context.locale);
    if (!may(context.person, 'read signals')) return say(t('not.yours'));
    if (!typed) return say(t('volg.ask', { example: exampleReference(context) }));
    if (typed.length > WORDS_MAX) return say(t('volg.long', { most: WORDS_MAX }));
    const targets = await readTargets(context, typed);
    if (!targets) return say(t('volg.unknown', { typed: typed.slice(0, 40), example: exampleReference(context) }));
    const results: FollowResult[] = [];
    for (const target of targets) results.push(await follow(context, target));
    return answerFollowing(context, results);
  },
};

/** A reference, neighbourhoods, or else words to look for. Undefined: a reference that is none of ours. */
async function readTargets(context: Context, typed: string): Promise<Target[] | undefined> {
  const municipalityId = context.municipality.id;
  if (tidyReference(typed)) {
    const signal = await findSignalByReference(context.db, municipalityId, typed);
    return signal ? [{ signalId: signal.id }] : undefined;
  }
  const resolved = resolveNeighbourhoods(await listNeighbourhoods(context.db, municipalityId), typed);
  if (resolved.ok) return resolved.ids.map((neighbourhoodId) => ({ neighbourhoodId }));
  return [{ search: typed.toLowerCase().replace(/\s+/g, ' ') }];
}

export function sayFollowRefusal(locale: Locale, refused: Exclude<FollowResult, { ok: true }>): string {
  const t = followingTexts(locale);
  return refused.code === 'FOLLOW.TOO_MANY'
    ? t('refused.FOLLOW.TOO_MANY', { most: refused.most })
    : t(`refused.${refused.code}`);
}

/** What is followed now, with the ways to hear less of it. */
export async function answerFollowing(context: Context, results: FollowResult[]): Promise<Reply> {
  const t = followingTexts(context.locale);
  const refused = results.find((result) => !result.ok);
  if (refused && !refused.ok) return say(sayFollowRefusal(context.locale, refused));
  const ids = results.flatMap((result) => (result.ok ? [result.follow.id] : []));
  const follows = (await listFollows(context, context.person.id)).filter(({ id }) => ids.includes(id));
  const names = follows.map(sayFollowed).join(', ');
  const [only] = follows;
  const buttons: CardPart[] =
    only && follows.length === 1
      ? [
          {
            kind: 'buttons',
            buttons: [paceButton(context, only), stopButton(context.locale, only.id, sayFollowed(only))],
          },
        ]
      : [{ kind: 'text', style: 'subtle', text: t('volgt.how') }];
  const how = follows.every(({ pace }) => pace === 'weekly') ? t('started.weekly') : t('started.atOnce');
  return say([t('started', { what: names }), how].join(' '), buttons);
}

export function paceButton({ locale }: Pick<Context, 'locale'>, { id, pace }: Pick<FollowWithWhat, 'id' | 'pace'>) {
  const other = pace === 'weekly' ? 'at_once' : 'weekly';
  return {
    label: followingTexts(locale)(`button.${other}`),
    action: 'following.pace',
    payload: { followId: id, pace: other },
  };
}

export const listCommand: Command = {
  name: 'signaal',
  subcommand: { words: ['volgt', 'gevolgd', 'following', 'followed'], accepts: (rest) => rest === '' },
  help(locale) {
    const t = followingTexts(locale);
    return { usage: t('volgt.usage'), does: t('volgt.does') };
  },
  isFor: ({ person }) => may(person, 'read signals'),
  async run(context) {
    const t = followingTexts(context.locale);
    if (!may(context.person, 'read signals')) return say(t('not.yours'));
    const parts = await followedParts(context);
    const card: Card = {
      summary: t('volgt.heading'),
      parts:
        parts.length > 0 ? parts : [{ kind: 'text', text: t('volgt.empty', { example: exampleReference(context) }) }],
    };
    return { kind: 'card', visible: 'only-you', card };
  },
};

/** Everything this person follows, and the ways to stop or to hear of it less often. Empty when there is nothing. */
export async function followedParts(context: Context): Promise<CardPart[]> {
  const t = followingTexts(context.locale);
  const follows = await listFollows(context, context.person.id);
  if (follows.length === 0) return [];
  const options = (label: (follow: FollowWithWhat) => string): Option[] =>
    follows.map((follow) => ({ value: follow.id, label: shorten(label(follow)) }));
  return [
    { kind: 'heading', text: t('volgt.heading') },
    ...follows.flatMap((follow) => lineParts(context, follow)),
    ...(await stoppedParts(context)),
    {
      kind: 'select',
      label: t('volgt.stop'),
      action: 'following.stop-chosen',
      payload: {},
      options: options(sayFollowed),
    },
    {
      kind: 'select',
      label: t('volgt.pace'),
      action: 'following.pace-chosen',
      payload: {},
      options: options((follow) => t(`pace.change.${follow.pace}`, { what: sayFollowed(follow) })),
    },
  ];
}

function lineParts({ locale, url }: Context, follow: FollowWithWhat): CardPart[] {
  const t = followingTexts(locale);
  const pace = t(`pace.${follow.pace}`);
  if (!follow.signal) {
    const what = sayFollowed(follow);
    return [{ kind: 'text', text: t(follow.neighbourhood ? 'line.neighbourhood' : 'line.search', { what, pace }) }];
  }
  const { reference, title, acute, status } = follow.signal;
  return [
    { kind: 'link', label: `${acute ? '‼ ' : ''}${title}`, url: url(`/signalen/${reference}`) },
    { kind: 'text', style: 'subtle', text: t('line.signal', { reference, status: sayStatus(status, locale), pace }) },
  ];
}

/** Who stopped these messages altogether would wonder why none come. */
async function stoppedParts({ db, municipality, person, locale }: Context): Promise<CardPart[]> {
  const choices = await db.tellChoice.findMany({ where: { municipalityId: municipality.id, personId: person.id } });
  if (mayTell({ choices }, followingSubscription)) return [];
  const t = followingTexts(locale);
  return [
    { kind: 'text', text: t('volgt.stopped') },
    {
      kind: 'buttons',
      buttons: [{ label: t('volgt.again'), action: 'settings.start', payload: { kind: followingSubscription.id } }],
    },
  ];
}

function shorten(text: string): string {
  return text.length > OPTION_MAX ? `${text.slice(0, OPTION_MAX - 1)}…` : text;
}
