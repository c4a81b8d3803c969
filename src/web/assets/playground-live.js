/* global htmx, Idiomorph */
// Keeps the page in step with the chat without moving what the reader is busy with.

/** A hidden tab lets its stream go: browsers allow few at once, and people open many tabs here. */
const HIDDEN_MS = 30_000;
/** As good as at the bottom. */
const NEAR_PX = 80;

/** Lists whose reader is at the newest message and wants to stay there. */
const stay = new WeakSet();

export function startLive() {
  keepOpenThings();
  keepPlace();
  watchConnection();
  rest();
  for (const list of document.querySelectorAll('[data-scroll]')) toBottom(list);
}

/** An open menu and a half-made choice are not replaced under somebody's hands. */
function keepOpenThings() {
  Idiomorph.defaults.callbacks.beforeNodeMorphed = (old) => {
    if (!(old instanceof Element)) return true;
    if (old.matches('[data-menu]')) return !old.querySelector('[aria-expanded="true"]');
    if (old.matches('.card-select')) return !old.querySelector('select')?.value;
    return true;
  };
}

function keepPlace() {
  const before = new WeakMap();
  let focused;
  document.addEventListener('htmx:oobBeforeSwap', ({ detail: { target } }) => {
    if (!target.matches('[data-scroll]')) return;
    before.set(target, { atBottom: stay.has(target) || isAtBottom(target), last: lastMessage(target) });
    focused = document.activeElement?.closest('.message')?.id;
  });
  document.addEventListener('htmx:oobAfterSwap', ({ detail: { target } }) => {
    const list = document.getElementById(target.id);
    const was = before.get(target);
    if (!list?.matches('[data-scroll]') || !was) return;
    const added = lastMessage(list) !== was.last;
    if (was.atBottom || list.dataset.follow) toBottom(list, added);
    else if (added) showLatest(list, true);
    if (added) delete list.dataset.follow;
    // What had the focus may have gone (a button that no longer applies): stay at its message.
    if (focused && document.activeElement === document.body) {
      const message = document.getElementById(focused);
      (message?.querySelector('button, a') ?? list).focus();
    }
  });
  document.addEventListener(
    'scroll',
    ({ target }) => {
      if (!(target instanceof Element) || !target.matches('[data-scroll]')) return;
      if (isAtBottom(target)) stay.add(target);
      else stay.delete(target);
      if (stay.has(target)) showLatest(target, false);
    },
    true,
  );
  // A picture that arrives late pushes the newest message out of sight.
  document.addEventListener(
    'load',
    ({ target }) => {
      const list = target instanceof HTMLImageElement && target.closest('[data-scroll]');
      if (list && stay.has(list)) toBottom(list);
    },
    true,
  );
  document.addEventListener('click', (event) => {
    const button = event.target instanceof Element && event.target.closest('[data-latest]');
    if (!button) return;
    const list = document.getElementById(button.dataset.latest);
    toBottom(list);
    list.focus();
  });
}

/** The reader's own words are followed wherever the reader had scrolled to. */
export function follow(place) {
  const list = document.getElementById(place === 'draad' ? 'draad-berichten' : 'berichten');
  if (list) list.dataset.follow = 'true';
}

function isAtBottom(list) {
  const { scrollHeight, scrollTop, clientHeight } = scrollerOf(list);
  return scrollHeight - scrollTop - clientHeight < NEAR_PX;
}

/** In a low window the whole page scrolls instead of the list. */
function scrollerOf(list) {
  return list.scrollHeight > list.clientHeight ? list : document.scrollingElement;
}

function lastMessage(list) {
  return [...list.querySelectorAll('.message')].at(-1)?.id;
}

/** @param added a message has just come: one that is taller than the list is read from its top. */
function toBottom(list, added = false) {
  const scroller = scrollerOf(list);
  const last = added && [...list.querySelectorAll('.message')].at(-1);
  if (last && last.offsetHeight > scroller.clientHeight) last.scrollIntoView({ block: 'start', behavior: 'instant' });
  else scroller.scrollTo({ top: scroller.scrollHeight, behavior: 'instant' });
  stay.add(list);
  showLatest(list, false);
}

function showLatest(list, show) {
  const button = document.querySelector(`[data-latest="${list.id}"]`);
  if (button) button.hidden = !show;
}

function watchConnection() {
  const mark = document.getElementById('verbinding');
  document.addEventListener('htmx:sseError', () => {
    mark.hidden = false;
  });
  document.addEventListener('htmx:sseOpen', () => {
    mark.hidden = true;
  });
}

function rest() {
  let timer;
  let resting;
  document.addEventListener('visibilitychange', () => {
    clearTimeout(timer);
    const stream = document.getElementById('stand');
    if (document.hidden) {
      timer = setTimeout(() => {
        resting = stream?.cloneNode(true);
        if (stream) htmx.remove(stream);
      }, HIDDEN_MS);
    } else if (!stream && resting) {
      document.querySelector('.chat').prepend(resting);
      htmx.process(resting);
    }
  });
}
