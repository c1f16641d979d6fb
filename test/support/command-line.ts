import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { buildIfStale, projectFolder } from '../../scripts/build'

let built: Promise<void> | undefined

/**
 * The gateway's command line as it is built and shipped, for Node to run. To translate it from its
 * source takes two seconds of each start.
 */
export async function builtCommandLine(): Promise<string> {
  built ??= buildIfStale()
  await built
  return join(projectFolder, 'out/main/cli.cjs')
}

export interface Ended {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
  /** Its one line of JSON, or null where it said nothing of the kind. */
  readonly said: Readonly<Record<string, unknown>> | null
}

/** Runs the command line to its end, with no database but one that is named here. */
export async function runCommandLine(
  options: readonly string[],
  own: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const { DATABASE_URL: _, ...environment } = process.env
  const args = [await builtCommandLine(), ...options]
  const env = { ...environment, ...own }
  const { code, stdout, stderr } = await promisify(execFile)(process.execPath, args, { env }).then(
    (output) => ({ code: 0, ...output }),
    (error: { code: number; stdout: string; stderr: string }) => error,
  )
  const said = stdout.startsWith('{') ? (JSON.parse(stdout) as Record<string, unknown>) : null
  return { code, stdout, stderr, said }
}
