import { z } from 'zod';
import { sayInstant } from '../../calendar/local-day.js';
import { defineMessage } from '../../chat/feature.js';
import { linkedCard, sayPlatform } from './say-link.js';
import { linkingTexts } from './texts.js';

/** The code, on the platform that must prove itself. Once used, the message no longer shows it. */
const linkCode = defineMessage({
  id: 'people.link-code',
  params: z.object({ requestId: z.uuid() }),
  async render(context, { requestId }) {
    const { db, municipality, now, locale } = context;
    const t = linkingTexts(locale);
    const request = await db.linkRequest.findUnique({
      where: { municipalityId_id: { municipalityId: municipality.id, id: requestId } },
      include: { account: { include: { person: { select: { name: true } } } } },
    });
    if (!request || request.expiresAt <= now) {
      return { summary: t('code.heading'), parts: [{ kind: 'text', style: 'subtle', text: t('code.over') }] };
    }
    const { account, expiresAt } = request;
    const code = context.oneTimeCode(request.id);
    return {
      summary: t('code.heading'),
      parts: [
        { kind: 'heading', text: t('code.heading') },
        {
          kind: 'text',
          text: t('code.who', { name: account.person.name, platform: sayPlatform(account.platform, context) }),
        },
        { kind: 'heading', text: `${code.slice(0, 4)} ${code.slice(4)}` },
        { kind: 'text', text: t('code.until', { until: sayInstant(expiresAt, municipality.zone, locale) }) },
        { kind: 'text', style: 'subtle', text: t('code.not.you') },
      ],
    };
  },
});

const linked = defineMessage({
  id: 'people.linked',
  params: z.object({ here: z.string(), there: z.string() }),
  render: (context, { here, there }) => Promise.resolve(linkedCard(context, here, there)),
});

const unlinked = defineMessage({
  id: 'people.unlinked',
  params: z.object({}),
  render({ locale }) {
    const text = linkingTexts(locale)('unlinked.text');
    return Promise.resolve({ summary: text, parts: [{ kind: 'text', text }] });
  },
});

export const linkMessages = [linkCode, linked, unlinked];
