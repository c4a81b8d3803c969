/**
 * Words that say the same in signals, from standard Dutch to what people in Flanders say ("kot", "chauffage", "gsm").
 * One line is one thing; a word counts from its beginning, and from five letters on also inside a compound
 * ("huurwoning" is renting and housing). A colleague who knows the field can add to it without knowing the code.
 */
const THINGS = `
sociale-woning: sociale-woning woonmaatschappij kroostrijk
schimmel: schimmel vocht
verwarming: verwarming chauffage ketel boiler kou stookolie vorst
lift: lift
uitzetting: uithuiszet uitzet doorgangswoning noodwoning crisiswoning transithuis
dakloos: dakloos dakloz thuisloz thuisloos nachtopvang winteropvang
huisarts: huisarts dokter arts praktijk patiëntenstop
tandarts: tandarts tandpijn tanden gebit
apotheek: apothe
kinesist: kinesist kiné
ziekenhuis: ziekenhuis hospitaal opname ontslag spoeddienst
psychisch: psych geestelijk cgg ggz trauma depress
tolk: tolk vertaal vertal vertol
nederlands: nederlands taalles taalcursus anderstalig
lezen: analfabe alfabet laaggeletterd geletterd
kinderopvang: kinderopvang crèche creche peuter onthaalouder baby kleintje
speelplek: speelplek speeltuin speelotheek spelen
jeugdhuis: jeugdhuis jeugdwerk
beperking: beperking handicap autisme buitengewoon
rolstoel: rolstoel rollator
mantelzorg: mantelzorg respijt
dementie: dement
thuiszorg: thuiszorg thuisverple verzorgende gezinszorg
rusthuis: rusthuis woonzorgcentrum
poetshulp: poetshulp huishoudhulp dienstencheque kuisvrouw poetsvrouw poets kuis
computer: digita computer online laptop internet itsme smartphone gsm tablet scherm toestel
bank: bankautomaat bankkantoor cash bankloket automaat
brief: brief brieven brievenbus post
energie: energie gas elektriciteit tarief nutsvoorzien
factuur: factuur facturen rekening afrekening toeslag
waarborg: waarborg
schuld: schuld deurwaarder aanmaning afbetaling budgetbegeleid
eten: maaltijd eten restaurant voedsel lunch brooddoos boterham honger
bedrijventerrein: bedrijventerrein kanaalzone haven industrie
ploeg: ploegen ploegwerk ploeg
begeleider: trajectbegeleider vdab
drugs: drugs gebruiker spuit verslaaf
lachgas: lachgas patronen
alcohol: alcohol flessen drank
verzamelen: verzamelwoede hoard rommel
afval: afval sluikstort vuilnis zwerfvuil rat ratten uitwerpsel hondenpoep
portiek: portiek inkomhal portaal traphal gang
ruzie: ruzie spanning conflict lawaai geluid
geweld: geweld vechtpartij
rouw: rouw wedu overlijden overleden
luizen: luizen
discriminatie: discrimin racis afkomst migratieachtergrond vreemd kleur
hitte: hitte warmen zonwering graden zomer
praattafel: praattafel conversatie
fiets: fiets
zwemmen: zwem
bibliotheek: bibliotheek bib boek prentenboek
voetpad: voetpad stoep trottoir
medicatie: medica medicijn pillen
renovatie: renov
verhuis: verhuis adreswijziging
rijbewijs: rijbewijs rijschool rijexamen
vluchthuis: vluchthuis
`;

/** Fields of life: many needs lie in each. */
const FIELDS = `
woning: woning huis appartement flat kot studio pand gezinswoning wonen behuis
huur: huur verhuur huisbaas eigenaar
hoogbouw: hoogbouw woontoren toren blok verdieping zevende
les: lessen cursus cursist les opleiding avondgroep
school: school leerling klas scholier schoolpoort kleuter
vakantie: vakantie speelplein
jongere: jongere jongeren tiener jeugd gasten
oudere: ouderen oudere bejaard gepensioneerd senior oude
afspraak: afspraak afspraken gesprek
bus: bus buslijn bushalte halte bereikbaar vervoer
werk: werk job vacature tewerk werkgever sollicit interim dagcontract
vrijwilliger: vrijwillig
eenzaam: eenzaam isol buitenkomen buitengekomen
inschrijving: inschrijving inschrijven register
weekend: weekend zaterdag zondag vrijdag
nacht: nachts nacht
`;

/** What signals of every kind say: that it is full, dear, unknown, for whom. It helps, and decides nothing. */
const CIRCUMSTANCES = `
wachten: wacht wachtlijst wachttijd maanden weken sleept aanslepen eindeloos
vol: vol volzet tekort plaats plek vrij
duur: duur duurder betaalba onbetaalba betalen kosten kost prijs inkomen arm arme kansarm leefloon geld voorschot voorschieten
stuk: stuk defect kapot herstel buiten-gebruik
onbekend: bekend onbekend weten kennen begrijpen uitleg
bang: bang schrik durven schaamte zwijgen
weg: sluit sloot dicht gesloten afgeschaft verdwe weg
ouder: ouders moeder mama vader alleenstaande
gezin: gezin kinderen kind
opvang: opvang
hulp: hulp begeleid steun
nieuwkomer: nieuwkomer migrant vluchteling
student: student studenten
patiënt: patiënt cliënt
bewoner: bewoner
`;

/** Says nothing about what a signal is about. */
const EMPTY = `aan aangaande al alle alleen als altijd amper ander andere bij beide binnen boven buurt wijk straat daar daarna dan dat de
deze die dit doen door drie dus een één eens elk elke en er eigen enkel enkele ergens even gaan gaat geen geraken geven
haar had heb hebben heeft hem hen het hier hij hoe hun iemand iets ik in intussen is jaar jaren je kan komen komt krijgen
kregen krijgt kunnen laat laten liggen ligt lukt maar maken man me meer men mensen met mijn moet moeten mogen na naar nadat
negen neemt nemen niet niemand niets nieuw nieuwe niks nodig nog nooit nu of om onder ons onze ook op open opnieuw over
plots raakt raken rond samen sinds staan staat steeds stad stad te tegen telkens tijd toe toen tot tussen twee uit uren uur
van vandaag veel vele vier vijf vinden vindt voor voordat waar wanneer want waren was wat we wel welke werd werden wie
wij wil willen word worden wordt zal zat ze zeer zeggen zei zes zeven zich zien zij zijn zit zitten zo zoals zoeken zonder
zou zouden zulke bijna omdat terwijl meest meeste halve halfweg tien twintig dag dagen week maand ongeveer tijdens krijg
via per keer wekelijks dagelijks hele helemaal groot grote klein kleine lang te-veel weinig genoeg eerste laatste dezelfde`;

interface Group {
  name: string;
  /** How much it says: 1 for a thing, less for a circumstance. */
  weight: number;
  words: string[];
}

const FIELD_WEIGHT = 0.5;
const CIRCUMSTANCE_WEIGHT = 0.4;

function read(lines: string, weight: number): Group[] {
  return lines
    .trim()
    .split('\n')
    .map((line) => {
      const [name = '', words = ''] = line.split(': ');
      return { name, weight, words: words.split(' ') };
    });
}

export const GROUPS: readonly Group[] = [
  ...read(THINGS, 1),
  ...read(FIELDS, FIELD_WEIGHT),
  ...read(CIRCUMSTANCES, CIRCUMSTANCE_WEIGHT),
];

export const EMPTY_WORDS: ReadonlySet<string> = new Set(EMPTY.split(/\s+/));
