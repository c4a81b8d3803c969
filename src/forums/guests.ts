import { z } from 'zod';
import { defineForm, type Context } from '../chat/feature.js';
import type { FormOutcome } from '../chat/form.js';
import { memberSource } from '../people/member-source.js';
import { may } from '../people/roles.js';
import type { Tx } from '../storage/database.js';
import { done, sayRefusal } from './plan-form.js';
import { invite } from './plan-forum.js';
import { lockForum } from './read-forums.js';
import { forumTexts } from './texts.js';

const LINE = /^\s*(?<name>[^<>]{1,100}?)\s*<\s*(?<mail>[^<>\s]+)\s*>\s*$/;

interface Guest {
  name: string;
  mail: string;
}

/** For who organises alone, as every look-up of colleagues. */
export const peopleSource = memberSource('forums.people', { able: 'file a signal' });

/** Reads "naam <adres>", one per line; the first line that is none is named. */
function readGuests(text: string): { ok: true; guests: Guest[] } | { ok: false; line: number } {
  const guests: Guest[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (!line.trim()) continue;
    const { name = '', mail = '' } = LINE.exec(line)?.groups ?? {};
    const address = z.email().toLowerCase().safeParse(mail);
    if (!name || !address.success) return { ok: false, line: index + 1 };
    guests.push({ name, mail: address.data });
  }
  return { ok: true, guests };
}

/** Somebody from elsewhere is a person without any role, reached by mail: they see their invitation and nothing else. */
async function findOrAddGuest(tx: Tx, municipalityId: string, { name, mail }: Guest): Promise<string> {
  const where = { municipalityId_platform_externalId: { municipalityId, platform: 'mail', externalId: mail } };
  const known = await tx.account.findUnique({ where });
  if (known) return known.personId;
  const { id } = await tx.person.create({
    data: {
      municipalityId,
      name,
      roles: [],
      accounts: { create: { platform: 'mail', externalId: mail, email: mail } },
    },
  });
  return id;
}

/** Invites experts and guests; who was invited already is left alone. Returns how many were invited now. */
async function inviteGuests(
  context: Context,
  forumId: string,
  part: 'expert' | 'guest',
  { personIds, guests }: { personIds: string[]; guests: Guest[] },
): Promise<{ ok: true; count: number } | { ok: false; code: 'FORUM.GONE' | 'FORUM.OVER' | 'TOPIC.UNKNOWN' }> {
  const municipalityId = context.municipality.id;
  return context.write(async (tx) => {
    const forum = await lockForum(tx, municipalityId, forumId);
    if (!forum || forum.status !== 'planned') return { ok: false, code: 'FORUM.GONE' };
    if (forum.startsAt <= context.now) return { ok: false, code: 'FORUM.OVER' };
    const known = await tx.person.count({ where: { municipalityId, active: true, id: { in: personIds } } });
    if (known !== new Set(personIds).size) return { ok: false, code: 'TOPIC.UNKNOWN' };
    const ids = new Set(personIds);
    for (const guest of guests) ids.add(await findOrAddGuest(tx, municipalityId, guest));
    await invite(tx, context, forum, [...ids], part);
    // Who was invited as everybody is now comes as what they were asked for.
    await tx.forumAttendee.updateMany({
      where: { municipalityId, forumId, personId: { in: [...ids] } },
      data: { part },
    });
    return { ok: true, count: ids.size };
  });
}

export const guestsForm = defineForm({
  id: 'forums.guests-form',
  params: z.object({ forumId: z.uuid() }),
  values: z.object({
    part: z.enum(['expert', 'guest']).default('expert'),
    people: z.array(z.uuid()).default([]),
    mail: z.string().max(5_000).default(''),
  }),
  view({ locale }) {
    const t = forumTexts(locale);
    return Promise.resolve({
      title: t('guests.title'),
      submitLabel: t('form.send'),
      parts: [
        {
          id: 'part',
          kind: 'select',
          label: t('guests.part'),
          options: [
            { value: 'expert', label: t('guests.expert') },
            { value: 'guest', label: t('guests.guest') },
          ],
          value: 'expert',
        },
        { id: 'people', kind: 'search', source: peopleSource.id, multiple: true, label: t('guests.people') },
        {
          id: 'mail',
          kind: 'multiline',
          label: t('guests.mail'),
          hint: t('guests.mail.hint'),
          maxLength: 3_000,
        },
      ],
    });
  },
  async submit(context, { params, values }): Promise<FormOutcome> {
    const t = forumTexts(context.locale);
    if (!may(context.person, 'organise forums')) return { kind: 'refused', text: t('not.yours') };
    const read = readGuests(values.mail);
    if (!read.ok) return { kind: 'again', errors: { mail: t('guests.error', { line: read.line }) } };
    if (values.people.length + read.guests.length === 0)
      return { kind: 'again', errors: { people: t('guests.nobody') } };
    const result = await inviteGuests(context, params.forumId, values.part, {
      personIds: values.people,
      guests: read.guests,
    });
    return result.ok
      ? done(t('done.guests', { count: result.count }))
      : { kind: 'refused', text: sayRefusal(context.locale, result.code) };
  },
});
