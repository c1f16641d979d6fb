import { expect, test } from 'vitest'
import {
  followOpenness,
  isOpenTo,
  setOpenness,
  type HeldOpenness,
} from '../../../../domain/availability/openness'

const held: HeldOpenness = {
  inForce: { openToWebshop: true, customerGroups: [] },
  source: null,
}

test('what is set stands in force, and what the source said first is kept for when it is followed', () => {
  const some = setOpenness(held, { openToWebshop: true, customerGroups: ['G1'] })
  const closed = setOpenness(some, { openToWebshop: false, customerGroups: [] })
  expect(closed).toEqual({
    inForce: { openToWebshop: false, customerGroups: [] },
    source: true,
  })
  expect(followOpenness(closed)).toEqual(held)
  expect(followOpenness(some)).toEqual(held)
  expect(followOpenness(held)).toBeNull()
})

test.each([
  [true, [], null, true],
  [true, [], 'G1', true],
  [true, ['G1', 'G2'], 'G2', true],
  [true, ['G1'], 'G2', false],
  // Whoever has not signed in is of no group.
  [true, ['G1'], null, false],
  [false, [], 'G1', false],
  [false, ['G1'], 'G1', false],
])(
  'open %s to %j: a customer of %s is let in: %s',
  (openToWebshop, customerGroups, group, open) => {
    expect(isOpenTo({ openToWebshop, customerGroups }, group)).toBe(open)
  },
)

test('one that knows of no groups is open to all of them', () => {
  expect(isOpenTo({ openToWebshop: true }, null)).toBe(true)
})
