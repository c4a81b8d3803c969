import { z } from 'zod';
import { newslettersSetting, readersSetting } from './newsletter-settings.js';
import { because, isoDay, shortText, strict } from './schema-parts.js';

/** A choice in a form: `key` is what the rows keep, so it never changes; the words may. */
const choice = strict({
  key: z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/, because('KEY')),
  nl: shortText(100),
  en: shortText(100),
});
export type Choice = z.output<typeof choice>;

const link = strict({
  label: shortText(100),
  url: z.url({ protocol: /^https?$/, ...because('URL') }).max(500),
});

/** A clock that a municipality may also switch off. */
const workingDays = z.union([z.int().min(1).max(250), z.literal('never')], because('WORKING_DAYS'));

const days = z.union([z.int().min(1).max(365), z.literal('never')], because('DAYS'));

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, because('TIME_OF_DAY'));

const hours = z.union([z.int().min(1).max(8_760), z.literal('never')], because('HOURS'));
/** Every status that filers hear of in somebody's own words, and those whose step says enough by itself. */
const TEMPLATE_STATUSES = [
  'in_review',
  'needs_info',
  'accepted',
  'redirected',
  'declined',
  'at_policy',
  'resolved',
  'closed',
] as const;

/** `{reference}` and `{title}` stand for the signal's own. */
const template = strict({ nl: shortText(2_000), en: shortText(2_000).optional() });

const choices = (defaults: Choice[]) =>
  z
    .array(choice)
    .min(1)
    .max(100)
    .default(() => structuredClone(defaults));

/**
 * The part of the municipality file kept in `Municipality.settings`: vocabulary, clocks, links. Everything has a default,
 * so `MunicipalitySettings.parse({})` is a municipality without wishes of its own.
 */
export const MunicipalitySettings = z.object({
  /** Levensdomeinen; default: the six of the Aalst welfare forum (source document 0). */
  lifeDomains: choices([
    { key: 'income', nl: 'Inkomen en materieel welzijn', en: 'Income and material welfare' },
    { key: 'education', nl: 'Onderwijs en activering', en: 'Education and activation' },
    { key: 'upbringing', nl: 'Opvoeding en school', en: 'Upbringing and schooling' },
    { key: 'health', nl: 'Welzijn en gezondheid', en: 'Welfare and health' },
    { key: 'housing', nl: 'Huisvesting en woonomgeving', en: 'Housing and living environment' },
    { key: 'leisure', nl: 'Vrije tijd en sociaal netwerk', en: 'Leisure and social network' },
  ]),
  /** Sociale grondrechten; default: the ones Ghent's local welfare policy works over (source document 3). */
  fundamentalRights: choices([
    { key: 'housing', nl: 'Wonen', en: 'Housing' },
    { key: 'work', nl: 'Werken', en: 'Work' },
    { key: 'learning', nl: 'Leren', en: 'Learning' },
    { key: 'health', nl: 'Zorg en gezondheid', en: 'Care and health' },
    { key: 'leisure', nl: 'Vrije tijd', en: 'Leisure' },
    { key: 'liveability', nl: 'Leefbaarheid', en: 'Liveability' },
  ]),
  sectors: choices([
    { key: 'social-work', nl: 'Sociaal werk', en: 'Social work' },
    { key: 'health-care', nl: 'Gezondheidszorg', en: 'Health care' },
    { key: 'education', nl: 'Onderwijs', en: 'Education' },
    { key: 'youth-work', nl: 'Jeugdwerk', en: 'Youth work' },
    { key: 'family-support', nl: 'Gezin en opvoeding', en: 'Family support' },
    { key: 'housing', nl: 'Huisvesting', en: 'Housing' },
    { key: 'employment', nl: 'Werk en activering', en: 'Employment' },
    { key: 'community-work', nl: 'Samenlevingsopbouw', en: 'Community work' },
    { key: 'elderly-care', nl: 'Ouderenzorg', en: 'Care for the elderly' },
    { key: 'police', nl: 'Politie en preventie', en: 'Police and prevention' },
    { key: 'volunteers', nl: 'Vrijwilligers en verenigingen', en: 'Volunteers and associations' },
    { key: 'other', nl: 'Andere', en: 'Other' },
  ]),
  /** What an owner can choose from when a signal is not kept (niet weerhouden). */
  declineReasons: choices([
    { key: 'single-case', nl: 'Het gaat om één situatie', en: 'It concerns a single situation' },
    { key: 'not-structural', nl: 'Er is geen structurele nood', en: 'There is no structural need' },
    { key: 'already-handled', nl: 'Er wordt al aan gewerkt', en: 'It is already being worked on' },
    { key: 'not-local', nl: 'Het lokaal bestuur kan hier niets aan doen', en: 'The municipality cannot act on it' },
    { key: 'too-little-information', nl: 'Er is te weinig informatie', en: 'There is too little information' },
    { key: 'other', nl: 'Een andere reden', en: 'Another reason' },
  ]),
  /** Words that a step's message to the filers begins with, per status; the regisseur changes them before they go. */
  templates: strict(
    Object.fromEntries(TEMPLATE_STATUSES.map((status) => [status, template.optional()])) as Record<
      (typeof TEMPLATE_STATUSES)[number],
      z.ZodOptional<typeof template>
    >,
  ).prefault({}),
  /** Days the services are closed besides Sundays, Saturdays and Belgian public holidays: YYYY-MM-DD. */
  closingDays: z.array(isoDay()).max(400).default([]),
  /** When the services work; reminders come in the morning of a working day. */
  workingHours: strict({ from: timeOfDay.default('09:00'), until: timeOfDay.default('17:00') })
    .refine(({ from, until }) => from < until, because('WORKING_HOURS'))
    .prefault({}),
  /**
   * Within how many working days a received signal must be taken up; its owner is reminded on the last of them, the coordinator
   * so many working days after that.
   */
  acknowledgement: strict({
    workingDays: workingDays.default(5),
    coordinatorAfter: workingDays.default(1),
    repeatAfter: workingDays.default('never'),
  }).prefault({}),
  /**
   * After how many working days without a step its owner is reminded, and so many after that the coordinator; `repeatAfter`:
   * every so many working days the owner is reminded again, until there is a step or it is put off.
   */
  stalled: strict({
    workingDays: workingDays.default(20),
    coordinatorAfter: workingDays.default(5),
    repeatAfter: workingDays.default('never'),
  }).prefault({}),
  /** How many days after a signal's end its filers are asked "helpt dit?". */
  helps: strict({ afterDays: days.default(14) }).prefault({}),
  /** Hours after which what an outage held up is not sent any more; "never": it is always sent, saying that it is late. */
  late: strict({ skipAfterHours: hours.default('never') }).prefault({}),
  /** What is written to everybody, and when. */
  newsletters: newslettersSetting,
  /** Who has no chat and may want the newsletters by mail: they are asked, and get nothing until they said yes. */
  readers: readersSetting,
  /** Who may read the neutral text and status of signals: who signed in, or everyone. */
  visibility: z.enum(['signed-in', 'public']).default('signed-in'),
  /** Whether a signal coordinator may take the first step ("neem op") on a signal of their sector. */
  signalCoordinatorsTakeOn: z.boolean().default(false),
  /** Whether a filer's "dit helpt niet" reopens a signal. */
  filersMayReopen: z.boolean().default(false),
  /** Where a complaint, a question about one client and a resident's own question belong. */
  links: strict({
    complaints: link.optional(),
    clients: link.optional(),
    residents: link.optional(),
  }).prefault({}),
  /** Name of the emoji that, put on a chat message, offers to make a signal of it; "never": none does. */
  reaction: z
    .string()
    .regex(/^[a-z0-9_+'-]{1,100}$/, because('EMOJI'))
    .default('loudspeaker'),
  /** The joint forum: how many a year, when people are reminded of one (days before), and who is invited. */
  forum: strict({
    perYear: z.union([z.int().min(1).max(12), z.literal('never')]).default(2),
    reminders: z.array(z.int().min(1).max(90)).max(6).default([30, 7, 1]),
    /** Everyone who may file signals, or those who asked to be a member and were accepted. */
    invite: z.enum(['everyone', 'members']).default('everyone'),
  }).prefault({}),
  /** Mail domains within which one person's accounts on two platforms may be linked; none: they may not. */
  linking: strict({
    domains: z
      .array(
        z
          .string()
          .toLowerCase()
          .regex(/^([a-z0-9-]+\.)+[a-z]{2,}$/, because('DOMAIN')),
      )
      .max(50)
      .default([]),
  }).prefault({}),
  /** Days until a draft that nobody went on with is erased. */
  drafts: strict({ days: z.int().min(1).max(365).default(30) }).prefault({}),
  /** Days after a signal's close until its filer is anonymised. */
  retention: strict({ filerDays: z.int().min(1).max(3650).default(365) }).prefault({}),
  /** The municipality's own words instead of ours, by the key of the text. */
  texts: z
    .record(
      z.string().regex(/^[A-Za-z0-9_. -]{1,100}$/, because('TEXT_KEY')),
      strict({ nl: shortText(2_000).optional(), en: shortText(2_000).optional() }),
    )
    .default({}),
});
export type MunicipalitySettings = z.output<typeof MunicipalitySettings>;
