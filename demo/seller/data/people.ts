/** Names for the contacts. One line each to keep the lists readable. */
const words = (text: string) => text.trim().split(/\s+/)

export const firstNames = words(`
  Agnes Alice Amanda Amir Anders Anna Annika Anton Arvid Astrid Axel Beatrice Birgitta Björn Bo Camilla
  Carina Caroline Cecilia Christer Clara Dan Daniel David Eva Ebba Elias Elin Elisabeth Ella Elsa Emil
  Emma Erika Eskil Farida Filip Fredrik Frida Gabriel Gunilla Gustav Hampus Hanna Hans Hassan Helena
  Henrik Hugo Håkan Ida Inga Ingrid Isak Jakob Jan Jenny Jesper Joakim Johanna Johannes Jonas Josefin
  Kajsa Karl Karolina Katarina Kenneth Kerstin Klas Krister Lars Leif Lena Leo Linda Linnea Lisa Louise
  Lovisa Ludvig Magnus Maja Malin Marcus Maria Markus Martin Matilda Mats Mikael Mira Mohammed Moa
  Monika Nadia Nils Nina Ola Olivia Oskar Oscar Patrik Per Pernilla Peter Petra Pia Rasmus Rebecka
  Robert Roland Rolf Sara Samir Sanna Sebastian Simon Sixten Sofia Stefan Stina Susanne Sven Therese
  Thomas Tilda Tobias Tomas Torbjörn Tove Ulf Ulrika Urban Victor Viktoria Vilma Yasmin Yvonne Zara Åke
  Åsa Örjan
`)

export const surnames = words(`
  Ahlgren Alm Andersson Asplund Backlund Bark Berg Bergström Björk Blom Boström Broman Brandt Carlsson
  Dahl Dahlberg Ek Ekdahl Eklund Ekström Engström Eriksson Falk Forsberg Fransson Fridh Granath Granlund
  Gren Gunnarsson Hagman Hallberg Hansson Hedlund Hellström Henriksson Hermansson Holm Holmgren Hult
  Isaksson Jansson Johansson Jonsson Kaplan Karlsson Khalil Kjellberg Kvist Larsson Lindahl Lindberg
  Lindgren Lindqvist Ljungberg Lundberg Lundin Lundström Löfgren Malm Melin Moberg Mårtensson Nilsson
  Norberg Nordin Nordström Norling Nyberg Nygren Nyman Oskarsson Palm Persson Pettersson Quist Rask
  Rehn Rosén Rydberg Sahlin Samuelsson Sandberg Sandström Sjöberg Sjögren Skoglund Sköld Stenberg Strand
  Ström Sundberg Sundin Svensson Söderberg Tapper Thorén Toivonen Törnqvist Ullman Viklund Vinter Wallin
  Westberg Wik Yilmaz Zetterberg Åberg Åkesson Åström Öberg Öhman Östlund
`)

/**
 * Numbers that the Swedish Post and Telecom Authority keeps free for fiction: what stands before the
 * last digits, and the first and last of those. A landline goes with the part of the country.
 */
export const fictionPhones = {
  mobile: { prefix: '070-174 0', from: 605, to: 699 },
  mitt: { prefix: '08-465 004 ', from: 0, to: 99 },
  vast: { prefix: '031-390 06 ', from: 0, to: 99 },
  syd: { prefix: '040-628 04 ', from: 0, to: 99 },
  nord: { prefix: '0980-319 2', from: 0, to: 99 },
} as const
