// The box where one types: Enter sends, a slash shows the commands, and what was typed survives a change of page.
import { showAlert } from './playground-alert.js';
import { follow } from './playground-live.js';

const composers = [...document.querySelectorAll('[data-composer]')].map(start);
// Beside an open thread one types in the thread. A touch screen would open its keyboard over the messages.
if (matchMedia('(hover: hover)').matches) composers.at(-1)?.focus({ preventScroll: true });

/** After a dialog has closed. */
export function focusComposer() {
  composers[0]?.focus();
}

function start(form) {
  const box = form.querySelector('textarea');
  const list = form.querySelector('[role="listbox"]');
  const status = form.querySelector('[role="status"]');
  const options = [...list.querySelectorAll('[role="option"]')];
  const here = new URLSearchParams(location.search);
  const key = ['draft', form.dataset.composer, here.get('als'), here.get('gesprek'), here.get('draad')].join(' ');
  let active;
  let sent = '';
  let before = '';

  box.value ||= sessionStorage.getItem(key) ?? '';
  grow();

  box.addEventListener('input', () => {
    keep();
    suggest();
  });
  box.addEventListener('blur', close);
  box.addEventListener('keydown', (event) => {
    if (event.isComposing) return;
    const open = !list.hidden;
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      const choice = active ?? (open && !isCommand(box.value) ? shown()[0] : undefined);
      if (choice) complete(choice);
      else if (box.value.trim()) form.requestSubmit();
    } else if (open && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault();
      move(event.key === 'ArrowDown' ? 1 : -1);
    } else if (open && event.key === 'Tab' && !event.shiftKey) {
      const choice = active ?? shown()[0];
      if (!choice || box.value.startsWith(choice.dataset.insert.trim())) return;
      event.preventDefault();
      complete(choice);
    } else if (open && event.key === 'Escape') {
      event.preventDefault();
      close();
    }
  });
  // Before the box loses the focus, which would close the list.
  list.addEventListener('mousedown', (event) => {
    event.preventDefault();
    const option = event.target.closest('[role="option"]');
    if (option) complete(option);
  });

  form.addEventListener('htmx:beforeRequest', (event) => {
    if (event.target !== form) return;
    if (!box.value.trim()) return event.preventDefault();
    sent = box.value;
    before = '';
    close();
    follow(form.dataset.composer);
  });
  form.addEventListener('said', (event) => {
    before = event.detail.before;
  });
  form.addEventListener('htmx:afterRequest', (event) => {
    if (event.target !== form || !event.detail.successful) return;
    showAlert('');
    // What was typed while it was being sent stays.
    const later = box.value.startsWith(sent) ? box.value.slice(sent.length) : '';
    box.value = before ? before + sent.trim() + later : later;
    keep();
    if (before) box.setSelectionRange(box.value.length, box.value.length);
  });
  return box;

  function keep() {
    grow();
    if (box.value) sessionStorage.setItem(key, box.value);
    else sessionStorage.removeItem(key);
  }

  /** For browsers without `field-sizing`. */
  function grow() {
    if (CSS.supports('field-sizing', 'content')) return;
    box.rows = Math.min(10, box.value.split('\n').length);
  }

  function isCommand(text) {
    const typed = text.trim().toLowerCase();
    return options.some(
      ({ dataset }) => typed === dataset.insert.trim() || typed.startsWith(`${dataset.insert.trim()} `),
    );
  }

  function suggest() {
    const typed = box.value.toLowerCase();
    const command = typed.startsWith('/') && !typed.includes('\n');
    const ahead = options.filter(({ dataset: { insert } }) => insert.startsWith(typed));
    // Past the words of a command only the most precise one helps.
    const passed = options
      .filter(({ dataset: { insert } }) => typed.startsWith(`${insert.trim()} `))
      .sort((a, b) => b.dataset.insert.length - a.dataset.insert.length);
    const matching = ahead.length > 0 ? ahead : passed.slice(0, 1);
    for (const option of options) option.hidden = !matching.includes(option);
    activate(undefined);
    show(command && matching.length > 0);
  }

  function shown() {
    return options.filter((option) => !option.hidden);
  }

  function move(step) {
    const choices = shown();
    const at = choices.indexOf(active);
    const next = at === -1 ? (step === 1 ? 0 : choices.length - 1) : at + step;
    activate(choices[next]);
  }

  function activate(option) {
    active?.setAttribute('aria-selected', 'false');
    active = option;
    active?.setAttribute('aria-selected', 'true');
    active?.scrollIntoView({ block: 'nearest' });
    if (active) box.setAttribute('aria-activedescendant', active.id);
    else box.removeAttribute('aria-activedescendant');
  }

  function complete(option) {
    box.value = option.dataset.insert;
    keep();
    close();
  }

  function show(open) {
    // A text area may not be a combobox, so that the list is there is said in words.
    if (open === list.hidden) status.textContent = open ? status.dataset.found : '';
    list.hidden = !open;
  }

  function close() {
    activate(undefined);
    show(false);
  }
}
