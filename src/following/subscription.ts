import type { Subscription } from '../chat/subscriptions.js';
import { may } from '../people/roles.js';
import { followingTexts } from './texts.js';

/** A message at each news of what somebody follows. */
export const followingSubscription: Subscription = {
  id: 'following',
  label: (locale) => followingTexts(locale)('subscription'),
  default: true,
  isFor: (person) => may(person, 'read signals'),
};
