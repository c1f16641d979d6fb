import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { markForeign } from '../../../../main/attachments/mark-foreign'
import { temporaryFolder } from '../../../support/temporary-folder'

test('Windows is told that a file came from outside, and nothing goes wrong where it cannot be', async () => {
  const file = join(await temporaryFolder(), 'Ritning.pdf')
  await writeFile(file, '%PDF-')
  await markForeign(file, 'win32')
  // Elsewhere than on NTFS it is a file beside it; there it is a stream of the file's own.
  expect(await readFile(`${file}:Zone.Identifier`, 'utf8')).toBe('[ZoneTransfer]\r\nZoneId=3\r\n')
  expect(await readFile(file, 'utf8')).toBe('%PDF-')
  await markForeign(join(file, 'nowhere'), 'win32')
})
