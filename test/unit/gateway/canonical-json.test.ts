import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalJson } from '../../../gateway/canonical-json'

test('keys stand in order at every depth, lists as they are', () => {
  expect(canonicalJson({ b: [{ z: 1, y: null }, 'å'], a: { d: true, c: 0.1 }, 10: 1, 9: 2 })).toBe(
    '{"10":1,"9":2,"a":{"c":0.1,"d":true},"b":[{"y":null,"z":1},"å"]}',
  )
  expect(canonicalJson({ a: undefined, b: [undefined] })).toBe('{"b":[null]}')
  expect(canonicalJson([])).toBe('[]')
  expect(canonicalJson({})).toBe('{}')
})

test('it is JSON of the same value, and the same for the same value', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = canonicalJson(value)
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)))
      expect(canonicalJson(backwards(value))).toBe(text)
    }),
    { seed: 20_261_123 },
  )
})

function backwards(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) return value.map(backwards)
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, backwards(inner)]),
  )
}
