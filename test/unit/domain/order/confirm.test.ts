import { describe, expect, test } from 'vitest'
import { confirmDates, takesDates, type SaidDate } from '../../../../domain/order/confirm'
import { orderStates, type OrderState } from '../../../../domain/requisition/states'

const today = '2026-11-23'
const order = (state: OrderState, ...dates: (string | null)[]) => ({
  state,
  lines: dates.map((confirmedDate, at) => ({ id: `row-${at + 1}`, confirmedDate })),
})
const say = (row: number, confirmedDate: string | null): SaidDate => ({
  id: `row-${row}`,
  confirmedDate,
})

test.each<
  [
    string,
    ReturnType<typeof order>,
    readonly SaidDate[],
    OrderState,
    readonly (readonly [string, string | null, string | null])[],
  ]
>([
  [
    'some lines of a placed order leave it placed',
    order('placed', null, null),
    [say(1, '2026-11-27')],
    'placed',
    [['row-1', null, '2026-11-27']],
  ],
  [
    'all of its lines confirm it',
    order('placed', null, null),
    [say(2, '2026-12-01'), say(1, '2026-11-27')],
    'confirmed',
    [
      ['row-1', null, '2026-11-27'],
      ['row-2', null, '2026-12-01'],
    ],
  ],
  [
    'the last one that was missing confirms it',
    order('placed', '2026-11-27', null),
    [say(2, today)],
    'confirmed',
    [['row-2', null, today]],
  ],
  [
    'a date taken back leaves it confirmed',
    order('confirmed', '2026-11-27', '2026-11-27'),
    [say(2, null)],
    'confirmed',
    [['row-2', '2026-11-27', null]],
  ],
  [
    'what is said already is no change, a day that is over included',
    order('confirmed', '2026-11-20', '2026-11-27'),
    [say(1, '2026-11-20'), say(2, '2026-11-30')],
    'confirmed',
    [['row-2', '2026-11-27', '2026-11-30']],
  ],
  [
    'of what has been delivered in part every line may be promised, and its state stays',
    order('part_delivered', null, null),
    [say(1, today), say(2, today)],
    'part_delivered',
    [
      ['row-1', null, today],
      ['row-2', null, today],
    ],
  ],
])('%s', (_, before, said, state, changed) => {
  expect(confirmDates(before, said, today)).toEqual({
    kind: 'confirmed',
    state,
    changed: changed.map(([id, was, after]) => ({ id, before: was, after })),
  })
})

test.each<[string, readonly SaidDate[], string, object]>([
  ['a line that it has not', [say(9, today)], '/lines/0/id', { code: 'unknown_line' }],
  [
    'a line named twice, the same or not',
    [say(1, today), say(1, today)],
    '/lines/1/id',
    { code: 'duplicate_line_id', first: 0 },
  ],
  [
    'a day that there is not',
    [say(2, today), say(1, '2026-02-29')],
    '/lines/1/confirmedDate',
    { code: 'date_out_of_range' },
  ],
  [
    'a year before the first',
    [say(1, '0000-12-31')],
    '/lines/0/confirmedDate',
    { code: 'date_out_of_range' },
  ],
  [
    'a day that is over',
    [say(1, '2026-11-22')],
    '/lines/0/confirmedDate',
    { code: 'date_past', today },
  ],
])('%s is refused where it stands', (_, said, pointer, problem) => {
  expect(confirmDates(order('placed', null, null), said, today)).toEqual({
    kind: 'unsound',
    refusals: [{ pointer, problem }],
  })
})

test('everything that is wrong is told at once, in its order', () => {
  const said = [say(1, '2026-11-01'), say(9, '2026-13-01'), say(1, null)]
  expect(confirmDates(order('placed', null, null), said, today)).toEqual({
    kind: 'unsound',
    refusals: [
      { pointer: '/lines/0/confirmedDate', problem: { code: 'date_past', today } },
      { pointer: '/lines/1/id', problem: { code: 'unknown_line' } },
      { pointer: '/lines/1/confirmedDate', problem: { code: 'date_out_of_range' } },
      { pointer: '/lines/2/id', problem: { code: 'duplicate_line_id', first: 0 } },
    ],
  })
})

test.each<[string, readonly SaidDate[]]>([
  ['nothing at all', []],
  ['what it says already', [say(1, '2026-11-27'), say(2, null)]],
])('%s changes nothing', (_, said) => {
  expect(confirmDates(order('placed', '2026-11-27', null), said, today)).toEqual({
    kind: 'nothing_changed',
  })
})

describe('by state', () => {
  test.each(orderStates.map((state) => [state]))('%s', (state) => {
    const open = ['placed', 'confirmed', 'part_delivered'].includes(state)
    expect(takesDates(state)).toBe(open)
    const { kind } = confirmDates(order(state, null), [say(1, today)], today)
    expect(kind).toBe(open ? 'confirmed' : 'wrong_state')
    // Nothing that is said is judged once it has ended.
    if (!open) {
      expect(confirmDates(order(state, null), [say(9, 'x')], today)).toEqual({
        kind: 'wrong_state',
        state,
      })
    }
  })
})
