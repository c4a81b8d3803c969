import type { Card } from '../../src/chat/card.js';
import type { Locale } from '../../src/chat/texts.js';
import { features } from '../../src/features.js';
import { createMunicipalityReader } from '../../src/municipality/read-municipality.js';
import type { Db } from '../../src/storage/database.js';
import type { Town } from './town.js';

/** A message that the bot owes somebody. */
export interface Owed {
  key: string;
  personId: string | null;
  channelId: string | null;
  view: string;
  params: unknown;
}

/** The messages of one kind, oldest first. */
export async function owedMessages(db: Db, municipalityId: string, view: string): Promise<Owed[]> {
  return db.delivery.findMany({ where: { municipalityId, view }, orderBy: [{ createdAt: 'asc' }, { key: 'asc' }] });
}

/** What a message says if it is sent now; null when it would not be sent. */
export async function readMessage(db: Db, town: Town, message: Owed, locale: Locale = 'nl'): Promise<Card | null> {
  const now = town.clock.now;
  const view = features.flatMap(({ messages }) => messages ?? []).find(({ id }) => id === message.view);
  if (!view) throw new Error(`No message is called ${message.view}.`);
  const municipality = await createMunicipalityReader(db, () => now)(town.municipalityId);
  const url = (path: string) => new URL(path, 'http://127.0.0.1:3000').href;
  return view.render({ db, now, municipality, locale, url, oneTimeCode: () => '' }, message.params);
}

/** All words of a card, and the labels of its buttons. */
export function wordsOn(card: Card | null): string {
  return JSON.stringify(card?.parts ?? null);
}
