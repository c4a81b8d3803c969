import { defineTexts } from './texts.js';

/** What the chat itself says, whatever the capability. */
export const chatTexts = defineTexts(
  {
    'field.required': 'Vul dit in.',
    'field.tick': 'Vink dit aan om verder te gaan.',
    'field.tooLong': 'Dit is te lang: {{length}} tekens, en er passen er {{maximum}}. Kort het in.',
    'field.date': 'Dit is geen geldige datum.',
    'field.invalid': 'Dit kunnen we niet lezen. Kies of typ het opnieuw.',
    'form.expired':
      'Dit formulier staat te lang open. Kopieer je tekst, open het formulier opnieuw en plak hem. Er is niets bewaard.',
    'form.invalid':
      'Dit formulier klopt niet (meer). Kopieer je tekst en open het formulier opnieuw. Er is niets bewaard.',
    'command.unknown': 'Het commando {{command}} ken ik niet. Typ /signaal help voor wat ik wel kan.',
    'action.gone': 'Deze knop werkt niet meer. Open het signaal opnieuw met /signaal status.',
    'reply.nowhere': 'Op dit bericht kan je niet antwoorden. Typ /signaal help voor wat wel kan.',
    busy: 'Het is even heel druk. Er is niets verloren: probeer het zo meteen opnieuw.',
    failed:
      'Er ging iets mis aan onze kant. Er is niets verloren; probeer het opnieuw. Blijft het misgaan, geef dan dit nummer door aan de IT-dienst: {{request}}',
    'form.done': 'Dit was al bewaard. Er is niets dubbel.',
    'home.heading': 'Wijksignaal',
    'message.nowhere': 'Van dit bericht kan ik niets maken.',
    'message.stop': 'Stuur me dit niet meer',
    'form.more': 'Meer details',
    'form.less': 'Minder details',
    'form.optional': 'niet verplicht',
    'form.cancel': 'Annuleren',
    'form.confirmations': 'Kijk dit nog even na',
  },
  {
    'field.required': 'Please fill this in.',
    'field.tick': 'Tick this to go on.',
    'field.tooLong': 'This is too long: {{length}} characters, and {{maximum}} fit. Please shorten it.',
    'field.date': 'This is not a valid date.',
    'field.invalid': 'We cannot read this. Choose or type it again.',
    'form.expired':
      'This form has been open too long. Copy your text, open the form again and paste it. Nothing was saved.',
    'form.invalid': 'This form is not valid (any more). Copy your text and open the form again. Nothing was saved.',
    'command.unknown': 'I do not know the command {{command}}. Type /signaal help to see what I can do.',
    'action.gone': 'This button no longer works. Open the signal again with /signaal status.',
    'reply.nowhere': 'You cannot reply to this message. Type /signaal help to see what you can do.',
    busy: 'It is very busy right now. Nothing is lost: please try again in a moment.',
    failed:
      'Something went wrong on our side. Nothing is lost; please try again. If it keeps failing, give this number to the IT department: {{request}}',
    'form.done': 'This was already saved. Nothing is there twice.',
    'home.heading': 'Wijksignaal',
    'message.nowhere': 'I cannot make anything of this message.',
    'message.stop': 'Stop sending me this',
    'form.more': 'More details',
    'form.less': 'Fewer details',
    'form.optional': 'optional',
    'form.cancel': 'Cancel',
    'form.confirmations': 'Please check this once more',
  },
);
