import { Router } from 'express';
import { z } from 'zod';
import type { Site } from '../chat/site.js';
import { may } from '../people/roles.js';
import { findSignalByReference } from '../signals/read-signals.js';
import { Page, sendPage } from '../web/layout.js';
import { readBody } from '../web/read-body.js';
import { sayFollowRefusal } from './commands.js';
import { follow, unfollow } from './follow.js';
import { followingTexts } from './texts.js';

/** `POST /signalen/<reference>/volgen`: the button on a signal's page. */
export function followingPages(site: Site): Router {
  const router = Router();
  router.post('/signalen/:reference/volgen', site.onlySignedIn, async (request, response) => {
    const context = await site.contextFor(request);
    const { db, municipality, person, locale } = context;
    const { want } = readBody(z.object({ want: z.enum(['yes', 'no']) }), request);
    const signal = await findSignalByReference(db, municipality.id, String(request.params['reference']));
    const say = async (text: string, status: number): Promise<void> => {
      const { frame } = await site.visit(request);
      await sendPage(
        response,
        <Page {...frame} title={followingTexts(locale)('page.title')}>
          <section class="one-thing">
            <h1>{followingTexts(locale)('page.title')}</h1>
            <p>{text}</p>
            <p>
              <a href={signal ? `/signalen/${signal.reference}` : '/'}>{followingTexts(locale)('page.back')}</a>
            </p>
          </section>
        </Page>,
        status,
      );
    };
    if (!may(person, 'read signals')) return say(followingTexts(locale)('not.yours'), 403);
    if (!signal) return say(followingTexts(locale)('refused.FOLLOW.GONE'), 404);
    if (want === 'yes') {
      const result = await follow(context, { signalId: signal.id });
      if (!result.ok) return say(sayFollowRefusal(locale, result), 409);
    } else {
      const found = await db.follow.findFirst({
        where: { municipalityId: municipality.id, personId: person.id, signalId: signal.id },
      });
      // Not followed any more: what was wanted is so.
      if (found) await unfollow(context, found.id);
    }
    response.redirect(303, `/signalen/${signal.reference}`);
  });
  return router;
}
