import { expect, test } from 'vitest'
import { judgeAcceptance, type ProposedDocument } from '../../../../domain/requisition/acceptance'

const returned: ProposedDocument = {
  companyId: 'berg',
  revision: 3,
  state: 'returned',
  hasProposal: true,
  acceptedRevision: null,
}
const contact = { companyId: 'berg' }

test('what was proposed with that very revision is accepted', () => {
  expect(judgeAcceptance(returned, contact, 3)).toEqual({ kind: 'accepted' })
})

test('what was accepted is so already, whatever became of it since', () => {
  const later = { ...returned, revision: 4, state: 'ordered', acceptedRevision: 3 } as const
  expect(judgeAcceptance(later, contact, 3)).toEqual({ kind: 'already' })
})

test('nothing else is', () => {
  const code = (...asked: Parameters<typeof judgeAcceptance>) => {
    const judged = judgeAcceptance(...asked)
    return judged.kind === 'refused'
      ? `${judged.refusal.pointer} ${judged.refusal.problem.code}`
      : judged.kind
  }
  expect(code(returned, null, 3)).toBe('/contact unknown_contact')
  expect(code(null, contact, 3)).toBe('/id unknown_document')
  expect(code(returned, { companyId: 'dal' }, 3)).toBe('/contact document_of_other_company')
  expect(code(returned, contact, 2)).toBe('/revision revision_not_current')
  expect(code({ ...returned, hasProposal: false }, contact, 3)).toBe('/id nothing_to_accept')
  expect(code({ ...returned, state: 'withdrawn' }, contact, 3)).toBe('/id nothing_to_accept')
})
