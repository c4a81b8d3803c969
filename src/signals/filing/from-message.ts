import type { Card } from '../../chat/card.js';
import type { Context, Reply, SourceMessage } from '../../chat/feature.js';
import type { FormPart } from '../../chat/form.js';
import { may } from '../../people/roles.js';
import { listNeighbourhoods } from '../../routing/neighbourhoods.js';
import { sayProgress, sayStatus, sayWhere } from '../describe.js';
import { fileForm } from './file-form.js';
import { DESCRIPTION_MAX } from './file-values.js';
import { inspectClientData } from '../guard-texts.js';
import { signalLink } from '../owner-card.js';
import { findSignalByReference } from '../read-signals.js';
import { sayDone } from '../replies.js';
import { signalTexts } from '../texts.js';

/** Permalinks are far shorter; what is longer is no link of a chat. */
const SOURCE_URL_MAX = 500;

/**
 * A message becomes the description of a new signal. It was written for colleagues, not for this: client data in it is
 * pointed out at once, and refused on sending as always.
 */
export async function fileFromMessage(context: Context, { text, url }: SourceMessage): Promise<Reply> {
  const { locale, municipality } = context;
  const t = signalTexts(locale);
  if (!may(context.person, 'file a signal')) return sayDone(t('error.notYours'));
  const words = text.trim();
  const description = words.slice(0, DESCRIPTION_MAX);
  const source: Record<string, string> = url && url.length <= SOURCE_URL_MAX ? { sourceUrl: url } : {};
  const form = await context.openForm(fileForm, source, { description });
  const neighbourhoods = await listNeighbourhoods(context.db, municipality.id);
  const allow = neighbourhoods.flatMap(({ name, aliases }) => [name, ...aliases]);
  const { errors, likelyNames } = inspectClientData({ description }, locale, allow);
  const found = [
    ...(errors['description'] ? [errors['description']] : []),
    ...(likelyNames.length > 0 ? [t('guard.names', { names: likelyNames.slice(0, 5).join(', ') })] : []),
  ];
  const notes = [
    ...found.map((what) => t('message.found', { what })),
    ...(words.length > DESCRIPTION_MAX ? [t('message.long')] : []),
  ];
  const parts = notes.map((note): FormPart => ({ kind: 'note', tone: 'warning', text: note }));
  return { kind: 'form', form: { ...form, view: { ...form.view, parts: [...parts, ...form.view.parts] } } };
}

/**
 * What everybody may see who reads along where a link to a signal's page was put: which one, and how far it is. Not its
 * description, and never who filed it.
 */
export async function previewSignal(context: Context, path: string): Promise<Card | undefined> {
  const [, reference] = /^\/signalen\/([^/]+)\/?$/.exec(path) ?? [];
  if (!reference || !may(context.person, 'read signals')) return undefined;
  const signal = await findSignalByReference(context.db, context.municipality.id, reference);
  if (!signal) return undefined;
  const { locale } = context;
  const heading = `${signal.reference} · ${signal.title}`;
  const progress = [sayProgress(signal.status, locale), sayStatus(signal.status, locale)].filter(Boolean).join(' · ');
  return {
    summary: heading,
    parts: [
      { kind: 'heading', text: heading },
      { kind: 'text', text: progress },
      { kind: 'text', style: 'subtle', text: sayWhere(signal, locale) },
      signalLink(context, signal),
    ],
  };
}
