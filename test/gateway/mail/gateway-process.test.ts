import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { builtCommandLine, runCommandLine } from '../../support/command-line'
import { addTestShop, startTestGateway, type TestGateway } from '../../support/gateway'
import { mailsOf } from '../../support/mail-desk'
import { openMailServer, type MailServer } from '../../support/mail-server'
import { selfSigned } from '../../support/self-signed'
import { load, proposal, smallSeller } from '../../support/small-seller'

/** The machine may be busy with others. */
const eventually = (check: () => unknown) => vi.waitFor(check, { timeout: 20_000 })

const reach = [
  '--mail-from',
  'Grossisten <order@grossisten.example>',
  '--public-url',
  'https://k.example/',
]
const password = 'hem#lig@1'
const escapedPassword = encodeURIComponent(password)

const closers: (() => Promise<unknown>)[] = []
let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kontor-mail-'))
  closers.push(() => rm(folder, { recursive: true, force: true }))
})
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

async function fileWith(name: string, text: string): Promise<string> {
  const file = join(folder, name)
  await writeFile(file, text)
  await chmod(file, 0o600)
  return file
}

test('an address that is none is told without repeating it, before anything is done', async () => {
  const url = `postgres://kontor:${password}@mail.example`
  const wrong = await runCommandLine(['--smtp-url-file', await fileWith('smtp', url), ...reach])
  expect(wrong.code).toBe(2)
  expect(wrong.stderr).toContain('is no address of a mail server')
  expect(wrong.stdout + wrong.stderr).not.toContain(password)
})

describe.runIf(selfSigned)('a gateway that is killed', () => {
  let seller: TestGateway
  let server: MailServer
  const running: ChildProcess[] = []
  beforeEach(async () => {
    seller = await startTestGateway()
    closers.push(() => seller.close())
    await load(seller, smallSeller)
    server = await openMailServer({ ...selfSigned })
    closers.push(() => server.close())
    closers.push(async () => {
      for (const child of running.splice(0)) child.kill('SIGKILL')
    })
  })

  async function start() {
    const url = `smtp://kontor:${escapedPassword}@127.0.0.1:${server.port}`
    const file = await fileWith('smtp', `${url}\n`)
    const child = spawn(
      process.execPath,
      [await builtCommandLine(), '--port', '0', '--smtp-url-file', file, ...reach],
      {
        env: {
          ...process.env,
          DATABASE_URL: seller.databaseUrl,
          NODE_EXTRA_CA_CERTS: await fileWith('authority.pem', selfSigned!.cert),
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    )
    running.push(child)
    const exited = once(child, 'exit')
    let logged = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => (logged += text))
    const [line] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string]
    const { listening } = JSON.parse(line) as { listening: string }
    return { child, exited, url: listening, logged: () => logged }
  }

  test('between sending and noting it loses no mail, and doubles it under one id', async () => {
    const shop = await addTestShop(seller)
    const first = await start()
    server.onMail = async (_mail, count) => {
      if (count > 0) return
      // It has arrived and nobody has been told: the worst moment there is.
      first.child.kill('SIGKILL')
      await first.exited
    }
    await shop.send(proposal('r-1'), first)
    await server.until(() => server.received.length === 1)
    await first.exited
    expect(await mailsOf(seller.context)).toMatchObject([{ state: 'queued' }])
    // What the dead one had taken on is free when its lease ends.
    await seller.context.db.updateTable('mail').set({ next_attempt_at: new Date() }).execute()
    const second = await start()
    await server.until(() => server.received.length === 2)
    await eventually(async () =>
      expect(await mailsOf(seller.context)).toMatchObject([{ state: 'sent' }]),
    )
    expect(new Set(server.received.map(({ parsed }) => parsed.messageId)).size).toBe(1)
    // Signed in, and in nobody's sight.
    expect(server.received.every(({ isEncrypted }) => isEncrypted)).toBe(true)
    expect(new Set(server.signedIn)).toEqual(new Set([`kontor:${password}`]))
    expect(server.received[1]!.parsed.text).toContain(': https://k.example/c/')
    const said = first.logged() + second.logged()
    expect(said).not.toContain(password)
    expect(said).not.toContain('ahlbergs')
    second.child.kill('SIGTERM')
    expect(await second.exited).toEqual([0, null])
  })
})
