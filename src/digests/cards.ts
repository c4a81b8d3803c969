import { z } from 'zod';
import { sayDay, localIsoDay } from '../calendar/local-day.js';
import type { Button, Card, CardPart } from '../chat/card.js';
import { defineMessage, type ViewContext } from '../chat/feature.js';
import { sayLate } from '../scheduling/say-late.js';
import { sayStatus } from '../signals/describe.js';
import { readFollowed, type FollowedNews } from './read-followed.js';
import { findOwnersFor, readPortfolios, type ListedSignal, type Period, type Portfolio } from './read-portfolios.js';
import { coordinatorDigest, followedDigest, regisseurDigest } from './subscriptions.js';
import { digestTexts } from './texts.js';

/** Of each list; the regisseur's own page and the list of signals have the rest. */
const SHOWN = 5;
/** A card has room for six buttons, and one is the button that stops it. */
const TAKE_BUTTONS = 4;

const Params = z.object({ personId: z.uuid(), from: z.iso.datetime(), until: z.iso.datetime(), late: z.string() });
type Params = z.infer<typeof Params>;

const periodOf = ({ from, until }: Params): Period => ({ from: new Date(from), until: new Date(until) });
const LISTS = ['late', 'waiting', 'new'] as const;

/** A regisseur's week: what came in, what waits to be taken up, what is late. Nothing of it: no message. */
export const regisseurCard = defineMessage({
  id: 'digests.regisseur',
  params: Params,
  subscription: regisseurDigest,
  async render(context, params) {
    const { db, municipality, now } = context;
    const owners = await findOwnersFor(db, municipality, params.personId, now);
    const portfolios = await readPortfolios(db, municipality, periodOf(params), owners);
    if (portfolios.length === 0) return null;
    const parts = LISTS.flatMap((list) =>
      listParts(
        context,
        list,
        portfolios.flatMap((each) => each[list]),
      ),
    );
    const takable = portfolios.flatMap(({ late, waiting }) => [...late, ...waiting]);
    return digest(context, params, 'regisseur', [...parts, ...takeButtons(context, takable, params.personId)]);
  },
});

/** The coordinator's week: each portfolio in figures, and what is late anywhere. One reader, who may see all of it. */
export const coordinatorCard = defineMessage({
  id: 'digests.coordinator',
  params: Params,
  subscription: coordinatorDigest,
  async render(context, params) {
    const { db, municipality, locale } = context;
    const portfolios = await readPortfolios(db, municipality, periodOf(params));
    if (portfolios.length === 0) return null;
    const t = digestTexts(locale);
    const owners = await db.person.findMany({
      where: { municipalityId: municipality.id, id: { in: portfolios.map(({ ownerId }) => ownerId) } },
      select: { id: true, name: true },
      orderBy: [{ name: 'asc' }, { id: 'asc' }],
    });
    const figures = ({ late, waiting, new: fresh }: Portfolio) =>
      t('figures', { fresh: fresh.length, waiting: waiting.length, late: late.length });
    const facts = owners.flatMap(({ id, name }) =>
      portfolios
        .filter(({ ownerId }) => ownerId === id)
        .map((portfolio) => ({ label: name, value: figures(portfolio) })),
    );
    const late = portfolios.flatMap((each) => each.late);
    return digest(context, params, 'coordinator', [{ kind: 'facts', facts }, ...listParts(context, 'late', late)]);
  },
});

/** What somebody follows and wanted to read about once a week, as everyone may read it. */
export const followedCard = defineMessage({
  id: 'digests.followed',
  params: Params,
  subscription: followedDigest,
  async render(context, params) {
    const news = await readFollowed(context, params.personId, periodOf(params));
    if (news.length === 0) return null;
    const t = digestTexts(context.locale);
    return digest(context, params, 'followed', [
      ...news.flatMap((part) => newsParts(context, part)),
      { kind: 'text', style: 'subtle', text: t('followed.how') },
    ]);
  },
});

function digest(
  context: ViewContext,
  params: Params,
  kind: 'regisseur' | 'coordinator' | 'followed',
  parts: CardPart[],
): Card {
  const { municipality, locale, url } = context;
  const t = digestTexts(locale);
  const heading = t(`kind.${kind}`);
  const day = (at: Date) => sayDay(localIsoDay(at, municipality.zone), locale);
  const { from, until } = periodOf(params);
  return {
    summary: heading,
    parts: [
      ...sayLate(context, params.late),
      { kind: 'heading', text: heading },
      { kind: 'text', style: 'subtle', text: t('period', { from: day(from), until: day(until) }) },
      ...parts,
      { kind: 'link', label: t('all'), url: url('/') },
    ],
  };
}

function listParts({ locale, url }: ViewContext, list: (typeof LISTS)[number], signals: ListedSignal[]): CardPart[] {
  if (signals.length === 0) return [];
  const t = digestTexts(locale);
  const more = signals.length - SHOWN;
  return [
    { kind: 'heading', text: t(`list.${list}`, { count: signals.length }) },
    ...signals.slice(0, SHOWN).flatMap(({ reference, title, acute, status }): CardPart[] => [
      { kind: 'link', label: `${acute ? '‼ ' : ''}${title}`, url: url(`/signalen/${reference}`) },
      { kind: 'text', style: 'subtle', text: `${reference} · ${sayStatus(status, locale)}` },
    ]),
    ...(more > 0 ? [{ kind: 'text' as const, style: 'subtle' as const, text: t('more', { count: more }) }] : []),
  ];
}

/** "Neem op", for the first that nobody took up. */
function takeButtons({ locale }: ViewContext, signals: ListedSignal[], personId: string): CardPart[] {
  const buttons = signals
    .filter(({ status }) => status === 'received')
    .slice(0, TAKE_BUTTONS)
    .map(({ id, reference, version }): Button => ({
      label: digestTexts(locale)('take', { reference }),
      action: 'signals.step',
      payload: { signalId: id, to: 'in_review', seen: version },
    }));
  return buttons.length > 0 ? [{ kind: 'buttons', buttons, onlyFor: [personId] }] : [];
}

function newsParts({ locale, url }: ViewContext, { what, kind, signals, more }: FollowedNews): CardPart[] {
  const t = digestTexts(locale);
  return [
    { kind: 'heading', text: t(`followed.${kind}`, { what }) },
    ...signals.flatMap(({ reference, title, acute, steps }): CardPart[] => [
      { kind: 'link', label: `${acute ? '‼ ' : ''}${title}`, url: url(`/signalen/${reference}`) },
      { kind: 'text', style: 'subtle', text: [reference, steps.join(' → ')].filter(Boolean).join(' · ') },
    ]),
    ...(more > 0 ? [{ kind: 'text' as const, style: 'subtle' as const, text: t('more', { count: more }) }] : []),
  ];
}
