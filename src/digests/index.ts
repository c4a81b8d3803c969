import type { Feature } from '../chat/feature.js';
import { coordinatorCard, followedCard, regisseurCard } from './cards.js';
import { digestSchedules } from './schedules.js';
import { coordinatorDigest, followedDigest, regisseurDigest } from './subscriptions.js';

/** Weekly overviews: for the regisseur, for the coordinator, for who follows. Start reading at `schedules.ts`. */
export const digests: Feature = {
  name: 'digests',
  messages: [regisseurCard, coordinatorCard, followedCard],
  schedules: digestSchedules,
  subscriptions: [regisseurDigest, coordinatorDigest, followedDigest],
};
