import { z } from 'zod';
import { because, shortText, strict } from './schema-parts.js';

/** One newsletter of a municipality: when it comes, who answers for it. */
const NewsletterSettings = strict({
  /** Part of the addresses of its issues, so it never changes. */
  key: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, because('KEY'))
    .default('nieuwsbrief'),
  title: shortText(80),
  /** In words: "eerste dinsdag van maart, juni, september en december om 9 u." */
  schedule: shortText(200),
  /** How many days before it is sent the draft is made. */
  draftDaysBefore: z.int().min(1).max(60).default(10),
  /** Name or key of a regisseur or the coordinator; default: the coordinator. */
  editor: shortText(100).optional(),
  /** Whether a draft that nobody approved goes out at its moment. */
  sendUnapproved: z.boolean().default(false),
  /** Whether it is also posted in the regisseurs' and the coordinator's channels. */
  channels: z.boolean().default(true),
});
export type NewsletterSettings = z.output<typeof NewsletterSettings>;

export const newslettersSetting = z
  .array(NewsletterSettings)
  .max(10)
  .refine((all) => new Set(all.map(({ key }) => key)).size === all.length, because('NEWSLETTER_KEYS'))
  .default([]);

/** Somebody without chat who is asked whether they want the newsletters by mail. */
const Reader = strict({
  name: shortText(100),
  mail: z.email().max(254).toLowerCase(),
  organisation: shortText(150).optional(),
  /** Numbers of the neighbourhoods they want to read about; default: all. */
  neighbourhoods: z.array(z.int()).max(100).default([]),
});

export const readersSetting = z
  .array(Reader)
  .max(500)
  .refine((all) => new Set(all.map(({ mail }) => mail)).size === all.length, because('READER_TWICE'))
  .default([]);
