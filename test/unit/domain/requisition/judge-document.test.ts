import { describe, expect, test } from 'vitest'
import { judgeDocument } from '../../../../domain/requisition/judge-document'
import type { RequisitionKind } from '../../../../domain/requisition/states'
import { article, company, document, facts, group, line } from './parties'

const NOW = '2026-11-23T11:00:00.000Z'

function judge(
  sent: Parameters<typeof document>[0] = {},
  known: Parameters<typeof facts>[0] = {},
  { kind = 'proposal', sentAt = NOW }: { kind?: RequisitionKind; sentAt?: string } = {},
) {
  return judgeDocument(document(sent), { kind, sentAt, now: NOW }, facts(known))
}

function refusalsOf(...args: Parameters<typeof judge>) {
  const judged = judge(...args)
  return judged.ok
    ? []
    : judged.refusals.map(({ pointer, problem }) => `${pointer} ${problem.code}`)
}

test('a sound document comes with what it names', () => {
  const judged = judge({ lines: [line({ warehouse: 'main' })], deliveryAddress: 'yard' })
  expect(judged).toMatchObject({
    ok: true,
    value: {
      kind: 'proposal',
      company: { id: 'berg' },
      group: { orderingRight: 'requisition' },
      lines: [{ line: { id: '1' }, article: { id: 'VALVE' } }],
      deliveryAddress: { id: 'yard', city: 'Stad' },
    },
  })
})

test('an address that was written out has no key', () => {
  const written = { name: 'a', street: 'b', postalCode: 'c', city: 'd', country: 'SE' }
  const judged = judge({ deliveryAddress: written })
  expect(judged.ok && judged.value.deliveryAddress).toEqual({ id: '', ...written })
})

describe('the right it takes', () => {
  const rights = ['lists', 'requisition', 'order'] as const
  test.each([
    ['list', ['lists', 'requisition', 'order']],
    ['quote_request', ['lists', 'requisition', 'order']],
    ['proposal', ['requisition', 'order']],
  ] as const)('to send in a %s is any of %j', (kind, enough) => {
    for (const right of rights) {
      const refusals = refusalsOf({}, { group: group(right) }, { kind })
      const isEnough = (enough as readonly string[]).includes(right)
      expect(refusals).toEqual(isEnough ? [] : ['/contact ordering_right_too_low'])
    }
  })
})

describe('who sends it', () => {
  test('must be known', () => {
    const nobody = { contact: null, company: null, group: null }
    // Its addresses cannot be known either, which would say the same twice.
    expect(refusalsOf({ deliveryAddress: 'nowhere' }, nobody)).toEqual(['/contact unknown_contact'])
  })

  test('must be in good standing', () => {
    const contact = { id: 'rut', name: 'Rut', status: 'disabled' as const }
    expect(refusalsOf({}, { contact })).toEqual(['/contact contact_disabled'])
    for (const [status, code] of [
      ['blocked', ['/contact company_blocked']],
      ['closed', ['/contact company_closed']],
      ['on_hold', []],
    ] as const) {
      expect(refusalsOf({}, { company: company({ status }) })).toEqual(code)
    }
  })
})

test('the time it was sent is from 2000 on and at most a day ahead', () => {
  const at = (sentAt: string) => refusalsOf({}, {}, { sentAt })
  expect(at('1999-12-31T23:59:59.999Z')).toEqual([' timestamp_out_of_range'])
  expect(at('2000-01-01T00:00:00Z')).toEqual([])
  expect(at('2026-11-24T11:00:00Z')).toEqual([])
  expect(at('2026-11-24T11:00:00.001Z')).toEqual([' timestamp_out_of_range'])
})

describe('lines', () => {
  test('say everything that is wrong with each of them', () => {
    const lines = [
      line({ article: 'NONE', quantity: -1, warehouse: 'moon', requestedDate: '0000-01-01' }),
      line({ warehouse: 'back', quantity: 1_500 }),
      line({ id: '2' }),
    ]
    expect(refusalsOf({ lines, currency: 'EUR', requestedDate: '2026-02-29' })).toEqual([
      '/currency wrong_currency',
      '/requestedDate date_out_of_range',
      '/lines/0/article unknown_article',
      '/lines/0/quantity quantity_not_positive',
      '/lines/0/warehouse unknown_warehouse',
      '/lines/0/requestedDate date_out_of_range',
      '/lines/1/id duplicate_line_id',
      '/lines/1/quantity quantity_precision',
      '/lines/1/warehouse warehouse_not_open',
    ])
  })

  test('point at the first of the same id, however many follow', () => {
    const judged = judge({
      lines: [line({ id: 'x' }), line({ id: 'y' }), line({ id: 'y' }), line({ id: 'y' })],
    })
    expect(judged.ok ? [] : judged.refusals).toEqual([
      { pointer: '/lines/2/id', problem: { code: 'duplicate_line_id', first: 1 } },
      { pointer: '/lines/3/id', problem: { code: 'duplicate_line_id', first: 1 } },
    ])
  })

  test('are measured by their own article', () => {
    const articles = new Map([
      ['BOLT', article({ id: 'BOLT', packMultiple: 10_000, minimumQuantity: 20_000 })],
      ['HOSE', article({ id: 'HOSE', precision: 1 })],
    ])
    const bolts = (quantity: number) =>
      refusalsOf({ lines: [line({ article: 'BOLT', quantity })] }, { articles })
    expect(bolts(20_000)).toEqual([])
    expect(bolts(10_000)).toEqual(['/lines/0/quantity quantity_below_minimum'])
    expect(bolts(25_000)).toEqual(['/lines/0/quantity quantity_not_pack_multiple'])
    const hose = line({ article: 'HOSE', quantity: 1_500 })
    expect(refusalsOf({ lines: [hose] }, { articles })).toEqual([])
  })
})
