import { localIsoDay } from '../../calendar/local-day.js';
import type { Context, Source } from '../../chat/feature.js';
import { rolesThatMay } from '../../people/roles.js';
import type { Prisma, SignalOrigin } from '../../storage/database.js';
import type { FileValues } from './file-values.js';
import { signalTexts } from '../texts.js';

const LIMIT = 20;

const whoMayFile = (municipalityId: string): Prisma.PersonWhereInput => ({
  municipalityId,
  active: true,
  roles: { hasSome: rolesThatMay('file a signal') },
});

/** Type-ahead over the colleagues who may file; from two letters on, so that it is no list of everybody. */
export const colleagueSource: Source = {
  id: 'signals.colleagues',
  async search({ db, municipality, person }, query) {
    const words = query.trim().split(/\s+/).filter(Boolean);
    if (words.join('').length < 2) return [];
    const found = await db.person.findMany({
      where: {
        ...whoMayFile(municipality.id),
        id: { not: person.id },
        AND: words.map((word) => ({
          OR: [
            { name: { contains: word, mode: 'insensitive' as const } },
            { organisation: { contains: word, mode: 'insensitive' as const } },
          ],
        })),
      },
      orderBy: [{ name: 'asc' }, { id: 'asc' }],
      take: LIMIT,
      select: { id: true, name: true, organisation: true },
    });
    return found.map(toOption);
  },
  async find({ db, municipality }, value) {
    const person = await findColleague(db, municipality.id, value);
    // What was typed without choosing comes back as it was typed.
    return person ? toOption(person) : { value, label: value };
  },
};

function toOption({ id, name, organisation }: { id: string; name: string; organisation: string | null }) {
  return { value: id, label: organisation ? `${name} (${organisation})` : name };
}

/** By id, or by a name that only one colleague has. */
async function findColleague(db: Context['db'], municipalityId: string, typed: string) {
  const isId = /^[0-9a-f]{8}-[0-9a-f-]{27}$/i.test(typed);
  const found = await db.person.findMany({
    where: {
      ...whoMayFile(municipalityId),
      ...(isId ? { id: typed } : { name: { equals: typed, mode: 'insensitive' } }),
    },
    take: 2,
    select: { id: true, name: true, organisation: true },
  });
  return found.length === 1 ? found[0] : undefined;
}

type OnBehalf =
  | {
      ok: true;
      /** Becomes the filer, and is told; undefined: who types. */
      colleague: { id: string; organisation: string | null } | undefined;
      facts: { origin?: SignalOrigin; originMeeting?: string; originOn?: string };
    }
  | { ok: false; errors: Record<string, string> };

/** For whom, or out of which meeting, this is filed. */
export async function readOnBehalf(
  { db, municipality, person, now, locale }: Context,
  values: Pick<FileValues, 'origin' | 'colleague' | 'originMeeting' | 'originOn'>,
): Promise<OnBehalf> {
  const t = signalTexts(locale);
  const { originMeeting, originOn } = values;
  const found = values.colleague ? await findColleague(db, municipality.id, values.colleague) : undefined;
  const errors = {
    ...(values.colleague && !found && { colleague: t('error.colleague', { typed: values.colleague.slice(0, 60) }) }),
    ...(originOn && originOn > localIsoDay(now, municipality.zone) && { originOn: t('error.future') }),
  };
  if (Object.keys(errors).length > 0) return { ok: false, errors };
  // Who names themselves files for themselves.
  const colleague = found && found.id !== person.id ? found : undefined;
  const origin = values.origin ?? (originMeeting || originOn ? 'meeting' : colleague ? 'colleague' : undefined);
  return {
    ok: true,
    colleague,
    facts: { ...(origin && { origin }), ...(originMeeting && { originMeeting }), ...(originOn && { originOn }) },
  };
}
