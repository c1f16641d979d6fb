import { expect, test } from 'vitest'
import { catalogue } from '../../../../language/catalogue'
import { actions } from '../../../../renderer/actions/registry'
import { screens } from '../../../../renderer/screens'

test('every action has an id of its own and a title in the catalogue', () => {
  const ids = actions.map(({ id }) => id)
  const ofScreens = new Set(screens.flatMap((screen) => screen.actions.map(({ id }) => id)))
  // Screens may share an id for the same thing on each, e.g. the next row: only one is shown.
  const others = ids.filter((id) => !ofScreens.has(id))
  expect(new Set(others).size).toBe(others.length)
  for (const { title } of actions) expect(catalogue.sv[title]).toBeTruthy()
})

test('no key does two things on a screen, unless one undoes the other', () => {
  const shared = actions.filter(
    ({ id }) => !screens.some((screen) => screen.actions.some((action) => action.id === id)),
  )
  for (const screen of screens) {
    const byKey = new Map<string, string[]>()
    for (const { id, keys } of [...screen.actions, ...shared]) {
      for (const key of keys ?? []) byKey.set(key, [...(byKey.get(key) ?? []), id])
    }
    const twice = [...byKey.values()].filter((ids) => ids.length > 1)
    expect(
      twice.filter((ids) => !isPair(ids)),
      screen.id,
    ).toEqual([])
  }
})

const pairs = new Set([
  'requisition.claim requisition.release',
  'bulk.approve requisition.approve requisition.askAgain',
  'bulk.reject requisition.reject',
  'requisition.sendText requisition.saveEdit',
  'requisition.leaveEdit back',
  'orders.leaveDates orders.back',
  'requisition.markLine list.pick',
  'requisition.quote requisition.openOrder',
  'quotes.submit quotes.send',
  'quotes.approve quotes.takeCounter',
])

/** Those that are never possible at the same time share a key on purpose. */
function isPair(ids: readonly string[]): boolean {
  return pairs.has(ids.join(' '))
}

test('the ids that the menu bar calls by are there', () => {
  const ids = new Set(actions.map(({ id }) => id))
  for (const id of ['signOut', 'go.inbox', 'outbox', 'shortcuts', 'retryConnection']) {
    expect(ids, id).toContain(id)
  }
})
