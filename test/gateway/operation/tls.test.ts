import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { utimesSync, writeFileSync } from 'node:fs'
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { connect, type TLSSocket } from 'node:tls'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { pino } from 'pino'
import { afterEach, expect, test } from 'vitest'
import { createGateway, type Gateway } from '../../../gateway/create-gateway'
import { followTls, readCredentials } from '../../../gateway/http/tls'
import { createLog } from '../../../gateway/log'
import { builtCommandLine } from '../../support/command-line'
import { addUser, testPassword } from '../../support/gateway'
import { testDatabase } from '../../support/postgres'
import { makeSelfSigned, selfSigned } from '../../support/self-signed'

const closers: (() => Promise<unknown> | void)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

const log = createLog({ level: 'silent' })

async function folderWith(files: Readonly<Record<string, string>>) {
  const folder = await mkdtemp(join(tmpdir(), 'kontor-tls-'))
  closers.push(() => rm(folder, { recursive: true, force: true }))
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text)
  return (name: string) => join(folder, name)
}

async function startWithTls() {
  const made = makeSelfSigned() ?? { cert: '', key: '' }
  const file = await folderWith({ 'cert.pem': made.cert, 'key.pem': made.key })
  const tls = { cert: file('cert.pem'), key: file('key.pem') }
  const database = await testDatabase()
  closers.push(() => database.drop())
  const gateway = await createGateway({ databaseUrl: database.url, tls, log })
  closers.push(() => gateway.close())
  return { gateway, tls }
}

/** A TLS connection that stays open, and whose certificate it was given. */
async function greeted(gateway: Gateway): Promise<{ socket: TLSSocket; fingerprint: string }> {
  const { hostname, port } = new URL(gateway.url)
  const socket = connect({ host: hostname, port: Number(port), rejectUnauthorized: false })
  socket.on('error', () => undefined)
  closers.push(() => void socket.destroy())
  await new Promise((resolve) => socket.once('secureConnect', resolve))
  return { socket, fingerprint: socket.getPeerCertificate().fingerprint256 }
}

async function ask(socket: TLSSocket): Promise<string> {
  socket.write('GET /livez HTTP/1.1\r\nHost: kontor\r\n\r\n')
  return new Promise((resolve) => socket.once('data', (data: Buffer) => resolve(String(data))))
}

test.runIf(selfSigned)(
  'the console signs in and follows over TLS, where it trusts the certificate and only there',
  async () => {
    const { gateway, tls } = await startWithTls()
    await addUser(gateway, { username: 'karin', roles: ['approver'] })
    expect(gateway.url).toMatch(/^https:/)
    const run = async (trusted: Readonly<Record<string, string>>) => {
      const program = fileURLToPath(new URL('../../support/tls-console.ts', import.meta.url))
      const { stdout } = await promisify(execFile)(
        process.execPath,
        ['--import', 'tsx', program, gateway.url, 'karin', testPassword],
        { env: { ...process.env, ...trusted } },
      )
      return JSON.parse(stdout) as object
    }
    expect(await run({ NODE_EXTRA_CA_CERTS: tls.cert })).toEqual({
      states: ['connecting', 'catching_up', 'live'],
    })
    expect(await run({})).toEqual({ refused: 'certificate' })
  },
)

test.runIf(selfSigned)(
  'a renewed certificate is taken up while open connections stay, and a wrong one is left alone',
  async () => {
    const { gateway, tls } = await startWithTls()
    const before = await greeted(gateway)
    const renewed = makeSelfSigned() ?? { cert: '', key: '' }

    // Half replaced: the new certificate does not fit the old key.
    await writeFile(tls.cert, renewed.cert)
    await gateway.reload()
    expect((await greeted(gateway)).fingerprint).toBe(before.fingerprint)

    await writeFile(tls.key, renewed.key)
    await gateway.reload()
    expect((await greeted(gateway)).fingerprint).not.toBe(before.fingerprint)
    expect(await ask(before.socket)).toContain('200 OK')
    const { port } = new URL(gateway.url)
    await expect(fetch(`http://127.0.0.1:${port}/livez`)).rejects.toThrow()
  },
)

test.runIf(selfSigned)(
  'files are looked at by themselves, and on SIGHUP at once',
  async () => {
    const made = makeSelfSigned() ?? { cert: '', key: '' }
    const file = await folderWith({ 'cert.pem': made.cert, 'key.pem': made.key })
    const tls = { cert: file('cert.pem'), key: file('key.pem') }
    const server = createServer(made)
    closers.push(() => void server.close())
    const ends: number[] = []
    const followed = followTls(server, tls, {
      log,
      changed: ({ validTo }) => ends.push(validTo.getTime()),
      everyMs: 20,
    })
    closers.push(() => followed.stop())
    await followed.reload()
    expect(ends).toHaveLength(1)
    const renewed = makeSelfSigned() ?? { cert: '', key: '' }
    await writeFile(tls.key, renewed.key)
    await writeFile(tls.cert, renewed.cert)
    // Half written they may look like something to read once more.
    await expect.poll(() => ends.length).toBeGreaterThanOrEqual(2)

    const database = await testDatabase()
    closers.push(() => database.drop())
    const args = [await builtCommandLine(), '--port', '0', '--tls-cert', tls.cert]
    const child = spawn(process.execPath, [...args, '--tls-key', tls.key], {
      env: { ...process.env, DATABASE_URL: database.url },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const ended = new Promise((resolve) => child.once('exit', resolve))
    closers.push(async () => {
      child.kill('SIGKILL')
      await ended
    })
    const logged = createInterface({ input: child.stderr })
    const reread = new Promise((resolve) =>
      logged.on('line', (line) => line.includes('the certificate was read again') && resolve(line)),
    )
    const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
    expect(JSON.parse(line)).toMatchObject({ listening: expect.stringMatching(/^https:/) })
    child.kill('SIGHUP')
    await reread
    child.kill('SIGTERM')
    expect(await ended).toBe(0)
  },
  60_000,
)

test.runIf(selfSigned)(
  'a renewal that cannot be read at first is told once, and taken up when it can',
  async () => {
    const made = makeSelfSigned() ?? { cert: '', key: '' }
    const renewed = makeSelfSigned() ?? { cert: '', key: '' }
    const file = await folderWith({ 'cert.pem': made.cert, 'key.pem': made.key })
    const tls = { cert: file('cert.pem'), key: file('key.pem') }
    const server = createServer(made)
    closers.push(() => void server.close())
    const said: { readonly level: number; readonly msg: string; readonly reason?: string }[] = []
    const changed: Date[] = []
    const followed = followTls(server, tls, {
      log: pino({}, { write: (line: string) => void said.push(JSON.parse(line)) }),
      changed({ validTo }) {
        changed.push(validTo)
        // Whoever is told may fail; the next look is taken all the same.
        if (changed.length === 1) throw new Error('no')
      },
      everyMs: 10,
    })
    closers.push(() => followed.stop())
    await followed.reload()
    expect(said.map(({ msg }) => msg)).toEqual(['the certificate’s files could not be looked at'])

    // The key is not to be had yet, and looks the same from outside when it is.
    const mtime = new Date('2026-11-23T08:00:00Z')
    const putKey = (text: string) => {
      writeFileSync(tls.key, text)
      utimesSync(tls.key, mtime, mtime)
    }
    await writeFile(`${tls.cert}.new`, renewed.cert)
    await rename(`${tls.cert}.new`, tls.cert)
    putKey('x'.repeat(renewed.key.length))
    const reasons = () => said.flatMap(({ reason }) => reason ?? [])
    await expect
      .poll(reasons)
      .toContain(`${tls.key} holds no private key in PEM, or one that needs a passphrase.`)
    // By itself it is told once, and again when somebody asks for it.
    const told = reasons().length
    await followed.reload()
    await followed.reload()
    expect(reasons()).toHaveLength(told + 2)
    putKey(renewed.key)
    await expect.poll(() => changed).toHaveLength(2)
    expect(reasons()).toHaveLength(told + 2)
  },
)

test.runIf(selfSigned)('wrong files are told before anything is started', async () => {
  const one = makeSelfSigned() ?? { cert: '', key: '' }
  const other = makeSelfSigned() ?? { cert: '', key: '' }
  const file = await folderWith({
    'cert.pem': one.cert,
    'key.pem': one.key,
    'other.pem': other.key,
    'text.pem': 'this is nothing',
  })
  for (const [cert, key, words] of [
    ['cert.pem', 'none.pem', 'none.pem cannot be read: ENOENT'],
    ['none.pem', 'key.pem', 'none.pem cannot be read: ENOENT'],
    ['text.pem', 'key.pem', 'text.pem holds no certificate'],
    ['cert.pem', 'text.pem', 'text.pem holds no private key'],
    ['cert.pem', 'other.pem', 'other.pem is not that of the certificate'],
    ['key.pem', 'cert.pem', 'key.pem holds no certificate'],
  ] as const) {
    const read = await readCredentials({ cert: file(cert), key: file(key) })
    expect(read).toMatchObject({ ok: false, message: expect.stringContaining(words) })
  }
  await expect(
    createGateway({
      databaseUrl: 'postgres://kontor@127.0.0.1:1/none',
      tls: { cert: file('cert.pem'), key: file('other.pem') },
      log,
    }),
  ).rejects.toMatchObject({ code: 'wrong_certificate' })
})
