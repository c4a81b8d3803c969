import type { VNode } from 'preact';
import { chatTexts } from '../../../chat/chat-texts.js';
import type { Field, FormPart, OpenForm } from '../../../chat/form.js';
import type { Locale } from '../../../chat/texts.js';
import { Icon } from '../../../web/components.js';
import { playgroundTexts } from '../texts.js';
import { fieldId, FieldView } from './fields.js';

export interface FormProps {
  form: OpenForm;
  /** By field id; one that belongs to no field stands above the form. */
  errors: Record<string, string>;
  /** What it was like when it was sent, kept when it comes back. */
  unfolded: boolean;
  /** Who fills it in, and where the confirmation goes. */
  context: Record<string, string>;
  locale: Locale;
}

export function FormDialog(props: FormProps): VNode {
  return (
    <dialog class="dialog" data-dialog aria-labelledby="formulier-titel">
      <FormBody {...props} />
    </dialog>
  );
}

/** The form inside its dialog: the part that is replaced when it comes back with errors. */
export function FormBody({ form, errors, unfolded, context, locale }: FormProps): VNode {
  const t = playgroundTexts(locale);
  const chat = chatTexts(locale);
  const { view, token } = form;
  const more = view.parts.filter((part) => part.section === 'more');
  const firstMore = view.parts.findIndex((part) => part.section === 'more');
  const show = (part: FormPart, key: number) =>
    part.kind === 'note' ? (
      <p key={key} class={`note note-${part.tone}`}>
        <Icon name={part.tone} />
        <span>{part.text}</span>
      </p>
    ) : (
      <FieldView key={key} field={part} error={errors[part.id]} t={t} />
    );
  return (
    <form
      id="formulier"
      class="form"
      hx-post="/speeltuin/formulier"
      hx-target="this"
      hx-swap="outerHTML"
      hx-sync="this:drop"
      hx-disabled-elt="find button[type='submit']"
      novalidate
      autocomplete="off"
    >
      {Object.entries({ ...context, formulier: token }).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <header class="form-header">
        <h2 id="formulier-titel">{view.title}</h2>
        <button type="button" class="icon-button" data-close aria-label={t('form.close')} title={t('form.close')}>
          <Icon name="close" />
        </button>
      </header>
      <div class="form-body">
        <ErrorSummary view={view.parts} errors={errors} locale={locale} />
        {view.parts.map((part, index) =>
          index === firstMore ? (
            <MoreDetails
              key={index}
              parts={more}
              open={unfolded || more.some((one) => hasError(one, errors))}
              locale={locale}
            >
              {more.map(show)}
            </MoreDetails>
          ) : part.section === 'more' ? null : (
            show(part, index)
          ),
        )}
      </div>
      <div id="formulier-melding" class="form-alert" role="alert"></div>
      <footer class="form-footer">
        <p class="form-discard" data-discard role="alert" hidden>
          <span>{t('form.discard.title')}</span>
          <button type="button" class="button button-plain" data-keep>
            {t('form.discard.keep')}
          </button>
          <button type="button" class="button button-danger" data-discard-yes>
            {t('form.discard.yes')}
          </button>
        </p>
        <button type="button" class="button button-plain" data-close>
          {chat('form.cancel')}
        </button>
        <button type="submit" class="button button-primary">
          <span class="when-idle">{view.submitLabel}</span>
          <span class="when-sending">{t('form.sending')}</span>
        </button>
      </footer>
    </form>
  );
}

/** Folded away until asked for; what is filled in there is named on the fold. */
function MoreDetails(props: { parts: FormPart[]; open: boolean; locale: Locale; children: VNode[] }): VNode {
  const filled = props.parts.filter(isFilled).map((field) => field.label);
  return (
    <details class="more" open={props.open} data-more>
      <summary>
        <Icon name="chevron" />
        <span class="more-label">{chatTexts(props.locale)('form.more')}</span>
        {filled.length > 0 && (
          <span class="more-filled">{playgroundTexts(props.locale)('form.filled', { fields: filled.join(', ') })}</span>
        )}
      </summary>
      <input type="hidden" name="meer" value={props.open ? 'open' : ''} />
      <div class="more-fields">{props.children}</div>
    </details>
  );
}

function ErrorSummary(props: { view: FormPart[]; errors: Record<string, string>; locale: Locale }): VNode | null {
  const entries = Object.entries(props.errors);
  if (entries.length === 0) return null;
  const fieldOf = (id: string) => props.view.find((part): part is Field => part.kind !== 'note' && part.id === id);
  return (
    <div class="error-summary" role="alert">
      <p>{playgroundTexts(props.locale)('form.errors', { count: entries.length })}</p>
      <ul>
        {entries.map(([id, error]) => {
          const field = fieldOf(id);
          return <li key={id}>{field ? <a href={`#${fieldId(id)}`}>{aboutField(field, error)}</a> : error}</li>;
        })}
      </ul>
    </div>
  );
}

/** "Titel: vul dit in.", and "Wat zie je? Vul dit in." where the label ends by itself. */
function aboutField(field: Field, error: string): string {
  return /\p{P}$/u.test(field.label) ? `${field.label} ${error}` : `${field.label}: ${error}`;
}

function hasError(part: FormPart, errors: Record<string, string>): boolean {
  return part.kind !== 'note' && part.id in errors;
}

function isFilled(part: FormPart): part is Field {
  if (part.kind === 'note') return false;
  return Array.isArray(part.value) ? part.value.some(Boolean) : Boolean(part.value);
}
