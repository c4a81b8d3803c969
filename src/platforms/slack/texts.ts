import { defineTexts } from '../../chat/texts.js';

/** What only Slack needs to say. */
export const slackTexts = defineTexts(
  {
    'more.buttons': 'Meer…',
    'cut.link': 'Lees verder',
    'cut.text': 'Dit bericht is ingekort.',
    'list.continues': 'Vervolg',
    'tick.yes': 'Ja',
    'done.title': 'In orde',
    'card.title': 'Wijksignaal',
    close: 'Sluiten',
    'late.command':
      'Het duurt langer dan gewoonlijk. Er is niets verloren: krijg je zo meteen geen antwoord, typ het dan opnieuw.',
    'late.form': 'Dit wordt bewaard. Het duurt langer dan gewoonlijk: verstuur het opnieuw, er komt niets dubbel.',
    'late.open': 'Het formulier kon niet op tijd openen. Probeer het opnieuw.',
    typed: 'Dit had je getypt:',
    unreachable: 'Slack antwoordde ons niet. Er is niets verloren; probeer het zo meteen opnieuw.',
    refused:
      'Slack laat Wijksignaal hier niet toe. Er is niets verloren; geef deze code door aan je IT-dienst: {{code}}.',
    'workspace.unknown': 'Deze Slack-werkruimte is niet (meer) met Wijksignaal verbonden. Vraag het aan je IT-dienst.',
    stranger: 'Wijksignaal is voor mensen van deze werkruimte. Vraag een collega daar om je signaal te melden.',
    files:
      'Bestanden en foto’s neem ik niet aan: daar staan te makkelijk gegevens van cliënten in. Beschrijf in woorden wat je ziet.',
    'files.only': 'Er is niets bewaard.',
    'offer.text': 'Wil je van dat bericht een signaal maken? Alleen jij ziet deze vraag. Er is nog niets bewaard.',
    'offer.yes': 'Maak er een signaal van',
    'offer.gone': 'Dat bericht kan ik niet (meer) lezen. Typ /signaal en plak wat erin stond.',
    'home.previous': 'Vorige',
    'home.next': 'Volgende',
    'home.page': 'Deel {{page}} van {{pages}}',
  },
  {
    'more.buttons': 'More…',
    'cut.link': 'Read on',
    'cut.text': 'This message was shortened.',
    'list.continues': 'Continued',
    'tick.yes': 'Yes',
    'done.title': 'Done',
    'card.title': 'Wijksignaal',
    close: 'Close',
    'late.command':
      'This takes longer than usual. Nothing is lost: if no answer comes in a moment, please type it again.',
    'late.form': 'This is being saved. It takes longer than usual: please send it again, nothing will be there twice.',
    'late.open': 'The form could not open in time. Please try again.',
    typed: 'This is what you typed:',
    unreachable: 'Slack did not answer us. Nothing is lost; please try again in a moment.',
    refused:
      'Slack does not let Wijksignaal in here. Nothing is lost; please give your IT department this code: {{code}}.',
    'workspace.unknown': 'This Slack workspace is not (or no longer) connected to Wijksignaal. Ask your IT department.',
    stranger: 'Wijksignaal is for people of this workspace. Ask a colleague there to file your signal.',
    files: 'I do not take files or pictures: they too easily hold client data. Please describe in words what you see.',
    'files.only': 'Nothing was saved.',
    'offer.text': 'Would you like to make a signal of that message? Only you see this question. Nothing is saved yet.',
    'offer.yes': 'Make it a signal',
    'offer.gone': 'I cannot read that message (any more). Type /signaal and paste what it said.',
    'home.previous': 'Previous',
    'home.next': 'Next',
    'home.page': 'Part {{page}} of {{pages}}',
  },
);
