import type { Subscription } from '../chat/subscriptions.js';
import { may } from '../people/roles.js';
import { digestTexts } from './texts.js';

export const regisseurDigest: Subscription = {
  id: 'digests.regisseur',
  label: (locale) => digestTexts(locale)('kind.regisseur'),
  default: true,
  isFor: ({ roles, active }) => active && roles.includes('regisseur'),
};

export const coordinatorDigest: Subscription = {
  id: 'digests.coordinator',
  label: (locale) => digestTexts(locale)('kind.coordinator'),
  default: true,
  isFor: ({ roles, active }) => active && roles.includes('coordinator'),
};

export const followedDigest: Subscription = {
  id: 'digests.followed',
  label: (locale) => digestTexts(locale)('kind.followed'),
  default: true,
  isFor: (person) => may(person, 'read signals'),
};
