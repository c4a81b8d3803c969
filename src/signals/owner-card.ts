import { z } from 'zod';
import { sayDay, sayInstant } from '../calendar/local-day.js';
import type { Button, CardPart, Fact } from '../chat/card.js';
import { defineMessage, type ViewContext } from '../chat/feature.js';
import type { Locale } from '../chat/texts.js';
import { findThoseWhoMay } from '../people/relations.js';
import type { RouteReason } from '../routing/choose-owner.js';
import type { LinkKind, SignalStatus } from '../storage/database.js';
import { sayChoice, sayDue, sayProgress, sayStatus, sayStep, sayWhere } from './describe.js';
import { findSignal, type SignalDetail } from './read-signals.js';
import { noteFromThread } from './triage/thread-replies.js';
import { signalTexts } from './texts.js';
import { transitionsFrom, type Transition } from './transitions.js';

/** Steps with a button of their own. */
const BUTTONS_SHOWN = 3;

const Params = z.object({ signalId: z.uuid() });

/** The regisseur's card: one per signal, always current. */
export const ownerCard = defineMessage({
  id: 'signals.card',
  params: Params,
  async render(context, { signalId }) {
    const signal = await findSignal(context.db, context.municipality.id, signalId);
    if (!signal) return null;
    const onlyFor = await findThoseWhoMay(context.db, context.municipality, 'take a step', signal.ownerId, context.now);
    return {
      summary: `${signal.reference} · ${signal.title}`,
      parts: [
        ...(await triageParts(context, signal)),
        ...(signal.sourceUrl
          ? [{ kind: 'link' as const, label: signalTexts(context.locale)('card.source'), url: signal.sourceUrl }]
          : []),
        { kind: 'text', style: 'subtle', text: await sayRoute(context, signal) },
        { kind: 'buttons', buttons: ownerButtons(context, signal), onlyFor },
        signalLink(context, signal),
      ],
    };
  },
  onReply: noteFromThread,
});

/** The same facts without buttons, for the regisseurs of the other neighbourhoods and, when acute, the coordinator. */
export const followCard = defineMessage({
  id: 'signals.follow-card',
  params: Params,
  async render(context, { signalId }) {
    const signal = await findSignal(context.db, context.municipality.id, signalId);
    if (!signal) return null;
    const t = signalTexts(context.locale);
    return {
      summary: `${signal.reference} · ${signal.title}`,
      parts: [
        { kind: 'text', style: 'subtle', text: t('card.follows', { owner: signal.owner.name }) },
        ...(await triageParts(context, signal)),
        signalLink(context, signal),
      ],
    };
  },
});

export function signalLink({ locale, url }: ViewContext, signal: { reference: string }): CardPart {
  return { kind: 'link', label: signalTexts(locale)('card.open'), url: url(`/signalen/${signal.reference}`) };
}

async function triageParts(context: ViewContext, signal: SignalDetail): Promise<CardPart[]> {
  const { locale, municipality } = context;
  const t = signalTexts(locale);
  const filers = signal.filers.map(({ person, organisation }) =>
    organisation ? `${person.name} (${organisation})` : person.name,
  );
  // A sector says who filed it, where a neighbourhood has one school or one police post.
  const sector = sayChoice(municipality.settings.sectors, signal.sector, locale);
  const due = sayDue(signal, context);
  const facts: Fact[] = [
    { label: t('card.filedBy'), value: filers.join(', ') },
    ...(sector ? [{ label: t('card.sector'), value: sector }] : []),
    ...(signal.confirmed > 0 ? [{ label: t('card.confirmedBy'), value: signal.confirmedBy.join(', ') }] : []),
    ...(signal.origin ? [{ label: t('card.origin'), value: sayOrigin(signal, signal.origin, locale) }] : []),
    { label: t('card.filedAt'), value: sayInstant(signal.filedAt, municipality.zone, locale) },
    ...(due ? [{ label: t('card.due'), value: due }] : []),
  ];
  return [
    { kind: 'heading', text: `${signal.acute ? `‼ ${t('card.acute')} · ` : ''}${signal.reference} · ${signal.title}` },
    {
      kind: 'text',
      text: [sayProgress(signal.status, locale), sayStatus(signal.status, locale)].filter(Boolean).join(' · '),
    },
    { kind: 'text', text: signal.description, style: 'quote' },
    { kind: 'facts', facts: [...neutralFacts(context, signal), ...facts] },
    ...longTexts(context, signal),
  ];
}

/** "Forum: Welzijnsforum, 3 maart 2026." */
function sayOrigin(signal: SignalDetail, origin: NonNullable<SignalDetail['origin']>, locale: Locale): string {
  const details = [signal.originMeeting, signal.originOn && sayDay(signal.originOn.toISOString().slice(0, 10), locale)];
  const more = details.filter(Boolean).join(', ');
  return [signalTexts(locale)(`origin.${origin}`), more].filter(Boolean).join(': ');
}

/** Facts that everyone of the municipality may read. */
export function neutralFacts(
  { locale, municipality }: Pick<ViewContext, 'locale' | 'municipality'>,
  signal: Omit<SignalDetail, 'filers' | 'confirmedBy'>,
): Fact[] {
  const t = signalTexts(locale);
  const { settings } = municipality;
  const facts: [string, string | null | undefined][] = [
    [t('card.neighbourhood', { count: Math.max(1, signal.neighbourhoods.length) }), sayWhere(signal, locale)],
    [t('card.mergedInto'), signal.mergedInto?.reference],
    [t('card.partOf'), referencesOf(signal.linksFrom, 'part_of')],
    [t('card.parts'), referencesOf(signal.linksTo, 'part_of')],
    [
      t('card.related'),
      [referencesOf(signal.linksFrom, 'related'), referencesOf(signal.linksTo, 'related')].filter(Boolean).join(', '),
    ],
    [t('card.lead'), signal.lead?.name ?? signal.leadName],
    [t('card.lifeDomain'), sayChoice(settings.lifeDomains, signal.lifeDomain, locale)],
    [t('card.fundamentalRight'), sayChoice(settings.fundamentalRights, signal.fundamentalRight, locale)],
    [t('card.targetGroup'), signal.targetGroup],
    [t('card.peopleBand'), signal.peopleBand && t(`peopleBand.${signal.peopleBand}`)],
    [t('card.frequency'), signal.frequency && t(`frequency.${signal.frequency}`)],
    [t('card.since'), signal.since],
    [t('card.cause'), signal.cause && t(`cause.${signal.cause}`)],
    [t('card.confirmed'), signal.confirmed > 0 ? t('card.confirmed.count', { count: signal.confirmed }) : null],
  ];
  return facts.flatMap(([label, value]) => (value ? [{ label, value }] : []));
}

function referencesOf(
  links: { kind: LinkKind; to?: { reference: string }; from?: { reference: string } }[],
  kind: LinkKind,
): string {
  return links.flatMap((link) => (link.kind === kind ? ((link.to ?? link.from)?.reference ?? []) : [])).join(', ');
}

/** Longer answers, each under its own label. */
export function longTexts({ locale }: ViewContext, signal: SignalDetail): CardPart[] {
  const t = signalTexts(locale);
  const texts = [
    ['card.alreadyTried', signal.alreadyTried],
    ['card.consequence', signal.consequence],
    ['card.suggestedSolution', signal.suggestedSolution],
  ] as const;
  return texts.flatMap(([label, text]): CardPart[] =>
    text
      ? [
          { kind: 'text', text: `${t(label)}:` },
          { kind: 'text', text, style: 'quote' },
        ]
      : [],
  );
}

/** What an owner does most: first, and the button that stands out. */
const LEADS_ON: readonly SignalStatus[] = ['in_review', 'accepted'];

/** What an owner does most with a signal as it stands now. */
export function ownerButtons({ locale }: Pick<ViewContext, 'locale'>, signal: SignalDetail): Button[] {
  const t = signalTexts(locale);
  const payload = { signalId: signal.id, seen: signal.version };
  const steps = ownerSteps(signal).map((transition, index): Button => ({
    label: sayStep(transition, signal.status, locale),
    action: 'signals.step',
    payload: { ...payload, to: transition.to },
    ...(transition.asks !== 'nothing' && { opensForm: true as const }),
    ...(index === 0 && { style: 'primary' as const }),
  }));
  // Six at most on one card (Teams): what is rarer waits behind the last.
  return [
    ...steps.slice(0, BUTTONS_SHOWN),
    { label: t('card.feedback'), action: 'signals.feedback', payload, opensForm: true },
    { label: t('card.note'), action: 'signals.note', payload, opensForm: true },
    { label: t('card.more'), action: 'signals.more', payload },
  ];
}

/** Steps for which the card has no room, in the order of the table. */
export function furtherSteps(signal: Pick<SignalDetail, 'status'>): Transition[] {
  return ownerSteps(signal).slice(BUTTONS_SHOWN);
}

function ownerSteps({ status }: Pick<SignalDetail, 'status'>): Transition[] {
  return transitionsFrom(status)
    .filter((transition) => transition.by === 'owner')
    .toSorted((one, other) => Number(LEADS_ON.includes(other.to)) - Number(LEADS_ON.includes(one.to)));
}

/** Why this owner: as it was routed, or transferred since. */
export type SignalRoute = Omit<RouteReason, 'rule'> & { rule: RouteReason['rule'] | 'transferred' };

/** "Waarom bij mij?" */
async function sayRoute({ db, locale, municipality }: ViewContext, signal: SignalDetail): Promise<string> {
  const t = signalTexts(locale);
  const reason = signal.route as unknown as SignalRoute;
  const neighbourhood = signal.neighbourhoods.find((place) => place.neighbourhoodId === reason.neighbourhoodId);
  const regisseur = reason.regisseurId
    ? await db.person.findUnique({
        where: { municipalityId_id: { municipalityId: municipality.id, id: reason.regisseurId } },
        select: { name: true },
      })
    : null;
  return t(`route.${reason.rule}`, {
    owner: signal.owner.name,
    regisseur: regisseur?.name ?? '',
    neighbourhood: neighbourhood?.neighbourhood.name ?? '',
  });
}
