import type { ComponentChildren, VNode } from 'preact';
import type { Field } from '../../../chat/form.js';
import { Icon } from '../../../web/components.js';
import { fieldName } from '../form-values.js';
import type { PlaygroundTranslate } from '../texts.js';

export const fieldId = (id: string) => `veld-${id}`;

export interface FieldProps {
  field: Field;
  error: string | undefined;
  t: PlaygroundTranslate;
}

/** One field of a form with its label, hint and error. */
export function FieldView(props: FieldProps): VNode {
  const { field, error, t } = props;
  const id = fieldId(field.id);
  const described = [field.hint && `${id}-hint`, error && `${id}-fout`].filter(Boolean).join(' ') || undefined;
  const common = {
    id,
    name: fieldName(field),
    'aria-describedby': described,
    'aria-invalid': error ? ('true' as const) : undefined,
    'aria-required': field.required ? ('true' as const) : undefined,
  };

  switch (field.kind) {
    case 'text':
      return (
        <Labelled {...props} label={<label for={id}>{field.label}</label>}>
          <input
            {...common}
            type="text"
            value={field.value}
            placeholder={field.placeholder}
            data-limit={field.maxLength}
          />
          <Counter id={id} limit={field.maxLength} t={t} />
        </Labelled>
      );
    case 'multiline':
      return (
        <Labelled {...props} label={<label for={id}>{field.label}</label>}>
          <textarea {...common} rows={4} placeholder={field.placeholder} data-limit={field.maxLength}>
            {/* A browser drops the first line break of a text area. */}
            {field.value?.startsWith('\n') ? `\n${field.value}` : field.value}
          </textarea>
          <Counter id={id} limit={field.maxLength} t={t} />
        </Labelled>
      );
    case 'select':
      return (
        <Labelled {...props} label={<label for={id}>{field.label}</label>}>
          <select {...common}>
            {/* What must be chosen and is, cannot be left open again. */}
            {field.required && field.value ? null : (
              <option value="">{field.required ? t('select.none') : t('form.none')}</option>
            )}
            {field.options.map((option) => (
              <option key={option.value} value={option.value} selected={option.value === field.value}>
                {option.label}
              </option>
            ))}
          </select>
        </Labelled>
      );
    case 'date':
      return (
        <Labelled {...props} label={<label for={id}>{field.label}</label>}>
          <input {...common} type="date" value={field.value} />
        </Labelled>
      );
    case 'search':
      return (
        <Labelled {...props} label={<label for={id}>{field.label}</label>}>
          <Combobox {...props} field={field} described={described} />
        </Labelled>
      );
    case 'multiselect':
      return (
        <Grouped {...props} described={described}>
          <input type="hidden" name={common.name} value="" />
          <div class="choices">
            {field.options.map((option, at) => (
              <label key={option.value} class="choice">
                <input
                  type="checkbox"
                  id={at === 0 ? id : undefined}
                  name={common.name}
                  value={option.value}
                  checked={field.value?.includes(option.value) ?? false}
                />
                <span>{option.label}</span>
              </label>
            ))}
          </div>
        </Grouped>
      );
    case 'tick':
      return (
        <Grouped {...props} described={described}>
          <input type="hidden" name={common.name} value="" />
          <label class="choice">
            <input type="checkbox" {...common} aria-describedby={undefined} value="on" checked={field.value ?? false} />
            <span>{field.statement}</span>
          </label>
        </Grouped>
      );
  }
}

interface PartProps extends FieldProps {
  children: ComponentChildren;
}

function Labelled({ field, error, t, label, children }: PartProps & { label: VNode }): VNode {
  return (
    <div class={error ? 'field field-wrong' : 'field'}>
      <div class="field-label">
        {label}
        {!field.required && <span class="field-optional">{t('form.optional')}</span>}
      </div>
      <Hint field={field} />
      {children}
      <FieldError field={field} error={error} />
    </div>
  );
}

function Grouped({ field, error, t, described, children }: PartProps & { described: string | undefined }): VNode {
  return (
    <fieldset class={error ? 'field field-wrong' : 'field'} aria-describedby={described}>
      <legend class="field-label">
        <span>{field.label}</span>
        {!field.required && <span class="field-optional">{t('form.optional')}</span>}
      </legend>
      <Hint field={field} />
      {children}
      <FieldError field={field} error={error} />
    </fieldset>
  );
}

function Hint({ field }: { field: Field }): VNode | null {
  return field.hint ? (
    <p class="field-hint" id={`${fieldId(field.id)}-hint`}>
      {field.hint}
    </p>
  ) : null;
}

function FieldError({ field, error }: { field: Field; error: string | undefined }): VNode | null {
  return error ? (
    <p class="field-error" id={`${fieldId(field.id)}-fout`}>
      <Icon name="warning" />
      <span>{error}</span>
    </p>
  ) : null;
}

/** Shown by the script once the text nears its limit; the field itself never cuts off what is pasted. */
function Counter({ id, limit, t }: { id: string; limit: number; t: PlaygroundTranslate }): VNode {
  return (
    <p
      class="field-counter"
      id={`${id}-teller`}
      data-template={t('form.characters', { length: '#', maximum: limit })}
      hidden
    />
  );
}

/** Type-ahead after the WAI-ARIA combobox pattern; `combobox.js` fills the list and keeps the chosen ones. */
function Combobox({
  field,
  error,
  t,
  described,
}: FieldProps & { field: Extract<Field, { kind: 'search' }>; described: string | undefined }): VNode {
  const id = fieldId(field.id);
  const name = fieldName(field);
  return (
    <div
      class="combobox"
      data-combobox
      data-name={name}
      data-source={field.source}
      data-multiple={field.multiple ? 'true' : 'false'}
      data-remove={t('search.remove', { label: '#' })}
      data-count-one={t('search.count', { count: 1 })}
      data-count-other={t('search.count', { count: 99 }).replace('99', '#')}
      data-nothing={t('search.nothing')}
      data-choose={t('search.choose')}
      data-chosen={t('search.chosen', { label: '#' })}
      data-removed={t('search.removed', { label: '#' })}
    >
      <input type="hidden" name={name} value="" />
      <div class="combobox-box">
        <ul class="chips" id={`${id}-gekozen`}>
          {(field.value ?? []).map((option) => (
            <li key={option.value} class="chip">
              <span class="chip-label">{option.label}</span>
              <button type="button" class="chip-remove" aria-label={t('search.remove', { label: option.label })}>
                <Icon name="close" />
              </button>
              <input type="hidden" name={name} value={option.value} />
            </li>
          ))}
        </ul>
        <input
          id={id}
          type="text"
          role="combobox"
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          aria-autocomplete="list"
          aria-expanded="false"
          aria-controls={`${id}-lijst`}
          aria-describedby={[described, `${id}-gekozen`].filter(Boolean).join(' ')}
          aria-invalid={error ? 'true' : undefined}
          aria-required={field.required ? 'true' : undefined}
          placeholder={t('search.placeholder')}
        />
        <ul class="combobox-list" role="listbox" id={`${id}-lijst`} aria-label={field.label} hidden></ul>
      </div>
      <p class="combobox-status visually-hidden" role="status"></p>
    </div>
  );
}
