/** Which of the seller's teams looks after an account. */
export type Team = 'nord' | 'mitt' | 'vast' | 'syd'

/** The teams as people at the seller write them. */
export const teamNames: Readonly<Record<Team, string>> = {
  nord: 'Nord',
  mitt: 'Mitt',
  vast: 'Väst',
  syd: 'Syd',
}

/** A city with the first three digits its postal codes begin with. */
export interface Place {
  readonly city: string
  readonly codes: readonly string[]
  readonly team: Team
  /** How many companies it has against the others. */
  readonly weight: number
}

const place = (city: string, codes: string, team: Team, weight: number): Place => ({
  city,
  codes: codes.split(' '),
  team,
  weight,
})

export const places: readonly Place[] = [
  place('Stockholm', '112 113 115 116 117 118 120 121', 'mitt', 9),
  place('Solna', '169 170 171', 'mitt', 3),
  place('Nacka', '131', 'mitt', 3),
  place('Södertälje', '151 152', 'mitt', 3),
  place('Uppsala', '752 753 754 756', 'mitt', 5),
  place('Västerås', '721 722 723 724', 'mitt', 4),
  place('Örebro', '702 703', 'mitt', 4),
  place('Eskilstuna', '632 633', 'mitt', 3),
  place('Nyköping', '611', 'mitt', 2),
  place('Norrköping', '602 603', 'mitt', 3),
  place('Linköping', '582 583', 'mitt', 4),
  place('Visby', '621', 'mitt', 1),
  place('Göteborg', '411 412 413 415 417 418', 'vast', 8),
  place('Mölndal', '431', 'vast', 3),
  place('Borås', '503 504 506', 'vast', 3),
  place('Trollhättan', '461', 'vast', 2),
  place('Uddevalla', '451', 'vast', 2),
  place('Skövde', '541', 'vast', 2),
  place('Karlstad', '652 653 654', 'vast', 3),
  place('Varberg', '432', 'vast', 2),
  place('Halmstad', '302 303', 'vast', 2),
  place('Malmö', '211 212 213 214 216', 'syd', 6),
  place('Lund', '222 223 226', 'syd', 3),
  place('Helsingborg', '252 253 254', 'syd', 4),
  place('Kristianstad', '291', 'syd', 2),
  place('Karlskrona', '371', 'syd', 2),
  place('Kalmar', '392 393', 'syd', 2),
  place('Växjö', '352 353', 'syd', 3),
  place('Jönköping', '553 554', 'syd', 3),
  place('Umeå', '903 904 906 907', 'nord', 6),
  place('Skellefteå', '931', 'nord', 3),
  place('Luleå', '972 973 974', 'nord', 4),
  place('Kiruna', '981', 'nord', 2),
  place('Sundsvall', '852 853 856', 'nord', 4),
  place('Härnösand', '871', 'nord', 1),
  place('Örnsköldsvik', '891', 'nord', 2),
  place('Östersund', '831', 'nord', 3),
  place('Gävle', '802 803', 'nord', 3),
  place('Hudiksvall', '824', 'nord', 1),
  place('Falun', '791', 'nord', 2),
]

export const streets = [
  'Verkstadsgatan',
  'Industrigatan',
  'Hantverkargatan',
  'Smedjegatan',
  'Fabriksvägen',
  'Lagergatan',
  'Terminalgatan',
  'Hamnvägen',
  'Kvarnvägen',
  'Sågverksgatan',
  'Plåtslagarvägen',
  'Mätarvägen',
  'Elektrikergatan',
  'Rörläggarvägen',
  'Snickargränd',
  'Gjuterigatan',
  'Tegelbruksvägen',
  'Stenhuggarvägen',
  'Spinnerigatan',
  'Bangårdsgatan',
  'Godsvägen',
  'Transportvägen',
  'Kraftverksvägen',
  'Depågatan',
] as const

/** What a company calls its second address. */
export const siteNames = [
  'Lager',
  'Verkstad',
  'Bygge kvarter Lärkan',
  'Bygge kvarter Granen',
  'Projekt Strandängen',
  'Projekt Hamnporten',
  'Etapp 2',
  'Etapp 3, hus B',
  'Servicebilar',
  'Kontor',
] as const
