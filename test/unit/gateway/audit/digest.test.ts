import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { digestPayload, hashEntry, hashSeal, nothingBefore } from '../../../../gateway/audit/digest'

const sha256 = (...parts: readonly (string | Buffer)[]) => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

const salt = Buffer.from('00112233445566778899aabbccddeeff', 'hex')
const facts = {
  seq: 7,
  at: '2026-11-23T22:00:00.123456Z',
  type: 'requisition.approved',
  aggregateKind: 'requisition',
  aggregateId: 'R-1',
  version: 3,
}

test('hashes are made of what is written in docs/decisions/0010, byte by byte', () => {
  const digest = digestPayload(salt, { origin: { via: 'x' }, data: { b: 1, a: 'å' }, actor: null })
  expect(digest).toEqual(sha256(salt, '{"actor":null,"data":{"a":"å","b":1},"origin":{"via":"x"}}'))
  const entry = hashEntry(facts, digest)
  expect(entry).toEqual(
    sha256(
      '[7,"2026-11-23T22:00:00.123456Z","requisition.approved","requisition","R-1",3]',
      digest,
    ),
  )
  const at = new Date('2026-11-23T22:00:05.678Z')
  const numbers = Buffer.from(
    '0000000000000001' + at.getTime().toString(16).padStart(16, '0'),
    'hex',
  )
  expect(hashSeal({ previous: nothingBefore, n: 1, at, entryHashes: entry })).toEqual(
    sha256(Buffer.alloc(32), numbers, entry),
  )
})
