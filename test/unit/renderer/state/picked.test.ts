import { expect, test } from 'vitest'
import { createPicked } from '../../../../renderer/state/picked'

const order = ['a', 'b', 'c', 'd', 'e', 'f']
function rig() {
  const picked = createPicked()
  return { picked, ids: () => [...picked.store.getState().ids].sort().join('') }
}

test('a row is picked and let go', () => {
  const { picked, ids } = rig()
  picked.toggle('c')
  picked.toggle('a')
  expect(ids()).toBe('ac')
  picked.toggle('c')
  expect(ids()).toBe('a')
})

test('a stretch grows, shrinks and turns round, and leaves alone what was picked before it', () => {
  const { picked, ids } = rig()
  picked.toggle('f')
  picked.stretch('b', 'c', order)
  picked.stretch('c', 'd', order)
  expect(ids()).toBe('bcdf')
  picked.stretch('d', 'c', order)
  picked.stretch('c', 'b', order)
  picked.stretch('b', 'a', order)
  expect(ids()).toBe('abf')
})

test('a stretch from elsewhere is another one, and what the first drew stays', () => {
  const { picked, ids } = rig()
  picked.stretch('a', 'b', order)
  picked.stretch('e', 'd', order)
  expect(ids()).toBe('abde')
})

test('from a row that is not shown any more nothing is drawn', () => {
  const { picked, ids } = rig()
  picked.stretch('x', 'b', order)
  expect(ids()).toBe('')
})
