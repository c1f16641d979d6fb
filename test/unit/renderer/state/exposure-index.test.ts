import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Order } from '../../../../contract/entities'
import type { Change } from '../../../../contract/feed'
import { createExposureIndex } from '../../../../renderer/state/exposure-index'
import { itemsOf } from '../../../../main/replica/items'
import { createReplica } from '../../../../renderer/state/replica'
import { change, company, uuid } from '../../../fakes/desk/entities'

const step = fc.oneof(
  fc.record({
    kind: fc.constant('order' as const),
    id: fc.integer({ min: 1, max: 4 }),
    value: fc.option(
      fc.record({
        companyId: fc.constantFrom('C1', 'C2'),
        currency: fc.constantFrom('SEK', 'EUR'),
        gross: fc.integer({ min: 0, max: 900 }),
        state: fc.constantFrom('placed' as const, 'cancelled' as const),
      }),
    ),
  }),
  fc.record({
    kind: fc.constant('commitment' as const),
    id: fc.integer({ min: 1, max: 4 }),
    value: fc.option(fc.record({ isExported: fc.boolean() })),
  }),
)

function orderOf(
  id: string,
  told: Pick<Order, 'companyId' | 'currency' | 'state'> & { readonly gross: number },
): Order {
  return {
    id,
    number: 'O-1',
    companyId: told.companyId,
    contactId: 'anna',
    currency: told.currency,
    state: told.state,
    deliveryAddress: null,
    yourReference: null,
    purchaseOrderNumber: null,
    goodsMark: null,
    freightTerms: null,
    partDeliveries: null,
    requestedDate: null,
    comment: null,
    source: { kind: 'requisition', id, number: 'R-1', part: '0' },
    placedAt: '2026-11-23T08:00:00.000Z',
    placedBy: { kind: 'system', name: 'Kontor' },
    lines: [],
    totals: {
      currency: told.currency,
      mode: 'per_row',
      net: told.gross,
      gross: told.gross,
      vat: [],
    },
  }
}

test('sums the orders that the ERP has not been given, whatever comes in which order', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const replica = createReplica()
      const exposure = createExposureIndex(replica)
      const changes = steps.map((one, at): Change => {
        const id = uuid(one.id)
        if (one.kind === 'commitment') {
          const exportedAt = one.value?.isExported ? '2026-11-23T08:00:00.000Z' : null
          return change(
            'commitment',
            id,
            one.value && { orderId: id, exportedAt, lines: [] },
            at + 1,
          )
        }
        return change('order', id, one.value && orderOf(id, one.value), at + 1)
      })
      replica.apply(itemsOf(changes))
      for (const id of ['C1', 'C2']) {
        for (const currency of ['SEK', 'EUR']) {
          const own = [...replica.all('order').values()].filter(
            (one) =>
              one.companyId === id &&
              one.currency === currency &&
              one.state !== 'cancelled' &&
              (replica.get('commitment', one.id)?.exportedAt ?? null) === null,
          )
          const expected = own.reduce((sum, { totals }) => sum + totals.gross, 1_000)
          expect(exposure.of({ ...company({ id, name: id }), currency, exposure: 1_000 })).toBe(
            expected,
          )
        }
      }
    }),
  )
})
