import { z } from 'zod';
import { defineForm } from '../chat/feature.js';
import type { FormOutcome } from '../chat/form.js';
import { rolesThatMay } from '../people/roles.js';
import { listNeighbourhoods } from '../routing/neighbourhoods.js';
import { Role } from '../storage/database.js';
import { askToOverwrite, refuseOverwriting, SeenParams } from './edit-form.js';
import { sayAudience } from './editor-card.js';
import { findNewsletter, Recipients } from './newsletter.js';
import { countRecipients } from './recipients.js';
import { newsletterTexts } from './texts.js';
import { refuseIfNewer, sayNewsletterRefusal, updateNewsletter, workOnNewsletter } from './work-on-newsletter.js';

/** Whom an issue goes to. The answer says how many that are. */
export const recipientsForm = defineForm({
  id: 'newsletters.recipients',
  params: SeenParams,
  values: z.object({
    neighbourhoods: z.array(z.uuid()).default([]),
    domains: z.array(z.string().max(60)).default([]),
    roles: z.array(z.enum(Role)).default([]),
    channels: z.boolean().default(false),
  }),

  async view({ db, municipality, locale }, { newsletterId }) {
    const t = newsletterTexts(locale);
    const newsletter = await findNewsletter(db, municipality.id, newsletterId);
    const chosen = Recipients.parse(newsletter?.recipients ?? {});
    const neighbourhoods = await listNeighbourhoods(db, municipality.id);
    return {
      title: t('button.recipients'),
      submitLabel: t('form.save'),
      parts: [
        { kind: 'note', tone: 'info', text: t('form.recipients.hint') },
        {
          kind: 'multiselect',
          id: 'neighbourhoods',
          label: t('form.neighbourhoods'),
          options: neighbourhoods.map(({ id, name }) => ({ value: id, label: name })),
          value: chosen.neighbourhoods,
        },
        {
          kind: 'multiselect',
          id: 'domains',
          label: t('form.domains'),
          options: municipality.settings.lifeDomains.map((domain) => ({ value: domain.key, label: domain[locale] })),
          value: chosen.domains,
        },
        {
          kind: 'multiselect',
          id: 'roles',
          label: t('form.roles'),
          options: rolesThatMay('read signals').map((role) => ({ value: role, label: t(`role.${role}`) })),
          value: chosen.roles,
        },
        {
          kind: 'tick',
          id: 'channels',
          label: t('form.channels'),
          statement: t('form.channels.statement'),
          value: chosen.channels,
        },
      ],
    };
  },

  async submit(context, { params, values, raw }): Promise<FormOutcome> {
    const { locale, municipality } = context;
    const result = await workOnNewsletter(context, params.newsletterId, ['draft'], async (tx, newsletter) => {
      const overtaken = await refuseOverwriting(newsletter, params.seen, raw, () =>
        refuseIfNewer(tx, newsletter, params.seen),
      );
      if (overtaken) return { ok: false, ...overtaken };
      const { without } = Recipients.parse(newsletter.recipients);
      const recipients = { ...values, without };
      await updateNewsletter(tx, newsletter, {
        recipients,
        version: { increment: 1 },
        changedById: context.person.id,
        updatedAt: context.now,
      });
      return { ok: true, value: await countRecipients(tx, municipality.id, recipients) };
    });
    if (!result.ok) {
      if (result.code === 'NEWSLETTER.CHANGED') return askToOverwrite(context, params.newsletterId, result.name);
      return { kind: 'refused', text: sayNewsletterRefusal(result, locale) };
    }
    const text = newsletterTexts(locale)('saved.recipients', { audience: sayAudience(result.value, locale) });
    return { kind: 'done', card: { summary: text, parts: [{ kind: 'text', text }] } };
  },
});
