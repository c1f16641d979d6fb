import { expect, test } from 'vitest'
import { entityTagOf, isNamedBy } from '../../../../gateway/http/entity-tag'

const tag = entityTagOf(Buffer.from('{}'))

test('an entity tag is strong, and of the bytes alone', () => {
  expect(tag).toMatch(/^"[\w-]{43}"$/)
  expect(entityTagOf(Buffer.from('{}'))).toBe(tag)
  expect(entityTagOf(Buffer.from('{ }'))).not.toBe(tag)
})

test.each([
  [undefined, false],
  ['', false],
  [tag, true],
  [`W/${tag}`, true],
  [`"other", ${tag}`, true],
  ['"other"', false],
  [tag.slice(1, -1), false],
  ['*', true],
])('If-None-Match %s: %s', (sent, expected) => {
  expect(isNamedBy(tag, sent)).toBe(expected)
})
