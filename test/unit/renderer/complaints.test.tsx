/**
 * What people who approve with other systems complain of, as far as it is the window's to do better; the
 * number behind a complaint is that of its issue at the project named.
 */
import { expect, test } from 'vitest'
import type { Requisition } from '../../../contract/entities'
import { itemsOf } from '../../../main/replica/items'
import { createInbox } from '../../../renderer/state/inbox'
import { createReplica } from '../../../renderer/state/replica'
import { createRequisitionIndex } from '../../../renderer/state/requisition-index'
import { change, requisition, user, uuid } from '../../fakes/desk/entities'

test('the next approver is never told that it is their turn (OCA/server-ux #480)', () => {
  const replica = createReplica()
  const inbox = createInbox(replica, createRequisitionIndex(replica), () => '2026-11-23')
  replica.reset('test')
  replica.markLoaded()
  const [erik, karin] = [uuid(2, 9), user().id]
  replica.apply(itemsOf([change('user', karin, user())]))
  const other = {
    id: erik,
    username: 'erik',
    displayName: 'Erik Dahl',
    roles: ['approver' as const],
  }
  replica.apply(itemsOf([change('user', erik, user(other))]))
  const at = '2026-11-23T09:00:00.000Z'
  const parties = { number: 'K-1', companyId: '1', contactId: 'K1', receivedAt: at }
  const step = (tier: number, userId: string, isTaken: boolean) => ({
    tier,
    by: { kind: 'users' as const, userIds: [userId], need: 'any' as const },
    because: [],
    approvals: isTaken ? [{ by: { id: erik, name: 'Erik' }, at, withinLimit: true }] : [],
  })
  const arrives = (version: number, isTaken: boolean) => {
    const steps: Requisition['steps'] = [step(1, erik, isTaken), step(2, karin, false)]
    const value = requisition({ id: uuid(1), ...parties, state: 'in_review', steps })
    replica.apply(itemsOf([change('requisition', value.id, value, version)]))
  }
  const listed = (userId: string) => [
    inbox.view(userId).ids.length,
    inbox.view(userId).counts.to_decide,
  ]
  arrives(1, false)
  expect([listed(erik), listed(karin)]).toEqual([
    [1, 1],
    [0, 0],
  ])
  // Erik has approved, at some other console: it stands in Karin's list and is counted, and is not his.
  arrives(2, true)
  expect([listed(erik), listed(karin)]).toEqual([
    [0, 0],
    [1, 1],
  ])
})
