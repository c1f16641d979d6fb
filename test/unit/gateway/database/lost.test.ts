import pg from 'pg'
import { expect, test } from 'vitest'
import { isDatabaseLost, isTooSlow } from '../../../../gateway/database/lost'
import { sqlState } from '../../../../gateway/database/transaction'

function answered(code: string): Error {
  return Object.assign(new pg.DatabaseError('said by the server', 1, 'error'), { code })
}
function happened(code: string, syscall?: string): Error {
  return Object.assign(new Error(code), { code }, syscall === undefined ? {} : { syscall })
}

test.each(['EPIPE', 'EBUSY', 'E2BIG', 'ENXIO'])('%s is no SQLSTATE', (code) => {
  expect(sqlState(happened(code, 'write'))).toBeNull()
})

test.each([null, undefined, 'text', 7, new Error('x')])('%s has no SQLSTATE', (error) => {
  expect(sqlState(error)).toBeNull()
  expect(isDatabaseLost(error)).toBe(false)
})

test.each([
  ['a unique violation', answered('23505'), '23505', false],
  ['a shutdown', answered('57P01'), '57P01', true],
  ['no room for a connection', answered('53300'), '53300', true],
  ['a standby after a failover', answered('25006'), '25006', true],
  ['a broken line', happened('EPIPE', 'write'), null, true],
  ['nobody there', happened('ECONNREFUSED', 'connect'), null, true],
  [
    'nobody at any address',
    new AggregateError([happened('ECONNREFUSED', 'connect'), happened('ENETUNREACH', 'connect')]),
    null,
    true,
  ],
  ['what pg says', new Error('Connection terminated unexpectedly'), null, true],
  ['what the pool says', new Error('timeout exceeded when trying to connect'), null, true],
  ['a silent server', new Error('Query read timeout'), null, true],
  ['a request that its client broke off', happened('ECONNRESET'), null, false],
  ['a file that is not there', happened('ENOENT', 'open'), null, false],
  ['a bug that speaks of connecting', new Error('cannot connect the dots'), null, false],
])('%s', (_what, error, state, lost) => {
  expect(sqlState(error)).toBe(state)
  expect(isDatabaseLost(error)).toBe(lost)
})

test('a statement that was broken off for its length is not a lost database', () => {
  expect(isTooSlow(answered('57014'))).toBe(true)
  expect(isDatabaseLost(answered('57014'))).toBe(false)
  expect(isTooSlow(answered('57P01'))).toBe(false)
})
