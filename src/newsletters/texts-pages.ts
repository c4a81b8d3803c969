import { defineTexts } from '../chat/texts.js';

/** What an editor's pages say. */
export const pageTexts = defineTexts(
  {
    'preview.link': 'Naast elkaar: Slack, Teams, mail en pagina',
    'preview.title': 'Zo ziet hij eruit',
    'preview.intro': '“{{title}}” in Slack, in Teams, als mail en als pagina, precies zoals hij nu verstuurd wordt.',
    'preview.back': 'Terug naar de nieuwsbrief',
    'preview.frame': 'De mail met opmaak',
    'preview.page': 'Pagina',
    'progress.draft': 'Nog een ontwerp',
    'progress.approved': 'Wacht op zijn moment',
    'progress.sending': 'Wordt nu verstuurd',
    'progress.paused': 'Het versturen staat stil',
    'progress.stopped': 'Het versturen is gestopt',
    'progress.sent': 'Verstuurd',
    'progress.skipped': 'Niet verstuurd',
    'archive.open': 'In de maak',
  },
  {
    'preview.link': 'Side by side: Slack, Teams, mail and page',
    'preview.title': 'This is what it looks like',
    'preview.intro': '“{{title}}” in Slack, in Teams, as a mail and as a page, exactly as it would be sent now.',
    'preview.back': 'Back to the newsletter',
    'preview.frame': 'The mail with its styles',
    'preview.page': 'Page',
    'progress.draft': 'Still a draft',
    'progress.approved': 'Waits for its moment',
    'progress.sending': 'Being sent now',
    'progress.paused': 'Sending has paused',
    'progress.stopped': 'Sending was stopped',
    'progress.sent': 'Sent',
    'progress.skipped': 'Not sent',
    'archive.open': 'In the making',
  },
);
