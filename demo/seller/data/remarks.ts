/** What customers write beside their lines. */
export const goodsMarks = [
  'Kvarteret Lärkan',
  'Etapp 2',
  'Etapp 3, hus B',
  'Projekt 4417',
  'Stambyte trapp C',
  'Servicebil 12',
  'Plan 4, norra schaktet',
  'Undercentralen',
  'Lagerpåfyllning',
  'Villa Sjöberg',
  'Hall 2, linje 3',
  'Takbyte östra flygeln',
] as const

export const freightTerms = [
  'Fritt levererat',
  'Fritt vårt lager',
  'Hämtas i butik',
  'Bilas ut med turbil',
  'Leverans till bygget, avisering',
] as const

export const documentNames = [
  'Veckans påfyllning',
  'Servicebil',
  'Månadsbeställning',
  'Stambyte, våning 3',
  'Grundsortiment',
  'Till bygget på måndag',
  'Verkstaden',
  'Nya lokalen',
] as const

export const comments = {
  sv: [
    'Ring gärna innan leverans, porten är låst efter 15.',
    'Går det att få allt på samma leverans?',
    'Samma som förra månaden, men vi behöver lite mer den här gången.',
    'Lämnas vid lastkajen, märk kollina med projektnumret.',
    'Dela gärna leveransen om något fattas.',
    'Vi kan ta likvärdig vara om något är slut.',
    'Behövs på plats innan klockan sju.',
    'Vår inköpare är på semester, hör av er till mig vid frågor.',
  ],
  en: [
    'Please deliver before 7 am, the crane is booked.',
    'Could everything come in one delivery?',
    'An equivalent item is fine if something is out of stock.',
    'Mark the parcels with the project number, please.',
  ],
} as const

export const lineComments = [
  'Gärna samma batch',
  'Kapas i 3 m',
  'Bytes mot likvärdig vid brist',
  'Till etapp 2',
] as const

export const withdrawalReasons = {
  sv: [
    'Vi hittade det på vårt eget lager.',
    'Projektet är framflyttat.',
    'Fel antal, vi skickar en ny.',
  ],
  en: ['The project has been postponed.', 'Wrong quantities, we will send a new one.'],
} as const
