import { localIsoDay, sayInstant } from '../calendar/local-day.js';
import type { Feature, NewsletterItem, NewsletterView } from '../chat/feature.js';
import { attendanceForm, reportForm, trackForm } from './after-forms.js';
import { forumActions, forumCommands } from './commands.js';
import { guestsForm, peopleSource } from './guests.js';
import { forumSection } from './home.js';
import { membershipForm } from './membership-form.js';
import { forumMessages } from './messages.js';
import { forumMenu, forumPages } from './pages.js';
import { cancelForm, changeForm, planForm } from './plan-form.js';
import { listComing } from './read-forums.js';
import { forumSchedules } from './schedules.js';
import { forumSubscription } from './subscription.js';
import { forumTexts } from './texts.js';
import { agendaForm, signalSource, suggestForm, voteForm } from './topic-forms.js';

/** Forums that a newsletter can announce. */
async function comingInNewsletter({ db, municipality, from, until }: NewsletterView): Promise<NewsletterItem[]> {
  const { id, zone, locale } = municipality;
  const coming = await listComing(db, id, new Date(`${from}T00:00:00Z`));
  return coming
    .map(({ title, startsAt }) => ({
      day: localIsoDay(startsAt, zone),
      text: forumTexts(locale)('newsletter.item', { title, when: sayInstant(startsAt, zone, locale) }),
    }))
    .filter(({ day }) => day >= from && day <= until);
}

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
  home: [forumSection],
  subscriptions: [forumSubscription],
  schedules: forumSchedules,
  pages: forumPages,
  menu: forumMenu,
  newsletterItems: comingInNewsletter,
};
