import type { Feature } from '../chat/feature.js';
import { followAssignments } from './follow-assignments.js';
import { colleagues, handOverCommand, handOverForm } from './hand-over-form.js';
import { handOverMessages } from './messages.js';

/** People change, signals stay followed: all open ones go to whoever answers for them now. */
export const handOver: Feature = {
  name: 'hand-over',
  commands: [handOverCommand],
  forms: [handOverForm],
  messages: handOverMessages,
  sources: [colleagues],
  schedules: [followAssignments],
};
