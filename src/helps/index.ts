import type { Feature } from '../chat/feature.js';
import { helpsSchedule } from './ask-filers.js';
import { helpsActions, whyNotForm } from './forms.js';
import { question, told } from './messages.js';

/** After a signal's end its filers are asked whether it helps; a "no" is never the end of it. */
export const helps: Feature = {
  name: 'helps',
  actions: helpsActions,
  forms: [whyNotForm],
  messages: [question, told],
  schedules: [helpsSchedule],
};
