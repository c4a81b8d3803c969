import { z } from 'zod';
import { defineForm, type Command, type Context, type Reply } from '../chat/feature.js';
import { memberSource } from '../people/member-source.js';
import { may } from '../people/roles.js';
import { confirmation, guardTexts, isConfirmed } from '../signals/guard-texts.js';
import { findFilers } from '../signals/posts.js';
import { sayDone } from '../signals/replies.js';
import { STEP_TEXT_MAX } from '../signals/step-inputs.js';
import { ENDED } from '../signals/transitions.js';
import type { Person } from '../storage/database.js';
import type { Move } from './find-moves.js';
import { moveSignals } from './move-signals.js';
import { handOverTexts } from './texts.js';

/** As many as one transaction can carry; who has more hands over again. */
const LIMIT = 100;
/** References named in the look beforehand. */
const NAMED = 10;

export const colleagues = memberSource('hand-over.colleagues', { able: 'follow up signals' });

/** One's own signals, or as coordinator anybody's. */
function mayHandOver(person: Context['person'], fromId: string): boolean {
  return may(person, 'transfer a signal', person.id === fromId && may(person, 'follow up signals') ? ['owner'] : []);
}

/** All open signals of one colleague go to another: shown first, done when that is confirmed. */
export const handOverForm = defineForm({
  id: 'hand-over.all',
  params: z.object({}),
  values: z.object({ from: z.uuid(), to: z.uuid(), why: z.string().min(1).max(STEP_TEXT_MAX) }),
  view: ({ locale, person }) => {
    const t = handOverTexts(locale);
    const choose = { kind: 'search' as const, required: true, source: colleagues.id, multiple: false };
    return Promise.resolve({
      title: t('form.title'),
      submitLabel: t('form.submit'),
      parts: [
        { ...choose, id: 'from', label: t('form.from'), value: [{ value: person.id, label: person.name }] },
        { ...choose, id: 'to', label: t('form.to') },
        {
          kind: 'multiline',
          id: 'why',
          label: t('form.why'),
          hint: t('form.why.hint'),
          required: true,
          maxLength: STEP_TEXT_MAX,
        },
      ],
    });
  },
  async submit(context, { values, raw, formId }) {
    const { db, municipality, locale } = context;
    const t = handOverTexts(locale);
    const { from, to, why } = values;
    if (!mayHandOver(context.person, from)) return { kind: 'again', errors: { from: t('error.notYours') } };
    if (from === to) return { kind: 'again', errors: { to: t('error.same') } };
    const [giver, taker] = await Promise.all([find(context, from), find(context, to)]);
    if (!giver) return { kind: 'again', errors: { from: t('error.unknown') } };
    if (!taker || !may(taker, 'follow up signals')) return { kind: 'again', errors: { to: t('error.unfit') } };
    const guarded = guardTexts(context, { why }, raw);
    if (guarded) return guarded;
    const signals = await db.signal.findMany({
      where: { municipalityId: municipality.id, ownerId: from, status: { notIn: [...ENDED] } },
      orderBy: [{ filedAt: 'asc' }, { id: 'asc' }],
      take: LIMIT,
      select: { id: true, reference: true },
    });
    if (signals.length === 0) return { kind: 'refused', text: t('nothing', { from: giver.name }) };
    // Another choice, or a signal more or less, is looked at again.
    const seen = [from, to, ...signals.map(({ id }) => id)].join(' ');
    if (!isConfirmed(raw, seen)) {
      const filers = new Set<string>();
      for (const { id } of signals) for (const filer of await findFilers(db, municipality.id, id)) filers.add(filer);
      const look = t('look', {
        count: signals.length,
        from: giver.name,
        to: taker.name,
        references: sayReferences(signals.map(({ reference }) => reference)),
        filers: filers.size,
      });
      return { kind: 'again', errors: {}, add: confirmation(seen, look, t('look.confirm'), locale) };
    }
    const moves = signals.map(({ id }): Move => ({
      signalId: id,
      fromId: from,
      toId: to,
      route: { rule: 'transferred', regisseurId: from },
    }));
    const count = await context.write((tx) => moveSignals(tx, context, { moves, why, batch: formId }));
    const text = t('done', { count, to: taker.name });
    return { kind: 'done', card: { summary: text, parts: [{ kind: 'text', text }] } };
  },
});

function find({ db, municipality }: Context, id: string): Promise<Person | null> {
  return db.person.findUnique({ where: { municipalityId_id: { municipalityId: municipality.id, id } } });
}

function sayReferences(references: string[]): string {
  const named = references.slice(0, NAMED).join(', ');
  return references.length > NAMED ? `${named} …` : named;
}

/** `/regisseur overdracht` */
export const handOverCommand: Command = {
  name: 'regisseur',
  subcommand: { words: ['overdracht', 'handover'], accepts: (rest) => rest === '' },
  help(locale) {
    const t = handOverTexts(locale);
    return { usage: t('usage'), does: t('does') };
  },
  isFor: ({ person }) => may(person, 'follow up signals'),
  async run(context): Promise<Reply> {
    if (!may(context.person, 'follow up signals')) return sayDone(handOverTexts(context.locale)('not.yours'));
    return { kind: 'form', form: await context.openForm(handOverForm, {}) };
  },
};
