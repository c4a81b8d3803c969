import type { Card, CardPart } from '../chat/card.js';
import type { Command, Context } from '../chat/feature.js';
import { defineTexts } from '../chat/texts.js';
import { findRoute } from './find-route.js';
import { listNeighbourhoods } from './neighbourhoods.js';
import { resolveNeighbourhoods } from './resolve-neighbourhood.js';

const routingTexts = defineTexts(
  {
    usage: '/regisseur rabot',
    does: 'wie is de sociaal regisseur van een wijk?',
    heading: 'Sociaal regisseurs',
    assignment: '{{owner}} is de sociaal regisseur van {{neighbourhood}}.',
    replacement: '{{regisseur}} is met verlof. {{owner}} vervangt voor {{neighbourhood}}.',
    no_assignment: '{{neighbourhood}} heeft vandaag geen sociaal regisseur. {{owner}} (coördinator) volgt het op.',
    absent: '{{regisseur}} is er nu niet. {{owner}} (coördinator) volgt {{neighbourhood}} op.',
    unknown: '‘{{typed}}’ herkennen we niet als wijk. Typ een stuk van de naam, of /regisseur voor alle wijken.',
    suggest: '‘{{typed}}’ herkennen we niet als wijk. Bedoelde je {{suggestions}}?',
    residents: 'Ben je zelf bewoner, of gaat het om een vraag van een bewoner? Dan helpt de wijkregisseur:',
  },
  {
    usage: '/regisseur rabot',
    does: 'who is the social regisseur of a neighbourhood?',
    heading: 'Social regisseurs',
    assignment: '{{owner}} is the social regisseur of {{neighbourhood}}.',
    replacement: '{{regisseur}} is on leave. {{owner}} stands in for {{neighbourhood}}.',
    no_assignment: '{{neighbourhood}} has no social regisseur today. {{owner}} (coordinator) follows it up.',
    absent: '{{regisseur}} is away now. {{owner}} (coordinator) follows up {{neighbourhood}}.',
    unknown: 'We do not know ‘{{typed}}’ as a neighbourhood. Type part of its name, or /regisseur for all of them.',
    suggest: 'We do not know ‘{{typed}}’ as a neighbourhood. Did you mean {{suggestions}}?',
    residents: 'Are you a resident, or is it a resident’s question? The wijkregisseur helps:',
  },
);

/** `/regisseur rabot`: who answers for a neighbourhood today; without a name, for all of them. */
export const regisseurCommand: Command = {
  name: 'regisseur',
  help(locale) {
    const t = routingTexts(locale);
    return { usage: t('usage'), does: t('does') };
  },
  run: async (context, typed) => ({ kind: 'card', card: await showRegisseur(context, typed), visible: 'only-you' }),
  // Who answers for a neighbourhood is no secret.
  inPublic: (context, typed) => showRegisseur(context, typed),
};

async function showRegisseur(context: Context, typed: string): Promise<Card> {
  const t = routingTexts(context.locale);
  const neighbourhoods = await listNeighbourhoods(context.db, context.municipality.id);
  if (!typed) return listAll(context, neighbourhoods);
  const resolved = resolveNeighbourhoods(neighbourhoods, typed);
  if (!resolved.ok) {
    const suggestions = resolved.suggestions.slice(0, 3).map(({ name }) => name);
    const shown = typed.slice(0, 60);
    return say([
      suggestions.length > 0
        ? t('suggest', { typed: shown, suggestions: suggestions.join(', ') })
        : t('unknown', { typed: shown }),
    ]);
  }
  const lines = await Promise.all(resolved.ids.map((id) => sayOwner(context, id, neighbourhoods)));
  const link = context.municipality.settings.links.residents;
  return say(
    lines,
    link
      ? [
          { kind: 'text', style: 'subtle', text: t('residents') },
          { kind: 'link', ...link },
        ]
      : [],
  );
}

type Neighbourhoods = Awaited<ReturnType<typeof listNeighbourhoods>>;

async function sayOwner(context: Context, neighbourhoodId: string, neighbourhoods: Neighbourhoods): Promise<string> {
  const { db, municipality, now } = context;
  const t = routingTexts(context.locale);
  const { ownerId, reason } = await findRoute(db, municipality, [neighbourhoodId], now);
  const people = await db.person.findMany({
    where: { municipalityId: municipality.id, id: { in: [ownerId, reason.regisseurId ?? ownerId] } },
    select: { id: true, name: true },
  });
  const nameOf = (id: string | undefined) => people.find((person) => person.id === id)?.name ?? '';
  const neighbourhood = neighbourhoods.find(({ id }) => id === neighbourhoodId)?.name ?? '';
  const rule = reason.rule === 'city_wide' ? 'no_assignment' : reason.rule;
  return t(rule, { owner: nameOf(ownerId), regisseur: nameOf(reason.regisseurId), neighbourhood });
}

/** One line per owner, with their neighbourhoods. */
async function listAll(context: Context, neighbourhoods: Neighbourhoods): Promise<Card> {
  const { db, municipality, now } = context;
  const byOwner = new Map<string, string[]>();
  for (const { id, name } of neighbourhoods) {
    const { ownerId } = await findRoute(db, municipality, [id], now);
    byOwner.set(ownerId, [...(byOwner.get(ownerId) ?? []), name]);
  }
  const people = await db.person.findMany({
    where: { municipalityId: municipality.id, id: { in: [...byOwner.keys()] } },
    select: { id: true, name: true },
    orderBy: { name: 'asc' },
  });
  const facts = people.map(({ id, name }) => ({ label: name, value: byOwner.get(id)?.join(', ') ?? '' }));
  const heading = routingTexts(context.locale)('heading');
  return {
    summary: heading,
    parts: [
      { kind: 'heading', text: heading },
      { kind: 'facts', facts },
    ],
  };
}

function say(lines: string[], more: CardPart[] = []): Card {
  const parts: CardPart[] = lines.map((text) => ({ kind: 'text', text }));
  return { summary: lines.join(' '), parts: [...parts, ...more] };
}
