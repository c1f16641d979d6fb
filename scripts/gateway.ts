import { spawn } from 'node:child_process'
import { join } from 'node:path'

import { buildIfStale, projectFolder } from './build'
import { runProgram } from './program'

/** Runs the gateway's command line by plain Node. Standard output is the gateway's alone. */
await runProgram(async () => {
  await buildIfStale()
  const cli = join(projectFolder, 'out', 'main', 'cli.cjs')
  const child = spawn(process.execPath, ['--enable-source-maps', cli, ...process.argv.slice(2)], {
    stdio: 'inherit',
  })
  const forward = (signal: NodeJS.Signals) => void child.kill(signal)
  process.on('SIGINT', forward).on('SIGTERM', forward)
  return new Promise((settle, fail) => {
    child.on('error', fail).on('close', (code) => settle(code ?? 1))
  })
})
