import type { Request, RequestHandler } from 'express';
import type { VNode } from 'preact';
import type { Db, Person } from '../storage/database.js';
import type { Card } from './card.js';
import type { Context, MunicipalityInfo } from './feature.js';
import type { PlatformName } from './platform.js';
import type { Locale } from './texts.js';

/**
 * What a capability's pages are given. The server around them has read the form's body (`readBody` checks its shape),
 * refused POSTs from other sites, and set the content policy: no inline script or style, nothing from elsewhere.
 * `src/web` has the layout, the building blocks and `sendPage`.
 */
export interface Site {
  db: Db;
  now(): Date;
  /** Absolute address of one of our pages; see `ViewContext.url`. */
  url(path: string, signed?: 'signed'): string;
  /** @throws when there is none with this id. */
  municipality(id: string): Promise<MunicipalityInfo>;
  /** Who looks at a page; asked twice it is looked up once. */
  visit(request: Request): Promise<Visit>;
  /** What a use case needs, for who signed in. @throws when nobody did: put the route behind `onlySignedIn`. */
  contextFor(request: Request): Promise<Context>;
  /**
   * What a use case needs for somebody without an account who holds a link: it writes in the town, and with the means, of
   * who gave the link. What is written names nobody.
   */
  contextFrom(request: Request, giver: Person): Promise<Context>;
  /** Lets through who may read signals' neutral text and status; tells others how to get in, or that it is not theirs. */
  onlyReaders: RequestHandler;
  /**
   * Lets through signed addresses (`context.url(path, 'signed')`), for what opens without signing in: a picture in a message, a
   * calendar. Others do not exist. `request.params` must name the municipality and all else: nobody is signed in.
   */
  onlySigned: RequestHandler;
  /** Lets through who signed in, whatever their role; tells others how to. */
  onlySignedIn: RequestHandler;
  /**
   * A message as each platform will show it, from what it would be sent.
   *
   * @param to.municipality its name. @param to.unsubscribe as in `OutgoingMessage`.
   */
  previews(card: Card, to: { locale: Locale; municipality: string; unsubscribe?: string }): MessagePreview[];
}

/** A message as one platform shows it; `previews.css` has its looks. */
export interface MessagePreview {
  platform: PlatformName;
  view: VNode;
  /** The whole of it as a document that brings its own styles, as a mail does. */
  document?: string;
}

export interface Visit {
  /** The signed-in person's town, else the town whose site this is. */
  municipality: MunicipalityInfo;
  /** As chosen on the page, else the person's own, else Dutch. */
  locale: Locale;
  /** Undefined: nobody is signed in. */
  person: Person | undefined;
  /** Signals' neutral text and status may be shown. */
  mayRead: boolean;
  /** There is a playground to point to. */
  playground: boolean;
  /** For `<Page {...visit.frame}>`: language, town, menu, who is signed in. */
  frame: Frame;
}

export interface MenuItem {
  label: string;
  /** A path of this site. */
  href: string;
  /** Lower stands first. */
  order: number;
}

/** What stands around every page. */
export interface Frame {
  locale: Locale;
  /** The town, beside the product's name. */
  municipality?: string;
  navigation?: (Pick<MenuItem, 'label' | 'href'> & { current: boolean })[];
  /** Where the choice of language is posted, and what is sent along: where to come back to. */
  language: { action: string; fields: Record<string, string> };
  /** Who is signed in; `visitor`: nobody, and they could. Absent: signing in plays no part. */
  account?: { name: string; maySignOut: boolean } | 'visitor';
}
