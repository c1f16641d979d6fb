import { describe, expect, test } from 'vitest'
import type { Condition, StepDemand, Test } from '../../../../domain/approval/policy'
import { formatsIn } from '../../../../language/formats'
import { wordsIn } from '../../../../language/words'
import {
  conditionWords,
  findingWords,
  ruleSentence,
  ruleSummary,
  stepsWords,
  stepWords,
  takerWords,
  testWords,
} from '../../../../renderer/wording/policy'

const textsIn = (language: 'sv' | 'en') => {
  const words = wordsIn(language)
  return { ...words, formats: formatsIn(words, 'Europe/Stockholm') }
}
const [sv, en] = [textsIn('sv'), textsIn('en')]
const users = new Map([
  ['u1', 'Karin Åberg'],
  ['u2', 'Sara Ek'],
])
const names = {
  user: (id: string) => users.get(id) ?? null,
  customerGroup: (id: string) => (id === 'G2' ? 'Inköpare' : null),
  articleGroup: () => null,
}
/** As it is read: spaces that do not break are spaces. */
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ')

const net: Test = { fact: 'net', is: 'over', value: 5_000_000, currency: 'SEK' }
const margin: Test = { fact: 'margin', is: 'under', value: 120_000 }
const always: Condition = { all: [] }
const step = (tier: number, by: StepDemand['by'], when: Condition = always): StepDemand => ({
  tier,
  by,
  when,
})

describe('a test', () => {
  test.each<[Test, string, string]>([
    [net, 'total utan moms över 50 000 kr', 'total without VAT over SEK 50,000'],
    [margin, 'täckningsgrad under 12 %', 'margin under 12%'],
    [
      { fact: 'margin', is: 'at_most', value: 82_575 },
      'täckningsgrad högst 8,2575 %',
      'margin at most 8.2575%',
    ],
    [{ fact: 'lines', is: 'over', value: 20 }, 'fler än 20 rader', 'more than 20 lines'],
    [
      { fact: 'shortLines', is: 'at_least', value: 1 },
      'minst 1 rad som inte kan levereras i dag',
      'at least 1 line that cannot be delivered today',
    ],
    [
      { fact: 'overCredit', is: 'over', value: 0, currency: 'SEK' },
      'överskriden kreditgräns',
      'exceeded credit limit',
    ],
    [
      { fact: 'overCredit', is: 'at_least', value: 500_050, currency: 'EUR' },
      'överskriden kredit minst 5 000,50 EUR',
      'credit excess at least EUR 5,000.50',
    ],
    [{ fact: 'onHold', is: 'so' }, 'stoppad kund', 'customer on hold'],
    [
      { fact: 'firstOrder', is: 'not_so' },
      'kund som har beställt förut',
      'a customer who has ordered before',
    ],
    [
      { fact: 'kind', is: 'one_of', values: ['list', 'quote_request'] },
      'inköpslista eller offertförfrågan',
      'wish list or quote request',
    ],
    [
      { fact: 'customerGroup', is: 'none_of', values: ['G2', 'G9'] },
      'annan kundgrupp än Inköpare eller G9',
      'any customer group but Inköpare or G9',
    ],
    [
      { fact: 'orderingRight', is: 'one_of', values: ['lists'] },
      'kontaktperson som får skicka listor',
      'a contact who may send lists',
    ],
    [
      { fact: 'articleGroups', is: 'one_of', values: ['ventiler'] },
      'artikel ur ventiler',
      'an article of ventiler',
    ],
  ])('%j is a clause in both languages', (one, swedish, english) => {
    expect(plain(testWords(one, sv, names))).toBe(swedish)
    expect(plain(testWords(one, en, names))).toBe(english)
  })
})

describe('a condition', () => {
  test('joins its tests, and puts a group within another in brackets', () => {
    const nested: Condition = {
      all: [net, { any: [margin, { fact: 'onHold', is: 'so' }] }, { all: [margin] }],
    }
    expect(plain(conditionWords(nested, sv, names))).toBe(
      'total utan moms över 50 000 kr, (täckningsgrad under 12 % eller stoppad kund) och täckningsgrad under 12 %',
    )
    expect(
      conditionWords({ any: [{ all: [margin, { fact: 'onHold', is: 'so' }] }] }, sv, names),
    ).not.toContain('(')
  })

  test('says when it always or never holds', () => {
    expect(conditionWords(always, sv, names)).toBe('alltid')
    expect(conditionWords({ any: [] }, en, names)).toBe('never')
  })
})

describe('who takes a step', () => {
  test('is a role, any of some, or each of them', () => {
    expect(takerWords({ kind: 'approvers' }, sv, names)).toBe('en attestant')
    expect(takerWords({ kind: 'deciders' }, en, names)).toBe('whoever decides for the customer')
    const two = { kind: 'users', userIds: ['u1', 'u2'] } as const
    expect(takerWords({ ...two, need: 'any' }, sv, names)).toBe('Karin Åberg eller Sara Ek')
    expect(takerWords({ ...two, need: 'all' }, sv, names)).toBe('Karin Åberg och Sara Ek')
    expect(takerWords({ kind: 'users', userIds: ['x'], need: 'any' }, sv, names)).toBe(
      'en okänd användare',
    )
    expect(stepWords(step(2, { kind: 'approvers' }), sv, names)).toBe('Steg 2: en attestant')
  })

  test('stands in the order of the tiers, side by side within one', () => {
    const steps = [
      step(2, { kind: 'users', userIds: ['u1'], need: 'any' }, margin),
      step(1, { kind: 'approvers' }),
      step(1, { kind: 'users', userIds: ['u2'], need: 'any' }),
    ]
    expect(plain(stepsWords(steps, sv, names))).toBe(
      'en attestant och Sara Ek, sedan Karin Åberg vid täckningsgrad under 12 %',
    )
    expect(stepsWords([], sv, names)).toBe('ingen attest')
  })
})

describe('a rule', () => {
  const rule = { when: { all: [net] }, demands: [step(1, { kind: 'approvers' })] }
  test('is one line for a row and a sentence for the form', () => {
    expect(plain(ruleSummary(rule, sv, names))).toBe(
      'total utan moms över 50 000 kr → en attestant',
    )
    expect(plain(ruleSentence(rule, sv, names))).toBe(
      'Vid total utan moms över 50 000 kr: attest av en attestant.',
    )
    expect(plain(ruleSentence(rule, en, names))).toBe(
      'For total without VAT over SEK 50,000: approval by an approver.',
    )
  })

  test('says where it holds always, never, or demands nothing', () => {
    expect(ruleSentence({ ...rule, when: always }, sv, names)).toBe(
      'Alltid: attest av en attestant.',
    )
    expect(ruleSentence({ ...rule, when: { any: [] } }, sv, names)).toBe('Regeln gäller aldrig.')
    expect(ruleSentence({ when: always, demands: [] }, sv, names)).toBe('Alltid: ingen attest.')
  })
})

describe('what a rule found', () => {
  test.each<[Test, string | number | boolean | readonly string[] | null, string]>([
    [net, 6_240_050, 'total utan moms 62 400,50 kr är över 50 000 kr'],
    [net, null, 'total utan moms är inte i SEK'],
    [margin, 84_000, 'täckningsgrad 8,4 % är under 12 %'],
    // Rounded it would be the limit itself.
    [margin, 119_960, 'täckningsgrad 11,996 % är under 12 %'],
    [margin, null, 'täckningsgraden är inte känd'],
    [{ fact: 'lines', is: 'over', value: 10 }, 14, '14 rader, fler än 10'],
    [{ fact: 'shortLines', is: 'at_least', value: 1 }, 3, '3 rader som inte kan levereras i dag'],
    [
      { fact: 'shortLines', is: 'over', value: 0 },
      null,
      'det är inte känt vad som kan levereras i dag',
    ],
    [
      { fact: 'overCredit', is: 'over', value: 0, currency: 'SEK' },
      1_240_000,
      'kreditgränsen är överskriden med 12 400 kr',
    ],
    [{ fact: 'onHold', is: 'so' }, true, 'kunden är tillfälligt stoppad'],
    [{ fact: 'firstOrder', is: 'so' }, null, 'det är inte känt om kunden har beställt förut'],
    [{ fact: 'kind', is: 'one_of', values: ['list'] }, 'list', 'typ: inköpslista'],
    [
      { fact: 'customerGroup', is: 'none_of', values: ['G9'] },
      'G2',
      'kundgruppen är Inköpare, inte G9',
    ],
    [
      { fact: 'articleGroups', is: 'one_of', values: ['rör', 'ventiler'] },
      ['isolering', 'ventiler'],
      'det finns artiklar ur ventiler',
    ],
    [
      { fact: 'articleGroups', is: 'none_of', values: ['rör'] },
      ['isolering'],
      'det finns ingen artikel ur rör',
    ],
  ])('%j with %j', (one, actual, words) => {
    expect(plain(findingWords({ test: one, actual }, sv, names))).toBe(words)
  })
})
