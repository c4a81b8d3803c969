/**
 * Words for invented signals, the most frequent first: what Dutch texts about local needs are made of. The rest of the
 * vocabulary is compounds, as Dutch makes them: two parts as one word.
 */
const COMMON = `de het van een en in is voor op dat die met zijn niet te er aan bij naar om ook als ze maar door
geen nog wordt uit of dan over veel hun tot al meer wel deze moeten kunnen wij mensen gezinnen wachtlijst ouders kinderen
jongeren woning huur dienst buurt school wijk hulp maanden weken afspraak geld papieren dokter taal ouderen zorg werk
school informatie vragen komen vinden krijgen wachten betalen opvang vervoer formulier factuur energie gas schimmel
vocht premie budget schulden voedselpakket schoolkosten stage tolk vertaling loket telefoon digitaal computer bewindvoerder
huisarts tandarts psycholoog kinderopvang speelplein ontmoeting eenzaamheid mantelzorg thuiszorg rolstoel drempel lift
veiligheid overlast afval verlichting bankje bushalte fiets verkeer huisbaas huurcontract uithuiszetting kraakpand
noodopvang daklozen statuut verblijf inburgering erkenning diploma opleiding interim werkloos ziekte uitkering leefloon
steun aanvraag weigering beroep regel termijn sleutel verwijzing samenwerking overleg partner vrijwilliger vereniging
sportclub zwembad bibliotheek zomer winter vakantie avond weekend moeder vader student baby tiener weduwe nieuwkomer
alleenstaande buur poetshulp maaltijd medicatie brillen gebit vaccinatie depressie verslaving geweld rouw conflict
bemiddeling vertrouwen schaamte onbegrip taalles letter brief website wachtwoord itsme bankkaart rekening waarborg
deurwaarder afbetaling zonnepaneel isolatie dak raam boiler verwarming stookolie meter water toilet douche keuken`
  .split(/\s+/)
  .filter((word, index, all) => all.indexOf(word) === index);

const FIRST = `aanmeld adres arbeids armoede avond bad bank bel bewoners brand budget buurt crisis dag dienst doel druk
eigen energie ervarings fiets gemeente gezins gezondheids groep groen halte handels hoek huis huur integratie jaar jeugd
kamer kans kinder klas klus kost kracht kwetsbaar land leef leer lunch maal mantel markt nacht nood ochtend onderhouds
opvoed oude peuter plaats plein praat project proef raad recht regio samen schakel school seizoen senioren slaap snel
sociaal speel sport stad steun straat studie taal thuis toegangs tuin vakantie veld vervang voed volks vorm vrouwen wacht
wand water week welzijns werk wijk winter wissel woon zomer zorg zwem`.split(/\s+/);

const SECOND =
  `aanbod aanvraag adviseur afspraak atelier avond baan balie bank begeleider beleid bezoek bon brief bureau
bus cel cheque club cursus dienst dossier duur gang gebrek gebouw geld groep gids handel hoek huis initiatief kaart kamer
kans kas keet keuken klacht kost kring lijst loket maatje meter moment nood norm ondersteuning opvang overleg pakket park
plan plek ploeg post premie punt raad recht regeling ruimte schaarste school sleutel spreekuur stage steun stop straat
tarief team tekort tijd toets toeslag traject tuin uitleen uur vergoeding verhuis verlof vraag weg werking werker winkel
woning zaal zorg`.split(/\s+/);

/** About 9,000 words, the most frequent first. */
export const WORDS: readonly string[] = [
  ...COMMON,
  ...FIRST.flatMap((first, row) => SECOND.map((_, column) => first + SECOND[(row * 7 + column * 11) % SECOND.length])),
].filter((word, index, all) => index < COMMON.length || all.indexOf(word) === index);
