import { describe, expect, test } from 'vitest'
import type { StepApproval } from '../../../../domain/approval/steps'
import { standsInForIn } from '../../../../renderer/features/inbox/history'
import { uuid } from '../../../fakes/desk/entities'

const [erik, karin, sara] = [uuid(1, 9), uuid(2, 9), uuid(3, 9)]
const at = '2026-11-23T13:04:00.000Z'
const approval = (by: string, absent?: string, when = at): StepApproval => ({
  by: { id: by, name: by },
  ...(absent !== undefined && { for: { id: absent } }),
  at: when,
  withinLimit: true,
})
const entry = (
  steps: readonly (readonly StepApproval[])[],
  type = 'requisition.step_approved',
): Parameters<typeof standsInForIn>[0] => ({
  type,
  at,
  actor: { kind: 'user', id: erik, name: 'Erik Dahl' },
  data: {
    steps: steps.map((approvals, index) => ({
      tier: index + 1,
      by: { kind: 'users', userIds: [karin], need: 'any' },
      because: [],
      approvals,
    })),
  },
})

describe('whose place was taken', () => {
  test('stands in the approval that the entry tells of, at a step or at the last', () => {
    expect(standsInForIn(entry([[approval(erik, karin)]]))).toEqual([karin])
    expect(standsInForIn(entry([[approval(erik, karin)]], 'requisition.approved'))).toEqual([karin])
    expect(standsInForIn(entry([[approval(erik)]]))).toEqual([])
  })

  test('is each told once, in the order of the steps', () => {
    const steps = [[approval(erik, sara)], [approval(erik, karin)], [approval(erik, sara)]]
    expect(standsInForIn(entry(steps))).toEqual([sara, karin])
  })

  test('is not what somebody else did, nor what the actor did another time', () => {
    expect(standsInForIn(entry([[approval(sara, karin)]]))).toEqual([])
    const earlier = approval(erik, karin, '2026-11-23T13:03:54.999Z')
    expect(standsInForIn(entry([[earlier], [approval(erik)]]))).toEqual([])
  })

  test('is found by the instant, however it is written and with some seconds between', () => {
    expect(standsInForIn(entry([[approval(erik, karin, '2026-11-23T13:03:55.000Z')]]))).toEqual([
      karin,
    ])
  })

  test('is nothing in an entry of another kind, or without steps', () => {
    expect(standsInForIn(entry([[approval(erik, karin)]], 'requisition.rejected'))).toEqual([])
    expect(standsInForIn({ ...entry([]), data: {} })).toEqual([])
    expect(standsInForIn({ ...entry([]), data: { steps: 'none' } })).toEqual([])
  })
})
