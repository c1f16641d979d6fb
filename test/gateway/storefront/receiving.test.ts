import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { requisitionSchema } from '../../../contract/entities'
import { storefrontChangeSchema, storefrontReceiptSchema } from '../../../contract/storefront'
import { event, line, submitted } from './documents'
import { kronor, NOON } from './seller-data'
import { Webshop } from './webshop'
import { idTold } from '../../support/told'

let shop: Webshop
beforeAll(async () => {
  shop = await Webshop.open({ now: () => NOON })
})
afterAll(() => shop.close())

async function stored(documentId: string) {
  return shop.db
    .selectFrom('requisition')
    .selectAll()
    .where('document_id', '=', documentId)
    .executeTakeFirstOrThrow()
}

describe('a proposal by someone who may not order', () => {
  test('is taken in whole, and told to the desk and to the shop', async () => {
    const sent = submitted({
      id: 'whole-1',
      name: 'Köket',
      yourReference: 'Rut',
      purchaseOrderNumber: 'PO 7',
      goodsMark: 'Hus B',
      freightTerms: 'Fritt',
      partDeliveries: false,
      requestedDate: '2026-12-01',
      comment: 'Ring\nförst',
      deliveryAddress: 'berg-yard',
      lines: [
        line({ id: 'a', quantity: 3, warehouse: 'north', requestedDate: '2026-12-02' }),
        line({ id: 'b', article: 'HOSE', quantity: '2.5', comment: 'en bit' }),
        line({ id: 'c', article: 'BOOK', quantity: 1 }),
      ],
    })
    const answer = await shop.send(sent, { id: 'evt-whole' })
    expect(answer.status).toBe(202)
    const receipt = storefrontReceiptSchema.parse(answer.body)
    expect(receipt).toMatchObject({
      id: 'evt-whole',
      requisition: { revision: 1, state: 'submitted', orderNumber: null },
    })
    expect(receipt.requisition.number).toMatch(/^K-\d+$/)

    const row = await stored('whole-1')
    const requisition = requisitionSchema.parse(row.body)
    expect(requisition).toEqual(row.body)
    expect(requisition).toMatchObject({
      id: receipt.requisition.id,
      number: receipt.requisition.number,
      kind: 'proposal',
      origin: 'cart',
      state: 'submitted',
      revision: 1,
      shop: { id: 'shop', documentId: 'whole-1' },
      name: 'Köket',
      companyId: 'berg',
      contactId: 'rut',
      currency: 'SEK',
      yourReference: 'Rut',
      purchaseOrderNumber: 'PO 7',
      goodsMark: 'Hus B',
      freightTerms: 'Fritt',
      partDeliveries: false,
      requestedDate: '2026-12-01',
      comment: 'Ring\nförst',
      submittedAt: NOON.toISOString(),
      receivedAt: NOON.toISOString(),
      reasons: [{ kind: 'right_below_order', right: 'requisition' }],
      claimedBy: null,
      outcome: null,
    })
    expect(requisition.deliveryAddress).toMatchObject({ id: 'berg-yard', city: 'Stad' })
    expect(requisition.lines).toMatchObject([
      {
        id: 'a',
        articleId: 'VALVE',
        quantity: 3_000,
        rowAmount: kronor(300),
        warehouseId: 'north',
      },
      // 19.12 × 2.5
      { id: 'b', articleId: 'HOSE', quantity: 2_500, rowAmount: kronor(47.8), comment: 'en bit' },
      { id: 'c', articleId: 'BOOK', vatRate: 60_000, rowAmount: kronor(200) },
    ])
    // 25 % of 347.80 and 6 % of 200.
    expect(requisition.totals).toEqual({
      currency: 'SEK',
      mode: 'per_rate_on_sum',
      net: kronor(547.8),
      vat: [
        { rate: 250_000, base: kronor(347.8), amount: kronor(86.95) },
        { rate: 60_000, base: kronor(200), amount: kronor(12) },
      ],
      gross: kronor(646.75),
    })
    expect(row).toMatchObject({ version: 1, net: kronor(547.8), state: 'submitted' })
    const { words } = await shop.db
      .selectFrom('requisition_words')
      .select('words')
      .where('requisition_id', '=', row.id)
      .executeTakeFirstOrThrow()
    expect(words).toContain('kulventil')
    // Folded: without case and diacritics.
    expect(words).toContain('koket')

    const revision = await shop.db
      .selectFrom('requisition_revision')
      .selectAll()
      .where('requisition_id', '=', row.id)
      .execute()
    expect(revision).toMatchObject([{ revision: 1, body: row.body }])

    const published = await shop.db
      .selectFrom('feed')
      .selectAll()
      .where('kind', '=', 'requisition')
      .where('id', '=', row.id)
      .executeTakeFirstOrThrow()
    expect(published).toMatchObject({ version: 1, company_id: 'berg', value: row.body })

    const audit = await shop.db
      .selectFrom('audit')
      .selectAll()
      .where('aggregate_id', '=', row.id)
      .execute()
    expect(audit).toMatchObject([
      {
        type: 'requisition.submitted',
        version: 1,
        actor: { kind: 'contact', id: 'rut' },
        origin: { via: 'storefront', shop: 'shop', event: 'evt-whole' },
        data: { number: requisition.number, from: null, to: 'submitted' },
      },
    ])

    const { changes } = await shop.allChanges()
    const told = changes.map(({ change }) => storefrontChangeSchema.parse(change))
    expect(told.filter((one) => idTold(one) === 'whole-1')).toEqual([
      {
        type: 'requisition.received',
        timestamp: NOON.toISOString(),
        data: {
          id: 'whole-1',
          number: requisition.number,
          revision: 1,
          company: 'berg',
          contact: 'rut',
          decidedBy: null,
          state: 'submitted',
        },
      },
    ])
  })

  test('keeps the price that was shown beside the one resolved, and says that they differ', async () => {
    await shop.send(
      submitted({
        id: 'shown-1',
        lines: [
          line({ id: 'same', price: { amount: '100' } }),
          line({ id: 'gross', price: { amount: 125, basis: 'gross' } }),
          line({ id: 'less', price: { amount: '100', rebate: 10 } }),
          line({ id: 'alone', article: 'RARE', price: { amount: '7.5' } }),
          line({ id: 'none', article: 'RARE' }),
        ],
      }),
    )
    const { body } = await stored('shown-1')
    expect(body.lines.map(({ id, rowAmount }) => [id, rowAmount])).toEqual([
      ['same', kronor(200)],
      ['gross', kronor(250)],
      ['less', kronor(180)],
      ['alone', kronor(15)],
      ['none', null],
    ])
    expect(body.lines[2]).toMatchObject({
      shown: { unitPrice: { amount: 100_000_000, basis: 'net', currency: 'SEK' }, rebate: 100_000 },
      resolved: { kind: 'priced', unitPrice: { amount: 100_000_000 }, rebate: 0 },
    })
    expect(body.reasons).toEqual([
      { kind: 'right_below_order', right: 'requisition' },
      { kind: 'price_missing', lineIds: ['none'] },
      { kind: 'price_differs', lineIds: ['less', 'alone'] },
    ])
    // The gross row of 250 is 200 net; the one without a price counts nothing.
    expect(body.totals).toMatchObject({ net: kronor(200 + 200 + 180 + 15) })
  })

  test('keeps an address that was written out', async () => {
    const deliveryAddress = {
      name: 'Bygget',
      street: 'Nya vägen 2',
      postalCode: '111 22',
      city: 'Ort',
      country: 'NO',
    }
    await shop.send(submitted({ id: 'address-1', deliveryAddress }))
    const { body } = await stored('address-1')
    expect(body.deliveryAddress).toEqual({ id: '', ...deliveryAddress })
  })
})

test.each([
  ['list.sent', 'list', 'list'],
  ['quote.requested', 'quote_request', 'cart'],
] as const)(
  '%s by someone who may only keep lists waits for a person',
  async (type, kind, origin) => {
    const sent = event(type, { id: `kind-${kind}`, contact: 'lena' })
    expect((await shop.send(sent)).status).toBe(202)
    const { body } = await stored(`kind-${kind}`)
    expect(body).toMatchObject({ kind, origin, reasons: [{ kind: 'not_a_proposal' }] })
  },
)

test('a company on hold is let in, with the reason', async () => {
  await shop.send(submitted({ id: 'hold-1', contact: 'otto' }))
  const { body } = await stored('hold-1')
  expect(body.state).toBe('submitted')
  expect(body.reasons).toEqual([{ kind: 'company_on_hold', reason: 'Obetalda fakturor.' }])
})
