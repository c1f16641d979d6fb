import { describe, expect, test } from 'vitest'
import { arrivalOf, type KnownDocument } from '../../../../domain/requisition/revision'
import { requisitionStates } from '../../../../domain/requisition/states'

function known(overrides: Partial<KnownDocument> = {}): KnownDocument {
  return { companyId: 'berg', revision: 2, state: 'submitted', ...overrides }
}

function arrive(document: KnownDocument | null, revision: number, companyId = 'berg') {
  const arrival = arrivalOf(document, { revision, companyId })
  if (arrival.kind !== 'refused') return arrival.kind
  const { pointer, problem } = arrival.refusal
  return `${pointer} ${problem.code}`
}

describe('a revision', () => {
  test('of something new is the first', () => {
    expect(arrive(null, 1)).toBe('first')
    expect(arrive(null, 2)).toBe('/revision revision_not_next')
    expect(arrivalOf(null, { revision: 7, companyId: 'berg' })).toMatchObject({
      refusal: { problem: { expected: 1 } },
    })
  })

  test('that has been comes again', () => {
    for (const state of requisitionStates) {
      expect(arrive(known({ state }), 1)).toBe('again')
      expect(arrive(known({ state }), 2)).toBe('again')
    }
  })

  test('is the next one of what was returned, and of nothing else', () => {
    for (const state of requisitionStates) {
      const expected = state === 'returned' ? 'next' : '/revision not_returned'
      expect(arrive(known({ state }), 3)).toBe(expected)
      expect(arrive(known({ state }), 4)).toBe('/revision revision_not_next')
    }
  })

  test('belongs to its company, whichever it is', () => {
    for (const revision of [1, 2, 3, 4]) {
      expect(arrive(known({ state: 'returned' }), revision, 'alm')).toBe(
        '/contact document_of_other_company',
      )
    }
  })
})
