import { z } from 'zod';
import type { CardPart } from '../chat/card.js';
import { defineAction, type Command, type Context, type Feature, type Reply } from '../chat/feature.js';
import { may } from '../people/roles.js';
import { sayDone } from '../signals/replies.js';
import { changeForm, standIns, takeForm } from './leave-forms.js';
import { leaveMessages } from './messages.js';
import { leaveParts } from './overview.js';
import { hearLeaveChanged } from './refresh-cards.js';
import { tellEdges, turnCards } from './schedules.js';
import { leaveTexts } from './texts.js';

async function openTake(context: Context): Promise<Reply> {
  if (!may(context.person, 'follow up signals')) return sayDone(leaveTexts(context.locale)('not.yours'));
  return { kind: 'form', form: await context.openForm(takeForm, {}) };
}

/** `/regisseur verlof` */
const take: Command = {
  name: 'regisseur',
  subcommand: { words: ['verlof', 'leave'], accepts: (rest) => rest === '' },
  help: (locale) => ({ usage: leaveTexts(locale)('take.usage'), does: leaveTexts(locale)('take.does') }),
  isFor: ({ person }) => may(person, 'follow up signals'),
  run: openTake,
};

/** `/regisseur afwezig` */
const list: Command = {
  name: 'regisseur',
  subcommand: { words: ['afwezig', 'away'], accepts: (rest) => rest === '' },
  help: (locale) => ({ usage: leaveTexts(locale)('list.usage'), does: leaveTexts(locale)('list.does') }),
  isFor: ({ person }) => may(person, 'follow up signals'),
  async run(context): Promise<Reply> {
    const t = leaveTexts(context.locale);
    if (!may(context.person, 'follow up signals')) return sayDone(t('not.yours'));
    const parts = await leaveParts(context, 'everybody');
    const take: CardPart = {
      kind: 'buttons',
      buttons: [{ label: t('button.take'), action: 'leave.take', payload: {} }],
    };
    return {
      kind: 'card',
      visible: 'only-you',
      card: {
        summary: t('list.heading'),
        parts: [...(parts.length > 0 ? parts : [{ kind: 'text' as const, text: t('list.empty') }]), take],
      },
    };
  },
};

/** Being away, with who stands in: reported in the chat by whom it concerns. */
export const leave: Feature = {
  name: 'leave',
  commands: [take, list],
  actions: [
    defineAction('leave.take', z.object({}), openTake),
    defineAction('leave.change', z.object({ value: z.uuid() }), async (context, { value }): Promise<Reply> => ({
      kind: 'form',
      form: await context.openForm(changeForm, { leaveId: value }),
    })),
  ],
  forms: [takeForm, changeForm],
  messages: leaveMessages,
  listeners: [hearLeaveChanged],
  sources: [standIns],
  home: [{ order: 25, render: (context) => leaveParts(context, 'mine') }],
  schedules: [turnCards, tellEdges],
};
