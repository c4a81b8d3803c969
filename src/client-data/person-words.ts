const toSet = (words: string): ReadonlySet<string> => new Set(words.trim().toLowerCase().split(/\s+/));

/** Forms of address: whatever name-like thing follows is a person, an initial and a lower-case surname included. */
export const TITLES =
  toSet(`mevrouw mevr mw mvr mev meneer mijnheer mnr dhr heer juffrouw juffr juf meester dokter dr monsieur madam madame mme zuster pastoor mr mrs ms
  miss familie fam weduwe`);

/** Titles that are written with a point. */
export const SHORT_TITLES = toSet('mevr mw mvr mev mnr dhr juffr dr mr mrs ms fam');

/** Words for one person: a capitalised word after them is a name, unless it is known as something else. */
export const PERSON_WORDS =
  toSet(`client cliente klant patient patiente bewoner bewoonster huurder huurster leerling buurvrouw buurman
  collega mama papa oma opa tante nonkel oom broer zus zusje broertje zoon zoontje dochter dochtertje echtgenoot echtgenote vriend vriendin
  baby moeder vader kleuter tolk huisbaas advocaat opvoeder begeleider begeleidster vrijwilliger vrijwilligster huisarts verpleegkundige
  jongeman nicht neef grootmoeder grootvader bomma bompa schoonmoeder schoonvader schoondochter schoonzoon ex-man ex-vrouw man vrouw
  weduwnaar zorgcoordinator gezin buurtbewoner buurtbewoonster wijkbewoner wijkbewoonster
  straathoekwerker brugfiguur leerkracht verpleegster jongere jongen meisje deelnemer deelneemster bezoeker bezoekster peuter stiefvader stiefmoeder
  kleinzoon kleindochter echtpaar koppel`);

/** "de zoon van ...": the family words after which "van" leads to a person. */
export const FAMILY_WORDS =
  toSet(`mama papa moeder vader zoon zoontje dochter dochtertje broer zus broertje zusje oma opa tante nonkel oom
  echtgenoot echtgenote partner vriend vriendin ex ex-man ex-vrouw man vrouw kinderen ouders gezin schoonmoeder schoonvader grootmoeder dossier
  voogd bewindvoerder huisarts begeleider`);

/** "We zagen ...", "ik ontmoette ...": what follows with a capital is mostly a person. */
export const MEETING_VERBS = toSet('zag zagen ontmoette ontmoetten begeleidde begeleidden');

/** Words that announce a name: "een zekere ...", "genaamd ...". */
export const NAMING_WORDS = toSet('genaamd zekere voornaam achternaam familienaam');

/** "zij heet ...", "haar naam is ...": a project can have a name too, so the word before must be one of these. */
export const OWNERS_OF_NAMES =
  toSet(`hij zij ze ik haar zijn mijn diens vrouw man zoon zoontje dochter dochtertje moeder vader mama papa client
  cliente jongen meisje kind baby buurman buurvrouw`);

/** What a person does and a flower or a month does not: "Roos vertelt ...". */
export const PERSON_VERBS =
  toSet(`woont zegt zei vertelt vertelde belt belde kreeg krijgt durft vindt vond zoekt zocht wacht wachtte slaapt sliep werkt
  werkte spreekt huurt huurde vraagt vroeg betaalt leeft wil kan moet kwam komt ging gaat heeft had verloor`);

/** Small words inside a surname: "De Smet", "van den Berg", "El Amrani". */
export const PARTICLES =
  toSet(`de den der des d' van vande vanden vander ten ter te 't le la les l' du di da dos al el ait ben bin ibn bint abu von
  o'`);
