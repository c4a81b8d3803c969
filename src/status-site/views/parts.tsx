import type { VNode } from 'preact';
import { localIsoDay, sayDay, sayInstant } from '../../calendar/local-day.js';
import type { Visit } from '../../chat/site.js';
import type { Locale } from '../../chat/texts.js';
import { signalTexts } from '../../signals/texts.js';
import { PHASES, phaseOf } from '../../signals/transitions.js';
import type { SignalStatus } from '../../storage/database.js';
import { Icon } from '../../web/components.js';
import { siteTexts } from '../texts.js';

/** What every page of the site is given. */
export type Scene = Pick<Visit, 'locale' | 'municipality' | 'playground' | 'frame'>;

export const STYLES = ['status-site.css'];

/** The language people typed in, where the page speaks another one. */
export function typedIn({ locale, municipality }: Pick<Scene, 'locale' | 'municipality'>): Locale | undefined {
  return municipality.locale === locale ? undefined : municipality.locale;
}

export function Acute({ locale }: { locale: Locale }): VNode {
  return (
    <span class="badge acute">
      <Icon name="warning" />
      {siteTexts(locale)('acute')}
    </span>
  );
}

/** A pin, as on a map. */
export function PlaceIcon(): VNode {
  return (
    <svg class="icon" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
      <path d="M10 18s6-5.4 6-10a6 6 0 1 0-12 0c0 4.6 6 10 6 10Zm0-7.7a2.3 2.3 0 1 0 0-4.6 2.3 2.3 0 0 0 0 4.6Z" />
    </svg>
  );
}

/** A day of the municipality's own calendar. */
export function Day({ at, scene }: { at: Date; scene: Pick<Scene, 'locale' | 'municipality'> }): VNode {
  const day = localIsoDay(at, scene.municipality.zone);
  return <time dateTime={day}>{sayDay(day, scene.locale)}</time>;
}

/** A moment on the municipality's clock. */
export function Instant({ at, scene }: { at: Date; scene: Pick<Scene, 'locale' | 'municipality'> }): VNode {
  return <time dateTime={at.toISOString()}>{sayInstant(at, scene.municipality.zone, scene.locale)}</time>;
}

/** Eight strokes and the words; nothing for a withdrawn signal, which left the way. */
export function PhaseBar({ status, locale }: { status: SignalStatus; locale: Locale }): VNode | null {
  const phase = phaseOf(status);
  if (!phase) return null;
  const t = signalTexts(locale);
  const step = PHASES.indexOf(phase) + 1;
  return (
    <p class="phase-bar">
      <span class="phase-bar-strokes" aria-hidden="true">
        {PHASES.map((name, index) => (
          <span key={name} class={index < step ? (index === step - 1 ? 'now' : 'past') : undefined} />
        ))}
      </span>
      {t('progress', { step, phase: t(`phase.${phase}`) })}
    </p>
  );
}

/** Keeps the browser tab's title within 70 characters, the product's name included, cut between words. */
export function tabTitle(text: string): string {
  const room = 56;
  if (text.length <= room) return text;
  const cut = text.slice(0, room);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), 20)).trimEnd()}…`;
}
