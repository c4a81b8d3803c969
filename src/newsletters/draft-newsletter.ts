import { v7 as uuidv7 } from 'uuid';
import { DateTime } from 'luxon';
import { localIsoDay } from '../calendar/local-day.js';
import type { Feature, MunicipalityInfo, OccasionContext } from '../chat/feature.js';
import { slug } from '../municipality/file-people.js';
import { findCoordinatorId } from '../routing/find-route.js';
import type { Db, Newsletter, Tx } from '../storage/database.js';
import { drawPictures } from './draw-pictures.js';
import { editorCardKey, Recipients } from './newsletter.js';
import { readFigures, readStories, withoutTables } from './read-figures.js';
import { periodsOf, type Issue } from './series.js';
import { titleOf, writeDraft } from './write-draft.js';

/** How far ahead an issue announces what is to come: until about the next one. */
const LOOK_AHEAD_MONTHS = 4;
/** Issues of before that the trend follows. */
const EARLIER_ISSUES = 8;

/** What a draft is made with. */
export type Drafting = Pick<OccasionContext, 'tx' | 'municipality' | 'now'> & {
  /** Capabilities that may have something to announce. */
  features: Feature[];
  /** Default: as they are. */
  draw?: (svg: string) => Uint8Array;
};

/** Makes the draft of an issue from the data and gives it to its editor. Does nothing when it is there already. */
export async function draftNewsletter(
  drafting: Drafting & Pick<OccasionContext, 'outbox'>,
  issue: Issue,
): Promise<void> {
  const newsletter = await makeDraft(drafting, issue);
  if (newsletter) await giveToEditor(drafting, newsletter);
}

/** The editor's card: what the editor works with from now on. */
export async function giveToEditor(
  { tx, municipality, outbox }: Pick<OccasionContext, 'tx' | 'outbox'> & { municipality: { id: string } },
  newsletter: Pick<Newsletter, 'id' | 'editorId'>,
): Promise<void> {
  await outbox.post(tx, municipality.id, [
    {
      key: editorCardKey(newsletter),
      to: { personId: newsletter.editorId },
      view: 'newsletters.editor-card',
      params: { newsletterId: newsletter.id },
    },
  ]);
}

/** @returns null when this issue exists. */
export async function makeDraft(drafting: Drafting, issue: Issue): Promise<Newsletter | null> {
  const { tx, municipality, now } = drafting;
  const municipalityId = municipality.id;
  const { series, occasion, sendAt } = issue;
  const key = { municipalityId, series: series.key, occasion };
  if (await tx.newsletter.findUnique({ where: { municipalityId_series_occasion: key } })) return null;
  const earlier = await tx.newsletter.findMany({
    where: { municipalityId, series: series.key, occasion: { lt: occasion } },
    orderBy: { occasion: 'desc' },
    take: EARLIER_ISSUES,
    select: { periodFrom: true, periodUntil: true },
  });
  const { from, before } = periodsOf(issue, municipality, now, {
    starts: earlier.map(({ periodFrom }) => periodFrom),
    end: earlier[0]?.periodUntil,
  });
  const period = { from, until: now };
  const counted = await readFigures(tx, municipalityId, period, before);
  // Of two newsletters with overlapping periods one could be subtracted from the other: one alone has the tables.
  const figures = municipality.settings.newsletters[0]?.key === series.key ? counted : withoutTables(counted);
  const neighbourhoods = await readNeighbourhoods(tx, municipalityId);
  const text = writeDraft({
    municipality,
    period,
    figures,
    stories: await readStories(tx, municipalityId, period),
    items: await collectItems(drafting),
    neighbourhoods,
    number: await tx.newsletter.count({ where: { municipalityId, series: series.key } }),
  });
  const newsletter = await tx.newsletter.create({
    data: {
      ...key,
      id: uuidv7(),
      title: titleOf(series, sendAt, municipality),
      text,
      figures,
      recipients: Recipients.parse({ channels: series.channels }),
      periodFrom: from,
      periodUntil: now,
      sendAt,
      editorId: await findEditorId(tx, municipality, series.editor),
      createdAt: now,
      updatedAt: now,
    },
  });
  const pictures = drawPictures(figures, municipality, neighbourhoods, drafting.draw);
  await tx.newsletterPicture.createMany({
    data: pictures.map((picture) => ({ municipalityId, newsletterId: newsletter.id, ...picture })),
  });
  return newsletter;
}

/** Who answers for an issue: who the file names, while they are there; else the coordinator. */
export async function findEditorId(
  tx: Db | Tx,
  { id: municipalityId }: Pick<MunicipalityInfo, 'id'>,
  named: string | undefined,
): Promise<string> {
  const person = named
    ? await tx.person.findFirst({
        where: { municipalityId, active: true, OR: [{ fileKey: slug(named) }, { name: named }] },
        select: { id: true },
      })
    : null;
  return person?.id ?? findCoordinatorId(tx, municipalityId);
}

async function readNeighbourhoods(db: Db | Tx, municipalityId: string): Promise<Map<string, string>> {
  const rows = await db.neighbourhood.findMany({ where: { municipalityId }, select: { id: true, name: true } });
  return new Map(rows.map(({ id, name }) => [id, name]));
}

async function collectItems({ tx, municipality, now, features }: Drafting) {
  const from = localIsoDay(now, municipality.zone);
  const ahead = DateTime.fromISO(from, { zone: 'utc' }).plus({ months: LOOK_AHEAD_MONTHS });
  const view = { db: tx, municipality, from, until: ahead.toISODate() ?? from };
  const items = [];
  for (const feature of features) items.push(...((await feature.newsletterItems?.(view)) ?? []));
  return items;
}
