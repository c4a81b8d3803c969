import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { checkValues } from '../chat/check-values.js';
import type { Site, Visit } from '../chat/site.js';
import { may } from '../people/roles.js';
import type { Forum } from '../storage/database.js';
import { sendPage } from '../web/layout.js';
import { readBody } from '../web/read-body.js';
import { createMunicipalityReader } from '../municipality/read-municipality.js';
import { guardTexts } from '../signals/guard-texts.js';
import { writeCalendar } from './calendar.js';
import { calendarPath, forumPath } from './describe.js';
import { PlanValues, readPlan, sayRefusal } from './plan-form.js';
import { planForum } from './plan-forum.js';
import { answerOf, listComing, listPast, readForum } from './read-forums.js';
import { answerInvitation } from './seats.js';
import { forumTexts } from './texts.js';
import { ForumPage, ListPage, NotYoursPage, UnknownForum } from './views.js';
import { PlanPage } from './plan-page.js';

/** A calendar feed holds this many forums, the latest ones. */
const IN_FEED = 100;

const Fields = z.record(z.string(), z.union([z.string(), z.array(z.string())]));
const Id = z.uuid();

/** `/forum`, `/forum/<id>`, `/forum/plan`; calendars at signed addresses, which open without signing in. */
export function forumPages({ db, now, url, visit, contextFor, onlyReaders, onlySigned, onlySignedIn }: Site): Router {
  const router = Router();
  const municipality = createMunicipalityReader(db, now);

  router.get('/forum', onlyReaders, async (request, response) => {
    const scene = await visit(request);
    const { id } = scene.municipality;
    // Only who signed in gets an address that opens without signing in.
    const calendar = scene.person && (await contextFor(request)).url(calendarPath(id), 'signed');
    await sendPage(
      response,
      <ListPage
        scene={scene}
        coming={await listComing(db, id, now())}
        past={await listPast(db, id, now())}
        calendar={calendar}
      />,
    );
  });

  router.get('/forum/plan', onlySignedIn, async (request, response) => {
    const scene = await visit(request);
    if (!mayPlan(scene)) return sendPage(response, <NotYoursPage scene={scene} />, 403);
    await sendPage(response, <PlanPage scene={scene} />);
  });

  router.post('/forum/plan', onlySignedIn, async (request, response) => {
    const scene = await visit(request);
    if (!mayPlan(scene)) return sendPage(response, <NotYoursPage scene={scene} />, 403);
    const context = await contextFor(request);
    const typed = Object.fromEntries(
      Object.entries(readBody(Fields, request)).map(([name, value]) => [name, String(value).trim() || undefined]),
    );
    const again = (errors: Record<string, string>) =>
      sendPage(response, <PlanPage scene={scene} typed={typed} errors={errors} />, 422);
    const checked = checkValues(PlanValues, typed, scene.locale);
    if (!checked.ok) return again(checked.errors);
    const read = readPlan(checked.values, context);
    if (!read.ok) return again(read.errors);
    const guarded = guardTexts(context, { title: checked.values.title, place: checked.values.place }, typed);
    // A page asks no second question: a likely name is said at the title, to leave out.
    if (guarded?.kind === 'again') {
      const [note] = guarded.add ?? [];
      return again({ ...(note?.kind === 'note' && { title: note.text }), ...guarded.errors });
    }
    const forum = await planForum(context, read.plan);
    response.redirect(303, forumPath(forum.id));
  });

  router.get('/forum/:municipalityId/:file', onlySigned, async (request, response, next) => {
    const ids = readIds(request);
    if (!ids?.forumId) return next();
    const town = await municipality(ids.municipalityId);
    const forum = await readForum(db, town.id, ids.forumId);
    if (!forum) return next();
    sendCalendar(response, writeCalendar(town, [forum], url));
  });

  router.get('/forum/:file', onlySigned, async (request, response, next) => {
    const id = Id.safeParse(String(request.params['file']).replace(/\.ics$/, ''));
    if (!id.success || !String(request.params['file']).endsWith('.ics')) return next();
    const town = await municipality(id.data);
    const forums: Forum[] = await db.forum.findMany({
      where: { municipalityId: town.id },
      orderBy: { startsAt: 'desc' },
      take: IN_FEED,
    });
    sendCalendar(response, writeCalendar(town, forums, url));
  });

  router.get('/forum/:id', onlyReaders, async (request, response) => {
    const scene = await visit(request);
    const id = Id.safeParse(request.params['id']);
    const forum = id.success ? await readForum(db, scene.municipality.id, id.data) : null;
    if (!forum) return sendPage(response, <UnknownForum scene={scene} />, 404);
    const answer = scene.person && (await answerOf(db, forum, scene.person.id));
    await sendPage(response, <ForumPage scene={scene} forum={forum} answer={answer} now={now()} />);
  });

  router.post('/forum/:id', onlySignedIn, async (request, response) => {
    const { answer: typed } = readBody(z.object({ answer: z.enum(['come', 'decline']) }), request);
    const scene = await visit(request);
    const id = Id.safeParse(request.params['id']);
    const result = id.success && (await answerInvitation(await contextFor(request), id.data, typed === 'come'));
    if (result && result.ok) return response.redirect(303, forumPath(result.forum.id));
    const forum = id.success ? await readForum(db, scene.municipality.id, id.data) : null;
    if (!result || !forum || !scene.person) return sendPage(response, <UnknownForum scene={scene} />, 404);
    const answer = await answerOf(db, forum, scene.person.id);
    const refusal = sayRefusal(scene.locale, result.code);
    const page = <ForumPage scene={scene} forum={forum} answer={answer} now={now()} refusal={refusal} />;
    await sendPage(response, page, 409);
  });

  return router;
}

function mayPlan({ person }: Visit): boolean {
  return person !== undefined && may(person, 'organise forums');
}

function readIds(request: Request): { municipalityId: string; forumId: string | undefined } | undefined {
  const municipalityId = Id.safeParse(request.params['municipalityId']);
  const [, name] = /^(.+)\.ics$/.exec(String(request.params['file'])) ?? [];
  const forumId = Id.safeParse(name);
  return municipalityId.success
    ? { municipalityId: municipalityId.data, forumId: forumId.success ? forumId.data : undefined }
    : undefined;
}

function sendCalendar(response: Response, calendar: string): void {
  response.set('Cache-Control', 'no-store').type('text/calendar; charset=utf-8').send(calendar);
}

export const forumMenu = ({ locale, mayRead }: Visit) =>
  mayRead ? [{ label: forumTexts(locale)('page.title'), href: '/forum', order: 20 }] : [];
