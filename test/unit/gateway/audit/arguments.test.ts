import { expect, test } from 'vitest'
import { readAuditArguments } from '../../../../gateway/audit/arguments'

const server = { environmentKey: undefined, isServer: true, isOtherTask: false }
const nothing = {
  ok: true,
  verify: null,
  erase: null,
  export: null,
  verifyExport: null,
  anchors: [],
  settings: {},
}
const embedded = { ...server, isServer: false }

test('nothing said: nothing is anchored on a server, the usual place with a data folder', () => {
  expect(readAuditArguments({}, server)).toEqual(nothing)
  expect(readAuditArguments({}, { ...embedded, environmentKey: '' })).toEqual(nothing)
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

test('a restore tells any number of anchors', () => {
  const values = { 'audit-anchor': ['/a', '/b'], 'audit-key-file': '/k' }
  const restore = { ...server, isOtherTask: true, isRestore: true }
  expect(readAuditArguments(values, restore)).toMatchObject({ ok: true, anchors: ['/a', '/b'] })
})

test('entries are erased by their numbers, or by what they have among their values', () => {
  expect(readAuditArguments({ 'erase-audit': '12, 40-44', reason: 'x' }, embedded)).toMatchObject({
    ok: true,
    erase: {
      which: {
        kind: 'numbered',
        ranges: [
          [12, 12],
          [40, 44],
        ],
      },
      why: 'x',
    },
  })
  const anchor = { 'audit-anchor': ['/a'], 'audit-key-file': '/k' }
  expect(readAuditArguments({ 'erase-audit-of': 'Anna Berg', ...anchor }, server)).toMatchObject({
    ok: true,
    erase: { which: { kind: 'having', text: 'Anna Berg' }, why: null },
    settings: { file: '/a', keyFile: '/k' },
  })
})

test('days are exported, in the form that the file is called by', () => {
  const days = { from: '2026-11-01', to: '2026-11-30' }
  expect(readAuditArguments({ 'export-audit': 'x.CSV', ...days }, server)).toMatchObject({
    ok: true,
    export: { file: 'x.CSV', wanted: { ...days, of: null, form: 'csv' } },
  })
  expect(readAuditArguments({ 'export-audit': 'x', ...days, of: 'order' }, embedded)).toMatchObject(
    { export: { wanted: { of: 'order', form: 'jsonl' } } },
  )
})

test('an exported file is checked, by any number of anchors', () => {
  const values = { 'verify-export': 'x', 'audit-anchor': ['/a', '/b'], 'audit-key-file': '/k' }
  expect(readAuditArguments(values, server)).toMatchObject({
    ok: true,
    verifyExport: 'x',
    anchors: ['/a', '/b'],
  })
})

test.each([
  { 'export-audit': 'x' },
  { 'export-audit': '', from: '2026-11-01', to: '2026-11-30' },
  { 'export-audit': 'x', from: '2026-11-30', to: '2026-11-01' },
  { 'export-audit': 'x', from: '2026-11-01', to: '2026-11-31' },
  { 'export-audit': 'x', from: '2026-11-01', to: '2026-11-30', of: 'nothing' },
  { from: '2026-11-01' },
  { 'verify-export': '' },
  { 'verify-export': 'x', 'verify-audit': true },
  { 'verify-export': 'x', 'export-audit': 'y', from: '2026-11-01', to: '2026-11-30' },
])('%j about an export makes no sense and is told', (values) => {
  expect(readAuditArguments(values, server)).toMatchObject({ ok: false })
})

test.each([
  [{ 'verify-audit': true }, { ...server, isOtherTask: true }, 'nothing else'],
  [{ 'audit-anchor': ['/a', '/b'], 'audit-key-file': '/k' }, server, 'one anchor'],
  [{ 'audit-anchor': ['/a'] }, server, 'KONTOR_AUDIT_KEY'],
  [{ 'audit-key-file': '/k' }, server, '--audit-anchor'],
  [{ 'audit-anchor': [''] }, embedded, 'Name the file'],
  [{ 'audit-key-file': '' }, embedded, 'Name the file'],
  [{ 'erase-audit': '1', 'erase-audit-of': 'x' }, embedded, 'either'],
  [{ 'erase-audit': '4-' }, embedded, 'like 12,40-44'],
  [{ 'erase-audit': '4-1' }, embedded, 'like 12,40-44'],
  [{ 'erase-audit': '' }, embedded, 'like 12,40-44'],
  [{ 'erase-audit-of': '' }, embedded, 'of whom'],
  [{ 'erase-audit-of': 'x', reason: '' }, embedded, 'why'],
  [{ reason: 'x' }, embedded, '--reason goes with'],
  [{ 'erase-audit': '1' }, { ...embedded, isOtherTask: true }, 'nothing else'],
  [{ 'erase-audit': '1', 'verify-audit': true }, embedded, 'nothing else'],
  [{ 'erase-audit': '1' }, server, 'name the anchor'],
])('%j makes no sense and is told', (values, place, words) => {
  expect(readAuditArguments(values, place)).toMatchObject({
    ok: false,
    message: expect.stringContaining(words),
  })
})
