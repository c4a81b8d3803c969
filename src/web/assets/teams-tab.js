/* The tab in Teams: asks Teams who this is, signs in with that, and goes on to the page that was asked for. */
const panel = document.getElementById('teams-tab');
const { app, authentication } = globalThis.microsoftTeams;

/** @param {string} problem the name of the explanation to show */
function explain(problem) {
  for (const part of panel.querySelectorAll('[data-when]')) part.hidden = part.dataset.when !== problem;
}

async function signIn() {
  try {
    await app.initialize();
  } catch {
    return explain('outside');
  }
  let token;
  try {
    token = await authentication.getAuthToken();
  } catch {
    app.notifyFailure({ reason: app.FailedReason.Other, message: 'no token' });
    return explain('token');
  }
  const answer = await fetch('/teams/tab', { method: 'POST', body: new URLSearchParams({ token }) });
  if (!answer.ok) {
    app.notifyFailure({ reason: app.FailedReason.Other, message: String(answer.status) });
    return explain(answer.status === 403 ? 'person' : 'token');
  }
  // A browser that keeps no cookie here would be sent back to this page for ever.
  const kept = await fetch('/teams/tab/sessie');
  if (!kept.ok) return explain('cookie');
  app.notifySuccess();
  location.replace(panel.dataset.next);
}

signIn().catch(() => explain('token'));
