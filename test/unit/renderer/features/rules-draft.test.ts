import { describe, expect, test } from 'vitest'
import type { ApprovalRule, Condition } from '../../../../domain/approval/policy'
import {
  add,
  countChanges,
  duplicate,
  formOfEntry,
  insert,
  move,
  rebase,
  remove,
  rulesOfEntries,
  switchRule,
  takeTheirs,
  write,
} from '../../../../renderer/features/rules/draft'
import type { Entries } from '../../../../renderer/features/rules/draft'
import {
  emptyTest,
  formOf,
  readRule,
  sameRule,
  withFact,
} from '../../../../renderer/features/rules/rule-form'
import type { RuleForm, TestForm } from '../../../../renderer/features/rules/rule-form'
import { entriesOf, isDirty } from '../../../../renderer/features/rules/rules'
import { beginRule, startingPoints } from '../../../../renderer/features/rules/starting-points'
import { formatsIn } from '../../../../language/formats'
import { wordsIn } from '../../../../language/words'
import { policyRules } from '../../../fakes/desk/policy'

const words = wordsIn('sv')
const texts = { ...words, formats: formatsIn(words, 'Europe/Stockholm') }
const [total, margin, hold, first, deep] = policyRules as [
  ApprovalRule,
  ApprovalRule,
  ApprovalRule,
  ApprovalRule,
  ApprovalRule,
]
const named = (rule: ApprovalRule, name: string): ApprovalRule => ({ ...rule, name })
const rename = (entries: Entries, id: string, name: string): Entries => {
  const form = formOfEntry(entries.find((entry) => entry.id === id)!)!
  return write(entries, id, { ...form, name })
}
const names = (entries: Entries) => entries.map(({ form, rule }) => form?.name ?? rule?.name)
/** A form whose one row is that. */
const asking = (row: Partial<TestForm>): RuleForm => ({
  ...formOf(total),
  when: { join: 'all', rows: [{ ...emptyTest(row.fact ?? 'net', 'SEK'), ...row }] },
})
const problemOf = (form: RuleForm) => [...readRule('r', form).problems.values()][0]

describe('the form of a rule', () => {
  test.each(policyRules.map((rule) => [rule.name, rule] as const))(
    'of “%s” is read back as the same rule',
    (_, rule) => {
      const { rule: read } = readRule(rule.id, formOf(rule))
      expect(read).toEqual(rule)
    },
  )

  test('keeps what is nested deeper than it goes', () => {
    const form = formOf(deep)
    expect(form.when.rows.map(({ kind }) => kind)).toEqual(['test', 'kept'])
    expect(readRule(deep.id, { ...form, name: 'Annat' }).rule?.when).toEqual(deep.when)
  })

  test('takes one bare test for a list of one', () => {
    const bare: ApprovalRule = { ...total, when: { fact: 'onHold', is: 'so' } }
    const { rule } = readRule(bare.id, formOf(bare))
    expect(rule && sameRule(rule, bare)).toBe(true)
    expect(sameRule(bare, { ...bare, when: { fact: 'onHold', is: 'not_so' } })).toBe(false)
    const never: Condition = { any: [] }
    expect(sameRule({ ...bare, when: never }, { ...bare, when: { all: [] } })).toBe(false)
  })

  test.each<[Partial<TestForm>, object]>([
    [
      { fact: 'net', text: '50 000,50' },
      { value: 5_000_050, currency: 'SEK' },
    ],
    [
      { fact: 'net', text: '12.5', currency: 'JPY' },
      { code: 'too_fine', decimals: 0 },
    ],
    [{ fact: 'net', text: '-1' }, { code: 'negative' }],
    [{ fact: 'net', text: '' }, { code: 'empty' }],
    [{ fact: 'net', text: 'mycket' }, { code: 'malformed' }],
    [{ fact: 'net', text: '99999999999999999' }, { code: 'too_large' }],
    [{ fact: 'margin', text: '8,25 %' }, { value: 82_500 }],
    [{ fact: 'margin', text: '-3' }, { value: -30_000 }],
    [
      { fact: 'margin', text: '1,23456' },
      { code: 'too_fine', decimals: 4 },
    ],
    [{ fact: 'lines', text: '20' }, { value: 20 }],
    [
      { fact: 'lines', text: '2,5' },
      { code: 'too_fine', decimals: 0 },
    ],
    [{ fact: 'customerGroup', values: [] }, { code: 'no_values' }],
    [{ fact: 'firstOrder' }, { fact: 'firstOrder', is: 'so' }],
  ])('reads %j', (row, expected) => {
    const form = asking(row)
    const { rule } = readRule('r', form)
    if ('code' in expected) expect(problemOf(form)).toEqual(expected)
    else expect(rule?.when).toMatchObject({ all: [expected] })
  })

  test('wants a name that is not too long, a step, and people where people are to be named', () => {
    const form = formOf(total)
    expect(problemOf({ ...form, name: ' ' })).toEqual({ code: 'name_empty' })
    expect(problemOf({ ...form, name: 'x'.repeat(121) })).toMatchObject({ code: 'name_too_long' })
    expect(problemOf({ ...form, steps: [] })).toEqual({ code: 'no_steps' })
    const steps = form.steps.map((step) => ({ ...step, by: 'users' as const }))
    expect(problemOf({ ...form, steps })).toEqual({ code: 'no_users' })
  })

  test('keeps what was typed when the fact is changed for one of the same sort', () => {
    const row = { ...emptyTest('net', 'SEK'), text: '50 000', is: 'at_least' as const }
    expect(withFact(row, 'gross', 'SEK')).toMatchObject({
      key: row.key,
      text: '50 000',
      is: 'at_least',
    })
    expect(withFact(row, 'margin', 'SEK')).toMatchObject({ key: row.key, text: '', is: 'under' })
    const groups = { ...emptyTest('customerGroup', 'SEK'), values: ['G2'] }
    expect(withFact(groups, 'articleGroups', 'SEK').values).toEqual([])
  })
})

test('every starting point is off and asks for what its name says', () => {
  for (const point of startingPoints) {
    const form = beginRule(point, 'SEK', texts)
    expect(form.isOn, point).toBe(false)
    expect(form.steps, point).toHaveLength(1)
    expect(form.when.rows, point).toHaveLength({ empty: 0, buyerStep: 2 }[point as string] ?? 1)
    expect(form.steps[0]?.by, point).toBe(point === 'buyerStep' ? 'buyer' : 'approvers')
  }
  // These mean “any at all” and can be switched on as they are.
  for (const point of ['credit', 'onHold', 'firstOrder', 'shortLine', 'buyerStep'] as const) {
    expect(readRule('r', beginRule(point, 'SEK', texts)).rule, point).not.toBeNull()
  }
})

describe('the draft', () => {
  const known = { version: 1, rules: policyRules, setBy: null, setAt: null }
  const entries = entriesOf(policyRules)
  const dirty = (now: Entries) =>
    isDirty({ known: { ...known, rules: [...policyRules] }, entries: now })

  test('counts what is changed, and takes what is written back for no change', () => {
    expect(dirty(entries)).toBe(false)
    const changed = rename(switchRule(entries, first.id, true), total.id, 'Stort')
    expect(countChanges(policyRules, changed)).toBe(2)
    expect(dirty(changed)).toBe(true)
    const back = rename(switchRule(changed, first.id, false), total.id, total.name)
    expect(countChanges(policyRules, back)).toBe(0)
    expect(dirty(back)).toBe(false)
  })

  test('holds a rule that cannot be read, and has no rules to send until it can', () => {
    const form = formOf(total)
    const broken = write(entries, total.id, {
      ...form,
      when: { join: 'all', rows: [emptyTest('net', 'SEK')] },
    })
    expect(rulesOfEntries(broken)).toBeNull()
    expect(dirty(broken)).toBe(true)
    expect(rulesOfEntries(write(broken, total.id, form))).toEqual(policyRules)
  })

  test('is reordered within its ends', () => {
    const down = move(entries, total.id, 1)
    expect(names(down).slice(0, 2)).toEqual([margin.name, total.name])
    expect(dirty(down)).toBe(true)
    expect(countChanges(policyRules, down)).toBe(0)
    expect(dirty(move(down, total.id, -1))).toBe(false)
    expect(move(entries, total.id, -1)).toBe(entries)
    expect(move(entries, deep.id, 1)).toBe(entries)
  })

  test('gives back what was removed where it stood', () => {
    const without = remove(entries, margin.id)
    expect(countChanges(policyRules, without)).toBe(1)
    const again = insert(without, entries[1]!, 1)
    expect(dirty(again)).toBe(false)
    expect(insert(again, entries[1]!, 1)).toBe(again)
  })

  test('has new ones below the one that is open, copies switched off', () => {
    const more = add(entries, 'new', beginRule('onHold', 'SEK', texts), total.id)
    expect(more[1]).toMatchObject({ id: 'new', was: null })
    const copied = duplicate(entries, total.id, 'copy', 'Stora belopp (kopia)')
    expect(copied[1]?.rule).toEqual({
      ...total,
      id: 'copy',
      name: 'Stora belopp (kopia)',
      isOn: false,
    })
    expect(countChanges(policyRules, copied)).toBe(1)
  })
})

describe('rules that somebody else changed meanwhile', () => {
  const base = [total, margin, hold, first]

  test('come along where nothing was written about them', () => {
    const mine = rename(entriesOf(base), total.id, 'Mitt')
    const theirs = [total, named(margin, 'Deras'), first, deep]
    const { entries, conflicts } = rebase(base, mine, theirs)
    expect(names(entries)).toEqual(['Mitt', 'Deras', first.name, deep.name])
    expect(conflicts).toEqual([])
    expect(countChanges(theirs, entries)).toBe(1)
  })

  test('are asked about where both have changed them, each in another way', () => {
    const mine = rename(rename(entriesOf(base), total.id, 'Mitt'), margin.id, 'Samma')
    const theirs = [named(total, 'Deras'), named(margin, 'Samma'), hold, first]
    const { entries, conflicts } = rebase(base, mine, theirs)
    expect(conflicts).toEqual([total.id])
    expect(names(entries).slice(0, 2)).toEqual(['Mitt', 'Samma'])
    expect(names(takeTheirs(entries, conflicts, theirs))[0]).toBe('Deras')
    expect(countChanges(theirs, takeTheirs(entries, conflicts, theirs))).toBe(0)
  })

  test('that they removed and I changed is asked about; that I removed and they changed stays', () => {
    const mine = remove(rename(entriesOf(base), total.id, 'Mitt'), margin.id)
    const theirs = [named(margin, 'Deras'), hold, first]
    const { entries, conflicts } = rebase(base, mine, theirs)
    expect(conflicts).toEqual([total.id])
    expect(names(entries)).toContain('Mitt')
    expect(names(entries)).toContain('Deras')
    expect(new Set(names(takeTheirs(entries, conflicts, theirs)))).toEqual(
      new Set(theirs.map(({ name }) => name)),
    )
  })

  test('keep what I removed, added and reordered', () => {
    const form = beginRule('onHold', 'SEK', texts)
    const mine = move(remove(add(entriesOf(base), 'new', form, total.id), hold.id), first.id, -1)
    const order = mine.map(({ id }) => id)
    const { entries } = rebase(base, mine, [total, named(margin, 'Deras'), hold, first])
    expect(entries.map(({ id }) => id)).toEqual(order)
  })
})
