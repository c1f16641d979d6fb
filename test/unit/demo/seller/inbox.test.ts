import { describe, expect, it } from 'vitest'
import { storefrontEventSchema } from '../../../../contract/storefront'
import type { Availability } from '../../../../domain/availability/position'
import { availabilityOf, stockFigures } from '../../../../domain/availability/availability'
import { openedWarehouses, placeLine } from '../../../../domain/availability/place-line'
import { unitMargin } from '../../../../domain/money/margin'
import { priceToOrder } from '../../../../domain/requisition/line-price'
import type { DecisionReason } from '../../../../domain/requisition/decision-reasons'
import { quantityStep } from '../../../../domain/quantity'
import { swedishWorkCalendar } from '../../../../domain/swedish-holidays'
import { generateDemo } from '../../../../demo/seller/generate-demo'
import { loadDemo, takeInEvent, type TakenIn } from './loaded-demo'

const today = '2026-11-23'
const now = `${today}T13:05:00.000Z`
const calendar = swedishWorkCalendar(2026, 2027)
const demo = generateDemo({ seed: 1, today })
const loaded = loadDemo(demo)
const taken = demo.events.map((event) => takeInEvent(loaded, event, now))
const opened = openedWarehouses([...loaded.warehouses.values()], null)

function from(company: string, contact: string): TakenIn[] {
  return taken.filter(
    ({ companyId, document }) =>
      loaded.companies.get(companyId)?.name === company &&
      loaded.contacts.get(document.contact)?.name === contact,
  )
}

function reasonKinds({ intake }: TakenIn): DecisionReason['kind'][] {
  return intake.reasons.map(({ kind }) => kind)
}

/** What the shop and the approver are told of a line, in each opened warehouse that keeps the article. */
function answers(article: string, quantity: number): Record<string, Availability> {
  const kept = loaded.positions.get(article)
  const told = opened.flatMap(({ id }) => {
    const position = kept?.get(id)
    return position
      ? [[id, availabilityOf({ position, commitments: [], today, calendar }, quantity)] as const]
      : []
  })
  return Object.fromEntries(told)
}

describe('the first inbox', () => {
  it('holds thirty documents of all three kinds, each once', () => {
    expect(demo.events).toHaveLength(30)
    expect(new Set(demo.events.map(({ id }) => id)).size).toBe(30)
    expect(new Set(demo.events.map(({ event }) => event.data.id)).size).toBe(30)
    const types = demo.events.map(({ event }) => event.type)
    for (const type of ['list.sent', 'quote.requested', 'requisition.submitted']) {
      expect(types.filter((other) => other === type).length).toBeGreaterThanOrEqual(3)
    }
  })

  it('came in over the last two days, oldest first', () => {
    const times = demo.events.map(({ event }) => event.timestamp)
    expect(times).toEqual([...times].sort())
    expect(Date.parse(times[0]!)).toBeGreaterThan(Date.parse(now) - 48 * 3_600_000)
    expect(Date.parse(times.at(-1)!)).toBeLessThan(Date.parse(now))
  })

  it('parses, and is refused nothing by the rules of intake', () => {
    for (const { event } of demo.events) {
      expect(storefrontEventSchema.safeParse(event).error).toBeUndefined()
    }
    expect(taken).toHaveLength(30)
  })

  it('shows everybody the price they have now, but for the one that has changed', () => {
    const differing = taken.flatMap(({ intake }) =>
      intake.reasons.flatMap((reason) => (reason.kind === 'price_differs' ? reason.lineIds : [])),
    )
    const [ahlberg] = from('Ahlbergs Rör AB', 'Anna Lind')
    expect(differing).toEqual([ahlberg?.document.lines[1]?.id])
  })

  it('has the same prices for a contact with a right of its own as for its company', () => {
    const byCompany = demo.events.map((event) => takeInEvent(loaded, event, now, 'company'))
    expect(byCompany.map(({ intake }) => intake.totals)).toEqual(
      taken.map(({ intake }) => intake.totals),
    )
    expect(byCompany.map(reasonKinds)).toEqual(taken.map(reasonKinds))
  })

  it('orders a few at once and leaves the rest to people', () => {
    const atOnce = taken.filter(({ intake }) => intake.isOrderedAtOnce)
    expect(atOnce.length).toBeGreaterThanOrEqual(2)
    expect(taken.length - atOnce.length).toBeGreaterThanOrEqual(24)
  })

  it('says what customers say: references, marks, dates and words in both languages', () => {
    const documents = taken.map(({ document }) => document)
    const saying = (field: keyof (typeof documents)[number]) =>
      documents.filter((document) => document[field] !== null).length
    for (const field of [
      'yourReference',
      'purchaseOrderNumber',
      'goodsMark',
      'requestedDate',
      'comment',
    ] as const) {
      expect({ field, said: saying(field) > 8 }).toEqual({ field, said: true })
    }
    const comments = documents.map(({ comment }) => comment ?? '').join('\n')
    expect(comments).toMatch(/[åäö]/)
    expect(comments).toMatch(/Please/)
  })
})

describe('the cases worth showing', () => {
  it('over the contact’s limit, as drawn: 45 476,20 kr with a thin margin on the heat pump', () => {
    const [first] = from('Ahlbergs Rör AB', 'Anna Lind')
    expect(taken.at(-1)).toBe(first)
    expect(first!.intake.totals).toMatchObject({ net: 4_547_620, gross: 5_684_525 })
    expect(reasonKinds(first!)).toEqual(['over_order_limit', 'price_differs'])
    const pump = first!.intake.lines[2]!
    const { unitPrice, rebate } = priceToOrder(pump)!
    const cost = { amount: loaded.articles.get('VP-9000')!.cost!, currency: 'SEK' }
    expect(unitMargin(unitPrice, rebate, pump.vatRate, cost)).toBe(84_010)
  })

  it('a price that has risen by 3.2 per cent since it was shown', () => {
    const { shown, resolved } = from('Ahlbergs Rör AB', 'Anna Lind')[0]!.intake.lines[1]!
    if (resolved.kind !== 'priced') throw new Error('no price')
    expect(shown).toMatchObject({ rebate: 50_000 })
    expect(resolved.rebate).toBe(50_000)
    expect(resolved.unitPrice.amount / shown!.unitPrice.amount).toBeCloseTo(1.032, 3)
  })

  it('a shortage with inbound on a date, beside enough elsewhere and a lead time', () => {
    expect(answers('KV-0150', 40_000)).toEqual({
      STO: { kind: 'promised', date: '2026-12-02', confirmed: true, deliverableNow: 12_000 },
      GOT: { kind: 'deliverable', quantity: 96_000, confirmed: true },
      UME: { kind: 'lead_time', days: 10, date: '2026-12-07', deliverableNow: 0 },
    })
  })

  it('late inbound, counted on no day', () => {
    const position = loaded.positions.get('FL-0040')!.get('STO')!
    expect(stockFigures({ position, commitments: [], today })).toMatchObject({
      deliverable: 0,
      uncertainInbound: { late: 200_000, lateSince: '2026-11-18', undated: 0 },
    })
    expect(answers('FL-0040', 25_000)).toMatchObject({
      STO: { kind: 'lead_time' },
      GOT: { kind: 'deliverable', quantity: 25_000 },
      UME: { kind: 'out_of_stock' },
    })
  })

  it('the last one in stock, and the others out of it', () => {
    expect(answers('VP-9000', 1_000)).toMatchObject({
      STO: { kind: 'deliverable', quantity: 1_000 },
      GOT: { kind: 'out_of_stock' },
      UME: { kind: 'out_of_stock' },
    })
  })

  it('three lines of one list that come on the same day', () => {
    const [list] = from('Nordkust Bygg AB', 'Sara Nyman')
    const promised = list!.document.lines
      .map(({ article, quantity }) => answers(article, quantity)['STO'])
      .filter((answer) => answer?.kind === 'promised')
    expect(promised.map((answer) => answer.date)).toEqual([
      '2026-12-02',
      '2026-12-02',
      '2026-12-02',
    ])
  })

  it('inbound without a date', () => {
    const position = loaded.positions.get('KA-4415')!.get('STO')!
    const { uncertainInbound } = stockFigures({ position, commitments: [], today })
    expect(uncertainInbound.undated).toBe(12_000)
    expect(from('Bergvalla El & Data AB', 'Per Bergman')[1]?.document.lines[2]?.article).toBe(
      'KA-4415',
    )
  })

  it('lead time only, everywhere', () => {
    const line = from('Fjällbyns Värme AB', 'Maja Sund')[1]!.document.lines[0]!
    const kinds = Object.values(answers(line.article, line.quantity)).map(({ kind }) => kind)
    expect(kinds).toEqual(['lead_time', 'lead_time', 'lead_time'])
  })

  it('out of stock everywhere', () => {
    const line = from('Uppsala Lab & Glas AB', 'Nils Hed')[0]!.document.lines[0]!
    const kinds = Object.values(answers(line.article, line.quantity)).map(({ kind }) => kind)
    expect(kinds).toEqual(['out_of_stock', 'out_of_stock', 'out_of_stock'])
  })

  it('a line split over three warehouses that fills it only together', () => {
    const line = from('Luftskärs Ventilation AB', 'Henrik Bark')[0]!.document.lines[0]!
    const placed = placeLine(
      line.quantity,
      opened.map(({ id }) => ({
        warehouseId: id,
        position: loaded.positions.get(line.article)!.get(id)!,
        commitments: [],
      })),
      {
        wantedWarehouseId: null,
        today,
        calendar,
        step: quantityStep(loaded.articles.get(line.article)!),
      },
    )
    expect(placed?.split).toEqual({
      parts: [
        { warehouseId: 'STO', quantity: 4_000 },
        { warehouseId: 'GOT', quantity: 3_000 },
        { warehouseId: 'UME', quantity: 2_000 },
      ],
      missing: 0,
    })
  })

  it('credit nearly used, and credit exceeded', () => {
    const company = loaded.companies.get('10005')!
    expect(company.exposure / company.creditLimit!).toBeCloseTo(0.96, 2)
    expect(reasonKinds(from('Strömbackens VVS AB', 'Mikael Hult')[0]!)).toEqual([
      'right_below_order',
    ])
    expect(reasonKinds(from('Tallvretens Byggtjänst AB', 'Jonas Palm')[0]!)).toEqual([
      'credit_exceeded',
    ])
  })

  it('a company on hold', () => {
    expect(reasonKinds(from('Sundsvalls Plåt AB', 'Olle Berg')[0]!)).toContain('company_on_hold')
  })

  it('a price on request', () => {
    expect(reasonKinds(from('Nordkust Bygg AB', 'Kjell Åström')[0]!)).toContain('price_missing')
  })

  it('forty lines, and three VAT rates in one document', () => {
    expect(from('Örnklippans El & Kraft AB', 'Ida Fors')[0]?.document.lines).toHaveLength(40)
    const rates = from('Västra Skolan', 'Ingrid Holm')[0]!.intake.totals.vat.map(({ rate }) => rate)
    expect(rates).toEqual([250_000, 120_000, 60_000])
  })

  it('decimals in metres, litres and kilograms', () => {
    const { lines } = from('Kungshamns Varv AB', 'Lena Wik')[0]!.document
    const decimals = lines.filter(({ quantity }) => quantity % 1_000 !== 0)
    const units = new Set(decimals.map(({ article }) => loaded.articles.get(article)?.unit))
    expect(units).toEqual(new Set(['m', 'l', 'kg']))
  })

  it('an answer wanted today, and a quote that came out of a chat', () => {
    expect(from('Tre Broar Hotell AB', 'Karim Aziz')[0]?.document.requestedDate).toBe(today)
    expect(from('Fjällbyns Värme AB', 'Maja Sund')[0]?.document.origin).toBe('chat')
  })
})
