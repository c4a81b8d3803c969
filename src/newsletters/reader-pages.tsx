import { Router, type Request } from 'express';
import type { VNode } from 'preact';
import { z } from 'zod';
import type { Site, Visit } from '../chat/site.js';
import type { Neighbourhood } from '../storage/database.js';
import { Page, sendPage } from '../web/layout.js';
import { readBody } from '../web/read-body.js';
import { findEditorId } from './draft-newsletter.js';
import { addReader, askReader, confirmReader, listReaders, removeReader, type ListedReader } from './readers.js';
import { readerTexts } from './texts-readers.js';
import { mayEdit } from './work-on-newsletter.js';

export const READERS_PATH = '/nieuwsbrieven/lezers';
const STYLES = ['newsletters.css', 'forums.css'];

const list = z.union([z.string(), z.array(z.string())]).transform((value) => (Array.isArray(value) ? value : [value]));
const Typed = z.object({
  name: z.string().default(''),
  mail: z.string().default(''),
  organisation: z.string().default(''),
  neighbourhoods: list.default([]),
});
type Typed = z.output<typeof Typed>;
const Asked = z.object({ municipalityId: z.uuid(), personId: z.uuid() });

/** `/nieuwsbrieven/lezers` for who edits a newsletter; and the signed page where somebody says yes to it. */
export function readerPages(site: Site): Router {
  const { db } = site;
  const router = Router();

  router.get(READERS_PATH, site.onlySignedIn, async (request, response, next) => {
    const visit = await site.visit(request);
    if (!(await mayManageReaders(site, visit))) return next();
    await sendPage(response, await pageFor(site, visit));
  });

  router.post(READERS_PATH, site.onlySignedIn, async (request, response, next) => {
    const visit = await site.visit(request);
    if (!(await mayManageReaders(site, visit))) return next();
    const typed = readBody(Typed, request);
    const { id: municipalityId } = visit.municipality;
    const t = readerTexts(visit.locale);
    const name = typed.name.trim();
    const organisation = typed.organisation.trim();
    const mail = z.email().max(254).toLowerCase().safeParse(typed.mail.trim());
    const errors = {
      ...((name === '' || name.length > 100) && { name: t('error.name') }),
      ...(!mail.success && { mail: t('error.mail') }),
      ...(organisation.length > 150 && { organisation: t('error.organisation') }),
    };
    if (!mail.success || Object.keys(errors).length > 0) {
      return sendPage(response, await pageFor(site, visit, { typed, errors }), 422);
    }
    const context = await site.contextFor(request);
    const known = await db.neighbourhood.findMany({ where: { municipalityId } });
    const neighbourhoodIds = known.map(({ id }) => id).filter((id) => typed.neighbourhoods.includes(id));
    const reader = { name, mail: mail.data, organisation: organisation || undefined, neighbourhoodIds };
    const outcome = await context.write(async (tx) => {
      const result = await addReader(tx, { municipalityId, now: context.now, fromFile: false }, reader);
      const added = await tx.newsletterReader.findFirst({
        where: { municipalityId, askedAt: null, person: { accounts: { some: { externalId: reader.mail } } } },
      });
      if (added) await askReader(tx, context, added);
      return result;
    });
    await sendPage(response, await pageFor(site, visit, { said: t(`done.${outcome}`, { mail: reader.mail }) }));
  });

  router.post(`${READERS_PATH}/verwijder`, site.onlySignedIn, async (request, response, next) => {
    const visit = await site.visit(request);
    if (!(await mayManageReaders(site, visit))) return next();
    const { personId } = readBody(z.object({ personId: z.uuid() }), request);
    const { id: municipalityId } = visit.municipality;
    const context = await site.contextFor(request);
    await context.write(async (tx) => {
      const reader = await tx.newsletterReader.findFirst({ where: { municipalityId, personId, fromFile: false } });
      if (reader) await removeReader(tx, municipalityId, personId);
    });
    await sendPage(response, await pageFor(site, visit, { said: readerTexts(visit.locale)('done.removed') }));
  });

  const answer = async (request: Request, yes: boolean): Promise<{ page: VNode; status: number }> => {
    const visit = await site.visit(request);
    const asked = Asked.safeParse(request.params);
    const reader = asked.success
      ? await db.newsletterReader.findUnique({ where: { municipalityId_personId: asked.data } })
      : null;
    const { name } = reader ? await site.municipality(reader.municipalityId) : { name: '' };
    if (reader && yes) await db.$transaction((tx) => confirmReader(tx, reader, site.now()));
    const state = reader ? (yes ? 'confirmed' : 'confirm') : 'gone';
    return {
      page: <AnswerPage visit={visit} state={state} municipality={name} request={request} />,
      status: reader ? 200 : 404,
    };
  };
  // Opening it asks first: mail filters open every link.
  router.get('/nieuwsbrieven/lezer/:municipalityId/:personId', site.onlySigned, async (request, response) => {
    const { page, status } = await answer(request, false);
    await sendPage(response, page, status);
  });
  router.post('/nieuwsbrieven/lezer/:municipalityId/:personId', site.onlySigned, async (request, response) => {
    const { page, status } = await answer(request, true);
    await sendPage(response, page, status);
  });

  return router;
}

/** The coordinator, and who edits one of the newsletters. */
export async function mayManageReaders({ db }: Site, { person, municipality }: Visit): Promise<boolean> {
  if (!person) return false;
  const editorIds = [''];
  for (const { editor } of municipality.settings.newsletters) {
    editorIds.push(await findEditorId(db, municipality, editor));
  }
  return editorIds.some((editorId) => mayEdit(person, { editorId }));
}

interface State {
  typed?: Typed;
  errors?: { name?: string; mail?: string; organisation?: string };
  said?: string;
}

async function pageFor({ db }: Site, visit: Visit, state: State = {}): Promise<VNode> {
  const municipalityId = visit.municipality.id;
  const readers = await listReaders(db, municipalityId);
  const neighbourhoods = await db.neighbourhood.findMany({ where: { municipalityId }, orderBy: { name: 'asc' } });
  return <ReadersPage visit={visit} readers={readers} neighbourhoods={neighbourhoods} {...state} />;
}

function ReadersPage({
  visit,
  readers,
  neighbourhoods,
  typed,
  errors = {},
  said,
}: State & { visit: Visit; readers: ListedReader[]; neighbourhoods: Neighbourhood[] }): VNode {
  const t = readerTexts(visit.locale);
  return (
    <Page {...visit.frame} title={t('page.title')} styles={STYLES}>
      <h1>{t('page.title')}</h1>
      <p>{t('page.intro')}</p>
      {said && (
        <p class="notice" role="status">
          {said}
        </p>
      )}
      <h2>{t('page.list')}</h2>
      {readers.length === 0 ? (
        <p>{t('page.none')}</p>
      ) : (
        <ul class="newsletter-list">
          {readers.map((reader) => (
            <ReaderLine key={reader.personId} visit={visit} reader={reader} neighbourhoods={neighbourhoods} />
          ))}
        </ul>
      )}
      <h2>{t('page.add')}</h2>
      <form method="post" action={READERS_PATH} class="forum-form" novalidate>
        <TextField id="name" label={t('name')} value={typed?.name} error={errors.name} required />
        <TextField id="mail" type="email" label={t('mail')} value={typed?.mail} error={errors.mail} required />
        <TextField
          id="organisation"
          label={t('organisation')}
          hint={t('organisation.hint')}
          value={typed?.organisation}
          error={errors.organisation}
        />
        <div class="field">
          <label class="field-label" for="neighbourhoods">
            {t('neighbourhoods')}
          </label>
          <p class="field-hint" id="neighbourhoods-hint">
            {t('neighbourhoods.hint')}
          </p>
          <select id="neighbourhoods" name="neighbourhoods" multiple aria-describedby="neighbourhoods-hint">
            {neighbourhoods.map(({ id, name }) => (
              <option key={id} value={id} selected={typed?.neighbourhoods.includes(id) ?? false}>
                {name}
              </option>
            ))}
          </select>
        </div>
        <button class="button" type="submit">
          {t('add')}
        </button>
      </form>
    </Page>
  );
}

function ReaderLine(props: { visit: Visit; reader: ListedReader; neighbourhoods: Neighbourhood[] }): VNode {
  const { visit, reader, neighbourhoods } = props;
  const t = readerTexts(visit.locale);
  const names = neighbourhoods.filter(({ id }) => reader.neighbourhoodIds.includes(id)).map(({ name }) => name);
  const about = [
    reader.mail,
    reader.organisation ?? '',
    names.join(', ') || t('neighbourhoods.all'),
    t(`state.${reader.state}`),
    reader.fromFile ? t('from.file') : '',
  ];
  return (
    <li>
      <span>{reader.name}</span>
      <span class="newsletter-day">{about.filter(Boolean).join(' · ')}</span>
      {!reader.fromFile && (
        <form method="post" action={`${READERS_PATH}/verwijder`}>
          <button
            type="submit"
            class="link-button"
            name="personId"
            value={reader.personId}
            aria-label={t('remove.who', { name: reader.name })}
          >
            {t('remove')}
          </button>
        </form>
      )}
    </li>
  );
}

function TextField(props: {
  id: string;
  label: string;
  type?: 'email';
  hint?: string;
  value: string | undefined;
  error: string | undefined;
  required?: boolean;
}): VNode {
  const { id, label, type = 'text', hint, value = '', error, required = false } = props;
  const described = [error && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(' ');
  return (
    <div class="field">
      <label class="field-label" for={id}>
        {label}
      </label>
      {hint && (
        <p class="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <input
        id={id}
        name={id}
        type={type}
        value={value}
        required={required}
        autocomplete="off"
        {...(described && { 'aria-describedby': described })}
        {...(error && { 'aria-invalid': 'true' as const })}
      />
      {error && (
        <p class="field-error" id={`${id}-error`}>
          {error}
        </p>
      )}
    </div>
  );
}

/** It names nobody: whoever was sent the mail on sees it too. */
function AnswerPage(props: {
  visit: Visit;
  state: 'confirm' | 'confirmed' | 'gone';
  municipality: string;
  request: Request;
}): VNode {
  const { visit, state, municipality, request } = props;
  const { locale, language } = visit.frame;
  const t = readerTexts(locale);
  return (
    <Page locale={locale} language={language} title={t(`${state}.title`)}>
      <section class="error-page">
        <h1>{t(`${state}.title`)}</h1>
        <p>{t(`${state}.text`, { municipality })}</p>
        {state === 'confirm' && (
          <form method="post" action={request.originalUrl}>
            <button class="button" type="submit">
              {t('confirm.button')}
            </button>
          </form>
        )}
      </section>
    </Page>
  );
}
