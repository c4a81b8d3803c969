import type { Context, Reply } from '../../chat/feature.js';
import type { Locale } from '../../chat/texts.js';
import { inspectClientData } from '../guard-texts.js';
import { sayDone, sayRefusal } from '../replies.js';
import { addNote, answerQuestion, type SaidResult } from './say-on-signal.js';
import { STEP_TEXT_MAX } from '../step-inputs.js';
import { signalTexts } from '../texts.js';
import { chatTexts } from '../../chat/chat-texts.js';

/** A reply in the thread under the owner's card is an internal note. */
export async function noteFromThread(
  context: Context,
  { signalId }: { signalId: string },
  text: string,
): Promise<Reply> {
  const refusal = refuseText(context, text);
  if (refusal) return refusal;
  const result = await addNote(context, { signalId, text: text.trim(), inThread: false });
  if (!result.ok) return sayRefusal(context, result);
  const t = signalTexts(context.locale);
  const done = sayNoted(result, context.locale);
  return {
    kind: 'card',
    visible: 'only-you',
    card: {
      summary: done,
      parts: [
        { kind: 'text', text: `${done} ${t('note.onlyTriage')}` },
        {
          kind: 'buttons',
          buttons: [
            {
              label: t('note.send'),
              action: 'signals.note-as-feedback',
              payload: { signalId, entryId: result.entry.id },
            },
          ],
          onlyFor: [context.person.id],
        },
      ],
    },
  };
}

/** Says where a note went: also when the signal goes on in another one. */
export function sayNoted({ signal, mergedFrom }: SaidResult & { ok: true }, locale: Locale): string {
  const t = signalTexts(locale);
  const { reference } = signal;
  return mergedFrom
    ? t('note.done.merged', { reference: mergedFrom, other: reference })
    : t('note.done', { reference });
}

/** A reply in the thread under a question is the filer's answer. */
export async function answerFromThread(
  context: Context,
  { signalId }: { signalId: string },
  text: string,
): Promise<Reply> {
  const refusal = refuseText(context, text);
  if (refusal) return refusal;
  const result = await answerQuestion(context, { signalId, text: text.trim() });
  if (!result.ok) return sayRefusal(context, result);
  return sayDone(sayAnswered(result, context.locale));
}

/** Says where an answer went: also when the signal goes on in another one. */
export function sayAnswered({ signal, mergedFrom }: SaidResult & { ok: true }, locale: Locale): string {
  const t = signalTexts(locale);
  const { reference } = signal;
  return mergedFrom ? t('answer.done.merged', { own: mergedFrom, reference }) : t('answer.done', { reference });
}

/** A thread has no fields to show an error at: it is said as a reply, and nothing is kept. */
function refuseText(context: Context, text: string): Reply | undefined {
  const trimmed = text.trim();
  const c = chatTexts(context.locale);
  if (!trimmed) return sayDone(c('field.required'));
  if (trimmed.length > STEP_TEXT_MAX) {
    return sayDone(c('field.tooLong', { maximum: STEP_TEXT_MAX, length: trimmed.length }));
  }
  const { errors } = inspectClientData({ text: trimmed }, context.locale, []);
  return errors.text ? sayDone(errors.text) : undefined;
}
