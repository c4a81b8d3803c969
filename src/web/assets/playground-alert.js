// Says what could not be sent, in the dialog when one is open and above the messages otherwise.

document.addEventListener('htmx:responseError', ({ detail: { xhr } }) => {
  const plain = xhr.getResponseHeader('content-type')?.startsWith('text/plain');
  showAlert(plain ? xhr.responseText : lost());
});
for (const name of ['htmx:sendError', 'htmx:timeout']) {
  document.addEventListener(name, ({ detail }) => {
    // Looking again is done by itself once there is a connection; only what somebody sent is worth a word.
    if (detail.requestConfig?.verb !== 'get') showAlert(lost());
  });
}
document.addEventListener('click', (event) => {
  if (event.target instanceof Element && event.target.closest('[data-alert-close]')) showAlert('');
});

/** @param text empty: takes the alert away. */
export function showAlert(text) {
  const form = document.getElementById('formulier-melding');
  if (form) {
    form.replaceChildren(...(text ? [Object.assign(document.createElement('p'), { textContent: text })] : []));
    return;
  }
  const alert = document.getElementById('melding');
  if (!alert) return;
  alert.hidden = !text;
  alert.querySelector('[data-alert-text]').textContent = text;
}

function lost() {
  return document.getElementById('melding')?.dataset.lost ?? '';
}
