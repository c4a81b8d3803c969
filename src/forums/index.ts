import type { Feature } from '../chat/feature.js';
import { attendanceForm, reportForm, trackForm } from './after-forms.js';
import { forumActions, forumCommands } from './commands.js';
import { guestsForm, peopleSource } from './guests.js';
import { membershipForm } from './membership-form.js';
import { forumMessages } from './messages.js';
import { forumMenu, forumPages } from './pages.js';
import { cancelForm, changeForm, planForm } from './plan-form.js';
import { forumSchedules } from './schedules.js';
import { forumSubscription } from './subscription.js';
import { agendaForm, signalSource, suggestForm, voteForm } from './topic-forms.js';

/** The joint forum: planned, prepared with votes, held, and reported to who was there and to the filers. */
export const forums: Feature = {
  name: 'forums',
  commands: forumCommands,
  actions: forumActions,
  forms: [
    planForm,
    changeForm,
    cancelForm,
    suggestForm,
    voteForm,
    agendaForm,
    guestsForm,
    attendanceForm,
    trackForm,
    reportForm,
    membershipForm,
  ],
  messages: forumMessages,
  sources: [signalSource, peopleSource],
  subscriptions: [forumSubscription],
  schedules: forumSchedules,
  pages: forumPages,
  menu: forumMenu,
};
