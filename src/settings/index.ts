import { z } from 'zod';
import { defineAction, type Command, type Context, type Feature, type Reply } from '../chat/feature.js';
import { STOP_ACTION } from '../chat/subscriptions.js';
import { settingsSection } from './home.js';
import { chooseKind } from './save-settings.js';
import { settingsForm } from './settings-form.js';
import { settingsTexts } from './texts.js';

const Kind = z.object({ kind: z.string().max(100) });

const settingsCommand: Command = {
  name: 'signaal',
  subcommand: {
    words: ['instellingen', 'voorkeuren', 'settings', 'preferences'],
    accepts: (rest) => rest === '',
  },
  help(locale) {
    const t = settingsTexts(locale);
    return { usage: t('usage'), does: t('does') };
  },
  run: openSettings,
};

async function openSettings(context: Context): Promise<Reply> {
  return { kind: 'form', form: await context.openForm(settingsForm, {}) };
}

/** One click starts or stops a kind of message; the answer takes it back. */
async function choose(context: Context, kind: string, wanted: boolean): Promise<Reply> {
  const t = settingsTexts(context.locale);
  const subscription = context.subscriptions().find(({ id }) => id === kind);
  if (!subscription) return say(t('kind.gone'));
  await chooseKind(context, kind, wanted);
  const text = t(wanted ? 'started' : 'stopped', { kind: subscription.label(context.locale) });
  return {
    kind: 'card',
    visible: 'only-you',
    card: {
      summary: text,
      parts: [
        { kind: 'text', text },
        {
          kind: 'buttons',
          buttons: [
            wanted
              ? { label: t('stop'), action: STOP_ACTION, payload: { kind } }
              : { label: t('start'), action: 'settings.start', payload: { kind } },
            { label: t('home.change'), action: 'settings.open', payload: {} },
          ],
        },
      ],
    },
  };
}

function say(text: string): Reply {
  return { kind: 'card', visible: 'only-you', card: { summary: text, parts: [{ kind: 'text', text }] } };
}

/** One screen per person: language, where and when to be told, and of what. */
export const settings: Feature = {
  name: 'settings',
  commands: [settingsCommand],
  forms: [settingsForm],
  actions: [
    defineAction('settings.open', z.object({}), openSettings),
    defineAction(STOP_ACTION, Kind, (context, { kind }) => choose(context, kind, false)),
    defineAction('settings.start', Kind, (context, { kind }) => choose(context, kind, true)),
  ],
  home: [settingsSection],
};
