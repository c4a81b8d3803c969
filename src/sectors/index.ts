import { z } from 'zod';
import type { Button, CardPart } from '../chat/card.js';
import {
  defineAction,
  defineForm,
  defineMessage,
  type Answer,
  type Context,
  type Feature,
  type Reply,
} from '../chat/feature.js';
import type { FormOutcome, FormView } from '../chat/form.js';
import { sayChoice, sayProgress, sayStatus } from '../signals/describe.js';
import { guardTexts } from '../signals/guard-texts.js';
import { longTexts, neutralFacts, signalLink } from '../signals/owner-card.js';
import { sectorKey } from '../signals/posts.js';
import { findSignal } from '../signals/read-signals.js';
import { describeRefusal, sayDone } from '../signals/replies.js';
import { EntryData, STEP_TEXT_MAX } from '../signals/step-inputs.js';
import { signalTexts } from '../signals/texts.js';
import { ENDED } from '../signals/transitions.js';
import { sectorTexts } from './texts.js';
import { enrichSignal, takeOnSignal, testSignal, type SectorResult } from './work-on-signal.js';

const OnSignal = z.object({ signalId: z.uuid() });
const OneText = z.object({ text: z.string().min(1).max(STEP_TEXT_MAX) });

/** The signal as everyone may read it, without who filed it, and what a signal coordinator can do with it. */
const card = defineMessage({
  id: 'sectors.card',
  params: z.object({ signalId: z.uuid(), personId: z.uuid() }),
  async render(context, { signalId, personId }) {
    const { db, locale, municipality } = context;
    const signal = await findSignal(db, municipality.id, signalId);
    if (!signal) return null;
    const t = sectorTexts(locale);
    const said = await db.timelineEntry.findFirst({
      where: { municipalityId: municipality.id, signalId, kind: 'tested', personId },
      orderBy: [{ at: 'desc' }, { id: 'desc' }],
      select: { data: true },
    });
    const { verdict } = EntryData.parse(said?.data ?? {});
    const sector = sayChoice(municipality.settings.sectors, signal.sector, locale);
    const payload = { signalId };
    const takesOn = municipality.settings.signalCoordinatorsTakeOn && signal.status === 'received';
    const buttons: Button[] = [
      ...(takesOn
        ? [{ label: t('card.takeOn'), action: 'sectors.take-on', payload: { ...payload, seen: signal.version } }]
        : []),
      { label: t('card.is'), action: 'sectors.is-a-signal', payload },
      { label: t('card.isNot'), action: 'sectors.is-no-signal', payload },
      { label: t('card.enrich'), action: 'sectors.enrich', payload },
    ];
    const open: CardPart[] = ENDED.includes(signal.status) ? [] : [{ kind: 'buttons', buttons, onlyFor: [personId] }];
    return {
      summary: `${signal.reference} · ${signal.title}`,
      parts: [
        { kind: 'text', style: 'subtle', text: t('card.intro', { owner: signal.owner.name }) },
        { kind: 'heading', text: `${signal.reference} · ${signal.title}` },
        {
          kind: 'text',
          text: [sayProgress(signal.status, locale), sayStatus(signal.status, locale)].filter(Boolean).join(' · '),
        },
        { kind: 'text', text: signal.description, style: 'quote' },
        {
          kind: 'facts',
          facts: [
            ...neutralFacts(context, signal),
            ...(sector ? [{ label: signalTexts(locale)('card.sector'), value: sector }] : []),
          ],
        },
        ...longTexts(context, signal),
        ...(verdict
          ? [
              {
                kind: 'text' as const,
                style: 'subtle' as const,
                text: t('card.said', { verdict: signalTexts(locale)(`verdict.${verdict}`) }),
              },
            ]
          : []),
        ...open,
        signalLink(context, signal),
      ],
    };
  },
});

function describe(context: Context, refusal: Exclude<SectorResult, { ok: true }>): string {
  return refusal.code === 'SECTOR.NOT_YOURS' || refusal.code === 'SECTOR.NOT_HERE'
    ? sectorTexts(context.locale)(refusal.code)
    : describeRefusal(context, refusal);
}

function finish(context: Context, result: SectorResult, done: 'test.done' | 'enrich.done'): FormOutcome {
  if (!result.ok) return { kind: 'refused', text: describe(context, result) };
  const text = sectorTexts(context.locale)(done, { reference: result.signal.reference });
  return { kind: 'done', card: { summary: text, parts: [{ kind: 'text', text }] } };
}

function oneText(context: Context, of: 'test' | 'enrich', label: 'test.why' | 'enrich.text'): Promise<FormView> {
  const t = sectorTexts(context.locale);
  return Promise.resolve({
    title: t(`${of}.title`),
    submitLabel: t(`${of}.submit`),
    parts: [
      {
        kind: 'multiline',
        id: 'text',
        label: t(label),
        hint: t(`${of}.hint`),
        required: true,
        maxLength: STEP_TEXT_MAX,
      },
    ],
  });
}

const testForm = defineForm({
  id: 'sectors.is-no-signal',
  params: OnSignal,
  values: OneText,
  view: (context) => oneText(context, 'test', 'test.why'),
  async submit(context, { params, values, raw }) {
    const problems = guardTexts(context, values, raw);
    if (problems) return problems;
    const result = await testSignal(context, { ...params, verdict: 'no-signal', why: values.text });
    return finish(context, result, 'test.done');
  },
});

const enrichForm = defineForm({
  id: 'sectors.enrich',
  params: OnSignal,
  values: OneText,
  view: (context) => oneText(context, 'enrich', 'enrich.text'),
  async submit(context, { params, values, raw }) {
    const problems = guardTexts(context, values, raw);
    if (problems) return problems;
    return finish(context, await enrichSignal(context, { ...params, text: values.text }), 'enrich.done');
  },
});

/** The second axis: a signal coordinator per sector or organisation is told in parallel, tests and adds. */
export const sectors: Feature = {
  name: 'sectors',
  messages: [card],
  forms: [testForm, enrichForm],
  actions: [
    defineAction('sectors.is-a-signal', OnSignal, async (context, { signalId }): Promise<Answer> => {
      const result = await testSignal(context, { signalId, verdict: 'signal' });
      if (!result.ok) return sayDone(describe(context, result));
      const text = sectorTexts(context.locale)('test.done', { reference: result.signal.reference });
      return { kind: 'shown', on: [sectorKey(signalId, context.person.id)], text };
    }),
    defineAction('sectors.is-no-signal', OnSignal, async (context, params): Promise<Reply> => ({
      kind: 'form',
      form: await context.openForm(testForm, params),
    })),
    defineAction('sectors.enrich', OnSignal, async (context, params): Promise<Reply> => ({
      kind: 'form',
      form: await context.openForm(enrichForm, params),
    })),
    defineAction('sectors.take-on', OnSignal.extend({ seen: z.int() }), async (context, params): Promise<Answer> => {
      const result = await takeOnSignal(context, params);
      if (!result.ok) return sayDone(describe(context, result));
      const owner = await context.db.person.findUnique({
        where: { municipalityId_id: { municipalityId: context.municipality.id, id: result.signal.ownerId } },
        select: { name: true },
      });
      const { reference } = result.signal;
      const text = sectorTexts(context.locale)('takeOn.done', { reference, owner: owner?.name ?? '' });
      return { kind: 'shown', on: [sectorKey(params.signalId, context.person.id)], text };
    }),
  ],
};
