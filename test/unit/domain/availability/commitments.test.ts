import { expect, it } from 'vitest'
import { commitmentsNotContained } from '../../../../domain/availability/commitments'

const line = { quantity: 3_000, plannedDate: '2026-12-01' }
const report = { observedAt: '2026-11-23T06:00:00.000Z' }

it.each([
  ['not exported', null, true],
  ['exported after the report', '2026-11-23T06:00:00.001Z', true],
  ['exported in the moment of the report', '2026-11-23T06:00:00.000Z', false],
  ['exported in that moment, written shorter', '2026-11-23T06:00:00Z', false],
  ['exported just after it, written shorter', '2026-11-23T06:00:01Z', true],
  ['exported before the report', '2026-11-23T05:59:59.999Z', false],
])('an order line %s', (_, exportedAt, counts) => {
  expect(commitmentsNotContained([{ ...line, exportedAt }], report)).toEqual(counts ? [line] : [])
})

it('keeps every line that counts', () => {
  const undated = { quantity: 1_000, plannedDate: null, exportedAt: null }
  const lines = [
    { ...line, exportedAt: null },
    { ...line, exportedAt: '2026-01-01T00:00:00Z' },
    undated,
  ]
  expect(commitmentsNotContained(lines, report)).toEqual([
    line,
    { quantity: 1_000, plannedDate: null },
  ])
})
