import { describe, expect, test } from 'vitest'
import { auditTypes } from '../../../../contract/audit'
import { languages, catalogue } from '../../../../language/catalogue'
import { formatsIn } from '../../../../language/formats'
import { wordsIn } from '../../../../language/words'
import type { StepApproval } from '../../../../domain/approval/steps'
import {
  historyDoor,
  historyLines,
  historyQuote,
  historyTitle,
  standsInForIn,
} from '../../../../renderer/wording/history'
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

const words = wordsIn('sv')
const texts = { ...words, formats: formatsIn(words, 'Europe/Stockholm') }
const names = {
  user: (id: string) => (id === erik ? 'Erik Dahl' : null),
  customerGroup: () => null,
  articleGroup: () => null,
}
const told = (type: string, data: Readonly<Record<string, unknown>>) =>
  historyLines(
    { type, at, actor: { kind: 'user', id: erik, name: 'Erik Dahl' }, data },
    texts,
    names,
  ).map((line) => line.replaceAll(/[\u00a0\u202f]/g, ' '))

test.each(languages)('everything that is recorded has words of its own in %s', (language) => {
  const titles = auditTypes.map((type) => historyTitle(type, { ...texts, ...wordsIn(language) }))
  expect(titles).not.toContain(catalogue[language]['history.other'])
  for (const title of titles) expect(title).not.toBe('')
})

test('what a later gateway records is told as a change', () => {
  expect(historyTitle('requisition.teleported', texts)).toBe('Något ändrades')
  expect(told('requisition.teleported', { anything: 1 })).toEqual([])
})

describe('an entry tells', () => {
  test('the state before and after, and whom it was taken over from', () => {
    const before = { id: karin, name: 'Karin Åberg', at }
    expect(told('requisition.claimed', { before, from: 'submitted', to: 'in_review' })).toEqual([
      'togs över från Karin Åberg',
      'Att besluta → Under granskning',
    ])
    expect(
      told('requisition.claimed', { before: null, from: 'in_review', to: 'in_review' }),
    ).toEqual([])
  })

  test('what came in: kind, revision, lines, and the total', () => {
    const data = {
      number: 'K-1',
      kind: 'proposal',
      revision: 2,
      from: 'returned',
      to: 'submitted',
      lines: 3,
      totals: { net: 4_547_620, currency: 'SEK' },
    }
    expect(told('requisition.submitted', data)).toEqual([
      'Inköpsförslag, version 2',
      'Tillbaka hos kunden → Att besluta',
      '3 rader',
      '45 476,20 kr utan moms',
    ])
  })

  test('the steps that were taken, with the rule and the figure it met', () => {
    const because = [
      {
        ruleId: 'r1',
        name: 'Stort belopp',
        findings: [
          {
            test: { fact: 'net', is: 'over', value: 5_000_000, currency: 'SEK' },
            actual: 6_200_000,
          },
        ],
      },
    ]
    const step = (by: string, tier: number) => ({
      tier,
      by: { kind: 'approvers' },
      because,
      approvals: [approval(by)],
    })
    const lines = told('requisition.step_approved', {
      steps: [step(karin, 1), step(erik, 2)],
      from: 'submitted',
      to: 'in_review',
    })
    expect(lines).toHaveLength(3)
    expect(lines[0]).toContain('2')
    expect(lines[1]).toMatch(/^Stort belopp: .*62 000 kr.*50 000 kr/)
  })

  test('the reason given to a customer, wherever in the entry it stands', () => {
    expect(historyQuote({ data: { outcome: { kind: 'rejected', reason: 'Utgått' } } })).toBe(
      'Utgått',
    )
    expect(historyQuote({ data: { outcome: { kind: 'returned', message: 'Hur många?' } } })).toBe(
      'Hur många?',
    )
    expect(historyQuote({ data: { reason: 'På begäran' } })).toBe('På begäran')
    expect(historyQuote({ data: {} })).toBeNull()
  })

  test('which rules came, went, were changed and switched', () => {
    const rule = (id: string, more = {}) => ({ id, name: id, isOn: true, demands: [], ...more })
    expect(
      told('policy.set', {
        before: [rule('gone'), rule('same'), rule('other'), rule('off')],
        after: [
          rule('same'),
          rule('other', { demands: [1] }),
          rule('off', { isOn: false }),
          rule('new'),
        ],
      }),
    ).toEqual([
      'ny regel: new',
      'borttagen regel: gone',
      'ändrad regel: other',
      'avstängd regel: off',
    ])
  })

  test('who stands in for whom, and on which days', () => {
    const after = { fromUserId: erik, toUserId: karin, from: '2026-12-01', until: '2026-12-05' }
    expect(told('delegation.created', { after })).toEqual([
      `Erik Dahl → ${words.t('policy.unknownUser')}`,
      '1 dec – 5 dec',
    ])
  })

  test('to whom a warehouse is open', () => {
    const before = { openToWebshop: false, customerGroups: ['G1'] }
    const some = { openToWebshop: true, customerGroups: ['G1', 'G2'] }
    const all = { openToWebshop: true, customerGroups: [] }
    expect(told('warehouse.openness_set', { before, after: some })).toEqual([
      'stängt → öppet för G1 och G2',
    ])
    expect(told('warehouse.source_followed', { before: some, after: all })).toEqual([
      'öppet för G1 och G2 → öppet för alla',
    ])
  })

  test('what customers see of stock, and of whom it is another', () => {
    const before = { rule: { kind: 'exact' }, groups: [], staleAfterHours: 24 }
    const groups = [{ groupId: 'G1', rule: { kind: 'yes_no' } }]
    const after = { rule: { kind: 'capped', at: 50_000 }, groups, staleAfterHours: null }
    expect(told('stock_display.set', { before, after })).toEqual([
      'alla kunder: exakt antal → högst 50+',
      'gammalt saldo: efter 24 timmar → aldrig',
      'G1: som alla → bara om det finns',
    ])
    expect(told('stock_display.set', { before: after, after })).toEqual([])
  })

  test('that it has been erased, and nothing else', () => {
    expect(told('requisition.submitted', { erased: true })).toEqual(['Uppgifterna är raderade.'])
  })

  test('nothing of what is of another shape', () => {
    for (const type of auditTypes) {
      expect(() =>
        told(type, { before: 1, after: 'x', steps: null, totals: [], outcome: 3, from: {}, to: 0 }),
      ).not.toThrow()
    }
  })

  test('by which door it came', () => {
    expect(historyDoor({ origin: { via: 'console' } }, texts)).toBe('i Kontor')
    expect(historyDoor({ origin: { via: 'storefront', shop: 'demo' } }, texts)).toBe(
      'i webbshopen demo',
    )
    expect(historyDoor({ origin: { via: 'carrier pigeon' } }, texts)).toBeNull()
    expect(historyDoor({}, texts)).toBeNull()
  })
})

test('confirmed dates say what was and is, lines alike together', () => {
  const line = (articleId: string, before: string | null, after: string | null) => ({
    id: articleId,
    articleId,
    before,
    after,
  })
  const dates = (from: string, to: string, ...lines: readonly unknown[]) =>
    told('order.dates_confirmed', { number: '100231', from, to, lines })
  expect(
    dates(
      'placed',
      'confirmed',
      line('RB-2206', null, '2026-12-04'),
      line('KV-0150', '2026-12-02', null),
      line('IS-0319', null, '2026-12-04'),
    ),
  ).toEqual([
    'Lagd → Bekräftad',
    'RB-2206 och IS-0319: inget datum → 4 dec',
    'KV-0150: 2 dec → inget datum',
  ])
  const many = ['A', 'B', 'C', 'D'].map((id) => line(id, null, '2026-12-04'))
  expect(dates('confirmed', 'confirmed', ...many)).toEqual(['4 rader: inget datum → 4 dec'])
  // Of another shape it says less, and nothing wrong.
  expect(dates('x', 'y', 'z', { articleId: 1 })).toEqual([])
})
