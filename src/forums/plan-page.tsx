import type { VNode } from 'preact';
import { chatTexts } from '../chat/chat-texts.js';
import type { Field } from '../chat/form.js';
import type { Visit } from '../chat/site.js';
import type { Locale } from '../chat/texts.js';
import { Page } from '../web/layout.js';
import { planFields } from './plan-form.js';
import { forumTexts } from './texts.js';
import { BackToAll } from './views.js';

/** The same fields as the form in the chat; what was typed stays, and each error stands at its field. */
export function PlanPage(props: {
  scene: Visit;
  typed?: Record<string, string | undefined>;
  errors?: Record<string, string>;
}): VNode {
  const { scene, typed, errors = {} } = props;
  const t = forumTexts(scene.locale);
  const fields = planFields(scene.locale, scene.municipality.zone);
  const wrong = fields.filter(({ id }) => errors[id]);
  return (
    <Page
      {...scene.frame}
      title={wrong.length > 0 ? `${t('page.notSaved')}: ${t('form.plan')}` : t('form.plan')}
      styles={['forums.css']}
    >
      <div class="forum-page">
        <BackToAll scene={scene} />
        <h1>{t('form.plan')}</h1>
        <form method="post" action="/forum/plan" class="forum-form" novalidate>
          {wrong.length > 0 && (
            <div class="error-summary" role="alert">
              <p>{t('page.notSaved')}</p>
              <ul>
                {wrong.map(({ id, label }) => (
                  <li key={id}>
                    <a href={`#${id}`}>{`${label}: ${errors[id] ?? ''}`}</a>
                  </li>
                ))}
              </ul>
            </div>
          )}
          {fields.map((field) => (
            <PlanField
              key={field.id}
              field={field}
              value={typed ? (typed[field.id] ?? '') : String(field.value ?? '')}
              error={errors[field.id]}
              locale={scene.locale}
            />
          ))}
          <button class="button" type="submit">
            {t('form.save')}
          </button>
        </form>
      </div>
    </Page>
  );
}

function PlanField(props: { field: Field; value: string; error: string | undefined; locale: Locale }): VNode {
  const { field, value, error, locale } = props;
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
        {!field.required && <span class="field-optional">{chatTexts(locale)('form.optional')}</span>}
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
