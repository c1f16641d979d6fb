import type { MasterDataInput } from '../../contract/master-data'
import type { OrderingRight } from '../../domain/company'
import { swedishVatNumber } from './check-digits'
import { customerGroups } from './data/customer-groups'
import { featuredCompanies, type FeaturedCompany } from './data/featured-companies'
import { places, siteNames, streets, teamNames, type Place } from './data/places'
import { placeEnds, placeStarts, trades, type Trade } from './data/trades'
import { users } from './data/users'
import { createRandom, type Random } from './random'

/** A customer with what its prices, people and purchases are drawn from. */
export interface CompanySeed {
  readonly row: MasterDataInput<'company'>
  readonly trade: Trade
  readonly place: Place
  readonly addresses: readonly MasterDataInput<'address'>[]
  /** Its people, when the first inbox has a part for them. */
  readonly featured: FeaturedCompany | null
}

export const companyCount = 200

export function makeCompanies(seed: number): CompanySeed[] {
  const random = createRandom(seed, 'companies')
  const taken = new Set(featuredCompanies.map(({ name }) => name))
  return Array.from({ length: companyCount }, (_, index) => {
    const featured = featuredCompanies[index] ?? null
    const trade = featured ? tradeOf(featured.trade) : weighted(trades, random)
    const place = featured ? placeOf(featured.city) : weighted(places, random)
    const name = featured?.name ?? drawName(trade, taken, random)
    const id = String(10_001 + index)
    return {
      row: companyRow(id, name, trade, place, featured, random),
      trade,
      place,
      addresses: makeAddresses(id, name, place, random),
      featured,
    }
  })
}

function companyRow(
  id: string,
  name: string,
  trade: Trade,
  place: Place,
  featured: FeaturedCompany | null,
  random: Random,
): MasterDataInput<'company'> {
  const limit = random.pick([30, 50, 50, 75, 100, 100, 150, 200, 300, 400, 600, 1_000]) * 1_000
  const drawn = {
    creditLimit: String(limit),
    exposure: String(Math.round(limit * random.next() * 0.85)),
    ...drawStatus(random),
    accountOwner: random.pick(ownersOf(place)),
    priceList: random.chance(0.14) ? 'P-NYCKEL' : null,
    language: random.chance(0.04) ? ('en' as const) : ('sv' as const),
  }
  return {
    id,
    name,
    vatNumber: drawVatNumber(trade, random),
    currency: 'SEK',
    customerGroup: trade.customerGroup,
    paymentTerms: random.pick([
      '30 dagar netto',
      '30 dagar netto',
      '30 dagar netto',
      '20 dagar netto',
      '60 dagar netto',
      '10 dagar netto',
    ]),
    ...(featured
      ? {
          creditLimit: String(featured.creditLimit),
          exposure: String(featured.exposure),
          status: featured.status ?? ('active' as const),
          statusReason: featured.statusReason ?? null,
          accountOwner: featured.owner,
          priceList: featured.priceList ?? null,
          language: featured.language ?? ('sv' as const),
        }
      : drawn),
  }
}

function drawStatus(random: Random): Pick<MasterDataInput<'company'>, 'status' | 'statusReason'> {
  const roll = random.next()
  if (roll < 0.035) {
    const statusReason = random.pick([
      'Förfallen faktura, påminnelse skickad',
      'Ny kreditprövning pågår',
      'Tvist om leverans, säljaren avvaktar',
    ])
    return { status: 'on_hold', statusReason }
  }
  if (roll < 0.055) {
    return {
      status: 'blocked',
      statusReason: random.pick(['Skuld hos inkasso', 'Kredit återkallad av ekonomi']),
    }
  }
  if (roll < 0.075) {
    return {
      status: 'closed',
      statusReason: random.pick(['Konkurs', 'Verksamheten upphörd, uppköpt']),
    }
  }
  return { status: 'active', statusReason: null }
}

/** 5 opens a limited company's number, 2 a public body's, 7 an association's; the third digit is 2 or more. */
function drawVatNumber(trade: Trade, random: Random): string {
  const opening = { company: '559', public: '212', association: '769' }[trade.form]
  return swedishVatNumber(opening + String(random.whole(0, 999_999)).padStart(6, '0'))
}

function drawName(trade: Trade, taken: Set<string>, random: Random): string {
  for (let attempt = 0; attempt < 200; attempt++) {
    // Where three of a letter would meet, Swedish writes two.
    const place = (random.pick(placeStarts) + random.pick(placeEnds)).replace(/(.)\1\1/, '$1$1')
    const name = random.pick(trade.names).replace('{orts}', genitive(place)).replace('{ort}', place)
    if (taken.has(name)) continue
    taken.add(name)
    return name
  }
  throw new Error(`ran out of names for ${trade.id}`)
}

function genitive(name: string): string {
  return /[sxz]$/.test(name) ? name : `${name}s`
}

function makeAddresses(
  company: string,
  name: string,
  place: Place,
  random: Random,
): MasterDataInput<'address'>[] {
  const sites = random.sample(siteNames, random.pick([0, 0, 1, 1, 2]))
  return [name, ...sites].map((addressName, index) => ({
    id: `${company}-${index + 1}`,
    company,
    name: addressName,
    street: `${random.pick(streets)} ${random.whole(1, 68)}`,
    postalCode: `${random.pick(place.codes)} ${random.whole(30, 59)}`,
    city: place.city,
    country: 'SE',
  }))
}

/** What a company's people may do by default, from its customer group. */
export function defaultRightOf(trade: Trade): OrderingRight {
  const group = customerGroups.find(({ id }) => id === trade.customerGroup)
  if (!group) throw new Error(`no customer group ${trade.customerGroup}`)
  return group.orderingRight
}

function ownersOf(place: Place): string[] {
  return users
    .filter(
      ({ roles, team }) =>
        (roles as readonly string[]).includes('rep') && team === teamNames[place.team],
    )
    .map(({ username }) => username)
}

function tradeOf(id: string): Trade {
  const trade = trades.find((candidate) => candidate.id === id)
  if (!trade) throw new Error(`no trade ${id}`)
  return trade
}

function placeOf(city: string): Place {
  const place = places.find((candidate) => candidate.city === city)
  if (!place) throw new Error(`no place ${city}`)
  return place
}

function weighted<T extends { readonly weight: number }>(items: readonly T[], random: Random): T {
  let left = random.next() * items.reduce((sum, { weight }) => sum + weight, 0)
  for (const item of items) {
    left -= item.weight
    if (left < 0) return item
  }
  return items[items.length - 1] as T
}
