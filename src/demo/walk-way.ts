import type { EntryData } from '../signals/step-inputs.js';
import { findTransition } from '../signals/transitions.js';
import type { SignalStatus, TimelineEntry } from '../storage/database.js';
import type { DemoSignal, DemoStep } from './demo-data.js';

/** One timeline entry of a demo signal, before it has a date and a person. */
export interface WayEntry {
  /** Days after the filing. */
  day: number;
  by: 'owner' | 'filer';
  kind: TimelineEntry['kind'];
  visibility: TimelineEntry['visibility'];
  fromStatus?: SignalStatus;
  toStatus?: SignalStatus;
  text?: string;
  data?: Omit<EntryData, 'due' | 'mergedInto'>;
  /** Days after the filing. */
  dueDay?: number;
  /** Key of the other signal. */
  mergedInto?: string;
}

export interface Walked {
  entries: WayEntry[];
  status: SignalStatus;
  /** Key of the signal it is part of now. */
  mergedInto?: string;
  /** As `Signal.version`: one, and one more for every change of status. */
  version: number;
}

/**
 * A demo signal's way as timeline entries, the same as the use cases write them.
 * @throws when a step is not in the transition table: the data is wrong.
 */
export function walkWay(signal: Pick<DemoSignal, 'key' | 'way'>): Walked {
  const entries: WayEntry[] = [{ day: 0, by: 'filer', kind: 'filed', visibility: 'public', toStatus: 'received' }];
  let status: SignalStatus = 'received';
  let before: SignalStatus | undefined;
  for (const step of signal.way) {
    const entry = entryOf(step, status);
    if (entry.toStatus) {
      const allowed = entry.kind === 'corrected' ? entry.toStatus === before : findTransition(status, entry.toStatus);
      if (!allowed) throw new Error(`Demo signal ${signal.key}: no step from ${status} to ${entry.toStatus}.`);
      entry.fromStatus = status;
      before = status;
      status = entry.toStatus;
    }
    entries.push(entry);
  }
  const version = entries.filter((entry) => entry.toStatus).length;
  const mergedInto = status === 'merged' ? entries.findLast((entry) => entry.mergedInto)?.mergedInto : undefined;
  return { entries, status, version, ...(mergedInto && { mergedInto }) };
}

function entryOf(step: DemoStep, from: SignalStatus): WayEntry {
  const owner = { day: step.day, by: 'owner' as const };
  const filer = { day: step.day, by: 'filer' as const };
  if ('note' in step) return { ...owner, kind: 'note', visibility: 'internal', text: step.note };
  if ('feedback' in step) return { ...owner, kind: 'feedback', visibility: 'filers', text: step.feedback };
  if ('said' in step) return { ...filer, kind: 'answer', visibility: 'filers', text: step.said };
  if ('correctText' in step) {
    const { title, description } = step.correctText;
    const before = { ...(title && { title }), ...(description && { description }) };
    return { ...owner, kind: 'text_corrected', visibility: 'filers', text: step.why, data: { before } };
  }
  if ('correctTo' in step) {
    return { ...owner, kind: 'corrected', visibility: 'public', toStatus: step.correctTo, text: step.why };
  }
  const status = { ...owner, kind: 'status' as const, visibility: 'public' as const, toStatus: step.to };
  switch (step.to) {
    case 'in_review':
      if (step.answer) return { ...filer, kind: 'answer', visibility: 'filers', toStatus: step.to, text: step.answer };
      return { ...status, kind: findTransition(from, step.to)?.event ?? 'status', ...(step.why && { text: step.why }) };
    case 'needs_info':
      return { ...status, kind: 'question', visibility: 'filers', text: step.question };
    case 'withdrawn':
      return { ...status, by: 'filer' };
    case 'accepted':
      return { ...status, ...(step.outcome && { text: step.outcome }) };
    case 'merged':
      return { ...status, mergedInto: step.into };
    case 'redirected':
      return { ...status, text: step.where };
    case 'declined':
      return { ...status, text: step.words, data: { reason: step.reason } };
    case 'on_agenda':
      return { ...status, data: { meeting: step.meeting }, dueDay: step.on };
    case 'in_action':
      return { ...status, text: step.action, data: { lead: step.lead }, dueDay: step.due };
    case 'at_policy':
      return { ...status, text: step.question, data: { level: step.level }, dueDay: step.due };
    case 'resolved':
    case 'closed':
      return { ...status, text: step.closing };
  }
}
