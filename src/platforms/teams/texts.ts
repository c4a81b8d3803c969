import { defineTexts } from '../../chat/texts.js';

/** What only Teams needs to say. */
export const teamsTexts = defineTexts(
  {
    'more.buttons': 'Meer…',
    'more.go': 'Kies',
    'cut.link': 'Lees verder',
    'cut.text': 'Dit bericht is ingekort.',
    'site.link': 'Alle signalen',
    'form.open': 'Open het formulier',
    'form.here': 'Vul hier in',
    'form.ready': 'Het formulier staat klaar.',
    'form.again': 'Verstuur opnieuw',
    'card.back': 'Terug',
    'done.title': 'In orde',
    'done.text': 'In orde.',
    'message.title': 'Wijksignaal',
    'late.command':
      'Het duurt langer dan gewoonlijk. Er is niets verloren: krijg je zo meteen geen antwoord, typ het dan opnieuw.',
    'late.form': 'Dit wordt bewaard. Het duurt langer dan gewoonlijk: verstuur het opnieuw, er komt niets dubbel.',
    'late.open': 'Het formulier kon niet op tijd openen. Probeer het opnieuw.',
    'late.press': 'Dit wordt bewaard. Het duurt langer dan gewoonlijk; er is niets verloren.',
    'typed.keep': 'Dit had je getypt. Kopieer het als je het nog nodig hebt:',
    'private.thread': 'Ik antwoord je in onze eigen chat: dit is niet voor het hele kanaal.',
    'private.thread.not':
      'Dat antwoord is alleen voor jou, en ik kan je nog niet apart schrijven. Open de chat met Wijksignaal en typ het daar.',
    files:
      'Bestanden en foto’s neem ik niet aan: daar staan te makkelijk gegevens van cliënten in. Beschrijf in woorden wat je ziet.',
    'files.only': 'Er is niets bewaard.',
    stranger: 'Wijksignaal is voor mensen van deze organisatie. Vraag een collega daar om je signaal te melden.',
    'search.none': 'Niets gevonden',
  },
  {
    'more.buttons': 'More…',
    'more.go': 'Choose',
    'cut.link': 'Read on',
    'cut.text': 'This message was shortened.',
    'site.link': 'All signals',
    'form.open': 'Open the form',
    'form.here': 'Fill in here',
    'form.ready': 'The form is ready.',
    'form.again': 'Send again',
    'card.back': 'Back',
    'done.title': 'Done',
    'done.text': 'Done.',
    'message.title': 'Wijksignaal',
    'late.command':
      'This takes longer than usual. Nothing is lost: if no answer comes in a moment, please type it again.',
    'late.form': 'This is being saved. It takes longer than usual: please send it again, nothing will be there twice.',
    'late.open': 'The form could not open in time. Please try again.',
    'late.press': 'This is being saved. It takes longer than usual; nothing is lost.',
    'typed.keep': 'This is what you typed. Copy it if you still need it:',
    'private.thread': 'I will answer you in our own chat: this is not for the whole channel.',
    'private.thread.not':
      'That answer is for you alone, and I cannot write to you separately yet. Open the chat with Wijksignaal and type it there.',
    files: 'I do not take files or pictures: they too easily hold client data. Please describe in words what you see.',
    'files.only': 'Nothing was saved.',
    stranger: 'Wijksignaal is for people of this organisation. Ask a colleague there to file your signal.',
    'search.none': 'Nothing found',
  },
);
