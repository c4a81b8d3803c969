import { z } from 'zod';
import type { CardPart } from '../chat/card.js';
import { defineForm, type Context } from '../chat/feature.js';
import type { FormOutcome } from '../chat/form.js';
import { may } from '../people/roles.js';
import { guardTexts } from '../signals/guard-texts.js';
import { requestMembership } from './membership.js';
import { done, sayRefusal } from './plan-form.js';
import { forumTexts } from './texts.js';

const WHY_MAX = 500;

export const membershipForm = defineForm({
  id: 'forums.membership-form',
  params: z.object({}),
  values: z.object({
    why: z
      .string()
      .trim()
      .max(WHY_MAX)
      .optional()
      .transform((text) => text || undefined),
  }),
  view({ locale }) {
    const t = forumTexts(locale);
    return Promise.resolve({
      title: t('member.title'),
      submitLabel: t('form.send'),
      parts: [{ id: 'why', kind: 'multiline', label: t('member.why'), maxLength: WHY_MAX }],
    });
  },
  async submit(context, { values, raw }): Promise<FormOutcome> {
    const t = forumTexts(context.locale);
    if (!may(context.person, 'file a signal')) return { kind: 'refused', text: t('not.worker') };
    const problems = guardTexts(context, values, raw);
    if (problems) return problems;
    const result = await requestMembership(context, values.why);
    return result.ok ? done(t('member.sent')) : { kind: 'refused', text: sayRefusal(context.locale, result.code) };
  },
});

/** Where the municipality invites members alone: whether this person is one, and the way in or out. */
export async function membershipParts({ db, locale, municipality, person }: Context): Promise<CardPart[]> {
  if (municipality.settings.forum.invite === 'everyone' || !may(person, 'file a signal')) return [];
  if (may(person, 'organise forums')) return [];
  const t = forumTexts(locale);
  const membership = await db.forumMembership.findUnique({
    where: { municipalityId_personId: { municipalityId: municipality.id, personId: person.id } },
  });
  const status = membership?.status;
  const inside = status === 'member' || status === 'requested';
  return [
    {
      kind: 'text',
      text: t(status === 'member' ? 'member.yes' : status === 'requested' ? 'member.asked' : 'member.no'),
    },
    {
      kind: 'buttons',
      buttons: [
        inside
          ? { label: t('member.leave'), action: 'forums.leave', payload: {} }
          : { label: t('member.ask'), action: 'forums.join', payload: {} },
      ],
    },
  ];
}
