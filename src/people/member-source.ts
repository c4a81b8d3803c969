import type { Source } from '../chat/feature.js';
import type { Locale } from '../chat/texts.js';
import { may, rolesThatMay, type Permission } from './roles.js';

/** As many as a type-ahead shows (Slack takes 100, Teams 15 at a time). */
const LIMIT = 20;

/**
 * Type-ahead over the people of the municipality who are active, for who may look them up.
 *
 * @param able only those whose role allows this; absent: everybody.
 * @param ownOrganisation who may not look everybody up finds the people of their own organisation.
 * @param organisations what was typed can be chosen as it is, as the name of an organisation without an account.
 */
export function memberSource(
  id: string,
  {
    able,
    organisations,
    ownOrganisation = false,
  }: { able?: Permission; organisations?: (locale: Locale, name: string) => string; ownOrganisation?: boolean },
): Source {
  return {
    id,
    async search({ db, locale, municipality, person }, query) {
      const everybody = may(person, 'look up colleagues');
      if (!everybody && !(ownOrganisation && person.organisation)) return [];
      const typed = query.trim();
      const people = await db.person.findMany({
        where: {
          municipalityId: municipality.id,
          active: true,
          name: typed ? { contains: typed, mode: 'insensitive' } : { not: '' },
          ...(!everybody && { organisation: { equals: person.organisation, mode: 'insensitive' } }),
          ...(able && { roles: { hasSome: rolesThatMay(able) } }),
        },
        orderBy: { name: 'asc' },
        take: LIMIT,
        select: { id: true, name: true, organisation: true },
      });
      const found = people.map(({ id: value, name, organisation }) => ({
        value,
        label: organisation ? `${name} (${organisation})` : name,
      }));
      const typedIn =
        typed && organisations ? [{ value: typed.slice(0, 75), label: organisations(locale, typed.slice(0, 50)) }] : [];
      return [...found.slice(0, LIMIT - typedIn.length), ...typedIn];
    },
    async find({ db, municipality }, value) {
      // Not a member's id: an organisation, or what was typed without choosing, as it was typed.
      if (!/^[0-9a-f-]{36}$/.test(value)) return { value, label: value };
      const person = await db.person.findUnique({
        where: { municipalityId_id: { municipalityId: municipality.id, id: value } },
        select: { name: true },
      });
      return person ? { value, label: person.name } : undefined;
    },
  };
}
