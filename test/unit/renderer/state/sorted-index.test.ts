import fc from 'fast-check'
import { expect, test } from 'vitest'
import { itemsOf } from '../../../../main/replica/items'
import { createReplica } from '../../../../renderer/state/replica'
import { createSortedIndex } from '../../../../renderer/state/sorted-index'
import { change, company } from '../../../fakes/desk/entities'

const step = fc.record({
  id: fc.integer({ min: 1, max: 40 }),
  /** Null takes it away. */
  name: fc.option(fc.constantFrom('Ahl', 'Berg', 'Ceder', 'Dahl', 'Öst')),
})
const { compare } = new Intl.Collator('sv')

test('is always what sorting everything from scratch would give, also made late', () => {
  fc.assert(
    fc.property(fc.array(fc.array(step, { maxLength: 30 }), { maxLength: 8 }), (batches) => {
      const replica = createReplica()
      const make = () => createSortedIndex(replica, 'company', ({ name }) => name, compare)
      const index = make()
      const expected = new Map<string, string>()
      let version = 0
      for (const batch of batches) {
        replica.apply(
          itemsOf(
            batch.map(({ id: number, name }) => {
              version += 1
              const id = String(number)
              if (name === null) expected.delete(id)
              else expected.set(id, name)
              return change('company', id, name === null ? null : company({ id, name }), version)
            }),
          ),
        )
        const sorted = [...expected]
          .sort(([idA, a], [idB, b]) => compare(a, b) || (idA < idB ? -1 : 1))
          .map(([id]) => id)
        expect(index.ids()).toEqual(sorted)
        expect(make().ids()).toEqual(sorted)
      }
      replica.reset('next')
      expect(index.ids()).toEqual([])
    }),
    { numRuns: 60 },
  )
})

test('gives the same array while the order stands', () => {
  const replica = createReplica()
  const index = createSortedIndex(replica, 'company', ({ name }) => name, compare)
  const value = company({ id: '1', name: 'Ahlberg' })
  replica.apply(itemsOf([change('company', '1', value, 1)]))
  const ids = index.ids()
  replica.apply(itemsOf([change('company', '1', { ...value, exposure: 7 }, 2)]))
  expect(index.ids()).toBe(ids)
})
