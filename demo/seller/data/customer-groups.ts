/** Groups a company belongs to: they carry the price list and what its people may do by default. */
export const customerGroups = [
  { id: 'installator', name: 'Installatörer', orderingRight: 'requisition', priceList: 'P-INST' },
  { id: 'bygg', name: 'Byggföretag', orderingRight: 'requisition', priceList: 'P-BYGG' },
  { id: 'industri', name: 'Industri och varv', orderingRight: 'requisition', priceList: 'P-IND' },
  { id: 'fastighet', name: 'Fastigheter och hotell', orderingRight: 'lists', priceList: null },
  { id: 'offentlig', name: 'Kommun och skola', orderingRight: 'lists', priceList: 'P-RAM' },
  { id: 'handel', name: 'Återförsäljare', orderingRight: 'order', priceList: 'P-ATF' },
] as const

/**
 * What a single contact may do instead, and up to what amounts (kr). Each is a customer group of its
 * own beside the company's, at the same prices.
 */
export const ownRights = [
  { id: 'lista', name: 'skickar inköpslistor', orderingRight: 'lists' },
  { id: 'foresla', name: 'föreslår inköp', orderingRight: 'requisition' },
  {
    id: 'bestall-25',
    name: 'beställer till 25 000 kr',
    orderingRight: 'order',
    limitPerOrder: '25000',
    limitPerPeriod: '100000',
  },
  {
    id: 'bestall-100',
    name: 'beställer till 100 000 kr',
    orderingRight: 'order',
    limitPerOrder: '100000',
    limitPerPeriod: '400000',
  },
  { id: 'bestall', name: 'beställer utan gräns', orderingRight: 'order' },
] as const

/** `share` is how much of a group's margin the list gives away; `sells` the article groups it prices. */
export const priceLists = [
  {
    id: 'P-INST',
    name: 'Installatör',
    share: 0.26,
    sells:
      'ventiler pressror kopparror pexror avlopp stalror isolering pumpar radiatorer sanitet installationskabel uttag sakringar forlaggning centraler kanaler don',
  },
  {
    id: 'P-BYGG',
    name: 'Bygg',
    share: 0.24,
    sells: 'traskruv spik plugg lim elverktyg handverktyg borr slip stegar skydd',
  },
  {
    id: 'P-IND',
    name: 'Industri',
    share: 0.25,
    sells: 'maskinskruv svets slip borr kemi skydd kraftkabel matning packningar',
  },
  {
    id: 'P-RAM',
    name: 'Ramavtal offentlig sektor',
    share: 0.3,
    sells: 'fika servering ljuskallor forbrukning kemi sanitet skydd',
  },
  {
    id: 'P-ATF',
    name: 'Återförsäljare',
    share: 0.42,
    sells: 'handverktyg elverktyg traskruv spik plugg lim klader skydd ljuskallor borr',
  },
  {
    id: 'P-NYCKEL',
    name: 'Nyckelkund',
    share: 0.34,
    sells:
      'ventiler pressror kopparror installationskabel sakringar belysning maskinskruv elverktyg traskruv',
  },
] as const

/** Running campaigns: days from today they began and end, and who they are for. */
export const campaigns = [
  {
    name: 'Vintervärme',
    from: -20,
    to: 24,
    group: null,
    sells: 'pumpar radiatorer isolering',
    articles: 26,
  },
  { name: 'Ljusveckan', from: -5, to: 9, group: null, sells: 'ljuskallor belysning', articles: 22 },
  {
    name: 'Byggstart',
    from: -40,
    to: 50,
    group: 'bygg',
    sells: 'elverktyg traskruv slip',
    articles: 24,
  },
  {
    name: 'Lagerrensning',
    from: -60,
    to: -2,
    group: null,
    sells: 'klader handverktyg',
    articles: 18,
  },
  {
    name: 'Nästa säsong',
    from: 20,
    to: 80,
    group: 'installator',
    sells: 'varme don',
    articles: 12,
  },
] as const
