import type { VNode } from 'preact';
import type { Field } from '../chat/form.js';
import type { Visit } from '../chat/site.js';
import { Page } from '../web/layout.js';
import { planFields } from './plan-form.js';
import { forumTexts } from './texts.js';

/** The same fields as the form in the chat; what was typed stays, and each error stands at its field. */
export function PlanPage(props: {
  scene: Visit;
  typed?: Record<string, string | undefined>;
  errors?: Record<string, string>;
}): VNode {
  const { scene, typed, errors = {} } = props;
  const t = forumTexts(scene.locale);
  const fields = planFields(scene.locale, scene.municipality.zone);
  return (
    <Page {...scene.frame} title={t('form.plan')} styles={['forums.css']}>
      <h1>{t('form.plan')}</h1>
      <form method="post" action="/forum/plan" class="forum-form" novalidate>
        {fields.map((field) => (
          <PlanField
            key={field.id}
            field={field}
            value={typed ? (typed[field.id] ?? '') : String(field.value ?? '')}
            error={errors[field.id]}
          />
        ))}
        <button class="button" type="submit">
          {t('form.save')}
        </button>
      </form>
    </Page>
  );
}

function PlanField({ field, value, error }: { field: Field; value: string; error: string | undefined }): VNode {
  const described = [error && `${field.id}-error`, field.hint && `${field.id}-hint`].filter(Boolean).join(' ');
  const common = {
    id: field.id,
    name: field.id,
    required: field.required ?? false,
    ...(described && { 'aria-describedby': described }),
    ...(error && { 'aria-invalid': 'true' as const }),
  };
  return (
    <div class="field">
      <label class="field-label" for={field.id}>
        {field.label}
      </label>
      {field.hint && (
        <p class="field-hint" id={`${field.id}-hint`}>
          {field.hint}
        </p>
      )}
      {field.kind === 'select' ? (
        <select {...common}>
          {field.options.map((option) => (
            <option key={option.value} value={option.value} selected={option.value === value}>
              {option.label}
            </option>
          ))}
        </select>
      ) : (
        <input {...common} type={field.kind === 'date' ? 'date' : 'text'} value={value} />
      )}
      {error && (
        <p class="field-error" id={`${field.id}-error`}>
          {error}
        </p>
      )}
    </div>
  );
}
