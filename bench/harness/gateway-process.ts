import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { projectFolder } from '../../scripts/build'

export interface GatewayProcess {
  readonly url: string
  readonly pid: number
  stop(): Promise<void>
}

/**
 * The built gateway in a process of its own. `NODE_OPTIONS` reaches it, for a profile.
 *
 * @param port 0 takes any that is free
 */
export async function startGatewayProcess(databaseUrl: string, port = 0): Promise<GatewayProcess> {
  const program = join(projectFolder, 'out/main/cli.cjs')
  const child = spawn(process.execPath, [program, '--port', String(port)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, DATABASE_URL: databaseUrl, KONTOR_LOG_LEVEL: 'error' },
  })
  // A measurement that fails leaves nothing running.
  const kill = () => child.kill('SIGKILL')
  process.once('exit', kill)
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const line = await new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding('utf8').once('data', resolve)
    child.once('exit', (code) => reject(new Error(`The gateway ended with ${code}.`)))
  })
  const { listening, pid } = JSON.parse(line) as { listening: string; pid: number }
  return {
    url: listening,
    pid,
    async stop() {
      child.kill('SIGTERM')
      await ended
      process.off('exit', kill)
    },
  }
}
