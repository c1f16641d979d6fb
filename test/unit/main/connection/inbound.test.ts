import { describe, expect, it } from 'vitest'

import { refusal } from '../../../../contract/errors'
import { parseChanges, refusalOf } from '../../../../main/connection/inbound'
import { warehouseChange } from '../../../support/feed-changes'

describe('parseChanges', () => {
  it('takes values and tombstones', () => {
    const changes = [warehouseChange(1, 'a', 1), warehouseChange(2, 'b', 3, null)]
    expect(parseChanges(changes)).toEqual({ ok: true, value: changes })
  })

  it('leaves out what the schema of the kind does not know', () => {
    const change = warehouseChange(1, 'a', 1)
    const more = { ...change, value: { ...(change.value as object), colour: 'green' } }
    expect(parseChanges([more])).toEqual({ ok: true, value: [change] })
  })

  it.each([
    ['no list', {}],
    ['no change', [null]],
    ['an unknown kind', [{ ...warehouseChange(1, 'a', 1), kind: 'spaceship' }]],
    ['a broken value', [{ ...warehouseChange(1, 'a', 1), value: { id: 'a', name: 12 } }]],
    ['a negative version', [warehouseChange(1, 'a', -1)]],
    ['a seq beyond counting', [warehouseChange(2 ** 60, 'a', 1)]],
  ])('refuses %s, without repeating its content', (_what, raw) => {
    const parsed = parseChanges(raw)
    expect(parsed.ok).toBe(false)
    expect(parsed.ok ? '' : parsed.why).not.toMatch(/spaceship|12/)
  })
})

describe('refusalOf', () => {
  it('finds the refusal in an error, and only a whole one', () => {
    const data = refusal('unauthenticated', 'Sign in.')
    expect(refusalOf(Object.assign(new Error('x'), { data }))).toEqual(data)
    expect(refusalOf(Object.assign(new Error('x'), { data: { code: 'odd' } }))).toBeNull()
    expect(refusalOf(new Error('x'))).toBeNull()
    expect(refusalOf('x')).toBeNull()
  })
})
