import type { Requisition } from '../../../contract/entities'
import type { Change } from '../../../contract/feed'
import type { QueryAnswer, QueryResult } from '../../../contract/queries'
import { change, contact, customerGroup, user, uuid } from './entities'

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

/** The same when one of the customer's own people is asked. */
export function asksCustomer(requisition: Requisition): Requisition {
  const test = { fact: 'overOwnLimit', is: 'so' } as const
  const because = [
    { ruleId: 'own', name: 'Kundens egen attest', findings: [{ test, actual: true }] },
  ]
  return { ...requisition, steps: [{ tier: 1, by: { kind: 'buyer' }, because, approvals: [] }] }
}

/** People of the first requisition's company: two who may order so much, one without and one within a month. */
export const buyersAreThere: readonly Change[] = [
  change(
    'customer_group',
    'G4',
    customerGroup({
      id: 'G4',
      name: 'Inköpschefer',
      orderingRight: 'order',
      orderLimit: { perOrder: 10_000_000, perPeriod: 20_000_000, period: 'month', currency: 'SEK' },
    }),
  ),
  change(
    'customer_group',
    'G3',
    customerGroup({
      id: 'G3',
      name: 'Platschefer',
      orderingRight: 'order',
      orderLimit: { perOrder: 2_500_000, perPeriod: 10_000_000, period: 'month', currency: 'SEK' },
    }),
    2,
  ),
  change(
    'customer_group',
    'G5',
    customerGroup({
      id: 'G5',
      name: 'Ledning',
      orderingRight: 'order',
      orderLimit: { perOrder: null, perPeriod: null, period: 'month', currency: 'SEK' },
    }),
  ),
  ...[
    contact({ id: 'K21', companyId: '10231', name: 'Östen Ahlberg', customerGroupId: 'G5' }),
    contact({ id: 'K22', companyId: '10231', name: 'Britt Ahlberg', customerGroupId: 'G4' }),
    contact({ id: 'K23', companyId: '10231', name: 'Tore Lund', customerGroupId: 'G4' }),
    contact({
      id: 'K24',
      companyId: '10231',
      name: 'Gun Gången',
      customerGroupId: 'G5',
      status: 'disabled',
    }),
  ].map((one) => change('contact', one.id, one)),
]

/** What they have used of their limits, in öre. */
export function allowancesToday(
  used: Readonly<Record<string, number>> = { K1: 3_450_000, K22: 2_000_000, K23: 18_000_000 },
): QueryResult<'company.allowances'> {
  return {
    at: '2026-11-23T13:04:40.000Z',
    today: '2026-11-23',
    contacts: Object.entries(used).map(([contactId, amount]) => ({
      contactId,
      period: 'month',
      currency: 'SEK',
      used: amount,
    })),
  }
}

/** Answers what is used of limits; null for another question. */
export function answerAllowances({ type }: { readonly type: string }): QueryAnswer | null {
  return type === 'company.allowances' ? { ok: true, result: allowancesToday() } : null
}
