import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { expect, onTestFinished, test } from 'vitest'
import { builtCommandLine } from '../../support/command-line'
import { testDatabase } from '../../support/postgres'

/** The command line with its log going to `stderr`, when it is ready. */
async function started(stderr: number | 'pipe') {
  const database = await testDatabase()
  onTestFinished(() => database.drop())
  const child = spawn(process.execPath, [await builtCommandLine(), '--port', '0'], {
    env: { ...process.env, DATABASE_URL: database.url, KONTOR_LOG_LEVEL: 'trace' },
    stdio: ['ignore', 'pipe', stderr],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  // Nobody reads it any more.
  child.stderr?.destroy()
  const lines = createInterface({ input: child.stdout ?? process.stdin })
  const [line] = (await once(lines, 'line')) as [string]
  return { child, url: (JSON.parse(line) as { listening: string }).listening }
}

async function servesOn({ child, url }: Awaited<ReturnType<typeof started>>): Promise<void> {
  const failures = async () => {
    const text = await (await fetch(`${url}/metrics`)).text()
    return Number(/^kontor_log_failures_total (\d+)$/m.exec(text)?.[1])
  }
  const before = await failures()
  expect(before).toBeGreaterThan(0)
  // A webshop that nobody knows is logged.
  const refused = await fetch(`${url}/storefront/v1/events`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'webhook-id': '1',
      'webhook-timestamp': String(Math.floor(Date.now() / 1_000)),
      'webhook-signature': 'v1,x',
    },
    body: '{}',
  })
  expect(refused.status).toBe(401)
  expect(await failures()).toBeGreaterThan(before)
  expect((await fetch(`${url}/readyz`)).status).toBe(200)
  child.kill('SIGTERM')
  expect(await once(child, 'exit')).toEqual([0, null])
}

test.runIf(process.platform === 'linux')(
  'a gateway whose log goes to a full disk works on, and counts what was not logged',
  async () => {
    const full = openSync('/dev/full', 'w')
    onTestFinished(() => closeSync(full))
    await servesOn(await started(full))
  },
  60_000,
)

test.skipIf(process.platform === 'win32')(
  'so does one whose log nobody reads any more',
  async () => servesOn(await started('pipe')),
  60_000,
)
