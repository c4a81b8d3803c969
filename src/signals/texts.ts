import { defineTexts } from '../chat/texts.js';
import { followUpTextsEn, followUpTextsNl } from './texts-follow-up.js';
import { formTextsEn, formTextsNl } from './texts-forms.js';
import { noticeTextsEn, noticeTextsNl } from './texts-notices.js';
import { statusTextsEn, statusTextsNl } from './texts-statuses.js';

/** Every word this capability says. */
export const signalTexts = defineTexts(
  { ...statusTextsNl, ...formTextsNl, ...noticeTextsNl, ...followUpTextsNl },
  { ...statusTextsEn, ...formTextsEn, ...noticeTextsEn, ...followUpTextsEn },
);
