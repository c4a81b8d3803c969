import { Router, type Request, type Response } from 'express';
import type { VNode } from 'preact';
import { v4 as uuidv4 } from 'uuid';
import { z } from 'zod';
import type { Context } from '../chat/feature.js';
import type { Frame, Site } from '../chat/site.js';
import { may } from '../people/roles.js';
import { findSignalByReference, type SignalDetail } from '../signals/read-signals.js';
import { signalTexts } from '../signals/texts.js';
import { checkTypedOnPage, TypedField, TypedForm, type Tried } from '../signals/typed-on-page.js';
import { Page, sendPage } from '../web/layout.js';
import { readBody } from '../web/read-body.js';
import { endorse, OBSERVATION_MAX, ORGANISATION_MAX } from './endorse.js';
import { sayEndorseRefusal } from './say-endorsement.js';
import { endorsementTexts } from './texts.js';

/** Confirmations are ticked boxes whose names depend on what they confirm. */
const Body = z.record(z.string().max(40), z.string().max(10 * OBSERVATION_MAX));

/** `/signalen/<reference>/ook-bij-ons`: what the button "Ook bij ons" does in the chat, for who reads the site. */
export function endorsementPages(site: Site): Router {
  const router = Router();
  const address = '/signalen/:reference/ook-bij-ons';

  /** The signal, for who may confirm it; undefined when the visitor was told why not. */
  const open = async (request: Request, response: Response) => {
    const context = await site.contextFor(request);
    const { db, municipality, person, locale } = context;
    const signal = await findSignalByReference(db, municipality.id, String(request.params['reference']));
    if (!may(person, 'file a signal')) {
      await say(request, response, signalTexts(locale)('error.notYours'), 403);
    } else if (!signal) {
      await say(request, response, endorsementTexts(locale)('ENDORSE.GONE'), 404);
    } else return { context, signal };
    return undefined;
  };

  const say = async (request: Request, response: Response, text: string, status: number, reference?: string) => {
    const { frame } = await site.visit(request);
    await sendPage(response, <MessagePage frame={frame} text={text} reference={reference} />, status);
  };

  const show = async (
    request: Request,
    response: Response,
    { context, signal }: { context: Context; signal: SignalDetail },
    typed: { formId: string; organisation: string; tried?: Tried | undefined; organisationError?: string | undefined },
  ) => {
    const { frame } = await site.visit(request);
    const failed = typed.tried !== undefined || typed.organisationError !== undefined;
    await sendPage(
      response,
      <EndorsePage frame={frame} locale={context.locale} signal={signal} {...typed} />,
      failed ? 422 : 200,
    );
  };

  router.get(address, site.onlySignedIn, async (request, response) => {
    const found = await open(request, response);
    if (!found) return;
    const organisation = found.context.person.organisation ?? '';
    await show(request, response, found, { formId: uuidv4(), organisation });
  });

  router.post(address, site.onlySignedIn, async (request, response) => {
    const found = await open(request, response);
    if (!found) return;
    const { context, signal } = found;
    const { locale } = context;
    const t = endorsementTexts(locale);
    const body = readBody(Body, request);
    const formId = z.uuid().parse(body['formId']);
    const organisation = (body['organisation'] ?? '').trim();
    const observation = (body['observation'] ?? '').replaceAll('\r\n', '\n').trim();
    const organisationError =
      organisation.length > 0 && organisation.length <= ORGANISATION_MAX ? undefined : t('page.organisation');
    const tried = checkTypedOnPage(observation, body, { locale, maximum: OBSERVATION_MAX, allow: [organisation] });
    if (tried || organisationError) {
      return show(request, response, found, {
        formId,
        organisation,
        organisationError,
        tried: tried ?? { text: observation },
      });
    }
    const result = await endorse(context, formId, { signalId: signal.id, organisation, observation });
    const { reference } = signal;
    if (!result.ok) return say(request, response, sayEndorseRefusal(context, result), 409, reference);
    response.redirect(303, `/signalen/${reference}/ook-bij-ons/bevestigd`);
  });

  router.get(`${address}/bevestigd`, site.onlySignedIn, async (request, response) => {
    const found = await open(request, response);
    if (!found) return;
    const t = endorsementTexts(found.context.locale);
    const { reference } = found.signal;
    const text = [t('endorse.done', { reference }), t('endorse.next')].join(' ');
    await say(request, response, text, 200, reference);
  });

  return router;
}

function MessagePage(props: { frame: Frame; text: string; reference: string | undefined }): VNode {
  const { frame, text, reference } = props;
  const t = endorsementTexts(frame.locale);
  return (
    <Page {...frame} title={t('endorse.title')}>
      <section class="one-thing">
        <h1>{t('endorse.title')}</h1>
        <p>{text}</p>
        <p>
          <a href={reference ? `/signalen/${reference}` : '/'}>{t(reference ? 'page.back' : 'page.all')}</a>
        </p>
      </section>
    </Page>
  );
}

function EndorsePage(props: {
  frame: Frame;
  locale: Context['locale'];
  signal: SignalDetail;
  formId: string;
  organisation: string;
  organisationError?: string | undefined;
  tried?: Tried | undefined;
}): VNode {
  const { frame, locale, signal, formId, organisation, organisationError, tried } = props;
  const t = endorsementTexts(locale);
  const { reference, title } = signal;
  return (
    <Page {...frame} title={t('endorse.title')}>
      <section class="one-thing">
        <p>
          <a href={`/signalen/${reference}`}>{t('page.back')}</a>
        </p>
        <h1>{t('endorse.title')}</h1>
        <p>
          <strong>{t('endorse.about', { reference, title })}</strong>
        </p>
        <blockquote class="said">{signal.description}</blockquote>
        <TypedForm
          action={`/signalen/${reference}/ook-bij-ons`}
          refused={tried || organisationError ? t('page.errors') : undefined}
          submit={t('endorse.submit')}
        >
          <input type="hidden" name="formId" value={formId} />
          <TypedField
            id="observation"
            label={t('endorse.observation')}
            hint={t('endorse.observation.hint')}
            maximum={OBSERVATION_MAX}
            tried={tried}
            confirms={t('page.names')}
          />
          <div class="field">
            <label class="field-label" for="organisation">
              {t('endorse.organisation')}
            </label>
            <p class="field-hint" id="organisation-hint">
              {t('endorse.organisation.hint')}
            </p>
            <input
              type="text"
              id="organisation"
              name="organisation"
              required
              maxLength={ORGANISATION_MAX}
              value={organisation}
              aria-describedby={organisationError ? 'organisation-hint organisation-error' : 'organisation-hint'}
              aria-invalid={organisationError ? 'true' : undefined}
              autofocus={organisationError !== undefined && !tried?.error && !tried?.confirm}
            />
            {organisationError && (
              <p class="field-error" id="organisation-error">
                {organisationError}
              </p>
            )}
          </div>
        </TypedForm>
      </section>
    </Page>
  );
}
