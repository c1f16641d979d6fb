import { expect, test } from 'vitest'
import type { Desk } from '../../../../renderer/desk'
import {
  availabilityContextOf,
  buyerGroupOf,
} from '../../../../renderer/features/inbox/availability-context'

function deskWith(...warehouses: readonly object[]): Desk {
  const held: Readonly<Record<string, ReadonlyMap<string, object>>> = {
    warehouse: new Map(warehouses.map((one, at) => [String(at), one])),
    company: new Map([['c', { id: 'c', customerGroupId: 'G1' }]]),
    contact: new Map([
      ['own', { id: 'own', customerGroupId: 'G2' }],
      ['none', { id: 'none', customerGroupId: null }],
    ]),
    seller: new Map([['seller', { timeZone: 'Europe/Stockholm', holidays: [] }]]),
  }
  const replica = {
    all: (kind: string) => held[kind] ?? new Map(),
    get: (kind: string, id: string) => held[kind]?.get(id),
  }
  const clock = { now: () => Date.UTC(2026, 10, 23, 11), step: () => Date.UTC(2026, 10, 23, 11) }
  return { replica, clock } as unknown as Desk
}
const warehouse = (id: string, priority: number, customerGroups?: readonly string[]) => ({
  id,
  name: id,
  openToWebshop: true,
  priority,
  customerGroups,
})

test('a document is placed in the warehouses that its contact’s group is let into', () => {
  const desk = deskWith(warehouse('all', 2), warehouse('some', 1, ['G2']))
  const of = (contactId: string, companyId = 'c') =>
    availabilityContextOf(desk, buyerGroupOf(desk, { contactId, companyId })).warehouses.map(
      ({ id }) => id,
    )
  expect(of('own')).toEqual(['some', 'all'])
  expect(of('none')).toEqual(['all'])
  expect(of('nobody')).toEqual(['all'])
  expect(of('nobody', 'no company')).toEqual(['all'])
})

test('groups that are let into the same warehouses share what is counted of them', () => {
  const desk = deskWith(warehouse('all', 2), warehouse('some', 1, ['G2']))
  expect(availabilityContextOf(desk, 'G1')).toBe(availabilityContextOf(desk, null))
  expect(availabilityContextOf(desk, 'G1')).not.toBe(availabilityContextOf(desk, 'G2'))
  expect(availabilityContextOf(desk, 'G2')).toBe(availabilityContextOf(desk, 'G2'))
})
