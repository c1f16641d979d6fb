import { mkdir, rm, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { LARGEST_ATTACHMENT } from '../../../../contract/attachment-limits'
import { droppedFileSchema } from '../../../../contract/attachments'
import { chosenFiles } from '../../../../main/attachments/chosen-files'
import { temporaryFolder } from '../../../support/temporary-folder'

/** A file that was chosen in the dialog, and where it lies. */
async function chosen(content: string | Buffer = 'abc') {
  const path = join(await temporaryFolder(), 'Ritning 4.pdf')
  await writeFile(path, content)
  const files = chosenFiles()
  const [file] = await files.note([path])
  return { files, path, id: file?.id ?? expect.fail('It was not noted.') }
}
const refusedFor = (reason: string) => ({
  ok: false,
  error: { code: 'unavailable', details: { reason } },
})

test('files are known by ids, and folders and what is gone are none', async () => {
  const { files, path, id } = await chosen()
  const folder = join(path, '..', 'map')
  await mkdir(folder)
  const noted = await files.note([path, folder, `${path}.gone`])
  expect(noted).toEqual([{ id: expect.any(String) as string, name: 'Ritning 4.pdf', size: 3 }])
  expect(await files.read(id)).toEqual({ ok: true, value: Buffer.from('abc') })
})

test('what is another file by now is not sent, though it is as long', async () => {
  const { files, path, id } = await chosen()
  await writeFile(path, 'xyz')
  await utimes(path, new Date(), new Date(2026, 10, 23))
  expect(await files.read(id)).toMatchObject(refusedFor('file_changed'))
  await rm(path)
  expect(await files.read(id)).toMatchObject(refusedFor('file_unreadable'))
})

test('what was dropped is kept as it was, until it is forgotten', async () => {
  const files = chosenFiles()
  const content = new Uint8Array([1, 2, 3])
  const { id } = files.hold({ name: 'Lista.csv', size: 3, content })
  expect(await files.read(id)).toEqual({ ok: true, value: content })
  files.forget(id)
  expect(await files.read(id)).toMatchObject(refusedFor('file_forgotten'))
})

test('the window hands over what a file holds, and no path', () => {
  const file = { name: 'Lista.csv', size: 3, content: new Uint8Array(3) }
  const isTaken = (given: unknown) => droppedFileSchema.safeParse(given).success
  expect(isTaken(file)).toBe(true)
  expect(isTaken(['/etc/hostname'])).toBe(false)
  expect(isTaken({ ...file, content: '/etc/hostname' })).toBe(false)
  expect(isTaken({ ...file, path: '/etc/hostname' })).toBe(false)
  expect(isTaken({ ...file, content: new Uint8Array(LARGEST_ATTACHMENT + 1) })).toBe(false)
})

test('one that is too large is not read at all', async () => {
  const { files, id } = await chosen(Buffer.alloc(LARGEST_ATTACHMENT + 1))
  const held = files.hold({ name: 'Stor.pdf', size: LARGEST_ATTACHMENT + 1, content: null })
  const tooLarge = { error: { code: 'too_large', details: { maximum: LARGEST_ATTACHMENT } } }
  expect(await files.read(id)).toMatchObject(tooLarge)
  expect(await files.read(held.id)).toMatchObject(tooLarge)
})

test('what one person has chosen is gone for the next, and there for the same', async () => {
  const { files, path } = await chosen()
  files.belongTo('karin')
  const [file] = await files.note([path])
  const id = file?.id ?? expect.fail('It was not noted.')
  files.belongTo('karin')
  expect(await files.read(id)).toMatchObject({ ok: true })
  files.belongTo(null)
  expect(await files.read(id)).toMatchObject(refusedFor('file_forgotten'))
})

test('no more than so much of what was dropped is kept: the oldest goes', async () => {
  const files = chosenFiles()
  const content = new Uint8Array(LARGEST_ATTACHMENT)
  const ids = Array.from({ length: 41 }, () => files.hold({ name: 'x', size: 1, content }).id)
  expect(await files.read(ids[0] ?? '')).toMatchObject(refusedFor('file_forgotten'))
  expect(await files.read(ids[1] ?? '')).toMatchObject({ ok: true })
})
