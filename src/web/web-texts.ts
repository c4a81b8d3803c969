import { defineTexts } from '../chat/texts.js';

/** What every page says, whatever it is about. */
export const webTexts = defineTexts(
  {
    skip: 'Naar de inhoud',
    language: 'Taal',
    signIn: 'Aanmelden',
    signOut: 'Afmelden',
    signedInAs: 'Aangemeld als',
    product: 'Wijksignaal',
    'footer.about': 'Wijksignaal brengt signalen van basiswerkers bij de sociaal regisseur van de wijk, en weer terug.',
    newTab: 'opent in een nieuw tabblad',
    'error.400.title': 'Dat konden we niet lezen',
    'error.400.text':
      'Er klopt iets niet aan wat je browser stuurde. Er is niets bewaard. Ga terug en probeer het opnieuw.',
    'error.403.title': 'Hier mag je niet bij',
    'error.403.text': 'Deze pagina werkt alleen op de computer waar Wijksignaal draait.',
    'error.404.title': 'Deze pagina bestaat niet',
    'error.404.text': 'Het adres is veranderd of verkeerd getypt.',
    'error.413.title': 'Dat is te veel in één keer',
    'error.413.text': 'Je tekst is te groot om te versturen. Kort hem in en probeer het opnieuw. Er is niets bewaard.',
    'error.500.title': 'Er ging iets mis aan onze kant',
    'error.500.text':
      'Er is niets verloren. Probeer het opnieuw. Blijft het misgaan, geef dan dit nummer door aan de IT-dienst: {{request}}',
    'error.503.title': 'Het is even heel druk',
    'error.503.text': 'Er is niets verloren: probeer het zo meteen opnieuw.',
    'error.home': 'Naar het begin',
  },
  {
    skip: 'Skip to content',
    language: 'Language',
    signIn: 'Sign in',
    signOut: 'Sign out',
    signedInAs: 'Signed in as',
    product: 'Wijksignaal',
    'footer.about': 'Wijksignaal carries front-line workers’ signals to the regisseur of the neighbourhood, and back.',
    newTab: 'opens in a new tab',
    'error.400.title': 'We could not read that',
    'error.400.text': 'Something is wrong with what your browser sent. Nothing was saved. Go back and try again.',
    'error.403.title': 'You cannot come here',
    'error.403.text': 'This page only works on the computer that runs Wijksignaal.',
    'error.404.title': 'This page does not exist',
    'error.404.text': 'The address has changed or was mistyped.',
    'error.413.title': 'That is too much at once',
    'error.413.text': 'Your text is too large to send. Shorten it and try again. Nothing was saved.',
    'error.500.title': 'Something went wrong on our side',
    'error.500.text':
      'Nothing is lost. Please try again. If it keeps failing, give this number to the IT department: {{request}}',
    'error.503.title': 'It is very busy right now',
    'error.503.text': 'Nothing is lost: please try again in a moment.',
    'error.home': 'Back to the start',
  },
);
