import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  followSource,
  setRights,
  sourceSays,
  type GroupRights,
  type HeldRights,
} from '../../../domain/customer-group'

const limit = fc.option(fc.integer({ min: 0, max: 10_000_000 }))
const rights: fc.Arbitrary<GroupRights> = fc.record({
  orderingRight: fc.constantFrom('lists', 'requisition', 'order'),
  orderLimit: fc.record({
    perOrder: limit,
    perPeriod: limit,
    period: fc.constantFrom('month', 'year'),
    currency: fc.constantFrom('SEK', 'EUR'),
  }),
})
type Deed =
  { readonly kind: 'source' | 'set'; readonly rights: GroupRights } | { readonly kind: 'follow' }
const deed: fc.Arbitrary<Deed> = fc.oneof(
  fc.record({ kind: fc.constantFrom('source', 'set'), rights }),
  fc.record({ kind: fc.constant('follow') }),
)

function done(held: HeldRights, one: Deed): HeldRights {
  switch (one.kind) {
    case 'source':
      return sourceSays(held, one.rights)
    case 'set':
      return setRights(held, one.rights)
    case 'follow':
      return followSource(held) ?? held
  }
}

test('what was set last since the source was last followed is in force, else what the source last said', () => {
  fc.assert(
    fc.property(rights, fc.array(deed, { maxLength: 12 }), (first, deeds) => {
      const held = deeds.reduce(done, { inForce: first, source: null })
      const said = deeds.findLast(({ kind }) => kind === 'source')
      const lastSaid = said?.kind === 'source' ? said.rights : first
      const sinceFollowed = deeds.slice(deeds.findLastIndex(({ kind }) => kind === 'follow') + 1)
      const set = sinceFollowed.findLast(({ kind }) => kind === 'set')
      expect(held.inForce).toEqual(set?.kind === 'set' ? set.rights : lastSaid)
      expect(held.source).toEqual(set ? lastSaid : null)
      if (set) expect(followSource(held)).toEqual({ inForce: lastSaid, source: null })
      else expect(followSource(held)).toBeNull()
    }),
  )
})
