import { defineTexts } from '../../chat/texts.js';

export const installTexts = defineTexts(
  {
    'done.title': 'Slack is verbonden',
    'done.text':
      'De werkruimte {{workspace}} hoort nu bij {{municipality}}. Nodig de bot uit in de kanalen van de regisseurs (/invite @Wijksignaal); daarna meldt iedereen met /signaal.',
    'refused.title': 'Slack is niet verbonden',
    'refused.cancelled': 'Je hebt de installatie in Slack afgebroken. Er is niets bewaard.',
    'refused.state':
      'Deze installatie begon niet in deze browser, of te lang geleden. Er is niets bewaard. Begin opnieuw op /slack/install.',
    'refused.enterprise':
      'Wijksignaal wordt per werkruimte geïnstalleerd, niet voor een hele organisatie. Kies in Slack één werkruimte.',
    'refused.stranger':
      'Alleen een beheerder die in het gemeentebestand staat, kan een werkruimte verbinden. Staat dit bij jou: administrators: [{ name: …, slack: { user: {{user}} } }]? Er is niets bewaard.',
    'refused.elsewhere':
      'Deze werkruimte hoort al bij een andere gemeente, en blijft daarbij. Hoort ze bij de jouwe, haal de app dan eerst uit de werkruimte (Slack: Apps, Wijksignaal, Configuration, Remove app) en begin opnieuw op /slack/install.',
    'refused.failed': 'Slack aanvaardde de installatie niet. Er is niets bewaard. Begin opnieuw op /slack/install.',
  },
  {
    'done.title': 'Slack is connected',
    'done.text':
      'The workspace {{workspace}} now belongs to {{municipality}}. Invite the bot to the regisseurs’ channels (/invite @Wijksignaal); then everybody files with /signaal.',
    'refused.title': 'Slack is not connected',
    'refused.cancelled': 'You cancelled the installation in Slack. Nothing was saved.',
    'refused.state':
      'This installation did not start in this browser, or too long ago. Nothing was saved. Start again at /slack/install.',
    'refused.enterprise':
      'Wijksignaal is installed in one workspace at a time, not for a whole organisation. Choose one workspace in Slack.',
    'refused.stranger':
      'Only an administrator named in the municipality file can connect a workspace. Does it say: administrators: [{ name: …, slack: { user: {{user}} } }]? Nothing was saved.',
    'refused.elsewhere':
      'This workspace belongs to another municipality already, and stays there. If it is yours, first remove the app from the workspace (Slack: Apps, Wijksignaal, Configuration, Remove app) and start again at /slack/install.',
    'refused.failed': 'Slack did not take the installation. Nothing was saved. Start again at /slack/install.',
  },
);
