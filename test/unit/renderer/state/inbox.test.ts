import { beforeEach, describe, expect, test } from 'vitest'
import type { Requisition } from '../../../../contract/entities'
import { createInbox } from '../../../../renderer/state/inbox'
import type { Inbox } from '../../../../renderer/state/inbox'
import { itemsOf } from '../../../../main/replica/items'
import { createReplica } from '../../../../renderer/state/replica'
import type { Replica } from '../../../../renderer/state/replica'
import { createRequisitionIndex } from '../../../../renderer/state/requisition-index'
import type { ApprovalStep } from '../../../../domain/approval/steps'
import { change, requisition, user, uuid } from '../../../fakes/desk/entities'

let replica: Replica
let inbox: Inbox
const me = user().id
let version = 0

function put(number: number, part: Partial<Requisition> = {}): void {
  version += 1
  const value = requisition({
    id: uuid(number),
    number: `K-${number}`,
    companyId: '1',
    contactId: 'K1',
    // The higher the number, the later it came in.
    receivedAt: new Date(Date.UTC(2026, 10, 23, 8, number)).toISOString(),
    ...part,
  })
  replica.apply(itemsOf([change('requisition', value.id, value, version)]))
}
const shown = () => inbox.view(me).ids.map((id) => Number(id.slice(-4)))
const outcome = {
  kind: 'rejected',
  reason: 'Nej',
  by: { kind: 'user', id: me, name: 'Karin' },
  at: '2026-11-23T09:00:00.000Z',
} as const

beforeEach(() => {
  replica = createReplica()
  inbox = createInbox(replica, createRequisitionIndex(replica), () => '2026-11-23')
  replica.reset('test')
  replica.markLoaded()
  put(1)
  put(2, { state: 'in_review', claimedBy: { id: me, name: 'Karin', at: outcome.at } })
  put(3, { state: 'rejected', outcome })
  put(4, { state: 'returned' })
})

test('each filter shows its own, newest first, and counts what asks for someone', () => {
  expect(shown()).toEqual([2, 1])
  inbox.setFilter('mine')
  expect(shown()).toEqual([2])
  inbox.setFilter('all')
  expect(shown()).toEqual([4, 3, 2, 1])
  inbox.setFilter('finished')
  expect(shown()).toEqual([3])
  expect(inbox.view(me).counts).toEqual({ to_decide: 2, mine: 1 })
})

describe('what is open', () => {
  test('keeps its place when a colleague decides it, until something else is opened', () => {
    inbox.pin(uuid(1))
    put(1, { state: 'rejected', outcome })
    expect(shown()).toEqual([2, 1])
    inbox.pin(uuid(2))
    expect(shown()).toEqual([2])
  })

  test('is let go by choosing a filter', () => {
    inbox.setFilter('all')
    inbox.pin(uuid(3))
    inbox.setFilter('to_decide')
    expect(shown()).toEqual([2, 1])
  })
})

describe('new rows', () => {
  test('appear at once while the list is left alone', () => {
    put(5)
    expect(shown()).toEqual([5, 2, 1])
  })

  test('are held back while it is worked in, and let in when asked for', () => {
    inbox.holdNew(true)
    put(5)
    put(6)
    expect(shown()).toEqual([2, 1])
    expect(inbox.view(me)).toMatchObject({ heldCount: 2, counts: { to_decide: 4 } })
    inbox.holdNew(false)
    expect(shown()).toEqual([2, 1])
    inbox.releaseNew()
    expect(shown()).toEqual([6, 5, 2, 1])
  })

  test('are not the ones that only changed, nor those that the filter would not show', () => {
    inbox.holdNew(true)
    put(1, { goodsMark: 'Hus B' })
    put(7, { state: 'rejected', outcome })
    expect(shown()).toEqual([2, 1])
    expect(inbox.view(me).heldCount).toBe(0)
  })

  test('are not what comes from disk at the start', () => {
    replica.reset('again')
    inbox.holdNew(true)
    put(1)
    expect(shown()).toEqual([1])
  })
})

test('a change that touches no shown row gives the very same view', () => {
  const before = inbox.view(me)
  put(3, { state: 'rejected', outcome, goodsMark: 'Hus B' })
  expect(inbox.view(me)).toBe(before)
})

test('what is finished stands by when it was, the last first, however long ago it came in', () => {
  put(5, { state: 'rejected', outcome: { ...outcome, at: '2026-11-23T08:30:00.000Z' } })
  put(6, { state: 'expired' })
  inbox.setFilter('finished')
  const [last, ...rest] = shown()
  expect(last).toBe(3)
  expect(rest.filter((id) => id === 5 || id === 6)).toEqual([5, 6])
})

describe('steps that rules demand', () => {
  const erik = uuid(2, 9)
  const named = (...userIds: string[]) => ({ kind: 'users', userIds, need: 'any' }) as const
  const step = (tier: number, by: ApprovalStep['by'], isTaken = false): ApprovalStep => ({
    tier,
    by,
    because: [],
    approvals: isTaken
      ? [{ by: { id: erik, name: 'Erik' }, at: outcome.at, withinLimit: true }]
      : [],
  })
  const tell = (person: ReturnType<typeof user>) =>
    replica.apply(itemsOf([change('user', person.id, person)]))

  beforeEach(() => {
    tell(user())
    tell(user({ id: erik, username: 'erik', displayName: 'Erik Dahl', roles: ['approver'] }))
  })

  test('what waits for a colleague is not to decide, but stays among all', () => {
    put(5, { steps: [step(1, named(erik))] as Requisition['steps'] })
    put(6, { steps: [step(1, named(erik), true), step(2, named(me))] as Requisition['steps'] })
    expect(shown()).toEqual([6, 2, 1])
    expect(inbox.view(me).counts.to_decide).toBe(3)
    expect(inbox.view(erik).ids.map((id) => Number(id.slice(-4)))).toEqual([5, 2, 1])
    inbox.setFilter('all')
    expect(shown()).toEqual([6, 5, 4, 3, 2, 1])
  })

  test('whoever stands in for them has it to decide, on the days that were agreed', () => {
    put(5, { steps: [step(1, named(erik))] as Requisition['steps'] })
    const away = { id: uuid(7), fromUserId: erik, toUserId: me, reason: '', isEnded: false }
    const tellAway = (from: string, until: string, version: number) =>
      replica.apply(itemsOf([change('delegation', away.id, { ...away, from, until }, version)]))
    tellAway('2026-11-24', '2026-11-30', 1)
    expect(shown()).toEqual([2, 1])
    tellAway('2026-11-20', '2026-11-23', 2)
    expect(shown()).toEqual([5, 2, 1])
  })

  test('what nobody who is named can take any more is every approver’s', () => {
    put(5, { steps: [step(1, named(erik))] as Requisition['steps'] })
    replica.apply(
      itemsOf([change('user', erik, user({ id: erik, username: 'erik', status: 'disabled' }), 2)]),
    )
    expect(shown()).toEqual([5, 2, 1])
  })
})
