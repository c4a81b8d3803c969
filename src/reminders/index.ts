import type { Feature } from '../chat/feature.js';
import { reminderSchedules } from './remind.js';
import { reminder } from './reminder-card.js';
import { snoozeActions, snoozeForm } from './snooze.js';

/** Signals that wait too long: owner, then coordinator. When, stands in `src/signals/clock.ts`. */
export const reminders: Feature = {
  name: 'reminders',
  actions: snoozeActions,
  forms: [snoozeForm],
  messages: [reminder],
  schedules: reminderSchedules,
};
