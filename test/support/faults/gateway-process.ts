import { spawn } from 'node:child_process'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { AuditReport } from '../../../gateway/audit/verify'
import { buildIfStale, projectFolder } from '../../../scripts/build'

/** The gateway's command line as built, in a place of its own. */
export interface GatewayProgram {
  readonly cli: string
  remove(): Promise<void>
}

/** A copy, so that whoever builds anew meanwhile does not pull it away under a gateway that starts. */
export async function copyGatewayProgram(): Promise<GatewayProgram> {
  await buildIfStale()
  const out = join(projectFolder, 'out')
  const folder = await mkdtemp(join(out, 'gateway-'))
  await cp(join(out, 'main'), folder, { recursive: true })
  return {
    cli: join(folder, 'cli.cjs'),
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}

/** A gateway in a process of its own, as an operator runs it. */
export interface GatewayProcess {
  readonly url: string
  readonly port: number
  /** True when it has ended, asked or not. */
  readonly hasEnded: () => boolean
  /** Ends it at once, as a power cut does. */
  kill(): Promise<void>
  /** Puts it to sleep, and wakes it. */
  stop(): void
  resume(): void
  /** Ends it in order. */
  close(): Promise<void>
  /** What it logged last, for the one who asks why. */
  log(): string
}

/** What a gateway is told at its start; what is secret goes by the environment. */
export interface GatewaySettings {
  readonly databaseUrl: string
  /** Where the audit's seals are anchored, and by which key. */
  readonly anchor: string
  readonly auditKey: string
}

const environmentOf = ({ databaseUrl, auditKey }: Omit<GatewaySettings, 'anchor'>) => ({
  ...process.env,
  KONTOR_LOG_LEVEL: 'warn',
  DATABASE_URL: databaseUrl,
  KONTOR_AUDIT_KEY: auditKey,
})

/** What `--verify-audit` says by these anchors; null when it could not even look. */
export async function verifyAudit(
  { cli }: GatewayProgram,
  settings: Omit<GatewaySettings, 'anchor'>,
  anchors: readonly string[],
): Promise<AuditReport | null> {
  const named = anchors.flatMap((anchor) => ['--audit-anchor', anchor])
  const child = spawn(process.execPath, [cli, '--verify-audit', ...named], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: environmentOf(settings),
  })
  let said = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text))
  child.stderr.resume()
  await new Promise((resolve) => child.once('close', resolve))
  return said === '' ? null : (JSON.parse(said) as AuditReport)
}

/** Start a gateway on a database; null when it ended before it listened, as without a database. */
export async function startGatewayProcess(
  { cli }: GatewayProgram,
  settings: GatewaySettings,
): Promise<GatewayProcess | null> {
  const options = ['--port', '0', '--audit-anchor', settings.anchor]
  const child = spawn(process.execPath, ['--enable-source-maps', cli, ...options], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: environmentOf(settings),
  })
  let logged = ''
  const keep = (text: string) => (logged = (logged + text).slice(-20_000))
  child.stderr.setEncoding('utf8').on('data', keep)
  const ended = new Promise<null>((resolve) => child.once('exit', () => resolve(null)))
  const said = new Promise<string>((resolve) => {
    let text = ''
    child.stdout.setEncoding('utf8').on('data', (more: string) => {
      keep(more)
      text += more
      const line = text.split('\n').find((one) => one.includes('"listening"'))
      if (line !== undefined) resolve(line)
    })
  })
  const line = await Promise.race([said, ended])
  if (line === null) return null
  const { listening } = JSON.parse(line) as { listening: string }
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal)
    await ended
  }
  return {
    url: listening,
    port: Number(new URL(listening).port),
    hasEnded: () => child.exitCode !== null || child.signalCode !== null,
    kill: () => end('SIGKILL'),
    stop: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
    close: () => end('SIGTERM'),
    log: () => logged,
  }
}
