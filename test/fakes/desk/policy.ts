import type { CommandEnvelope } from '../../../contract/commands'
import type { SendResult } from '../../../contract/console'
import type { QueryAnswer, QueryResult } from '../../../contract/queries'
import { refusal } from '../../../contract/errors'
import { always } from '../../../domain/approval/policy'
import type { ApprovalRule, Test } from '../../../domain/approval/policy'
import { officeAnswer, people } from './office'
import { uuid } from './entities'
import { NOW } from './working-set'

const approvers = { kind: 'approvers' } as const

const overFiftyThousand: Test = { fact: 'net', is: 'over', value: 5_000_000, currency: 'SEK' }
const thinMargin: Test = { fact: 'margin', is: 'under', value: 120_000 }

/** Some of the groups of the articles; of another nobody knows the name. */
const articleGroups = [
  { id: 'stalror', name: { sv: 'Stålrör', en: 'Steel pipes' } },
  { id: 'ventiler', name: { sv: 'Ventiler', en: 'Valves' } },
]

/** A seller's rules: one of a single test, one with bands, one with a group, one that is off, one deeper. */
export const policyRules: readonly ApprovalRule[] = [
  {
    id: 'r-total',
    name: 'Stora belopp',
    isOn: true,
    when: { all: [overFiftyThousand] },
    demands: [{ tier: 1, by: approvers, when: always }],
  },
  {
    id: 'r-margin',
    name: 'Tunn marginal',
    isOn: true,
    when: { all: [thinMargin] },
    demands: [
      { tier: 1, by: approvers, when: always },
      {
        tier: 2,
        by: { kind: 'users', userIds: [people.karin.id], need: 'any' },
        when: { all: [{ fact: 'margin', is: 'under', value: 80_000 }] },
      },
    ],
  },
  {
    id: 'r-hold',
    name: 'Stoppad kund som handlar stort',
    isOn: true,
    when: {
      all: [
        { fact: 'onHold', is: 'so' },
        {
          any: [
            { fact: 'net', is: 'over', value: 1_000_000, currency: 'SEK' },
            { fact: 'customerGroup', is: 'one_of', values: ['G2', 'G3'] },
          ],
        },
      ],
    },
    demands: [
      {
        tier: 1,
        by: { kind: 'users', userIds: [people.karin.id, people.sara.id], need: 'all' },
        when: always,
      },
    ],
  },
  {
    id: 'r-first',
    name: 'Första order',
    isOn: false,
    when: { all: [{ fact: 'firstOrder', is: 'so' }] },
    demands: [{ tier: 1, by: { kind: 'deciders' }, when: always }],
  },
  {
    id: 'r-deep',
    name: 'Från förr',
    isOn: true,
    when: {
      any: [
        thinMargin,
        {
          all: [{ fact: 'lines', is: 'over', value: 20 }, { any: [overFiftyThousand, thinMargin] }],
        },
      ],
    },
    demands: [{ tier: 1, by: approvers, when: always }],
  },
]

type Step = QueryResult<'policy.try'>['rows'][number]['now'][number]

const becauseOfTotal = (actual: number): Step => ({
  tier: 1,
  by: approvers,
  because: [
    { ruleId: 'r-total', name: 'Stora belopp', findings: [{ test: overFiftyThousand, actual }] },
  ],
})

/** What trying rules told, of a busy month. */
export const triedRules: QueryResult<'policy.try'> = {
  found: 312,
  tried: 312,
  unknown: 4,
  changed: 3,
  atOnce: { now: 180, would: 151 },
  rows: [
    {
      requisitionId: uuid(1),
      number: 'K-20418',
      revision: 1,
      companyId: '10231',
      receivedAt: '2026-11-23T13:02:00.000Z',
      net: 6_240_000,
      currency: 'SEK',
      needsPerson: false,
      now: [],
      would: [
        becauseOfTotal(6_240_000) as QueryResult<'policy.try'>['rows'][number]['would'][number],
      ],
    },
    {
      requisitionId: uuid(2),
      number: 'K-20417',
      revision: 2,
      companyId: '10408',
      receivedAt: '2026-11-20T08:12:00.000Z',
      net: 812_050,
      currency: 'SEK',
      needsPerson: true,
      now: [],
      would: [
        {
          tier: 1,
          by: approvers,
          because: [
            {
              ruleId: 'r-margin',
              name: 'Tunn marginal',
              findings: [{ test: thinMargin, actual: 64_000 }],
            },
          ],
        },
        {
          tier: 2,
          by: { kind: 'users', userIds: [people.karin.id], need: 'any' },
          because: [],
        },
      ],
    },
    {
      requisitionId: uuid(3),
      number: 'K-20390',
      revision: 1,
      companyId: '10077',
      receivedAt: '2026-11-03T09:40:00.000Z',
      net: 5_100_000,
      currency: 'SEK',
      needsPerson: false,
      now: [becauseOfTotal(5_100_000)],
      would: [],
    },
  ],
}

/** A gateway that holds rules: tells, tries and sets them as the real one does. */
export interface PolicyGateway {
  readonly answerQuery: (query: {
    readonly type: string
    readonly params: Readonly<Record<string, unknown>>
  }) => QueryAnswer
  readonly answerCommand: (command: CommandEnvelope) => SendResult
  /** Somebody else puts rules in force. */
  readonly setBy: (name: string, rules: readonly ApprovalRule[]) => void
}

/** @param tried what trying rules tells, or how it is refused */
export function policyGateway(
  start: readonly ApprovalRule[] = policyRules,
  tried: QueryAnswer = { ok: true, result: triedRules },
): PolicyGateway {
  let [version, rules, setBy]: [number, readonly ApprovalRule[], string | null] =
    start.length === 0 ? [0, start, null] : [4, start, people.mona.displayName]
  return {
    setBy: (name, theirs) => {
      version += 1
      rules = theirs
      setBy = name
    },
    answerQuery: (query) => {
      if (query.type === 'policy.try') return tried
      if (query.type !== 'policy.get') return officeAnswer(query)
      const setAt = setBy === null ? null : NOW
      return { ok: true, result: { version, rules, setBy, setAt, articleGroups } }
    },
    answerCommand: ({ type, expectedVersion, payload }) => {
      if (type !== 'policy.set') return { kind: 'unanswered' }
      if (expectedVersion !== version) {
        const details = { currentVersion: version, expectedVersion, by: setBy }
        return { kind: 'refused', error: refusal('stale_version', 'changed', details) }
      }
      version += 1
      rules = payload['rules'] as readonly ApprovalRule[]
      setBy = people.mona.displayName
      return { kind: 'accepted', result: {}, version }
    },
  }
}
