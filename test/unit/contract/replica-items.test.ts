import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  decodeItems,
  encodeItems,
  type ReplicaItem,
  type RequisitionHead,
} from '../../../contract/replica-items'

/** JSON of values that hold what a line is taken apart by. */
const json = fc
  .oneof(fc.string(), fc.constantFrom('a\tb\nc\r', 'åäö\u2028', '"\\t'))
  .map((text) => JSON.stringify({ text }))
const named = { id: fc.string(), version: fc.nat() }
const head: fc.Arbitrary<RequisitionHead> = fc.record({
  state: fc.constantFrom('submitted', 'ordered'),
  receivedAt: fc.string(),
  endedAt: fc.option(fc.string()),
  claimerId: fc.option(fc.string()),
  companyId: fc.string(),
  contactId: fc.string(),
  currency: fc.string(),
  net: fc.integer(),
  gross: fc.integer(),
})
const item: fc.Arbitrary<ReplicaItem> = fc.oneof(
  fc.record({ ...named, kind: fc.constant('order'), form: fc.constant('gone') }),
  fc.record({
    ...named,
    kind: fc.constant('company'),
    form: fc.constant('unreadable'),
    why: fc.string(),
  }),
  fc.record({ ...named, kind: fc.constant('article'), form: fc.constant('value'), value: json }),
  fc.record({
    ...named,
    kind: fc.constant('requisition'),
    form: fc.constant('requisition'),
    head,
    rest: json,
    words: fc.constantFrom('', 'k-20418 k20418 ror'),
    articles: fc.array(fc.string()).map((ids) => JSON.stringify(ids)),
    whole: fc.option(json),
  }),
) as fc.Arbitrary<ReplicaItem>

test('a batch is one line, and its items come out of it as they went in', () => {
  fc.assert(
    fc.property(fc.array(item), (items) => {
      const line = encodeItems(items)
      expect(line).not.toContain('\n')
      expect(decodeItems(line)).toEqual(items)
    }),
  )
})
