import { expect, test } from 'vitest'
import type { Requisition } from '../../../../contract/entities'
import { itemsOf } from '../../../../main/replica/items'
import { createReplica } from '../../../../renderer/state/replica'
import { createWarehouseChoices } from '../../../../renderer/state/warehouse-choices'
import { change, requisition, uuid } from '../../../fakes/desk/entities'

function setUp() {
  const replica = createReplica()
  const choices = createWarehouseChoices(replica)
  let version = 0
  const put = (part: Partial<Requisition>) => {
    const value = {
      ...requisition({ id: uuid(1), number: 'K-1', companyId: '1', contactId: 'K' }),
      ...part,
    }
    replica.apply(itemsOf([change('requisition', uuid(1), value, (version += 1))]))
    return value
  }
  return { replica, choices, put }
}

test('keeps a choice by line until it is taken back', () => {
  const { choices, put } = setUp()
  const one = put({})
  choices.choose(one, '1', 'GBG')
  choices.choose(one, '2', 'UME')
  expect(choices.of(one)).toEqual({ 1: 'GBG', 2: 'UME' })
  expect(choices.of(one)).toBe(choices.of(one))
  choices.choose(one, '1', null)
  expect(choices.of(one)).toEqual({ 2: 'UME' })
})

test('outlives a colleague taking it on, but not another revision', () => {
  const { choices, put } = setUp()
  choices.choose(put({}), '1', 'GBG')
  const claimed = put({ state: 'in_review' })
  expect(choices.of(claimed)).toEqual({ 1: 'GBG' })
  const revised = put({ revision: 2 })
  expect(choices.of(revised)).toEqual({})
  expect(choices.of(claimed)).toEqual({})
})

test('goes when it has been decided, and with whoever signs out', () => {
  const { replica, choices, put } = setUp()
  choices.choose(put({}), '1', 'GBG')
  put({ state: 'rejected' })
  expect(choices.store.getState().size).toBe(0)
  choices.choose(put({}), '1', 'GBG')
  replica.reset('another')
  expect(choices.store.getState().size).toBe(0)
})
