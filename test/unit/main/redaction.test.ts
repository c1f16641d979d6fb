import { expect, test } from 'vitest'

import { redact } from '../../../main/redaction'

const secret = 'S3cret-value_0123456789abcdef'

test.each([
  [{ token: secret }],
  [{ session: { accessToken: secret } }],
  [[{ headers: { Authorization: `Bearer ${secret}` } }]],
  [{ password: secret, username: 'anna' }],
  [`GET /x Authorization: Bearer ${secret}`],
  [`{"token":"${secret}"}`],
  [`https://example.com/?token=${secret}&page=2`],
  [`postgres://kontor:${secret}@127.0.0.1:5432/kontor`],
  [`whsec_${secret}`],
  [`eyJhbGciOiJIUzI1NiJ9.${secret}.${secret}`],
  [new Error(`sign-in failed with password=${secret}`)],
  [{ cause: new Error(`Bearer ${secret}`) }],
])('no secret stays in %j', (value) => {
  expect(JSON.stringify(redact(value))).not.toContain(secret)
})

test('what is not secret stays readable', () => {
  const value = { requisition: 'R-1001', lines: [{ article: 'A1', quantity: 2_000 }], at: null }
  expect(redact(value)).toEqual(value)
  expect(redact('Connected to https://desk.example.com/ in 12 ms')).toBe(
    'Connected to https://desk.example.com/ in 12 ms',
  )
})

test('a circle ends', () => {
  const value: Record<string, unknown> = { name: 'a' }
  value['self'] = value
  expect(redact(value)).toEqual({ name: 'a', self: '[circular]' })
})
