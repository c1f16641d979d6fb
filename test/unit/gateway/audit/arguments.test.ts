import { expect, test } from 'vitest'
import { readAuditArguments } from '../../../../gateway/audit/arguments'

const server = { environmentKey: undefined, isServer: true, isOtherTask: false }
const embedded = { ...server, isServer: false }

test('nothing said: nothing is anchored on a server, the usual place with a data folder', () => {
  expect(readAuditArguments({}, server)).toEqual({ ok: true, verify: null, settings: {} })
  expect(readAuditArguments({}, { ...embedded, environmentKey: '' })).toEqual({
    ok: true,
    verify: null,
    settings: {},
  })
})

test('an anchor and its key, by file or environment', () => {
  expect(
    readAuditArguments({ 'audit-anchor': ['/a'], 'audit-key-file': '/k' }, server),
  ).toMatchObject({ settings: { file: '/a', keyFile: '/k' } })
  expect(
    readAuditArguments({ 'audit-anchor': ['/a'] }, { ...server, environmentKey: 'key' }),
  ).toMatchObject({ settings: { file: '/a', key: 'key' } })
  // The key made in the data folder.
  expect(readAuditArguments({ 'audit-anchor': ['/a'] }, embedded)).toMatchObject({
    settings: { file: '/a' },
  })
})

test('a check takes any number of anchors', () => {
  const values = { 'verify-audit': true, 'audit-anchor': ['/a', '/b'], 'audit-key-file': '/k' }
  expect(readAuditArguments(values, server)).toMatchObject({ ok: true, verify: ['/a', '/b'] })
  expect(readAuditArguments({ 'verify-audit': true }, server)).toMatchObject({ verify: [] })
})

test.each([
  [{ 'verify-audit': true }, { ...server, isOtherTask: true }, 'nothing else'],
  [{ 'audit-anchor': ['/a', '/b'], 'audit-key-file': '/k' }, server, 'one anchor'],
  [{ 'audit-anchor': ['/a'] }, server, 'KONTOR_AUDIT_KEY'],
  [{ 'audit-key-file': '/k' }, server, '--audit-anchor'],
  [{ 'audit-anchor': [''] }, embedded, 'Name the file'],
  [{ 'audit-key-file': '' }, embedded, 'Name the file'],
])('%j makes no sense and is told', (values, place, words) => {
  expect(readAuditArguments(values, place)).toMatchObject({
    ok: false,
    message: expect.stringContaining(words),
  })
})
