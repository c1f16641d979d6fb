import fc from 'fast-check'
import { expect, test } from 'vitest'

import { packAsar } from '../../../../scripts/electron-runtime/asar'

/** Reads an archive by the format's own description: two pickles, then the files. */
function unpackAsar(archive: Buffer): Map<string, Buffer> {
  expect(archive.readUInt32LE(0)).toBe(4)
  const headerEnd = 8 + archive.readUInt32LE(4)
  expect(archive.readUInt32LE(8)).toBe(headerEnd - 12)
  const json = archive.subarray(16, 16 + archive.readUInt32LE(12)).toString('utf8')
  const { files } = JSON.parse(json) as { files: Record<string, { size: number; offset: string }> }
  return new Map(
    Object.entries(files).map(([name, { size, offset }]) => {
      const start = headerEnd + Number(offset)
      return [name, archive.subarray(start, start + size)]
    }),
  )
}

test('what was packed is found again', () => {
  const name = fc.stringMatching(/^[a-zåäö][a-zåäö.-]{0,12}$/)
  const content = fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes))
  fc.assert(
    fc.property(fc.array(fc.tuple(name, content), { maxLength: 5 }), (entries) => {
      const files = new Map(entries)
      const archive = packAsar(files)
      expect(unpackAsar(archive)).toEqual(files)
      expect((archive.readUInt32LE(4) + 8) % 4).toBe(0)
    }),
  )
})
