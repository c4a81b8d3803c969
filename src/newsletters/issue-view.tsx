import type { VNode } from 'preact';
import type { Site } from '../chat/site.js';
import type { Newsletter } from '../storage/database.js';
import type { IssuePart } from './issue-card.js';
import { picturePath } from './newsletter.js';

/** The same address on whatever name this page was opened. */
export function pathOf(address: string): string {
  const { pathname, search } = new URL(address);
  return `${pathname}${search}`;
}

/** What an issue says, as it stands on its page. */
export function IssueParts(props: { site: Pick<Site, 'url'>; newsletter: Newsletter; parts: IssuePart[] }): VNode {
  const { site, newsletter, parts } = props;
  const picture = (kind: string) => pathOf(site.url(picturePath(newsletter, kind), 'signed'));
  return (
    <>
      {parts.map((part) => (
        <PartView key={part.name} part={part} picture={picture} />
      ))}
    </>
  );
}

function PartView({ part, picture }: { part: IssuePart; picture(kind: string): string }): VNode {
  if (part.kind === 'picture') {
    return part.drawn ? (
      <img class="newsletter-picture" src={picture(part.name)} alt={part.alt} width="640" />
    ) : (
      <p class="newsletter-text">{part.alt}</p>
    );
  }
  return (
    <section>
      {part.name !== 'foreword' && <h2>{part.heading}</h2>}
      <p class="newsletter-text">{part.text}</p>
    </section>
  );
}
