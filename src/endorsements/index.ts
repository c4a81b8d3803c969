import { z } from 'zod';
import { defineAction, defineForm, defineMessage, type Feature, type Reply } from '../chat/feature.js';
import { may } from '../people/roles.js';
import { guardTexts } from '../signals/guard-texts.js';
import { sayProgress, sayStatus } from '../signals/describe.js';
import { signalLink } from '../signals/owner-card.js';
import { findSignal } from '../signals/read-signals.js';
import { sayDone } from '../signals/replies.js';
import { signalTexts } from '../signals/texts.js';
import { endorse, OBSERVATION_MAX, ORGANISATION_MAX, undoEndorsement } from './endorse.js';
import { endorsementPages } from './pages.js';
import { endorsedCard, sayEndorseRefusal } from './say-endorsement.js';
import { endorsementTexts } from './texts.js';

const OnSignal = z.object({ signalId: z.uuid() });

const endorseForm = {
  ...defineForm({
    id: 'endorsements.endorse',
    params: OnSignal,
    values: z.object({
      observation: z.string().min(1).max(OBSERVATION_MAX),
      organisation: z.string().min(1).max(ORGANISATION_MAX),
    }),
    async view(context, { signalId }) {
      const { locale, person } = context;
      const t = endorsementTexts(locale);
      const signal = await findSignal(context.db, context.municipality.id, signalId);
      return {
        title: t('endorse.title'),
        submitLabel: t('endorse.submit'),
        parts: [
          ...(signal
            ? [{ kind: 'note' as const, tone: 'info' as const, text: t('endorse.about', { ...signalWords(signal) }) }]
            : []),
          {
            kind: 'multiline',
            id: 'observation',
            label: t('endorse.observation'),
            hint: t('endorse.observation.hint'),
            required: true,
            maxLength: OBSERVATION_MAX,
          },
          {
            kind: 'text',
            id: 'organisation',
            label: t('endorse.organisation'),
            hint: t('endorse.organisation.hint'),
            required: true,
            maxLength: ORGANISATION_MAX,
            value: person.organisation ?? undefined,
          },
        ],
      };
    },
    async submit(context, { params, values, raw, formId }) {
      if (!may(context.person, 'file a signal')) {
        return { kind: 'refused', text: signalTexts(context.locale)('error.notYours') };
      }
      const problems = guardTexts(context, { observation: values.observation }, raw, [values.organisation]);
      if (problems) return problems;
      const result = await endorse(context, formId, { ...params, ...values });
      if (!result.ok) return { kind: 'refused', text: sayEndorseRefusal(context, result) };
      return { kind: 'done', card: endorsedCard(context, result.signal) };
    },
  }),
  // The endorsement carries the form's id itself.
  repeatable: true,
};

const endorseAction = defineAction('endorsements.endorse', OnSignal, async (context, params): Promise<Reply> => {
  if (!may(context.person, 'file a signal')) return sayDone(signalTexts(context.locale)('error.notYours'));
  return { kind: 'form', form: await context.openForm(endorseForm, params) };
});

const undoAction = defineAction('endorsements.undo', OnSignal, async (context, { signalId }): Promise<Reply> => {
  const result = await undoEndorsement(context, signalId);
  if (!result.ok) return sayDone(sayEndorseRefusal(context, result));
  return sayDone(endorsementTexts(context.locale)('endorse.undone', { reference: result.signal.reference }));
});

/** What stays with who confirmed a signal; current, as a filer's receipt is. */
const receipt = defineMessage({
  id: 'endorsements.receipt',
  params: z.object({ signalId: z.uuid(), personId: z.uuid() }),
  async render(context, { signalId, personId }) {
    const { db, municipality, locale } = context;
    const signal = await findSignal(db, municipality.id, signalId);
    if (!signal) return null;
    const t = endorsementTexts(locale);
    const stands = await db.endorsement.count({
      where: { municipalityId: municipality.id, signalId, personId, undoneAt: null },
    });
    return {
      summary: `${t('receipt.heading')}: ${signal.reference}`,
      parts: [
        { kind: 'heading', text: t('receipt.heading') },
        { kind: 'text', text: t('endorse.about', signalWords(signal)) },
        {
          kind: 'text',
          text: [sayProgress(signal.status, locale), sayStatus(signal.status, locale)].filter(Boolean).join(' · '),
        },
        { kind: 'text', text: stands > 0 ? t('receipt.text', { owner: signal.owner.name }) : t('receipt.undone') },
        signalLink(context, signal),
      ],
    };
  },
});

function signalWords({ reference, title }: { reference: string; title: string }) {
  return { reference, title };
}

/** "Ook bij ons": organisations confirm a signal instead of filing it again. */
export const endorsements: Feature = {
  name: 'endorsements',
  actions: [endorseAction, undoAction],
  forms: [endorseForm],
  messages: [receipt],
  pages: endorsementPages,
};
