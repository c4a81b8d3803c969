import { z } from 'zod';
import { defineMessage } from '../chat/feature.js';
import { readerTexts } from './texts-readers.js';

/** Where somebody says yes to the newsletter; signed, it needs no signing in. */
const readerPath = (municipalityId: string, personId: string) => `/nieuwsbrieven/lezer/${municipalityId}/${personId}`;

/** The one question, to somebody whom an editor or the municipality file put forward as a reader. */
export const readerMessage = defineMessage({
  id: 'newsletters.reader',
  params: z.object({ personId: z.uuid() }),
  async render({ db, municipality, locale, url }, { personId }) {
    const t = readerTexts(locale);
    const reader = await db.newsletterReader.findUnique({
      where: { municipalityId_personId: { municipalityId: municipality.id, personId } },
    });
    if (!reader || reader.confirmedAt) return null;
    const heading = t('ask.heading', { municipality: municipality.name });
    return {
      summary: heading,
      parts: [
        { kind: 'heading', text: heading },
        { kind: 'text', text: t('ask.text', { municipality: municipality.name }) },
        { kind: 'link', label: t('ask.link'), url: url(readerPath(municipality.id, personId), 'signed') },
        { kind: 'text', style: 'subtle', text: t('ask.nothing', { days: FORGOTTEN_AFTER_DAYS }) },
      ],
    };
  },
});

/** Long enough for somebody on leave; then an address that said nothing is erased (GDPR, storage limitation). */
export const FORGOTTEN_AFTER_DAYS = 30;
