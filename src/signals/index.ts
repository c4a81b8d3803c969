import type { Feature } from '../chat/feature.js';
import { amendAction, amendForm } from './filing/amend-form.js';
import { commands } from './commands.js';
import { fileForm } from './filing/file-form.js';
import { fileFromMessage, previewSignal } from './filing/from-message.js';
import { fileAction, homeSections } from './home.js';
import { moreSteps } from './triage/more-steps.js';
import { announceSignals } from './newsletter-items.js';
import { neighbourhoodSource } from './filing/neighbourhood-source.js';
import { colleagueSource } from './filing/on-behalf.js';
import { notice, receipt, threadEntry } from './notices.js';
import { followCard, ownerCard } from './owner-card.js';
import { ownerActions, ownerForms } from './triage/owner-forms.js';
import { hideTipsAction } from './filing/tips.js';
import { stepAction, stepForm } from './triage/step-form.js';
import { searchSignals, welcome } from './welcome.js';

/** Filing, triage and following of signals. Start reading at `transitions.ts`. */
export const signals: Feature = {
  name: 'signals',
  commands,
  actions: [fileAction, hideTipsAction, amendAction, stepAction, ...ownerActions, ...moreSteps],
  forms: [fileForm, amendForm, stepForm, ...ownerForms],
  messages: [ownerCard, followCard, receipt, notice, threadEntry],
  sources: [neighbourhoodSource, colleagueSource],
  home: homeSections,
  newsletterItems: announceSignals,
  fromMessage: fileFromMessage,
  preview: previewSignal,
  search: searchSignals,
  welcome,
};
