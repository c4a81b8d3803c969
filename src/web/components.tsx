import type { VNode } from 'preact';

/** Line icons, 20 by 20, drawn in the text's colour. Decoration: the words stand beside them. */
const ICONS = {
  hash: 'M8 3 6 17M14 3l-2 14M3.5 7.5h14M2.5 12.5h14',
  send: 'M3 10 17 3l-4 14-3.2-5.6L3 10Zm6.8 1.4L17 3',
  reply: 'M8 5 3 10l5 5M3 10h8a6 6 0 0 1 6 5',
  close: 'M5 5l10 10M15 5 5 15',
  back: 'M12 4l-6 6 6 6',
  down: 'M10 4v12M4.5 10.5 10 16l5.5-5.5',
  chevron: 'M5 8l5 5 5-5',
  more: 'M4.5 10h.01M10 10h.01M15.5 10h.01',
  eye: 'M2 10s3-5.5 8-5.5S18 10 18 10s-3 5.5-8 5.5S2 10 2 10Zm8 2.3a2.3 2.3 0 1 0 0-4.6 2.3 2.3 0 0 0 0 4.6Z',
  out: 'M8 4H4v12h12v-4M11 4h5v5M16 4l-7 7',
  warning: 'M10 3 18 17H2L10 3Zm0 5v4m0 2.5v.01',
  info: 'M10 18a8 8 0 1 0 0-16 8 8 0 0 0 0 16Zm0-9v5m0-8v.01',
  people:
    'M7.5 9.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM2 16.5c0-3 2.4-5 5.5-5s5.5 2 5.5 5M13 3.8a3 3 0 0 1 0 5.4M15 12c1.9.7 3 2.3 3 4.5',
} as const;

export type IconName = keyof typeof ICONS;

export function Icon({ name }: { name: IconName }): VNode {
  return (
    <svg class={`icon icon-${name}`} viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
      <path d={ICONS[name]} />
    </svg>
  );
}

const AVATAR_COLOURS = 8;

/** Initials on a colour of one's own; the name itself stands beside it. */
export function Avatar({ name, seed, size }: { name: string; seed: string; size?: 'small' | 'large' }): VNode {
  let sum = 0;
  for (const character of seed) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 9_973;
  return (
    <span class={`avatar avatar-${sum % AVATAR_COLOURS}${size ? ` avatar-${size}` : ''}`} aria-hidden="true">
      {initials(name)}
    </span>
  );
}

/** First letters of the first and the last word: `Ann De Smet` is AS. */
function initials(name: string): string {
  const words = name.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const chosen = words.length > 1 ? [words[0], words.at(-1)] : words;
  return chosen.map((word) => [...(word ?? '')][0]?.toUpperCase() ?? '').join('') || '?';
}

/** An address a link or picture may lead to: the web, or a page of this site. Nothing that runs. */
export function isSafeUrl(url: string): boolean {
  if (/^\/(?![/\\])/.test(url)) return true;
  return URL.canParse(url) && ['http:', 'https:'].includes(new URL(url).protocol);
}
