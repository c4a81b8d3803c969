import type { Caller, SubmitResult } from '../../../src/chat/chat.js';
import type { Reply } from '../../../src/chat/feature.js';
import type { FormValues } from '../../../src/chat/form.js';
import type { ButtonPayload } from '../../../src/chat/card.js';
import { toLocale } from '../../../src/chat/texts.js';
import { CITY_WIDE } from '../../../src/signals/filing/neighbourhood-source.js';
import { answerAsPartner } from '../../../src/partners/answer-as-partner.js';
import { STEP_VALUES, wordsOf, type Town } from '../../support/town.js';
import type { Attempt, What, Who } from './actions.js';
import type { Lane } from './lane.js';

/** What a hand-over's words are known by on the timelines. */
export const HAND_OVER_WHY = 'Er komt een nieuwe verdeling van de wijken.';

const VALUES: FormValues = {
  ...STEP_VALUES,
  why: 'Dat is beter zo.',
  title1: 'De wachtlijst van het ene loket',
  description1: 'Wie aanklopt, wacht weken.',
  organisation: 'Het Buurthuis',
  question: 'Zien jullie dit ook?',
  observation: 'Wij zien dit elke week.',
  how: 'weeks2',
  what: 'Een infomoment per school.',
  outcome: 'Het infomoment ging door.',
};

/** What a person is told when nothing was written for a reason of ours; see `chatTexts`. */
const OURS = /heel druk|ging iets mis/;
const DONE = new RegExp(
  [
    'staat nu op',
    'is ingetrokken',
    'is bewaard',
    'is verstuurd',
    'is doorgegeven',
    'staat daar',
    'vanaf nu op',
    'is opgenomen',
    'geen herinnering voor',
    'bevestigen .* niet meer',
    'Je antwoord staat bij',
  ].join('|'),
);

/** @returns how many things this person was told were done: 0 or 1, for a hand-over the number of signals. */
export type Said = { done: number; busy: boolean };

/** A leave that nobody ended. */
const FAR = new Date('2099-01-01');

const REFUSED: Said = { done: 0, busy: false };

/** Tries it through the chat, as that person on that platform. */
export async function tryIt(lane: Lane, made: Attempt): Promise<Said> {
  const { town, db } = lane;
  const { municipalityId } = town;
  const signal = lane.signals[made.signal % lane.signals.length];
  const other = lane.signals[(made.signal + 1) % lane.signals.length];
  if (!signal || !other) throw new Error('A sequence has two signals at least.');
  const person = lane.people[made.who];
  const caller: Caller = { ...town.caller(person), platform: made.platform };
  const signalId = signal.id;
  const where = { municipalityId, signalId };
  const values: FormValues = { ...VALUES, reference: other.reference };

  const seen = async () => Math.max(1, (await town.signal(signalId)).version - made.old);
  const press = async (action: string, payload: ButtonPayload, more: FormValues = {}): Promise<Said> => {
    const reply = await town.chat.press(caller, action, payload);
    return said(reply.kind === 'form' ? await fillIn(town, caller, reply, { ...values, ...more }) : reply);
  };
  const type = async (command: string, text: string, more: FormValues): Promise<SubmitResult | Reply> => {
    const reply = await town.chat.command(caller, command, text);
    return reply.kind === 'form' ? fillIn(town, caller, reply, { ...values, ...more }) : reply;
  };

  const { what } = made;
  switch (what.kind) {
    case 'step':
      return press('signals.step', { signalId, seen: await seen(), to: what.to });
    case 'press': {
      const told = await press(what.action, payloadOf(what.action, signalId, await seen()));
      // The same word said twice is there once.
      return what.action === 'sectors.is-no-signal' ? { ...told, done: 0 } : told;
    }
    case 'answer':
      // Any entry will do: what is answered is the signal.
      return press('signals.answer', { signalId, entryId: signalId });
    case 'transfer':
      return press('transfer.signal', { signalId, seen: await seen() }, { to: idOf(lane, what.to) });
    case 'give-task':
      return press('tasks.give', { signalId, seen: await seen() }, { assignee: idOf(lane, what.to) });
    case 'choose-lead':
      return press('tasks.lead', { signalId, seen: await seen() }, { lead: idOf(lane, what.to) });
    case 'link':
      return press('links.link', { signalId, seen: await seen() }, { bond: what.bond });
    case 'finish-task': {
      const task = await db.task.findFirst({ where, orderBy: { givenAt: 'desc' } });
      return task ? press('tasks.finish', { value: task.id }) : REFUSED;
    }
    case 'end-partner': {
      const asked = await db.partnerRequest.findFirst({ where, orderBy: { askedAt: 'desc' } });
      return asked ? press('partners.end', { signalId, seen: await seen() }, { request: asked.id }) : REFUSED;
    }
    case 'partner-answers':
      return answerAsAPartner(lane, signalId);
    case 'helps':
      return press('helps.yes', { signalId, endedOn: lane.today() });
    case 'helps-not':
      return press('helps.no', { signalId, endedOn: lane.today() });
    case 'hand-over': {
      const result = await type('regisseur', 'overdracht', {
        from: person.id,
        to: idOf(lane, what.to),
        why: HAND_OVER_WHY,
      });
      const told = said(result);
      const count = /(Eén|\d+) signa/.exec(wordsOf(result))?.[1] ?? '0';
      return { ...told, done: told.done && (count === 'Eén' ? 1 : Number(count)) };
    }
    case 'leave': {
      const replacement = lane.people[what.to];
      const days = { from: lane.today(), until: lane.today() };
      const told = said(
        await type('regisseur', 'verlof', { ...days, person: person.id, replacement: replacement.id, note: '' }),
      );
      const from = town.clock.now;
      if (told.done > 0) lane.leaves.push({ of: person.name, replacement: replacement.name, from, to: FAR });
      // It stands on no timeline.
      return { ...told, done: 0 };
    }
    case 'back': {
      const leave = await db.leave.findFirst({ where: { municipalityId, personId: person.id } });
      if (!leave) return REFUSED;
      const reply = await town.chat.press(caller, 'leave.change', { value: leave.id });
      if (reply.kind !== 'form') return said(reply);
      const told = said(
        await fillIn(town, caller, reply, {
          until: lane.today(),
          replacement: leave.replacementId ?? '',
          cancel: true,
        }),
      );
      if (told.done > 0)
        for (const one of lane.leaves) if (one.of === person.name && one.to === FAR) one.to = town.clock.now;
      return { ...told, done: 0 };
    }
    case 'file':
      return said(
        await type('signaal', '', {
          title: 'Geen plaats in de opvang',
          description: 'Ouders horen dat alles volzet is.',
          neighbourhoods: [CITY_WIDE],
          statement: true,
          similar: 'new',
        }),
      );
  }
}

const idOf = (lane: Lane, who: Who) => lane.people[who].id;

function payloadOf(action: (What & { kind: 'press' })['action'], signalId: string, seen: number): ButtonPayload {
  return /^(endorsements\.|sectors\.(is|enrich))/.test(action) ? { signalId } : { signalId, seen };
}

/** Without the page, which has tests of its own. */
async function answerAsAPartner({ db, town }: Lane, signalId: string): Promise<Said> {
  const { municipalityId } = town;
  const asked = await db.partnerRequest.findFirst({
    where: { municipalityId, signalId },
    orderBy: { askedAt: 'desc' },
    include: { askedBy: true },
  });
  if (!asked) return REFUSED;
  const municipality = await town.municipality();
  const context = town.chat.visit({ municipality, person: asked.askedBy, locale: toLocale('nl') });
  const state = await answerAsPartner(context, { requestId: asked.id, text: 'Wij zien dit ook.' });
  return { done: state === 'open' ? 1 : 0, busy: false };
}

async function fillIn(town: Town, caller: Caller, reply: Reply & { kind: 'form' }, values: FormValues) {
  const first = await town.chat.submit(caller, reply.form.token, values);
  if (first.kind !== 'again' || Object.keys(first.errors).length > 0) return first;
  const ticks = first.form.view.parts
    .filter(({ kind }) => kind === 'tick')
    .map((part) => ['id' in part && part.id, true]);
  return town.chat.submit(caller, reply.form.token, { ...values, ...(Object.fromEntries(ticks) as FormValues) });
}

function said(result: SubmitResult | Reply): Said {
  const words = wordsOf(result);
  return { done: result.kind === 'done' || DONE.test(words) ? 1 : 0, busy: OURS.test(words) };
}
