import type { Requisition } from '../../../contract/entities'
import type { Change } from '../../../contract/feed'
import { change, user, uuid } from './entities'

const people = {
  karin: { id: user().id, name: 'Karin Åberg' },
  erik: { id: uuid(2, 9), name: 'Erik Dahl' },
}
export type StepName = keyof typeof people

/** Erik, who is not in the working set. */
export const erikIsThere: Change = change(
  'user',
  people.erik.id,
  user({ id: people.erik.id, username: 'erik', displayName: 'Erik Dahl', roles: ['approver'] }),
)

/**
 * A requisition as it stands when a rule about large orders demands a step of each of some people, one
 * after the other.
 * @param taken how many of them have approved
 */
export function inSteps(
  requisition: Requisition,
  names: readonly StepName[],
  taken = 0,
): Requisition {
  const test = { fact: 'net', is: 'over', value: 4_000_000, currency: 'SEK' } as const
  const findings = [{ test, actual: requisition.totals.net }]
  return {
    ...requisition,
    state: taken > 0 ? 'in_review' : requisition.state,
    steps: names.map((name, at) => ({
      tier: at + 1,
      by: { kind: 'users', userIds: [people[name].id], need: 'any' },
      because: [{ ruleId: 'large', name: 'Stor order', findings }],
      approvals:
        at < taken ? [{ by: people[name], at: '2026-11-23T13:04:00.000Z', withinLimit: true }] : [],
    })),
  }
}

/** The same when it has waited too long: the first step skipped, the second opened to every approver, and asked for. */
export function waited(requisition: Requisition): Requisition {
  return {
    ...requisition,
    state: 'in_review',
    steps: requisition.steps?.map((step, at) => ({
      ...step,
      ...(at === 0 && {
        skipped: {
          by: people.karin,
          at: '2026-11-23T13:01:00.000Z',
          reason: 'Erik är på semester.',
        },
      }),
    })),
    reminder: { at: '2026-11-23T13:02:00.000Z', by: null },
  }
}
