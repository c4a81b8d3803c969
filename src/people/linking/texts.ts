import { defineTexts } from '../../chat/texts.js';

export const linkingTexts = defineTexts(
  {
    'link.usage': '/signaal koppel',
    'link.does': 'je accounts op twee platformen tot één maken, zodat je alles maar één keer krijgt',
    'unlink.usage': '/signaal ontkoppel',
    'unlink.does': 'gekoppelde accounts weer uit elkaar halen',
    'platform.slack': 'Slack',
    'platform.teams': 'Teams',
    'platform.playground': 'de speeltuin',
    'platform.mail': 'e-mail',
    'form.title': 'Accounts koppelen',
    'form.submit': 'Koppel',
    'form.sent':
      'In {{platform}} kreeg je een bericht met een code, op het account met hetzelfde adres. De code geldt tot {{until}}.',
    'form.code': 'De code van acht cijfers',
    'linked.heading': 'Je accounts zijn gekoppeld',
    'linked.text':
      'Voor Wijksignaal ben je nu één persoon in {{here}} en {{there}}. Je signalen staan bij elkaar, en wat er te vertellen is krijg je één keer: waar je de bot het laatst gebruikte.',
    'linked.undo':
      'Was jij dit niet, of was het een vergissing? Typ /signaal ontkoppel, en zeg het aan je IT-dienst als je het niet zelf deed.',
    'code.heading': 'Een code om je accounts te koppelen',
    'code.who':
      '{{name}} wil in {{platform}} dezelfde persoon zijn als jij hier. Ben jij dat, typ deze code dan in het formulier dat daar openstaat:',
    'code.until': 'De code geldt tot {{until}}.',
    'code.not.you': 'Ben jij dat niet? Geef de code dan aan niemand, en zeg het aan je IT-dienst.',
    'code.over': 'Deze code is gebruikt of vervallen.',
    'unlink.heading': 'Gekoppelde accounts',
    'unlink.text':
      'Wat voor het koppelen van het andere account was, gaat ernaar terug. Wat je sindsdien deed, blijft bij dit account.',
    'unlink.button': 'Ontkoppel {{platform}}',
    'unlink.none': 'Je hebt geen accounts gekoppeld. Dat kan met /signaal koppel.',
    'unlink.gone': 'Deze koppeling is al ongedaan gemaakt.',
    'unlinked.text':
      'Je accounts zijn weer los van elkaar: op elk platform ben je weer een eigen persoon. Opnieuw koppelen kan met /signaal koppel.',
    'error.wrong_one': 'Deze code klopt niet. Je kan nog één keer proberen.',
    'error.wrong_other': 'Deze code klopt niet. Je kan nog {{count}} keer proberen.',
    'refused.LINK.OFF': 'Je gemeente heeft het koppelen van accounts niet aangezet. Vraag het aan je IT-dienst.',
    'refused.LINK.NO_ADDRESS':
      'We kennen hier geen bevestigd e-mailadres van jou. Kijk na of je adres op dit platform bevestigd is, en probeer het over een minuut opnieuw.',
    'refused.LINK.DOMAIN':
      'Koppelen kan alleen met een werkadres dat eindigt op {{domains}}. Vraag het aan je IT-dienst.',
    'refused.LINK.NOBODY':
      'Op geen ander platform kennen we een account met jouw adres ({{email}}). Stuur de bot daar eerst een bericht, zoals /signaal help, en typ dan hier opnieuw /signaal koppel.',
    'refused.LINK.ALREADY':
      'Je accounts met het adres {{email}} zijn al gekoppeld. Losmaken kan met /signaal ontkoppel.',
    'refused.LINK.BOTH_IN_FILE':
      'Beide accounts staan in het gemeentebestand, bij twee verschillende namen. Vraag je beheerder om ze daar bij één naam te zetten.',
    'refused.LINK.TRIED_OUT':
      'Er is te vaak een foute code ingevuld. Voor de veiligheid kan het pas weer na {{until}}: typ dan opnieuw /signaal koppel.',
    'refused.LINK.EXPIRED': 'Deze code is vervallen. Typ opnieuw /signaal koppel voor een nieuwe.',
    'refused.LINK.GONE': 'Deze aanvraag bestaat niet meer. Typ opnieuw /signaal koppel.',
    'refused.LINK.TANGLED':
      'Deze twee accounts kunnen niet vanzelf samen: ze hebben elk iets waarvan er maar één kan zijn. Er is niets veranderd; vraag het aan je beheerder.',
  },
  {
    'link.usage': '/signaal link',
    'link.does': 'make your accounts on two platforms one, so that you hear of everything once',
    'unlink.usage': '/signaal unlink',
    'unlink.does': 'take linked accounts apart again',
    'platform.slack': 'Slack',
    'platform.teams': 'Teams',
    'platform.playground': 'the playground',
    'platform.mail': 'e-mail',
    'form.title': 'Link accounts',
    'form.submit': 'Link',
    'form.sent':
      'In {{platform}} you got a message with a code, on the account with the same address. The code is valid until {{until}}.',
    'form.code': 'The code of eight digits',
    'linked.heading': 'Your accounts are linked',
    'linked.text':
      'To Wijksignaal you are now one person in {{here}} and {{there}}. Your signals stand together, and you hear of things once: where you used the bot last.',
    'linked.undo':
      'Was this not you, or a mistake? Type /signaal unlink, and tell your IT department if you did not do it yourself.',
    'code.heading': 'A code to link your accounts',
    'code.who':
      '{{name}} wants to be the same person in {{platform}} as you are here. If that is you, type this code in the form that is open there:',
    'code.until': 'The code is valid until {{until}}.',
    'code.not.you': 'Is it not you? Then give the code to nobody, and tell your IT department.',
    'code.over': 'This code was used or is no longer valid.',
    'unlink.heading': 'Linked accounts',
    'unlink.text':
      'What was the other account’s before you linked goes back to it. What you did since stays with this account.',
    'unlink.button': 'Unlink {{platform}}',
    'unlink.none': 'You have linked no accounts. You can with /signaal link.',
    'unlink.gone': 'This link was undone already.',
    'unlinked.text':
      'Your accounts are separate again: on each platform you are a person of your own. You can link again with /signaal link.',
    'error.wrong_one': 'This code is not right. You can try once more.',
    'error.wrong_other': 'This code is not right. You can try {{count}} more times.',
    'refused.LINK.OFF': 'Your municipality has not switched on linking accounts. Ask your IT department.',
    'refused.LINK.NO_ADDRESS':
      'We know no confirmed e-mail address of yours here. Check that your address is confirmed on this platform, and try again in a minute.',
    'refused.LINK.DOMAIN': 'Linking needs a work address that ends in {{domains}}. Ask your IT department.',
    'refused.LINK.NOBODY':
      'On no other platform do we know an account with your address ({{email}}). First send the bot a message there, such as /signaal help, and then type /signaal link here again.',
    'refused.LINK.ALREADY':
      'Your accounts with the address {{email}} are linked already. Undo it with /signaal unlink.',
    'refused.LINK.BOTH_IN_FILE':
      'Both accounts are in the municipality file, under two different names. Ask your administrator to put them under one name there.',
    'refused.LINK.TRIED_OUT':
      'A wrong code was typed too often. For safety it is possible again only after {{until}}: then type /signaal link again.',
    'refused.LINK.EXPIRED': 'This code is no longer valid. Type /signaal link again for a new one.',
    'refused.LINK.GONE': 'This request no longer exists. Type /signaal link again.',
    'refused.LINK.TANGLED':
      'These two accounts cannot be joined by themselves: each has something that there can be only one of. Nothing has changed; ask your administrator.',
  },
);
