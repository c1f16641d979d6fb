import { evaluate } from '../domain/approval/evaluate'
import { factsOf, type FactGrounds } from '../domain/approval/facts-of'
import type { ApprovalRule, Condition, StepDemand, Test } from '../domain/approval/policy'
import { takeIn } from '../domain/requisition/intake'
import { sumOfRows } from './floors/policy-pass'
import { report, timed } from './harness/figure'
import { inTurns } from './harness/in-turns'

/**
 * A document of a thousand lines looked at by a hundred rules: its facts found, and the steps that the
 * rules demand. Floor: one pass over the same lines that sums their amounts.
 */
const rounds = 20
const timesARound = 50
const lineCount = 1_000
const ruleCount = 100

const articles = Array.from({ length: lineCount }, (_, index) => ({
  id: `A-${index}`,
  groupId: `group ${index % 60}`,
  listPrice: { amount: 1_000_000 * (10 + (index % 500)), basis: 'net', currency: 'SEK' } as const,
  vatRate: 250_000,
  precision: 0 as const,
  packMultiple: 0,
  minimumQuantity: 0,
  status: 'active' as const,
  cost: { amount: 1_000_000 * (6 + (index % 300)), currency: 'SEK' },
}))

const document: FactGrounds['document'] = {
  kind: 'proposal',
  company: {
    id: 'berg',
    name: 'Bergs Bygg',
    vatNumber: null,
    currency: 'SEK',
    language: 'sv',
    customerGroupId: 'builders',
    priceListId: null,
    paymentTerms: null,
    creditLimit: 10_000_000,
    exposure: 0,
    status: 'active',
    statusReason: null,
    accountOwner: null,
    addresses: [],
  },
  group: {
    id: 'builders',
    name: 'Bygg',
    orderingRight: 'order',
    priceListId: null,
    orderLimit: { perOrder: null, perPeriod: null, period: 'month', currency: 'SEK' },
  },
  lines: articles.map((article, index) => ({
    article,
    line: {
      id: `${index}`,
      article: article.id,
      quantity: 1_000 * (1 + (index % 24)),
      // Every third was shown, with VAT and a rebate of its own.
      price:
        index % 3 === 0
          ? {
              amount: article.listPrice.amount * 1.25,
              basis: 'gross',
              rebate: 1_000 * (index % 90),
            }
          : null,
      warehouse: null,
      requestedDate: null,
    },
  })),
  deliveryAddress: null,
}

const taken = takeIn(document, {
  vatMode: 'per_rate_on_sum',
  priceOf: ({ listPrice, vatRate }) => {
    if (!listPrice) throw new Error('Every article has a list price.')
    return {
      kind: 'priced',
      unitPrice: listPrice,
      rebate: 50_000,
      listPrice,
      vatRate,
      source: { kind: 'list_price' },
      steps: [],
      stale: false,
    }
  },
  usedInPeriod: 0,
  exposure: 0,
})
if (!taken.ok) throw new Error('The document was refused.')
const { value: intake } = taken
const grounds: FactGrounds = { document, intake, exposure: 0, shortLines: 7, firstOrder: false }

/** Every other one holds; each has two bands, and looks at every kind of fact. */
const rules = Array.from({ length: ruleCount }, (_, index): ApprovalRule => {
  const over: Test = { fact: 'net', is: 'over', value: 100_000 * index, currency: 'SEK' }
  const when: Condition = {
    all: [
      over,
      { fact: 'kind', is: 'one_of', values: index % 2 === 0 ? ['proposal'] : ['list'] },
      {
        any: [
          { fact: 'margin', is: 'under', value: 10_000 * index },
          { fact: 'discount', is: 'at_least', value: 5_000 * index },
          { fact: 'articleGroups', is: 'one_of', values: groupsFrom(index) },
          {
            all: [
              { fact: 'onHold', is: 'so' },
              { fact: 'shortLines', is: 'over', value: 3 },
            ],
          },
        ],
      },
    ],
  }
  const demands: readonly StepDemand[] = [
    { tier: 1 + (index % 3), by: { kind: 'deciders' }, when: { all: [] } },
    {
      tier: 4,
      by: { kind: 'users', userIds: [`u${index % 10}`, `u${index % 7}`], need: 'all' },
      when: { fact: 'lines', is: 'over', value: 10 * index },
    },
  ]
  return { id: `${index}`, name: `Rule ${index}`, isOn: true, when, demands }
})

if (evaluate({ rules }, factsOf(grounds)).length < 3)
  throw new Error('The rules demand too little.')
await ours()
await floor()
const [figures, floors] = await inTurns(rounds, ours, floor)
report('policy.evaluate', 'ms', figures, floors)

function groupsFrom(first: number): readonly string[] {
  return Array.from({ length: 10 }, (_, index) => `group ${first + index}`)
}

/** Milliseconds for one document. */
async function ours(): Promise<number> {
  return each(() => evaluate({ rules }, factsOf(grounds)).length)
}

async function floor(): Promise<number> {
  return each(() => sumOfRows(intake.lines))
}

async function each(work: () => number): Promise<number> {
  let kept = 0
  const took = await timed(() => {
    for (let time = 0; time < timesARound; time += 1) kept += work()
  })
  // What nobody looks at need not be computed.
  if (kept === 0) throw new Error('Nothing was done.')
  return took / timesARound
}
