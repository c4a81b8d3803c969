import type { Subscription } from '../chat/subscriptions.js';
import { newsletterTexts } from './texts.js';

/** The newsletter, which everybody gets who does not stop it. */
export const newsletterSubscription: Subscription = {
  id: 'newsletters.issue',
  label: (locale) => newsletterTexts(locale)('subscription'),
  default: true,
  isFor: (person) => person.active,
};
