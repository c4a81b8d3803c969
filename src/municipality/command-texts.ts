import { defineTexts } from '../chat/texts.js';

const nl = {
  usage: [
    'Gebruik: npm run municipality -- check BESTAND   kijkt het bestand na',
    '         npm run municipality -- diff BESTAND    toont wat er voor wie verandert, en schrijft niets',
    '         npm run municipality -- apply BESTAND   past het toe, helemaal of helemaal niet',
    '         npm run municipality -- undo            keert terug naar het bestand van daarvoor',
    '         npm run municipality -- texts [WOORD]   toont de teksten die het bestand onder “texts” anders kan zeggen',
    'Met --lang en in het Engels.',
  ].join('\n'),
  'texts.none': 'Geen tekst met “{{word}}”.',
  'check.good':
    '{{path}} is in orde (wijken: {{neighbourhoods}}, regisseurs: {{regisseurs}}, beheerders: {{administrators}}).',
  'file.unreadable': '{{path}} kan niet gelezen worden ({{code}}). Klopt het pad?',
  'file.wrong_one': '1 fout. Er is niets gewijzigd.',
  'file.wrong_other': '{{count}} fouten. Er is niets gewijzigd.',
  'file.notice': '{{path}}:{{line}}  let op: {{message}}',
  'diff.heading_one': 'Dit verandert er (1), + nieuw, - weg, ~ anders:',
  'diff.heading_other': 'Dit verandert er ({{count}}), + nieuw, - weg, ~ anders:',
  'diff.none': 'Er verandert niets: alles staat al zo.',
  'diff.moves': 'Open signalen die daarmee in andere handen komen, op de eerste werkdag vanaf die dag:',
  'diff.move_one': '  {{day}}: 1 van {{from}} naar {{to}} ({{references}})',
  'diff.move_other': '  {{day}}: {{count}} van {{from}} naar {{to}} ({{references}})',
  'diff.nothingWritten': 'Er is niets gewijzigd.',
  'apply.first': 'Toegepast: de gemeente is klaar voor gebruik.',
  'apply.done_one': '1 wijziging toegepast. Terugdraaien: npm run municipality -- undo',
  'apply.done_other': '{{count}} wijzigingen toegepast. Terugdraaien: npm run municipality -- undo',
  'undo.done':
    'Het bestand van {{instant}} geldt weer. Zet ook uw eigen bestand terug: met MUNICIPALITY_FILE wordt het bij de volgende start opnieuw toegepast.',
  'undo.nothing': 'Er is geen vorig bestand om naar terug te keren.',
  'undo.noMunicipality': 'Er is geen gemeente (met deze referentie) in deze databank.',
  'undo.which': 'Er is meer dan één gemeente. Zet de referentie erbij: npm run municipality -- undo REFERENTIE',
  'undo.formerFile': 'Het vorige bestand past niet meer bij deze versie van het programma:',
  'undo.thatFile': 'vorig bestand',
};

const en: Record<keyof typeof nl, string> = {
  usage: [
    'Usage: npm run municipality -- check FILE   checks the file',
    '       npm run municipality -- diff FILE    shows what changes for whom, and writes nothing',
    '       npm run municipality -- apply FILE   applies it, whole or not at all',
    '       npm run municipality -- undo         goes back to the file before',
    '       npm run municipality -- texts [WORD] shows the texts that the file may say otherwise under “texts”',
    'In English with --lang en.',
  ].join('\n'),
  'texts.none': 'No text with “{{word}}”.',
  'check.good':
    '{{path}} is good (neighbourhoods: {{neighbourhoods}}, regisseurs: {{regisseurs}}, administrators: {{administrators}}).',
  'file.unreadable': '{{path}} cannot be read ({{code}}). Is the path right?',
  'file.wrong_one': '1 mistake. Nothing was changed.',
  'file.wrong_other': '{{count}} mistakes. Nothing was changed.',
  'file.notice': '{{path}}:{{line}}  note: {{message}}',
  'diff.heading_one': 'What changes (1), + new, - gone, ~ different:',
  'diff.heading_other': 'What changes ({{count}}), + new, - gone, ~ different:',
  'diff.none': 'Nothing changes: it is all so already.',
  'diff.moves': 'Open signals that change hands with it, on the first working day from that day on:',
  'diff.move_one': '  {{day}}: 1 from {{from}} to {{to}} ({{references}})',
  'diff.move_other': '  {{day}}: {{count}} from {{from}} to {{to}} ({{references}})',
  'diff.nothingWritten': 'Nothing was changed.',
  'apply.first': 'Applied: the municipality is ready for use.',
  'apply.done_one': '1 change applied. To take it back: npm run municipality -- undo',
  'apply.done_other': '{{count}} changes applied. To take them back: npm run municipality -- undo',
  'undo.done':
    'The file of {{instant}} is in force again. Put your own file back as well: with MUNICIPALITY_FILE it is applied again at the next start.',
  'undo.nothing': 'There is no former file to go back to.',
  'undo.noMunicipality': 'There is no municipality (with this reference) in this database.',
  'undo.which': 'There is more than one municipality. Add the reference: npm run municipality -- undo REFERENCE',
  'undo.formerFile': 'The former file does not fit this version of the program:',
  'undo.thatFile': 'former file',
};

export const commandTexts = defineTexts(nl, en);
