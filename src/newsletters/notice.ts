import { z } from 'zod';
import { defineMessage } from '../chat/feature.js';
import { findNewsletter } from './newsletter.js';
import { scheduleTexts } from './texts-schedules.js';

/** Something happened to an issue without its editor. */
export const noticeMessage = defineMessage({
  id: 'newsletters.notice',
  params: z.object({
    newsletterId: z.uuid(),
    what: z.enum(['nobody', 'empty', 'skipped', 'took']),
    /** Who was the editor before. */
    personId: z.uuid().optional(),
  }),
  async render({ db, municipality, locale }, { newsletterId, what, personId }) {
    const newsletter = await findNewsletter(db, municipality.id, newsletterId);
    if (!newsletter) return null;
    const person = personId
      ? await db.person.findUnique({ where: { municipalityId_id: { municipalityId: municipality.id, id: personId } } })
      : null;
    const text = scheduleTexts(locale)(`notice.${what}`, {
      title: newsletter.title,
      name: person?.name ?? '',
      hours: String(municipality.settings.late.skipAfterHours),
    });
    return { summary: text, parts: [{ kind: 'text', text }] };
  },
});
