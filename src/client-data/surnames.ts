// Common surnames in Flemish towns that are not ordinary words. One of these alone is enough to think of a person.
const FREQUENT = `
Aerts Adriaens Adriaensen Andries Baert Baeten Baetens Bauwens Beeckman Behiels Bellens Billiet Blancke Blomme Bogaert Bogaerts Boeykens
 Boonen Borremans Bosmans Bossuyt Braeckman Bracke Briers Broeckx Brusselmans Bruyneel Buelens Buysse Callens Callewaert Calluy Carlier
Carpentier Casteleyn Ceulemans Ceuppens Christiaens Claes Claessens Claeys Claeyssens Claus Clauwaert Coenen Colpaert Cools Coppens Cornelis
Cornelissen Craeynest Crabbe Cuypers Cuyvers Daems Daenen Danneels Dauwe Dewit Declerck Declercq Deceuninck Decock Deconinck Degroote Dekeyser
Delacroix Delaere Delbeke Deleu Demeulemeester Demeyer Demeyere Denys Depaepe Deprez Deruyter Desmedt Desmet Detavernier Devos Devriendt Dewaele
Dewilde Dewulf Dhaene Dhondt Diels Dierckx Dierick Driessens Everaert Everaerts Eeckhout Eyckmans Feys Fierens Foubert
Francken Franssen Gabriels Geens Geerts Geeraerts Gevaert Ghys Ghyselinck Gielen Gielis Gillis Goethals Goossens Govaerts Govers Goyvaerts
Haesaert Hellemans Hendrickx Hendriks Hermans Hermus Heylen Heymans Heyvaert Hoste Huybrechts Huyghe Huysmans Ingelbrecht Jacobs Janssen
Janssens Jansen Jans Jespers Joos Joosten Joris Kerckhofs Kestens Kiekens Lambert Lambrecht Lambrechts Lamote Lauwers Leemans Leenaerts Lefever
Lefevre Lejeune Lemmens Lenaerts Leirens Lernout Leyman Leys Lievens Lippens Loones Luyckx Luyten Maertens Maes Maesen Mahieu Martens
Matthijs Matthys Meersman Meert Meeus Melis Mertens Merckx Mestdagh Meulemans Meuleman Michiels Michielsen Moens Moerman Moernaut Mortier
Naessens Neirynck Nelissen Neyens Neyt Nijs Nuyts Nys Olbrechts Ooms Paepe Pauwels Pauwelyn Peeters Peetermans Pieters
Pietermans Pollet Poppe Praet Provoost Raes Raeymaekers Reynaert Reyniers Rogiers Roelandt Roels Roelants Rombouts Rosseel Rottiers Rutten
Sabbe Segers Seghers Sels Serneels Simoens Simons Slabbinck Slegers Smeets Smets Smits Soetaert Somers Spruyt Staelens Stevens Stevens
Steyaert Strubbe Swinnen Symons Taelman Theunis Theys Thielemans Thijs Thys Timmermans Torfs Truyens Tyberghein Vanbeveren Vanacker
Vandamme Vandeputte Vandecasteele Vandekerckhove Vandemaele Vandenabeele Vandenberghe Vandenbroeck Vandenbroucke Vandenbussche Vandendriessche
Vandenheede Vandersmissen Vanderstraeten Vandevelde Vandevoorde Vandewalle Vandeweghe Vanhaecke Vanhoecke Vanhoutte Vanhove Vanhulle
Vanneste Vanoverbeke Vanparys Vansteenkiste Vantomme Verbeeck Verbeke Verbiest Verbist Verbruggen Vercammen Vercauteren Verdonck Vereecke
Vereecken Verelst Vergauwen Verhaege Verhaeghe Verhaegen Verhaert Verhelst Verheyen Verhoeven Verhofstadt Verlinden Vermeersch Vermeire
Vermeiren Vermeulen Verplancke Verplaetse Verschaeve Verschueren Verstraete Verstraeten Verstuyft Vervaet Verwilghen Vincke Vlaeminck Vlerick
Volckaert Vrancken Vrints Vyncke Wauters Willaert Willems Willemsen Windels Wouters Wuyts Wyffels Wyns Yperman Ysebaert Zwaenepoel
 Abdullahi Acar Acheampong Addo Agyeman Akin Aksoy Aktas Alaoui Altun Amrani Appiah Arslan Asante Aslan Atanasov Ates Avci Aydin Aydogan
Azzouzi Bakkali Balci Balde Barry Bayrak Belhaj Benali Benamar Benhaddou Benjelloun Bennani Berrada Bilgin Bouali Bouazza Boukhari Boutaher
Bouzid Bozkurt Bulut Camara Cakir Celik Cetin Chaoui Cherkaoui Cisse Conde Coskun Daoudi Demir Demirci Dogan Dimitrov Dursun Duran Ekinci
Erdogan Erkan Erol Fofana Gashi Georgiev Ghanem Gungor Guler Gunes Hamdi Hamidi Haddad Hassani Hoxha Hristov Idrissi Ilieva Iliev Ivanov Ivanova
Jalloh Kabbaj Kara Karaca Kaya Keita Khan Kilic Koc Korkmaz Kovac Kowalczyk Kowalska Kowalski Krasniqi Kurt Lahlou Lewandowski Mansouri
Mensah Mohammadi Mutlu Nguyen Nowak Ndiaye Okafor Okeke Okonkwo Osei Owusu Ozdemir Ozkan Ozturk Oztekin Pham Polat Popescu Popov Rahimi
Rahmani Saidi Sahin Sarr Sesay Sharma Simsek Singh Sow Stoyanov Sylla Tahiri Tekin Todorov Toure Touzani Tran Traore Turan Ucar
Ulusoy Unal Uzun Wisniewski Yavuz Yildirim Yildiz Yilmaz Yuksel Ziani Zeroual Diallo Dimitrova Georgieva Petrov Petrova Petrovic Nikolic
Jovanovic Markovic Novak Horvath Kovacs Nagy Silva Santos Pereira Ferreira Fernandes Rodrigues Rodriguez Garcia Gonzalez Martinez Lopez
Fernandez`;

// What follows "De", "Van", "Van de(n/r)" and the like in a surname, where that is common enough to stand alone.
const AFTER_PARTICLE = `
Smet Smedt Clercq Clerck Backer Baets Bruyne Bruyn Cock Coninck Cuyper Decker Graeve Groote Keyser Keersmaecker Kock Maeseneer Maeyer
 Meulenaer Mey Meyer Meyere Moor Mol Muynck Neve Paepe Pauw Pooter Potter Ridder Roeck Rouck Ruyck Rycke Schepper Schryver
Sutter Taeye Temmerman Troyer Vleeschouwer Vlieger Vlaeminck Vogelaer Vos Vreese Vriendt Waele Weerdt Wilde Witte Wulf Zutter Ceuster
Damme Acker Hecke Hoecke Hoof Houtte Hove Laere Laethem Langenhove Lierde Loo Looy Nieuwenhove Nieuwenhuyse Overmeire Parys
Peteghem Poucke Rompaey Steenberge Steenkiste Waeyenberge Wesemael Wynsberghe Bossche Berghe Broeck Broucke Bulcke Bussche Driessche Eynde Eeckhout
Heede Hende Heuvel Kerckhove Abeele Casteele Maele Meersche Meulen Putte Stichelen Straeten Velde Velden Voorde Walle Weghe Wiele Wielen Woestyne
Hondt Hoker Haese Eyck Brempt Eetvelde Bogaert Bergh Sande Vyver Vyvere Auwera Haute Perre`;

const toSet = (words: string): ReadonlySet<string> => new Set(words.trim().toLowerCase().split(/\s+/));

export const SURNAMES = toSet(FREQUENT);
export const SURNAMES_AFTER_PARTICLE = toSet(AFTER_PARTICLE);

/** Endings that make a capitalised word after another capitalised word look like a surname. */
export const SURNAME_ENDING =
  /^\p{L}{2,}(?:ssens?|ckx|aerts?|mans|inck|ynck|eyns|eets|eeck|aeghe|uyse|ova|eva|ov|ev|ski|ska|sky|ovic|evic|oglu|yan|escu|enko|czyk|wicz|shvili|adze|zadeh|pour|allah)$/u;

// The old spelling lives on in Flemish surnames and hardly anywhere else: Verhaeghe, Quaghebeur, Dierckx, Huyse, Vanhecke.
const OLD_SPELLING =
  /^\p{L}{2,}(?:aerts?|aers|aere|aeghe|ghe|ghebeur|uyse|uyt|uys|uyck|eyns|eynck|eyne|ckx|cke|eckx|eire|eyere?|aene|aelen?|ynck|aeck|cq)$/u;
const WITH_VAN = /^van(?:de[nr]?)?\p{L}{4,}$/u;
const VAN_WORDS =
  /^van(?:af|achter|avond|binnen|boven|buiten|daag|daal|daar|daan|dal|dehands|derwaals|doen|door|een|gen$|ger|gnet|grail|gst|hier|il|ity|middag|morgen|nacht|ochtend|onder|op$|ouds|uit|waar|wege|zelf)/u;

/** A word that is a Flemish surname by its spelling alone. */
export function hasSurnameSpelling(lower: string): boolean {
  return OLD_SPELLING.test(lower) || (WITH_VAN.test(lower) && !VAN_WORDS.test(lower));
}
