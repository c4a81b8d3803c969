import type { MunicipalityInfo } from '../chat/feature.js';
import type { Locale } from '../chat/texts.js';
import type { Newsletter } from '../storage/database.js';
import type { IssuePart } from './issue-card.js';
import { issuePath } from './newsletter.js';
import { newsletterTexts } from './texts.js';

/**
 * The archive as an Atom feed (RFC 4287). Each entry's id is the issue's own and never changes; its text is plain.
 *
 * @param self the feed's own address.
 */
export function writeFeed({
  municipality,
  locale,
  entries,
  url,
  self,
}: {
  municipality: MunicipalityInfo;
  locale: Locale;
  entries: { newsletter: Newsletter; parts: IssuePart[] }[];
  url(path: string): string;
  self: string;
}): string {
  const t = newsletterTexts(locale);
  const updated = entries.map(({ newsletter }) => dateOf(newsletter)).sort((a, b) => b.getTime() - a.getTime())[0];
  const lines = [
    '<?xml version="1.0" encoding="utf-8"?>',
    `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${municipality.locale}">`,
    `<title>${escape(`${t('page.title')} ${municipality.name}`)}</title>`,
    `<id>urn:uuid:${municipality.id}</id>`,
    `<updated>${(updated ?? new Date(0)).toISOString()}</updated>`,
    `<author><name>${escape(municipality.name)}</name></author>`,
    `<link rel="self" type="application/atom+xml" href="${escape(self)}"/>`,
    `<link rel="alternate" type="text/html" href="${escape(url('/nieuwsbrieven'))}"/>`,
    ...entries.flatMap(({ newsletter, parts }) => [
      '<entry>',
      `<title>${escape(newsletter.title)}</title>`,
      `<id>urn:uuid:${newsletter.id}</id>`,
      `<updated>${dateOf(newsletter).toISOString()}</updated>`,
      `<link rel="alternate" type="text/html" href="${escape(url(issuePath(newsletter)))}"/>`,
      `<content type="text">${escape(textOf(parts))}</content>`,
      '</entry>',
    ]),
    '</feed>',
  ];
  return `${lines.join('\n')}\n`;
}

const dateOf = ({ startedAt, sendAt }: Newsletter) => startedAt ?? sendAt;

function textOf(parts: IssuePart[]): string {
  return parts.map((part) => (part.kind === 'picture' ? part.alt : `${part.heading}\n${part.text}`)).join('\n\n');
}

/** XML 1.0 takes no control characters but tabs and line ends, not even escaped. */
function escape(text: string): string {
  return text
    .replace(/[^\P{Cc}\t\n\r]/gu, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
