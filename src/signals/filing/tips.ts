import { z } from 'zod';
import { defineAction, type Context, type Reply } from '../../chat/feature.js';
import type { FormPart } from '../../chat/form.js';
import type { CardPart } from '../../chat/card.js';
import { sayOwn } from '../own-words.js';
import { sayDone } from '../replies.js';
import { signalTexts } from '../texts.js';

/** Three at most: more is a manual. A municipality may put its own words in their place. */
const TIPS = ['tips.1', 'tips.2', 'tips.3'] as const;

const lines = (context: Context) => TIPS.map((key) => `• ${sayOwn(context, key)}`).join('\n');

/** For somebody who never filed, above the form; and a box, among the details, to be rid of them. */
export async function firstTips(context: Context): Promise<{ above: FormPart[]; folded: FormPart[] }> {
  const { db, municipality, person, locale } = context;
  const none = { above: [], folded: [] };
  // Whose last neighbourhood is known sent the form before: no need to ask the database.
  if (person.tipsHiddenAt || person.lastNeighbourhoodId) return none;
  const filed = await db.signalFiler.findFirst({
    where: { municipalityId: municipality.id, personId: person.id },
    select: { signalId: true },
  });
  if (filed) return none;
  const t = signalTexts(locale);
  return {
    above: [{ kind: 'note', tone: 'info', text: `${t('tips.heading')}\n${lines(context)}` }],
    folded: [{ kind: 'tick', id: 'hideTips', label: t('tips.label'), statement: t('tips.hide'), section: 'more' }],
  };
}

/** In the help, until they are hidden. */
export function helpTips(context: Context): CardPart[] {
  const { person, locale } = context;
  if (person.tipsHiddenAt) return [];
  const t = signalTexts(locale);
  return [
    { kind: 'text', text: `${t('tips.heading')}\n${lines(context)}` },
    {
      kind: 'buttons',
      buttons: [{ label: t('tips.hide'), action: 'signals.hide-tips', payload: {} }],
      onlyFor: [person.id],
    },
  ];
}

export const hideTipsAction = defineAction('signals.hide-tips', z.object({}), async (context): Promise<Reply> => {
  await hideTips(context);
  return sayDone(signalTexts(context.locale)('tips.hidden'));
});

export async function hideTips({ write, municipality, person, now }: Context): Promise<void> {
  await write((tx) =>
    tx.person.update({
      where: { municipalityId_id: { municipalityId: municipality.id, id: person.id } },
      data: { tipsHiddenAt: now },
    }),
  );
}
