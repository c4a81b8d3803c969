import type { Button } from '../chat/card.js';
import type { Locale } from '../chat/texts.js';
import { followingTexts } from './texts.js';

/** Slack's buttons hold 75 characters, Teams' fewer without breaking. */
const NAME_SHOWN = 40;

/** What is followed is a signal here; no file of the signals is needed, so their own card can show it too. */
export function startButton(locale: Locale, signalId: string): Button {
  return { label: followingTexts(locale)('button.start'), action: 'following.start', payload: { signalId } };
}

/** @param what the reference, the neighbourhood or the words. */
export function stopButton(locale: Locale, followId: string, what: string): Button {
  const name = what.length > NAME_SHOWN ? `${what.slice(0, NAME_SHOWN - 1)}…` : what;
  return {
    label: followingTexts(locale)('button.stop', { what: name }),
    action: 'following.stop',
    payload: { followId },
  };
}
