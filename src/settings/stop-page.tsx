import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import type { MunicipalityInfo } from '../chat/feature.js';
import type { AddressSigner } from '../chat/signed-address.js';
import type { Subscription } from '../chat/subscriptions.js';
import { toLocale } from '../chat/texts.js';
import type { Db } from '../storage/database.js';
import { chosenLocale } from '../web/language.js';
import { Page, sendPage } from '../web/layout.js';
import { writeChoice } from './save-settings.js';
import { settingsTexts } from './texts.js';

const Params = z.object({ municipalityId: z.uuid(), personId: z.uuid(), kind: z.string().max(100) });

/**
 * `/afmelden/...`: stops one kind of message for one person by a signed address, without signing in. Opening it asks first:
 * mail filters open every link. The POST is the click itself, also the one a mail program does on its own (RFC 8058).
 */
export function stopRoutes(options: {
  db: Db;
  signer: AddressSigner;
  subscriptions: Subscription[];
  municipality(id: string): Promise<MunicipalityInfo>;
}): Router {
  const { db, signer, subscriptions, municipality } = options;
  const router = Router();

  async function read(request: Request) {
    const params = Params.safeParse(request.params);
    if (!params.success || !signer.isSigned(request.path, request.query['s'])) return undefined;
    const { municipalityId, personId, kind } = params.data;
    const subscription = subscriptions.find(({ id }) => id === kind);
    const person = await db.person.findUnique({
      where: { municipalityId_id: { municipalityId, id: personId } },
      select: { locale: true },
    });
    if (!subscription || !person) return undefined;
    const town = await municipality(municipalityId);
    // In the language of the message that the link stands in.
    const locale = person.locale ? toLocale(person.locale) : town.locale;
    return { ...params.data, subscription, locale, municipality: town.name };
  }

  async function answer(request: Request, response: Response, stopped: boolean): Promise<void> {
    const found = await read(request);
    const locale = chosenLocale(request) ?? found?.locale ?? 'nl';
    const t = settingsTexts(locale);
    const label = found?.subscription.label(locale) ?? '';
    if (found && stopped) {
      const { municipalityId, personId, kind } = found;
      await db.$transaction((tx) => writeChoice(tx, { municipalityId, personId, kind }, false));
    }
    const title = found ? t(stopped ? 'stop.done.title' : 'stop.title') : t('stop.unknown.title');
    response.set('Cache-Control', 'no-store');
    await sendPage(
      response,
      <Page
        locale={locale}
        title={title}
        {...(found && { municipality: found.municipality })}
        language={{ action: '/taal', fields: { back: request.originalUrl } }}
      >
        <section class="error-page">
          <h1>{title}</h1>
          {!found && <p>{t('stop.unknown.text')}</p>}
          {found && <p>{t(stopped ? 'stop.done.text' : 'stop.text', { kind: label })}</p>}
          {found && !stopped && (
            <form method="post" action={request.originalUrl}>
              <button class="button" type="submit">
                {t('stop.confirm')}
              </button>
            </form>
          )}
        </section>
      </Page>,
      found ? 200 : 404,
    );
  }

  router.get('/afmelden/:municipalityId/:personId/:kind', (request, response) => answer(request, response, false));
  router.post('/afmelden/:municipalityId/:personId/:kind', (request, response) => answer(request, response, true));
  return router;
}
