import { z } from 'zod';
import { sayDay, sayInstant } from '../calendar/local-day.js';
import { localIsoDay } from '../calendar/local-day.js';
import type { Button, Card, CardPart, Fact } from '../chat/card.js';
import { defineMessage, type ViewContext } from '../chat/feature.js';
import type { Locale } from '../chat/texts.js';
import type { Newsletter, NewsletterStatus } from '../storage/database.js';
import { readIssueParts } from './issue-card.js';
import { findNewsletter, issuePath, previewPath, Recipients } from './newsletter.js';
import { readProgress } from './progress.js';
import { countRecipients, type Audience } from './recipients.js';
import { newsletterTexts } from './texts.js';
import { draftTexts } from './texts-draft.js';
import { pageTexts } from './texts-pages.js';

export const EditorParams = z.object({ newsletterId: z.uuid() });

/** The editor's card: always current, from the draft to the last message sent. */
export const editorCardMessage = defineMessage({
  id: 'newsletters.editor-card',
  params: EditorParams,
  async render(context, { newsletterId }) {
    const newsletter = await findNewsletter(context.db, context.municipality.id, newsletterId);
    return newsletter && editorCard(context, newsletter);
  },
});

/** Its moment comes and nobody approved it. */
export const reminderMessage = defineMessage({
  id: 'newsletters.reminder',
  params: z.object({ newsletterId: z.uuid(), days: z.coerce.number().int().min(0) }),
  async render(context, { newsletterId, days }) {
    const newsletter = await findNewsletter(context.db, context.municipality.id, newsletterId);
    if (newsletter?.status !== 'draft') return null;
    const t = newsletterTexts(context.locale);
    const { title } = newsletter;
    const text = days === 0 ? t('reminder.today', { title }) : t('reminder.text', { title, count: days });
    return { summary: text, parts: [{ kind: 'text', text }, buttonsOf(newsletter, context.locale)] };
  },
});

export async function editorCard(context: ViewContext, newsletter: Newsletter): Promise<Card> {
  const { locale } = context;
  const t = newsletterTexts(locale);
  const heading = t(`editor.heading.${newsletter.status}`, { title: newsletter.title });
  return {
    summary: heading,
    parts: [
      { kind: 'heading', text: heading },
      ...(await notesOf(context, newsletter)),
      { kind: 'facts', facts: await factsOf(context, newsletter) },
      buttonsOf(newsletter, locale),
      { kind: 'link', label: pageTexts(locale)('preview.link'), url: context.url(previewPath(newsletter)) },
      { kind: 'link', label: t('editor.page'), url: context.url(issuePath(newsletter)) },
    ],
  };
}

async function notesOf(context: ViewContext, newsletter: Newsletter): Promise<CardPart[]> {
  const { municipality, locale, now } = context;
  const t = newsletterTexts(locale);
  const { late, newsletters } = municipality.settings;
  if (newsletter.status === 'skipped') {
    return [{ kind: 'text', text: t('editor.skipped', { hours: String(late.skipAfterHours) }) }];
  }
  if (newsletter.status !== 'draft') return [];
  const day = (at: Date) => sayDay(localIsoDay(at, municipality.zone), locale);
  const goes = newsletters.find(({ key }) => key === newsletter.series)?.sendUnapproved === true;
  const lines = [
    t('editor.intro', { from: day(newsletter.periodFrom), until: day(newsletter.periodUntil) }),
    newsletter.sendAt <= now ? t('editor.late') : t(goes ? 'editor.unapproved.goes' : 'editor.unapproved.waits'),
    ...((await readIssueParts(context, newsletter)).length === 0 ? [t('editor.empty')] : []),
  ];
  return [{ kind: 'text', text: lines.join('\n') }];
}

function factsOf(context: ViewContext, newsletter: Newsletter): Promise<Fact[]> {
  return hasBegun(newsletter) ? progressFacts(context, newsletter) : draftFacts(context, newsletter);
}

/** Messages of it were written: there is something to follow. */
export function hasBegun({ status }: Pick<Newsletter, 'status'>): boolean {
  return status !== 'draft' && status !== 'approved' && status !== 'skipped';
}

/** How far the sending is: sent, waiting, failed, and when the rest is ready. */
export async function progressFacts(context: ViewContext, newsletter: Newsletter): Promise<Fact[]> {
  const { db, municipality, locale, now } = context;
  const t = newsletterTexts(locale);
  const at = (moment: Date) => sayInstant(moment, municipality.zone, locale);
  const { sent, waiting, failed, readyAt } = await readProgress(db, newsletter, now);
  const end: Fact[] =
    newsletter.finishedAt !== null
      ? [{ label: t('fact.finished'), value: at(newsletter.finishedAt) }]
      : [
          {
            label: t('fact.end'),
            value: newsletter.status === 'paused' ? t('end.paused') : readyAt ? at(readyAt) : t('end.unknown'),
          },
        ];
  // The demo's last issue was sent in the story alone.
  if (newsletter.demo) return end;
  return [
    { label: t('fact.sent'), value: String(sent) },
    { label: t('fact.waiting'), value: String(waiting) },
    { label: t('fact.failed'), value: String(failed) },
    ...end,
  ];
}

async function draftFacts(context: ViewContext, newsletter: Newsletter): Promise<Fact[]> {
  const { db, municipality, locale } = context;
  const t = newsletterTexts(locale);
  const parts = await readIssueParts(context, newsletter);
  const names = parts.flatMap((part) => (part.kind === 'part' ? [draftTexts(locale)(`part.${part.name}`)] : []));
  const pictures = parts.flatMap((part) => {
    if (part.kind !== 'picture') return [];
    const picture = t(part.name === 'tiles' ? 'picture.tiles' : 'picture.trend');
    return [part.drawn ? picture : t('picture.broken', { picture })];
  });
  const audience = await countRecipients(db, municipality.id, Recipients.parse(newsletter.recipients));
  const changedBy = newsletter.changedById
    ? await db.person.findUnique({
        where: { municipalityId_id: { municipalityId: municipality.id, id: newsletter.changedById } },
        select: { name: true },
      })
    : null;
  return [
    { label: t('fact.sendAt'), value: sayInstant(newsletter.sendAt, municipality.zone, locale) },
    { label: t('fact.recipients'), value: sayAudience(audience, locale) },
    { label: t('fact.parts'), value: names.join(', ') || '-' },
    { label: t('fact.pictures'), value: pictures.join(', ') || t('fact.pictures.none') },
    ...(changedBy ? [{ label: t('fact.changed'), value: changedBy.name }] : []),
  ];
}

export function sayAudience({ people, byMail, channels }: Audience, locale: Locale): string {
  const t = newsletterTexts(locale);
  if (people + channels === 0) return t('audience.none');
  const counted = t('audience', { count: people });
  const mailed = byMail > 0 ? t('audience.mail', { people: counted, count: byMail }) : counted;
  return channels > 0 ? t('audience.channels', { people: mailed, count: channels }) : mailed;
}

/** What its editor can do with an issue as it stands. The first one stands out. */
const BUTTONS: Record<NewsletterStatus, readonly ButtonName[]> = {
  draft: ['approve', 'edit', 'preview', 'recipients', 'test'],
  approved: ['preview', 'withdraw'],
  sending: ['pause', 'stop', 'refresh'],
  paused: ['resume', 'stop', 'preview'],
  stopped: ['preview'],
  sent: ['preview'],
  skipped: ['preview'],
};
type ButtonName =
  'approve' | 'edit' | 'preview' | 'recipients' | 'test' | 'withdraw' | 'pause' | 'resume' | 'stop' | 'refresh';

/** Those that change how the sending stands, and need no form. */
export const CONTROLS = ['withdraw', 'pause', 'resume', 'stop'] as const;
export type ControlName = (typeof CONTROLS)[number];

/** The ones that are of use now. */
export function controlsOf({ status }: Pick<Newsletter, 'status'>): ControlName[] {
  return CONTROLS.filter((name) => BUTTONS[status].includes(name));
}

/** Beside each other; the others go into the overflow menu. */
const BUTTONS_SHOWN = 3;

function buttonsOf(newsletter: Newsletter, locale: Locale): CardPart {
  const t = newsletterTexts(locale);
  const payload = { newsletterId: newsletter.id, seen: newsletter.version };
  const buttons = BUTTONS[newsletter.status].map((name): Button => ({
    label: t(`button.${name}`),
    action: `newsletters.${name}`,
    payload,
    ...(name === 'approve' || name === 'resume' ? { style: 'primary' as const } : {}),
    ...(name === 'stop' ? { style: 'danger' as const } : {}),
  }));
  const more = buttons.slice(BUTTONS_SHOWN);
  return { kind: 'buttons', buttons: buttons.slice(0, BUTTONS_SHOWN), ...(more.length > 0 && { more }) };
}
