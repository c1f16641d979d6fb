import { expect, test } from 'vitest'
import { formatsIn } from '../../../language/formats'
import { refusalSentence } from '../../../language/refusals'
import { wordsIn } from '../../../language/words'

const words = wordsIn('sv')
const formats = formatsIn(words, 'Europe/Stockholm')
const now = '2026-11-23T13:05:00.000Z'
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

test('a code without a sentence gives the one it came with', () => {
  expect(say('brand_new', {}, 'Something new.')).toBe('Something new.')
  // Needs a value, so it is no sentence by itself.
  expect(say('already_decided.by', {}, 'Something new.')).toBe('Something new.')
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

test('says which field is wrong, and how', () => {
  const invalid = (issues: unknown) => say('invalid', { issues }, 'The payload does not fit.')
  const said = (where: string) => `Något i det som skickades är fel: ${where}.`
  expect(
    invalid([
      { pointer: '/payload/lines/0/no~1te', message: 'is too long.' },
      { pointer: '/payload/other', message: 'is missing' },
    ]),
  ).toBe(said('lines/0/no/te: is too long'))
  expect(invalid([{ pointer: '/params/after', message: 'is not a cursor' }])).toBe(
    said('after: is not a cursor'),
  )
  expect(invalid([{ pointer: '', message: 'is no object' }])).toBe(said('is no object'))
  for (const odd of [undefined, 'x', [], [null], [7], [{ pointer: 1, message: 2 }]])
    expect(invalid(odd)).toBe(said('The payload does not fit'))
})
