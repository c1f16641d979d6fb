import type { Deadlines } from '../../../domain/approval/deadlines'
import type { ApprovalRule } from '../../../domain/approval/policy'

const always = { all: [] }
const approver = { tier: 1, by: { kind: 'approvers' }, when: always } as const

/** When the demo seller wants an approver, whoever may order. Amounts in öre, rates in ppm. */
export const rules: readonly ApprovalRule[] = [
  {
    id: 'thin-margin',
    name: 'Tunn marginal',
    isOn: true,
    when: { fact: 'margin', is: 'under', value: 120_000 },
    demands: [approver],
  },
  {
    id: 'large-order',
    name: 'Stor order',
    isOn: true,
    when: { fact: 'net', is: 'over', value: 10_000_000, currency: 'SEK' },
    demands: [approver],
  },
  {
    id: 'first-order',
    name: 'Första ordern',
    isOn: false,
    when: { fact: 'firstOrder', is: 'so' },
    demands: [approver],
  },
]

/** What the demo seller does about what waits. */
export const deadlines: Deadlines = {
  releaseHours: 4,
  remindDays: 1,
  escalateDays: 2,
  expireDays: 30,
}
