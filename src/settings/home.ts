import type { Fact } from '../chat/card.js';
import type { HomeSection } from '../chat/feature.js';
import { readSettings } from './read-settings.js';
import { settingsTexts } from './texts.js';
import { sayTime, sayWeekday } from './times-of-day.js';

/** What somebody chose, at the end of their own page, with the way to change it. */
export const settingsSection: HomeSection = {
  order: 90,
  async render(context) {
    const { locale } = context;
    const t = settingsTexts(locale);
    const { quiet, told, digest, platforms, tellOn } = await readSettings(context);
    const labels = context
      .subscriptions()
      .filter(({ id }) => told.includes(id))
      .map(({ label }) => label(locale));
    const facts: Fact[] = [
      { label: t('form.language'), value: t(`language.${locale}`) },
      ...(platforms.length > 1
        ? [{ label: t('form.platform'), value: tellOn ? t(`platform.${tellOn}`) : t('form.platform.none') }]
        : []),
      {
        label: t('home.quiet'),
        value: quiet
          ? t('home.quiet.hours', { from: sayTime(quiet.from), until: sayTime(quiet.until) })
          : t('form.quietFrom.none'),
      },
      ...(context.subscriptions().length > 0
        ? [{ label: t('form.told'), value: labels.join(', ') || t('home.told.none') }]
        : []),
      {
        label: t('home.digest'),
        value: t('home.digest.moment', { day: sayWeekday(digest.day, locale), time: sayTime(digest.at) }),
      },
    ];
    return [
      { kind: 'heading', text: t('form.title') },
      { kind: 'facts', facts },
      { kind: 'buttons', buttons: [{ label: t('home.change'), action: 'settings.open', payload: {} }] },
    ];
  },
};
