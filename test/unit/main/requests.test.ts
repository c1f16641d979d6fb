import '../../support/electron-store'

import { randomUUID } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { requests, type EventName } from '../../../contract/bridge'
import type { LocalSettings } from '../../../contract/console'
import { chosenFiles } from '../../../main/attachments/chosen-files'
import { requestHandlers } from '../../../main/requests'
import { createGatewayHttp } from '../../../main/session/gateway-http'
import { openInstallation } from '../../../main/session/installation'
import { ConsoleSession } from '../../../main/session/session'
import { createVault } from '../../../main/session/vault'
import { openSettings } from '../../../main/settings'
import { silentLog } from '../../support/silent-log'
import { temporaryFolder } from '../../support/temporary-folder'

/** The handlers before anybody has signed in. */
async function handlers() {
  const folder = await temporaryFolder()
  await writeFile(join(folder, 'Ritning.pdf'), '%PDF-')
  const told: [EventName, unknown][] = []
  const applied: LocalSettings[] = []
  const copied: string[] = []
  const nobody = async () => {
    throw new Error('nobody signs in here')
  }
  const session = new ConsoleSession({
    installation: openInstallation(folder, () => undefined, silentLog()),
    vault: createVault({
      isEncryptionAvailable: () => false,
      encryptString: () => Buffer.alloc(0),
      decryptString: () => '',
    }),
    http: createGatewayHttp({ fetch, within: 1_000 }),
    embedded: { start: nobody, stop: async () => undefined },
    openDesk: nobody,
    countWaiting: async () => 0,
    stateChanged: () => undefined,
    log: silentLog(),
  })
  const answers = requestHandlers({
    session,
    settings: openSettings(folder, () => undefined, silentLog()),
    tell: (name, payload) => told.push([name, payload]),
    storage: () => ({ kind: 'writable' }),
    appInfo: () => ({ version: '1.0.0', platform: 'linux', systemLanguage: 'sv', recovered: [] }),
    windowReady: () => undefined,
    replicaAsked: () => undefined,
    settingsChanged: (settings) => applied.push(settings),
    writeClipboard: (text) => copied.push(text),
    chooseFile: async () => null,
    files: chosenFiles(),
    choosePaths: async () => [join(folder, 'Ritning.pdf'), folder, join(folder, 'gone.pdf')],
    sendFile: async () => ({ ok: true, value: null }),
    download: async () => ({ kind: 'saved', file: 'audit.jsonl' }),
    markForeign: async () => undefined,
  })
  // As main does it: the argument is parsed by the contract before the handler runs.
  const ask = async <N extends keyof typeof requests>(name: N, argument?: unknown) => {
    const handler = answers[name] as (argument: unknown) => unknown
    const answer = await handler(requests[name].argument.parse(argument))
    return requests[name].answer.parse(answer)
  }
  return { answers, ask, told, applied, copied }
}

describe('requests', () => {
  it('have a handler each', async () => {
    const { answers } = await handlers()
    expect(Object.keys(answers).sort()).toEqual(Object.keys(requests).sort())
  })

  it('are answered as the contract says while nobody is signed in', async () => {
    const { ask } = await handlers()
    const command = {
      id: randomUUID(),
      type: 'x',
      aggregateId: 'y',
      expectedVersion: 1,
      payload: {},
    }
    expect(await ask('session.get')).toEqual({ kind: 'first_run' })
    expect(await ask('connection.get')).toMatchObject({ kind: 'connecting', lastInStep: null })
    expect(await ask('command.send', command)).toEqual({ kind: 'offline' })
    expect(await ask('query.ask', { type: 'x', params: {} })).toMatchObject({
      ok: false,
      error: { code: 'unauthenticated' },
    })
    expect(await ask('outbox.list')).toEqual([])
    expect(await ask('outbox.retry', { id: randomUUID() })).toMatchObject({ ok: false })
    expect(await ask('outbox.discard', { id: randomUUID() })).toMatchObject({ ok: false })
    expect(await ask('session.signOut')).toMatchObject({
      ok: false,
      error: { code: 'wrong_state' },
    })
    expect(
      await ask('session.signIn', { gateway: '', username: 'a', password: 'b' }),
    ).toMatchObject({
      ok: false,
      error: { code: 'invalid', details: { field: 'gateway' } },
    })
    expect(await ask('connection.retry')).toBeUndefined()
    expect(await ask('app.ready')).toBeUndefined()
  })

  it('give a window without a desk an empty replica', async () => {
    const { ask, told } = await handlers()
    await ask('replica.load')
    expect(told).toEqual([
      ['replica.reset', { identity: '' }],
      ['replica.loaded', { cursor: null }],
    ])
  })

  it('change the settings that were named, and leave the others', async () => {
    const { ask, told, applied } = await handlers()
    await ask('settings.update', { theme: 'dark', singleKeys: false })
    const settings = await ask('settings.update', { language: 'en' })
    expect(settings).toMatchObject({ theme: 'dark', singleKeys: false, language: 'en' })
    expect(await ask('settings.update', {})).toEqual(settings)
    expect(await ask('settings.get')).toEqual(settings)
    expect(told.at(-1)).toEqual(['settings.changed', settings])
    expect(applied.at(-1)).toEqual(settings)
    await expect(ask('settings.update', { theme: 'purple' })).rejects.toThrow('theme')
    await expect(ask('settings.update', { colour: 'dark' })).rejects.toThrow('colour')
  })

  it('name chosen files by ids alone, and send nothing while nobody is signed in', async () => {
    const { ask } = await handlers()
    const chosen = await ask('attachment.choose', { most: 2 })
    const files = [{ id: expect.any(String) as string, name: 'Ritning.pdf', size: 5 }]
    expect(chosen).toEqual({ files, beyond: 1, unread: 1 })
    const { id } = (chosen as { files: { id: string }[] }).files[0] ?? expect.fail('none')
    const refused = { ok: false, error: { code: 'unauthenticated' } }
    expect(await ask('attachment.send', { id })).toMatchObject(refused)
    const ids = { requisitionId: id, attachmentId: id }
    expect(await ask('attachment.save', { ...ids, name: 'Ritning.pdf' })).toMatchObject({
      kind: 'refused',
      error: { code: 'unauthenticated' },
    })
    for (const name of ['../x.pdf', 'a\\b.pdf', 'a\u202Eb.pdf', 'a.exe', 'a.exe:.pdf', 'a', '']) {
      await expect(ask('attachment.save', { ...ids, name })).rejects.toThrow('name')
    }
  })

  it('copy text', async () => {
    const { ask, copied } = await handlers()
    await ask('clipboard.writeText', { text: 'F-10012' })
    expect(copied).toEqual(['F-10012'])
  })
})
