import { expect, test } from 'vitest'
import { formatsIn } from '../../../language/formats'
import { refusalSentence } from '../../../language/refusals'
import { wordsIn } from '../../../language/words'

const words = wordsIn('sv')
const formats = formatsIn(words, 'Europe/Stockholm')
const now = '2026-11-23T13:05:00.000Z'
const english = wordsIn('en')
const sayEnglish = (code: string, details: Readonly<Record<string, unknown>>, message: string) =>
  refusalSentence({ code, message, details }, english, formatsIn(english, 'Europe/Stockholm'), now)
const say = (code: string, details: Readonly<Record<string, unknown>>, message = 'English.') =>
  refusalSentence({ code, message, details }, words, formats, now).replace(/\u00a0/g, ' ')

test('says who was first and when', () => {
  const outcome = {
    kind: 'ordered',
    orderNumber: '100232',
    by: { kind: 'user', id: 'x', name: 'Erik Dahl' },
    at: '2026-11-23T13:04:48.000Z',
  }
  expect(say('already_decided', { outcome })).toBe(
    'Den är redan beslutad: Erik Dahl var först, för 12 s sedan.',
  )
  expect(say('claimed_by_other', { by: 'Erik Dahl' })).toBe('Erik Dahl har tagit hand om den.')
})

test('says the limit and the total', () => {
  expect(say('above_limit', { total: 4_547_620, limit: 2_500_000, currency: 'SEK' })).toBe(
    'Totalen 45 476,20 kr är över din gräns 25 000,00 kr. Någon med högre gräns behöver godkänna.',
  )
})

test('a detail of another shape gives the plainer sentence', () => {
  const odd: readonly Readonly<Record<string, unknown>>[] = [
    {},
    { outcome: null },
    { outcome: { by: {}, at: 'yesterday' } },
    { by: 7, at: [] },
  ]
  for (const details of odd) expect(say('already_decided', details)).toBe('Den är redan beslutad.')
  expect(say('above_limit', { total: '1', limit: null })).toBe('Det här är över din gräns.')
})

test('a code without a sentence gives the gateway’s English only to those who read English', () => {
  const unknown = 'Gatewayen sa nej, av ett skäl som den här versionen av Kontor inte känner till.'
  expect(say('brand_new', {}, 'Something new.')).toBe(unknown)
  // Needs a value, so it is no sentence by itself.
  expect(say('already_decided.by', {}, 'Something new.')).toBe(unknown)
  expect(sayEnglish('brand_new', {}, 'Something new.')).toBe('Something new.')
})

test('says what is wrong with an address in its own words', () => {
  const reasons = [
    'unknown_host',
    'timeout',
    'certificate',
    'redirected',
    'not_a_gateway',
    'unreachable',
  ]
  const sentences = reasons.map((reason) => say('unavailable', { reason }))
  expect(new Set(sentences).size).toBe(reasons.length)
  expect(say('unavailable', { reason: 'not_a_gateway' })).toContain('ingen gateway')
  expect(say('unavailable', { reason: 'something new' })).toBe(say('unavailable', {}))
})

test('says which field is wrong, in the reader’s own words', () => {
  const invalid = (issues: unknown) => say('invalid', { issues }, 'The payload does not fit.')
  expect(
    invalid([
      { pointer: '/payload/displayName', message: 'Too small: expected string' },
      { pointer: '/payload/other', message: 'is missing' },
    ]),
  ).toBe('Namnet kan inte tas emot så som det är skrivet.')
  expect(invalid([{ pointer: '/payload/reason', message: 'Too big: …', code: 'too_big' }])).toBe(
    'Skälet är för långt eller för stort.',
  )
  expect(
    invalid([{ pointer: '/payload/warehouses/3', message: 'no such line, or not opened for it' }]),
  ).toBe('En rad kan inte längre levereras från det lager som är valt. Välj ett annat.')
})

test('repeats none of the gateway’s English, whatever the issues are', () => {
  const english = 'is not a cursor'
  for (const issues of [
    [{ pointer: '/params/after', message: english }],
    [{ pointer: '', message: english }],
    [{ pointer: '/payload/constructor', message: english }],
    undefined,
    'x',
    [],
    [null],
    [7],
    [{ pointer: 1, message: 2 }],
  ])
    expect(say('invalid', { issues }, english)).toBe(
      'Något i det som skickades kan inte tas emot som det är.',
    )
})

test('says who changed it meanwhile, and which limit a price goes beyond', () => {
  const madeBy = { by: 'Erik Dahl', kind: 'user', at: '2026-11-23T13:04:48.000Z' }
  expect(say('stale_version', { madeBy })).toBe(
    'Erik Dahl ändrade den för 12 s sedan. Läs igenom det senaste och försök igen.',
  )
  expect(say('stale_version', { madeBy: { ...madeBy, kind: 'contact' } })).not.toContain('Erik')
  const beyond = { limit: 'discount', value: 184_783, allowed: 100_000 }
  expect(say('beyond_price_limit', { lines: [{ articleId: 'RB-2206', ...beyond }] })).toBe(
    'RB-2206: rabatten 18,5 % är över din gräns 10 %.',
  )
  expect(say('own_work', beyond)).toContain('18,5 %')
  expect(say('own_work', { ...beyond, limit: 'other' })).toBe(
    'Du har ändrat den mer än du får godkänna ensam. Någon annan behöver godkänna.',
  )
  expect(say('edit_unsound', { issues: [{ code: 'no_lines' }] })).toBe(
    'Minst en rad måste vara kvar.',
  )
  expect(say('edit_unsound', { issues: 'x' })).toBe('Ändringarna kan inte göras som de är.')
})
