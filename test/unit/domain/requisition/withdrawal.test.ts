import { describe, expect, test } from 'vitest'
import type { KnownDocument } from '../../../../domain/requisition/revision'
import { requisitionStates } from '../../../../domain/requisition/states'
import { judgeWithdrawal } from '../../../../domain/requisition/withdrawal'

function known(overrides: Partial<KnownDocument> = {}): KnownDocument {
  return { companyId: 'berg', revision: 2, state: 'submitted', ...overrides }
}

describe('a withdrawal', () => {
  const contact = { companyId: 'berg', status: 'active' } as const

  test('takes back what is open, and says so when it had been', () => {
    const kinds = requisitionStates.map((state) => {
      const judged = judgeWithdrawal(known({ state }), contact)
      return [state, judged.kind === 'refused' ? judged.refusal.problem.code : judged.kind]
    })
    expect(Object.fromEntries(kinds)).toEqual({
      submitted: 'withdrawn',
      in_review: 'withdrawn',
      returned: 'withdrawn',
      withdrawn: 'already',
      approved: 'already_decided',
      ordered: 'already_decided',
      rejected: 'already_decided',
      expired: 'already_decided',
    })
  })

  test.each([
    ['by nobody known', known(), null, '/contact unknown_contact'],
    [
      'by someone disabled',
      known(),
      { ...contact, status: 'disabled' as const },
      '/contact contact_disabled',
    ],
    ['of nothing known', null, contact, '/id unknown_document'],
    [
      'by another company',
      known(),
      { ...contact, companyId: 'alm' },
      '/contact document_of_other_company',
    ],
    [
      'of another company’s, withdrawn before',
      known({ state: 'withdrawn' }),
      { ...contact, companyId: 'alm' },
      '/contact document_of_other_company',
    ],
  ])('%s is refused', (_, document, by, expected) => {
    const judged = judgeWithdrawal(document, by)
    expect(
      judged.kind === 'refused' && `${judged.refusal.pointer} ${judged.refusal.problem.code}`,
    ).toBe(expected)
  })
})
