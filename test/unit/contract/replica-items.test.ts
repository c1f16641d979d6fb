import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  decodeItems,
  decodeWords,
  encodeItems,
  encodeWords,
  readRest,
  restText,
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
  steps: fc.option(
    fc.array(
      fc.record({
        tier: fc.integer({ min: 1, max: 9 }),
        by: fc.constantFrom({ kind: 'deciders' as const }, { kind: 'approvers' as const }),
        approvals: fc.constant([]),
      }),
      { minLength: 1 },
    ),
  ),
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
  fc
    .record({
      ...named,
      kind: fc.constant('requisition'),
      form: fc.constant('requisition'),
      head,
      rest: json,
      texts: fc.option(
        fc.record({
          words: fc.record({
            words: fc.constantFrom('', 'k-20418 k20418 ror'),
            articles: fc.array(fc.string()).map((ids) => JSON.stringify(ids)),
          }),
          whole: json,
        }),
        { nil: { words: null, whole: null } },
      ),
    })
    .map(({ texts, ...brief }) => ({ ...brief, ...texts })),
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

test('of a requisition in brief nothing is told that it is searched by', () => {
  fc.assert(
    fc.property(fc.array(item), (items) => {
      const brief = items.map((one) => (one.form === 'requisition' ? { ...one, whole: null } : one))
      const told = decodeItems(encodeItems(brief))
      expect(told).toEqual(
        brief.map((one) => (one.form === 'requisition' ? { ...one, words: null } : one)),
      )
    }),
  )
})

test('what requisitions are searched by comes out of its line as it went in', () => {
  const one = fc.record({ ...named, words: fc.string(), articles: fc.string() })
  fc.assert(
    fc.property(fc.array(one), (all) => {
      const line = encodeWords(all)
      expect(line).not.toContain('\n')
      expect(decodeWords(line)).toEqual(all)
    }),
  )
})

test('what a row says beside the head comes out of its text as it went in', () => {
  const rest = {
    number: 'K-1',
    kind: 'proposal',
    revision: 2,
    reasons: [{ kind: 'price_missing' }],
    claimedBy: null,
    outcome: null,
    lineCount: 3,
    rules: ['Stor order'],
  } as unknown as Parameters<typeof restText>[0]
  const reminder = { at: '2026-11-23T13:02:00.000Z', by: null }
  for (const more of [{}, { reminder }, { restOf: 'K-2' }, { reminder, restOf: 'K-2' }]) {
    expect(readRest(restText({ ...rest, ...more }))).toEqual({ ...rest, ...more })
  }
})
