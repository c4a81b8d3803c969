import { z } from 'zod';
import { sayInstant } from '../../calendar/local-day.js';
import { defineForm } from '../../chat/feature.js';
import { confirmLink } from './confirm-link.js';
import { describeLinkRefusal, linkedCard, sayPlatform } from './say-link.js';
import { linkingTexts } from './texts.js';

/** Eight digits, and the spaces or dashes people put between them. */
const CODE_MAX = 20;

/** Where the code from the other platform is typed. */
export const linkForm = defineForm({
  id: 'people.link',
  params: z.object({ requestId: z.uuid() }),
  values: z.object({ code: z.string().max(CODE_MAX) }),
  async view(context, { requestId }) {
    const { db, municipality, locale } = context;
    const t = linkingTexts(locale);
    const request = await db.linkRequest.findUnique({
      where: { municipalityId_id: { municipalityId: municipality.id, id: requestId } },
    });
    const sent = request && {
      platform: sayPlatform(request.platform, context),
      until: sayInstant(request.expiresAt, municipality.zone, locale),
    };
    return {
      title: t('form.title'),
      submitLabel: t('form.submit'),
      parts: [
        { kind: 'note', tone: 'info', text: sent ? t('form.sent', sent) : t('refused.LINK.GONE') },
        { kind: 'text', id: 'code', label: t('form.code'), required: true, maxLength: CODE_MAX },
      ],
    };
  },
  async submit(context, { params, values }) {
    const linked = await confirmLink(context, params.requestId, values.code);
    if (linked.ok) return { kind: 'done', card: linkedCard(context, ...linked.platforms) };
    const text = describeLinkRefusal(context, linked);
    return linked.code === 'LINK.WRONG_CODE' ? { kind: 'again', errors: { code: text } } : { kind: 'refused', text };
  },
});
