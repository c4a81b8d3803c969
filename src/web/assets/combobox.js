// Type-ahead after the WAI-ARIA combobox pattern (list autocomplete, manual selection), for one choice or several.

/** Typing goes on for a moment before it is worth asking. */
const PAUSE_MS = 120;

const fields = new WeakMap();

/**
 * @param root element with `data-combobox`.
 * @param search takes the source's id, the typed text and an AbortSignal; gives options `{ value, label }`, best first.
 */
export function startCombobox(root, search) {
  if (fields.has(root)) return;
  const { name, source, multiple } = root.dataset;
  const input = root.querySelector('[role="combobox"]');
  const list = root.querySelector('[role="listbox"]');
  const chips = root.querySelector('.chips');
  const status = root.querySelector('[role="status"]');
  const placeholder = input.placeholder;
  let options = [];
  /** The best match, when it was chosen before. */
  let already;
  let active = -1;
  let asking;
  let timer;
  let latest = Promise.resolve();

  placeholders();

  input.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(() => ask(), PAUSE_MS);
  });
  input.addEventListener('click', () => {
    if (list.hidden) ask();
  });
  input.addEventListener('keydown', (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      if (list.hidden) void ask().then(() => activate(step === 1 ? 0 : options.length - 1));
      else activate((active + step + options.length) % options.length);
    } else if (event.key === 'Enter') {
      if (input.value.trim() || active >= 0) {
        event.preventDefault();
        void chooseOnEnter();
      }
    } else if (event.key === 'Escape') {
      if (list.hidden && !input.value) return;
      // Closes the list, or empties the field; not the dialog around it.
      event.preventDefault();
      event.stopPropagation();
      if (list.hidden) input.value = '';
      close();
      say('');
    } else if (event.key === 'Backspace' && !input.value) {
      const last = chips.lastElementChild;
      if (last) remove(last);
    }
  });
  input.addEventListener('blur', () => void resolve());
  list.addEventListener('mousedown', (event) => {
    event.preventDefault();
    const item = event.target.closest('[role="option"]');
    if (item) choose(options[Number(item.dataset.index)]);
  });
  chips.addEventListener('click', (event) => {
    const button = event.target.closest('.chip-remove');
    if (!button) return;
    remove(button.closest('.chip'));
    input.focus();
  });
  // Tab comes to a chip first: who simply types means the field.
  chips.addEventListener('keydown', (event) => {
    const types = event.key.length === 1 && event.key !== ' ';
    if (types && !event.ctrlKey && !event.metaKey && !event.altKey) input.focus();
  });
  root.querySelector('.combobox-box').addEventListener('click', (event) => {
    if (event.target === event.currentTarget) input.focus();
  });

  fields.set(root, { input, resolve });

  /** Fills the list for what stands in the field now; the answer to older text is dropped. */
  function ask() {
    clearTimeout(timer);
    asking?.abort();
    asking = new AbortController();
    const { signal } = asking;
    const text = input.value.trim();
    latest = search(source, text, signal)
      .then((found) => {
        if (signal.aborted) return;
        const chosen = new Set(values());
        options = found.filter((option) => !chosen.has(option.value));
        already = found.length > 0 && chosen.has(found[0].value) ? found[0] : undefined;
        render(text);
      })
      .catch((error) => {
        if (error.name === 'AbortError') return;
        options = [];
        close();
        say(document.getElementById('melding')?.dataset.lost ?? '', true);
      });
    return latest;
  }

  function render(text) {
    list.replaceChildren(
      ...options.map((option, index) => {
        const item = document.createElement('li');
        item.setAttribute('role', 'option');
        item.setAttribute('aria-selected', 'false');
        item.id = `${list.id}-${index}`;
        item.dataset.index = index;
        item.textContent = option.label;
        return item;
      }),
    );
    active = -1;
    input.removeAttribute('aria-activedescendant');
    const focused = document.activeElement === input;
    setOpen(focused && options.length > 0);
    if (!list.hidden) list.scrollIntoView({ block: 'nearest' });
    if (!focused) return;
    const { countOne, countOther, nothing } = root.dataset;
    if (options.length > 0) say((options.length === 1 ? countOne : countOther).replace('#', options.length));
    else say(text ? nothing : '', text !== '');
  }

  function activate(index) {
    if (options.length === 0) return;
    list.children[active]?.setAttribute('aria-selected', 'false');
    active = index;
    const item = list.children[active];
    item.setAttribute('aria-selected', 'true');
    item.scrollIntoView({ block: 'nearest' });
    input.setAttribute('aria-activedescendant', item.id);
  }

  /** The marked option, or the first match of what was typed, also when the answer is still on its way. */
  async function chooseOnEnter() {
    if (active >= 0) return choose(options[active]);
    await ask();
    if (already) changed(root.dataset.chosen.replace('#', () => already.label));
    else if (options[0]) choose(options[0]);
    else say(root.dataset.nothing, true);
  }

  function choose(option) {
    if (!option) return;
    if (multiple === 'false') chips.replaceChildren();
    const chip = document.createElement('li');
    chip.className = 'chip';
    const label = Object.assign(document.createElement('span'), { className: 'chip-label', textContent: option.label });
    const button = Object.assign(document.createElement('button'), { type: 'button', className: 'chip-remove' });
    button.setAttribute(
      'aria-label',
      root.dataset.remove.replace('#', () => option.label),
    );
    button.innerHTML =
      '<svg class="icon icon-close" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true"><path d="M5 5l10 10M15 5 5 15"/></svg>';
    const value = Object.assign(document.createElement('input'), { type: 'hidden', name, value: option.value });
    chip.append(label, button, value);
    chips.append(chip);
    changed(root.dataset.chosen.replace('#', () => option.label));
  }

  function remove(chip) {
    const label = chip.querySelector('.chip-label').textContent;
    chip.remove();
    changed(root.dataset.removed.replace('#', () => label));
  }

  function changed(words) {
    input.value = '';
    options = [];
    close();
    placeholders();
    say(words);
    root.dispatchEvent(new Event('input', { bubbles: true }));
  }

  /**
   * Leaving the field or sending the form: one match, or the same words, is taken as chosen.
   * @returns true when nothing is left unclear.
   */
  async function resolve() {
    clearTimeout(timer);
    close();
    const text = input.value.trim();
    if (!text) {
      if (document.activeElement !== input) say('');
      return true;
    }
    await ask();
    close();
    if (already) {
      changed(root.dataset.chosen.replace('#', () => already.label));
      return true;
    }
    const same = options.find((option) => option.label.toLowerCase() === text.toLowerCase());
    const choice = same ?? (options.length === 1 ? options[0] : undefined);
    if (choice) choose(choice);
    else say(options.length > 0 ? root.dataset.choose : root.dataset.nothing, true);
    return choice !== undefined;
  }

  function values() {
    return [...chips.querySelectorAll('input')].map((hidden) => hidden.value);
  }

  function placeholders() {
    input.placeholder = chips.children.length > 0 ? '' : placeholder;
  }

  function setOpen(open) {
    list.hidden = !open;
    input.setAttribute('aria-expanded', String(open));
  }

  function close() {
    setOpen(false);
    active = -1;
    input.removeAttribute('aria-activedescendant');
  }

  /** For who listens; what is wrong is for everybody to see. */
  function say(words, wrong = false) {
    status.textContent = words;
    status.classList.toggle('wrong', wrong);
    status.classList.toggle('visually-hidden', !wrong);
  }
}

/** @returns the first search field of a form whose text stands for nothing, after taking what is clear as chosen. */
export async function resolveAll(form) {
  for (const root of form.querySelectorAll('[data-combobox]')) {
    const field = fields.get(root);
    if (field && !(await field.resolve())) return field.input;
  }
  return undefined;
}
