import { describe, expect, it } from 'vitest'

import { refusal } from '../../../../contract/errors'
import { parseChanges, refusalOf } from '../../../../main/connection/inbound'
import { warehouseChange } from '../../../support/feed-changes'

const bytesOf = (changes: unknown) => Buffer.from(JSON.stringify(changes))

describe('parseChanges', () => {
  it('takes values and tombstones', () => {
    const changes = [warehouseChange(1, 'a', 1), warehouseChange(2, 'b', 3, null)]
    expect(parseChanges(bytesOf(changes))).toEqual({ ok: true, value: changes })
  })

  it('passes over kinds that only a later version knows', () => {
    const known = warehouseChange(2, 'b', 1)
    const unknown = { ...warehouseChange(1, 'a', 1), kind: 'spaceship' }
    expect(parseChanges(bytesOf([unknown, known]))).toEqual({ ok: true, value: [known] })
  })

  it.each([
    ['no list', {}],
    ['no change', [null]],
    ['a kind that is no name', [{ ...warehouseChange(1, 'a', 1), kind: 12 }]],
    ['a negative version', [warehouseChange(1, 'a', -1)]],
    ['a seq beyond counting', [warehouseChange(2 ** 60, 'a', 1)]],
  ])('refuses %s, without repeating its content', (_what, raw) => {
    const parsed = parseChanges(bytesOf(raw))
    expect(parsed.ok).toBe(false)
    expect(parsed.ok ? '' : parsed.why).not.toMatch(/spaceship|12/)
  })
})

it.each([
  [Buffer.from('[{')],
  [Buffer.from([0x22, 0xff, 0x22])],
  ['[]'],
  [[warehouseChange(1, 'a', 1)]],
  [null],
])('refuses changes that are no text of JSON', (raw) => {
  expect(parseChanges(raw)).toEqual({ ok: false, why: 'not JSON text' })
})

describe('refusalOf', () => {
  it('finds the refusal in an error, and only a whole one', () => {
    const data = refusal('unauthenticated', 'Sign in.')
    expect(refusalOf(Object.assign(new Error('x'), { data }))).toEqual(data)
    expect(refusalOf(Object.assign(new Error('x'), { data: { code: 'odd' } }))).toBeNull()
    const later = { ...data, code: 'wrong_phase_of_the_moon' }
    expect(refusalOf(Object.assign(new Error('x'), { data: later }))).toEqual({
      ...data,
      code: 'internal',
    })
    expect(refusalOf(new Error('x'))).toBeNull()
    expect(refusalOf('x')).toBeNull()
  })
})
