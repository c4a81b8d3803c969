import type { Feature } from '../chat/feature.js';
import { askForm, endForm } from './forms.js';
import { partnerPages } from './pages.js';

/** Organisations without an account answer one question about one signal, through a personal link. */
export const partners: Feature = {
  name: 'partners',
  actions: [askForm.action, endForm.action],
  forms: [askForm.form, endForm.form],
  pages: partnerPages,
};
