import type { Feature } from '../chat/feature.js';
import { approveForm } from './approve.js';
import { newsletterCommand, newsletterHome } from './commands.js';
import { editorActions, testForm } from './control-sending.js';
import { editForm } from './edit-form.js';
import { editorCardMessage, reminderMessage } from './editor-card.js';
import { issueMessage, testMessage } from './issue-card.js';
import { noticeMessage } from './notice.js';
import { newsletterMenu, newsletterPages } from './pages.js';
import { recipientsForm } from './recipients-form.js';
import { readerMessage } from './reader-message.js';
import { readerSchedule } from './reader-schedule.js';
import { newsletterSchedules } from './schedules.js';
import { newsletterSubscription } from './subscription.js';

/**
 * Newsletters, drafted from the data, approved by an editor, sent once. Start reading at `schedules.ts`.
 *
 * @param others the other capabilities: what they have to announce stands in it.
 */
export function newsletters(others: Feature[]): Feature {
  return {
    name: 'newsletters',
    commands: [newsletterCommand],
    actions: editorActions,
    forms: [editForm, recipientsForm, testForm, approveForm],
    messages: [issueMessage, testMessage, editorCardMessage, reminderMessage, noticeMessage, readerMessage],
    home: [newsletterHome],
    subscriptions: [newsletterSubscription],
    schedules: [...newsletterSchedules(others), readerSchedule],
    pages: newsletterPages,
    menu: newsletterMenu,
  };
}
