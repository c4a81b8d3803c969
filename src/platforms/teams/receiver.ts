import type { Application } from '@microsoft/teams-ai';
import express, { Router, type Request } from 'express';
import type { Config, TeamsConfig } from '../../config.js';
import { requestIdOf } from '../../web/access-log.js';
import { parseJson } from '../../web/parse-json.js';
import { isLocalRequest } from '../../web/security.js';
import { textCard } from '../../chat/say-text.js';
import type { Door } from './door.js';
import { isKnownInvoke, onceKey, TeamsActivity, tenantOf } from './envelope.js';
import { lateAnswer } from './invokes.js';
import { carry, drawingFor, type Means, type RequestContext } from './means.js';
import { cardToMessages } from './render/card-to-adaptive.js';
import { say } from './speak.js';
import { MESSAGES_PATH } from './surface.js';
import { teamsTexts } from './texts.js';

/** Teams gives up on an invoke after five seconds; half a second is for the way back. */
const INVOKE_DEADLINE_MS = 4_500;
/** What is not answered within about fifteen seconds is delivered again. */
const TURN_DEADLINE_MS = 12_000;
const BODY_LIMIT = '1mb';

interface Answer {
  status: number;
  body?: unknown;
}

export interface ReceiverOptions {
  config: TeamsConfig;
  host: Pick<Config, 'host'>;
  door: Door;
  app: Application;
  means: Means;
  invokeDeadlineMs?: number;
  turnDeadlineMs?: number;
}

/**
 * `POST /api/messages`: who sent it is checked, and what, before anything else happens; the answer goes out when the work
 * is done and committed, or in words when the deadline comes first.
 */
export function createReceiver(options: ReceiverOptions): Router {
  const { config, host, door, app, means } = options;
  const underWay = new Map<string, Promise<Answer>>();

  async function take(raw: string, request: Request, requestId: string): Promise<Answer> {
    const read = TeamsActivity.safeParse(parseJson(raw));
    if (!read.success) return { status: 400 };
    const activity = read.data;
    const admission = await door.admit(activity, request.get('authorization'), isLocalRequest(host, request));
    if (!admission.ok) return { status: admission.status };
    const tenant = tenantOf(activity);
    // The bot is registered in one tenant: whoever else has it installed is somebody else's to serve.
    if (config.bot && tenant !== undefined && tenant !== config.bot.tenantId) return { status: 403 };

    const key = onceKey(activity);
    const first = key === undefined ? undefined : underWay.get(key);
    if (first) return first;
    const context: RequestContext = { activity, requestId };
    const work = process(context, admission.result);
    const answer = inTime(context, work);
    if (key === undefined) return answer;
    // The same activity again while the first is under way: one effect, one answer.
    underWay.set(key, answer);
    void work.finally(() => underWay.delete(key));
    return answer;
  }

  async function process(request: RequestContext, admitted: Parameters<Door['turn']>[0]): Promise<Answer> {
    try {
      const answer = await door.turn(admitted, request.activity, async (context) => {
        carry(context, request);
        await app.run(context);
      });
      return answer ?? { status: 200 };
    } catch (error) {
      means.log.error({ err: error, requestId: request.requestId, type: kindOf(request) }, 'teams request failed');
      return { status: 500 };
    }
  }

  async function inTime(request: RequestContext, work: Promise<Answer>): Promise<Answer> {
    const isInvoke = request.activity.type === 'invoke';
    const { invokeDeadlineMs = INVOKE_DEADLINE_MS, turnDeadlineMs = TURN_DEADLINE_MS } = options;
    let timer: NodeJS.Timeout | undefined;
    const deadline = new Promise<'late'>((resolve) => {
      timer = setTimeout(() => resolve('late'), isInvoke ? invokeDeadlineMs : turnDeadlineMs);
    });
    const first = await Promise.race([work, deadline]);
    clearTimeout(timer);
    if (first !== 'late') return first;
    means.log.warn(
      { requestId: request.requestId, type: kindOf(request) },
      'teams was answered before the work was done',
    );
    return tooLate(request);
  }

  /** It goes on; what was committed stays, and doing it again does nothing twice. */
  function tooLate(request: RequestContext): Answer {
    const { activity } = request;
    if (activity.type === 'invoke') {
      const name = activity.name ?? '';
      return isKnownInvoke(name) ? lateAnswer(means, request, name) : { status: 501 };
    }
    if (activity.type === 'message') {
      const locale = means.people.localeOf(activity.from.id);
      const word = cardToMessages(textCard(teamsTexts(locale)('late.command')), drawingFor(means, locale));
      void say(means, activity.serviceUrl, activity.conversation.id, word).catch((error: unknown) => {
        means.log.warn({ err: error, requestId: request.requestId }, 'teams took no word about a delay');
      });
    }
    return { status: 200 };
  }

  const router = Router();
  router.post(MESSAGES_PATH, express.raw({ type: () => true, limit: BODY_LIMIT }), async (request, response) => {
    const raw = Buffer.isBuffer(request.body) ? request.body.toString('utf8') : '';
    const answer = await take(raw, request, requestIdOf(response));
    response.status(answer.status).set('Cache-Control', 'no-store');
    if (answer.body === undefined) response.end();
    else response.json(answer.body);
  });
  return router;
}

const kindOf = ({ activity }: RequestContext): string => (activity.type === 'invoke' ? 'invoke' : 'activity');
