import { z } from 'zod';
import { sayInstant } from '../calendar/local-day.js';
import type { Card, CardPart } from '../chat/card.js';
import { defineAction, type Context, type Feature, type Reply } from '../chat/feature.js';
import { issueLink } from './links.js';
import { endAllSessions } from './sessions.js';
import { signInTexts } from './texts.js';

const onlyToYou = (card: Card): Reply => ({ kind: 'card', card, visible: 'only-you' });
const say = (text: string): Reply => onlyToYou({ summary: text, parts: [{ kind: 'text', text }] });

/** The personal link, for this person's eyes alone. */
async function giveLink(context: Context): Promise<Reply> {
  const { db, locale, municipality, person } = context;
  const t = signInTexts(locale);
  if (!person.active) return say(t('link.inactive'));
  const { address, expiresAt } = await issueLink(context);
  const signedIn = await db.signInSession.count({ where: { municipalityId: municipality.id, personId: person.id } });
  const until = sayInstant(expiresAt, municipality.zone, locale);
  const everywhere: CardPart[] =
    signedIn > 0
      ? [{ kind: 'buttons', buttons: [{ label: t('link.everywhere'), action: 'sign-in.end-all', payload: {} }] }]
      : [];
  return onlyToYou({
    summary: t('link.heading'),
    parts: [
      { kind: 'heading', text: t('link.heading') },
      { kind: 'text', text: t('link.text', { until }) },
      { kind: 'link', label: t('link.open'), url: address },
      ...everywhere,
    ],
  });
}

/** Signing in to the pages: a personal link in the chat, a session in the browser. Its pages are in `pages.tsx`. */
export const signIn: Feature = {
  name: 'sign-in',
  commands: [
    {
      name: 'signaal',
      subcommand: { words: ['site', 'aanmelden'], accepts: (rest) => rest === '' },
      help: (locale) => ({ usage: signInTexts(locale)('usage'), does: signInTexts(locale)('does') }),
      run: giveLink,
    },
  ],
  actions: [
    defineAction('sign-in.link', z.object({}), giveLink),
    defineAction('sign-in.end-all', z.object({}), async ({ locale, municipality, person, write }) => {
      const count = await write((tx) => endAllSessions(tx, municipality.id, [person.id]));
      const t = signInTexts(locale);
      return say(count === 0 ? t('ended.none') : t('ended', { count }));
    }),
  ],
  home: [
    {
      order: 900,
      render: ({ locale, person }) =>
        Promise.resolve(
          person.active
            ? [
                {
                  kind: 'buttons',
                  buttons: [{ label: signInTexts(locale)('home.button'), action: 'sign-in.link', payload: {} }],
                },
              ]
            : [],
        ),
    },
  ],
};
