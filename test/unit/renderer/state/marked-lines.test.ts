import { expect, test } from 'vitest'
import { createMarkedLines } from '../../../../renderer/state/marked-lines'

const one = { id: 'one', revision: 1 }

test('lines are marked and let go, and the set is the same until something of it changes', () => {
  const marked = createMarkedLines()
  marked.toggle(one, 'a')
  marked.toggle(one, 'b')
  const before = marked.of(one)
  expect([...before]).toEqual(['a', 'b'])
  expect(marked.of(one)).toBe(before)
  marked.toggle(one, 'a')
  expect([...marked.of(one)]).toEqual(['b'])
  marked.clear()
  expect(marked.of(one).size).toBe(0)
})

test('what is marked in one revision is in no other, nor in another requisition', () => {
  const marked = createMarkedLines()
  marked.toggle(one, 'a')
  expect(marked.of({ ...one, revision: 2 }).size).toBe(0)
  expect(marked.of({ ...one, id: 'other' }).size).toBe(0)
  marked.toggle({ ...one, revision: 2 }, 'b')
  expect([...marked.of({ ...one, revision: 2 })]).toEqual(['b'])
  expect(marked.of(one).size).toBe(0)
})
