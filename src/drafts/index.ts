import { z } from 'zod';
import { sayInstant } from '../calendar/local-day.js';
import type { CardPart } from '../chat/card.js';
import { defineAction, type Context, type Feature, type Reply, type Schedule } from '../chat/feature.js';
import type { FormValues } from '../chat/form.js';
import { may } from '../people/roles.js';
import { fileForm } from '../signals/filing/file-form.js';
import { sayDone } from '../signals/replies.js';
import { signalTexts } from '../signals/texts.js';
import type { Draft } from '../storage/database.js';
import { keptSince, listDrafts, removeDraft } from './keep-draft.js';
import { draftTexts } from './texts.js';

const OnDraft = z.object({ draftId: z.uuid() });

/** So many are erased at a time; the next tick does the rest. */
const ERASE_AT_ONCE = 500;

function draftCard(context: Context, drafts: Draft[]): Reply {
  const { locale, municipality, person } = context;
  const t = draftTexts(locale);
  const heading: CardPart = { kind: 'heading', text: t('draft.heading') };
  const parts = drafts.flatMap((draft, index): CardPart[] => {
    const number = index + 1;
    const payload = { draftId: draft.id };
    return [
      {
        kind: 'text',
        text: `${number}. ${t('draft.one', { title: titleOf(draft, context), at: sayInstant(draft.updatedAt, municipality.zone, locale) })}`,
      },
      {
        kind: 'buttons',
        buttons: [
          { label: t('draft.continue', { number }), action: 'drafts.continue', payload, style: 'primary' },
          { label: t('draft.remove', { number }), action: 'drafts.remove', payload },
        ],
        onlyFor: [person.id],
      },
    ];
  });
  const empty: CardPart = { kind: 'text', text: t('draft.none') };
  return {
    kind: 'card',
    visible: 'only-you',
    card: { summary: t('draft.heading'), parts: [heading, ...(parts.length > 0 ? parts : [empty])] },
  };
}

function titleOf({ values }: Draft, { locale }: Context): string {
  const { title, description } = values as FormValues;
  const words = [title, description].find((text) => typeof text === 'string' && text.trim() !== '');
  return typeof words === 'string' ? words.slice(0, 80) : draftTexts(locale)('draft.untitled');
}

/** What its time is up of is erased, one by one, also when nobody looks. */
const erase: Schedule = {
  id: 'drafts.erase',
  says: (locale) => draftTexts(locale)('erase.says'),
  missed: 'each',
  async occasions({ db, municipality, window }) {
    const before = keptSince(municipality.settings, window.until);
    const old = await db.draft.findMany({
      where: { municipalityId: municipality.id, updatedAt: { lte: before } },
      orderBy: { updatedAt: 'asc' },
      take: ERASE_AT_ONCE,
      select: { id: true, updatedAt: true },
    });
    const days = window.until.getTime() - before.getTime();
    return old.map(({ id, updatedAt }) => ({ subject: id, at: new Date(updatedAt.getTime() + days) }));
  },
  async run({ tx, municipality, now }, { subject }) {
    await tx.draft.deleteMany({
      where: {
        municipalityId: municipality.id,
        id: subject,
        // Somebody may have gone on with it meanwhile.
        updatedAt: { lte: keptSince(municipality.settings, now) },
      },
    });
  },
};

/** Signals that are not filed yet: kept for their writer, gone on with, thrown away, erased in time. */
export const drafts: Feature = {
  name: 'drafts',
  commands: [
    {
      name: 'signaal',
      subcommand: { words: ['concepten', 'concept', 'drafts', 'draft'], accepts: (rest) => rest === '' },
      help: (locale) => ({ usage: draftTexts(locale)('help.usage'), does: draftTexts(locale)('help.does') }),
      isFor: ({ person }) => may(person, 'file a signal'),
      async run(context) {
        if (!may(context.person, 'file a signal')) return sayDone(signalTexts(context.locale)('error.notYours'));
        return draftCard(context, await listDrafts(context));
      },
    },
  ],
  actions: [
    defineAction('drafts.continue', OnDraft, async (context, { draftId }): Promise<Reply> => {
      const draft = (await listDrafts(context)).find(({ id }) => id === draftId);
      if (!draft) return sayDone(draftTexts(context.locale)('draft.gone'));
      return { kind: 'form', form: await context.openForm(fileForm, { draftId }, draft.values as FormValues) };
    }),
    defineAction('drafts.remove', OnDraft, async (context, { draftId }): Promise<Reply> => {
      const { municipality, person, locale } = context;
      const removed = await context.write((tx) => removeDraft(tx, municipality.id, person.id, draftId));
      return sayDone(draftTexts(locale)(removed ? 'draft.removed' : 'draft.gone'));
    }),
  ],
  schedules: [erase],
};
