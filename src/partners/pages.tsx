import { Router, type Request, type Response } from 'express';
import type { VNode } from 'preact';
import { z } from 'zod';
import type { Site } from '../chat/site.js';
import { STEP_TEXT_MAX } from '../signals/step-inputs.js';
import { checkTypedOnPage, type Tried } from '../signals/typed-on-page.js';
import { sendPage } from '../web/layout.js';
import { readBody } from '../web/read-body.js';
import { answerAsPartner, findRequest, type LinkState } from './answer-as-partner.js';
import { createAttemptLimit } from './limit-attempts.js';
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
    const token = Token.safeParse(request.params['token']);
    const found = token.success ? await findRequest(site.db, token.data, site.now()) : { state: 'unknown' as const };
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
    const tried = checkTypedOnPage(text, body, { locale: frame.locale, maximum: STEP_TEXT_MAX });
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
