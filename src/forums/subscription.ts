import type { Subscription } from '../chat/subscriptions.js';
import { forumTexts } from './texts.js';

/** Invitations, reminders and reports. What somebody hears of their own seat is none of these. */
export const forumSubscription: Subscription = {
  id: 'forums',
  label: (locale) => forumTexts(locale)('subscription'),
  default: true,
};
