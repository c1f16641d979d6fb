import { describe, expect, test } from 'vitest'
import { itemsOf } from '../../../../main/replica/items'
import { createReplica } from '../../../../renderer/state/replica'
import { createRequisitionIndex } from '../../../../renderer/state/requisition-index'
import { requisitionMatcher } from '../../../../renderer/state/requisition-search'
import { createInbox } from '../../../../renderer/state/inbox'
import { change } from '../../../fakes/desk/entities'
import { manyRequisitions } from '../../../fakes/desk/masses'
import { workingSet } from '../../../fakes/desk/working-set'

function replicaOfTheMorning() {
  const replica = createReplica()
  const index = createRequisitionIndex(replica)
  replica.apply(itemsOf(workingSet()))
  const find = (query: string) =>
    index
      .ids()
      .map((id) => replica.requisitions.get(id))
      .filter((held) => held !== undefined)
      .filter((held) => requisitionMatcher(replica, query)?.(held) ?? true)
      .map(({ value }) => value.number)
  return { replica, index, find }
}

describe('searching the inbox', () => {
  const { replica, find } = replicaOfTheMorning()

  test('by number, with and without what people leave out', () => {
    expect(find('K-20418')).toEqual(['K-20418'])
    expect(find('k20418')).toEqual(['K-20418'])
    expect(find('20418')).toEqual(['K-20418'])
  })

  test('by what it comes to, net or with VAT, as it is written or as it is said', () => {
    for (const amount of [
      '45 476',
      '45\u00a0476,20',
      '45476',
      '45476,2',
      '45476.20',
      '45,476.20',
      '56 845',
    ]) {
      expect(find(amount), amount).toEqual(['K-20418'])
    }
    expect(find('ahlbergs 45 476')).toEqual(['K-20418'])
    expect(find('45476,30')).toEqual([])
    // Part of a figure is none.
    expect(find('5476')).toEqual([])
  })

  test('by company, also without its dots', () => {
    expect(find('ahlbergs rör')).toEqual(['K-20418', 'K-20414'])
    expect(find('AHLBERGS ROR')).toEqual(['K-20418', 'K-20414'])
    expect(find('10408')).toEqual(['K-20417', 'K-20407'])
  })

  test('by contact, mark and the customer’s own numbers', () => {
    expect(find('anna lind')).toEqual(['K-20418'])
    expect(find('etapp hus')).toEqual(['K-20418'])
    expect(find('881207')).toEqual(['K-20418'])
    expect(find('nordkust, etapp')).toEqual(['K-20416'])
  })

  test('by article number and name, every word of it', () => {
    expect(find('vp9000')).toEqual(['K-20418', 'K-20416', 'K-20411'])
    expect(find('värmepump')).toEqual(['K-20418', 'K-20416', 'K-20411'])
    expect(find('värmepump nordkust')).toEqual(['K-20416'])
    expect(find('100 231')).toContain('K-20407')
  })

  test('an empty query is no search, and nonsense finds nothing', () => {
    expect(requisitionMatcher(replica, '  ')).toBeNull()
    expect(find('zzz')).toEqual([])
  })

  test('finds a company under its new name at once', () => {
    const morning = replicaOfTheMorning()
    const company = morning.replica.get('company', '10231')
    if (!company) throw new Error('The working set has no 10231')
    morning.replica.apply(
      itemsOf([change('company', '10231', { ...company, name: 'Rörcentralen' }, 2)]),
    )
    expect(morning.find('rörcentralen')).toEqual(['K-20418', 'K-20414'])
    expect(morning.find('ahlbergs')).toEqual([])
  })
})

test('a keystroke over ten thousand takes less than 50 ms', { timeout: 60_000 }, () => {
  const replica = createReplica()
  const index = createRequisitionIndex(replica)
  const inbox = createInbox(replica, index, () => '2026-11-23')
  replica.apply(itemsOf(workingSet()))
  replica.apply(
    itemsOf(manyRequisitions(10_000).map((value) => change('requisition', value.id, value))),
  )
  // Time on the processor, not on the wall: the machine may have other things to do.
  const times = ['r', 'rö', 'rör', 'värmepump', 'm-0012', 'sara nyman'].map((query) => {
    inbox.setQuery(query)
    const start = process.cpuUsage()
    const { ids } = inbox.view(null)
    const { user, system } = process.cpuUsage(start)
    expect(ids.length).toBeGreaterThan(0)
    return (user + system) / 1000
  })
  // The first of them also folds every text, once for as long as it stands.
  const [, ...rest] = times
  const middle = rest.sort((a, b) => a - b)[2]
  expect(middle, `${times.map((time) => time.toFixed(1)).join(', ')} ms`).toBeLessThan(50)
})
