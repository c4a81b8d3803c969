/* The tab in Teams: asks Teams who this is, signs in with that, and goes on to the page that was asked for. */
const panel = document.getElementById('teams-tab');
const { app, authentication } = globalThis.microsoftTeams;

/** @param {string} problem the name of the explanation to show */
function explain(problem) {
  for (const part of panel.querySelectorAll('[data-when]')) part.hidden = part.dataset.when !== problem;
}

/** What is not answered within this is not going to be. */
const PATIENCE_MS = 10_000;

class TooLate extends Error {}

/** @param {Promise<unknown>} answer */
function inTime(answer) {
  return Promise.race([
    answer,
    new Promise((_, reject) => {
      setTimeout(() => reject(new TooLate()), PATIENCE_MS);
    }),
  ]);
}

/** Teams takes its own waiting picture away, and what we say can be read. */
function giveUp(problem, message) {
  app.notifyFailure({ reason: app.FailedReason.Other, message });
  explain(problem);
}

async function signIn() {
  try {
    await inTime(app.initialize());
  } catch (error) {
    return explain(error instanceof TooLate ? 'late' : 'outside');
  }
  let token;
  try {
    token = await inTime(authentication.getAuthToken());
  } catch (error) {
    return error instanceof TooLate ? giveUp('late', 'no answer') : giveUp('token', 'no token');
  }
  const answer = await inTime(fetch('/teams/tab', { method: 'POST', body: new URLSearchParams({ token }) }));
  if (answer.status >= 500) return giveUp('late', String(answer.status));
  if (!answer.ok) return giveUp(answer.status === 403 ? 'person' : 'token', String(answer.status));
  // A browser that keeps no cookie here would be sent back to this page for ever.
  const kept = await inTime(fetch('/teams/tab/sessie'));
  if (!kept.ok) return giveUp('cookie', 'no cookie');
  app.notifySuccess();
  location.replace(panel.dataset.next);
}

signIn().catch(() => giveUp('late', 'no answer'));
