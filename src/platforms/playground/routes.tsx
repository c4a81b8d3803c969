import { Router, type Response } from 'express';
import { renderToStringAsync } from 'preact-render-to-string';
import type { VNode } from 'preact';
import { z } from 'zod';
import type { OpenForm } from '../../chat/form.js';
import { LOCALES } from '../../chat/texts.js';
import { requestIdOf } from '../../web/access-log.js';
import { localeOf } from '../../web/language.js';
import { sendPage } from '../../web/layout.js';
import { readBody, readQuery, TooLarge } from '../../web/read-body.js';
import { readFormValues } from './form-values.js';
import type { Live } from './live.js';
import { ControlName, findControl, findMessage, hideMessage, readThread } from './messages.js';
import { findConversations, findViewers } from './people.js';
import { DEFAULT_COUNT, findViewer, mainCommand, readChat } from './read-chat.js';
import { post, say, show, type Means, type Said, type Scene } from './speak.js';
import { playgroundTexts } from './texts.js';
import { ChatPage, LiveParts, WelcomePage } from './views/chat-page.js';
import { FormBody, FormDialog } from './views/form.js';

const MAX_COUNT = 2_000;
/** As long as a chat message gets on real platforms. */
const MAX_TYPED = 40_000;

const Look = z.object({
  als: z.uuid(),
  gesprek: z.string().max(100).optional(),
  draad: z.uuid().optional(),
  aantal: z.coerce.number().int().min(1).max(MAX_COUNT).catch(DEFAULT_COUNT),
  lijst: z.string().optional(),
});

/** Who does something, and where: sent along with everything. */
const Doing = z.object({
  als: z.uuid(),
  gesprek: z.string().max(100),
  draad: z.uuid().optional(),
  /** In the thread beside the conversation rather than in the conversation. */
  plaats: z.literal('draad').optional(),
});

const Say = Doing.extend({ tekst: z.string() });
const Press = Doing.extend({ bericht: z.uuid(), knop: ControlName, keuze: z.string().max(2_000).optional() });
const Submit = Doing.extend({ formulier: z.string().max(100_000), meer: z.string().optional() });
const Search = Doing.extend({ bron: z.string().max(200), zoek: z.string().max(500) });
const Hide = z.object({ als: z.uuid(), bericht: z.uuid() });
const Language = z.object({ als: z.uuid(), locale: z.enum(LOCALES), terug: z.string().startsWith('/speeltuin') });

export interface RouteMeans extends Means {
  live: Live;
}

/** Everything below `/speeltuin`. Texts travel in bodies only: addresses end up in logs and histories. */
export function playgroundRoutes(means: RouteMeans): Router {
  const { db, chat, town } = means;
  const router = Router();

  router.get('/speeltuin', async (request, response) => {
    const look = Look.safeParse(request.query);
    const view = look.success ? await readChat(means, look.data) : undefined;
    response.set('Cache-Control', 'no-store');
    if (view) return sendPage(response, <ChatPage {...view} />);
    const locale = localeOf(request);
    const viewers = await findViewers(db, town);
    const gone = request.query['als'] !== undefined;
    const page = <WelcomePage {...{ town, viewers, locale, gone }} mainCommand={mainCommand(chat, locale)} />;
    return sendPage(response, page, gone ? 404 : 200);
  });

  router.get('/speeltuin/stand', async (request, response) => {
    const view = await readChat(means, readQuery(Look, request));
    if (!view) return startOver(response);
    await sendPart(response, <LiveParts {...view} />);
  });

  router.get('/speeltuin/stroom', (_request, response) => means.live.join(response));

  router.post('/speeltuin/zeg', async (request, response) => {
    const body = readBody(Say, request);
    if (body.tekst.length > MAX_TYPED) throw new TooLarge();
    const scene = await findScene(body, response);
    if (!scene) return startOver(response);
    await answer(response, scene, await say(means, scene, body.tekst));
  });

  router.post('/speeltuin/druk', async (request, response) => {
    const body = readBody(Press, request);
    const scene = await findScene(body, response);
    if (!scene) return startOver(response);
    const place = { municipalityId: town.id, viewerId: scene.viewer.id };
    const message = await findMessage(db, place, body.bericht);
    const here = message?.conversationId === scene.conversationId ? message : undefined;
    const control = here && findControl(here.card, body.knop, scene.viewer.id, body.keuze);
    if (!control) {
      const text = playgroundTexts(scene.viewer.locale)('button.changed');
      await post(means, scene, { summary: text, parts: [{ kind: 'text', text }] }, true);
      return answer(response, scene, { kind: 'said' });
    }
    const on = { conversationId: scene.conversationId, messageId: body.bericht };
    const reply = await chat.press({ ...scene.caller, on }, control.action, control.payload);
    if (reply.kind === 'card' && reply.instead) await hideMessage(db, town.id, scene.viewer.id, body.bericht);
    await answer(response, scene, await show(means, scene, reply));
  });

  router.post('/speeltuin/formulier', async (request, response) => {
    const body = readBody(Submit, request);
    const scene = await findScene(body, response);
    if (!scene) return startOver(response);
    const values = readFormValues(request.body as Record<string, unknown>);
    const result = await chat.submit(scene.caller, body.formulier, values);
    switch (result.kind) {
      case 'done':
        await post(means, scene, result.card, true);
        response
          .status(204)
          .set('HX-Trigger', JSON.stringify({ 'form-done': true, 'chat-changed': true }))
          .end();
        return;
      case 'again':
        return sendPart(
          response,
          <FormBody {...formProps(scene, result.form)} errors={result.errors} unfolded={body.meer === 'open'} />,
        );
      case 'refused':
        // The form stays as it stands in the browser, with everything that was typed.
        response.set({ 'HX-Retarget': '#formulier-melding', 'HX-Reswap': 'innerHTML' });
        return sendPart(response, <p>{result.text}</p>);
    }
  });

  router.post('/speeltuin/zoek', async (request, response) => {
    const body = readBody(Search, request);
    const scene = await findScene(body, response);
    if (!scene) return startOver(response);
    response.set('Cache-Control', 'no-store').json(await chat.suggest(scene.caller, body.bron, body.zoek));
  });

  router.post('/speeltuin/verberg', async (request, response) => {
    const body = readBody(Hide, request);
    await hideMessage(db, town.id, body.als, body.bericht);
    means.changed();
    response.status(204).set('HX-Trigger', 'chat-changed').end();
  });

  // As a platform does it: the person's own setting, which everything the bot says follows.
  router.post('/speeltuin/taal', async (request, response) => {
    const { als, locale, terug } = readBody(Language, request);
    await db.person.updateMany({ where: { municipalityId: town.id, id: als }, data: { locale } });
    response.redirect(303, terug);
  });

  /** Undefined when nobody is called that, or that person does not see that conversation. */
  async function findScene(doing: z.infer<typeof Doing>, response: Response): Promise<Scene | undefined> {
    const viewer = await findViewer(means, doing.als);
    if (!viewer) return undefined;
    const conversations = await findConversations(db, town, viewer, means.now());
    const conversation = conversations.find(({ id }) => id === doing.gesprek);
    if (!conversation) return undefined;
    const place = { municipalityId: town.id, viewerId: viewer.id, conversationId: conversation.id };
    const thread = doing.plaats && doing.draad ? await readThread(db, place, doing.draad) : undefined;
    return {
      viewer,
      conversationId: conversation.id,
      threadId: thread?.root.id,
      caller: {
        municipalityId: town.id,
        platform: 'playground',
        account: { externalId: viewer.externalId, name: viewer.name, locale: viewer.locale },
        requestId: requestIdOf(response),
      },
    };
  }

  async function answer(response: Response, scene: Scene, said: Said): Promise<void> {
    if (said.kind === 'form') {
      return sendPart(response, <FormDialog {...formProps(scene, said.form)} errors={{}} unfolded={false} />);
    }
    const events = { said: { before: said.before ?? '' }, 'chat-changed': true };
    response.status(204).set('HX-Trigger', JSON.stringify(events)).end();
  }

  function formProps(scene: Scene, form: OpenForm) {
    const context = {
      als: scene.viewer.id,
      gesprek: scene.conversationId,
      ...(scene.threadId && { draad: scene.threadId, plaats: 'draad' }),
    };
    return { form, context, locale: scene.viewer.locale };
  }

  return router;
}

/** Whom or what the page was about is gone: the browser goes back to the beginning. */
function startOver(response: Response): void {
  response.status(204).set('HX-Redirect', '/speeltuin').end();
}

async function sendPart(response: Response, part: VNode): Promise<void> {
  response
    .set('Cache-Control', 'no-store')
    .type('html')
    .send(await renderToStringAsync(part));
}
