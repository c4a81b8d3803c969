import { IANAZone } from 'luxon';
import { z } from 'zod';
import { MunicipalitySettings } from './municipality-settings.js';
import { because, isoDay, shortText, strict } from './schema-parts.js';

const slackUser = z.string().regex(/^[UW][A-Z0-9]{2,30}$/, because('SLACK_USER'));
const slackChannel = z.string().regex(/^[CG][A-Z0-9]{2,30}$/, because('SLACK_CHANNEL'));
const teamsUser = z.guid(because('TEAMS_USER')).toLowerCase();
const teamsThread = z.string().regex(/^19:\S{1,200}$/, because('TEAMS_THREAD'));

const person = {
  name: shortText(100),
  /** Stays the same when the name changes; default: the name in small letters with hyphens. */
  key: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,99}$/, because('KEY'))
    .optional(),
};

const leave = strict({
  from: isoDay(),
  /** The last day away. */
  until: isoDay(),
  /** Name or key of a regisseur or the coordinator. */
  replacement: shortText(100).optional(),
});

const owner = {
  ...person,
  slack: strict({ user: slackUser, channel: slackChannel.optional() }).optional(),
  teams: strict({ user: teamsUser, team: teamsThread.optional(), channel: teamsThread.optional() })
    .refine((teams) => (teams.team === undefined) === (teams.channel === undefined), because('TEAMS_CHANNEL'))
    .optional(),
  /** One, or a list. */
  leave: z.preprocess(
    (value) => (value === undefined || Array.isArray(value) ? value : [value]),
    z.array(leave).max(100).default([]),
  ),
};

const period = { from: isoDay().optional(), until: isoDay().optional() };
const neighbourhoodNumber = z.int().min(1).max(99_999);

/** The municipality file (YAML). Its keys are part of the public contract. */
export const MunicipalityFile = strict({
  name: shortText(100),
  reference: z.string().regex(/^[A-Z][A-Z0-9]{0,5}$/, because('REFERENCE')),
  zone: z
    .string()
    .refine((zone) => IANAZone.isValidZone(zone), because('ZONE'))
    .default('Europe/Brussels'),
  locale: z
    .string()
    .regex(/^(nl|en)(-[A-Z]{2})?$/, because('LOCALE'))
    .default('nl-BE'),
  administrators: z
    .array(
      strict({
        ...person,
        slack: strict({ user: slackUser }).optional(),
        teams: strict({ user: teamsUser }).optional(),
      }),
    )
    .max(50)
    .default([]),
  neighbourhoods: z
    .array(
      strict({
        number: neighbourhoodNumber,
        name: shortText(100),
        /** Other spellings. An alias of two neighbourhoods means both. */
        aliases: z.array(shortText(100)).max(50).default([]),
      }),
    )
    .min(1)
    .max(1_000),
  regisseurs: z
    .array(
      strict({
        ...owner,
        /** Numbers; `{ number, from, until }` where one differs from the regisseur's own `from` and `until`. */
        neighbourhoods: z
          .array(
            z.preprocess(
              (value) => (typeof value === 'number' ? { number: value } : value),
              strict({ number: neighbourhoodNumber, ...period }, 'NEIGHBOURHOOD_NUMBER'),
            ),
          )
          .max(1_000),
        ...period,
      }),
    )
    .max(500),
  coordinator: strict(owner),
  /** Who is told of the signals of a sector or an organisation, beside the regisseur. */
  signalCoordinators: z
    .array(
      strict({
        ...person,
        slack: strict({ user: slackUser }).optional(),
        teams: strict({ user: teamsUser }).optional(),
        /** Keys of `sectors`. */
        sectors: z.array(shortText(60)).max(100).default([]),
        /** Names of organisations, as people write them. */
        organisations: z.array(shortText(150)).max(100).default([]),
        ...period,
      }),
    )
    .max(500)
    .default([]),
  ...MunicipalitySettings.shape,
});

/** What a municipality file says, with the defaults filled in. */
export type MunicipalityFile = z.output<typeof MunicipalityFile>;
export type RegisseurEntry = MunicipalityFile['regisseurs'][number];
export type SignalCoordinatorEntry = MunicipalityFile['signalCoordinators'][number];
export type OwnerEntry = MunicipalityFile['coordinator'];
