import { z } from 'zod';
import { defineAction, defineForm, type Action, type Context, type Reply } from '../chat/feature.js';
import type { FormOutcome } from '../chat/form.js';
import type { PlatformName } from '../chat/platform.js';
import type { NewsletterStatus } from '../storage/database.js';
import { approveForm } from './approve.js';
import { editForm, SeenParams } from './edit-form.js';
import { EditorParams } from './editor-card.js';
import { issueCard } from './issue-card.js';
import { editorCardKey, findNewsletter } from './newsletter.js';
import { recipientsForm } from './recipients-form.js';
import { newsletterTexts } from './texts.js';
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
  return { kind: 'card', visible: 'only-you', card };
});

/** A press that changes how the sending stands, and says what came of it. */
function control(
  name: string,
  statuses: readonly NewsletterStatus[],
  work: (context: Context, newsletterId: string) => Promise<Worked<string>>,
): Action {
  return defineAction(`newsletters.${name}`, EditorParams, async (context, { newsletterId }): Promise<Reply> => {
    const newsletter = await findNewsletter(context.db, context.municipality.id, newsletterId);
    const refusal = await refuseNewsletter(context.db, context, newsletter, statuses);
    const result: Worked<string> = refusal ? { ok: false, ...refusal } : await work(context, newsletterId);
    return say(result.ok ? result.value : sayNewsletterRefusal(result, context.locale));
  });
}

const withdraw = control('withdraw', ['approved'], (context, newsletterId) =>
  workOnNewsletter(context, newsletterId, ['approved'], async (tx, newsletter) => {
    await updateNewsletter(tx, newsletter, {
      status: 'draft',
      approvedById: null,
      approvedAt: null,
      updatedAt: context.now,
    });
    return { ok: true, value: newsletterTexts(context.locale)('withdrawn') };
  }),
);

const pause = control('pause', ['sending'], (context, newsletterId) =>
  workOnNewsletter(context, newsletterId, ['sending'], async (tx, newsletter) => {
    const count = await context.outbox.hold(tx, newsletter.municipalityId, newsletter.id);
    await updateNewsletter(tx, newsletter, { status: 'paused', updatedAt: context.now });
    return { ok: true, value: newsletterTexts(context.locale)('paused.done', { count }) };
  }),
);

const resume = control('resume', ['paused'], (context, newsletterId) =>
  workOnNewsletter(context, newsletterId, ['paused'], async (tx, newsletter) => {
    await context.outbox.release(tx, newsletter.municipalityId, newsletter.id);
    await updateNewsletter(tx, newsletter, { status: 'sending', leg: { increment: 1 }, updatedAt: context.now });
    return { ok: true, value: newsletterTexts(context.locale)('resumed.done') };
  }),
);

const stop = control('stop', ['sending', 'paused'], (context, newsletterId) =>
  workOnNewsletter(context, newsletterId, ['sending', 'paused'], async (tx, newsletter) => {
    const count = await context.outbox.cancel(tx, newsletter.municipalityId, newsletter.id);
    const { now } = context;
    await updateNewsletter(tx, newsletter, { status: 'stopped', written: true, finishedAt: now, updatedAt: now });
    return { ok: true, value: newsletterTexts(context.locale)('stopped.done', { count }) };
  }),
);

const refresh = control('refresh', ANY, async (context, newsletterId) => {
  const { municipality, outbox } = context;
  await context.write(async (tx) => {
    const newsletter = await findNewsletter(tx, municipality.id, newsletterId);
    if (newsletter) await outbox.refresh(tx, municipality.id, [editorCardKey(newsletter)]);
  });
  return { ok: true, value: newsletterTexts(context.locale)('refreshed') };
});

export const editorActions: Action[] = [...formActions, preview, withdraw, pause, resume, stop, refresh];
