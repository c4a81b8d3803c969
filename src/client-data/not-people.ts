// Capitalised words that stand where a name could stand, and what makes a name part of something else: a street, a
// school, a hospital. The municipality's own names come in through `allow`.

const toSet = (words: string): ReadonlySet<string> => new Set(words.trim().toLowerCase().split(/\s+/));

/** Words that are capitalised in the middle of a sentence and name no person. */
export const NOT_PEOPLE = toSet(`
januari februari maart april mei juni juli augustus september oktober november december maandag dinsdag woensdag donderdag vrijdag zaterdag
zondag lente zomer herfst winter kerstmis kerst pasen pinksteren hemelvaart allerheiligen ramadan sinterklaas suikerfeest offerfeest nieuwjaar
nederlands nederlandse frans franse duits duitse engels engelse arabisch arabische turks turkse bulgaars bulgaarse marokkaans marokkaanse
belgisch belgische belg belgen vlaams vlaamse vlaming vlamingen waals waalse europees europese brussels brusselse gents gentse slovaaks slovaakse
roemeens roemeense pools poolse oekraiens oekraiense russisch russische afghaans afghaanse syrisch syrische irakees irakese somalisch somalische
eritrees eritrese ghanees ghanese congolees congolese spaans spaanse portugees portugese italiaans italiaanse grieks griekse tsjetsjeens
tsjetsjeense palestijns palestijnse iraans iraanse albanees albanese tunesisch tunesische algerijns algerijnse nigeriaans nigeriaanse indisch
indische chinees chinese thais thaise afrikaans afrikaanse aziatisch aziatische amerikaans amerikaanse pasjtoe dari farsi tigrinya somali berbers
amazigh koerdisch koerdische romani roma joods joodse christelijk christelijke islamitisch islamitische moslim moslims katholiek katholieke
belgie nederland frankrijk duitsland spanje portugal italie polen roemenie bulgarije slovakije tsjechie hongarije turkije marokko algerije
tunesie egypte syrie irak iran afghanistan pakistan india china oekraine rusland ghana congo somalie eritrea ethiopie nigeria guinee kameroen
rwanda burundi gambia senegal palestina israel libanon georgie armenie albanie kosovo servie griekenland engeland europa afrika azie amerika
vlaanderen wallonie brussel gent antwerpen brugge leuven hasselt aalst aarschot mechelen kortrijk oostende lokeren eeklo deinze ronse
dendermonde oudenaarde ninove geraardsbergen zottegem wetteren merelbeke melle destelbergen evergem lochristi zelzate turnhout genk roeselare
waregem ieper halle vilvoorde tienen diest lier mortsel boom zele hamme temse beveren stekene ledeberg gentbrugge oostakker drongen mariakerke
wondelgem zwijnaarde afsnee rabot muide meulestede dampoort moscou brugse macharius heirnis ekkergem ekkerghem papegaai sluizeken tolhuis ham
watersportbaan bloemekenswijk stationsbuurt binnenstad zuid noord oost west centrum stad gemeente provincie district wijk buurt
ocmw caw clb wgc vdab rva vzw az uz wzc ldc cm cggz ocj vaph agentschap dienst loket huis bestuur college raad politie parket justitie
arbeidsrechtbank vrederechter vrederechten rechtbank balie fod rsz hvw riziv fedasil actiris forem cpas kind gezin opgroeien groeipakket jobbonus
lijn bijlage blok gebouw zone lokaal trap bus perron tram categorie groep vitamine hepatitis plan bureau niveau klas graad fase punt artikel
hoofdstuk deel pagina versie teams slack facebook instagram whatsapp tiktok google itsme mymin fin mymfin mypension tax-on-web iban bic
alzheimer parkinson down asperger dementie corona covid god allah jezus bijbel koran wet decreet kb besluit codex albert-heijn aldi lidl
delhaize colruyt action kringwinkel bpost proximus telenet fluvius luminus engie vreg farys aquafin nmbs sncb tec stib
mevrouw meneer mijnheer heer juffrouw dokter meester sint`);

/** Names of dead or imagined people that live on in places, organisations, laws and illnesses. */
// prettier-ignore
export const KNOWN_PHRASES = [
  'jan palfijn', 'jan yperman', 'jan van eyck', 'maria middelares', 'albert heijn', 'don bosco', 'edward anseele', 'keizer karel',
  'jacob van artevelde', 'prins filip', 'koning boudewijn', 'koning albert', 'koningin astrid', 'koningin elisabeth', 'oscar romero',
  'pater damiaan', 'moeder teresa', 'marie curie', 'anne frank', 'villa voortman', 'luca school of arts', 'victor horta', 'jules destrooper',
  'kind en gezin', 'de sleutel', 'maria hendrika', 'rosa parks', 'nelson mandela', 'martin luther king', 'emile braun', 'reinaert de vos',
  'tijl uilenspiegel', 'bond zonder naam', 'jan modaal', 'jan met de pet', 'jan en alleman', 'leen bakker', 'louis delhaize',
  'santa claus', 'wet breyne', 'wet renault', 'wet franchimont', 'wet salduz', 'peter en meter',
];

/** Straight before a name, these make it the name of a place, an organisation, a law or an illness. */
export const INSTITUTION_BEFORE = toSet(`
az uz pc pz apz cgg ggz wzc wgc clb vzw ldc centrum bvba bv nv asbl ocmw caw mfc vbs gbs kta kso gvbs sbs zol bsgo psychiatrie kliniek ziekenhuis basisschool school
kleuterschool lagereschool freinetschool steinerschool campus atheneum instituut college lyceum academie hogeschool universiteit residentie
serviceflat woonzorgcentrum rusthuis huize villa kasteel hoeve zorgcentrum dienstencentrum buurtcentrum wijkcentrum gemeenschapscentrum
inloopcentrum jeugdhuis jeugdcentrum cultuurcentrum sporthal zaal zwembad stadion park parkje plein brug kerk parochie kapel basiliek abdij
klooster begijnhof moskee bibliotheek bib speelplein speeltuin apotheek cafe bakkerij slagerij frituur winkel nachtwinkel kapper kapsalon
restaurant supermarkt firma garage notariskantoor stichting fonds koning koningin prins prinses keizer sint st sinte heilige onze-lieve-vrouw
wet decreet methode syndroom orkaan storm merk crematorium scouts chiro ksa klj vriendenkring buurtwerking kinderdagverblijf creche toren
wijkgezondheidscentrum gezondheidscentrum standbeeld monument station halte tunnel project lokaal poort`);

/** Straight after a name, these do the same. */
export const INSTITUTION_AFTER = toSet(`
ziekenhuis school basisschool park plein kliniek instituut college campus centrum stichting fonds straat laan kerk brug museum prijs hogeschool
universiteit bibliotheek zaal sporthal kazerne tunnel toren site kaai dok vzw nv bv bvba`);

/** A word that ends so is a street, a square, a building or an organisation. */
export const PLACE_ENDING =
  /^\p{L}.*(?:straat|straatje|laan|plein|pleintje|lei|dreef|kaai|steenweg|weg|wegel|baan|pad|park|hof|dok|brug|poort|vest|berg|markt|steeg|ring|singel|kerk|kerke|school|instituut|college|centrum|huis|ziekenhuis|stichting|fonds|zaal|toren|residentie|tunnel|station|stadion|campus|square|boulevard|wijk|kouter|veld|dorp|gem|zele|beke|brugge|abdij|kathedraal|begijnhof|gebouw|kliniek|werking|dienst|loket|decreet|wet|bond|raad|club|vereniging|hogeschool|haven|eiland|hoek|bos)$/u;

/** Words a sentence begins with and that are no part of the name that follows. */
export const SENTENCE_WORDS = toSet(`
aan achter af al alle alleen als ander andere bij binnen boven buiten daar daarna daarom dan dat de deze die dit door drie dus een eerst
elke en enkel er eveneens geen gisteren haar heel heeft het hier hij hoe hun ik in indien intussen is ja je jullie kan komt laatst maar
meer meerdere men met mijn moet na naar naast nee net niet niemand nog nu of om omdat ondanks onder ons onze ook op over per pas rond samen
sedert sinds soms steeds te tegen terwijl tijdens toch toen tot tussen twee uit van vandaag vanuit vanwege veel verder via volgens voor
vooral voorbij vorige waar waarom wanneer want wat we wegens welke wel weer wie wij wil zelfs ze zeker zij zijn zo zoals zodra zonder zowel
zou contact gsm tel mail ouders moeder vader mama papa buurvrouw buurman client cliente dossier gezin familie beste dag hallo groeten
op dank bedankt graag`);
