import { expect, test } from 'vitest'
import type { Viewer } from '../../../../domain/access/rights'
import { visibleChange, type FeedRow } from '../../../../gateway/feed/visibility'

const viewer = (roles: Viewer['roles']): Viewer => ({ userId: 'u', roles, accounts: new Set() })
const approver = viewer(['approver'])
const agent = viewer(['agent'])
const row = (value: object | null): FeedRow => ({
  seq: 7,
  kind: 'article',
  id: 'Å-1',
  version: 3,
  companyId: null,
  userId: null,
  bytes: 0,
  value: value && JSON.stringify(value),
})
const seen = (who: Viewer, one: FeedRow, isShared = true) =>
  JSON.parse(String(visibleChange(who, one, isShared))) as unknown

test('a value goes to everyone as it is, in bytes that are made once', () => {
  const one = row({ name: 'Rör”\n', cost: 12, supplier: 'S' })
  const change = { seq: 7, kind: 'article', id: 'Å-1', version: 3 }
  expect(seen(approver, one)).toEqual({
    ...change,
    value: { name: 'Rör”\n', cost: 12, supplier: 'S' },
  })
  expect(visibleChange(approver, one, true)).toBe(visibleChange(viewer(['rep']), one, true))
  expect(visibleChange(approver, one, false)).not.toBe(visibleChange(approver, one, false))
  expect(seen(approver, row(null))).toEqual({ ...change, value: null })
})

test.each([
  ['first', [agent, approver, agent]],
  ['last', [approver, agent, approver]],
])('whoever may not see a field does not get the bytes of who may, asked %s', (_when, order) => {
  const one = row({ cost: 12, supplier: 'S' })
  for (const who of order) {
    expect(seen(who, one)).toMatchObject({
      value: who === agent ? { cost: null, supplier: null } : { cost: 12, supplier: 'S' },
    })
  }
})

const delegation: FeedRow = {
  ...row({ fromUserId: 'karin', toUserId: 'lars', isEnded: false, reason: 'Sjuk' }),
  kind: 'delegation',
}

test.each([
  ['who is away', { ...approver, userId: 'karin' }, 'Sjuk'],
  ['who stands in', { ...viewer(['rep']), userId: 'lars' }, 'Sjuk'],
  ['who manages users', viewer(['admin']), 'Sjuk'],
  ['another approver', approver, ''],
  ['another rep', viewer(['rep']), ''],
])('why somebody is away is told to %s as it should be', (_who, who, reason) => {
  expect(seen(who, delegation)).toMatchObject({
    value: { fromUserId: 'karin', toUserId: 'lars', isEnded: false, reason },
  })
})

test('who stands in for whom is nothing to whoever has no steps', () => {
  expect(visibleChange(agent, delegation, true)).toBeNull()
})
