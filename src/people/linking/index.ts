import { z } from 'zod';
import type { Card } from '../../chat/card.js';
import {
  defineAction,
  type Command,
  type CommandReader,
  type Context,
  type Feature,
  type Reply,
} from '../../chat/feature.js';
import { undoLink } from './confirm-link.js';
import { linkForm } from './link-form.js';
import { linkMessages } from './link-messages.js';
import { readLinks } from './merge-people.js';
import { requestLink } from './request-link.js';
import { describeLinkRefusal, sayPlatform } from './say-link.js';
import { linkingTexts } from './texts.js';

const onlyToYou = (card: Card): Reply => ({ kind: 'card', card, visible: 'only-you' });
const say = (text: string): Reply => onlyToYou({ summary: text, parts: [{ kind: 'text', text }] });

/** Where the municipality switched linking on. */
const mayLink = ({ municipality }: CommandReader) => municipality.settings.linking.domains.length > 0;

const link: Command = {
  name: 'signaal',
  subcommand: { words: ['koppel', 'koppelen', 'link'], accepts: (rest) => rest === '' },
  help(locale) {
    const t = linkingTexts(locale);
    return { usage: t('link.usage'), does: t('link.does') };
  },
  isFor: mayLink,
  async run(context) {
    const requested = await requestLink(context);
    if (!requested.ok) return say(describeLinkRefusal(context, requested));
    return { kind: 'form', form: await context.openForm(linkForm, { requestId: requested.request.id }) };
  },
};

const unlink: Command = {
  name: 'signaal',
  subcommand: { words: ['ontkoppel', 'ontkoppelen', 'unlink'], accepts: (rest) => rest === '' },
  help(locale) {
    const t = linkingTexts(locale);
    return { usage: t('unlink.usage'), does: t('unlink.does') };
  },
  isFor: mayLink,
  async run(context: Context) {
    const t = linkingTexts(context.locale);
    const links = await readLinks(context.db, context.municipality.id, context.person.id);
    if (links.length === 0) return say(t('unlink.none'));
    return onlyToYou({
      summary: t('unlink.heading'),
      parts: [
        { kind: 'heading', text: t('unlink.heading') },
        { kind: 'text', text: t('unlink.text') },
        {
          kind: 'buttons',
          buttons: links.slice(0, 4).map(({ id, accounts }) => ({
            label: t('unlink.button', {
              platform: accounts.map(({ platform }) => sayPlatform(platform, context)).join(', '),
            }),
            action: 'people.unlink',
            payload: { linkId: id },
            style: 'danger' as const,
          })),
        },
      ],
    });
  },
};

/** One person with accounts on two platforms: joined by a code, and taken apart again. */
export const linking: Feature = {
  name: 'linking',
  commands: [link, unlink],
  forms: [linkForm],
  messages: linkMessages,
  actions: [
    defineAction('people.unlink', z.object({ linkId: z.uuid() }), async (context, { linkId }) => {
      const undone = await undoLink(context, linkId);
      return say(linkingTexts(context.locale)(undone ? 'unlinked.text' : 'unlink.gone'));
    }),
  ],
};
