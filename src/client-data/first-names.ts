// First names heard in Flemish towns, compiled by hand. A list need not be complete: titles, surnames and phrases such
// as "een zekere ..." find the others. Written without accents, as the normalised text is.
const FLEMISH = `
Aagje Aaron Abel Achiel Ada Adeline Adriaan Adrien Agnes Alain Albert Alberte Albrecht Aldo Alex Alexander Alexandra Alexia
Alfons Alfred Alice Alicia Aline Alison Alix Alma Amber Amelie An Anais Andre Andrea Andy Anja Anke Ann Anna Annabel Anne
Anneke Anneleen Annelien Annelies Annemie Annick Annie Anouk Anthony Antoine Anton Antoinette Arianne Arlette Armand Arne
Arno Arnold Arthur Astrid Aude August Augusta Aurelie Axel Axelle Barbara Bart Bavo Beatrijs Beatrice Ben Benjamin Benny
Benoit Berenice Berlinde Bernadette Bernard Bert Bertha Berthe Bertrand Betty Bieke Birgit Birgitte Bjorn Bo Boris Bram
Brecht Brigitte Britt Bruno Camille Carine Carl Carla Carlo Carlos Carmen Caroline Cas Catharina Catherine Cecile Cedric
Celine Chantal Charles Charlotte Chelsea Chloe Chris Christa Christel Christelle Christiaan Christian Christiane Christina
Christine Christof Christophe Cindy Clara Claire Claude Claudia Claudine Clement Colette Conny Corinne Cornelia Corneel
Curt Cynthia Cyriel Daan Daisy Dana Daniel Daniella Danielle Danny Dave David Davy Debbie Debora Delphine Denis Denise
Diana Didier Diederik Diego Dieter Dina Dirk Domien Dominiek Dominique Dorien Dorine Dries Dylan Eddy Edgard Edith Edmond
Eduard Edward Edwin Eef Eefje Elena Eleonora Elias Eliane Elien Elina Eline Elisa Elisabeth Elise Elke Ella Ellen Elly Els
Elsie Emiel Emile Emilia Emilie Emily Emma Emmanuel Emmy Eric Erica Erik Erika Ernest Erna Erwin Esmee Estelle
Esther Etienne Eugene Eva Evelien Eveline Evelyne Evi Evy Fabian Fabienne Fabio Fanny Febe Felix Ferdinand Ferre Fernand
Fien Fieke Filiep Filip Finn Fleur Flor Flora Flore Florence Florian Florent Floris Fons Francine Francis Franciscus
Francois Francoise Frank Franky Frans Fred Freddy Frederic Frederik Fred Freek Freija Freya Frieda Frits Gaetan Gaspard
Gaston Geert Geertje Geertrui Georges Georgette Gerard Gerarda Gerda Gerlinde Germaine Gert Gerty Gianni Gilbert Gilberte
Gilles Gina Ginette Gino Gisele Gitte Glenn Godelieve Goedele Gonda Greet Greetje Greta Griet Grietje Guido Guillaume
Gunter Gunther Gust Gustaaf Guy Gwen Gwendolyn Hanna Hannah Hanne Hannelore Hannes Hans Harry Hector Heidi Heleen Helena
Helene Hendrik Henk Henri Henriette Herlinde Herman Hilda Hilde Hubert Hugo Ian Ida Igor Ilja Ilona Ilse Ils Inge Ingrid
Ine Ines Inne Irene Irena Iris Irma Isa Isaac Isabel Isabelle Ivan Ivo Ivonne Jaak Jacob Jacqueline Jacques Jade Jakob Jan
Jana Janne Jannes Jarne Jasmien Jasmijn Jason Jasper Jayden Jean Jeanine Jeanne Jeannine Jef Jeff Jelena Jelle Jenna
Jennifer Jenny Jens Jeremy Jeroen Jessica Jessie Jessy Jill Jo Joachim Joanna Job Jochen Joeri Joery Johan Johanna John
Johnny Joke Jolien Jolanda Jolyne Jonas Jonathan Joost Jordy Joren Jorik Joris Jos Jose Josee Josephine Josephus Josette
Jozef Juan Judith Jul Jule Jules Julia Julie Julien Julienne Juliette Juna Jurgen Justine Kaat Karel Karen Karin Karine
Karla Karlien Karolien Karsten Kasper Katelijne Kathleen Kathy Katia Katja Katleen Katlijn Katrien Katrijn Katrin Kato Kelly
Kenneth Kenny Kevin Kiara Kim Kimberly Kirsten Kjell Klaas Klara Koen Koenraad Kobe Kris Krista Kristel Kristien Kristina
Kristof Kurt Kyara Lana Lander Lara Lars Laura Laure Laurence Laurens Laurent Laurien Lea Leen Lena Lennert Leo Leon Leona
Leonie Leonard Leontine Leopold Levi Lia Liam Lien Lies Liesbet Liesbeth Lieselot Liesje Lieve Lieven Liliane Lily Lin Lina
Linda Linde Line Lisa Lisbeth Lise Liselotte Livia Liza Lode Loes Lodewijk Loic Lore Loreen Lorena Lorenz Lorenzo Loretta
Lot Lotte Lou Louis Louise Lowie Luc Luca Lucas Lucia Lucie Lucien Lucienne Ludo Ludovic Ludwig Luk Lukas Luna Lut Lutgard
Lutgart Lydia Lydie Maaike Maarten Madeleine Magda Maggie Manon Manu Manuel Marc Marcel Marcella Margaretha Margaux Margo
Margot Margriet Maria Mariane Marianne Marie Marieke Mariette Marijke Marijn Marina Mario Marion Marissa Marjan Mark
Marleen Marlene Marlies Marnix Marthe Martha Martijn Martin Martina Martine Marvin Mathias Mathieu Mathijs Mathilde
Mats Matthias Matthew Maud Maurice Maurits Mauro Max Maxim Maxime Maya Maybritt Melanie Melissa Merel Mia Michael Michel
Michele Michelle Michiel Mieke Miet Mikael Mike Mil Mila Milan Milla Milou Minne Mira Miranda Mirella Mirjam Mirte Mitch
Mona Monica Monique Morgane Nadine Nancy Naomi Natalie Natascha Natasja Nathalie Nathan Neele Nele Nelle Nelly Nena Nestor
Nick Nico Nicolas Nicole Niels Nicky Nina Noa Noah Noel Noella Noelle Noor Noortje Nora Norbert Norma Octaaf Odette Oliver
Olivia Olivier Omer Oona Oscar Otis Otto Pascal Pascale Pat Patricia Patrick Patrik Patsy Paul Paula Paulette Paulien
Pauline Pedro Petra Peter Philip Philippe Pia Piet Pieter Pierre Pim Pol Quinten Quentin Rachel Rafael Raf Raphael Raymond
Rebecca Regina Reinhilde Reinhilde Reinout Remco Remi Remy Renaat Rene Renee Renilde Ria Richard Rik Rikkert Rita Rob Robbe
Robby Robert Robin Robrecht Roel Roeland Roger Roland Romain Romina Romy Ronald Ronny Roos Roosje Rosa Rosalie Rosanne
Rosette Rosita Roxane Rozemarijn Ruben Rudi Rudy Rune Ruth Ruud Ryan Sabine Sabrina Sam Samantha Samuel Sander Sandra
Sandrine Sandy Sanne Sara Sarah Sarina Sascha Saskia Sebastiaan Sebastien Seppe Serge Severine Shana Shania Shauni Shirley
Siegfried Siel Sien Sigrid Silke Silvia Simon Simonne Simone Siska Sofie Sofia Solange Sonja Sophia Sophie Staf Stan Stef
Stefaan Stefan Stefanie Steff Steffi Stella Stephan Stephanie Sterre Steve Steven Stien Stijn Stine Sus Susanne Suzanna
Suzanne Suzy Sven Sybille Sylvain Sylvia Sylvie Tamara Tanja Tania Tara Tatiana Ted Tess Tessa Thea Theo Theofiel Theresa
Therese Thibaut Thibault Thibo Thierry Thijs Thomas Tia Tibo Tijl Tijs Tille Tim Timo Timothy Tina Tine Tineke Tinne Tobias
Tom Tomas Tommy Toon Tony Trees Tristan Trui Tuur Ulrike Urbain Ursula Valentina Valerie Vanessa Veerle Vera Veronique
Vic Vicky Victor Victoria Vincent Viola Virginie Viviane Walter Wannes Ward Warre Wendy Werner Wesley Wies Wiet Wilfried
Willem William Willy Wim Winde Wolf Wout Wouter Xander Xavier Yana Yannick Yara Yasmine Yolande Yorben Yorick Yves Yvette
Yvonne Zita Zoe`;

// Arabic and Amazigh, Turkish and Kurdish.
const MEDITERRANEAN = `
Abdel Abdelaziz Abdelkader Abdelkarim Abdellah Abderrahim Abderrahman Abdul Abdullah Abdulrahman Abir Achraf Adam Adil Adnan Ahlam
Ahmad Ahmed Aicha Aisha Aissa Akram Alaa Ali Alia Amal Amani Amar Amin Amina Aminata Amine Amir Amira Anas Anass Anis Anissa
Anwar Asma Assia Aya Ayman Ayoub Aziz Aziza Badr Basma Bashir Bilal Brahim Bouchra Btissam Chaima Chaimae Dalila Dina Dounia
Driss Fadi Fadila Fahima Fahd Farah Farid Farida Faris Fatiha Fatima Fatiha Fatma Fatna Fatoumata Faysal Firas Fouad Fouzia
Habib Habiba Hafid Hafida Hafsa Hajar Hakim Hakima Halima Hamid Hamida Hamza Hana Hanan Hanane Hanifa Hasan Hasna Hassan
Hayat Hicham Hind Hisham Houda Houria Hussein Husein Ibrahim Ibtissam Idris Idriss Ikram Ilham Ilyas Ilyass Imad Iman Imane
Imran Inas Ines Islane Ismael Ismail Issam Jaber Jalal Jamal Jamila Jawad Kamal Karim Karima Kaoutar Kenza Khadija Khadra
Khaled Khalid Khalil Khaoula Laila Lamia Latifa Layla Leila Lina Loubna Louay Mahmoud Mahmud Majd Majid Malak Malek Malika
Mansour Mariam Marwa Marwan Maryam Mehdi Meryem Miloud Mina Mohamad Mohamed Mohammad Mohammed Mohsin Moncef Mouad Mounia
Mounir Mourad Moustafa Muhammad Muhammed Mustafa Mustapha Nabil Nabila Nada Nadia Nadir Naima Najat Najib Najla Naoual
Narjis Nasser Nawal Nihad Nisrine Noor Nora Nordin Noureddine Nour Noura Omar Osama Othman Ouafa Oumaima Oussama Rabia
Rachid Rachida Rahma Raja Rajae Rania Rashid Rasha Redouan Redouane Reem Riad Rida Rim Ridouan Saad Saadia Said Saida Safae
Safia Saida Sajid Salah Salam Salem Salim Salima Salma Salman Salwa Sami Samia Samir Samira Sana Sanae Sarra Selma Siham
Soraya Soufian Soufiane Soukaina Soumaya Tahar Tarek Tariq Taha Tarik Wafa Wafae Walid Wassim Wiam Widad Yahya Yasin Yasmin
Yasmina Yassin Yassine Yassir Younes Youness Younis Yousef Yousra Youssef Youssouf Yousuf Zahra Zaid Zainab Zakaria Zakia
Ziad Zineb Zohra Zouhair Zuhra Abdurrahman Adem Ahmet Alev Ali Alp Altan Arda Arzu Asiye Asli Asya Ayfer Aylin Ayse Aysegul
Aysel Aysun Aytac Azra Bahar Baris Batuhan Bekir Belgin Berat Berfin Berkay Beyza Bulent Burak Burcu Busra Cagla Canan
Cansu Celal Cem Cemal Cemile Cengiz Ceyda Ceylan Cihan Defne Demet Derya Didem Dilan Dilara Dilek Ebru Ece Eda Efe Ela
Elif Emel Emin Emine Emir Emirhan Emre Enes Engin Ercan Erdal Erdem Erdogan Eren Ergun Erhan Erkan Erol Esma Esra Fadime
Fatih Fatos Ferhat Feride Feyza Figen Filiz Furkan Fusun Gamze Gizem Gokhan Gonul Gul Gulay Gulcan Gulsen Gulsum Gulten
Gurkan Hakan Halil Halime Hamide Hande Hanife Hasan Hatice Havva Hayriye Hikmet Hulya Husamettin Huseyin Ibrahim Idris
Ilayda Ilhan Ilknur Irem Ismet Kadir Kadriye Kemal Kerem Kubra Leyla Mehmet Melek Melike Melis Meltem Merve Meryem
Mesut Metin Mevlut Mine Miray Muhammet Muharrem Murat Musa Mustafa Muzaffer Nalan Nazan Nazli Necati Necla Neslihan Nesrin
Nevin Nihal Nihat Nilay Nilgun Nur Nuran Nuray Nurcan Nurettin Nuri Nuriye Nursel Okan Oktay Omer Onur Orhan Osman Ozan
Ozcan Ozge Ozgur Ozkan Ozlem Pelin Pinar Rabia Ramazan Recep Reyhan Rukiye Sabri Sahin Salih Samet Seda Sedat Sefa Selahattin
Selcuk Selda Selen Selim Selin Semih Semra Senem Serap Sercan Serdar Serhat Serkan Serpil Sevda Sevgi Sevil Sevim Sezen
Sezer Sibel Sila Sinan Songul Suat Sude Suleyman Sultan Sumeyye Taner Tarkan Tayfun Tolga Tuba Tugba Tulay Tuncay Turan
Turgut Turkan Ufuk Ugur Umit Umut Veli Volkan Yagmur Yakup Yalcin Yasar Yasemin Yavuz Yeliz Yigit Yildiz Yildirim Yunus
Yusuf Zafer Zehra Zekeriya Zeki Zeliha Zeynep Zuhal Rojda Rojin Baran Berivan Dilovan Azad Shirin Zerrin`;

// Slavic, Balkan, Roma, Romanian, African, Asian and Latin American names.
const FURTHER_AWAY = `
Adelina Adrian Adriana Agata Agnieszka Albena Aleksandar Aleksandr Aleksandra Aleksander Aleksey Alena Alin Alina Alexandru Anastasia
Anatoli Andrej Andrei Andrzej Angel Angelina Aneta Anita Antonia Arben Arta Asen Assen Atanas Bartosz Beata Biljana Bisera
Bogdan Bojan Boyan Borislav Boryana Bozena Branko Catalin Cosmin Cristian Cristina Czeslaw Damian Damir Daniela Darina Darek
Dariusz Darko Dejan Denitsa Desislava Diana Dimitar Dmitri Dobromir Dominik Dorota Dragan Dragana Drita Dusan Dzevad
Edita Ekaterina Elitsa Elzbieta Emil Emilian Erzsebet Evgeni Ewa Fatmir Florin Gabriel Gabriela Galina Genadi Georgi
Gergana Ginka Gheorghe Goran Grazyna Grzegorz Halina Hristina Hristo Iliya Ilona Ilyana Ioan Ioana Ion Ionela Ionut Irina Iva
Ivan Ivana Ivanka Ivaylo Iwona Jacek Jadranka Jadwiga Jakub Janina Jaroslav Jasmina Jelena Jerzy Joanna Jovan Jozsef Julian
Kalina Kamelia Kamen Katarina Katarzyna Katya Kiril Krasimir Krasimira Kristiyan Krzysztof Ladislav Leszek Liliya Lidia
Ljiljana Lubomir Ludmila Lulzim Lyubomir Lyudmila Maciej Magdalena Malgorzata Marcin Marek Mariana Marika Marin Mariola Mariusz
Mariya Marko Marta Mateusz Megi Michal Mihaela Mihai Mihail Mikhail Milena Milica Mirela Miroslav Mirka Mladen Monika
Nadezhda Natalia Nataliya Natasha Nedelcho Nenad Nevena Nikola Nikolai Nikolay Nikolina Nikoleta Oksana Oleg Olena Oleksandr
Olga Ognyan Pavel Pavlina Pawel Penka Petar Petko Petya Piotr Plamen Predrag Radka Radoslav Rafal Raluca Rositsa Rostislav Roza
Rumen Rumyana Ruslan Sasho Sasha Sergei Sergey Sevdalina Shpresa Silviya Simeon Simona Slavka Slavko Slobodan Snezhana
Stanislav Stanka Stefka Stela Stoyan Stoyanka Suzana Svetla Svetlana Svetoslav Svitlana Sylwia Szymon Tadeusz Tatyana Teodora
Teodor Tetiana Tihomir Todor Todorka Tomasz Tsvetan Tsvetanka Tsvetelina Vaclav Valentin Valeri Valeriya Vasil Vasile Vasilka
Vasyl Velichka Velko Veneta Ventsislav Vera Veselin Veselina Veselka Vesna Victoria Viktor Viktoria Viktoriya Violeta
Viorica Vladimir Vlado Volodymyr Wioletta Wojciech Yana Yavor Yaroslav Yordan Yordanka Yulia Yuliya Yuriy Zbigniew Zdravko
Zdenka Zhivko Zhanna Zlatka Zlatko Zoran Zsuzsanna Abeba Abebe Abena Abdi Abdirahman Adama Adebayo Adwoa Afia Akosua Akua
Alhassan Alseny Ama Amadou Amara Ayaan Awa Ayodele Bintou Blessing Boubacar Cheikh Chidi Chinedu Chioma Comfort Diallo
Ebenezer Efua Emeka Eyob Fanta Fartun Fatou Filmon Freweyni Ganiyu Ghirmay Gifty Goitom Habtom Hawa Hodan Ibrahima Ifrah Issa
Kadiatou Kofi Kojo Kwabena Kwaku Kwame Kwasi Kwesi Lamin Mamadou Mariama Marie-Claire Mehari Michael Mulu Musa
Ngozi Nkechi Obinna Oumar Oumou Ousmane Patience Robel Rahel Saidou Saliou Samuel Selam Semhar Senait Sekou Souleymane Tesfay
Tesfaye Thierno Tigist Yaw Yaya Yohannes Zawadi Achol Beyene Chantal Divine Gloire Grace Jolie Junior Mamy Merveille Nsimba
Abhishek Ajmal Amrit Anjali Arjun Arash Arezoo Bibi Farhad Farzana Fereshta Ghulam Gul Gurpreet Habibullah Hamed Harpreet
Jaswinder Jawed Kabir Kiran Kumar Lakshmi Li Linh Ling Mahdi Manpreet Maryam Masoud Mei Mina Mirwais Mujtaba Najibullah Narges
Nasrin Nguyen Nilofar Parisa Parveen Priya Pooja Qasim Rahim Raj Rajesh Ravi Reza Sandeep Sanjay Sayed Setareh Shabana
Shafiq Sita Sunita Tenzin Thi Thuy Wei Xin Yan Zabihullah Zahid Zarina Alejandra Alejandro Andres Beatriz Camila Consuelo
Enrique Esperanza Fernanda Fernando Francisca Francisco Gonzalo Guadalupe Jaime Joao Joaquim Jorge Luis Luisa Luz Marisol
Mateo Mercedes Miguel Pablo Paola Paulo Rafaela Raul Ricardo Rodrigo Rosario Santiago Sergio Thiago Ximena`;

// Ordinary Dutch or English words, months and places at the start of a sentence: a name only when something else says so.
const ALSO_WORDS = `
Alma Amber An Angel April Aya Ben Bo Cas Chelsea Comfort Divine Door Efe Els Emir Fanta Fleur Flor Flora Florence Frank Gloire Grace Gul
Guy Hind Iman Ines Ion Iris Jaber Jade Jasmijn Job Jolie Jordan Junior Kaat Kato Kiran Kris Lana Leen Li Lies Lieve
Lieven Lin Linde Line Lot Lou Luna Lut Luz Mak Marina Mark Mats Max May Mei Mercedes Merel Merveille Mil Mina Mine Minne
Mira Nada Noor Nur Pat Patience Peter Pim Pol Rabia Raj Ramazan Rahma Rida Rik Rob Roman Roos Rosa Rosario Salam Sam Santiago Sana Sel
Sien Sila Sita Sofia Stan Stella Sterre Sultan Sus Taha Tara Ted Thi Tia Tine Trees Tuur Victoria Viola Ward Wei Wies Wil Wim
Wolf Xin Yan Zafer Zita Lode Regina Norma Domien Victor Li Ama Hawa Reem Rim Sefa Sude Turan Mona Baran Gina Berat`;

export const FIRST_NAMES: ReadonlySet<string> = new Set(
  `${FLEMISH} ${MEDITERRANEAN} ${FURTHER_AWAY}`.trim().toLowerCase().split(/\s+/),
);

/** First names that are words too: the start of a sentence alone does not make them a person. */
export const AMBIGUOUS_FIRST_NAMES: ReadonlySet<string> = new Set(ALSO_WORDS.trim().toLowerCase().split(/\s+/));
