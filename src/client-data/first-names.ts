// First names heard in Flemish towns, compiled by hand. A list need not be complete: titles, surnames and phrases such
// as "een zekere ..." find the others. Written without accents, as the normalised text is.
const FLEMISH = `
Aagje Aaron Abel Achiel Achille Ada Adelheid Adelin Adeline Adolf Adriaan Adrien Agnes Aime Alain Albert Alberte
Albertine Albrecht Aldo Alex Alexander Alexandra Alexia Alfons Alfonsine Alfred Alice Alicia Aline Alison Alix Alma
Aloisius Amandine Amber Amedee Amelie An Anais Andre Andrea Andy Angele Angelique Anja Anke Ann Anna Annabel Anne
Anneke Anneleen Annelien Annelies Annelore Annemarie Annemie Annemieke Annick Annie Anouk Anthony Antoine Antoinette
Anton Antonius Arianne Arlette Armand Arne Arno Arnold Arthur Aster Astrid Athena Aude Audrey August Augusta Aurele
Aurelie Axel Axelle Babette Baptist Baptiste Barbara Bart Bavo Beatrice Beatrijs Beatrix Beau Ben Benjamin Benny
Benoit Berenice Berlinde Bernadet Bernadette Bernard Bert Bertha Berthe Bertrand Betty Bieke Birgit Birgitte Bjarne
Bjorn Bo Bonnie Boris Borre Bram Brecht Brent Brian Briek Brigitte Britt Bruno Bryan Caitlin Camille Carine Carl Carla
Carlo Carlos Carmen Caroline Cas Cassandra Catharina Catherine Cato Cecile Cedric Celeste Celestine Celine Chantal
Charles Charlotte Chayenne Chelsea Cheyenne Chiara Chloe Chris Christa Christel Christelle Christiaan Christian
Christiane Christina Christine Christof Christophe Cindy Ciska Claire Clara Clarissa Claude Claudette Claudia Claudine
Clement Clementine Coen Colette Colin Conny Constance Constant Corinne Corneel Cornelia Curt Cynthia Cyriel Daan Dafne
Dagmar Daisy Dana Daniel Daniella Danielle Danny Daphne Dave David Davy Dean Debbie Debora Delfien Delphine Demi Denis
Denise Denny Desire Desiree Diana Dianne Didier Diederik Diego Dieter Dina Dino Dirk Domien Dominic Dominiek Dominique
Donna Dorien Dorine Dorothea Dries Duncan Dylan Eddy Edgard Edith Edmond Edouard Eduard Edward Edwin Eef Eefje Elena
Eleonora Eleonore Eliane Elias Elien Elina Eline Elisa Elisabeth Elise Elke Ella Ellen Ellie Elly Eloise Els Elsie
Elvira Elvire Emiel Emile Emilia Emilie Emily Emma Emmanuel Emmy Enzo Eric Erica Erik Erika Erna Ernest Erwin Esmee
Estelle Esther Ethan Etienne Eugene Eugenie Eva Evelien Eveline Evelyne Evi Evy Ewout Ezra Fabian Fabienne Fabio
Fabrice Fanny Faye Febe Felicia Felix Fenne Ferdinand Fernand Ferre Fieke Fien Filiep Filip Finn Firmin Flavie Fleur
Floor Flor Flora Flore Florence Florent Florian Floris Fons Fran Francien Francine Francis Franciscus Francois
Francoise Frank Franky Frans Frauke Fred Freddy Frederic Frederik Frederique Freek Freija Freya Frida Frieda Frieke
Frits Gabrielle Gaby Gaetan Gaspard Gaston Geert Geertje Geertrui Georges Georgette Georgina Georgine Geraldine Gerard
Gerarda Gerda Gerlinde Germaine Gerrit Gert Gerty Ghislain Ghislaine Gianni Giel Gijs Gilbert Gilberte Gilles Gina
Ginette Gino Gisele Gitte Glenn Godelieve Godfried Goedele Gonda Greet Greetje Gregory Greta Gretel Griet Grietje
Gudrun Guido Guillaume Gunter Gunther Gust Gustaaf Guy Gwen Gwenda Gwendolyn Gwenny Hadewijch Hanna Hannah Hanne
Hannelore Hannes Hans Harry Hector Hedwig Heidi Heike Heleen Helena Helene Hendrik Hendrika Henk Henri Henriette
Herbert Herlinde Herman Hermien Hilaire Hilda Hilde Hilke Honore Hortense Hubert Hugo Ian Ida Idesbald Ignace Igor
Ilja Ilona Ils Ilse Imelda Imke Ine Ines Inge Ingeborg Ingrid Inne Irena Irene Iris Irma Isa Isaac Isabel Isabelle
Isaura Isidoor Isolde Ivan Ivo Ivonne Jaak Jackie Jacob Jacqueline Jacques Jade Jakob Jan Jana Janne Jannes Jarne
Jarno Jasmien Jasmijn Jason Jasper Jayden Jean Jeanine Jeanne Jeannine Jef Jeff Jelena Jelle Jenna Jennifer Jenny Jens
Jeremy Jeroen Jerome Jesse Jessica Jessie Jessy Jette Jill Jits Jitske Jitte Jo Joachim Joanna Job Jochen Joeri Joery
Johan Johanna John Johnny Joke Jolanda Jolanthe Jolien Jolyne Jonas Jonathan Jonna Joost Jordi Jordy Joren Jorg Jorik
Joris Jorre Jorrit Jos Jose Josee Josefien Joseph Josepha Josephine Josephus Josette Josine Joyce Jozef Jozefien Juan
Judith Judy Jul Jule Jules Julia Julie Julien Julienne Juliette Juna Jurgen Jurre Justine Jutta Kaat Kai Kaj Karel
Karen Karin Karine Karla Karlien Karlijn Karolien Karsten Kasper Katelijne Kathleen Kathy Katia Katja Katleen Katlijn
Kato Katrien Katrijn Katrin Kayleigh Keano Keanu Kelly Kenneth Kenny Kevin Kiara Kilian Kim Kimberly Kirsten Kjell
Klaas Klara Kobe Koen Koenraad Kris Krista Kristel Kristien Kristina Kristof Kurt Kyan Kyara Kylian Kyra Laetitia
Lambert Lana Lander Lara Lars Laura Laure Lauren Laurence Laurens Laurent Laurien Laurine Lea Leander Leandro Leen
Lena Leni Lennart Lennert Lenny Leo Leon Leona Leonard Leonie Leontien Leontine Leopold Levi Lewis Lex Lia Liam
Lidwien Lien Lies Liesbet Liesbeth Liese Lieselot Lieselotte Liesje Lieve Lieven Lilian Liliane Lily Lin Lina Linda
Linde Line Linus Lisa Lisbeth Lise Liselotte Livia Liza Lode Lodewijk Loes Loic Lois Lore Loreen Lorena Lorenz Lorenzo
Loretta Lot Lotte Lou Louis Louise Lowie Luc Luca Lucas Lucette Lucia Luciana Lucie Lucien Lucienne Ludivine Ludo
Ludovic Ludwig Luk Lukas Luna Lut Lutgard Lutgart Lydia Lydie Maaike Maarten Mabel Madeleine Maeva Magda Maggie Maite
Malou Mandy Manon Manu Manuel Manuela Marc Marcel Marcella Marcelline Marcello Margareta Margareth Margaretha Margaux
Margo Margot Margriet Maria Mariane Marianne Marie Marieke Mariel Marielle Mariette Marijke Marijn Marike Marilyn
Marina Mario Marion Marissa Marit Marjan Marjolein Marjolijn Mark Marleen Marlene Marlies Marlon Marnix Martha Marthe
Martijn Martin Martina Martine Marvin Mathias Mathieu Mathijs Mathilde Mathys Mats Matthew Matthias Mattias Mattijs
Maud Maurane Maurice Mauricette Maurits Mauro Max Maxim Maxime Maya Maybritt Melanie Melina Melissa Melodie Merel
Merijn Mette Mia Michael Michel Michele Michelle Michiel Mieke Miet Mikael Mike Mil Mila Milan Milla Milly Milou Minne
Mira Miranda Mirella Mirjam Mirte Mirthe Mitch Mona Monica Monique Morgane Morris Myriam Myrthe Nadege Nadine Nancy
Naomi Natalie Natan Natascha Natasja Nathalie Nathan Nathanael Neal Neele Nele Nelle Nelly Nelson Nena Nestor Nick
Nicky Nico Nicolas Nicole Nicoline Nicolle Niels Nigel Nika Niki Nikita Nils Nina Noa Noah Noel Noella Noelle Noemi
Noemie Noor Noortje Nora Norbert Norma Octaaf Oda Odette Odile Odilon Olaf Oliver Olivia Olivier Omer Oona Oriane
Oscar Otis Otto Owen Paco Pascal Pascale Pascalle Pat Patje Patricia Patrick Patrik Patsy Patty Paul Paula Paulette
Paulien Pauline Pedro Pepijn Peter Petra Philip Philippe Philomena Pia Pierre Piet Pieter Pim Pol Priscilla Quentin
Quinn Quinten Rachel Raf Rafael Ralph Ramon Rani Raphael Raymond Rebecca Regina Reinaart Reine Reinhard Reinhilde
Reinout Remco Remi Remy Renaat Renaud Rene Renee Renilde Renske Ria Richard Rien Rik Rikkert Rino Rita Rob Robbe Robby
Robert Roberto Robin Robrecht Roel Roeland Roger Roland Romain Romina Romy Ronald Ronny Roos Roosje Rosa Rosalie
Rosalinde Rosanne Rosemarie Rosette Rosine Rosita Roxane Roxanne Rozemarijn Ruben Ruddy Rudi Rudolf Rudy Rune Ruth
Ruud Ryan Saar Saartje Sabine Sabrina Sacha Sam Samantha Samuel Sander Sanderijn Sandra Sandrine Sandy Sanne Sara
Sarah Sarina Sascha Saskia Savannah Scott Sebastiaan Sebastien Senne Seppe Serge Severine Shana Shanaya Shania
Shaniqua Shannon Sharon Shauni Sheila Shirley Sidney Siebe Siegfried Sieglinde Siel Sien Sigrid Silke Silvia Simon
Simone Simonne Siska Soetkin Sofia Sofie Solange Sonia Sonja Sophia Sophie Staf Stan Stef Stefaan Stefan Stefanie
Steff Steffen Steffi Stella Steph Stephan Stephanie Stephen Sterre Steve Steven Stien Stijn Stine Sus Susanne Suzanna
Suzanne Suzy Sven Sverre Sybille Sylvain Sylvia Sylvie Tabitha Tamara Tania Tanja Tara Tatiana Tatjana Ted Tess Tessa
Teun Thalia Thea Theo Theofiel Theresa Therese Thibault Thibaut Thibo Thierry Thijs Thomas Tia Tibe Tibo Tiebe Tiffany
Tijl Tijs Tilde Tille Tim Timo Timothy Tina Tine Tineke Tinne Tobe Tobias Tom Tomas Tommy Tony Toon Torben Trees
Tristan Trui Tuur Twan Ulrike Urbain Ursula Uwe Valentijn Valentina Valere Valerie Vanessa Veerle Vera Veronica
Veronique Vic Vicky Victor Victoria Vik Viktor Vincent Viola Virginie Viviane Wally Walter Walther Wannes Ward Warner
Warre Wendy Werner Wesley Wies Wiet Wilfred Wilfried Wilhelmina Willem Willemijn William Willy Wim Winde Winnie
Winston Wivina Wolf Woody Wout Wouter Xander Xanthe Xavier Yana Yanni Yannick Yannis Yara Yasmine Yelena Yente Yoeri
Yolande Yoran Yorben Yorick Youri Ysaline Yuna Yves Yvette Yvonne Zelda Zeno Zita Zjef Zoe Zoltan`;

// Arabic and Amazigh, Turkish and Kurdish.
const MEDITERRANEAN = `
Abdel Abdelaziz Abdelghani Abdelhak Abdelhamid Abdelilah Abdelkader Abdelkarim Abdellah Abdelmajid Abdelmalek
Abdelouahed Abdelwahab Abderrahim Abderrahman Abderrazak Abdeslam Abdessamad Abdul Abdullah Abdulrahman Abdurrahman
Abidin Abir Achraf Adam Adem Adil Adile Adnan Afaf Ahlam Ahlem Ahmad Ahmed Ahmet Aicha Aisha Aissa Akram Alaa Alae
Alev Ali Alia Alp Alper Alperen Altan Amal Amani Amar Amer Amin Amina Aminata Amine Amir Amira Ammar Anas Anass Anil
Anis Anissa Anwar Arda Arwa Arzu Asiye Asli Asma Asmae Assia Asya Atef Atila Atilla Avin Awat Awatif Aya Ayberk Aydan
Ayfer Ayhan Aylin Ayman Aymen Aynur Ayoub Ayse Aysegul Aysel Aysenur Aysun Aytac Ayten Azad Azeddine Azhar Aziz Aziza
Azize Azra Azzedine Badr Bahar Bahia Bahoz Baran Baris Bashir Basma Batoul Batuhan Bayram Bekir Belgin Berat Berfin
Beritan Berivan Berkay Betul Beyza Bilal Bilge Birgul Birol Bora Bouchra Boutaina Brahim Btissam Bulent Burak Burcu
Busra Cafer Cagla Canan Caner Cansel Cansu Cavit Celal Cem Cemal Cemile Cengiz Ceyda Ceylan Chadia Chafik Chaima
Chaimae Chakib Charif Charifa Cherif Chouaib Cihan Cuneyt Dalila Daoud Defne Delal Demet Derya Didem Dilan Dilara
Dilek Dilovan Dilshad Dina Diyar Djamel Djamila Dogan Dogukan Doha Dounia Driss Durmus Duygu Ebru Ece Ecrin Eda Efe
Ehab Ekrem Ela Elham Elif Elmehdi Elvan Emel Emin Emine Emir Emirhan Emrah Emre Emrullah Ender Enes Engin Ercan Erdal
Erdem Erdogan Eren Ergun Erhan Erkan Erol Ertan Ertugrul Esin Esma Esra Evren Eylem Eylul Eymen Eyup Fadi Fadila
Fadime Fadoua Fahd Fahima Faical Fairouz Faiza Farah Farid Farida Faris Farouk Faruk Fathi Fathia Fatih Fatiha Fatima
Fatma Fatmanur Fatna Fatos Fatoumata Fawzi Faysal Fayza Ferdaous Ferdi Ferhat Feride Feriha Ferit Feyza Figen Fikret
Fikri Filiz Firas Firat Firdaous Fouad Fouzia Furkan Fusun Gamze Ghassan Ghita Ghizlane Gizem Gokce Gokhan Gonca Gonul
Gul Gulay Gulbahar Gulcan Guler Gulizar Gulnaz Gulnur Gulsen Gulsum Gulten Gurkan Habib Habiba Hacer Hadi Hadil Hafid
Hafida Hafsa Haitham Hajar Hakan Hakim Hakima Hakki Hala Halil Halima Halime Halit Haluk Hamid Hamida Hamide Hamit
Hamza Hana Hanae Hanan Hanane Hande Hanifa Hanife Haroun Harun Hasan Hasibe Hasna Hasnae Hassan Hatem Hatice Havva
Hayat Hayet Hayriye Heba Hediye Hevin Hiba Hicham Hikmet Hilal Hind Hisham Hiwa Houda Houria Houssam Houssine Hulya
Husamettin Husein Huseyin Husnu Hussein Ibrahim Ibtissam Idil Idris Idriss Ihab Ihsane Ikram Ikrame Ilayda Ilham
Ilhame Ilhan Ilias Iliass Ilknur Ilyas Ilyass Imad Iman Imane Imran Inas Ines Insaf Ipek Irem Irfan Isam Isik Islane
Ismael Ismahan Ismail Ismet Israe Issam Jaafar Jaber Jalal Jamaa Jamal Jamila Jawad Jihane Jinan Jiyan Joud Jwan Kaan
Kader Kadija Kadir Kadriye Kaltoum Kamal Kamil Kaoutar Karam Karim Karima Kawa Kawtar Kazim Kemal Kenan Kenza Kerem
Keziban Khadidja Khadija Khadra Khaled Khalid Khalil Khaoula Khouloud Kinan Koray Kubra Lahcen Laila Lamia Lamiae
Larbi Latifa Latife Layla Leila Levent Leyla Lina Lotfi Louay Loubna Lubna Lutfi Lutfiye Maha Maher Mahir Mahmoud
Mahmud Mahmut Maissa Majd Majid Makbule Malak Malek Malika Mansour Mariam Marouan Marouane Marwa Marwan Maryam Maysa
Mehdi Mehmet Mehtap Melek Melike Melis Meltem Merve Meryem Mesut Metin Mevlut Mikail Miloud Mimoun Mimouna Mina Mine
Miran Miray Mohamad Mohamed Mohammad Mohammed Mohand Mohsin Moncef Mouad Mouna Moundir Mounia Mounir Mourad Moussa
Moustafa Mucahit Muhammad Muhammed Muhammet Muharrem Mukaddes Muna Munir Murat Musa Mustafa Mustapha Muzaffer Nabiha
Nabil Nabila Nacer Nada Nadia Nadim Nadir Nahed Naim Naima Najat Najib Najla Nalan Naoual Naoufal Narjis Nasser Nassim
Nassima Nawal Nawel Nawroz Nazan Nazha Nazife Nazim Nazli Nebahat Necati Necla Necmettin Neriman Nermin Neslihan
Nesrin Nevin Nevzat Nezahat Nezha Nidal Nihad Nihal Nihat Nilay Nilgun Nisrine Nizar Noor Nora Nordin Nouhaila Nour
Noura Noureddine Nur Nuran Nuray Nurcan Nurettin Nurgul Nurhan Nuri Nuriye Nursel Nurten Oguz Oguzhan Okan Oktay Olcay
Omar Omer Onur Orhan Orkun Osama Osman Othman Ouafa Oualid Ouassim Ouiam Oumaima Oussama Ozan Ozcan Ozge Ozgur
Ozkan Ozlem Pakize Pelin Perihan Pinar Poyraz Qais Qusai Rabab Rabia Rabie Rachid Rachida Rafik Rahma Raja Rajaa Rajae
Ramazan Rami Rania Ranim Ranj Rasha Rashed Rashid Rasim Rawan Rayan Rayane Razan Rebin Recep Redouan Redouane Reem
Refik Remzi Resul Reyhan Rezan Riad Rida Ridouan Rim Rima Riza Rojda Rojin Ronahi Ruba Rukiye Ruveyda Saad Saadia
Sabah Sabiha Sabri Sabrine Sadik Safae Safia Safiye Safouane Safwan Sahar Sahin Said Saida Sajid Sakine Salah
Salaheddine Salam Salem Salih Saliha Salim Salima Salma Salman Salwa Samar Samet Sami Samia Samiha Samir Samira Sana
Sanae Sarra Savas Sawsan Seda Sedat Sedef Sefa Seher Selahattin Selami Selcuk Selda Selen Selim Selin Selma Sema Semih
Semra Senem Serap Sercan Serdar Serhat Serkan Serpil Sertac Sevcan Sevda Sevgi Sevil Sevim Sevinc Seyit Seyma Sezen
Sezer Shadi Shaima Sherwan Shilan Shirin Sibel Siham Sila Sinan Sirwan Sohaib Songul Soraya Souad Soufian Soufiane
Souhaila Soukaina Soulaiman Soumaya Sozan Suat Sude Suheyla Sukran Sukru Suleyman Sultan Sumaya Sumeyye Taha Tahar
Tahsin Tamer Taner Taoufik Tarek Tarik Tariq Tarkan Tasnim Tayfun Taylan Temel Teoman Tevfik Thouraya Tolga Tuba Tugba
Tulay Tulin Tunahan Tuncay Tuncer Turan Turgay Turgut Turkan Ufuk Ugur Ulas Umit Umran Umut Vahit Vedat Veli Vildan
Volkan Wael Wafa Wafae Wahid Walid Wassim Wiam Widad Wided Yacine Yagmur Yahia Yahya Yakup Yalcin Yaman Yamina Yaren
Yasar Yasemin Yasin Yasmin Yasmina Yassin Yassine Yassir Yavuz Yazan Yeliz Yesim Yigit Yildirim Yildiz Younes Youness
Younis Yousef Yousra Youssef Youssouf Yousuf Yuksel Yunus Yusra Yusuf Zafer Zahira Zahra Zaid Zainab Zakaria Zakia
Zayd Zaynab Zehra Zeinab Zekeriya Zeki Zekiye Zeliha Zerrin Zeyad Zeynep Ziad Zilan Zineb Ziya Zohra Zoubida Zouhair
Zouhra Zozan Zubeyde Zuhal Zuhra Zuleyha`;

// Slavic, Balkan, Roma, Romanian, African, Asian and Latin American names.
const FURTHER_AWAY = `
Abdi Abdikadir Abdinasir Abdirahman Abdirizak Abdoulaye Abdullahi Abeba Abebe Abena Abhishek Abiba Achol Adama Adebayo
Adela Adelina Adjoa Adolfo Adrian Adriana Adwoa Afia Aftab Agata Agim Agnieszka Agron Aichatou Aissata Aissatou Ajmal
Akosua Akua Albena Alejandra Alejandro Aleksandar Aleksander Aleksandr Aleksandra Aleksey Alena Alexandru Alhassan Alicja Alin Alina Alioune Almaz Alseny Alvaro Alzbeta Ama Amadou Amanuel Amara Amie Aminatou Aminullah
Amit Amos Amran Amrit Anab Anahit Anastasia Anatoli Anatoly Andrei Andrej Andres Andrzej Anelia Aneliya Aneta Angel
Angelica Angelina Anh Ani Anita Anjali Anka Antoaneta Antonia Antonio Aparna Aram Arash Arben Ardit Arezoo Aristide
Arjun Arlind Arman Armando Armel Armen Arpine Arta Artan Artem Artur Arzo Asadullah Asef Asen Asha Ashot Ashraf Asif
Aslambek Assane Assen Assita Atanas Atifa Augustin Aurel Aurelia Awa Awet Ayaan Ayan Ayanda Ayesha Ayodele Babacar
Bahram Bakary Balla Balwinder Bao Bartlomiej Bartosz Basir Beata Beatriz Behnaz Behrouz Belen Bereket Berhane Bernardo
Besa Besim Besnik Beyene Bianca Bibi Biljana Bineta Biniam Binta Bintou Bisera Bishnu Bisrat Blagoy Blanka Blerim
Blerta Blessing Bogdan Bogumila Boguslaw Bohdan Bojan Bojana Boniface Borislav Boryana Boubacar Boyan Bozena Bozhidar
Branko Bruna Burim Bushra Camila Carlota Catalin Catalina Celestin Celina Cesar Chantal Chavdar Cheikh Chen Chiamaka
Chibuzo Chidi Chika Chinedu Chioma Ciprian Claudio Claudiu Comfort Constantin Consuelo Corina Cosmin Costel Crina
Cristian Cristina Cyrille Czeslaw Dagmara Damian Damir Damyan Dancho Daniela Danuta Daouda Darek Daria Darina
Darius Dariusz Darko Davit Dawit Deepak Dejan Delyan Demba Denitsa Denys Deqa Desislava Deyan Dezider Diallo Diana
Dimitar Diogo Divine Diyana Djeneba Djibril Djordje Dmitri Dmytro Dobri Dobromir Dolores Dominik Dominika Donika Donka
Dorin Dorina Dorota Dragan Dragana Drilon Drita Dritan Dumitru Dung Duong Dusan Dzevad Ebenezer Ebere Ebrima Edita
Edona Eduarda Eduardo Efua Ekaterina Ekaterine Ekow Elisabeta Elitsa Elsa Elvir Elvis Elzbieta Emeka Emil Emilian
Emilio Emiliya Emina Enisa Enrique Enver Ephrem Ermal Ernesto Erzsebet Esad Esi Esmat Esperance Esperanza Espoir
Esteban Estifanos Eugen Eugenia Evgeni Ewa Ewelina Eyob Ezatullah Ezekiel Fadil Faduma Fahim Faisa Fani Fanta Fardowsa
Farhad Farhan Farhia Farooq Fartun Farzad Farzana Fatana Fatbardha Fatim Fatlum Fatmir Fatou Fatoumatta Federico
Felipe Fereshta Fereshteh Fernanda Fernando Fidanka Fidele Filipa Filmon Fiston Fiyori Flamur Florentina Florica
Florin Fode Francisca Francisco Franciszek Freshta Freweyni Gabi Gabriel Gabriela Gael Gagandeep Gagik Galina Galyna
Ganiyu Ganka Gayane Gejza Genadi Gencho Genet George Georgeta Georgi Gerardo Gergana Gevorg Gezim Ghazal Ghazala
Gheorghe Ghirmay Ghulam Giang Gifty Gilberto Ginka Giorgi Giovanni Girma Gita Giulia Giuseppe Gloire Gloria Gohar
Goitom Golnaz Gonzalo Goran Gosia Grace Graciela Grazyna Grzegorz Guadalupe Gul Guled Gurdeep Gurmeet Gurpreet Gustavo
Habibullah Habimana Habtom Haby Hadja Hajrija Hakob Halina Halyna Hamed Hamidullah Hani Harjit Haroon Harpreet Hasmik
Hassane Hawa Helen Henrique Henryk Hibo Hieu Hirut Hoang Hodan Homayoun Hossein Hovhannes Hrant Hristina Hristiyan
Hristo Huong Ibrahima Ifeanyi Ifeoma Ifrah Iga Ignacio Ikran Ilhan Ilir Iliya Ilona Ilyana Immaculee Imtiaz Indra Inna
Ioan Ioana Ion Ionela Ionut Irakli Ireneusz Irina Iryna Isatou Isidro Iskra Ismaila Issa Issiaka Iulia Iulian Iva Ivan
Ivana Ivanka Ivaylo Ivelin Ivelina Iveta Iwona Izabela Jacek Jadranka Jadwiga Jadzia Jafar Jaime Jakub Jalil Jama
Janina Jarek Jarmila Jaroslav Jasmina Jaspreet Jaswinder Javad Javed Javier Jawed Jeannot Jehona Jelena Jerzy Jeton
Joana Joanna Joao Joaquim Joel Jolanta Jolie Jorge Josefa Josiane Josue Jovan Jovanka Jozsef Julian Julio Junior Juraj
Justyna Kabir Kadiatou Kafui Kalidou Kalin Kalina Kalinka Kaltuma Kamelia Kamen Kamil Kamila Karapet Karina Karol
Karolina Kashif Kassim Katarina Katarzyna Katerina Kateryna Katya Kaveh Kazimierz Kebede Ketevan Khady Khanh Khatera
Khava Khrystyna Kibrom Kidane Kinga Kiran Kiril Kizito Klaudia Koffi Kofi Kojo Kosta Kostadin Kouassi Krasimir
Krasimira Krishna Kristiyan Krum Krystyna Krzysztof Kujtim Kuldeep Kumar Kvetoslava Kwabena Kwaku Kwame Kwasi Kwesi
Kyrylo Ladislav Ladislava Lakshmi Laleh Lalka Lamin Lamine Landry Larisa Larissa Larysa Lasha Lassana Laurentiu
Lavinia Laxmi Lech Lenka Leonardo Leonora Lesya Leszek Leticia Levan Levon Li Liana Liban Lidia Lilit Liliya Lilyana
Lindiwe Ling Linh Lirije Liudmyla Liviu Ljiljana Ljubica Loredana Lubica Lubomir Lucian Luciano Ludmila Luigi Luis
Luisa Luiza Lukasz Luljeta Lulzim Luminita Lusine Luwam Luz Lyuben Lyubomir Lyudmil Lyudmila Maciej Madalina Magdalena
Magomed Mahad Mahbouba Mahdi Mahnaz Maimouna Majlinda Makeda Malgorzata Malgosia Malick Maliha Mamadou Mamady Mame
Mamuka Mamy Manana Manish Manpreet Mansoor Marcela Marcelo Marcin Marcio Marco Marcos Marek Margita Mariama Marian
Mariana Marianna Mariano Mariatou Maribel Marie-Claire Mariia Marika Marin Marine Marinela Mariola Marisol Marius
Mariusz Mariya Marko Maros Marta Maryam Maryan Marzena Marzia Masih Masooma Masoud Mateo Mateusz Mauricio Mbaye Megi
Mehari Mehrdad Mei Mercedes Merhawi Merita Meron Merveille Meseret Mesfin Mher Michael Michal Miguel Mihaela Mihai
Mihail Mikhail Mikolaj Milena Milica Milka Milos Mina Minh Mircea Mirel Mirela Mirka Miroslav Miroslawa Mirsad Mirsada
Mirwais Mitko Mladen Modou Mohamadou Mohsen Momchil Monika Morteza Moustapha Movsar Mpho Mudassar Muhamet Mujtaba
Mukesh Mukhtar Mulu Mulugeta Musa Mykhailo Mykola Nadeem Nader Nadera Nadezda Nadezhda Nadiia Nadya Naeem Nafissatou
Nahid Nahom Naira Najibullah Nana Narek Narges Nargis Nasim Nasir Nasra Nasrin Natalia Nataliia Nataliya Natasha
Natnael Naveed Navid Navneet Nazia Ndeye Ndidi Nedelcho Negar Neli Nelu Nenad Nene Nermina Nevena Nexhmije Ngoc Ngozi
Nguyen Nhung Nicolae Nicoleta Nijaz Nikola Nikolai Nikolay Nikoleta Nikolina Nilofar Niloufar Nimo Nino Nisha Nkechi
Nodar Noelia Nomsa Nsimba Nune Nuno Nusrat Oana Obinna Octavian Octavio Ognjen Ognyan Oksana Oleg Oleh Oleksandr
Oleksii Olena Olga Olha Olumide Omari Omid Ondrej Onyeka Orlando Oumar Oumou Oury Ousmane Ovidiu Pablo Palwasha Paola
Pape Parisa Parveen Parwana Parwin Patience Patrycja Patryk Paulina Paulo Pavel Pavlin Pavlina Pawel Payam Pema Penda
Penka Pepa Petar Petimat Petko Petrana Petrica Petru Petya Phuong Pilar Piotr Plamen Polina Pooja Prakash Predrag
Priya Prosper Przemyslaw Qasim Quang Quynh Radek Radka Radoslav Radoslava Radu Rafaela Rafal Rahel Rahim Rahmatullah
Raina Raj Rajesh Rajwinder Raluca Ramatou Ramatoulaye Ramin Ramiro Ramona Ramzan Raquel Raul Ravi Raya Razvan Renata
Renato Reza Ricardo Rigat Rizwan Robel Rocio Rodica Rodrigo Rogerio Rohullah Rokhaya Rokia Rosana Rosario Rositsa
Rostislav Roxana Roya Roza Rui Rukhsana Rumen Rumyana Ruqiya Ruslan Ruta Ruzanna Ryszard Sabin Sabina Sadaf Sadio
Saeed Sagal Sahra Saidou Saima Sajida Sakina Salimata Saliou Salvador Samanta Samim Samina Samrawit Samuel Samuil
Samvel Sanda Sandeep Sandro Sanela Sanjay Sanjeev Sanoussi Santiago Santosh Sasha Sashka Sasho Satenik Sayed Sead
Sebastian Sekou Selam Selamawit Semhar Senad Senada Senait Senayt Sergei Sergey Sergio Serhii Setareh Sevdalin
Sevdalina Sevgin Seydou Shabana Shabnam Shafiq Shahid Shahla Shakila Shamil Shanti Sharifa Shazia Shkelzen Shokria
Shota Shpend Shpresa Siaka Siavash Sibusiso Sidiki Silvena Silviu Silviya Simeon Simona Siranush Sita Slavi Slavica
Slavka Slavko Slawek Slawomir Slobodan Snezhana Sobia Sofiia Soheila Sohrab Sokol Soledad Solomiya Solomon Sonya Sorin
Sorina Sory Souleymane Stanislav Stanislaw Stanka Stefania Stefaniya Stefka Stela Stelian Stoil Stoyan Stoyanka Stoyka
Suada Sukhwinder Suman Sunil Sunita Susana Sushma Suzana Svetla Svetlana Svetoslav Svilen Svitlana Sylwia Szymon
Tadeusz Tahir Tahmina Tamar Tamari Tamerlan Tanveer Tanya Taras Tatev Tatyana Tekle Temesgen Tenzin Teodor Teodora
Teresa Terezia Tesfay Tesfaye Tetiana Teuta Tewodros Thabo Thanh Thao Themba Thi Thiago Thierno Thulani Thuy Tiago
Tiberiu Tibor Tidiane Tigist Tigran Tihomir Todor Todorka Tomasz Toni Totka Toussaint Traian Trang Tsegay Tsehay
Tsonka Tsonko Tsvetan Tsvetanka Tsvetelina Tuan Tudor Tuyet Ubah Uche Urszula Usman Uwase Vaclav Vahan Valbona
Valentin Valentyna Valeri Valeria Valeriu Valeriya Valon Valya Vanya Vardan Vasil Vasile Vasilica Vasilka Vaska Vasyl
Velichka Velina Velko Venelin Veneta Ventsislav Vera Veselin Veselina Veselka Veska Vesna Vicente Victoria Victorine
Vierka Vijay Viktor Viktoria Viktoriia Viktoriya Vinh Violeta Viorel Viorica Visar Vitalii Vitaliy Vjosa Vlad Vladimir
Vladimira Vlado Vladyslav Vojtech Volodymyr Vyara Wahida Wahidullah Waldemar Waqar Waqas Warsame Wei Weronika Wieslaw
Wieslawa Wilson Winta Wioletta Witold Wladyslaw Wojciech Xhemile Xhevahir Xhevdet Xiao Ximena Xin Xuan Yacouba Yalda
Yan Yana Yanka Yanko Yao Yaroslav Yasir Yavor Yaw Yaya Yelyzaveta Yemane Yemi Yesenia Yevhen Yevheniia Ying Yoana
Yoanna Yohannes Yolanda Yonas Yordan Yordanka Yosef Yulia Yuliya Yuri Yurii Yuriy Zabi Zabihullah Zahid Zaki Zamira
Zamzam Zanele Zara Zarina Zaruhi Zaur Zawadi Zbigniew Zdenka Zdeno Zdravko Zelimkhan Zerai Zhana Zhang Zhanna Zhivko
Zia Zinaida Zlata Zlatica Zlatka Zlatko Zofia Zohal Zoran Zornitsa Zoya Zsuzsanna Zubair Zuberi Zulikhan Zurab Zuzana
Zuzanna Zygmunt`;

// Ordinary Dutch or English words, months and places at the start of a sentence: a name only when something else says so.
const ALSO_WORDS = `
Armen Abel Alia Adem Alma Alp Ama Amber An Angel April Assen Aster Aya Baran Bayram Beau Ben Berat Bilge Bo Cas Chelsea Clement
Comfort Constant Demi Dino Divine Domien Donna Door Dries Efe Elke Els Emir Eren Fanta Fleur Flor Flora Florence Frank
Genet Gina Gloire Grace Griet Gul Guy Hawa Helen Hind Iman Ines Ion Iris Jaber Jade Jasmijn Jeton Job Jolie Jordan
Junior Kaat Kader Kamen Karen Kato Kiran Kris Lana Leen Li Lies Lieve Lieven Lin Linde Line Lode Lot Lou Luna Lut Luz
Manana Margriet Marina Marine Mark Mats Max May Mei Melodie Mercedes Merel Meron Merveille Mil Mina Mine Mira Mirte
Mona Nada Nader Noor Norma Nur Octaaf Pat Patience Peter Pim Pol Prosper Rabia Rahma Raj Ramazan Reem Regina Reine
Rida Rien Rik Rim Rob Roman Roos Rosa Rosario Rozemarijn Rui Said Salam Salvador Sam Sana Santiago Sefa Serge Sien
Sila Sita Sofia Staf Stan Stella Sterre Sude Sultan Sus Taha Tara Ted Thi Tia Tilde Tine Toon Trees Trui Tuba Turan
Tuur Uwe Victor Victoria Viola Ward Wei Wies Wiet Wil Wim Winde Wolf Xin Yan Zafer Zara Zita`;

export const FIRST_NAMES: ReadonlySet<string> = new Set(
  `${FLEMISH} ${MEDITERRANEAN} ${FURTHER_AWAY}`.trim().toLowerCase().split(/\s+/),
);

/** First names that are words too: the start of a sentence alone does not make them a person. */
export const AMBIGUOUS_FIRST_NAMES: ReadonlySet<string> = new Set(ALSO_WORDS.trim().toLowerCase().split(/\s+/));

// Dutch or English words of five letters and more in lower case; a name only with its capital.
const LOWER_CASE_WORDS = `
Aster August Baptist Benjamin Clement Clementine Constant Daisy Donna Dries Elke Erica Griet Hande Harry Hector Helen Kader Kamen Karen Kwame
Klaas Lander Madeleine Marine Margriet Maria Marjolein Maxim Maxime Melis Melodie Meron Mirte Nadir Nader Nelle Nelson Nestor Octaaf Reine
Robin Roosje Rosette Rozemarijn Serge Sharon Steven Tilde Tiffany Tinne Winde Greet Blessing Prosper Sandy Woody Floor Angelica Belen Levent Ender
Ismet Engin Christian Martin Timothy Gloria Sheila Patty Ruddy Lilly Florin Desire Curt Assen Genet Mehari`;

/** First names that are read as a name in lower case too: "fatima", "hendrik". */
export const LOWER_CASE_FIRST_NAMES: ReadonlySet<string> = (() => {
  const words = new Set(LOWER_CASE_WORDS.trim().toLowerCase().split(/\s+/));
  return new Set(
    [...FIRST_NAMES].filter((name) => name.length >= 5 && !words.has(name) && !AMBIGUOUS_FIRST_NAMES.has(name)),
  );
})();
