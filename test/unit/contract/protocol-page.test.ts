import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { protocolVersion } from '../../../contract/feed'

test('the page from which another console can be written names the version of today', async () => {
  const page = await readFile(join(import.meta.dirname, '../../../docs/protocol.md'), 'utf8')
  const [, told] = /"protocol": (\d+)/.exec(page) ?? []
  expect(Number(told)).toBe(protocolVersion)
})
