import { z } from 'zod';
import { sayInstant } from '../calendar/local-day.js';
import type { Context } from '../chat/feature.js';
import { describeRefusal } from '../signals/replies.js';
import { defineSignalForm, finish, wordsField } from '../signals/signal-form.js';
import { STEP_TEXT_MAX } from '../signals/step-inputs.js';
import { askPartner, endPartnerLink } from './ask-partner.js';
import type { PartnerRequest } from '../storage/database.js';
import { partnerTexts } from './texts.js';

const ORGANISATION_MAX = 100;
const words = z.string().min(1).max(STEP_TEXT_MAX);

export const askForm = defineSignalForm({
  id: 'partners.ask',
  allows: 'ask a partner',
  values: z.object({ organisation: z.string().min(1).max(ORGANISATION_MAX), question: words }),
  words: (locale) => ({ title: partnerTexts(locale)('ask.title'), submit: partnerTexts(locale)('ask.submit') }),
  fields: ({ locale }) => {
    const t = partnerTexts(locale);
    return [
      { kind: 'text', id: 'organisation', label: t('ask.organisation'), required: true, maxLength: ORGANISATION_MAX },
      wordsField('question', t('ask.question'), { hint: t('ask.hint') }),
    ];
  },
  texts: ['organisation', 'question'],
  async save(context, { signalId, seenVersion, values }) {
    const t = partnerTexts(context.locale);
    const result = await askPartner(context, { signalId, seenVersion, ...values });
    if (!result.ok) return { kind: 'refused', text: describeRefusal(context, result) };
    const { address = '', expiresAt = context.now } = result;
    const until = sayInstant(expiresAt, context.municipality.zone, context.locale);
    const { organisation } = values;
    const text = t('ask.done', { organisation, until });
    return {
      kind: 'done',
      card: {
        summary: text,
        parts: [
          { kind: 'text', text },
          // As text too: it is there to be copied.
          { kind: 'text', style: 'quote', text: address },
          { kind: 'link', label: t('ask.link', { organisation }), url: address },
        ],
      },
    };
  },
});

/** The links that still wait for an answer, the latest first. */
function listOpen({ db, municipality, now }: Context, signalId = ''): Promise<PartnerRequest[]> {
  const where = {
    municipalityId: municipality.id,
    signalId,
    revokedAt: null,
    answeredAt: null,
    expiresAt: { gt: now },
  };
  return db.partnerRequest.findMany({ where, orderBy: { askedAt: 'desc' } });
}

export const endForm = defineSignalForm({
  id: 'partners.end',
  allows: 'ask a partner',
  values: z.object({ request: z.uuid(), why: words }),
  words: (locale) => ({ title: partnerTexts(locale)('end.title'), submit: partnerTexts(locale)('end.submit') }),
  async fields(context, signal) {
    const { locale, municipality } = context;
    const t = partnerTexts(locale);
    const open = await listOpen(context, signal?.id);
    return [
      {
        kind: 'select',
        id: 'request',
        label: t('end.which'),
        required: true,
        options: open.map(({ id, organisation, askedAt }) => ({
          value: id,
          label: t('end.option', { organisation, at: sayInstant(askedAt, municipality.zone, locale) }).slice(0, 75),
        })),
      },
      wordsField('why', t('end.why')),
    ];
  },
  async refuse(context, signal) {
    const open = await listOpen(context, signal.id);
    return open.length > 0 ? undefined : { code: 'PARTNER.NOTHING_OPEN' };
  },
  texts: ['why'],
  async save(context, { signalId, values }) {
    const result = await endPartnerLink(context, { signalId, requestId: values.request, why: values.why });
    return finish(context, result, ({ signal: { reference } }) =>
      partnerTexts(context.locale)('end.done', { reference }),
    );
  },
});
