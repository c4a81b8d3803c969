import { sayInstant } from '../../calendar/local-day.js';
import type { Card } from '../../chat/card.js';
import type { Context, ViewContext } from '../../chat/feature.js';
import { linkingTexts } from './texts.js';
import type { PlatformName } from '../../chat/platform.js';
import type { Linked } from './confirm-link.js';

export function sayPlatform(platform: string, { locale }: Pick<ViewContext, 'locale'>): string {
  return linkingTexts(locale)(`platform.${platform as PlatformName}`);
}

/** Why it cannot be, and what to do next. */
export function describeLinkRefusal(
  context: Pick<Context, 'locale' | 'municipality'>,
  refusal: Exclude<Linked, { ok: true }>,
): string {
  const t = linkingTexts(context.locale);
  switch (refusal.code) {
    case 'LINK.WRONG_CODE':
      return t('error.wrong', { count: refusal.left });
    case 'LINK.DOMAIN':
      return t('refused.LINK.DOMAIN', { domains: refusal.domains.map((domain) => `@${domain}`).join(', ') });
    case 'LINK.NOBODY':
    case 'LINK.ALREADY':
      return t(`refused.${refusal.code}`, { email: refusal.email });
    case 'LINK.TRIED_OUT':
      return t('refused.LINK.TRIED_OUT', {
        until: sayInstant(refusal.until, context.municipality.zone, context.locale),
      });
    case 'LINK.OFF':
    case 'LINK.NO_ADDRESS':
    case 'LINK.BOTH_IN_FILE':
    case 'LINK.EXPIRED':
    case 'LINK.GONE':
    case 'LINK.TANGLED':
      return t(`refused.${refusal.code}`);
  }
}

/** "Your accounts are linked": what it means, and how to take it back. */
export function linkedCard(context: Pick<ViewContext, 'locale'>, here: string, there: string): Card {
  const t = linkingTexts(context.locale);
  const names = { here: sayPlatform(here, context), there: sayPlatform(there, context) };
  return {
    summary: t('linked.heading'),
    parts: [
      { kind: 'heading', text: t('linked.heading') },
      { kind: 'text', text: t('linked.text', names) },
      { kind: 'text', style: 'subtle', text: t('linked.undo') },
    ],
  };
}
