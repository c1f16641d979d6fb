/** The lines of business the customers are in, and what each of them buys. */
export interface Trade {
  readonly id: string
  readonly customerGroup: string
  /** How many companies it has against the others. */
  readonly weight: number
  /** Company names: `{ort}` is a made-up place, `{orts}` its genitive. */
  readonly names: readonly string[]
  /** Second digit group of the organisation number says what kind of body it is. */
  readonly form: 'company' | 'public' | 'association'
  /** Article groups, the most bought first. */
  readonly buys: readonly string[]
}

const plumbing =
  'ventiler pressror kopparror pexror avlopp stalror isolering packningar upphangning pumpar radiatorer sanitet varme'
const electrical =
  'installationskabel uttag sakringar forlaggning belysning data centraler kraftkabel ljuskallor laddning'
const site = 'plugg traskruv handverktyg borr slip skydd klader kemi forbrukning'
const list = (...texts: readonly string[]) => texts.flatMap((text) => text.split(' '))

export const trades: readonly Trade[] = [
  {
    id: 'vvs',
    customerGroup: 'installator',
    weight: 26,
    names: ['{ort} Rör AB', '{orts} VVS AB', '{ort} Rörservice AB', '{orts} Värme & Sanitet AB'],
    form: 'company',
    buys: list(plumbing, plumbing, site),
  },
  {
    id: 'el',
    customerGroup: 'installator',
    weight: 24,
    names: [
      '{ort} El & Data AB',
      '{orts} Elservice AB',
      '{ort} Elteknik AB',
      '{orts} El & Kraft AB',
    ],
    form: 'company',
    buys: list(electrical, electrical, site),
  },
  {
    id: 'ventilation',
    customerGroup: 'installator',
    weight: 8,
    names: ['{ort} Ventilation AB', '{orts} Luft & Klimat AB'],
    form: 'company',
    buys: list('kanaler don kanaler don isolering upphangning maskinskruv', site),
  },
  {
    id: 'bygg',
    customerGroup: 'bygg',
    weight: 22,
    names: [
      '{ort} Bygg AB',
      '{orts} Byggtjänst AB',
      '{ort} Entreprenad AB',
      '{orts} Tak & Fasad AB',
    ],
    form: 'company',
    buys: list(
      'traskruv spik plugg lim elverktyg handverktyg borr slip skydd klader stegar belysning forbrukning',
    ),
  },
  {
    id: 'industri',
    customerGroup: 'industri',
    weight: 18,
    names: ['{ort} Mekaniska AB', '{orts} Plåt AB', '{ort} Varv AB', '{ort} Såg & Hyvleri AB'],
    form: 'company',
    buys: list(
      'maskinskruv svets slip borr kemi skydd elverktyg kraftkabel ventiler packningar matning forbrukning',
    ),
  },
  {
    id: 'fastighet',
    customerGroup: 'fastighet',
    weight: 16,
    names: [
      '{ort} Fastigheter AB',
      '{orts} Bostäder AB',
      'Hotell {ort} AB',
      '{orts} Förvaltning AB',
    ],
    form: 'company',
    buys: list(
      'ljuskallor belysning sanitet radiatorer lim forbrukning kemi uttag don stegar fika',
    ),
  },
  {
    id: 'brf',
    customerGroup: 'fastighet',
    weight: 6,
    names: ['Brf {ort}', 'Brf Södra {ort}'],
    form: 'association',
    buys: list('ljuskallor belysning sanitet laddning forbrukning kemi'),
  },
  {
    id: 'offentlig',
    customerGroup: 'offentlig',
    weight: 10,
    names: ['{orts} kommun, fastighet', '{ort}skolan', '{orts} folkhögskola'],
    form: 'public',
    buys: list(
      'bocker fika servering ljuskallor handverktyg skydd forbrukning sanitet kemi matning',
    ),
  },
  {
    id: 'handel',
    customerGroup: 'handel',
    weight: 8,
    names: ['{orts} Järn & Färg AB', '{ort} Verktygscenter AB', '{orts} Bygghandel AB'],
    form: 'company',
    buys: list(
      'handverktyg elverktyg traskruv spik plugg lim klader skydd ljuskallor forbrukning borr',
    ),
  },
]

/** Made-up places: a first and a last part. */
export const placeStarts =
  'Alm Asp Berg Björk Brant Ek Fjäll Fors Frö Gran Grön Hav Holm Hägg Kling Kvarn Lind Ljung Lund Löv Myr Norr Näs Ren Rönn Sand Sjö Skog Sten Ström Tall Vass Vinter Ås Älv Örn'.split(
    ' ',
  )
export const placeEnds =
  'höjden udden vreten mossen bäcken torpet hult näset kullen forsen skär tjärn ängen klippan gläntan lunden'.split(
    ' ',
  )
