import '../../../support/electron-store'

import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { localSettingsSchema } from '../../../../contract/console'
import { openInstallation } from '../../../../main/session/installation'
import { openSettings } from '../../../../main/settings'
import type { Recovered } from '../../../../main/storage/checked-store'
import { silentLog } from '../../../support/silent-log'
import { temporaryFolder } from '../../../support/temporary-folder'

const defaults = localSettingsSchema.parse({})

async function settingsOver(content: string | null) {
  const folder = await temporaryFolder()
  if (content !== null) await writeFile(join(folder, 'settings.json'), content)
  const recovered: Recovered[] = []
  const open = () => openSettings(folder, (file) => recovered.push(file), silentLog())
  return { folder, recovered, open, store: open() }
}

describe('settings', () => {
  it('begin with their defaults and nothing to tell', async () => {
    const { store, recovered } = await settingsOver(null)
    expect(store.read()).toEqual(defaults)
    expect(recovered).toEqual([])
  })

  it('are there again at the next start', async () => {
    const { store, open } = await settingsOver(null)
    store.write({ ...defaults, theme: 'dark', language: 'en' })
    expect(open().read()).toEqual({ ...defaults, theme: 'dark', language: 'en' })
  })

  it('are written where they have changed, and else the file is left alone', async () => {
    const { folder, store, open } = await settingsOver('{"theme":"dark"}')
    const path = join(folder, 'settings.json')
    store.write({ ...store.read() })
    expect(await readFile(path, 'utf8')).toBe('{"theme":"dark"}')
    store.write({ ...store.read(), density: 'compact' })
    store.write({ ...store.read(), theme: 'light' })
    expect(open().read()).toEqual({ ...defaults, theme: 'light', density: 'compact' })
  })

  it('of an older version get what is new by default', async () => {
    const { store, recovered } = await settingsOver('{"theme":"dark"}')
    expect(store.read()).toEqual({ ...defaults, theme: 'dark' })
    expect(recovered).toEqual([])
  })

  it.each([
    ['garbage', '\u0000\u0001 not json'],
    ['half a file', '{"theme":"da'],
    ['nothing', ''],
    ['another kind of JSON', '[1,2]'],
    ['null', 'null'],
    ['a value that does not exist', '{"theme":"purple"}'],
    ['a value of another type', '{"singleKeys":"yes"}'],
  ])('that are %s are set aside, once, and told', async (_what, content) => {
    const { folder, store, recovered, open } = await settingsOver(content)
    expect(store.read()).toEqual(defaults)
    expect(recovered).toHaveLength(1)
    const { file, keptAs } = recovered[0] ?? { file: '', keptAs: '' }
    expect(file).toBe('settings.json')
    expect(keptAs).toMatch(/^settings\.broken-.*\.json$/)
    expect(await readFile(join(folder, keptAs), 'utf8')).toBe(content)
    store.write({ ...defaults, density: 'compact' })
    expect(open().read().density).toBe('compact')
    expect(recovered).toHaveLength(1)
    expect((await readdir(folder)).sort()).toEqual([keptAs, 'settings.json'])
  })

  it('count until the end of the run when they cannot be written', async () => {
    const { folder, store } = await settingsOver(null)
    // A folder in the file's place: nothing can take its name.
    await mkdir(join(folder, 'settings.json', 'in-the-way'), { recursive: true })
    store.write({ ...defaults, theme: 'light' })
    expect(store.read().theme).toBe('light')
  })
})

describe('installation', () => {
  it('keeps its device from the first start on', async () => {
    const folder = await temporaryFolder()
    const open = () => openInstallation(folder, () => undefined, silentLog())
    const { device } = open().read()
    expect(open().read()).toEqual({ device, gateway: null, last: null, session: null })
  })

  it('begins anew when its file is broken', async () => {
    const folder = await temporaryFolder()
    await writeFile(join(folder, 'installation.json'), '{"device":"me"}')
    const recovered: Recovered[] = []
    const store = openInstallation(folder, (file) => recovered.push(file), silentLog())
    expect(store.read().gateway).toBeNull()
    expect(recovered.map(({ file }) => file)).toEqual(['installation.json'])
  })
})
