import { spawn } from 'node:child_process'
import { join } from 'node:path'

import { projectFolder } from './build'

export interface Step {
  readonly name: string
  /** Whether it went well, and what there is to read when it did not. */
  readonly run: () => Promise<StepOutcome>
}

export interface StepOutcome {
  readonly ok: boolean
  readonly output: string
}

/** A step that runs a tool from `node_modules` by its own script, without a shell in between. */
export function toolStep(name: string, tool: string, args: readonly string[]): Step {
  return { name, run: async () => runTool(tool, args) }
}

async function runTool(tool: string, args: readonly string[]): Promise<StepOutcome> {
  const child = spawn(join(projectFolder, 'node_modules', '.bin', tool), args, {
    cwd: projectFolder,
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text))
  }
  const code = await new Promise((settle, fail) => child.on('error', fail).on('close', settle))
  return { ok: code === 0, output }
}

/** Runs steps two at a time, tells of each as it ends, and says which failed. */
export async function runSteps(steps: readonly Step[]): Promise<readonly string[]> {
  const waiting = [...steps]
  const failed: string[] = []
  const worker = async () => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
      const start = Date.now()
      const { ok, output } = await step.run()
      const seconds = ((Date.now() - start) / 1000).toFixed(1)
      process.stdout.write(`${ok ? '✓' : '✗'} ${step.name} (${seconds} s)\n`)
      if (ok) continue
      failed.push(step.name)
      process.stdout.write(`${output.trim()}\n\n`)
    }
  }
  await Promise.all([worker(), worker()])
  return failed
}
