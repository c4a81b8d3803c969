import { z } from 'zod';
import type { CardPart } from '../chat/card.js';
import { defineAction, defineForm, type Action, type Answer, type Context, type Reply } from '../chat/feature.js';
import type { FormOutcome } from '../chat/form.js';
import type { PlatformName } from '../chat/platform.js';
import type { Newsletter, NewsletterStatus, Tx } from '../storage/database.js';
import { approveForm } from './approve.js';
import { editForm, SeenParams } from './edit-form.js';
import { CONTROLS, EditorParams, type ControlName } from './editor-card.js';
import { issueCard } from './issue-card.js';
import { editorCardKey, findNewsletter, previewPath } from './newsletter.js';
import { recipientsForm } from './recipients-form.js';
import { newsletterTexts } from './texts.js';
import { pageTexts } from './texts-pages.js';
import {
  refuseNewsletter,
  say,
  sayNewsletterRefusal,
  updateNewsletter,
  workOnNewsletter,
  type Worked,
} from './work-on-newsletter.js';

const ANY: readonly NewsletterStatus[] = ['draft', 'approved', 'sending', 'paused', 'stopped', 'sent', 'skipped'];

/** A test goes where the editor can be reached, so that it is seen exactly as it will be there. */
export const testForm = defineForm({
  id: 'newsletters.test',
  params: SeenParams,
  values: z.object({ platform: z.enum(['slack', 'teams', 'playground', 'mail']) }),

  async view(context) {
    const t = newsletterTexts(context.locale);
    const platforms = await platformsOf(context);
    return {
      title: t('form.test'),
      submitLabel: t('form.test.send'),
      parts: [
        {
          kind: 'select',
          id: 'platform',
          label: t('form.test.where'),
          required: true,
          options: platforms.map((name) => ({ value: name, label: t(`platform.${name}`) })),
          ...withValue(platforms.find((name) => name === context.platform) ?? platforms[0]),
        },
      ],
    };
  },

  async submit(context, { params, values, formId }): Promise<FormOutcome> {
    const { outbox, municipality, person, locale } = context;
    const t = newsletterTexts(locale);
    const reachable = (await platformsOf(context)).includes(values.platform);
    const { newsletterId } = params;
    const result = await workOnNewsletter(context, newsletterId, ANY, async (tx) => {
      if (!reachable) return { ok: false, code: 'NEWSLETTER.NO_ACCOUNT' };
      await outbox.post(tx, municipality.id, [
        {
          key: `newsletter-test:${newsletterId}:${formId}`,
          to: { personId: person.id },
          view: 'newsletters.test',
          params: { newsletterId },
          platform: values.platform,
        },
      ]);
      return { ok: true, value: undefined };
    });
    if (!result.ok) return { kind: 'refused', text: sayNewsletterRefusal(result, locale) };
    const text = t('tested', { platform: t(`platform.${values.platform}`) });
    return { kind: 'done', card: { summary: text, parts: [{ kind: 'text', text }] } };
  },
});

const withValue = (value: string | undefined) => (value === undefined ? {} : { value });

async function platformsOf({ db, municipality, person }: Context): Promise<PlatformName[]> {
  const accounts = await db.account.findMany({
    where: { municipalityId: municipality.id, personId: person.id, active: true },
    select: { platform: true },
    orderBy: { platform: 'asc' },
  });
  return [...new Set(accounts.map(({ platform }) => platform as PlatformName))];
}

const forms = { edit: editForm, recipients: recipientsForm, test: testForm, approve: approveForm } as const;

/** Opens one of the forms; who may not, or comes too late, is told before filling it in. */
const formActions = Object.entries(forms).map(([name, form]): Action =>
  defineAction(`newsletters.${name}`, SeenParams, async (context, { newsletterId }) => {
    const newsletter = await findNewsletter(context.db, context.municipality.id, newsletterId);
    const refusal = await refuseNewsletter(context.db, context, newsletter, name === 'test' ? ANY : ['draft']);
    if (refusal || !newsletter) {
      return say(sayNewsletterRefusal(refusal ?? { code: 'NEWSLETTER.GONE' }, context.locale));
    }
    // As it stands now: what is filled in is what was last saved.
    return { kind: 'form', form: await context.openForm(form, { newsletterId, seen: newsletter.version }) };
  }),
);

const preview = defineAction('newsletters.preview', EditorParams, async (context, { newsletterId }): Promise<Reply> => {
  const newsletter = await findNewsletter(context.db, context.municipality.id, newsletterId);
  const refusal = await refuseNewsletter(context.db, context, newsletter, ANY);
  if (refusal || !newsletter) {
    return say(sayNewsletterRefusal(refusal ?? { code: 'NEWSLETTER.GONE' }, context.locale));
  }
  const card = await issueCard(context, newsletter);
  const aside: CardPart = {
    kind: 'link',
    label: pageTexts(context.locale)('preview.link'),
    url: context.url(previewPath(newsletter)),
  };
  return { kind: 'card', visible: 'only-you', card: { ...card, parts: [...card.parts, aside] } };
});

/** What changes how the sending stands: from which statuses, and what it does. */
const controls = {
  withdraw: {
    from: ['approved'],
    async work({ locale, now }, tx, newsletter) {
      const data = { status: 'draft' as const, approvedById: null, approvedAt: null, updatedAt: now };
      await updateNewsletter(tx, newsletter, data);
      return newsletterTexts(locale)('withdrawn');
    },
  },
  pause: {
    from: ['sending'],
    async work({ locale, now, outbox }, tx, newsletter) {
      const count = await outbox.hold(tx, newsletter.municipalityId, newsletter.id);
      await updateNewsletter(tx, newsletter, { status: 'paused', updatedAt: now });
      return newsletterTexts(locale)('paused.done', { count });
    },
  },
  resume: {
    from: ['paused'],
    async work({ locale, now, outbox }, tx, newsletter) {
      await outbox.release(tx, newsletter.municipalityId, newsletter.id);
      await updateNewsletter(tx, newsletter, { status: 'sending', leg: { increment: 1 }, updatedAt: now });
      return newsletterTexts(locale)('resumed.done');
    },
  },
  stop: {
    from: ['sending', 'paused'],
    async work({ locale, now, outbox }, tx, newsletter) {
      const count = await outbox.cancel(tx, newsletter.municipalityId, newsletter.id);
      await updateNewsletter(tx, newsletter, { status: 'stopped', written: true, finishedAt: now, updatedAt: now });
      return newsletterTexts(locale)('stopped.done', { count });
    },
  },
} satisfies Record<
  string,
  {
    from: readonly NewsletterStatus[];
    work(context: Context, tx: Tx, newsletter: Newsletter): Promise<string>;
  }
>;

/** Does one of these with an issue; the words say what came of it. */
export function controlSending(context: Context, name: ControlName, newsletterId: string): Promise<Worked<string>> {
  const { from, work } = controls[name];
  return workOnNewsletter(context, newsletterId, from, async (tx, newsletter) => ({
    ok: true,
    value: await work(context, tx, newsletter),
  }));
}

const controlActions = CONTROLS.map((name): Action =>
  defineAction(`newsletters.${name}`, EditorParams, async (context, { newsletterId }): Promise<Answer> => {
    const result = await controlSending(context, name, newsletterId);
    if (!result.ok) return say(sayNewsletterRefusal(result, context.locale));
    const newsletter = await findNewsletter(context.db, context.municipality.id, newsletterId);
    return { kind: 'shown', on: newsletter ? [editorCardKey(newsletter)] : [], text: result.value };
  }),
);

const refresh = defineAction(
  'newsletters.refresh',
  EditorParams,
  async (context, { newsletterId }): Promise<Answer> => {
    const { municipality, outbox, locale } = context;
    const newsletter = await findNewsletter(context.db, municipality.id, newsletterId);
    const refusal = await refuseNewsletter(context.db, context, newsletter, ANY);
    if (refusal || !newsletter) return say(sayNewsletterRefusal(refusal ?? { code: 'NEWSLETTER.GONE' }, locale));
    await context.write((tx) => outbox.refresh(tx, municipality.id, [editorCardKey(newsletter)]));
    return { kind: 'shown', on: [editorCardKey(newsletter)], text: newsletterTexts(locale)('refreshed') };
  },
);

export const editorActions: Action[] = [...formActions, preview, ...controlActions, refresh];
