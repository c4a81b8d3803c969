import { z } from 'zod';
import { defineForm, type Context } from '../chat/feature.js';
import type { Field, FormOutcome } from '../chat/form.js';
import type { PlatformName } from '../chat/platform.js';
import { LOCALES } from '../chat/texts.js';
import { readSettings, type Settings } from './read-settings.js';
import { saveSettings } from './save-settings.js';
import { settingsTexts } from './texts.js';
import { halfHours, minutesOf, sayTime, sayWeekday } from './times-of-day.js';

/** Chosen where nothing of one's own is wanted: Slack cannot empty a list once something was chosen in it. */
const NONE = 'none';
const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7];
/** What the end of the quiet hours starts with. */
const USUAL_END = '07:30';

const Time = z.string().regex(/^([01]\d|2[0-3]):(00|30)$/);

export const settingsForm = defineForm({
  id: 'settings.form',
  params: z.object({}),
  values: z.object({
    language: z.enum([NONE, ...LOCALES]).default(NONE),
    platform: z.string().default(NONE),
    quietFrom: z.union([z.literal(NONE), Time]).default(NONE),
    quietUntil: Time.optional(),
    told: z.array(z.string()).default([]),
    digestDay: z.coerce.number().int().min(1).max(7).optional(),
    digestAt: Time.optional(),
  }),

  async view(context) {
    const t = settingsTexts(context.locale);
    const settings = await readSettings(context);
    return {
      title: t('form.title'),
      submitLabel: t('form.save'),
      parts: [
        languageField(context, settings),
        ...platformField(context, settings),
        ...quietFields(context, settings),
        ...toldField(context, settings),
        ...digestFields(context, settings),
        { kind: 'note', tone: 'info', text: t('form.always') },
      ],
    };
  },

  async submit(context, { values }): Promise<FormOutcome> {
    const t = settingsTexts(context.locale);
    const { platforms, digest } = await readSettings(context);
    const { quietFrom, quietUntil, language } = values;
    if (quietFrom !== NONE && !quietUntil) return { kind: 'again', errors: { quietUntil: t('error.until') } };
    if (quietFrom !== NONE && quietFrom === quietUntil) {
      return { kind: 'again', errors: { quietUntil: t('error.same') } };
    }
    await saveSettings(context, {
      locale: language === NONE ? undefined : language,
      tellOn: platforms.find((platform) => platform === values.platform),
      quiet:
        quietFrom === NONE || !quietUntil ? undefined : { from: minutesOf(quietFrom), until: minutesOf(quietUntil) },
      told: values.told,
      digest: {
        day: values.digestDay ?? digest.day,
        at: values.digestAt === undefined ? digest.at : minutesOf(values.digestAt),
      },
    });
    // In the language that was chosen just now.
    const done = settingsTexts(language === NONE ? context.locale : language)('saved');
    return { kind: 'done', card: { summary: done, parts: [{ kind: 'text', text: done }] } };
  },
});

function languageField({ locale }: Context, settings: Settings): Field {
  const t = settingsTexts(locale);
  return {
    id: 'language',
    kind: 'select',
    label: t('form.language'),
    required: true,
    options: [
      { value: NONE, label: t('form.language.none') },
      ...LOCALES.map((each) => ({ value: each, label: t(`language.${each}`) })),
    ],
    value: settings.locale ?? NONE,
  };
}

/** Only for who can be reached in more than one place. */
function platformField({ locale }: Context, { platforms, tellOn }: Settings): Field[] {
  if (platforms.length < 2) return [];
  const t = settingsTexts(locale);
  return [
    {
      id: 'platform',
      kind: 'select',
      label: t('form.platform'),
      required: true,
      options: [
        { value: NONE, label: t('form.platform.none') },
        ...platforms.map((platform: PlatformName) => ({ value: platform, label: t(`platform.${platform}`) })),
      ],
      value: tellOn ?? NONE,
    },
  ];
}

function quietFields({ locale }: Context, { quiet }: Settings): Field[] {
  const t = settingsTexts(locale);
  return [
    {
      id: 'quietFrom',
      kind: 'select',
      label: t('form.quietFrom'),
      required: true,
      hint: t('form.quietFrom.hint'),
      options: [{ value: NONE, label: t('form.quietFrom.none') }, ...halfHours()],
      value: quiet ? sayTime(quiet.from) : NONE,
    },
    {
      id: 'quietUntil',
      kind: 'select',
      label: t('form.quietUntil'),
      required: true,
      options: halfHours(),
      value: quiet ? sayTime(quiet.until) : USUAL_END,
    },
  ];
}

function toldField(context: Context, { told }: Settings): Field[] {
  const kinds = context.subscriptions();
  if (kinds.length === 0) return [];
  const t = settingsTexts(context.locale);
  return [
    {
      id: 'told',
      kind: 'multiselect',
      label: t('form.told'),
      hint: t('form.told.hint'),
      options: kinds.map(({ id, label }) => ({ value: id, label: label(context.locale) })),
      value: told,
    },
  ];
}

function digestFields({ locale }: Context, { digest }: Settings): Field[] {
  const t = settingsTexts(locale);
  return [
    {
      id: 'digestDay',
      kind: 'select',
      label: t('form.digestDay'),
      required: true,
      options: WEEKDAYS.map((day) => ({ value: String(day), label: sayWeekday(day, locale) })),
      value: String(digest.day),
    },
    {
      id: 'digestAt',
      kind: 'select',
      label: t('form.digestAt'),
      required: true,
      options: halfHours('06:00', '20:00'),
      value: sayTime(digest.at),
    },
  ];
}
