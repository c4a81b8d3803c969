import { Router, type Request, type Response } from 'express';
import type { VNode } from 'preact';
import { z } from 'zod';
import type { FormValues } from '../chat/form.js';
import type { Site } from '../chat/site.js';
import { guardTexts } from '../signals/guard-texts.js';
import { STEP_TEXT_MAX } from '../signals/step-inputs.js';
import { sendPage } from '../web/layout.js';
import { readBody } from '../web/read-body.js';
import { answerAsPartner, findRequest, type LinkState } from './answer-as-partner.js';
import { createAttemptLimit } from './limit-attempts.js';
import { partnerTexts } from './texts.js';
import { MessagePage, QuestionPage } from './views.js';

/** Far longer than a token of ours. */
const Token = z.string().max(200);
/** Confirmations are ticked boxes whose names depend on what they confirm. */
const Body = z.record(z.string().max(40), z.string().max(10 * STEP_TEXT_MAX));

const STATUS: Record<LinkState, number> = { unknown: 404, expired: 410, revoked: 410, answered: 410 };

/**
 * `/partner/<token>`: the signal's neutral text, what is asked, and one answer. The token stands in the address alone: it is
 * kept as a hash, the access log writes the route's pattern, and no other page is told where a visitor came from.
 */
export function partnerPages(site: Site): Router {
  const router = Router();
  const mayTry = createAttemptLimit();

  router.use('/partner', (_request, response, next) => {
    // The site alone, never the path: and the browser still says on POST from which site it comes.
    response.set({ 'Referrer-Policy': 'strict-origin', 'Cache-Control': 'no-store', 'X-Robots-Tag': 'noindex' });
    next();
  });

  const say = async (request: Request, response: Response, what: LinkState | 'done' | 'busy', status: number) => {
    const { frame } = await site.visit(request);
    await sendPage(response, <MessagePage frame={bare(frame)} what={what} />, status);
  };

  /** The open request, or undefined when the visitor was told why there is none. */
  const open = async (request: Request, response: Response) => {
    if (!mayTry(request.ip ?? '', site.now())) {
      await say(request, response, 'busy', 429);
      return undefined;
    }
    const found = await findRequest(site.db, Token.parse(request.params['token']), site.now());
    if (found.state === 'open') return found.request;
    await say(request, response, found.state, STATUS[found.state]);
    return undefined;
  };

  type Found = NonNullable<Awaited<ReturnType<typeof open>>>;
  const show = async (request: Request, response: Response, asked: Found, tried?: Tried): Promise<void> => {
    const { frame } = await site.visit(request);
    const { municipality } = await site.contextFrom(request, asked.askedBy);
    const page: VNode = (
      <QuestionPage frame={bare(frame)} municipality={municipality} asked={asked} action={request.path} tried={tried} />
    );
    await sendPage(response, page, tried ? 422 : 200);
  };

  router.get('/partner/:token', async (request, response) => {
    const asked = await open(request, response);
    if (asked) await show(request, response, asked);
  });

  router.post('/partner/:token', async (request, response) => {
    const asked = await open(request, response);
    if (!asked) return;
    const body = readBody(Body, request);
    const text = (body['answer'] ?? '').replaceAll('\r\n', '\n').trim();
    const { frame } = await site.visit(request);
    const tried = checkAnswer(text, body, frame.locale);
    if (tried) return show(request, response, asked, tried);
    const context = await site.contextFrom(request, asked.askedBy);
    const written = await answerAsPartner(context, { requestId: asked.id, text });
    if (written === 'open') return say(request, response, 'done', 200);
    await say(request, response, written, STATUS[written]);
  });

  return router;
}

/** Not one fact of the municipality but what was asked: no menu, nobody's name. */
function bare({ locale, language }: Awaited<ReturnType<Site['visit']>>['frame']) {
  return { locale, language };
}

/** An answer that was not sent: what was typed, why not, and what is to be confirmed. */
export interface Tried {
  text: string;
  error?: string;
  /** A likely name to confirm: the box's name, and the question. */
  confirm?: { id: string; note: string };
}

function checkAnswer(text: string, body: Record<string, string>, locale: 'nl' | 'en'): Tried | undefined {
  const t = partnerTexts(locale);
  if (!text) return { text, error: t('page.required') };
  if (text.length > STEP_TEXT_MAX) {
    return { text, error: t('page.long', { maximum: STEP_TEXT_MAX, length: text.length }) };
  }
  const ticked: FormValues = Object.fromEntries(Object.keys(body).map((name) => [name, body[name] === 'on']));
  const guarded = guardTexts({ locale }, { answer: text }, ticked);
  if (guarded?.kind !== 'again') return undefined;
  const { answer: error } = guarded.errors;
  if (error) return { text, error };
  const tick = guarded.add?.find((part) => part.kind === 'tick');
  const note = guarded.add?.find((part) => part.kind === 'note');
  return { text, ...(tick && note && { confirm: { id: tick.id, note: note.text } }) };
}
