import fc from 'fast-check'
import { expect, test } from 'vitest'
import { itemsOf } from '../../../../main/replica/items'
import { createReplica } from '../../../../renderer/state/replica'
import { createRequisitionIndex } from '../../../../renderer/state/requisition-index'
import { change, requisition, uuid } from '../../../fakes/desk/entities'

const step = fc.record({
  number: fc.integer({ min: 1, max: 60 }),
  /** Minutes past the hour; null takes it away. */
  minute: fc.option(fc.integer({ min: 0, max: 30 })),
})

test('is always what sorting everything from scratch would give', () => {
  fc.assert(
    fc.property(fc.array(fc.array(step, { maxLength: 40 }), { maxLength: 8 }), (batches) => {
      const replica = createReplica()
      const index = createRequisitionIndex(replica)
      const expected = new Map<string, number>()
      let version = 0
      for (const batch of batches) {
        const changes = batch.map(({ number, minute }) => {
          version += 1
          const id = uuid(number)
          if (minute === null) expected.delete(id)
          else expected.set(id, minute)
          const receivedAt = new Date(Date.UTC(2026, 10, 23, 9, minute ?? 0)).toISOString()
          const value =
            minute === null
              ? null
              : requisition({
                  id,
                  number: `K-${number}`,
                  companyId: '1',
                  contactId: 'K',
                  receivedAt,
                })
          return change('requisition', id, value, version)
        })
        replica.apply(itemsOf(changes))
        const sorted = [...expected]
          .sort(([idA, a], [idB, b]) => b - a || (idA < idB ? -1 : 1))
          .map(([id]) => id)
        expect(index.ids()).toEqual(sorted)
      }
      replica.reset('next')
      expect(index.ids()).toEqual([])
    }),
    {
      numRuns: 60,
      // There and back within one batch: it stood twice in the list.
      examples: [
        [
          [
            [
              { number: 49, minute: 8 },
              { number: 49, minute: 0 },
              { number: 49, minute: 8 },
            ],
          ],
        ],
      ],
    },
  )
})

test('gives the same array while the order stands', () => {
  const replica = createReplica()
  const index = createRequisitionIndex(replica)
  const value = requisition({ id: uuid(1), number: 'K-1', companyId: '1', contactId: 'K' })
  replica.apply(itemsOf([change('requisition', value.id, value, 1)]))
  const ids = index.ids()
  replica.apply(itemsOf([change('requisition', value.id, { ...value, goodsMark: 'B' }, 2)]))
  expect(index.ids()).toBe(ids)
})
