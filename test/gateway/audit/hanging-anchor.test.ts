import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { rename, writeFile } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { expect, onTestFinished, test } from 'vitest'
import { newAnchor } from '../../support/audit'
import { builtCommandLine } from '../../support/command-line'
import { makeNamedPipe } from '../../support/named-pipe'
import { testDatabase } from '../../support/postgres'

test.skipIf(process.platform === 'win32')(
  'a gateway whose anchor’s file system hangs ends in the time it is given',
  async () => {
    const database = await testDatabase()
    onTestFinished(() => database.drop())
    const anchor = await newAnchor()
    const keyFile = `${anchor.file}.key`
    await writeFile(keyFile, anchor.key.toString('hex'), { mode: 0o600 })
    const command = [await builtCommandLine(), '--port', '0']
    const options = ['--audit-anchor', anchor.file, '--audit-key-file', keyFile]
    const child = spawn(process.execPath, [...command, ...options], {
      env: { ...process.env, DATABASE_URL: database.url, KONTOR_LOG_LEVEL: 'silent' },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    onTestFinished(() => void child.kill('SIGKILL'))
    await once(createInterface({ input: child.stdout }), 'line')
    await rename(anchor.file, `${anchor.file}.away`)
    await makeNamedPipe(anchor.file)
    const began = Date.now()
    child.kill('SIGTERM')
    const [code, signal] = (await once(child, 'exit')) as [number | null, string | null]
    expect([code, signal]).toEqual([null, 'SIGKILL'])
    // docs/operations.md says ten, and this machine has others to serve.
    expect(Date.now() - began).toBeLessThan(12_000)
  },
)
