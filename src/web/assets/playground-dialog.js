// Forms in a dialog: opening, errors, nothing thrown away by accident.
import { showAlert } from './playground-alert.js';
import { resolveAll, startCombobox } from './combobox.js';
import { focusComposer } from './playground-composer.js';

const FIELDS = 'input:not([type="hidden"]), textarea, select';

/** Fires for every part htmx puts in the page: the dialog, and the form when it comes back with errors. */
document.addEventListener('htmx:load', ({ detail: { elt } }) => {
  if (!(elt instanceof Element)) return;
  const form = elt.id === 'formulier' ? elt : elt.querySelector('#formulier');
  const dialog = form?.closest('[data-dialog]');
  if (!dialog) return;
  const returned = dialog.open;
  if (!returned) {
    dialog.showModal();
    dialog.addEventListener('cancel', (event) => {
      event.preventDefault();
      leave(dialog);
    });
    dialog.addEventListener('close', () => {
      dialog.remove();
      focusComposer();
    });
  }
  for (const combobox of form.querySelectorAll('[data-combobox]')) startCombobox(combobox, searchIn(form));
  for (const field of form.querySelectorAll('[data-limit]')) count(field);
  if (returned) dialog.dataset.dirty = 'true';
  firstToFill(form, returned)?.focus();
});

document.addEventListener('input', ({ target }) => {
  const dialog = target.closest('[data-dialog]');
  if (!dialog) return;
  dialog.dataset.dirty = 'true';
  if (target.matches('[data-limit]')) count(target);
  forgive(target.closest('.field-wrong'));
});

document.addEventListener('click', (event) => {
  const target = event.target instanceof Element ? event.target : undefined;
  const dialog = target?.closest('[data-dialog]');
  if (!dialog) return;
  if (target.closest('[data-close]')) leave(dialog);
  else if (target.closest('[data-discard-yes]')) dialog.close();
  else if (target.closest('[data-keep]')) {
    dialog.querySelector('[data-discard]').hidden = true;
    dialog.querySelector(FIELDS).focus();
  }
  const link = target.closest('.error-summary a');
  if (link) {
    event.preventDefault();
    const field = document.getElementById(link.hash.slice(1));
    field?.closest('details')?.setAttribute('open', '');
    field?.focus();
  }
});

document.addEventListener('keydown', (event) => {
  const form = event.target instanceof Element && event.target.closest('#formulier');
  if (form && event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    form.requestSubmit();
  }
});

// `toggle` does not bubble, so it is caught on the way down.
document.addEventListener(
  'toggle',
  ({ target }) => {
    if (target.matches('[data-more]')) target.querySelector('input[name="meer"]').value = target.open ? 'open' : '';
  },
  true,
);

/** What was typed in a search field and not chosen yet is chosen first, or the form waits. */
document.addEventListener('htmx:confirm', (event) => {
  const form = event.target;
  if (form.id !== 'formulier') return;
  event.preventDefault();
  void resolveAll(form).then((unclear) => (unclear ? unclear.focus() : event.detail.issueRequest()));
});

document.addEventListener('htmx:beforeRequest', ({ target }) => {
  if (target.id === 'formulier') showAlert('');
});

// The button was disabled while sending and lost the focus with it.
document.addEventListener('htmx:afterRequest', ({ target }) => {
  if (target.id === 'formulier' && target.isConnected && !target.contains(document.activeElement)) {
    target.querySelector('button[type="submit"]').focus();
  }
});

document.addEventListener('form-done', () => document.querySelector('[data-dialog]')?.close());

/** Closes at once when nothing was typed; otherwise asks. */
function leave(dialog) {
  const question = dialog.querySelector('[data-discard]');
  if (!dialog.dataset.dirty) return dialog.close();
  question.hidden = false;
  question.querySelector('[data-keep]').focus();
}

function firstToFill(form, returned) {
  const wrong = [...form.querySelectorAll('.field-wrong')].map((field) => field.querySelector(FIELDS)).find(Boolean);
  if (wrong) return wrong;
  // Nothing wrong, yet it came back: there is a question to answer, at the end.
  const question = [...form.querySelectorAll('.form-body > .note')].at(-1)?.nextElementSibling;
  return (
    (returned && question?.querySelector(FIELDS)) ||
    form.querySelector(`.form-body :is(${FIELDS})`) ||
    form.querySelector('[type="submit"]')
  );
}

/** What is being mended is no longer marked as wrong; sending it again tells. */
function forgive(field) {
  field?.classList.remove('field-wrong');
  field?.querySelector('[aria-invalid]')?.removeAttribute('aria-invalid');
  field?.querySelector('.field-error')?.remove();
}

function searchIn(form) {
  const context = ['als', 'gesprek'].map((name) => [name, form.elements[name].value]);
  return async (source, text, signal) => {
    const body = new URLSearchParams([...context, ['bron', source], ['zoek', text]]);
    const response = await fetch('/speeltuin/zoek', { method: 'POST', body, signal });
    if (!response.ok) throw new Error(`search answered ${response.status}`);
    return response.json();
  };
}

/** Nearing the limit, says how much fits; the text itself is never cut. */
function count(field) {
  const counter = document.getElementById(`${field.id}-teller`);
  const limit = Number(field.dataset.limit);
  const length = field.value.trim().length;
  counter.hidden = length < limit * 0.8;
  counter.classList.toggle('over', length > limit);
  counter.textContent = counter.dataset.template.replace('#', length);
}
