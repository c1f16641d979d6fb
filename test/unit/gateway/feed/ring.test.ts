import { expect, test } from 'vitest'
import { createFeedRing } from '../../../../gateway/feed/ring'
import type { FeedRow } from '../../../../gateway/feed/visibility'

const row = (seq: number, id: string, bytes = 100): FeedRow => ({
  seq,
  kind: 'warehouse',
  id,
  version: 1,
  companyId: null,
  userId: null,
  bytes,
  value: '{}',
})
const idsOf = (rows: readonly FeedRow[] | null) => rows?.map(({ id }) => id) ?? null

test('gives what lies after one transaction up to another, and nothing it does not hold whole', () => {
  const ring = createFeedRing(10)
  ring.push([row(11, 'a'), row(12, 'b'), row(12, 'c'), row(15, 'd')])
  expect(idsOf(ring.between(10, 15))).toEqual(['a', 'b', 'c', 'd'])
  expect(idsOf(ring.between(11, 12))).toEqual(['b', 'c'])
  expect(idsOf(ring.between(12, 14))).toEqual([])
  expect(idsOf(ring.between(20, 15))).toEqual([])
  expect(ring.between(9, 15)).toBeNull()
})

test('lets the oldest transactions go whole when there are too many rows', () => {
  const ring = createFeedRing(0, { rows: 4, bytes: 1_000_000 })
  ring.push([row(1, 'a'), row(2, 'b'), row(2, 'c'), row(2, 'd')])
  ring.push([row(3, 'e')])
  expect(ring.between(0, 3)).toBeNull()
  expect(ring.between(1, 3)).toBeNull()
  expect(idsOf(ring.between(2, 3))).toEqual(['e'])
})

test('keeps nothing of a transaction that is too large for it, though it comes in pieces', () => {
  const ring = createFeedRing(0, { rows: 100, bytes: 10_000 })
  ring.push([row(1, 'a'), row(2, 'b', 9_000), row(2, 'c', 9_000)])
  ring.push([row(2, 'd', 100), row(3, 'e')])
  expect(ring.between(1, 3)).toBeNull()
  expect(idsOf(ring.between(2, 3))).toEqual(['e'])
})
