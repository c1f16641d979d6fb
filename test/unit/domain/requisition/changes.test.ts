import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  carriedOver,
  isDone,
  stepsOf,
  untaken,
  type ApprovalStep,
} from '../../../../domain/approval/steps'
import { documentTotals } from '../../../../domain/money/totals'
import {
  applyChanges,
  type Changes,
  type ContentBefore,
  type ContentLine,
} from '../../../../domain/requisition/changes'
import { differenceOf } from '../../../../domain/requisition/difference'
import { takeIn } from '../../../../domain/requisition/intake'
import { priceToOrder } from '../../../../domain/requisition/line-price'
import { materialOf } from '../../../../domain/requisition/material'
import { assertHolds, FEW } from '../../../support/properties/cases'
import { article, company, group, priced } from './parties'

const hold = <T>(property: fc.IProperty<T>) => assertHolds(property, { ...FEW, runs: 300 })

const by = { id: 'u1', name: 'Karin' }
const articles = new Map(
  ['VALVE', 'PIPE', 'PACK'].map((id) => [
    id,
    article({ id, ...(id === 'PACK' && { packMultiple: 6_000, minimumQuantity: 6_000 }) }),
  ]),
)
const warehouses = new Map([
  ['main', { id: 'main', openToWebshop: true }],
  ['back', { id: 'back', openToWebshop: false }],
])
const facts = { articles, warehouses, company: company() }

const plain = {
  id: '1',
  articleId: 'VALVE',
  quantity: 2_000,
  shown: null,
  warehouseId: null,
  requestedDate: null,
  comment: null,
} as const
function content(lines: readonly Partial<ContentLine>[] = [{}]): ContentBefore {
  return {
    currency: 'SEK',
    deliveryAddress: null,
    yourReference: null,
    purchaseOrderNumber: null,
    goodsMark: null,
    freightTerms: null,
    partDeliveries: null,
    requestedDate: null,
    lines: lines.map((line, at) => ({ ...plain, id: `${at + 1}`, ...line })),
  }
}
const change = (changes: Partial<Changes>, before = content()) =>
  applyChanges(before, { head: {}, lines: [], ...changes }, facts, by)

/** A revision as it would be kept, every article at 100 kr. */
function revised(before: ContentBefore, changes: Partial<Changes>) {
  const changed = change(changes, before)
  if (!changed.ok) throw new Error(JSON.stringify(changed.refusals))
  const { head, lines } = changed.content
  const taken = takeIn(
    {
      kind: 'proposal',
      company: company(),
      group: group('order'),
      lines,
      deliveryAddress: head.deliveryAddress,
    },
    { vatMode: 'per_row', priceOf: () => priced(100), usedInPeriod: 0, exposure: 0 },
  )
  if (!taken.ok) throw new Error(JSON.stringify(taken.refusals))
  return {
    ...head,
    companyId: 'berg',
    currency: 'SEK',
    totals: taken.value.totals,
    lines: taken.value.lines.map(({ line, ...figures }) => ({
      id: line.id,
      articleId: line.article,
      quantity: line.quantity,
      warehouseId: line.warehouse,
      requestedDate: line.requestedDate,
      comment: line.comment,
      ...figures,
    })),
  }
}

describe('changes', () => {
  test('what is left out stays as it is, null takes away', () => {
    const before = content([{ comment: 'Gul', warehouseId: 'main', requestedDate: '2027-01-12' }])
    const kept = change({ lines: [{ kind: 'changed', id: '1', quantity: 5_000 }] }, before)
    expect(kept).toMatchObject({
      content: {
        lines: [{ line: { quantity: 5_000, comment: 'Gul', warehouse: 'main', changedAt: 0 } }],
      },
    })
    const emptied = change(
      {
        lines: [
          { kind: 'changed', id: '1', comment: null, warehouseId: null, requestedDate: null },
        ],
      },
      before,
    )
    expect(emptied).toMatchObject({
      content: { lines: [{ line: { comment: null, warehouse: null, requestedDate: null } }] },
    })
  })

  test('only what is said is judged: an old quantity that its pack no longer divides stands', () => {
    const before = content([{ articleId: 'PACK', quantity: 5_000 }])
    expect(change({ lines: [{ kind: 'changed', id: '1', comment: 'x' }] }, before)).toMatchObject({
      ok: true,
    })
    expect(change({ lines: [{ kind: 'changed', id: '1', quantity: 7_000 }] }, before)).toEqual({
      ok: false,
      refusals: [
        {
          pointer: '/lines/0/quantity',
          problem: {
            code: 'quantity_not_pack_multiple',
            packMultiple: 6_000,
            below: 6_000,
            above: 12_000,
          },
        },
      ],
    })
  })

  test('a line is spoken of once, and is there', () => {
    const refusals = (lines: Changes['lines']) => {
      const changed = change({ lines })
      return changed.ok
        ? []
        : changed.refusals.map(({ pointer, problem }) => `${pointer} ${problem.code}`)
    }
    expect(refusals([{ kind: 'removed', id: '9' }])).toEqual(['/lines/0/id unknown_line'])
    expect(refusals([{ kind: 'added', id: '1', articleId: 'PIPE', quantity: 1_000 }])).toEqual([
      '/lines/0/id line_exists',
    ])
    expect(
      refusals([
        { kind: 'changed', id: '1', quantity: 1_000 },
        { kind: 'changed', id: '1', quantity: 3_000 },
      ]),
    ).toEqual(['/lines/1/id line_named_twice'])
    expect(refusals([{ kind: 'removed', id: '1' }])).toEqual(['/lines no_lines'])
  })

  test('a price is theirs who set it first', () => {
    const set = { amount: 90_000_000, basis: 'net', rebate: 0 } as const
    const anna = {
      unitPrice: { amount: 90_000_000, basis: 'net', currency: 'SEK' },
      rebate: 0,
      by: { id: 'a', name: 'Anna' },
    } as const
    const again = change({ lines: [{ kind: 'changed', id: '1', set }] }, content([{ set: anna }]))
    expect(again).toMatchObject({ content: { lines: [{ line: { set: { by: { id: 'a' } } } }] } })
    const other = change(
      { lines: [{ kind: 'changed', id: '1', set: { ...set, rebate: 10_000 } }] },
      content([{ set: anna }]),
    )
    expect(other).toMatchObject({ content: { lines: [{ line: { set: { by } } }] } })
  })
})

const money = fc.integer({ min: 0, max: 1_000_000_000 })
const hand = fc.record({
  amount: money,
  basis: fc.constantFrom('net' as const, 'gross' as const),
  rebate: fc.integer({ min: 0, max: 1_000_000 }),
})
const shown = fc.option(
  hand.map(({ amount, basis, rebate }) => ({
    unitPrice: { amount, basis, currency: 'SEK' },
    rebate,
  })),
)
const date = fc.option(fc.constantFrom('2027-01-12', '2027-02-01'))
const units = fc.integer({ min: 1, max: 500 }).map((count) => count * 6_000)
const someContent = fc
  .array(
    fc.record({
      articleId: fc.constantFrom('VALVE', 'PIPE', 'PACK'),
      quantity: units,
      shown,
      requestedDate: date,
      comment: fc.option(fc.constantFrom('a', 'b')),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map(content)

/** Changes for some of a content's lines, and some new ones; at least one line stays. */
const changesOf = (before: ContentBefore) =>
  fc.record({
    head: fc.record(
      {
        requestedDate: date,
        goodsMark: fc.option(fc.constantFrom('Port 3')),
        deliveryAddress: fc.constantFrom(null, 'yard'),
      },
      { requiredKeys: [] },
    ),
    lines: fc
      .tuple(
        fc.tuple(
          ...before.lines.map(({ id }, at) =>
            fc.oneof(
              fc.constant([]),
              fc
                .record(
                  { quantity: units, set: fc.option(hand), requestedDate: date },
                  { requiredKeys: [] },
                )
                .map((said) => [{ kind: 'changed' as const, id, ...said }]),
              fc.constant(at === 0 ? [] : [{ kind: 'removed' as const, id }]),
            ),
          ),
        ),
        fc.array(fc.record({ articleId: fc.constantFrom('VALVE', 'PIPE'), quantity: units }), {
          maxLength: 2,
        }),
      )
      .map(([said, more]): Changes['lines'] => [
        ...said.flat(),
        ...more.map((line, at) => ({ kind: 'added' as const, id: `new-${at}`, ...line })),
      ]),
  })
const edited = someContent.chain((before) =>
  fc.tuple(fc.constant(before), changesOf(before) as fc.Arbitrary<Changes>),
)

const demanded = [
  {
    tier: 1,
    by: { kind: 'approvers' as const },
    because: [{ ruleId: 'r', name: 'R', findings: [] }],
  },
  {
    tier: 2,
    by: { kind: 'users' as const, userIds: ['x', 'y'], need: 'all' as const },
    because: [{ ruleId: 'r', name: 'R', findings: [] }],
  },
]
const approval = { by: { id: 'x', name: 'X' }, at: '2026-11-23T13:05:00.000Z', withinLimit: true }

describe('revisions', () => {
  test('the totals are those of the rows, and every row is at its price', () => {
    hold(
      fc.property(edited, ([before, changes]) => {
        const after = revised(before, changes)
        const rows = after.lines.map((line) => {
          const price = priceToOrder(line)!
          return {
            price: price.unitPrice,
            quantity: line.quantity,
            rebate: price.rebate,
            vatRate: line.vatRate,
          }
        })
        expect(after.totals).toEqual(documentTotals(rows, { currency: 'SEK', mode: 'per_row' }))
        for (const line of after.lines) {
          const said = changes.lines.find(({ id }) => id === line.id)
          if (said && 'set' in said && said.set) {
            expect(line.set).toMatchObject({
              unitPrice: { amount: said.set.amount },
              rebate: said.set.rebate,
            })
          } else expect(line.set).toBeUndefined()
        }
      }),
    )
  })

  test('the material differs exactly when something that is approved does', () => {
    hold(
      fc.property(edited, ([before, changes]) => {
        const first = revised(before, {})
        const after = revised(before, changes)
        const rows = (one: typeof after) =>
          one.lines
            .map((line) => {
              const { unitPrice, rebate } = priceToOrder(line)!
              return `${line.articleId} ${line.quantity} ${unitPrice.amount} ${unitPrice.basis} ${rebate} ${line.requestedDate}`
            })
            .sort()
        const seen = (one: typeof after) => [
          rows(one),
          one.requestedDate,
          one.deliveryAddress?.street,
        ]
        const isSame = JSON.stringify(seen(first)) === JSON.stringify(seen(after))
        expect(materialOf(first) === materialOf(after)).toBe(isSame)
      }),
    )
  })

  test('the order of the lines, their ids, comments and warehouses are not material', () => {
    const one = revised(content([{ quantity: 1_000 }, { quantity: 2_000 }]), {})
    const [a, b] = one.lines
    const other = {
      ...one,
      lines: [
        { ...b!, id: '7', comment: 'x' },
        { ...a!, warehouseId: 'main' },
      ],
    }
    expect(materialOf(other)).toBe(materialOf(one))
  })

  test('a difference names each line that differs once, and applied to the first gives the second', () => {
    hold(
      fc.property(edited, ([before, changes]) => {
        const first = revised(before, {})
        const after = revised(before, changes)
        const { lines, head } = differenceOf(first, after)
        const rebuilt = new Map(first.lines.map((line) => [line.id, line.quantity]))
        for (const { lineId, after: is } of lines) {
          if (is) rebuilt.set(lineId, is.quantity)
          else rebuilt.delete(lineId)
        }
        expect(rebuilt).toEqual(new Map(after.lines.map((line) => [line.id, line.quantity])))
        expect(new Set(lines.map(({ lineId }) => lineId)).size).toBe(lines.length)
        expect(Object.keys(head)).toEqual(
          ['deliveryAddress', 'goodsMark', 'requestedDate'].filter(
            (field) =>
              JSON.stringify(first[field as 'goodsMark']) !==
              JSON.stringify(after[field as 'goodsMark']),
          ),
        )
        expect(differenceOf(after, after)).toEqual({ lines: [], head: {} })
      }),
    )
  })
})

describe('approvals carried over to the next revision', () => {
  const steps = (approvals: readonly [boolean, boolean]): readonly ApprovalStep[] =>
    untaken(demanded).map((step, at) => ({ ...step, approvals: approvals[at] ? [approval] : [] }))

  test('stand by tier and taker; a step that is new has none', () => {
    const carried = carriedOver(demanded, steps([true, false]))
    expect(carried.map(({ approvals }) => approvals.length)).toEqual([1, 0])
    const moved = demanded.map((step) => ({ ...step, tier: step.tier + 1 }))
    expect(
      carriedOver(moved, steps([true, true])).every(({ approvals }) => approvals.length === 0),
    ).toBe(true)
  })

  test('always leave somebody to say the last word', () => {
    const [first] = demanded
    const carried = carriedOver([first!], steps([true, false]))
    expect(carried.at(-1)).toMatchObject({ by: { kind: 'deciders' }, approvals: [] })
    hold(
      fc.property(fc.boolean(), fc.boolean(), fc.subarray(demanded), (a, b, now) => {
        const left = carriedOver(now, steps([a, b]))
        expect(now.length === 0 ? left.length === 0 : left.some((step) => !isDone(step))).toBe(true)
        // With nothing demanded there is the one decision that there always is.
        expect(stepsOf({ steps: left.length > 0 ? left : undefined }).length).toBeGreaterThan(0)
      }),
    )
  })
})
